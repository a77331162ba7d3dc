//! Databases that are made: a new event, one from a packet, a backup, an archive, a key. What is not finished is not there, or is
//! made again under the same name; what has the name is whole.

use super::{UseCase, table};
use crate::disk::{By, World, fine, fine_as, run_as, world};
use std::path::{Path, PathBuf};

const PIN: &str = "805213";
const AT: &str = "2020-06-27T08:00:00+08:00";

fn env(of: &[(&'static str, &str)]) -> Vec<(&'static str, String)> {
    of.iter().map(|(name, value)| (*name, (*value).to_owned())).collect()
}

/// What makes a database where none lies. After a fault it is there whole, or it can be made under that name.
fn makes(name: &'static str, folder: &Path, args: &[&str], pins: &[(&'static str, &str)]) -> UseCase {
    let place = folder.join(format!("made {name}"));
    std::fs::create_dir_all(&place).unwrap();
    let db = place.join("new.kaowu-db");
    let mut case = UseCase::new(name, &db, args, None);
    case.env = env(pins);
    case.looks = (case.who, case.env.clone());
    let (again, by) = (case.args.clone(), case.env.clone());
    case.holds(move |when| {
        if !db.exists() {
            let args: Vec<&str> = again.iter().map(String::as_str).collect();
            let out = run_as(By { who: "甲", env: &by }, &db, &args, None);
            assert!(out.status.success(), "{when}: not to be made again: {}", crate::text(&out.stderr));
        }
    })
}

fn cases(w: &World) -> Vec<UseCase> {
    let folder = w.folder.path();
    let path = |name: &str| folder.join(name);
    let place = |name: &str| {
        let place = path(name);
        std::fs::create_dir_all(&place).unwrap();
        place
    };
    let text = |path: &PathBuf| path.to_str().unwrap().to_owned();
    let (hq, own) = (path("hq.kaowu-db"), [("KAOWU_PIN", PIN)]);
    let new = ["event", "new", "--plan", "civil-service"];
    let mut all = vec![makes("event", folder, &[new.as_slice(), &["--open"]].concat(), &[]), makes("protected event", folder, &new, &own)];
    all.push(makes("packet opened", folder, &["packet", "open", &w.packet.0, "--words-file", &w.packet.1, "--at", AT], &[]));
    let backup = text(&place("kept").join("b.kaowu-db"));
    fine(&hq, &["backup", "--out", &backup]);
    all.push(makes("restoring", folder, &["restore", &backup], &[]));
    let words = ("KAOWU_WORDS", "a b c d e f");
    let by_words = |key: &str, to: &str| {
        let to = place(to);
        fine_as(By { who: "甲", env: &env(&[words]) }, &hq, &["keys", "save", key, "--out", &text(&to)]);
        text(&super::files_in(&to)[0])
    };
    let root = by_words("root", "root key");
    all.push(makes("set up again", folder, &["keys", "again", &root], &[words]));
    all.push(makes("set up again, protected", folder, &["keys", "again", &root], &[words, own[0]]));
    let archives = place("archives");
    let archive = fine(&hq, &["archive", "make", "--out", &text(&archives)])["path"].as_str().unwrap().to_owned();
    let saved = &by_words("archive", "archive key");
    all.push(makes("archive opened", folder, &["archive", "open", &archive, "--identity", saved], &[words]));

    // A small protected event, and its backup.
    let guarded = path("guarded.kaowu-db");
    let by = By { who: "甲", env: &env(&own) };
    fine_as(by, &guarded, &["event", "new", "--plan", "civil-service", "--drill"]);
    fine_as(by, &guarded, &["operators", "protect"]);
    let kept = text(&place("kept guarded").join("b.kaowu-db"));
    fine_as(by, &guarded, &["backup", "--out", &kept]);
    all.push(makes("restoring a protected one", folder, &["restore", &kept], &own));
    for (name, db, from, pins) in [("mending", &hq, &backup, &[] as &[_]), ("mending a protected one", &guarded, &kept, &own)] {
        let to = place(name);
        let mended = text(&to.join("mended.kaowu-db"));
        let mut case = UseCase::new(name, db, &["journal", "mend", "--from", from, "--out", &mended], Some(&to));
        case.env = env(pins);
        case.looks = (case.who, case.env.clone());
        all.push(case);
    }

    // After its time personal data goes: the database is replaced by one of a single entry.
    let gone = path("gone.kaowu-db");
    fine(&gone, &["event", "new", "--plan", "jiangsu-2020", "--drill"]);
    fine(&gone, &["roster", "import", "tests/fixtures/jiangsu-2020/rosters/3211-镇江市.xlsx"]);
    let to = place("certificate of deletion");
    let certificate = text(&to.join("销毁证明.pdf"));
    std::fs::write(&certificate, "%PDF another %%EOF").unwrap();
    let order = ["personal-data", "delete", "--with", "监销人", "--document", "虚档销〔2023〕1号", "--certificate", &certificate];
    let mut case = UseCase::new("personal data", &gone, &[&["--at", "2024-01-04T09:00:00+08:00"], order.as_slice()].concat(), Some(&to));
    case.replaces = true;
    all.push(case);
    all
}

#[test]
fn databases_that_are_made_on_failing_disks_and_killed() {
    let w = world();
    let some = ["event", "protected event", "archive opened", "restoring a protected one", "mending a protected one"];
    let cases: Vec<UseCase> = cases(&w).into_iter().filter(|c| some.contains(&c.name)).collect();
    table("what is made", &cases, &w.folder.path().join("hq.kaowu-db"), false);
}

#[test]
#[ignore = "minutes: ./x soak"]
fn databases_that_are_made_on_disks_that_fail_at_every_call_and_killed_at_every_call() {
    let w = world();
    table("what is made", &cases(&w), &w.folder.path().join("hq.kaowu-db"), true);
}
