//! Certificates: a number counts as printed only when its file lies whole on the disk; a file of which nobody wrote down that it
//! lies there gives no second good paper; a run that is started again goes on with the rest.

use super::{UseCase, table};
use crate::disk::{Fault, fine, run};
use crate::text;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A written paper, and an award for so many of those who sat it.
const PLAN: &str = r#"
event.id = "kites"
event.title = "虚构市风筝技能比武"
event.title_en = "A contest of kites"
event.organiser = "虚构市风筝局"
event.entry_deadline = 2021-02-28
arithmetic.places = 2
tiers = [{ id = "agency", name = "招录机关", name_en = "Agency" }, { id = "post", name = "职位", name_en = "Post" }]
units = [
  { code = "900100", name = "虚构市风筝管理局", tier = "agency" },
  { code = "900101", name = "风向观测岗", tier = "post", parent = "900100" },
]
clauses = [{ id = "note", article = "考场记录", text = "经提醒当场改正，只作记录", voids = "nothing" }]

[[stages]]
id = "final"
name = "决赛"
name_en = "Final"
digit = 1
separate = ["post"]

[[stages.parts]]
id = "written"
name = "笔试"
name_en = "Written paper"
full = "1000"
step = "1"
start = 2021-03-20T09:00:00+08:00
minutes = 150

[[composites]]
stage = "final"
needs_confirmation = false
terms = [{ stage = "final", part = "written", weight = "1" }]
keys = []

[[standings]]
id = "people"
title = "个人成绩"
title_en = "People"
stage = "final"
of = { kind = "people" }

[[awards]]
id = "hands"
title = "风筝能手"
title_en = "Hands of kites"
standing = "people"
from = 1
to = WINNERS
template = "personal-honour"

[rooms]
standard = 30
diagonals = false
number = "{year:4}{site:2}{room:3}{seat:2}"

[rooms.times]
doors = -30
last_entry = 15
earliest_hand_in = 60
reminder = -15
"#;

/// Certificates a file.
const A_FILE: usize = 100;

/// A valid ID number: the n-th of an invented birthday.
fn id(n: usize) -> String {
    let body = format!("32010219800101{n:03}");
    let sum: u32 = body.chars().zip((0..17).map(|i| 2_u32.pow(17 - i) % 11)).map(|(c, w)| c.to_digit(10).unwrap() * w).sum();
    format!("{body}{}", ["1", "0", "X", "9", "8", "7", "6", "5", "4", "3", "2"][(sum % 11) as usize])
}

/// Headquarters with an award confirmed for so many.
fn won(folder: &Path, winners: usize) -> PathBuf {
    let write = |name: &str, text: String| {
        let path = folder.join(name);
        std::fs::write(&path, text).unwrap();
        path.display().to_string()
    };
    let db = folder.join("won.kaowu-db");
    let plan = write("plan.toml", PLAN.replace("WINNERS", &winners.to_string()));
    let rows: String =
        (0..winners).map(|n| format!("风{},{},虚构市风筝管理局,风向观测岗\n", ('\u{4E00}'..).nth(n).unwrap(), id(n))).collect();
    let roster = write("r.csv", format!("姓名,身份证号,招录机关,报考职位\n{rows}"));
    let marks = write("m.csv", format!("身份证号,成绩\n{}", (0..winners).map(|n| format!("{},{}\n", id(n), 900 - n)).collect::<String>()));
    fine(&db, &["event", "new", "--drill", "--plan", &plan]);
    fine(&db, &["roster", "import", &roster]);
    for (who, pass) in [("乙", "1"), ("丙", "2")] {
        let by = crate::disk::By { who, env: &[] };
        crate::disk::fine_as(by, &db, &["marks", "import", "--part", "written", "--pass", pass, &marks]);
    }
    fine(&db, &["certificates", "confirm", "--document", "虚函〔2021〕1号"]);
    db
}

/// Pages of a file, which is whole.
fn pages(pdf: &Path) -> usize {
    lopdf::Document::load(pdf).unwrap_or_else(|e| panic!("{}: {e}", pdf.display())).get_pages().len()
}

fn files_in(folder: &Path) -> Vec<PathBuf> {
    super::files_in(folder).into_iter().filter(|path| path.extension().is_some_and(|end| end == "pdf")).collect()
}

