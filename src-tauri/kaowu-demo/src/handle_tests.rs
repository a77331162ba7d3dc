//! No reading gives a page an ID number, at any moment of the day: people are named by handles.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use crate::{DemoStage, stage};
use kaowu_core::facts::Pass;
use kaowu_core::identity::IdNumber;
use kaowu_desk::screen::{JournalFilter, Refused};
use kaowu_desk::{Desk, Result};
use serde::Serialize;
use std::collections::BTreeSet;
use std::ops::ControlFlow;

/// What readings give, as the pages get it.
#[derive(Default)]
struct Given {
    texts: Vec<(String, String)>,
    refused: usize,
}

impl Given {
    fn add(&mut self, name: &str, read: Result<impl Serialize>) {
        let text = match read {
            Ok(value) => serde_json::to_string(&value).unwrap(),
            Err(error) => {
                self.refused += 1;
                serde_json::to_string(&Refused::from(error)).unwrap()
            }
        };
        self.texts.push((name.to_owned(), text));
    }
}

fn readings(desk: &Desk, now: chrono::DateTime<chrono::FixedOffset>) -> Given {
    let mut given = Given::default();
    let mut add = |name: &str, read: Result<serde_json::Value>| given.add(name, read);
    macro_rules! read {
        ($($call:tt)*) => { add(stringify!($($call)*), desk.$($call)*.map(|value| serde_json::to_value(value).unwrap())) };
    }
    read!(overview(now));
    read!(closing_screen(&kaowu_desk::Ctx { now, mono: 0, boot: String::new(), operator: "查阅".into() }));
    read!(roster_files());
    read!(incident_rows());
    read!(board_rows(now));
    read!(conflict_rows());
    read!(tie_rows());
    read!(award_screens());
    read!(team_screens());
    for team in desk.team_ids() {
        read!(naming_units(&team));
    }
    for stage in desk.plan().stages.iter().map(|s| &s.id) {
        read!(people_page(stage, "", 0, 5000));
        read!(find_people(stage, "王", 50));
        read!(finding_rows(stage));
        read!(below_minimum_rows(stage));
        read!(withdrawn_rows(stage));
        read!(room_rows(stage));
        read!(draw_row(stage));
        read!(weights_screen(stage));
        read!(selection_screen(stage));
        for (site, room) in desk.view().rooms(stage).unwrap().keys().take(12) {
            read!(room_picture(stage, site, room));
        }
    }
    for (stage, part) in desk.plan().stages.iter().flat_map(|s| s.parts.iter().map(move |p| (&s.id, &p.id))) {
        read!(post_rows(stage, part));
        read!(room_counts(stage, part));
        read!(difference_rows(stage, part));
        read!(mark_controls(stage, part));
        read!(sheet_difference_rows(stage, part));
        read!(lots_screen(stage, part));
        read!(spread(stage, part));
        read!(staff_screen(stage, part));
        for (pass, operator) in [(1, "录入员甲"), (2, "录入员乙")] {
            let operator = operator.into();
            read!(mark_sheet(Some(&operator), stage, part, Pass(pass)));
            read!(panel_screen(Some(&operator), stage, part, Pass(pass)));
        }
        for (site, room) in desk.view().rooms(stage).unwrap().keys().take(12) {
            read!(door(stage, part, (site, room)));
            read!(record_screen(stage, part, (site, room)));
        }
    }
    for list in desk.plan().standings.iter().map(|s| &s.id) {
        read!(standing_screen(list));
    }
    let everything = JournalFilter::default();
    read!(journal_page(&everything, 0, 500));
    let entries = desk.view().reader().entries(&Default::default(), 500).unwrap();
    // What stands beside an entry is named in words.
    for name in entries.iter().flat_map(|logged| logged.entry.body.about.keys()) {
        let code = format!("about-{name}");
        let said = kaowu_core::words::Lang::Zh.say(&code, &Default::default()).what;
        // The sum of a pass is for the controls, which know when it may be shown.
        assert!(name == "sum" || !said.starts_with(&code), "assets/messages: {code}");
    }
    for id in entries.iter().map(|logged| logged.id.as_str()) {
        read!(entry_text(id, None));
    }
    // Refusals that speak of a person.
    let (somebody, stage) = desk
        .plan()
        .stages
        .iter()
        .find_map(|s| Some((desk.view().candidates(&s.id).unwrap().keys().next()?.clone(), s.id.clone())))
        .unwrap();
    read!(why_screen(&stage, somebody.as_str()));
    read!(person(somebody.as_str()));
    given
}

fn people(desk: &Desk) -> BTreeSet<IdNumber> {
    desk.plan().stages.iter().flat_map(|s| desk.view().candidates(&s.id).unwrap().into_keys()).collect()
}

/// Eighteen characters in a row that are an ID number by their form.
fn ids_in(text: &str) -> Vec<String> {
    let bytes = text.as_bytes();
    let id = |w: &&[u8]| w[..17].iter().all(u8::is_ascii_digit) && (w[17].is_ascii_digit() || w[17] == b'X');
    bytes.windows(18).filter(id).map(|w| String::from_utf8_lossy(w).into_owned()).collect()
}

#[test]
fn no_reading_gives_an_id_number() {
    for moment in [DemoStage::CheckIn, DemoStage::Marks, DemoStage::Tie, DemoStage::Finished] {
        let folder = tempfile::tempdir().unwrap();
        let staged = stage(&folder.path().join("drill"), moment, &mut |_, _, _, _| ControlFlow::Continue(())).unwrap();
        let desk = Desk::open(&staged.db).unwrap();
        let people = people(&desk);
        assert!(people.len() > 100, "{moment:?}");
        let given = readings(&desk, staged.now);
        assert!(given.texts.len() > given.refused + 60, "{moment:?}: {} of {} were refused", given.refused, given.texts.len());
        for (reading, text) in &given.texts {
            let found: Vec<String> = ids_in(text).into_iter().filter(|id| people.contains(&IdNumber::from(id.as_str()))).collect();
            assert_eq!(found, Vec::<String>::new(), "{moment:?} {reading}");
        }
        // Handles name those they were made for, here and after the database was opened again; elsewhere nobody.
        let view = desk.view();
        let handles: BTreeSet<String> = people.iter().map(|id| view.handle(id)).collect();
        assert_eq!(handles.len(), people.len());
        for id in &people {
            let handle = view.handle(id);
            assert!(handle.bytes().all(|b| b.is_ascii_uppercase()), "{handle}");
            assert_eq!(desk.person(&handle).unwrap(), *id);
        }
        let again = Desk::open(&staged.db).unwrap();
        let one = people.first().unwrap();
        assert!(again.person(&view.handle(one)).is_err(), "not given out yet");
        assert_eq!(again.view().handle(one), view.handle(one));
    }
}
