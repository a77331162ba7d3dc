//! What holds after appending, superseding, taking back, refusing.

use super::*;
use crate::LedgerError;
use kaowu_core::facts::{Candidate, SeatFact, state, take_back};
use kaowu_core::identity::{IdNumber, StageId};

#[test]
fn a_fact_dies_only_by_an_entry_that_names_its_entry_and_states_its_key() {
    // Each step: facts stated, and which earlier steps are named. Then what holds for persons 1 and 2.
    type Step = (&'static [(u8, Option<u32>)], &'static [usize]);
    let check = |name: &str, steps: &[Step], wanted: [&[&str]; 2]| {
        let mut ledger = memory();
        let mut ids: Vec<EntryId> = Vec::new();
        for (facts, named) in steps {
            let facts = facts.iter().map(|(person, value)| mark(*person, *value)).collect();
            ids.push(ledger.append(&stamp(), draft(facts, named.iter().map(|n| ids[*n].clone()).collect())).unwrap());
        }
        for (person, wanted) in [1, 2].into_iter().zip(wanted) {
            assert_eq!(marks(&ledger, person), wanted, "{name}: person {person}");
        }
        rebuilt(&mut ledger);
    };
    const A: &str = r#"{"given":1}"#;
    const B: &str = r#"{"given":2}"#;
    check("one value", &[(&[(1, Some(1))], &[])], [&[A], &[]]);
    check("two that name nothing both live", &[(&[(1, Some(1))], &[]), (&[(1, Some(2))], &[])], [&[A, B], &[]]);
    check("named and stated: replaced", &[(&[(1, Some(1))], &[]), (&[(1, Some(2))], &[0])], [&[B], &[]]);
    check("named, but another key: lives", &[(&[(1, Some(1))], &[]), (&[(2, Some(2))], &[0])], [&[A], &[B]]);
    check("taken back", &[(&[(1, Some(1))], &[]), (&[(1, None)], &[0])], [&[], &[]]);
    check("taken back without naming: lives", &[(&[(1, Some(1))], &[]), (&[(1, None)], &[])], [&[A], &[]]);
    check("stated anew after it", &[(&[(1, Some(1))], &[]), (&[(1, None)], &[0]), (&[(1, Some(2))], &[1])], [&[B], &[]]);
    check("one key of two replaced", &[(&[(1, Some(1)), (2, Some(1))], &[]), (&[(2, Some(2))], &[0])], [&[A], &[B]]);
    check("a dead entry still kills", &[(&[(1, Some(1))], &[]), (&[(1, Some(2))], &[0]), (&[(1, None)], &[1])], [&[], &[]]);
    check("both of a conflict replaced", &[(&[(1, Some(1))], &[]), (&[(1, Some(2))], &[]), (&[(1, Some(2))], &[0, 1])], [&[B], &[]]);
}

#[test]
fn conflicts_and_agreements() {
    let mut ledger = memory();
    for facts in [vec![mark(1, Some(1)), mark(2, Some(1))], vec![mark(1, Some(2)), mark(2, Some(1)), mark(3, Some(1))]] {
        ledger.append(&stamp(), draft(facts, vec![])).unwrap();
    }
    let keys = |found: Vec<crate::Conflict>| found.into_iter().map(|c| (c.key, c.values.len())).collect::<Vec<_>>();
    assert_eq!(keys(ledger.conflicts().unwrap()), [("city/written/1/1".to_owned(), 2)]);
    assert_eq!(keys(ledger.agreements().unwrap()), [("city/written/2/1".to_owned(), 2)]);
    assert_eq!(fault(ledger.one::<KeyedMark>(&mark_key(1)).map(|_| ())).code(), "fact-conflict");
    assert_eq!(
        ledger.one::<KeyedMark>(&mark_key(2)).unwrap().map(|h| h.by.seq),
        Some(ledger.live::<KeyedMark>(&mark_key(2)).unwrap()[0].by.seq)
    );
    assert_eq!(ledger.one::<KeyedMark>(&mark_key(9)).unwrap(), None);
}

