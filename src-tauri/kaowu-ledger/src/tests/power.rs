//! Power cuts over appended entries: `synchronous=FULL` keeps what was acknowledged. The control with NORMAL must lose
//! some of it, or this test would not bite.

use super::*;
use disk::{Disk, cuts, record, scratch};
use std::io::Write;
use std::path::Path;

#[path = "../../../../tests/power/disk.rs"]
mod disk;

const FOLDER: &str = "KAOWU_TEST_LEDGER";
const SYNCHRONOUS: &str = "KAOWU_TEST_SYNCHRONOUS";
/// Enough for the write-ahead log to be taken into the database twice.
const ENTRIES: usize = 700;

#[test]
#[ignore = "run by the tests of power, as a process of its own"]
fn entries() {
    let Ok(folder) = std::env::var(FOLDER) else { return };
    let mut ledger = Ledger::open(&Path::new(&folder).join("hq.db")).unwrap();
    ledger.conn.execute_batch(&format!("PRAGMA synchronous = {}", std::env::var(SYNCHRONOUS).unwrap())).unwrap();
    let mut out = std::io::stdout().lock();
    for n in 0..ENTRIES {
        let id = ledger.append(&stamp(), draft(vec![mark(u8::try_from(n % 251).unwrap(), Some(1))], vec![])).unwrap();
        writeln!(out, "ack entry {id}").unwrap();
    }
}

/// How many of so many cuts lose something acknowledged, and how many damage the database.
fn cut(synchronous: &str, count: usize) -> (usize, usize) {
    let folder = scratch();
    drop(Ledger::create(&folder.path().join("hq.db"), &genesis()).unwrap());
    let start = Disk::of(folder.path());
    let env = [(FOLDER, folder.path().to_str().unwrap()), (SYNCHRONOUS, synchronous)];
    let ops = record("tests::power::entries", folder.path(), &env);
    let mut damaged = 0;
    let lost = cuts(&ops, &start, folder.path(), count, 7, |image, disk| {
        let opened = Ledger::open(&image.join("hq.db")).and_then(|ledger| ledger.verify().map(|report| (ledger, report)));
        let Ok((ledger, report)) = opened else {
            damaged += 1;
            return Some("damaged".to_owned());
        };
        if !report.faults.is_empty() {
            damaged += 1;
        }
        let last = disk.acks.last()?;
        ledger.entry(&EntryId(last[1].clone())).unwrap().is_none().then(|| last[1].clone())
    });
    eprintln!("power, synchronous={synchronous}: {count} cuts, {} lose acknowledged work, {damaged} damage the database", lost.len());
    (lost.len(), damaged)
}

#[test]
fn full_keeps_what_was_acknowledged_and_normal_does_not() {
    assert_eq!(cut("FULL", 60), (0, 0));
    assert!(cut("NORMAL", 30).0 > 20, "the control must lose something");
}

#[test]
#[ignore = "a minute: ./x soak"]
fn many_cuts_under_full_and_under_normal() {
    assert_eq!(cut("FULL", 1500), (0, 0));
    assert!(cut("NORMAL", 250).0 > 200, "the control must lose something");
}
