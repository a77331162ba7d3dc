//! Disks that fail: full at any write, refusing to flush, gone at any moment, write-protected. Each use case says one clear
//! thing, with code and remedy, and what was on disk before is still there. The faults are put under the program by strace.

use crate::{root, text};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const AT: &str = "2020-06-27T08:50:00+08:00";

/// The system call that fails, how, and from which one on.
pub(crate) struct Fault<'a> {
    pub(crate) calls: &'a str,
    /// An error's name, or KILL.
    pub(crate) error: &'a str,
    pub(crate) nth: usize,
    /// This one only, or all that follow.
    pub(crate) once: bool,
}

/// Who runs the program, and the PINs and words that stand in its environment.
#[derive(Clone, Copy)]
pub(crate) struct By<'a> {
    pub(crate) who: &'a str,
    pub(crate) env: &'a [(&'static str, String)],
}

/// Somebody in an open event.
pub(crate) const ANYBODY: By<'static> = By { who: "甲", env: &[] };

/// Runs the program; a fault strikes calls on files below `on` only.
pub(crate) fn run(db: &Path, args: &[&str], fault: Option<(&Fault<'_>, &[PathBuf])>) -> Output {
    run_as(ANYBODY, db, args, fault)
}

pub(crate) fn run_as(by: By<'_>, db: &Path, args: &[&str], fault: Option<(&Fault<'_>, &[PathBuf])>) -> Output {
    traced(by, db, args, fault, Path::new("/dev/null"))
}

/// The same; says besides whether the fault struck: what the program could do without is no failure.
pub(crate) fn struck(by: By<'_>, db: &Path, args: &[&str], fault: &Fault<'_>, on: &[PathBuf]) -> (Output, bool) {
    let trace = tempfile::NamedTempFile::new().unwrap();
    let out = traced(by, db, args, Some((fault, on)), trace.path());
    let struck = !out.status.success() || text(&std::fs::read(trace.path()).unwrap()).contains("(INJECTED)");
    (out, struck)
}

fn traced(by: By<'_>, db: &Path, args: &[&str], fault: Option<(&Fault<'_>, &[PathBuf])>, trace: &Path) -> Output {
    let program = env!("CARGO_BIN_EXE_kaowu-cli");
    let mut command = match fault {
        None => Command::new(program),
        Some((fault, on)) => {
            let mut strace = Command::new("strace");
            let when = if fault.once { "" } else { "+" };
            strace.args(["-f", "-qqq", "-e", &format!("trace={}", fault.calls)]).arg("-o").arg(trace);
            let how = if fault.error == "KILL" { "signal=KILL".to_owned() } else { format!("error={}", fault.error) };
            strace.args(["-e", &format!("inject={}:{how}:when={}{when}", fault.calls, fault.nth)]);
            for path in on {
                strace.arg("-P").arg(path);
            }
            strace.arg(program);
            strace
        }
    };
    for name in ["KAOWU_OPERATOR", "KAOWU_PIN", "KAOWU_SECOND_PIN", "KAOWU_NEW_PIN", "KAOWU_WORDS"] {
        command.env_remove(name);
    }
    command
        .envs(by.env.iter().map(|(name, value)| (*name, value.as_str())))
        .current_dir(root())
        .stdin(std::process::Stdio::null())
        .arg("--db")
        .arg(db)
        .args(["--operator", by.who, "--json"])
        .args(args)
        .output()
        .expect("strace (Debian package strace)")
}

/// A database's own files, by SQLite's names.
pub(crate) fn files_of(db: &Path) -> Vec<PathBuf> {
    ["", "-wal", "-journal"].iter().map(|end| PathBuf::from(format!("{}{end}", db.display()))).collect()
}

pub(crate) fn fine(db: &Path, args: &[&str]) -> serde_json::Value {
    fine_as(ANYBODY, db, args)
}

pub(crate) fn fine_as(by: By<'_>, db: &Path, args: &[&str]) -> serde_json::Value {
    let out = run_as(by, db, args, None);
    assert!(out.status.success(), "{args:?}: {}", text(&out.stderr));
    serde_json::from_slice(&out.stdout).unwrap_or_default()
}

/// The state that must not change: entries and what they say.
fn state(db: &Path) -> (u64, String) {
    let health = fine(db, &["journal", "verify"]);
    (health["entries"].as_u64().unwrap(), health["fingerprint"].as_str().unwrap().to_owned())
}

