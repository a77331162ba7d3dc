//! Power cuts over appended entries, in a plain database and in an encrypted one: `synchronous=FULL` keeps what was acknowledged.
//! The control with NORMAL must lose some of it, or this test would not bite. Then over the acts that make the database anew
//! under a key: one whole database stands under its name at any moment.

use super::*;
use crate::{DbKey, LedgerError, is_plain};
use disk::{Disk, cuts, cuts_at, record, scratch};
use std::io::Write;
use std::path::Path;

#[path = "../../../../tests/power/disk.rs"]
mod disk;

const FOLDER: &str = "KAOWU_TEST_LEDGER";
const SYNCHRONOUS: &str = "KAOWU_TEST_SYNCHRONOUS";
const ENCRYPTED: &str = "KAOWU_TEST_ENCRYPTED";
/// Enough for the write-ahead log to be taken into the database twice.
const ENTRIES: usize = 700;

#[test]
#[ignore = "run by the tests of power, as a process of its own"]
fn entries() {
    let Ok(folder) = std::env::var(FOLDER) else { return };
    let key = std::env::var(ENCRYPTED).is_ok().then(|| key(1));
    let mut ledger = Ledger::open_under(&Path::new(&folder).join("hq.db"), key.as_ref()).unwrap();
    ledger.conn.execute_batch(&format!("PRAGMA synchronous = {}", std::env::var(SYNCHRONOUS).unwrap())).unwrap();
    let mut out = std::io::stdout().lock();
    for n in 0..ENTRIES {
        let id = ledger.append(&stamp(), draft(vec![mark(u8::try_from(n % 251).unwrap(), Some(1))], vec![])).unwrap();
        writeln!(out, "ack entry {id}").unwrap();
    }
}

fn key(n: u8) -> DbKey {
    DbKey::from_bytes([n; 32])
}

