//! A protected event: the database and the vault beside it are two files, and nobody may be locked out by what happens between.

use super::{UseCase, table};
use crate::disk::{By, Fault, fine, fine_as, refusal, run_as};
use std::path::{Path, PathBuf};

const CHIEF: &str = "总部甲";
const SECOND: &str = "总部乙";
const GOES: &str = "总部丙";
const PIN: &str = "805213";
const OTHER: &str = "413580";
const NEW: &str = "926374";

type Env = Vec<(&'static str, String)>;

fn env(of: &[(&'static str, &str)]) -> Env {
    of.iter().map(|(name, value)| (*name, (*value).to_owned())).collect()
}

/// Whether somebody gets in; if not, by which code.
fn gets_in(db: &Path, who: &str, pin: &str) -> String {
    let out = run_as(By { who, env: &env(&[("KAOWU_PIN", pin)]) }, db, &["event", "show"], None);
    if out.status.success() { "ok".to_owned() } else { refusal(&out).0 }
}

/// One of two PINs lets somebody in.
fn one_of(db: &Path, who: &str, pins: [&str; 2], when: &str) {
    let said = pins.map(|pin| gets_in(db, who, pin));
    assert!(said.contains(&"ok".to_owned()), "{when}: {who} is locked out: {said:?}");
}

fn words_open(db: &Path, words: &str, when: &str) {
    let out =
        run_as(By { who: CHIEF, env: &env(&[("KAOWU_WORDS", words), ("KAOWU_NEW_PIN", "571946")]) }, db, &["operators", "recover"], None);
    assert!(out.status.success(), "{when}: the six words open nothing: {}", crate::text(&out.stderr));
}

/// Headquarters with three operators, and its six words.
fn protected(folder: &Path) -> (PathBuf, String) {
    std::fs::create_dir_all(folder).unwrap();
    let db = folder.join("hq.kaowu-db");
    let own = env(&[("KAOWU_PIN", PIN), ("KAOWU_SECOND_PIN", OTHER), ("KAOWU_NEW_PIN", OTHER)]);
    let by = By { who: CHIEF, env: &own };
    fine_as(by, &db, &["event", "new", "--plan", "civil-service", "--drill"]);
    let words = fine_as(by, &db, &["operators", "protect"])["words"].as_str().unwrap().to_owned();
    fine_as(by, &db, &["operators", "add", SECOND, "--role", "hq"]);
    fine_as(by, &db, &["operators", "add", GOES, "--role", "hq", "--second", SECOND]);
    (db, words)
}

/// One that headquarters' first does; the second looks at what came of it.
fn case(name: &'static str, db: &Path, args: &[&str], more: &[(&'static str, &str)], out: Option<&Path>) -> UseCase {
    let mut case = UseCase::new(name, db, args, out);
    case.who = CHIEF;
    case.env = env(&[&[("KAOWU_PIN", PIN), ("KAOWU_SECOND_PIN", OTHER)], more].concat());
    case.looks = (SECOND, env(&[("KAOWU_PIN", OTHER)]));
    case
}

/// A row with what must hold of its database besides.
fn guarded(case: UseCase, holds: impl Fn(&Path, &str) + 'static) -> UseCase {
    let db = case.db.clone();
    case.holds(move |when| holds(&db, when))
}

fn cases(folder: &Path) -> Vec<UseCase> {
    let mut all = Vec::new();
    let open = folder.join("open.kaowu-db");
    fine(&open, &["event", "new", "--plan", "civil-service", "--drill"]);
    let slips = folder.join("slips");
    std::fs::create_dir(&slips).unwrap();
    let slip = slips.join("恢复词.pdf").display().to_string();
    std::fs::write(&slip, "%PDF another %%EOF").unwrap();
    let mut protect = case("protecting", &open, &["operators", "protect", "--slip", &slip], &[], Some(&slips));
    protect.looks = (CHIEF, env(&[("KAOWU_PIN", PIN)]));
    let d = open.clone();
    all.push(protect.holds(move |when| {
        // Plain as it was, or protected; where it is plain it can be protected now.
        if !d.with_extension("kaowu-db.keys").exists() || std::fs::read(&d).unwrap().starts_with(b"SQLite format 3") {
            fine_as(By { who: CHIEF, env: &env(&[("KAOWU_PIN", PIN)]) }, &d, &["operators", "protect"]);
        }
        assert_eq!(gets_in(&d, CHIEF, PIN), "ok", "{when}");
        assert_eq!(gets_in(&d, CHIEF, OTHER), "pin-wrong", "{when}");
    }));

    let (db, words) = protected(&folder.join("hq"));
    let backups = folder.join("backups");
    std::fs::create_dir(&backups).unwrap();
    let backup = backups.join("b.kaowu-db");
    let by = By { who: CHIEF, env: &env(&[("KAOWU_PIN", PIN), ("KAOWU_SECOND_PIN", OTHER)]) };
    fine_as(by, &db, &["backup", "--out", backup.to_str().unwrap()]);
    let w = words.clone();
    all.push(guarded(
        case("withdrawing", &db, &["operators", "withdraw", GOES, "--reason", "离职", "--second", SECOND], &[], None),
        move |db: &Path, when: &str| {
            assert_eq!(gets_in(db, CHIEF, PIN), "ok", "{when}");
            let goes = gets_in(db, GOES, OTHER);
            assert!(["ok", "no-pin"].contains(&goes.as_str()), "{when}: {goes}");
            words_open(db, &w, when);
        },
    ));
    all.push(guarded(
        case("naming", &db, &["operators", "add", "新人", "--role", "auditor"], &[("KAOWU_NEW_PIN", NEW)], None),
        |db: &Path, when: &str| {
            assert_eq!(gets_in(db, CHIEF, PIN), "ok", "{when}");
            let new = gets_in(db, "新人", NEW);
            assert!(["ok", "no-pin"].contains(&new.as_str()), "{when}: {new}");
        },
    ));
    let w = words.clone();
    all.push(guarded(case("a new PIN", &db, &["operators", "pin"], &[("KAOWU_NEW_PIN", NEW)], None), move |db: &Path, when: &str| {
        one_of(db, CHIEF, [PIN, NEW], when);
        words_open(db, &w, when);
    }));
    all.push(guarded(
        case("a PIN given", &db, &["operators", "pin", GOES, "--second", SECOND], &[("KAOWU_NEW_PIN", NEW)], None),
        |db: &Path, when: &str| one_of(db, GOES, [OTHER, NEW], when),
    ));
    let w = words.clone();
    all.push(guarded(
        case("recovering", &db, &["operators", "recover"], &[("KAOWU_WORDS", &words), ("KAOWU_NEW_PIN", NEW)], None),
        move |db: &Path, when: &str| {
            one_of(db, CHIEF, [PIN, NEW], when);
            words_open(db, &w, when);
        },
    ));
    all.push(guarded(
        case("new words", &db, &["operators", "words", "--second", SECOND, "--slip", &slip], &[], Some(&slips)),
        |db: &Path, when: &str| {
            assert_eq!(gets_in(db, CHIEF, PIN), "ok", "{when}");
            // Whoever was not told them has others made.
            let by = By { who: CHIEF, env: &env(&[("KAOWU_PIN", PIN), ("KAOWU_SECOND_PIN", OTHER)]) };
            let words = fine_as(by, db, &["operators", "words", "--second", SECOND])["words"].as_str().unwrap().to_owned();
            words_open(db, &words, when);
        },
    ));
    let keys = folder.join("keys");
    std::fs::create_dir(&keys).unwrap();
    let save = ["keys", "save", "root", "--second", SECOND, "--out", keys.to_str().unwrap()];
    fine_as(By { who: CHIEF, env: &env(&[("KAOWU_PIN", PIN), ("KAOWU_SECOND_PIN", OTHER), ("KAOWU_WORDS", "a b c d e f")]) }, &db, &save);
    all.push(case("keys of a protected event", &db, &save, &[("KAOWU_WORDS", "a b c d e f")], Some(&keys)));

    let ring = folder.join("ring");
    std::fs::create_dir(&ring).unwrap();
    let args = ["backup", "--ring", ring.to_str().unwrap(), "--keep", "3"];
    for _ in 0..2 {
        fine_as(By { who: CHIEF, env: &env(&[("KAOWU_PIN", PIN)]) }, &db, &args);
    }
    let to = folder.join("of the ring.kaowu-db");
    all.push(case("a ring of backups", &db, &args, &[], Some(&ring)).holds(move |when| {
        let whole = |path: &PathBuf| path.extension().is_some_and(|end| end == "kaowu-db");
        let there: Vec<_> = super::files_in(&ring).into_iter().filter(whole).collect();
        assert!(there.len() >= 2, "{when}: {there:?}");
        there.iter().for_each(|one| restores(one, &to, when));
    }));

    let (later, over) = older_backup(&folder.join("later"));
    let restored = folder.join("restored.kaowu-db");
    let args = ["backup", "--out", over.to_str().unwrap()];
    all.push(
        case("backup over one under another key", &later, &args, &[], over.parent()).holds(move |when| restores(&over, &restored, when)),
    );
    all
}

/// An event and its backup, which is older than the key it lies under now.
fn older_backup(folder: &Path) -> (PathBuf, PathBuf) {
    let (db, _) = protected(folder);
    let place = folder.join("older");
    std::fs::create_dir(&place).unwrap();
    let backup = place.join("b.kaowu-db");
    let by = By { who: CHIEF, env: &env(&[("KAOWU_PIN", PIN), ("KAOWU_SECOND_PIN", OTHER)]) };
    fine_as(by, &db, &["backup", "--out", backup.to_str().unwrap()]);
    fine_as(by, &db, &["operators", "withdraw", GOES, "--reason", "离职", "--second", SECOND]);
    (db, backup)
}

/// A backup opens with what lies beside it.
fn restores(backup: &Path, to: &Path, when: &str) {
    let by = By { who: CHIEF, env: &env(&[("KAOWU_PIN", PIN)]) };
    let out = run_as(by, to, &["restore", backup.to_str().unwrap()], None);
    assert!(out.status.success(), "{when}: nothing opens the backup: {}", crate::text(&out.stderr));
    for end in ["", "-wal", "-shm", ".keys", ".keys.lock"] {
        let _gone = std::fs::remove_file(format!("{}{end}", to.display()));
    }
}

#[test]
fn operators_on_failing_disks_and_killed() {
    let folder = tempfile::tempdir().unwrap();
    // Killed while the key changes: `tests/app/rekey.rs`.
    let cases: Vec<UseCase> = cases(folder.path()).into_iter().filter(|c| c.name == "recovering").collect();
    table("a protected event", &cases, &folder.path().join("hq/hq.kaowu-db"), false);
}

/// A backup over an older one, made before somebody was withdrawn; killed when the new one lies there and its vault does not.
#[test]
fn a_backup_that_lies_there_without_its_vault_is_opened() {
    let folder = tempfile::tempdir().unwrap();
    let (db, backup) = older_backup(folder.path());
    let to = backup.to_str().unwrap();
    let own = env(&[("KAOWU_PIN", PIN)]);
    let by = By { who: CHIEF, env: &own };
    // The vault is written before, so that it opens for both, and after.
    let on = [PathBuf::from(format!("{to}.keys.part"))];
    for nth in 1..=2 {
        let fault = Fault { calls: "write", error: "KILL", nth, once: true };
        let old = std::fs::read(&backup).unwrap();
        assert!(!run_as(by, &db, &["backup", "--out", to], Some((&fault, &on))).status.success());
        restores(&backup, &folder.path().join("restored.kaowu-db"), &format!("killed when its vault was written for the {nth}. time"));
        assert_eq!(std::fs::read(&backup).unwrap() != old, nth == 2, "the new one lies there");
    }
    // Whoever was withdrawn opens neither.
    let out = run_as(By { who: GOES, env: &env(&[("KAOWU_PIN", OTHER)]) }, &folder.path().join("theirs.kaowu-db"), &["restore", to], None);
    assert!(!out.status.success());
    fine_as(by, &db, &["backup", "--out", to]);
    restores(&backup, &folder.path().join("again.kaowu-db"), "made again");
}

#[test]
#[ignore = "minutes: ./x soak"]
fn operators_on_disks_that_fail_at_every_call_and_killed_at_every_call() {
    let folder = tempfile::tempdir().unwrap();
    table("a protected event", &cases(folder.path()), &folder.path().join("hq/hq.kaowu-db"), true);
}