/// The refusal: one object with code, what and remedy, behind what was said of the progress.
pub(crate) fn refusal(out: &Output) -> (String, String) {
    assert_eq!(out.status.code(), Some(1), "{}{}", text(&out.stdout), text(&out.stderr));
    let stderr = text(&out.stderr);
    let last = stderr.trim_end().lines().last().unwrap_or_default();
    let said: serde_json::Value = serde_json::from_str(last).unwrap_or_else(|_| panic!("no message: {stderr}"));
    assert_eq!(stderr.matches("\"code\"").count(), 1, "one message: {stderr}");
    let word = |name: &str| said[name].as_str().unwrap().to_owned();
    assert!(!word("what").is_empty() && !word("remedy").is_empty(), "{said}");
    (word("code"), word("what"))
}

/// A file's name and bytes, whatever there is in a folder.
fn contents(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).map(|p| (p.clone(), std::fs::read(p).unwrap())).collect();
    files.sort();
    files
}

/// A use case on a disk that fails.
struct Case<'a> {
    name: &'static str,
    db: &'a Path,
    args: &'a [&'a str],
    fault: Fault<'a>,
    /// The files that the fault is under.
    on: &'a [PathBuf],
    /// A folder whose files must outlive every failure.
    kept: &'a Path,
    code: &'a str,
}

/// Lets a use case fail at its first, second, … call until it gets through. After each failure everything is as it was.
/// Returns its name, and how many times it failed.
fn until_it_works(case: &Case<'_>, step: impl Fn(usize) -> usize) -> (&'static str, usize) {
    let &Case { name, db, args, on, kept, code, .. } = case;
    let (before, files) = (state(db), contents(kept));
    let (mut nth, mut failed) = (1, 0);
    loop {
        let out = run(db, args, Some((&Fault { nth, ..case.fault }, on)));
        if out.status.success() {
            assert!(failed > 0, "{name}: the fault never struck");
            assert_eq!(state(db).0, before.0 + u64::from(args[0] != "backup"), "{name}");
            return (name, failed);
        }
        let (said, what) = refusal(&out);
        assert_eq!(said, code, "{name}, call {nth}: {what}");
        failed += 1;
        assert!(contents(kept) == files, "{name}, call {nth}: a file that was there is not as it was");
        let after = state(db);
        if case.fault.calls.contains("sync") && after.0 == before.0 + 1 {
            // A failed flush may leave the entry in the log, unacknowledged; never half of it.
            return (name, failed);
        }
        assert_eq!(after, before, "{name}, call {nth}");
        nth += step(nth);
    }
}

pub(crate) struct World {
    pub(crate) folder: tempfile::TempDir,
    pub(crate) site: PathBuf,
    /// The site's packet and a file with its words.
    pub(crate) packet: (String, String),
    pub(crate) numbers: Vec<String>,
}

pub(crate) fn world() -> World {
    let folder = tempfile::tempdir().unwrap();
    let (hq, site) = (folder.path().join("hq.kaowu-db"), folder.path().join("site.kaowu-db"));
    for name in ["stick", "second", "none"] {
        std::fs::create_dir(folder.path().join(name)).unwrap();
    }
    let data = "tests/fixtures/jiangsu-2020";
    fine(&hq, &["event", "new", "--plan", "jiangsu-2020", "--drill"]);
    fine(&hq, &["roster", "import", &format!("{data}/rosters/3211-镇江市.xlsx")]);
    fine(&hq, &["rooms", "import", &format!("{data}/rooms.xlsx")]);
    fine(&hq, &["seats", "draw", "--stage", "city", "--seed", "1"]);
    let out = folder.path().display().to_string();
    let issued = fine(&hq, &["packet", "issue", "--stage", "city", "--part", "written", "--site", "3211-01", "--out", &out]);
    let (path, words) = (issued[0]["path"].as_str().unwrap(), issued[0]["words"].as_str().unwrap());
    let slip = folder.path().join("slip").display().to_string();
    std::fs::write(&slip, words).unwrap();
    fine(&site, &["packet", "open", path, "--words-file", &slip, "--at", "2020-06-27T08:00:00+08:00"]);
    let list = fine(&site, &["seats", "list", "--stage", "city"]);
    let seats = list.as_object().unwrap().values().filter(|s| s["room"] == "001");
    let numbers = seats.map(|s| s["number"].as_str().unwrap().to_owned()).collect();
    World { packet: (path.to_owned(), slip), folder, site, numbers }
}