/// How many of so many cuts lose something acknowledged, and how many damage the database.
fn cut(synchronous: &str, encrypted: bool, count: usize) -> (usize, usize) {
    let folder = scratch();
    let key = encrypted.then(|| key(1));
    drop(Ledger::create_under(&folder.path().join("hq.db"), &genesis(), key.as_ref()).unwrap());
    let start = Disk::of(folder.path());
    let mut env = vec![(FOLDER, folder.path().to_str().unwrap()), (SYNCHRONOUS, synchronous)];
    env.extend(encrypted.then_some((ENCRYPTED, "1")));
    let ops = record("tests::power::entries", folder.path(), &env);
    let mut damaged = 0;
    let lost = cuts(&ops, &start, folder.path(), count, 7, |image, disk| {
        let opened =
            Ledger::open_under(&image.join("hq.db"), key.as_ref()).and_then(|ledger| ledger.verify().map(|report| (ledger, report)));
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
    let form = if encrypted { "encrypted" } else { "plain" };
    eprintln!(
        "power, {form}, synchronous={synchronous}: {count} cuts, {} lose acknowledged work, {damaged} damage the database",
        lost.len()
    );
    (lost.len(), damaged)
}

#[test]
fn full_keeps_what_was_acknowledged_and_normal_does_not() {
    for encrypted in [false, true] {
        assert_eq!(cut("FULL", encrypted, 40), (0, 0));
        assert!(cut("NORMAL", encrypted, 20).0 > 12, "the control must lose something");
    }
}

#[test]
#[ignore = "two minutes: ./x soak"]
fn many_cuts_under_full_and_under_normal() {
    for encrypted in [false, true] {
        assert_eq!(cut("FULL", encrypted, 1500), (0, 0));
        assert!(cut("NORMAL", encrypted, 250).0 > 200, "the control must lose something");
    }
}

/// A database is encrypted, worked in, and given another key, three times over.
#[test]
#[ignore = "run by the tests of power, as a process of its own"]
fn keys() {
    let Ok(folder) = std::env::var(FOLDER) else { return };
    let path = Path::new(&folder).join("hq.db");
    let mut out = std::io::stdout().lock();
    Ledger::protect(&path, &key(1), |sealed| sealed.append(&stamp(), draft(vec![mark(1, None)], vec![]))).unwrap();
    writeln!(out, "ack key 1").unwrap();
    let mut ledger = Ledger::open_under(&path, Some(&key(1))).unwrap();
    for n in 2..=4 {
        for m in 0..20 {
            let id = ledger.append(&stamp(), draft(vec![mark(n * 20 + m, Some(1))], vec![])).unwrap();
            writeln!(out, "ack entry {id}").unwrap();
        }
        let id = ledger.rekey(&path, &key(n), |sealed| sealed.append(&stamp(), draft(vec![mark(n, Some(2))], vec![]))).unwrap();
        writeln!(out, "ack key {n}").unwrap();
        writeln!(out, "ack entry {id}").unwrap();
    }
}

fn cut_keys(count: usize) {
    let folder = scratch();
    let path = folder.path().join("hq.db");
    let mut ledger = Ledger::create(&path, &genesis()).unwrap();
    // More pages than one, so that half of them may be there.
    for n in 0..250 {
        ledger.append(&stamp(), draft(vec![mark(n, Some(3))], vec![])).unwrap();
    }
    drop(ledger);
    let start = Disk::of(folder.path());
    let ops = record("tests::power::keys", folder.path(), &[(FOLDER, folder.path().to_str().unwrap())]);
    let mut stood = [0; 5];
    // Wherever a file gets or loses its name, and anywhere.
    let mut dice = disk::Dice::new(11);
    let mut moments: Vec<usize> = (0..count).map(|_| dice.below(ops.len() + 1)).collect();
    moments.extend(disk::namings(&ops).into_iter().flat_map(|at| [at, (at + 1).min(ops.len())]));
    let cuts = moments.len();
    let lost = cuts_at(&ops, &start, folder.path(), moments, 11, |image, disk| {
        let path = image.join("hq.db");
        let plain = is_plain(&path).unwrap();
        let fits: Vec<u8> = (1..=4).filter(|n| Ledger::opens_under(&path, &key(*n)).unwrap_or(false)).collect();
        let under = match (plain, fits.as_slice()) {
            (true, []) => None,
            (false, [one]) => Some(*one),
            other => return Some(format!("under its name stands no one database: {other:?}")),
        };
        stood[usize::from(under.unwrap_or(0))] += 1;
        let told = |what: &str| disk.acks.iter().rev().find(|words| words[0] == what).map(|words| words[1].clone());
        if told("key").is_some_and(|n| n.parse::<u8>().unwrap() > under.unwrap_or(0)) {
            return Some(format!("an earlier key than was acknowledged: {under:?}"));
        }
        let read = || {
            let mut ledger = Ledger::open_under(&path, under.map(key).as_ref())?;
            let faults = ledger.verify()?.faults.len();
            let held = told("entry").map(|id| ledger.entry(&EntryId(id))).transpose()?.is_none_or(|found| found.is_some());
            let before = ledger.fingerprint()?;
            ledger.rebuild()?;
            Ok::<_, LedgerError>((faults, held, ledger.is_copy() || before == ledger.fingerprint()?))
        };
        let read = read();
        (read != Ok((0, true, true))).then(|| format!("{read:?}"))
    });
    eprintln!("power, keys: {cuts} cuts over {} steps; plain and under each key stood {stood:?}; {} with a loss", ops.len(), lost.len());
    assert_eq!(lost, Vec::<String>::new());
    assert!(stood[0] > 0 && stood.iter().filter(|n| **n > 0).count() > 3, "{stood:?}");
}

#[test]
fn one_whole_database_stands_while_its_key_changes() {
    cut_keys(40);
}

#[test]
#[ignore = "a minute: ./x soak"]
fn many_cuts_while_the_key_changes() {
    cut_keys(1500);
}
