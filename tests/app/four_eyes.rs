//! What takes two people at the marks, and what takes headquarters (RULES.md §5–§7).

use crate::world::{ctx, fixture, hq, seated, write};
use kaowu_core::coded::Coded;
use kaowu_core::facts::Pass;
use kaowu_core::figure::Mark;
use kaowu_core::identity::{IdNumber, PartId, StageId};
use kaowu_core::interview::PanelSheet;
use kaowu_core::journal::Mode;
use kaowu_core::marks::MarkValue;
use kaowu_desk::{Ctx, Decision, Desk, IncidentReport, SheetDecision};
use std::path::Path;
use tempfile::TempDir;

fn at(who: &str) -> Ctx {
    ctx(who, "2020-06-28T09:00:00+08:00")
}

fn city() -> (StageId, PartId) {
    ("city".into(), "written".into())
}

fn given(mark: i64) -> MarkValue {
    MarkValue::Given(Mark(mark * 1000))
}

fn code<O>(done: kaowu_desk::Result<O>) -> String {
    done.map_or_else(|e| e.code(), |_| "ok".to_owned())
}

/// Three cities with both passes of the marking centre's list.
fn marked(folder: &TempDir) -> Desk {
    let mut desk = seated(folder, Mode::Live);
    both_passes(&mut desk, &fixture("jiangsu-2020/marks/city-written.xlsx"));
    desk
}

fn both_passes(desk: &mut Desk, file: &Path) {
    let (stage, part) = city();
    for (pass, who) in [(1, "甲员"), (2, "乙员")] {
        desk.import_marks(&at(who), &stage, &part, Pass(pass), file).unwrap();
    }
}

/// After one pass another person confirms what was keyed; whatever else they read from the paper is the second pass.
#[test]
fn one_pass_and_one_other_person_hold_no_other_value() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = seated(&folder, Mode::Live);
    let (stage, part) = city();
    let people: Vec<IdNumber> = desk.view().entrants(&stage, &part).unwrap().into_keys().take(2).collect();
    for id in &people {
        desk.key_mark(&at("甲员"), &stage, &part, Pass(1), id, "80").unwrap();
    }
    let decide = |desk: &mut Desk, who: &str, id: &IdNumber, value, with: Option<&str>| {
        code(desk.decide_mark(&at(who), &stage, &part, &Decision { id, value, with: with.map(Into::into), reason: "核对试卷" }))
    };
    for value in [given(90), given(0), MarkValue::Absent, MarkValue::Void] {
        assert_eq!(decide(&mut desk, "乙员", &people[0], value, None), "second-pass-needed", "{value:?}");
    }
    assert_eq!(decide(&mut desk, "甲员", &people[0], given(80), None), "own-decision");
    assert!(desk.view().final_marks(&stage, &part).unwrap().get(&people[0]).is_none());
    assert_eq!(decide(&mut desk, "乙员", &people[0], given(80), None), "ok", "line by line");
    assert_eq!(desk.view().final_marks(&stage, &part).unwrap().get(&people[0]), Some(&given(80)));
    // Another value is a pass of its own: they differ, and neither author decides alone.
    desk.key_mark(&at("乙员"), &stage, &part, Pass(2), &people[1], "90").unwrap();
    assert_eq!(decide(&mut desk, "乙员", &people[1], given(90), None), "own-decision");
    assert_eq!(decide(&mut desk, "乙员", &people[1], given(90), Some("甲员")), "ok");
}

