//! A desk that keeps what it has read says, after every kind of act, what one that has just been opened says.

use crate::world::{ctx, fixture, hq, new_event};
use kaowu_core::facts::{Pass, Verdict};
use kaowu_core::identity::{IdNumber, PartId, SiteCode, StageId};
use kaowu_core::journal::Mode;
use kaowu_core::marks::MarkValue;
use kaowu_desk::{Ctx, Decision, Desk, IncidentReport};
use serde_json::{Value, json};

const DAY: &str = "2020-06-27T08:50:00+08:00";

/// What a desk says of everything that is made of facts.
fn says(desk: &Desk) -> Vec<(String, Value)> {
    let (view, now) = (desk.view(), hq().now);
    let mut out = vec![("overview".to_owned(), json!(desk.overview(now).map_err(|e| e.to_string())))];
    for stage in &desk.plan().stages {
        let id = &stage.id;
        let mut add = |what: &str, value: Value| out.push((format!("{what} {id}"), value));
        add("candidates", json!(*view.candidates(id).unwrap()));
        add("eligible", json!(*view.eligible(id).unwrap()));
        add("matches", json!(view.list_matches(id).unwrap()));
        add("seats", json!(*view.seats(id).unwrap()));
        add("rooms", json!(view.rooms(id).unwrap().iter().map(|(k, v)| json!([k.0, k.1, v])).collect::<Vec<_>>()));
        add("people", json!(desk.people_page(id, "", 0, 5000).unwrap()));
        add("pictures", json!(desk.room_rows(id).unwrap()));
        for part in &stage.parts {
            let (part, name) = (&part.id, format!("{id}/{}", part.id));
            let mut add = |what: &str, value: Value| out.push((format!("{what} {name}"), value));
            add("entrants", json!(*view.entrants(id, part).unwrap()));
            for who in view.candidates(id).unwrap().keys().step_by(17) {
                assert_eq!(
                    desk.view().sits(id, part, who).unwrap(),
                    view.entrants(id, part).unwrap().contains_key(who),
                    "{who} sits {name}"
                );
            }
            add("counts", json!(desk.mark_counts(id, part).unwrap()));
            add("states", json!(format!("{:?}", view.mark_states(id, part).unwrap())));
            add("finals", json!(format!("{:?}", view.final_marks(id, part).unwrap())));
            add("differences", json!(desk.difference_rows(id, part).unwrap()));
            add("controls", json!(desk.mark_controls(id, part).unwrap()));
            for pass in [1, 2] {
                add("sheet", json!(desk.mark_sheet(Some(&"甲".into()), id, part, Pass(pass)).unwrap()));
                add("keyed", json!(desk.mark_keyed(id, part, Pass(pass), MarkValue::Absent).unwrap()));
            }
            add("doors", json!(desk.room_counts(id, part).unwrap()));
            for (site, room) in view.rooms(id).unwrap().keys().take(3) {
                add("door", json!(desk.door(id, part, (site, room)).unwrap()));
                add("record", json!(desk.record_screen(id, part, (site, room)).unwrap()));
            }
        }
    }
    out
}

/// Does something with a desk that has read everything, and holds what it says then against a fresh one.
fn after<O>(what: &str, desk: &mut Desk, act: impl FnOnce(&mut Desk) -> kaowu_desk::Result<O>) -> O {
    says(desk);
    let now = hq().now;
    let day = desk.overview(now).unwrap();
    desk.keep_glance(&day).unwrap();
    assert_eq!(desk.glance(now).unwrap(), Some(day), "before {what}");
    let written = desk.written().unwrap();
    let out = act(desk).unwrap_or_else(|e| panic!("{what}: {e}"));
    if desk.written().unwrap() > written {
        assert_eq!(desk.glance(now).unwrap(), None, "an entry has come: {what}");
    }
    agree(what, desk);
    out
}

fn agree(what: &str, desk: &Desk) {
    let fresh = Desk::open(desk.path()).unwrap();
    for (kept, anew) in says(desk).into_iter().zip(says(&fresh)) {
        assert_eq!(kept, anew, "after {what}");
    }
    if let Some(glance) = fresh.glance(hq().now).unwrap() {
        assert_eq!(glance, fresh.overview(hq().now).unwrap(), "at a glance after {what}");
    }
}

fn refused<O>(what: &str, desk: &mut Desk, act: impl FnOnce(&mut Desk) -> kaowu_desk::Result<O>) {
    says(desk);
    assert!(act(desk).is_err(), "{what}");
    agree(what, desk);
}