/// `every`: each single write is struck; otherwise some of them.
fn disks(every: bool) {
    let w = world();
    let path = |name: &str| w.folder.path().join(name);
    let step = |nth: usize| if every { 1 } else { nth };
    let (none, stick, second) = (path("none"), path("stick"), path("second"));
    let full = |calls| Fault { calls, error: "ENOSPC", nth: 1, once: false };
    let broken = |calls| Fault { calls, error: "EIO", nth: 1, once: true };
    let mut told = Vec::new();

    // What could not be finished is not there: it can be made again under the same name.
    let fresh = path("new.kaowu-db");
    let words = [w.packet.0.as_str(), "--words-file", &w.packet.1, "--at", AT];
    for (name, args) in [
        ("event, full", vec!["event", "new", "--plan", "jiangsu-2020", "--open"]),
        ("packet opened, full", [&["packet", "open"], &words[..]].concat()),
    ] {
        let (mut nth, mut failed) = (1, 0);
        loop {
            // It is made beside its place.
            let on = [files_of(&fresh), files_of(&path("new.kaowu-db.part"))].concat();
            let fault = Fault { nth, ..full("pwrite64") };
            let out = run(&fresh, &args, Some((&fault, on.as_slice())));
            if out.status.success() {
                break;
            }
            assert_eq!(refusal(&out).0, "disk-full", "{name}, call {nth}");
            assert_eq!(on.iter().filter(|f| f.exists()).count(), 0, "{name}, call {nth}");
            failed += 1;
            nth += step(nth);
        }
        assert!(failed > 0 && state(&fresh).0 == 1, "{name}");
        files_of(&fresh).iter().filter(|f| f.exists()).for_each(|f| std::fs::remove_file(f).unwrap());
        told.push((name, failed));
    }

    let import = ["roster", "import", "tests/fixtures/jiangsu-2020/rosters/3204-常州市.xlsx"];
    let hq = path("empty.kaowu-db");
    fine(&hq, &["event", "new", "--plan", "jiangsu-2020", "--drill"]);
    let (hq_files, site_files) = (files_of(&hq), files_of(&w.site));
    let case =
        Case { name: "import, full", db: &hq, args: &import, fault: full("pwrite64"), on: &hq_files, kept: &none, code: "disk-full" };
    told.push(until_it_works(&case, step));
    for (n, (name, fault, code)) in [
        ("capture, full", full("pwrite64"), "disk-full"),
        ("capture, write error", Fault { once: false, ..broken("pwrite64") }, "disk-error"),
        ("capture, flush error", broken("fsync,fdatasync"), "disk-error"),
    ]
    .into_iter()
    .enumerate()
    {
        let args = ["checkin", "--room", "001", "--at", AT, &w.numbers[n]];
        told.push(until_it_works(&Case { name, db: &w.site, args: &args, fault, on: &site_files, kept: &none, code }, step));
    }

    // The handover: an older one lies on the stick and must outlive every failure.
    let to = stick.display().to_string();
    let export = ["packet", "export", "--out", &to, "--at", AT];
    let handed = fine(&w.site, &export)["path"].as_str().unwrap().to_owned();
    let on_stick = [PathBuf::from(&handed), PathBuf::from(format!("{handed}.part")), stick.clone()];
    for (name, fault, code) in [
        ("export, stick full", full("write"), "carry-disk-full"),
        ("export, stick pulled", Fault { once: false, ..broken("write") }, "carry-failed"),
        ("export, stick does not flush", broken("fsync"), "carry-failed"),
        ("export, stick read-only", Fault { calls: "openat", error: "EROFS", nth: 1, once: false }, "carry-read-only"),
        ("export, file too large for FAT", Fault { calls: "write", error: "EFBIG", nth: 1, once: false }, "carry-too-large"),
        ("export, rename fails", broken("rename"), "carry-failed"),
    ] {
        let before = contents(&stick);
        let out = run(&w.site, &export, Some((&fault, on_stick.as_slice())));
        let (code_said, what) = refusal(&out);
        assert_eq!(code_said, code, "{name}: {what}");
        assert_eq!(contents(&stick), before, "{name}");
        assert!(state(&w.site).0 > 0);
        told.push((name, 1));
    }

    // Backups: the last good one stays.
    let out = second.join("b.kaowu-db").display().to_string();
    fine(&w.site, &["backup", "--out", &out]);
    let part = files_of(Path::new(&format!("{out}.part")));
    let args = ["backup", "--out", out.as_str()];
    let case = Case {
        name: "backup, full",
        db: &w.site,
        args: &args,
        fault: full("pwrite64,write"),
        on: &part,
        kept: &second,
        code: "backup-disk-full",
    };
    told.push(until_it_works(&case, step));
    let before = contents(&second);
    let fault = Fault { once: false, ..broken("fsync,fdatasync") };
    let said = refusal(&run(&w.site, &args, Some((&fault, part.as_slice()))));
    assert_eq!((said.0.as_str(), contents(&second)), ("disk-error", before));
    told.push(("backup, flush error", 1));
    for (name, failed) in told {
        eprintln!("{name}: failed {failed} times, nothing lost");
    }
}