/// Where both passes agree neither of those who keyed them changes the mark without a reason: not by keys, not by a list.
#[test]
fn what_both_keyed_they_do_not_key_anew() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = seated(&folder, Mode::Live);
    let (stage, part) = city();
    let id = desk.view().entrants(&stage, &part).unwrap().into_keys().next().unwrap();
    let key = |desk: &mut Desk, who: &str, pass: u8, mark: &str| code(desk.key_mark(&at(who), &stage, &part, Pass(pass), &id, mark));
    assert_eq!((key(&mut desk, "甲员", 1, "8"), key(&mut desk, "甲员", 1, "80")), ("ok".into(), "ok".into()), "a slip of the hand");
    assert_eq!((key(&mut desk, "乙员", 2, "85"), key(&mut desk, "乙员", 2, "80")), ("ok".into(), "ok".into()));
    for (who, pass) in [("甲员", 1), ("乙员", 2)] {
        assert_eq!(key(&mut desk, who, pass, "95"), "passes-agree", "{who}");
        assert_eq!(key(&mut desk, who, pass, "缺考"), "passes-agree", "{who}");
        let list = write(&folder, "改分.csv", &format!("身份证号,成绩\n{id},95\n"));
        let out = desk.import_marks(&at(who), &stage, &part, Pass(pass), &list).unwrap();
        assert_eq!((out.taken, out.refused.len()), (0, 1), "{who}");
    }
    assert_eq!(desk.view().final_marks(&stage, &part).unwrap().get(&id), Some(&given(80)));
    let decision = |with| Decision { id: &id, value: given(95), with, reason: "查卷" };
    assert_eq!(code(desk.decide_mark(&at("甲员"), &stage, &part, &decision(None))), "correction-needs-two");
    assert_eq!(code(desk.decide_mark(&at("甲员"), &stage, &part, &decision(Some("乙员".into())))), "ok");
}

/// The same of judges' sheets: one rule on both floors.
#[test]
fn one_keying_of_sheets_and_one_other_person_hold_no_others() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = marked(&folder);
    let (stage, part): (StageId, PartId) = ("province".into(), "interview".into());
    desk.select(&hq(), &stage).unwrap();
    let id = desk.view().entrants(&stage, &part).unwrap().into_keys().next().unwrap();
    let judges = usize::from(desk.view().panel_part(&stage, &part).unwrap().1.judges);
    desk.key_sheet(&at("甲员"), &stage, &part, Pass(1), &id, &vec!["80".to_owned(); judges]).unwrap();
    let decide = |desk: &mut Desk, mark: i64| {
        let sheet = PanelSheet::Judges(vec![vec![Some(Mark(mark * 1000))]; judges]);
        code(desk.decide_sheet(&at("乙员"), &stage, &part, &SheetDecision { id: &id, sheet, with: None, reason: "核对评分表" }))
    };
    assert_eq!(decide(&mut desk, 90), "second-pass-needed");
    assert_eq!(decide(&mut desk, 80), "ok");
    let key = |desk: &mut Desk, who: &str, pass: u8, mark: &str| {
        code(desk.key_sheet(&at(who), &stage, &part, Pass(pass), &id, &vec![mark.to_owned(); judges]))
    };
    assert_eq!(key(&mut desk, "乙员", 2, "80"), "ok");
    assert_eq!((key(&mut desk, "甲员", 1, "95"), key(&mut desk, "乙员", 2, "95")), ("passes-agree".into(), "passes-agree".into()));
}