#[test]
fn a_refusal_leaves_nothing_behind() {
    let mut ledger = memory();
    ledger.append(&stamp(), draft(vec![mark(1, Some(1))], vec![])).unwrap();
    let before = ledger.fingerprint().unwrap();
    let wrong = Fact { value: json!({"value": 1}), ..mark(2, None) };
    let foreign = Fact { topic: "nonsense".into(), ..mark(2, None) };
    for (facts, supersedes, wanted) in [
        (vec![wrong], vec![], "fact-malformed"),
        (vec![foreign], vec![], "fact-malformed"),
        (vec![mark(2, Some(1)), mark(2, None)], vec![], "fact-twice"),
        (vec![mark(2, Some(1))], vec!["abc".into()], "id-malformed"),
        (vec![mark(2, Some(1))], vec!["A".repeat(64).into()], "id-malformed"),
    ] {
        assert_eq!(fault(ledger.append(&stamp(), draft(facts, supersedes))).code(), wanted);
    }
    // A use case that refuses after it has written.
    let refused = ledger.transact(|tx| {
        tx.append(&stamp(), draft(vec![mark(2, Some(1))], vec![]))?;
        assert_eq!(tx.live::<KeyedMark>(&mark_key(2))?.len(), 1, "a transaction sees what it wrote");
        Err::<(), LedgerError>(StoreFault::DiskFull.into())
    });
    assert_eq!(fault(refused), StoreFault::DiskFull);
    // One that panics.
    let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        ledger.transact(|tx| {
            tx.append(&stamp(), draft(vec![mark(2, Some(1))], vec![]))?;
            panic!("on purpose");
            #[allow(unreachable_code)]
            Ok::<(), LedgerError>(())
        })
    }));
    assert!(panicked.is_err());
    assert_eq!(ledger.fingerprint().unwrap(), before);
    assert_eq!(ledger.next_seq().unwrap(), 2);
    ledger.append(&stamp(), draft(vec![mark(2, Some(1))], vec![])).unwrap();
}

#[test]
fn what_is_written_chains_and_verifies() {
    let mut ledger = memory();
    let ids: Vec<EntryId> = (1..=3).map(|n| ledger.append(&stamp(), draft(vec![mark(n, Some(1))], vec![])).unwrap()).collect();
    let last = ledger.entry(&ids[2]).unwrap().unwrap();
    assert_eq!((last.seq, &last.prev, last.t.as_str()), (3, &ids[1], "2020-06-27T09:00:00.000+08:00"));
    assert_eq!(ledger.own_head().unwrap(), ids[2]);
    assert_eq!(ledger.covers().unwrap(), [(ledger.device().clone(), 3)].into());
    let author = ledger.author(&ids[0]).unwrap().unwrap();
    assert_eq!((author.op.as_str(), author.seq, author.site.as_str()), ("王㛃", 1, "hq"));
    assert!(author.is_beyond(&[].into()) && !author.is_beyond(&[(author.device.clone(), 1)].into()));
    assert!(ledger.author(&ids[1]).unwrap().unwrap().is_beyond(&[(author.device, 1)].into()));
    let report = ledger.verify().unwrap();
    assert_eq!((report.entries, report.faults), (3, vec![]));
    let listed = |filter| ledger.entries(&filter, 2).unwrap().into_iter().map(|l| l.entry.seq).collect::<Vec<_>>();
    assert_eq!(listed(crate::Filter::default()), [2, 3]);
    assert_eq!(listed(crate::Filter { kind: Some("marks.".into()), before: Some(3), ..Default::default() }), [1, 2]);
    assert_eq!(listed(crate::Filter { op: Some("nobody".into()), ..Default::default() }), [0; 0]);
    assert_eq!(ledger.search("city/written/2/1", 9).unwrap().len(), 1);
}

#[test]
fn entries_are_never_changed() {
    let mut ledger = memory();
    ledger.append(&stamp(), draft(vec![mark(1, Some(1))], vec![])).unwrap();
    for sql in [
        "UPDATE entry SET line = x'00'",
        "UPDATE entry SET seq = 9",
        "DELETE FROM entry",
        "INSERT OR REPLACE INTO entry SELECT n, id, device, seq, prev, t, op, kind, sig, x'00' FROM entry",
        "INSERT OR REPLACE INTO entry SELECT 99, id, device, seq, prev, t, op, kind, sig, x'00' FROM entry",
    ] {
        let error = ledger.conn.execute_batch(sql).unwrap_err().to_string();
        assert!(error.contains("entry is"), "{sql}: {error}");
    }
    assert_eq!(ledger.verify().unwrap().faults, []);
}

#[test]
fn verify_names_what_was_altered() {
    let check = |sql: &str, wanted: &str| {
        let mut ledger = memory();
        for n in 1..=3 {
            ledger.append(&stamp(), draft(vec![mark(n, Some(1))], vec![])).unwrap();
        }
        ledger.conn.execute_batch("DROP TRIGGER entry_stays; DROP TRIGGER entry_remains;").unwrap();
        ledger.conn.execute_batch(sql).unwrap();
        let faults = ledger.verify().unwrap().faults;
        let codes: Vec<String> = faults.iter().map(|f| code(&f.error)).collect();
        assert!(codes.iter().any(|c| c == wanted), "{sql}: {faults:?}");
    };
    check(
        "UPDATE entry SET line = CAST(replace(CAST(line AS TEXT), '\"given\":1', '\"given\":2') AS BLOB) WHERE n = 2",
        "database-damaged",
    );
    check("UPDATE entry SET line = CAST(replace(CAST(line AS TEXT), '\"given\":1', '\"given\":2') AS BLOB) WHERE n = 2", "signature-wrong");
    check("UPDATE entry SET sig = zeroblob(64) WHERE n = 3", "signature-wrong");
    check("UPDATE entry SET t = '2021' WHERE n = 3", "database-damaged");
    check("UPDATE entry SET prev = id WHERE n = 3", "feed-broken");
    check("UPDATE entry SET line = x'00' WHERE n = 1", "entry-unreadable");
    check("UPDATE device SET key = zeroblob(32)", "device-key-wrong");
}