#[test]
fn a_disk_that_fails_loses_nothing() {
    disks(false);
}

#[test]
#[ignore = "minutes: ./x soak"]
fn a_disk_that_fails_at_every_write_loses_nothing() {
    disks(true);
}

/// A laptop whose clock was set back by a year says so, goes on where it may, refuses at the door by the times of the
/// plan, and loses nothing; headquarters sees where the clock fell. Waits after wrong PINs: `kaowu-packet` `vault`; which backup is
/// the oldest: `kaowu-ledger` `backups`.
#[test]
fn a_clock_set_back_is_said() {
    let w = world();
    let year_back = "2019-06-27T08:50:00+08:00";
    let out = w.folder.path().join("stick").display().to_string();
    let number = |n: usize| w.numbers[n].as_str();
    let at = |at: &str, args: &[&str]| run(&w.site, &[args, &["--at", at]].concat(), None);
    assert!(at(AT, &["checkin", "--room", "001", number(0)]).status.success());
    let entries = || state(&w.site).0;
    for (args, refused) in [
        (vec!["marks", "key", "--pass", "1", number(1), "80"], None),
        // Whoever came stays; nobody else is let in or found absent a year early.
        (vec!["checkin", "--room", "001", number(0)], Some("already-checked-in")),
        (vec!["checkin", "--room", "001", number(1)], Some("too-early")),
        (vec!["absence", "--room", "001"], Some("absence-too-early")),
        (vec!["packet", "export", "--out", &out], None),
        (vec!["backup", "--ring", &out], None),
    ] {
        let before = entries();
        let done = at(year_back, &args);
        // Said while it stands behind the last entry; the first entry under the wrong clock is then the last.
        assert!(text(&done.stderr).contains("clock-behind") == (args[0] == "marks"), "{args:?}: {}", text(&done.stderr));
        match refused {
            None => assert!(done.status.success() && entries() == before + u64::from(args[0] != "backup"), "{args:?}"),
            Some(code) => {
                let said = text(&done.stderr);
                assert!(said.contains(&format!("\"code\":\"{code}\"")), "{args:?}: {said}");
            }
        }
    }
    // Set right again, the day goes on, and the door with it.
    assert!(at("2020-06-27T08:55:00+08:00", &["checkin", "--room", "001", number(1)]).status.success());
    let health = fine(&w.site, &["journal", "verify"]);
    assert_eq!(health["faults"].as_array().unwrap().len(), 0);
    assert_eq!(health["clock_fell"].as_array().unwrap().len(), 1, "{health}");
    // The last possible entry is +30 minutes by the plan; a clock that runs ahead refuses at the door, and says so.
    let late = at("2021-06-27T09:00:00+08:00", &["checkin", "--room", "001", number(2)]);
    assert!(text(&late.stderr).contains("\"code\":\"too-late\""), "{}", text(&late.stderr));
    // Headquarters takes the handover, and sees where the clock fell.
    let handed =
        fine(&w.site, &["packet", "export", "--out", &out, "--at", "2020-06-27T12:00:00+08:00"])["path"].as_str().unwrap().to_owned();
    let hq = w.folder.path().join("hq.kaowu-db");
    fine(&hq, &["packet", "merge", &handed]);
    assert_eq!(fine(&hq, &["journal", "verify"])["clock_fell"].as_array().unwrap().len(), 1);
}

/// Certificates that could not be written down do not lie about to be printed.
pub(crate) fn certificates_on_a_full_disk(hq: &Path, folder: &Path) {
    let out = folder.join("print");
    std::fs::create_dir(&out).unwrap();
    let to = out.display().to_string();
    // They were printed once already: a jam, said by two.
    fine(hq, &["certificates", "again", "know-all", "--from", "1", "--reason", "卡纸", "--second", "乙"]);
    let before = (state(hq), fine(hq, &["certificates", "runs"]));
    let on = files_of(hq);
    for nth in [1, 3] {
        let fault = Fault { calls: "pwrite64", error: "ENOSPC", nth, once: false };
        let said = refusal(&run(hq, &["certificates", "run", "know-all", "--out", &to], Some((&fault, on.as_slice()))));
        assert_eq!(said.0, "disk-full");
        assert!(contents(&out).is_empty());
        assert_eq!((state(hq), fine(hq, &["certificates", "runs"])), before);
    }
    fine(hq, &["certificates", "run", "know-all", "--out", &to]);
    assert_eq!(contents(&out).len(), 1);
}
