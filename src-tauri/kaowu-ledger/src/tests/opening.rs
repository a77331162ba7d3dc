//! Files: made, opened, refused, copied, full.

use super::*;
use std::path::{Path, PathBuf};

fn folder() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("hq.db");
    (folder, file)
}

fn filled(path: &Path, entries: u8) -> Ledger {
    let mut ledger = Ledger::create(path, &genesis()).unwrap();
    for n in 0..entries {
        ledger.append(&stamp(), draft(vec![mark(n, Some(1))], vec![])).unwrap();
    }
    ledger
}

#[test]
fn opened_again_it_goes_on() {
    let (_folder, path) = folder();
    let ledger = filled(&path, 2);
    let (fingerprint, device) = (ledger.fingerprint().unwrap(), ledger.device().clone());
    drop(ledger);
    let mut ledger = Ledger::open(&path).unwrap();
    assert_eq!((ledger.fingerprint().unwrap(), ledger.device()), (fingerprint, &device));
    assert_eq!((ledger.event(), ledger.mode(), ledger.site()), ("jiangsu-2020", Mode::Live, "hq"));
    assert!(!ledger.is_copy());
    ledger.append(&stamp(), draft(vec![], vec![])).unwrap();
    assert_eq!(ledger.next_seq().unwrap(), 4);
    let pragma = |name: &str| {
        ledger
            .conn
            .query_row(&format!("PRAGMA {name}"), [], |r| r.get::<_, String>(0).or_else(|_| r.get::<_, i64>(0).map(|n| n.to_string())))
            .unwrap()
    };
    assert_eq!(["journal_mode", "synchronous", "foreign_keys"].map(pragma), ["wal", "2", "1"]);
    #[cfg(unix)]
    for end in ["", "-wal"] {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(format!("{}{end}", path.display())).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{end}");
    }
    assert_eq!(fault(Ledger::create(&path, &genesis()).map(|_| ())).code(), "database-exists");
}

#[test]
fn what_is_no_database_of_ours_is_refused_and_left_as_it_is() {
    let check = |name: &str, make: &dyn Fn(&Path), wanted: &str| {
        let (_folder, path) = folder();
        make(&path);
        let before = std::fs::read(&path).ok();
        assert_eq!(fault(Ledger::open(&path).map(|_| ())).code(), wanted, "{name}");
        assert_eq!(std::fs::read(&path).ok(), before, "{name}: the file was changed");
    };
    let sql = |path: &Path, sql: &str| Connection::open(path).unwrap().execute_batch(sql).unwrap();
    let bytes = |path: &Path, work: &dyn Fn(&mut Vec<u8>)| {
        drop(filled(path, 40));
        let mut bytes = std::fs::read(path).unwrap();
        work(&mut bytes);
        std::fs::write(path, bytes).unwrap();
    };
    check("nothing there", &|_| {}, "database-missing");
    check("a folder", &|path| std::fs::create_dir(path).unwrap(), "not-a-database");
    check("empty", &|path| std::fs::write(path, []).unwrap(), "not-a-database");
    check("garbage", &|path| std::fs::write(path, [0x5a; 9000]).unwrap(), "not-a-database");
    check("another program's", &|path| sql(path, "CREATE TABLE t (x)"), "not-a-database");
    check(
        "newer",
        &|path| {
            drop(filled(path, 1));
            sql(path, "PRAGMA user_version = 99; PRAGMA journal_mode = DELETE")
        },
        "database-too-new",
    );
    check("cut short", &|path| bytes(path, &|b| b.truncate(b.len() / 2)), "database-damaged");
    check("a page overwritten", &|path| bytes(path, &|b| b[3 * 4096..5 * 4096].fill(0x5a)), "database-damaged");
    check(
        "no key",
        &|path| {
            drop(filled(path, 1));
            sql(path, "DELETE FROM meta WHERE name = 'device-seed'")
        },
        "database-damaged",
    );
    check(
        "another key",
        &|path| {
            drop(filled(path, 1));
            sql(path, "UPDATE meta SET value = hex(zeroblob(32)) WHERE name = 'device-seed'")
        },
        "database-damaged",
    );
}

#[test]
fn another_writer_is_waited_for_then_named() {
    let (_folder, path) = folder();
    let mut ledger = filled(&path, 1);
    ledger.conn.busy_timeout(std::time::Duration::from_millis(10)).unwrap();
    let other = Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    assert_eq!(fault(ledger.append(&stamp(), draft(vec![], vec![]))).code(), "database-busy");
    assert_eq!(ledger.next_seq().unwrap(), 2, "reading goes on");
    other.execute_batch("COMMIT").unwrap();
    ledger.append(&stamp(), draft(vec![], vec![])).unwrap();
}

