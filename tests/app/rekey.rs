//! Who is withdrawn is out for good: the database gets another key, in one breath with the entry that says so.

use crate::disk::{Dice, Disk, Op, cuts_at, namings, record, scratch};
use crate::operators::{CHIEF, OTHER, PIN, at, by, code, db, kinds, name, pin, protected, withdraw};
use crate::world::{fixture, seated};
use kaowu_core::coded::Coded;
use kaowu_core::facts::Pass;
use kaowu_core::identity::EntryId;
use kaowu_core::journal::Mode;
use kaowu_core::operators::Role;
use kaowu_desk::{Desk, NewOperator};
use kaowu_ledger::{DbKey, Ledger};
use kaowu_packet::vault::Vault;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

const GOES: &str = "总部乙";
const STAYS: &str = "总部丙";

fn keys_of(db: &Path) -> PathBuf {
    Vault::beside(db)
}

/// The key that a vault gives somebody, without counting.
fn key_for(db: &Path, who: &str, text: &str) -> Option<DbKey> {
    let keys = Vault::read(db).unwrap()?.open_as_well(&who.into(), &pin(text))?;
    Some(DbKey::from_bytes(*keys.key))
}

#[test]
fn who_is_withdrawn_opens_nothing_of_later() {
    let folder = tempfile::tempdir().unwrap();
    let (mut desk, words) = protected(&folder);
    let path = db(&folder);
    let ring = folder.path().join("ring");
    std::fs::create_dir(&ring).unwrap();
    for who in [GOES, STAYS] {
        name(&mut desk, who, &[Role::Hq], &[], OTHER);
    }
    name(&mut desk, "监考员", &[Role::Invigilator], &["3201-01"], OTHER);
    let before = desk.backup_in_ring(&ring, 5).unwrap().file;
    let (old_vault, old_key) = (std::fs::read(keys_of(&path)).unwrap(), key_for(&path, GOES, OTHER).unwrap());
    let (people, seats) = (desk.view().candidates(&"city".into()).unwrap(), desk.view().seats(&"city".into()).unwrap());
    // Somebody of a site never opened this database: its key stays.
    desk.withdraw_operator(&by(CHIEF), &"监考员".into(), "换人").unwrap();
    assert!(Ledger::opens_under(&path, &old_key).unwrap());
    // While another window has it open nothing happens at all.
    let other = desk.second().unwrap();
    assert_eq!(withdraw(&mut desk, GOES, OTHER), "open-elsewhere");
    let withdrawn = kinds(&desk).iter().filter(|k| *k == "operator.withdrawn").count();
    assert!(withdrawn == 1 && desk.verify_journal().unwrap().faults.is_empty());
    drop(other);
    assert!(Ledger::opens_under(&path, &old_key).unwrap() && !Vault::read(&path).unwrap().unwrap().is_changing());
    let seen = desk.fingerprint().unwrap();
    assert_eq!(withdraw(&mut desk, GOES, OTHER), "ok");
    // The desk goes on where it was, and what it shows is what the journal says.
    assert_ne!(desk.fingerprint().unwrap(), seen);
    let (kept, made) = desk.rebuild().unwrap();
    assert_eq!(kept, made);
    assert_eq!((desk.view().candidates(&"city".into()).unwrap(), desk.view().seats(&"city".into()).unwrap()), (people, seats));
    let entry = desk.view().reader().search("operator.withdrawn", 1).unwrap().pop().unwrap().entry;
    assert_eq!((entry.kind.as_str(), entry.body.about["reason"].as_str()), ("operator.withdrawn", Some("离职")));
    assert!(desk.verify_journal().unwrap().faults.is_empty());
    let who = desk.view().entrants(&"city".into(), &"written".into()).unwrap().into_keys().next().unwrap();
    desk.key_mark(&by(CHIEF), &"city".into(), &"written".into(), Pass(1), &who, "80").unwrap();
    let after = desk.backup_in_ring(&ring, 5).unwrap().file;
    drop(desk);
    // Stolen later, with the vault that somebody kept, and the PIN: the vault opens, the database does not.
    assert!(!Ledger::opens_under(&path, &old_key).unwrap());
    assert_eq!(code(Desk::sign_in(&path, &by(GOES), &pin(OTHER))), "no-pin");
    let stolen = tempfile::tempdir().unwrap();
    std::fs::copy(&path, db(&stolen)).unwrap();
    std::fs::write(keys_of(&db(&stolen)), &old_vault).unwrap();
    assert_eq!(code(Desk::sign_in(&db(&stolen), &by(GOES), &pin(OTHER))), "vault-does-not-fit");
    assert_eq!(key_for(&db(&stolen), GOES, OTHER).unwrap(), old_key);
    let bytes = std::fs::read(&path).unwrap();
    assert!(!bytes.windows(10).any(|w| w == b"SQLite for"), "the new one lies plain");
    // The others and the six words open it; whoever is withdrawn may be named again.
    drop(Desk::sign_in(&path, &by(STAYS), &pin(OTHER)).unwrap());
    drop(Desk::recover(&path, &by(CHIEF), &words, &pin(PIN)).unwrap());
    let mut desk = Desk::sign_in(&path, &by(CHIEF), &pin(PIN)).unwrap();
    name(&mut desk, GOES, &[Role::Hq], &[], OTHER);
    drop(Desk::sign_in(&path, &by(GOES), &pin(OTHER)).unwrap());
    // From headquarters to a site is out of headquarters, too.
    let held = key_for(&path, GOES, OTHER).unwrap();
    let new = NewOperator { name: &GOES.into(), roles: &[Role::SiteHead], sites: &["3201-01".into()], pin: None };
    desk.prove(&by(CHIEF), &GOES.into(), &pin(OTHER)).unwrap();
    desk.name_operator(&by(CHIEF), &new).unwrap();
    assert!(!Ledger::opens_under(&path, &held).unwrap());
    assert_eq!(code(Desk::sign_in(&path, &by(GOES), &pin(OTHER))), "works-elsewhere");
    assert!(Vault::read(&path).unwrap().unwrap().credential(&GOES.into()).is_some(), "a site's packet needs it");
    drop(desk);
    // Backups of before and of after, each under its own vault.
    for (n, backup) in [(1, &before), (2, &after)] {
        let to = folder.path().join(format!("restored-{n}.kaowu-db"));
        let there = Desk::restore_as(backup, &to, &by(CHIEF), &pin(PIN)).unwrap();
        assert_eq!(kinds(&there).contains(&"mark.keyed".to_owned()), n == 2);
    }
    // What is damaged under the one key is mended from backups under others, too.
    let mut torn = std::fs::read(&path).unwrap();
    let middle = torn.len() / 2;
    torn[8192..middle].fill(7);
    std::fs::write(&path, &torn).unwrap();
    let to = folder.path().join("mended.kaowu-db");
    let mended = Desk::mend_as(&path, &[before, after], &to, &by(CHIEF), &pin(PIN)).unwrap();
    assert!(mended.sources.iter().filter(|source| source.entries > 0).count() >= 2, "{:?}", mended.sources);
    assert!(kinds(&Desk::sign_in(&to, &by(CHIEF), &pin(PIN)).unwrap()).contains(&"mark.keyed".to_owned()));
}

