//! What is being typed: kept, replaced, forgotten, and no part of the journal.

use super::*;
use kaowu_core::identity::Operator;

#[test]
fn what_is_typed_outlives_the_program_and_is_nobody_elses() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("hq.db");
    let ledger = Ledger::create(&path, &genesis()).unwrap();
    let (one, other): (Operator, Operator) = ("记分员".into(), "核分员".into());
    let before = (ledger.fingerprint().unwrap(), ledger.next_seq().unwrap());
    for (about, text) in [("a", "8"), ("b", "90"), ("a", "85.5")] {
        ledger.scratch_set("sheets/1", &one, about, text).unwrap();
    }
    ledger.scratch_set("sheets/2", &one, "a", "7").unwrap();
    // As after a crash: nothing is closed in order.
    std::mem::forget(ledger);
    let mut ledger = Ledger::open(&path).unwrap();
    let lines = |ledger: &Ledger, form: &str, who: &Operator| ledger.scratch(form, who).unwrap();
    let text = |rows: &[(&str, &str)]| rows.iter().map(|(a, t)| ((*a).to_owned(), (*t).to_owned())).collect::<Vec<_>>();
    assert_eq!(lines(&ledger, "sheets/1", &one), text(&[("a", "85.5"), ("b", "90")]));
    assert_eq!(lines(&ledger, "sheets/1", &other), text(&[]));
    assert_eq!((ledger.fingerprint().unwrap(), ledger.next_seq().unwrap()), before, "no entry, no fact");
    ledger.rebuild().unwrap();
    ledger.scratch_drop("sheets/1", &one, "b").unwrap();
    ledger.scratch_drop("sheets/1", &other, "a").unwrap();
    assert_eq!(lines(&ledger, "sheets/1", &one), text(&[("a", "85.5")]));
    assert_eq!(lines(&ledger, "sheets/2", &one), text(&[("a", "7")]));
}

#[test]
fn it_goes_with_the_entry_or_stays_with_the_refusal() {
    let mut ledger = memory();
    let who: Operator = "甲".into();
    let left = |ledger: &Ledger| ledger.scratch("f", &who).unwrap().len();
    ledger.scratch_set("f", &who, "a", "1").unwrap();
    let refused = ledger.transact::<(), crate::LedgerError>(|tx| {
        tx.scratch_drop("f", &who, "a")?;
        // The same key twice in one entry is refused.
        tx.append(&stamp(), draft(vec![mark(1, Some(1)), mark(1, Some(2))], vec![])).map(|_| ())
    });
    assert!(refused.is_err());
    assert_eq!(left(&ledger), 1);
    ledger
        .transact::<(), crate::LedgerError>(|tx| {
            tx.scratch_drop("f", &who, "a")?;
            tx.append(&stamp(), draft(vec![mark(1, Some(1))], vec![])).map(|_| ())
        })
        .unwrap();
    assert_eq!(left(&ledger), 0);
}

#[test]
fn a_database_of_an_earlier_version_gets_the_table() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("hq.db");
    drop(Ledger::create(&path, &genesis()).unwrap());
    Connection::open(&path).unwrap().execute_batch("DROP TABLE scratch; PRAGMA user_version = 2").unwrap();
    let ledger = Ledger::open(&path).unwrap();
    ledger.scratch_set("f", &"甲".into(), "a", "1").unwrap();
    assert_eq!(ledger.scratch("f", &"甲".into()).unwrap().len(), 1);
}