#[test]
fn a_full_disk_changes_nothing() {
    let (_folder, path) = folder();
    let mut ledger = filled(&path, 1);
    let big: Vec<Fact> = (0..=255).map(|n| mark(n, Some(1))).collect();
    let before = ledger.fingerprint().unwrap();
    let pages: i64 = ledger.conn.query_row("PRAGMA page_count", [], |r| r.get(0)).unwrap();
    ledger.conn.execute_batch(&format!("PRAGMA max_page_count = {}", pages + 2)).unwrap();
    assert_eq!(fault(ledger.append(&stamp(), draft(big.clone(), vec![]))), StoreFault::DiskFull);
    let far = Elsewhere::new(1);
    assert_eq!(fault(ledger.merge(&far.feed([big.clone()]), &far.trust())), StoreFault::DiskFull);
    assert_eq!(ledger.feeds().unwrap().len(), 1);
    assert_eq!(ledger.fingerprint().unwrap(), before);
    ledger.conn.execute_batch("PRAGMA max_page_count = 1000000").unwrap();
    ledger.append(&stamp(), draft(big, vec![])).unwrap();
    assert_eq!(ledger.verify().unwrap().faults, []);
    rebuilt(&mut ledger);
}

#[test]
fn a_backup_is_whole_and_knows_that_it_is_one() {
    let (folder, path) = folder();
    let mut ledger = filled(&path, 3);
    let to = folder.path().join("backup.db");
    std::fs::write(&to, "the former one").unwrap();
    ledger.backup(&to).unwrap();
    assert_eq!(
        std::fs::read_dir(folder.path())
            .unwrap()
            .filter(|f| f.as_ref().unwrap().file_name().to_string_lossy().starts_with("backup"))
            .count(),
        1
    );
    ledger.append(&stamp(), draft(vec![], vec![])).unwrap();

    let mut copy = Ledger::open(&to).unwrap();
    assert_eq!(copy.fingerprint().unwrap(), ledger.fingerprint().unwrap());
    assert!(copy.is_copy());
    assert_eq!(fault(copy.append(&stamp(), draft(vec![], vec![]))), StoreFault::DatabaseIsCopy);
    let (old, head) = (copy.device().clone(), copy.own_head().unwrap());
    let new = copy.continue_as([9; 32]).unwrap();
    assert_ne!(new, old);
    copy.append(&stamp(), draft(vec![mark(9, Some(1))], vec![])).unwrap();
    copy.append(&stamp(), draft(vec![mark(9, Some(1))], vec![])).unwrap();
    assert_eq!(copy.continues(&new).unwrap(), Some(crate::Continues { device: old.clone(), seq: 3, head }));
    assert_eq!(copy.continues(&old).unwrap(), None);
    assert_eq!(copy.verify().unwrap().faults, []);
    drop(copy);
    let copy = Ledger::open(&to).unwrap();
    assert!(!copy.is_copy() && *copy.device() == new);
    let second = copy.entries(&crate::Filter { device: Some(new.clone()), ..Default::default() }, 9).unwrap();
    assert!(second[0].entry.body.about.contains_key("continues") && !second[1].entry.body.about.contains_key("continues"));

    // The original takes the new feed over, and goes on with its own.
    let trust = FeedTrust { site: "hq".into(), key: copy.public_key(), from_site: false };
    let report = ledger.merge(&copy.feed(&new).unwrap(), &trust).unwrap();
    assert_eq!((report.added, report.continues.map(|c| c.seq)), (2, Some(3)));
    ledger.append(&stamp(), draft(vec![], vec![])).unwrap();
}

#[test]
fn a_backup_that_cannot_be_written_leaves_the_old_one() {
    let (folder, path) = folder();
    let ledger = filled(&path, 3);
    let to = folder.path().join("gone").join("backup.db");
    assert_eq!(fault(ledger.backup(&to)).code(), "disk-error");
    let to = folder.path().join("backup.db");
    std::fs::write(&to, "the former one").unwrap();
    for end in kaowu_disk::part_names() {
        std::fs::create_dir(kaowu_disk::beside(&to, &end)).unwrap();
    }
    assert_eq!(fault(ledger.backup(&to)).code(), "disk-error");
    assert_eq!(std::fs::read_to_string(&to).unwrap(), "the former one");
}

#[test]
fn a_copied_file_is_known() {
    let (folder, path) = folder();
    drop(filled(&path, 1));
    if std::fs::metadata(&path).unwrap().created().is_err() {
        return; // this file system does not say when a file was made
    }
    let (copied, moved) = (folder.path().join("copied.db"), folder.path().join("moved.db"));
    std::thread::sleep(std::time::Duration::from_millis(20));
    std::fs::copy(&path, &copied).unwrap();
    std::fs::rename(&path, &moved).unwrap();
    assert!(Ledger::open(&copied).unwrap().is_copy());
    assert!(!Ledger::open(&moved).unwrap().is_copy(), "a file that was moved is the same file");
}