const WITHDRAWS: &str = "KAOWU_TEST_WITHDRAWS";

#[test]
#[ignore = "run by the test below, as a process of its own"]
fn withdraws_one() {
    let Ok(folder) = std::env::var(WITHDRAWS) else { return };
    let path = PathBuf::from(folder).join("hq.kaowu-db");
    let mut desk = Desk::sign_in(&path, &by(CHIEF), &pin(PIN)).unwrap();
    // The image was copied here: it goes on under a key of its own.
    desk.continue_after_copy().unwrap();
    assert_eq!(withdraw(&mut desk, GOES, OTHER), "ok");
}

/// Killed before a rename, a deletion or a flush: either nothing happened, or all of it.
fn killed(calls: &[(&str, std::ops::RangeInclusive<u32>)]) -> (u32, u32, u32) {
    let folder = tempfile::tempdir().unwrap();
    let (mut desk, words) = protected(&folder);
    name(&mut desk, GOES, &[Role::Hq], &[], OTHER);
    let people = desk.view().candidates(&"city".into()).unwrap().len();
    drop(desk);
    let image = std::fs::read(db(&folder)).unwrap();
    let vault = std::fs::read(keys_of(&db(&folder))).unwrap();
    let old_key = key_for(&db(&folder), GOES, OTHER).unwrap();
    let (mut stays, mut goes, mut killed) = (0, 0, 0);
    for (call, nth) in calls.iter().flat_map(|(call, all)| all.clone().map(move |n| (*call, n))) {
        let kill = tempfile::tempdir().unwrap();
        let path = db(&kill);
        std::fs::write(&path, &image).unwrap();
        std::fs::write(keys_of(&path), &vault).unwrap();
        let inject = format!("inject={call}:signal=KILL:when={nth}");
        let mut command = Command::new("strace");
        command.args(["-f", "-qq", "-o", "/dev/null", "-e", &format!("trace={call}"), "-e", &inject]);
        command.arg(std::env::current_exe().unwrap()).args(["--ignored", "--exact", "rekey::withdraws_one"]);
        let done = command.env(WITHDRAWS, kill.path()).output().expect("strace (Debian package)");
        killed += u32::from(!done.status.success());
        let changed = !Ledger::opens_under(&path, &old_key).unwrap();
        let desk = Desk::sign_in(&path, &by(CHIEF), &pin(PIN)).unwrap_or_else(|e| panic!("{call} {nth}: {e}"));
        assert_eq!(desk.view().candidates(&"city".into()).unwrap().len(), people, "{call} {nth}");
        assert!(desk.verify_journal().unwrap().faults.is_empty());
        assert_eq!(kinds(&desk).contains(&"operator.withdrawn".to_owned()), changed, "{call} {nth}");
        drop(desk);
        let mut after = Vault::read(&path).unwrap().unwrap();
        assert!(!after.is_changing(), "{call} {nth}: the opening put nothing in order");
        assert_eq!(code(Desk::sign_in(&path, &by(GOES), &pin(OTHER))), if changed { "no-pin" } else { "ok" }, "{call} {nth}");
        assert!(after.open_with_words(&CHIEF.into(), &words, at(0)).is_ok());
        if changed {
            goes += 1;
        } else {
            stays += 1;
        }
    }
    (stays, goes, killed)
}