#[test]
fn people_are_found_as_one_types() {
    let mut ledger = memory();
    let stage = StageId::from("city");
    let person = |id: &str, name: &str| {
        let value = Candidate {
            name: name.into(),
            unit: "320102".into(),
            sex: String::new(),
            workplace: String::new(),
            duty: String::new(),
            phone: String::new(),
            remark: String::new(),
            source: "a.xlsx".into(),
            row: 3,
        };
        state(&(stage.clone(), IdNumber::from(id)), &value)
    };
    let people =
        [("320102199001011234", "王㛃"), ("32010219900202567X", "李王"), ("320102199003039999", "王"), ("320102199004041234", "赵𰻝")];
    let first = ledger.append(&stamp(), Draft::new("roster.imported").facts(people.map(|(id, name)| person(id, name)))).unwrap();
    let found = |ledger: &Ledger, wanted: &str| {
        ledger.find_people(&stage, wanted, 9).unwrap().into_iter().map(|p| p.name).collect::<Vec<_>>().join(" ")
    };
    let check = |ledger: &Ledger, wanted: &str, names: &str| assert_eq!(found(ledger, wanted), names, "{wanted}");
    check(&ledger, "王", "王 王㛃 李王");
    check(&ledger, " 㛃", "王㛃");
    check(&ledger, "1234", "王㛃 赵𰻝");
    check(&ledger, "567x", "李王");
    check(&ledger, "3201021990020", "李王");
    check(&ledger, "无", "");
    check(&ledger, "", "王㛃 李王 王 赵𰻝");
    assert_eq!(ledger.find_people(&"province".into(), "王", 9).unwrap(), []);
    assert_eq!(ledger.find_people(&stage, "", 2).unwrap().len(), 2);
    // The list follows the journal: seats drawn, a person withdrawn.
    let seat = SeatFact { site: "3201-01".into(), room: "001".into(), seat: 3, number: "200132010103".into() };
    let key = (stage.clone(), IdNumber::from("320102199003039999"));
    ledger.append(&stamp(), Draft::new("seats.drawn").fact(state(&key, &seat))).unwrap();
    check(&ledger, "2001", "王");
    assert_eq!(ledger.person_by_document(&stage, "200132010103").unwrap(), Some(key.1.clone()));
    assert_eq!(ledger.person_by_document(&"cit".into(), "200132010103").unwrap(), None);
    assert_eq!(ledger.person_by_document(&stage, "32010219900202567x").unwrap(), Some("32010219900202567X".into()));
    assert_eq!(ledger.person_by_document(&stage, "9").unwrap(), None);
    ledger.append(&stamp(), Draft::new("withdrawn").fact(take_back::<Candidate>(&key)).replacing([first])).unwrap();
    check(&ledger, "王", "王㛃 李王");
    assert_eq!(ledger.people_by_name(&stage, "赵𰻝").unwrap(), [IdNumber::from("320102199004041234")]);
    assert_eq!(ledger.under::<Candidate>("cit/").unwrap(), []);
    assert_eq!(ledger.each::<Candidate>().unwrap().len(), 3);
    rebuilt(&mut ledger);
}

#[test]
fn the_list_of_people_outlives_neither_a_refusal_nor_another_writer() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("hq.db");
    let mut ledger = Ledger::create(&path, &genesis()).unwrap();
    let stage = StageId::from("city");
    let person = |id: &str| Fact {
        topic: "candidate".into(),
        key: format!("city/{id}"),
        value: json!({"name": "王㛃", "unit": "320102", "source": "a.xlsx"}),
    };
    let found = |reader: &crate::Reader| reader.find_people(&stage, "王", 9).unwrap().len();
    let _refused = ledger.transact(|tx| {
        tx.append(&stamp(), Draft::new("roster.imported").fact(person("1")))?;
        assert_eq!(found(tx), 1);
        Err::<(), LedgerError>(StoreFault::DiskFull.into())
    });
    assert_eq!(found(&ledger), 0, "a person who was never stored");
    let mut other = Ledger::open(&path).unwrap();
    other.append(&stamp(), Draft::new("roster.imported").fact(person("2"))).unwrap();
    assert_eq!(found(&ledger), 1, "a person whom another window stored");
}
