//! Each moment opens as it is described; stopped, it leaves nothing.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use crate::data::FILES;
use crate::headquarters::{city, interview, province, written};
use crate::{DemoStage, Staged, stage, write_data};
use kaowu_core::coded::Coded;
use kaowu_core::facts::{Pass, RoomRecordFact, SignOff, TieHow};
use kaowu_core::identity::SiteCode;
use kaowu_core::journal::Mode;
use kaowu_core::marks::MarkState;
use kaowu_desk::{Ctx, Desk, MarkCounts};
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// Makes a moment and opens what it says is to be opened; the bar never falls and ends full.
fn make(moment: DemoStage) -> (TempDir, Staged, Desk) {
    let folder = tempfile::tempdir().unwrap();
    let mut bar: Vec<(usize, usize)> = Vec::new();
    let staged = stage(&folder.path().join("new/drill"), moment, &mut |zh, en, done, total| {
        assert!(!zh.is_empty() && en.is_ascii());
        bar.push((done, total));
        ControlFlow::Continue(())
    })
    .unwrap_or_else(|e| panic!("{moment:?}: {e}"));
    assert!(bar.windows(2).all(|w| w[0].0 <= w[1].0 && w[0].1 == w[1].1), "{moment:?}: {bar:?}");
    let last = *bar.last().unwrap();
    assert!(last.0 == last.1 && bar.len() >= 4, "{moment:?}: {last:?}");
    let desk = Desk::open(&staged.db).unwrap();
    assert_eq!(desk.view().event().unwrap().mode, Mode::Drill);
    assert!(desk.verify_journal().unwrap().faults.is_empty(), "{moment:?}");
    (folder, staged, desk)
}

fn ctx(staged: &Staged) -> Ctx {
    Ctx { now: staged.now, mono: u64::MAX >> 12, boot: "next".into(), operator: staged.operator.as_str().into() }
}

fn site() -> SiteCode {
    "3201-01".into()
}

/// Expected, present, absent and awaited people of each room of Nanjing.
fn rooms(desk: &Desk) -> Vec<(u32, u32, usize, usize)> {
    let rooms = desk.view().rooms(&city()).unwrap().into_keys().map(|(_, room)| room);
    rooms
        .map(|room| {
            let now = desk.present(&city(), &written(), (&site(), &room)).unwrap();
            (now.expected, now.present, now.absent.len(), now.awaited.len())
        })
        .filter(|room| room.0 > 0)
        .collect()
}

fn everything_in(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut out = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in std::fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                out.insert(path.strip_prefix(folder).unwrap().to_owned(), std::fs::read(&path).unwrap());
            }
        }
    }
    out
}

