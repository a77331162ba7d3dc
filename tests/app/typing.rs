//! What is being typed is kept, and goes once it is an entry.

use crate::world::{ctx, hq, seated};
use kaowu_core::coded::Coded;
use kaowu_core::facts::Pass;
use kaowu_core::identity::{IdNumber, Operator};
use kaowu_core::journal::Mode;
use kaowu_desk::screen::StepState;
use kaowu_desk::{Desk, Form};

fn of(desk: &Desk, who: &str, form: &Form) -> Vec<(Option<IdNumber>, String)> {
    desk.drafts(&Operator::from(who), form).unwrap()
}

#[test]
fn a_mark_half_typed_becomes_one_or_stays_half_typed() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = seated(&folder, Mode::Drill);
    let form = Form::Marks("city".into(), "written".into(), Pass(1));
    let id = desk.view().seats(&"city".into()).unwrap().into_keys().next().unwrap();
    let keyer = ctx("录入员甲", "2020-06-27T15:00:00+08:00");
    let key = |desk: &mut Desk, text: &str| desk.key_mark(&keyer, &"city".into(), &"written".into(), Pass(1), &id, text);
    desk.keep_draft(&keyer.operator, &form, Some(&id), "85").unwrap();
    assert_eq!(of(&desk, "录入员甲", &form), [(Some(id.clone()), "85".to_owned())]);
    assert_eq!(of(&desk, "录入员乙", &form), [], "nobody else is shown it");
    // Refused, it stays; taken, it goes; and a mark taken back by hand leaves nothing.
    assert_eq!(key(&mut desk, "85.3").unwrap_err().code(), "mark-off-step");
    assert_eq!(of(&desk, "录入员甲", &form).len(), 1);
    key(&mut desk, "85.5").unwrap();
    assert_eq!(of(&desk, "录入员甲", &form), []);
    desk.keep_draft(&keyer.operator, &form, Some(&id), "8").unwrap();
    desk.keep_draft(&keyer.operator, &form, Some(&id), "").unwrap();
    assert_eq!(of(&desk, "录入员甲", &form), []);
}

/// The journal shows a mark to its author, to others once the second pass is in: the second person keys blind.
#[test]
fn the_journal_does_not_tell_the_first_pass() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = seated(&folder, Mode::Drill);
    let id = desk.view().seats(&"city".into()).unwrap().into_keys().next().unwrap();
    let mut key = |who: &str, pass: u8, text: &str| {
        desk.key_mark(&ctx(who, "2020-06-27T15:00:00+08:00"), &"city".into(), &"written".into(), Pass(pass), &id, text).unwrap();
        let logged = desk.view().reader().entries(&Default::default(), 1).unwrap();
        let first = desk.view().reader().entries(&kaowu_ledger::Filter { op: Some("甲".into()), ..Default::default() }, 1).unwrap();
        let shown = |who: &str| desk.entry_text(first[0].id.as_str(), Some(&who.into())).unwrap().unwrap().contains("85500");
        assert_eq!(logged.len(), 1);
        (shown("甲"), shown("乙"))
    };
    assert_eq!(key("甲", 1, "85.5"), (true, false));
    assert_eq!(key("乙", 2, "85"), (true, true));
}