/// Numbers that count as printed, by how many times they were before.
fn printed(db: &Path) -> Vec<(String, u64)> {
    let db = rusqlite::Connection::open_with_flags(db, rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let sql = "SELECT key, coalesce(json_extract(value, '$.issue'), 0) FROM fact WHERE topic = 'sheet' AND live
               AND json_extract(value, '$.state') = 'printed' ORDER BY key";
    let mut asked = db.prepare(sql).unwrap();
    asked.query_map([], |r| Ok((r.get(0)?, r.get(1)?))).unwrap().map(Result::unwrap).collect()
}

/// Every run that is on record has its files, whole, with as many sheets as it counts. Returns those files.
fn on_record(db: &Path, folder: &Path, when: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for run in fine(db, &["certificates", "runs"]).as_array().unwrap() {
        let sheets = usize::try_from(run["did"]["printed"].as_u64().unwrap()).unwrap();
        let mut left = sheets;
        for n in 1..=sheets.div_ceil(A_FILE) {
            let file = folder.join(format!("证书-风筝能手-第{:03}批-{n:02}.pdf", run["run"].as_u64().unwrap()));
            assert!(file.is_file(), "{when}: {} counts as printed and is not there", file.display());
            assert_eq!(pages(&file), left.min(A_FILE), "{when}: {}", file.display());
            left -= left.min(A_FILE);
            files.push(file);
        }
    }
    files
}

/// A run is started again: every certificate lies there once, and nothing besides.
fn goes_on(db: &Path, folder: &Path, winners: usize, when: &str) {
    let before = printed(db).len();
    if before < winners {
        let run = fine(db, &["certificates", "run", "hands", "--out", folder.to_str().unwrap()]);
        assert_eq!(run["printed"].as_u64(), Some((winners - before) as u64), "{when}: it goes on with the rest");
    }
    assert_eq!(printed(db).len(), winners, "{when}");
    let there: Vec<PathBuf> = files_in(folder);
    let mut known = on_record(db, folder, when);
    known.sort();
    assert_eq!(there, known, "{when}: files that nobody knows of");
    assert_eq!(there.iter().map(|file| pages(file)).sum::<usize>(), winners, "{when}");
}

/// The text of the first code of a file, read from its picture by another program.
fn code_of(pdf: &Path) -> String {
    let picture = pdf.with_extension("look");
    let said = |tool: &str, args: &[&str]| {
        let out = Command::new(tool).args(args).output().unwrap_or_else(|e| panic!("{tool} (./x setup installs it): {e}"));
        assert!(out.status.success(), "{tool}: {}", text(&out.stderr));
        text(&out.stdout)
    };
    said("pdftoppm", &["-r", "200", "-gray", "-png", "-singlefile", pdf.to_str().unwrap(), picture.to_str().unwrap()]);
    let png = format!("{}.png", picture.display());
    let code = said("zbarimg", &["--quiet", "--raw", "-Sbinary", "-Sdisable", "-Sqrcode.enable", &png]);
    std::fs::remove_file(png).unwrap();
    code
}

/// What the program says of a code: ok, or why not.
fn says(db: &Path, code: &str) -> String {
    let out = run(db, &["certificates", "verify", code], None);
    if out.status.success() {
        let said: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
        return if said["on_record"] == true { "good".to_owned() } else { "not on record".to_owned() };
    }
    crate::disk::refusal(&out).0
}

/// Killed when a file lies whole in its place and no entry says so.
fn killed_at(db: &Path, args: &[&str], file: &Path) {
    let fault = Fault { calls: "fsync", error: "KILL", nth: 1, once: true };
    assert!(!run(db, args, Some((&fault, &[file.to_owned()]))).status.success());
    assert!(pages(file) > 0 && printed(db).is_empty());
}

#[test]
fn a_file_that_nobody_wrote_down_gives_no_second_good_paper() {
    let folder = tempfile::tempdir().unwrap();
    let (db, out) = (won(folder.path(), 2), folder.path().join("print"));
    std::fs::create_dir(&out).unwrap();
    let to = out.to_str().unwrap();
    let first = out.join("证书-风筝能手-第001批-01.pdf");
    let args = ["certificates", "run", "hands", "--out", to];
    killed_at(&db, &args, &first);
    let lost = code_of(&first);
    assert_eq!(says(&db, &lost), "not on record");
    // Somebody takes it away and prints it; the run goes on, at another place.
    let other = folder.path().join("other");
    fine(&db, &["certificates", "run", "hands", "--out", other.to_str().unwrap()]);
    assert_eq!(says(&db, &lost), "certificate-replaced");
    let good = code_of(&other.join("证书-风筝能手-第001批-01.pdf"));
    assert_eq!(says(&db, &good), "good");
    assert!(files_in(&out).is_empty(), "what nobody knows of lies about to be printed");
    // A reprint that was killed so: the good paper is good until another is.
    let number = printed(&db)[0].0.clone();
    let again = ["certificates", "reprint", &number, "--reason", "污损", "--out", to];
    let fault = Fault { calls: "fsync", error: "KILL", nth: 1, once: true };
    let second = out.join(format!("证书-{number}-第2次补印.pdf"));
    assert!(!run(&db, &again, Some((&fault, std::slice::from_ref(&second)))).status.success());
    let lost = code_of(&second);
    assert_eq!((says(&db, &lost), says(&db, &good)), ("certificate-replaced".to_owned(), "good".to_owned()));
    let third = fine(&db, &again)["out"].as_str().unwrap().to_owned();
    assert_eq!((says(&db, &lost), says(&db, &good)), ("certificate-replaced".to_owned(), "certificate-replaced".to_owned()));
    assert_eq!(says(&db, &code_of(Path::new(&third))), "good");
    assert_eq!(files_in(&out), [PathBuf::from(third)]);
    // A file of the same name that was there before, and is not ours, outlives a run that cannot be written down.
    fine(&db, &["certificates", "again", "hands", "--from", "1", "--reason", "卡纸"]);
    let theirs = out.join("证书-风筝能手-第002批-01.pdf");
    std::fs::write(&theirs, "another event's").unwrap();
    let full = Fault { calls: "pwrite64", error: "ENOSPC", nth: 3, once: false };
    let refused = run(&db, &args, Some((&full, crate::disk::files_of(&db).as_slice())));
    assert_eq!(crate::disk::refusal(&refused).0, "disk-full");
    assert_eq!(std::fs::read_to_string(&theirs).unwrap(), "another event's");
}

fn cases(folder: &Path, winners: usize) -> Vec<UseCase> {
    let place = |name: &str| {
        let path = folder.join(name);
        std::fs::create_dir_all(&path).unwrap();
        path
    };
    let mut all = Vec::new();
    // Nothing printed yet.
    let (db, out) = (won(&place("run"), winners), place("run/print"));
    let (d, o) = (db.clone(), out.clone());
    let args = ["certificates", "run", "hands", "--out", out.to_str().unwrap()];
    let mut run = UseCase::new("certificates", &db, &args, Some(&out)).holds(move |when| {
        on_record(&d, &o, when);
        goes_on(&d, &o, winners, when);
    });
    // The note's, the file's, the entry's.
    run.flushes = true;
    all.push(run);
    // All printed, one of them twice: its third paper, and a jam.
    let (db, out) = (won(&place("again"), winners), place("again/print"));
    let to = out.to_str().unwrap();
    fine(&db, &["certificates", "run", "hands", "--out", to]);
    let number = printed(&db)[0].0.clone();
    let reprint = ["certificates", "reprint", &number, "--reason", "污损", "--out", to];
    fine(&db, &reprint);
    let (d, o) = (db.clone(), out.clone());
    let again: Vec<String> = reprint.iter().map(|a| (*a).to_owned()).collect();
    all.push(UseCase::new("reprint", &db, &reprint, Some(&out)).holds(move |when| {
        let file = |issue: u64| o.join(format!("证书-{number}-第{issue}次补印.pdf"));
        let issue = || printed(&d)[0].1;
        let (now, first) = (issue(), 1);
        assert!(pages(&file(now)) == 1 && pages(&file(first)) == 1, "{when}: {now}");
        // Again: another paper, and none that nobody knows of.
        fine(&d, &again.iter().map(String::as_str).collect::<Vec<_>>());
        assert!(issue() > now && pages(&file(issue())) == 1, "{when}");
        let mut known = on_record(&d, &o, when);
        known.extend([first, now, issue()].map(file));
        known.sort();
        known.dedup();
        assert_eq!(files_in(&o), known, "{when}");
    }));
    let d = db.clone();
    let jam = ["certificates", "again", "hands", "--from", "1", "--reason", "卡纸"];
    all.push(UseCase::new("a jam", &db, &jam, None).holds(move |when| {
        let waits = winners - printed(&d).len();
        assert!(waits == 0 || waits == winners, "{when}: a jam is said of some");
    }));
    let folder = place("preview");
    let preview = folder.join("样张.pdf").display().to_string();
    let args = ["certificates", "preview", "hands", "--out", &preview];
    fine(&db, &args);
    all.push(UseCase::new("preview", &db, &args, Some(&folder)));
    let folder = place("results");
    let results = folder.join("成绩.xlsx").display().to_string();
    let args = ["results", "--out", &results];
    fine(&db, &args);
    all.push(UseCase::new("results", &db, &args, Some(&folder)));
    all
}

#[test]
fn certificates_on_failing_disks_and_killed() {
    let folder = tempfile::tempdir().unwrap();
    let cases: Vec<UseCase> = cases(folder.path(), 2).into_iter().filter(|c| c.name == "certificates").collect();
    let hq = cases[0].db.clone();
    table("certificates", &cases, &hq, false);
}

#[test]
#[ignore = "minutes: ./x soak"]
fn certificates_on_disks_that_fail_at_every_call_and_killed_at_every_call() {
    let folder = tempfile::tempdir().unwrap();
    // More than one file takes.
    let cases = cases(folder.path(), A_FILE + 1);
    let hq = cases[0].db.clone();
    table("certificates", &cases, &hq, true);
}