/// 缺考 of somebody who was let in, and a mark of somebody whom the room found absent: neither counts before two people look.
#[test]
fn what_contradicts_the_room_waits_for_people() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = seated(&folder, Mode::Live);
    let (stage, part) = city();
    let to: StageId = "province".into();
    let (site, room) = ("3211-01".into(), "001".into());
    let room_seats = desk.view().room_seats(&stage, &site, &room).unwrap();
    let people: Vec<IdNumber> = room_seats.values().map(|(id, _)| id.clone()).collect();
    // The marking centre has no paper of one who will have been let in.
    both_passes(&mut desk, &write(&folder, "centre.csv", &format!("身份证号,成绩\n{},缺考\n", people[0])));
    both_passes(&mut desk, &fixture("jiangsu-2020/marks/city-written.xlsx"));
    let now = |desk: &Desk| code(desk.view().selection_now(&to).map(|_| ()));
    let mark = |desk: &Desk, n: usize| desk.view().final_marks(&stage, &part).unwrap().get(&people[n]).copied();
    let against = |desk: &Desk| {
        let listed = desk.mark_differences(&stage, &part).unwrap().into_iter().filter(|d| d.contradicts_room).count();
        assert_eq!(usize::try_from(desk.mark_counts(&stage, &part).unwrap().against_room).unwrap(), listed);
        listed
    };
    let decide = |desk: &mut Desk, n: usize, value: MarkValue| {
        let decision = Decision { id: &people[n], value, with: Some("丁员".into()), reason: "查卷" };
        code(desk.decide_mark(&at("丙员"), &stage, &part, &decision).map(|_| ()))
    };
    assert_eq!((against(&desk), now(&desk).as_str()), (0, "ok"));
    let given_to = |n: &usize| matches!(mark(&desk, *n), Some(MarkValue::Given(_)));
    let with_marks = (2..people.len()).filter(given_to).count();
    assert!(with_marks > 20 && mark(&desk, 0) == Some(MarkValue::Absent) && given_to(&2), "{with_marks}");
    // At the door two are let in and everybody else of the room is found absent.
    for id in &people[..2] {
        desk.check_in(&ctx("监考员", "2020-06-27T08:50:00+08:00"), &stage, &part, (&site, &room), id.as_str()).unwrap();
    }
    desk.fix_absence(&ctx("监考员", "2020-06-27T09:40:00+08:00"), &stage, &part, (&site, &room)).unwrap();
    assert_eq!((mark(&desk, 2), against(&desk), now(&desk).as_str()), (None, with_marks + 1, "against-room"));
    assert_eq!(desk.view().selection_now(&to).unwrap_err().facts()["count"], with_marks + 1);
    assert_eq!(mark(&desk, 0), None);
    // Two people decide, either way; who is left is named.
    for n in 2..people.len() {
        assert_eq!(decide(&mut desk, n, given(60)), "ok");
    }
    let refused = desk.view().selection_now(&to).unwrap_err();
    assert!(refused.facts()["people"].to_string().contains(people[0].as_str()), "{:?}", refused.facts());
    assert_eq!(decide(&mut desk, 0, MarkValue::Absent), "ok");
    assert_eq!((mark(&desk, 0), mark(&desk, 2), against(&desk)), (Some(MarkValue::Absent), Some(given(60)), 0));
    assert_eq!(now(&desk), "ok");
}

/// Whom headquarters has voided needs no paper: nothing of theirs is still to be keyed.
#[test]
fn voided_without_a_paper_is_not_missing() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = seated(&folder, Mode::Live);
    let (stage, part) = city();
    let people: Vec<IdNumber> = desk.view().entrants(&stage, &part).unwrap().into_keys().take(2).collect();
    let counts = |desk: &Desk| {
        let of = desk.mark_counts(&stage, &part).unwrap();
        (of.missing, of.one_pass, of.matched)
    };
    let (all, ..) = counts(&desk);
    desk.key_mark(&at("甲员"), &stage, &part, Pass(1), &people[1], "80").unwrap();
    assert_eq!(counts(&desk), (all - 1, 1, 0));
    for (n, id) in people.iter().enumerate() {
        let report = IncidentReport {
            stage: stage.clone(),
            part: part.clone(),
            document: id.to_string(),
            clause: "6-1".to_owned(),
            facts: "手机响铃".to_owned(),
            invigilators: vec!["甲".into(), "乙".into()],
            unsigned: None,
        };
        let incident = desk.report_incident(&hq(), &report).unwrap();
        assert_eq!(counts(&desk).2, u32::try_from(n).unwrap(), "reported is not upheld");
        desk.rule_incident(&hq(), &incident, true, "属实").unwrap();
    }
    assert_eq!(counts(&desk), (all - 2, 0, 2));
}