#[test]
fn killed_while_the_key_changes_one_state_stands() {
    let (stays, goes, killed) = killed(&[("rename", 6..=8), ("fsync", 18..=24)]);
    assert!(stays > 0 && goes > 0 && killed > 3, "{stays} {goes} {killed}");
}

#[test]
#[ignore = "a minute or two: ./x soak"]
fn killed_at_every_step_while_the_key_changes_one_state_stands() {
    let (stays, goes, killed) = killed(&[("rename", 1..=10), ("unlink", 1..=12), ("fsync", 1..=38), ("pwrite64", 150..=175)]);
    eprintln!("killed while the key changes: {killed} kills; {stays} times nothing had happened, {goes} times all of it");
    assert!(stays > 5 && goes > 2 && killed > 30, "{stays} {goes} {killed}");
}

const GUARDED: &str = "KAOWU_TEST_GUARDED";

/// An event is protected, worked in, backed up, and somebody is withdrawn.
#[test]
#[ignore = "run by the tests of power, as a process of its own"]
fn a_guarded_day() {
    let Ok(folder) = std::env::var(GUARDED) else { return };
    let folder = PathBuf::from(folder);
    let mut out = std::io::stdout().lock();
    let mut ack = |words: String| writeln!(out, "ack {words}").unwrap();
    let path = folder.join("hq.kaowu-db");
    let (mut desk, _) = Desk::protect(&path, &by(CHIEF), &pin(PIN)).unwrap();
    ack("protected".to_owned());
    let told = |desk: &Desk| format!("entry {}", desk.view().reader().own_head().unwrap());
    for who in [GOES, STAYS] {
        name(&mut desk, who, &[Role::Hq], &[], OTHER);
        ack(told(&desk));
    }
    let (stage, part) = ("city".into(), "written".into());
    let people: Vec<_> = desk.view().entrants(&stage, &part).unwrap().into_keys().collect();
    for id in &people[..6] {
        desk.key_mark(&by(CHIEF), &stage, &part, Pass(1), id, "80").unwrap();
        ack(told(&desk));
    }
    desk.backup(&folder.join("backup.kaowu-db")).unwrap();
    ack(told(&desk).replace("entry", "backup"));
    assert_eq!(withdraw(&mut desk, GOES, OTHER), "ok");
    ack("withdrawn".to_owned());
    ack(told(&desk));
    desk.import_roster(&by(CHIEF), &stage, &fixture("jiangsu-2020/rosters/3212-泰州市.xlsx"), false).unwrap();
    ack(told(&desk));
    desk.backup(&folder.join("backup.kaowu-db")).unwrap();
    ack(told(&desk).replace("entry", "backup"));
    assert_eq!(withdraw(&mut desk, STAYS, OTHER), "ok");
    ack("withdrawn-too".to_owned());
}

