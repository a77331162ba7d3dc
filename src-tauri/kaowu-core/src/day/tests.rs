use super::*;
use crate::coded::Coded;
use crate::facts::{IncidentFact, RoomRecordFact};
use chrono::DateTime;

const TIMES: Times = Times { doors: -15, last_entry: 30, earliest_hand_in: 30, reminder: -15 };

#[test]
fn every_refusal_at_the_door() {
    let start = DateTime::parse_from_rfc3339("2020-06-27T09:00:00+08:00").unwrap();
    let person = PersonState {
        name: "王㛃".into(),
        excluded: None,
        entered: true,
        seat: Some(("3201-01".into(), "001".into(), 7)),
        admitted: None,
        absent: false,
    };
    let check = |clock: &str, room: &str, change: &dyn Fn(&mut PersonState), want: &str| {
        let mut person = person.clone();
        change(&mut person);
        let now = DateTime::parse_from_rfc3339(&format!("2020-06-27T{clock}:00+08:00")).unwrap();
        let arrival = Arrival { site: &"3201-01".into(), room: &room.into(), document: "1", now };
        let got = admit(&arrival, Some(&person), start, &TIMES).map_or_else(|r| r.code(), |()| "ok".to_owned());
        assert_eq!(got, want, "{clock} {room}");
    };
    check("08:45", "001", &|_| {}, "ok");
    check("08:44", "001", &|_| {}, "too-early");
    check("09:30", "001", &|_| {}, "ok");
    check("09:31", "001", &|_| {}, "too-late");
    check("09:31", "002", &|_| {}, "other-room");
    check("09:00", "001", &|p| p.admitted = Some(("08:50".into(), "甲".into())), "already-checked-in");
    check("09:00", "001", &|p| p.absent = true, "fixed-absent");
    check("09:00", "001", &|p| p.excluded = Some("2019".into()), "excluded");
    check("09:00", "001", &|p| p.entered = false, "other-session");
    check("09:00", "001", &|p| p.seat = None, "other-session");
    let arrival = Arrival { site: &"3201-01".into(), room: &"001".into(), document: "1", now: start };
    assert_eq!(admit(&arrival, None, start, &TIMES).unwrap_err().code(), "person-unknown");
    assert!(may_fix_absence(start, &TIMES, start + chrono::Duration::minutes(29)).is_err());
    assert!(may_fix_absence(start, &TIMES, start + chrono::Duration::minutes(30)).is_ok());
}

#[test]
fn incidents_need_clause_facts_and_two_people() {
    let clauses = [Clause { id: "6-1".into(), article: "第六条".into(), text: "携带通讯工具".into(), voids: Voids::Part }];
    let check = |clause: &str, facts: &str, who: &[&str], want: &str| {
        let incident = IncidentFact {
            stage: "city".into(),
            part: "written".into(),
            site: "3201-01".into(),
            room: "001".into(),
            seat: 1,
            person: "1".into(),
            clause: clause.into(),
            at: String::new(),
            facts: facts.into(),
            invigilators: who.iter().map(|w| (*w).into()).collect(),
            signature: None,
        };
        assert_eq!(check_incident(&clauses, &incident).map_or_else(|r| r.code(), |()| "ok".to_owned()), want);
    };
    check("6-1", "手机响铃", &["甲", "乙"], "ok");
    check("9-9", "手机响铃", &["甲", "乙"], "clause-unknown");
    check("6-1", "", &["甲", "乙"], "facts-missing");
    check("6-1", "手机响铃", &["甲", "甲"], "two-invigilators");
    check("6-1", "手机响铃", &["甲"], "two-invigilators");
    check("6-1", "手机响铃", &["甲", " "], "two-invigilators");
}

#[test]
fn a_record_adds_up() {
    let numbers = |n: &[&str]| n.iter().map(|n| (*n).into()).collect::<Vec<_>>();
    let journal = RoomFacts { expected: numbers(&["1", "2", "3"]), admitted: numbers(&["1", "2"]), absent: numbers(&["3"]), incidents: 0 };
    let good = RoomRecordFact {
        expected: 3,
        present: 2,
        absent: 1,
        absent_numbers: numbers(&["3"]),
        issued: 5,
        used: 2,
        absent_papers: 1,
        spare: 2,
        returned: 5,
        incidents: 0,
        invigilators: vec!["甲".into(), "乙".into()],
    };
    let check = |change: &dyn Fn(&mut RoomRecordFact, &mut RoomFacts), want: &[&str]| {
        let (mut record, mut journal) = (good.clone(), journal.clone());
        change(&mut record, &mut journal);
        let codes: Vec<String> = check_record(&record, &journal).iter().map(Coded::code).collect();
        assert_eq!(codes, want);
    };
    check(&|_, _| {}, &[]);
    check(&|r, _| r.present = 3, &["count-differs", "people-do-not-add-up"]);
    check(&|r, _| r.absent_numbers = vec!["2".into()], &["absent-differ"]);
    check(&|_, j| j.admitted = vec!["1".into()], &["count-differs", "still-awaited"]);
    let early = RoomFacts { absent: vec![], ..journal.clone() };
    assert_eq!((early.awaited(), journal.awaited()), (journal.absent.clone(), vec![]), "papers are counted once nobody is awaited");
    check(&|r, _| r.spare = 1, &["papers-do-not-add-up"]);
    check(&|r, _| r.returned = 4, &["papers-missing"]);
    check(&|r, _| r.incidents = 1, &["count-differs"]);
    check(&|r, _| r.invigilators = vec!["甲".into()], &["record-by-two"]);
    check(&|r, _| r.used = u32::MAX, &["papers-do-not-add-up"]);
}