#[test]
fn drafts_are_on_disk_and_leave_the_journal_alone() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = seated(&folder, Mode::Drill);
    let form = Form::Record("city".into(), "written".into(), "3201-01".into(), "001".into());
    let before = desk.fingerprint().unwrap();
    desk.keep_draft(&"监考员甲".into(), &form, None, r#"{"used":"29"}"#).unwrap();
    assert_eq!(desk.fingerprint().unwrap(), before);
    let path = desk.path().to_owned();
    std::mem::forget(desk);
    let mut desk = Desk::open(&path).unwrap();
    assert_eq!(of(&desk, "监考员甲", &form), [(None, r#"{"used":"29"}"#.to_owned())]);
    // A question half answered is one form more.
    let dialog = Form::Dialog("tie/ab12".to_owned());
    desk.keep_draft(&"监考员甲".into(), &dialog, None, "当众抽签").unwrap();
    assert_eq!(of(&desk, "监考员甲", &dialog), [(None, "当众抽签".to_owned())]);
    assert!(of(&desk, "监考员乙", &dialog).is_empty(), "nobody else is shown it");
    let other = Form::Record("city".into(), "written".into(), "3201-01".into(), "002".into());
    assert_eq!(of(&desk, "监考员甲", &other), []);
}

/// Whether the overview and the packets' list call the packet of Nanjing outdated.
fn outdated(desk: &Desk) -> (bool, bool) {
    let rows = desk.post_rows(&"city".into(), &"written".into()).unwrap();
    let row = rows.iter().find(|row| row.site == "3201-01").unwrap();
    let day = desk.overview(hq().now).unwrap();
    let step = day.steps.iter().find(|s| s.step == "packets" && s.stage.as_deref() == Some("city")).unwrap();
    assert_eq!((step.desk, step.tab.as_deref(), step.part.as_deref()), (kaowu_desk::screen::DeskName::Hq, Some("packet"), Some("written")));
    assert!(step.state != StepState::Attention || step.who.first().map(|who| &who.zh) == Some(&row.site_name), "{step:?}");
    (row.outdated, step.state == StepState::Attention)
}

#[test]
fn a_change_of_seats_outdates_the_packets_that_are_out() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = seated(&folder, Mode::Drill);
    let (city, written) = ("city".into(), "written".into());
    assert_eq!(outdated(&desk), (false, false));
    desk.issue_packet(&hq(), &city, &written, &"3201-01".into(), folder.path()).unwrap();
    assert_eq!(outdated(&desk), (false, false));
    let room = desk.view().room_seats(&city, &"3201-01".into(), &"001".into()).unwrap();
    let (first, second) = (room[&1].0.clone(), room[&2].0.clone());
    desk.swap_seats(&hq(), &city, &first, &second, "左臂骨折").unwrap();
    assert_eq!(outdated(&desk), (true, true));
    // Back again, what the packet says holds; swapped once more, a new packet mends it.
    desk.swap_seats(&hq(), &city, &first, &second, "换回").unwrap();
    assert_eq!(outdated(&desk), (false, false));
    desk.swap_seats(&hq(), &city, &first, &second, "左臂骨折").unwrap();
    desk.issue_packet(&hq(), &city, &written, &"3201-01".into(), folder.path()).unwrap();
    assert_eq!(outdated(&desk), (false, false));
    // Seats of another site are another packet's.
    let other = desk.view().room_seats(&city, &"3204-01".into(), &"001".into()).unwrap();
    desk.swap_seats(&hq(), &city, &other[&1].0, &other[&2].0, "左臂骨折").unwrap();
    assert_eq!(outdated(&desk), (false, false));
    desk.draw_seats(&hq(), &city, "另一个种子").unwrap();
    assert_eq!(outdated(&desk), (true, true));
}

#[test]
fn absence_waits_for_the_last_entry_and_then_for_a_person() {
    let folder = tempfile::tempdir().unwrap();
    let mut hq_desk = seated(&folder, Mode::Drill);
    let (city, written, site) = ("city".into(), "written".into(), "3204-01".into());
    let issued = hq_desk.issue_packet(&hq(), &city, &written, &site, folder.path()).unwrap();
    let (mut desk, _) = Desk::open_packet(&folder.path().join("site.kaowu-db"), &hq(), &issued.path, &issued.words).unwrap();
    let step = |desk: &Desk, at: &str| {
        let day = desk.overview(ctx("", at).now).unwrap();
        day.steps.into_iter().find(|s| s.step == "absence").unwrap()
    };
    let rooms: Vec<_> = desk.room_counts(&city, &written).unwrap().into_iter().map(|r| r.room).collect();
    let before = step(&desk, "2020-06-27T09:29:59+08:00");
    assert_eq!((before.state, before.done, before.who.len()), (StepState::Blocked, 0, 0));
    let after = step(&desk, "2020-06-27T09:30:00+08:00");
    assert_eq!((after.state, after.done, after.who.len()), (StepState::Attention, 0, 5), "{after:?}");
    assert!(after.who[0].zh.starts_with("001-1 "), "{:?}", after.who);
    let later = ctx("监考员甲", "2020-06-27T09:31:00+08:00");
    for room in &rooms {
        desk.fix_absence(&later, &city, &written, (&site, &room.as_str().into())).unwrap();
    }
    let fixed = step(&desk, "2020-06-27T09:31:00+08:00");
    assert_eq!((fixed.state, usize::try_from(fixed.done).unwrap(), fixed.who.len()), (StepState::Done, rooms.len(), 0));
}