#[test]
fn what_is_kept_is_what_is_read_anew() {
    let folder = tempfile::tempdir().unwrap();
    let (city, written): (StageId, PartId) = ("city".into(), "written".into());
    let at = |who: &str| -> Ctx { ctx(who, DAY) };
    let mut desk = new_event(&folder, "jiangsu-2020", Mode::Live);
    for name in ["3201-南京市", "3211-镇江市"] {
        let roster = fixture(&format!("jiangsu-2020/rosters/{name}.xlsx"));
        after("a roster", &mut desk, |desk| desk.import_roster(&hq(), &city, &roster, false));
    }
    after("exclusions", &mut desk, |desk| desk.import_exclusions(&hq(), &fixture("jiangsu-2020/exclusions-2019.xlsx")));
    let suspects: Vec<IdNumber> =
        desk.view().list_matches(&city).unwrap().into_iter().filter(|m| !m.standing.bars()).map(|m| m.id).collect();
    for id in &suspects {
        after("a ruling", &mut desk, |desk| desk.rule_suspect(&hq(), &city, id, Verdict::Cleared, "核对"));
    }
    let first = desk.view().eligible(&city).unwrap().keys().next().unwrap().clone();
    after("a withdrawal", &mut desk, |desk| desk.withdraw(&hq(), &city, &first, "病假"));
    refused("a withdrawal twice", &mut desk, |desk| desk.withdraw(&hq(), &city, &first, "病假"));
    after("rooms", &mut desk, |desk| desk.import_rooms(&hq(), &fixture("jiangsu-2020/rooms.xlsx")));
    after("a draw", &mut desk, |desk| desk.draw_seats(&hq(), &city, "种子"));
    let site = SiteCode::from("3201-01");
    let (one, two) = ("001".into(), "002".into());
    let seated = |desk: &Desk, room| -> Vec<IdNumber> {
        desk.view().room_seats(&city, &site, room).unwrap().into_values().map(|(id, _)| id).collect()
    };
    let (here, there) = (seated(&desk, &one), seated(&desk, &two));
    after("a swap", &mut desk, |desk| desk.swap_seats(&hq(), &city, &here[0], &there[0], "照顾"));
    after("a swap back", &mut desk, |desk| desk.swap_seats(&hq(), &city, &here[0], &there[0], "改回"));
    after("a pin", &mut desk, |desk| desk.pin_seat(&hq(), &city, &here[1], "轮椅"));
    let issued = after("a packet", &mut desk, |desk| desk.issue_packet(&hq(), &city, &written, &site, folder.path()));

    let (mut laptop, _) = Desk::open_packet(&folder.path().join("site"), &at("负责人"), &issued.path, &issued.words).unwrap();
    agree("opening", &laptop);
    for id in &here[..3] {
        after("a check-in", &mut laptop, |desk| desk.check_in(&at("监考员"), &city, &written, (&site, &one), id.as_str()));
    }
    refused("the wrong room", &mut laptop, |desk| desk.check_in(&at("监考员"), &city, &written, (&site, &one), there[1].as_str()));
    after("its undoing", &mut laptop, |desk| desk.undo_check_in(&at("监考员"), &city, &written, here[0].as_str(), "误扫"));
    let later = ctx("监考员", "2020-06-27T09:40:00+08:00");
    after("absence", &mut laptop, |desk| desk.fix_absence(&later, &city, &written, (&site, &one)));
    after("its undoing", &mut laptop, |desk| desk.undo_absence(&later, &city, &written, here[4].as_str(), "在场"));
    let report = |desk: &Desk| IncidentReport {
        stage: city.clone(),
        part: written.clone(),
        document: here[1].to_string(),
        clause: desk.plan().clauses.iter().find(|c| c.voids != kaowu_core::day::Voids::Nothing).unwrap().id.clone(),
        facts: "手机".into(),
        invigilators: vec!["甲".into(), "乙".into()],
        unsigned: None,
    };
    let incident = after("an incident", &mut laptop, |desk| desk.report_incident(&later, &report(desk)));
    for (n, id) in here[..3].iter().enumerate() {
        after("a mark", &mut laptop, |desk| desk.key_mark(&at("甲"), &city, &written, Pass(1), id, "80"));
        let text = if n == 0 { "81" } else { "80" };
        after("the second", &mut laptop, |desk| desk.key_mark(&at("乙"), &city, &written, Pass(2), id, text));
    }
    refused("a mark off the step", &mut laptop, |desk| desk.key_mark(&at("甲"), &city, &written, Pass(1), &here[5], "80.3"));
    after("the same again", &mut laptop, |desk| desk.key_mark(&at("甲"), &city, &written, Pass(1), &here[0], "80.5"));
    let value = MarkValue::Given(kaowu_core::figure::Mark::parse("81").unwrap());
    let decision = Decision { id: &here[0], value, with: None, reason: "核对原卷" };
    after("a decision", &mut laptop, |desk| desk.decide_mark(&at("丙"), &city, &written, &decision));
    let carried = laptop.hand_over(&at("负责人"), folder.path()).unwrap();

    after("a merge", &mut desk, |desk| desk.merge_handover(&hq(), &carried.path));
    after("the same merge", &mut desk, |desk| desk.merge_handover(&hq(), &carried.path));
    after("a ruling on an incident", &mut desk, |desk| desk.rule_incident(&hq(), &incident, true, "属实"));
    for (pass, name) in [(1, "city-written.xlsx"), (2, "city-written-second.xlsx")] {
        let marks = fixture(&format!("jiangsu-2020/marks/{name}"));
        let who = if pass == 1 { "丁" } else { "戊" };
        let _refused_or_not = desk.import_marks(&at(who), &city, &written, Pass(pass), &marks);
        agree("an import of marks", &desk);
    }
    after("a rebuild", &mut desk, |desk| desk.rebuild());
    // Another program works in the same file.
    let mut beside = Desk::open(desk.path()).unwrap();
    says(&desk);
    let last = desk.view().eligible(&city).unwrap().keys().next_back().unwrap().clone();
    let _refused_or_not = beside.key_mark(&at("己"), &city, &written, Pass(1), &last, "66");
    // Whoever has a mark stays; one of those who may not take part has none.
    let eligible = desk.view().eligible(&city).unwrap();
    let barred = desk.view().candidates(&city).unwrap().keys().find(|id| !eligible.contains_key(*id)).unwrap().clone();
    beside.withdraw(&hq(), &city, &barred, "病假").unwrap();
    agree("another program's work", &desk);
}