/// What is wrong after a fall, given what had been acknowledged.
fn wrong(folder: &Path, acks: &[Vec<String>], backup_too: bool) -> Result<&'static str, String> {
    let last = |what: &str| acks.iter().rev().find(|words| words[0] == what);
    let path = folder.join("hq.kaowu-db");
    let plain = Desk::lies_open(&path).unwrap();
    if plain && last("protected").is_some() {
        return Err("it lies plain again".to_owned());
    }
    let opened = if plain { Desk::open(&path) } else { Desk::sign_in(&path, &by(CHIEF), &pin(PIN)) };
    let mut desk = opened.map_err(|error| format!("does not open: {} {error}", error.code()))?;
    let holds = |desk: &Desk, id: &str| desk.view().reader().entry(&EntryId(id.to_owned())).ok().flatten().is_some();
    if last("entry").is_some_and(|words| !holds(&desk, &words[1])) {
        return Err("an acknowledged entry is lost".to_owned());
    }
    if !desk.verify_journal().is_ok_and(|health| health.faults.is_empty()) {
        return Err("the journal is damaged".to_owned());
    }
    let gone = desk.view().reader().search("operator.withdrawn", 9).unwrap().len();
    if gone < usize::from(last("withdrawn").is_some()) + usize::from(last("withdrawn-too").is_some()) {
        return Err("an acknowledged withdrawal is lost".to_owned());
    }
    if backup_too && desk.rebuild().is_ok_and(|(before, after)| before != after) {
        return Err("the views differ from the journal".to_owned());
    }
    if plain {
        return Ok("plain");
    }
    drop(desk);
    let vault = Vault::read(&path).unwrap().unwrap();
    let left = [GOES, STAYS].iter().filter(|who| vault.knows(&(**who).into())).count();
    if gone > 0 && left != 2 - gone || vault.is_changing() {
        return Err(format!("{gone} are withdrawn, and {left} of two are in the vault"));
    }
    let backup = folder.join("backup.kaowu-db");
    if backup_too && let Some(words) = last("backup") {
        // Its own vault opens it; cut off between the two, the database's own does.
        let keys = [&backup, &path].into_iter().filter_map(|file| key_for(file, CHIEF, PIN));
        let Some(key) = keys.into_iter().find(|key| Ledger::opens_under(&backup, key).unwrap_or(false)) else {
            return Err("nothing opens the backup".to_owned());
        };
        let copy = Ledger::open_under(&backup, Some(&key)).map_err(|e| format!("the backup does not open: {e}"))?;
        if copy.entry(&EntryId(words[1].clone())).unwrap().is_none() {
            return Err("the backup lacks what it was acknowledged with".to_owned());
        }
    }
    Ok(["protected", "one withdrawn", "two withdrawn"][gone])
}

fn power(count: usize) {
    let folder = scratch();
    let home = tempfile::tempdir().unwrap();
    drop(seated(&home, Mode::Live));
    // Copied, it is a copy: it goes on before the day begins.
    std::fs::copy(db(&home), folder.path().join("hq.kaowu-db")).unwrap();
    Desk::open(&folder.path().join("hq.kaowu-db")).unwrap().continue_after_copy().unwrap();
    let start = Disk::of(folder.path());
    let ops = record("rekey::a_guarded_day", folder.path(), &[(GUARDED, folder.path().to_str().unwrap())]);
    let said = ops.iter().filter(|op| matches!(op, Op::Ack(_))).count();
    let (mut n, mut stood) = (0, std::collections::BTreeMap::new());
    // Wherever a file gets its name, and anywhere: in the long run four times at each, as dice have it.
    let mut dice = Dice::new(2021);
    let mut moments: Vec<usize> = (0..count).map(|_| dice.below(ops.len() + 1)).collect();
    let renamed = namings(&ops).into_iter().filter(|at| matches!(ops[at - 1], Op::Rename { .. }));
    moments.extend(renamed.flat_map(|at| if count > 100 { [at - 1, at, at, at + 1].to_vec() } else { vec![at] }));
    let cuts = moments.len();
    let lost = cuts_at(&ops, &start, folder.path(), moments, 2021, |image, disk| {
        n += 1;
        match wrong(image, &disk.acks, n % 5 == 0) {
            Ok(state) => {
                *stood.entry(state).or_insert(0) += 1;
                None
            }
            Err(what) => Some(what),
        }
    });
    eprintln!("a guarded day: {} steps with {said} acknowledgements; {cuts} cuts, {stood:?}, {} with a loss", ops.len(), lost.len());
    assert_eq!(lost, Vec::<String>::new());
    assert!(said > 10 && stood.len() > 2, "{stood:?}");
}

#[test]
fn a_power_cut_leaves_vault_and_database_in_one_state() {
    power(6);
}

#[test]
#[ignore = "ten minutes: ./x soak"]
fn fifteen_hundred_power_cuts_leave_vault_and_database_in_one_state() {
    power(1500);
}

#[test]
fn waits_go_by_the_vault_that_stands() {
    let folder = tempfile::tempdir().unwrap();
    drop(protected(&folder));
    let path = db(&folder);
    // Another program changes the vault while a PIN is looked at: neither undoes what the other wrote.
    let mut slow = Vault::read(&path).unwrap().unwrap();
    Vault::revise(&path, |vault| vault.give(&STAYS.into(), &pin(OTHER), None)).unwrap();
    slow.open(&CHIEF.into(), &pin(PIN), at(0)).unwrap();
    assert!(Vault::read(&path).unwrap().unwrap().knows(&STAYS.into()));
    let mut stale = Vault::read(&path).unwrap().unwrap();
    Vault::revise(&path, |vault| vault.give(&GOES.into(), &pin(OTHER), None)).unwrap();
    assert_eq!(stale.save().unwrap_err().code(), "vault-changed");
}
