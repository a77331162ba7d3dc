//! Long work says how far it is; stopped at any word of it, it leaves nothing behind.

use crate::world::{ctx, fixture, hq, new_event, seated, write};
use kaowu_core::coded::Coded;
use kaowu_core::facts::Pass;
use kaowu_core::journal::Mode;
use kaowu_desk::{Desk, Result, Step};
use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::{Arc, Mutex};

/// What was told, in order.
type Told = Arc<Mutex<Vec<(Step, usize, usize)>>>;

/// Has a desk tell, and stop at word `at`.
fn watch(desk: &Desk, at: usize) -> Told {
    let told = Told::default();
    let mine = told.clone();
    desk.watched_by(Some(Box::new(move |step, done, total| {
        let mut told = mine.lock().unwrap();
        told.push((step, done, total));
        if told.len() > at { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })));
    told
}

/// Stops the work at its first, second, … word, and lets it end only then; each stop leaves everything as it was.
fn check<O>(name: &str, desk: &mut Desk, steps: &[Step], untouched: impl Fn() -> bool, work: impl Fn(&mut Desk) -> Result<O>) {
    let state = |desk: &Desk| (desk.fingerprint().unwrap(), desk.view().reader().next_seq().unwrap());
    let before = state(desk);
    for at in 0.. {
        let told = watch(desk, at);
        let done = work(desk);
        desk.watched_by(None);
        let told = told.lock().unwrap();
        if told.len() <= at {
            done.unwrap_or_else(|e| panic!("{name}: {e}"));
            let seen: BTreeSet<Step> = told.iter().map(|(step, _, _)| *step).collect();
            assert_eq!(seen, steps.iter().copied().collect(), "{name}: {told:?}");
            assert!(told.iter().all(|(_, done, total)| done <= total), "{name}: {told:?}");
            return;
        }
        assert_eq!(done.err().map(|e| e.code()).as_deref(), Some("stopped"), "{name} at {at}: {told:?}");
        assert_eq!(told.len(), at + 1, "{name}: it went on after it was stopped");
        assert_eq!(state(desk), before, "{name} at {at}");
        assert!(untouched(), "{name} at {at} left a file");
    }
}

#[test]
fn stopped_at_any_word_it_leaves_nothing() {
    use Step::{Checking, Comparing, Composing, Copying, Drawing, Reading, Writing};
    let folder = tempfile::tempdir().unwrap();
    let (city, written, at) = ("city".into(), "written".into(), "2020-06-28T09:00:00+08:00");
    let no_file = || true;
    let mut desk = new_event(&folder, "jiangsu-2020", Mode::Live);
    let roster = fixture("jiangsu-2020/rosters/3201-南京市.xlsx");
    let steps = [Reading, Checking, Comparing, Writing];
    check("roster", &mut desk, &steps, no_file, |desk| desk.import_roster(&hq(), &city, &roster, false));
    let list = fixture("jiangsu-2020/exclusions-2019.xlsx");
    check("exclusions", &mut desk, &[Reading, Checking, Writing], no_file, |desk| desk.import_exclusions(&hq(), &list));
    let rooms = fixture("jiangsu-2020/rooms.xlsx");
    check("rooms", &mut desk, &[Reading, Checking, Writing], no_file, |desk| desk.import_rooms(&hq(), &rooms));
    check("draw", &mut desk, &[Drawing, Writing], no_file, |desk| desk.draw_seats(&hq(), &city, "种子"));
    let marks = fixture("jiangsu-2020/marks/city-written.xlsx");
    check("marks", &mut desk, &[Reading, Checking, Writing], no_file, |desk| {
        desk.import_marks(&ctx("甲", at), &city, &written, Pass(1), &marks)
    });
    let copy = folder.path().join("copy.kaowu-db");
    let nothing = |file: &Path| !file.exists() && !file.with_extension("kaowu-db.part").exists();
    check("backup", &mut desk, &[Copying], || nothing(&copy), |desk| desk.backup(&copy));
    assert!(copy.exists());
    check("verify", &mut desk, &[Checking], no_file, |desk| desk.verify_journal());
    check("rebuild", &mut desk, &[Reading, Step::Rebuilding], no_file, |desk| desk.rebuild());
    let book = folder.path().join("results.xlsx");
    let refused = desk.results_workbook(&book).map(|_| ()).unwrap_err();
    watch(&desk, 0);
    let stopped = desk.results_workbook(&book).map(|_| ()).unwrap_err();
    assert_eq!((stopped.code().as_str(), book.exists()), ("stopped", false), "not {}", refused.code());
    assert_ne!(Composing.code(), Copying.code());
}

#[test]
fn a_merge_is_whole_or_not_at_all() {
    use Step::{Checking, Comparing, Reading, Writing};
    let folder = tempfile::tempdir().unwrap();
    let mut desk = seated(&folder, Mode::Live);
    let issued = desk.issue_packet(&hq(), &"city".into(), &"written".into(), &"3201-01".into(), folder.path()).unwrap();
    let at = ctx("负责人", "2020-06-27T08:50:00+08:00");
    let (mut laptop, _) = Desk::open_packet(&folder.path().join("site"), &at, &issued.path, &issued.words).unwrap();
    let (stage, written, room) = ("city".into(), "written".into(), "001".into());
    let people = laptop.view().room_seats(&stage, &"3201-01".into(), &room).unwrap();
    for (_, number) in people.values() {
        laptop.check_in(&at, &stage, &written, (&"3201-01".into(), &room), number.as_str()).unwrap();
    }
    let carried = laptop.hand_over(&at, folder.path()).unwrap().path;
    check("merge", &mut desk, &[Reading, Checking, Comparing, Writing], || true, |desk| desk.merge_handover(&hq(), &carried));
    assert_eq!(desk.view().admissions(&stage, &written).unwrap().len(), people.len());
}

#[test]
fn a_bad_file_is_still_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = new_event(&folder, "jiangsu-2020", Mode::Live);
    let file = write(&folder, "空.xlsx", "");
    watch(&desk, usize::MAX);
    assert_ne!(desk.import_roster(&hq(), &"city".into(), &file, false).err().map(|e| e.code()).as_deref(), Some("stopped"));
}