/// Voiding is headquarters': 违纪 from the marking centre or a keyboard, by however many hands, waits for an incident upheld.
#[test]
fn void_waits_for_headquarters() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = seated(&folder, Mode::Live);
    let (stage, part) = city();
    let to: StageId = "province".into();
    let people: Vec<(IdNumber, String)> = desk.view().entrants(&stage, &part).unwrap().into_iter().take(3).collect();
    let now = |desk: &Desk| desk.view().selection_now(&to).map(|_| ());
    let mark = |desk: &Desk, n: usize| desk.view().final_marks(&stage, &part).unwrap().get(&people[n].0).copied();
    let unruled = |desk: &Desk| {
        let listed = desk.mark_differences(&stage, &part).unwrap().into_iter().filter(|d| d.void_unruled).count();
        assert_eq!(usize::try_from(desk.mark_counts(&stage, &part).unwrap().unruled).unwrap(), listed);
        listed
    };
    // One in the marking centre's list, one by a correction of two people.
    both_passes(&mut desk, &write(&folder, "centre.csv", &format!("身份证号,成绩\n{},违纪\n", people[0].0)));
    both_passes(&mut desk, &fixture("jiangsu-2020/marks/city-written.xlsx"));
    let decision = Decision { id: &people[1].0, value: MarkValue::Void, with: Some("丁员".into()), reason: "查卷" };
    desk.decide_mark(&at("丙员"), &stage, &part, &decision).unwrap();
    assert_eq!((mark(&desk, 0), mark(&desk, 1), unruled(&desk)), (None, None, 2));
    let refused = now(&desk).unwrap_err();
    assert_eq!(refused.code(), "void-unruled");
    assert!(people[..2].iter().all(|(id, _)| refused.facts()["people"].to_string().contains(id.as_str())), "{:?}", refused.facts());
    assert_eq!(code(desk.select(&hq(), &to)), "void-unruled");
    // Headquarters states what the marking centre found, as the room would, and rules on it.
    let report = |n: usize, clause: &str| IncidentReport {
        stage: stage.clone(),
        part: part.clone(),
        document: people[n].0.to_string(),
        clause: clause.to_owned(),
        facts: "阅卷认定答卷雷同".to_owned(),
        invigilators: vec!["阅卷组长".into(), "复核员".into()],
        unsigned: Some("阅卷时发现".to_owned()),
    };
    let note = desk.plan().clauses.iter().find(|c| c.voids == kaowu_core::day::Voids::Nothing).map(|c| c.id.clone());
    if let Some(note) = note {
        let only_noted = desk.report_incident(&hq(), &report(0, &note)).unwrap();
        desk.rule_incident(&hq(), &only_noted, true, "记录在案").unwrap();
        assert_eq!(mark(&desk, 0), None, "a clause that voids nothing voids nothing");
    }
    let incident = desk.report_incident(&hq(), &report(0, "11-1")).unwrap();
    assert_eq!(mark(&desk, 0), None, "reported is not upheld");
    desk.rule_incident(&hq(), &incident, false, "证据不足").unwrap();
    assert_eq!((mark(&desk, 0), code(now(&desk))), (None, "void-unruled".to_owned()));
    desk.rule_incident(&hq(), &incident, true, "属实").unwrap();
    assert_eq!((mark(&desk, 0), unruled(&desk)), (Some(MarkValue::Void), 1));
    // There was none: two people correct what was keyed.
    let decision = Decision { id: &people[1].0, value: given(70), with: Some("丁员".into()), reason: "没有违纪" };
    desk.decide_mark(&at("丙员"), &stage, &part, &decision).unwrap();
    assert_eq!((mark(&desk, 1), unruled(&desk)), (Some(given(70)), 0));
    now(&desk).unwrap();
    assert!(desk.rebuild().map(|(kept, made)| kept == made).unwrap());
}