#[test]
fn the_program_holds_the_files_of_the_event() {
    let folder = tempfile::tempdir().unwrap();
    write_data(folder.path()).unwrap();
    let fixtures = everything_in(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/jiangsu-2020"));
    assert_eq!(everything_in(folder.path()), fixtures);
    assert_eq!(FILES.len(), fixtures.len());
}

#[test]
fn moments_have_stable_names() {
    let names = DemoStage::ALL.map(|s| serde_json::to_value(s).unwrap().as_str().unwrap().to_owned());
    assert_eq!(names, ["before-roster", "seated", "check-in", "marks", "tie", "city-done", "finished"]);
}

#[test]
fn before_the_roster() {
    let (_folder, staged, mut desk) = make(DemoStage::BeforeRoster);
    assert!(desk.view().candidates(&city()).unwrap().is_empty());
    // Somebody who learns goes on from here, with the files beside it.
    let roster = staged.files.join("rosters/3201-南京市.xlsx");
    let (_, report) = desk.import_roster(&ctx(&staged), &city(), &roster, false).unwrap();
    assert!(report.taken > 100);
}

#[test]
fn seated() {
    let (_folder, staged, desk) = make(DemoStage::Seated);
    let view = desk.view();
    assert_eq!((view.candidates(&city()).unwrap().len(), view.seats(&city()).unwrap().len()), (1372, 1361));
    assert!(view.open_suspects(&city()).unwrap().is_empty());
    assert!(desk.verify_seats(&city()).unwrap().is_empty());
    assert_eq!(desk.merge_board().unwrap().len(), 0);
    // The draw is named by the lottery of that evening.
    assert_eq!(staged.now.format("%F %H").to_string(), "2020-06-20 22");
}

#[test]
fn a_quarter_of_an_hour_before_the_start() {
    let (_folder, staged, mut desk) = make(DemoStage::CheckIn);
    assert_eq!(desk.view().brief().unwrap().unwrap().site, site());
    let before = desk.view().part(&city(), &written()).unwrap().start - staged.now;
    assert_eq!(before.num_minutes(), 14, "some seconds have gone by: {before}");
    let rooms = rooms(&desk);
    assert_eq!(rooms.iter().map(|r| r.0).sum::<u32>(), 180);
    let (expected, present, absent, awaited) = rooms[0];
    assert!((expected / 2 - 2..=expected / 2).contains(&present), "{rooms:?}");
    assert_eq!((absent, awaited), (0, usize::try_from(expected - present).unwrap()));
    assert!(rooms[1..].iter().all(|r| r.1 == 0 && r.2 == 0), "{rooms:?}");
    // The next at the door comes in.
    let (_, room) = desk.view().rooms(&city()).unwrap().into_keys().next().unwrap();
    let next = desk.present(&city(), &written(), (&site(), &room)).unwrap().awaited[0].clone();
    desk.check_in(&ctx(&staged), &city(), &written(), (&site(), &room), next.as_str()).unwrap();
}

#[test]
fn half_of_the_second_pass() {
    let (_folder, staged, mut desk) = make(DemoStage::Marks);
    let rooms = rooms(&desk);
    assert!(rooms.iter().all(|r| r.3 == 0), "{rooms:?}");
    let view = desk.view();
    let (records, signed) = (view.under::<RoomRecordFact>("").unwrap(), view.under::<SignOff>("").unwrap());
    assert_eq!((records.len(), signed.len(), view.incidents().unwrap().len()), (rooms.len(), rooms.len(), 1));
    let counts = desk.mark_counts(&city(), &written()).unwrap();
    assert_eq!(counts, MarkCounts { missing: 0, one_pass: 90, matched: 87, different: 3, decided: 0, unruled: 0, against_room: 0 });
    assert!(desk.mark_differences(&city(), &written()).unwrap().iter().all(|d| {
        let (first, second) = (d.first.as_ref().unwrap(), d.second.as_ref().unwrap());
        first.1.as_str() == "录入员甲" && second.1.as_str() == staged.operator && first.0 != second.0
    }));
    // The second keyer goes on.
    let states = desk.view().mark_states(&city(), &written()).unwrap();
    let (next, _) = states.into_iter().find(|(_, s)| matches!(s, MarkState::OnePass { .. })).unwrap();
    desk.key_mark(&ctx(&staged), &city(), &written(), Pass(2), &next, "60").unwrap();
}

#[test]
fn the_last_place_is_held_on_a_tie() {
    let (_folder, staged, mut desk) = make(DemoStage::Tie);
    let board = desk.merge_board().unwrap();
    assert_eq!(board.len(), 13);
    assert!(board.iter().all(|post| post.state == kaowu_desk::PostState::Merged), "{board:?}");
    let held = desk.held_ties().unwrap();
    assert_eq!((held.len(), held[0].tied.len()), (1, 2), "{held:?}");
    // One correction, by two people, that says what it is for.
    let counts = desk.mark_counts(&city(), &written()).unwrap();
    assert_eq!(counts, MarkCounts { missing: 0, one_pass: 0, matched: 1355, different: 0, decided: 6, unruled: 0, against_room: 0 });
    assert_eq!(desk.select(&ctx(&staged), &province()).unwrap_err().code(), "selection-held");
    let screen = desk.selection_screen(&province()).unwrap();
    assert_eq!((screen.rows.len(), screen.places, screen.made), (178, 179, false), "one place is held");
    let level = &desk.tie_rows().unwrap()[0].level;
    assert_eq!(level.len(), 1, "the selection has no key beyond the mark: {level:?}");
    assert_eq!((level[0].what.en.as_str(), level[0].value.contains('.')), ("City written paper", true));
    // Resolved by lots, the selection is made.
    let (order, by) = (held[0].tied.clone(), ["甲".into(), "乙".into()]);
    desk.resolve_tie(&ctx(&staged), &held[0].id, &order, TieHow::Lots, &by, "当众抽签").unwrap();
    let selected = desk.select(&ctx(&staged), &province()).unwrap();
    assert_eq!(selected.len(), 179);
    // It can be looked at again: who, when, how, in which order.
    let resolved = desk.resolved_ties().unwrap();
    let tie = resolved.first().unwrap();
    assert_eq!((resolved.len(), &tie.id, tie.how, tie.reason.as_str()), (1, &held[0].id, kaowu_desk::screen::TieBy::Lot, "当众抽签"));
    assert_eq!((tie.by.as_slice(), tie.operator.as_str()), (["甲".to_owned(), "乙".to_owned()].as_slice(), staged.operator.as_str()));
    assert!(
        tie.question.zh.contains("入选")
            && tie.question.en.starts_with("Selection for Provincial trial · ")
            && tie.order.len() == 2
            && tie.order.iter().all(|name| name.zh.contains('（') && name.en.contains(" (") && !name.en.contains('（')),
        "{tie:?}"
    );
    assert!(desk.entry_text(&tie.entry, None).unwrap().unwrap().contains("tie.resolved"));
    let is_in = |id: &String| selected.iter().any(|row| row.id.as_str() == id);
    assert!(is_in(&order[0]) && !is_in(&order[1]));
}

#[test]
fn the_city_trial_is_done() {
    let (_folder, staged, mut desk) = make(DemoStage::CityDone);
    assert!(desk.merge_board().unwrap().iter().all(|post| post.state == kaowu_desk::PostState::Merged));
    assert!(desk.incident_rows().unwrap().iter().all(|incident| incident.upheld == Some(false)));
    assert!(desk.held_ties().unwrap().is_empty());
    let start = desk.view().part(&province(), &written()).unwrap().start;
    assert!(staged.now < start && !desk.weights_screen(&province()).unwrap().confirmed);
    // Whoever learns goes on with weights and selection.
    desk.confirm_weights(&ctx(&staged), &province(), &[], None, "").unwrap();
    assert_eq!(desk.select(&ctx(&staged), &province()).unwrap().len(), 179);
}

#[test]
fn finished() {
    let (_folder, staged, desk) = make(DemoStage::Finished);
    assert!(desk.claim_rows().unwrap().iter().all(|claim| claim.decided), "no name of practice waits");
    assert_eq!(desk.weights_screen(&province()).unwrap().by.len(), 2, "weights are confirmed by two people");
    let lots = desk.lots_screen(&province(), &interview()).unwrap();
    let mut panels: BTreeMap<&str, usize> = BTreeMap::new();
    lots.rows.iter().for_each(|lot| *panels.entry(&lot.panel).or_default() += 1);
    assert_eq!(panels.into_values().collect::<Vec<_>>(), [45, 45, 45, 44], "179 people before four panels");
    let lines = |t: &str| t.trim_start_matches('\u{FEFF}').lines().map(|l| l.trim_end().to_owned()).collect::<Vec<_>>();
    for (got, list) in [
        (desk.selected(&province()), "selected-179.csv"),
        (desk.standing_table(&"people".into()), "composite.csv"),
        (desk.standing_table(&"county".into()), "county-teams.csv"),
        (desk.standing_table(&"city".into()), "cities.csv"),
        (desk.award_table(), "awards.csv"),
        (desk.delegation_table(), "regional.csv"),
    ] {
        let expected = std::fs::read_to_string(staged.files.join("expected").join(list)).unwrap();
        assert_eq!(lines(&got.unwrap().csv()), lines(&expected), "{list}");
    }
    // A team's rank as a worked sum: its members, the sum, the rank; and the entries behind it.
    for (list, members) in [("county", 4), ("city", 13)] {
        let best = &desk.standing_screen(&list.into()).unwrap().rows[0];
        let why = desk.why_group_screen(&list.into(), &best.group.as_deref().unwrap().into()).unwrap();
        assert_eq!((why.name.as_str(), why.steps.len()), (best.name.as_str(), members + 2), "{why:?}");
        let sum = &why.steps[members].zh;
        assert!(sum.ends_with(&format!(" ＝ {}，第 1 名", best.total)) && sum.matches(" + ").count() == members - 1, "{sum}");
        assert!(why.entries.len() >= 3, "{why:?}");
        assert!(desk.why_group_screen(&list.into(), &"没有".into()).is_err());
    }
    let confirmed = desk.view().under::<kaowu_core::facts::AwardConfirmation>("").unwrap();
    assert_eq!(confirmed.len(), desk.plan().awards.iter().filter(|a| a.standing.is_some()).count() + 2);
    // Both later stages have their results; the composite No. 1 is named, so the next-ranked joined the four.
    let (regional, national) = (desk.view().team(&"regional".into()).unwrap(), desk.view().team(&"national".into()).unwrap());
    assert!(regional.result.as_ref().is_some_and(|r| r.promoted) && national.result.as_ref().is_some_and(|r| r.place == 2));
    assert_eq!((regional.members.len(), national.members.len()), (4, 5));
    let ranks = desk.view().standing(&"people".into()).unwrap().rows;
    let fifth = &national.members[4];
    assert!(national.members[..4].iter().any(|m| m.id.as_str() == ranks[0].id), "{national:?}");
    assert_eq!((fifth.id.as_str(), fifth.role.as_str()), (ranks[1].id.as_str(), "综合成绩第2名"));
    // One title with both grounds: on the list, and as one certificate.
    let titles = desk.view().titles().unwrap().0;
    let twice: Vec<_> = titles.iter().filter(|t| t.grounds.len() > 1).collect();
    assert_eq!(twice.len(), 1, "{twice:?}");
    assert_eq!((twice[0].winner.as_str(), twice[0].title.as_str()), (ranks[0].id.as_str(), "江苏省五一劳动奖章（申报）"));
    assert_eq!(twice[0].grounds.iter().map(|g| g.text.as_str()).collect::<Vec<_>>(), ["个人综合成绩第一名", "全国赛个人第二名"]);
    let sheets = |award: &str| desk.sheets(&award.into()).unwrap().into_iter().map(|s| s.name).collect::<Vec<_>>();
    assert_eq!((sheets("labour-medal"), sheets("national-labour-medal")), (vec![twice[0].name.clone()], vec![fifth.name.clone()]));
    assert_eq!(desk.title_table().unwrap().rows.len(), titles.len());
    // The roster was closed, and nobody is missing who withdrew by mistake.
    assert!(desk.roster_state(&ctx(&staged), &city()).unwrap().closed.is_some() && desk.withdrawn(&city()).unwrap().is_empty());
    assert!(desk.below_rows(&city()).unwrap().iter().all(|b| b.accepted.is_some()));
    assert!(desk.held_ties().unwrap().is_empty());
    assert_eq!(desk.merge_board().unwrap().len(), 15);
    assert!(staged.now > desk.view().part(&province(), &interview()).unwrap().start);
}

/// Stopped at any moment, also at the last, it leaves the folder as it was: empty, or not there.
#[test]
fn stopped_it_leaves_nothing() {
    let check = |moment: DemoStage, at: &mut dyn FnMut(&str, usize, usize) -> bool| {
        for made in [false, true] {
            let outer = tempfile::tempdir().unwrap();
            let folder = outer.path().join("a/b");
            if made {
                std::fs::create_dir_all(&folder).unwrap();
            }
            let (mut heard, mut stopped) = (0, false);
            let out = stage(&folder, moment, &mut |_, en, done, total| {
                assert!(!stopped, "heard after it was stopped");
                heard += 1;
                stopped = at(en, done, total);
                if stopped { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            });
            assert_eq!(out.unwrap_err().code(), "demo-stopped", "{moment:?} after {heard}");
            let left = std::fs::read_dir(if made { &folder } else { outer.path() }).unwrap().count();
            assert_eq!(left, 0, "{moment:?} after {heard}, made {made}");
        }
    };
    check(DemoStage::BeforeRoster, &mut |_, _, _| true);
    check(DemoStage::Seated, &mut |en, _, _| en == "Checking eligibility");
    check(DemoStage::Marks, &mut |_, done, total| done * 10 >= total * 9);
    // With sites still at work, and after the last of them.
    check(DemoStage::Tie, &mut |en, done, _| en == "Exam day at 13 sites" && done > 60);
    check(DemoStage::Tie, &mut |en, done, _| en == "Exam day at 13 sites" && done == 89);
    check(DemoStage::CheckIn, &mut |_, done, total| done == total);
}

/// What lies in a folder already is neither used nor touched.
#[test]
fn a_folder_with_something_in_it_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("1-总部")).unwrap();
    std::fs::write(folder.path().join("1-总部/总部.kaowu-db"), "mine").unwrap();
    let out = stage(folder.path(), DemoStage::BeforeRoster, &mut |_, _, _, _| ControlFlow::Continue(()));
    assert_eq!(out.unwrap_err().code(), "folder-not-empty");
    assert_eq!(std::fs::read_to_string(folder.path().join("1-总部/总部.kaowu-db")).unwrap(), "mine");
}
