//! What the window waits for with 40,000 people: each reading the first time and again, each act with what is read after
//! it. Medians of five. Part of `./x bench`.
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::float_arithmetic, missing_docs, reason = "a measurement, not the program")]

mod people;

use chrono::DateTime;
use kaowu_core::facts::Pass;
use kaowu_core::identity::{IdNumber, PartId, StageId};
use kaowu_desk::Desk;
use people::{PEOPLE, ctx, event};
use std::fmt::Write;
use std::path::Path;
use std::time::{Duration, Instant};

fn timed<O>(work: impl FnOnce() -> O) -> (Duration, O) {
    let started = Instant::now();
    let out = work();
    (started.elapsed(), out)
}

fn say(what: &str, mut all: Vec<Duration>) {
    all.sort();
    println!("{what}: {:.1} ms", all[all.len() / 2].as_secs_f64() * 1e3);
}

/// Every mark of one pass but the last hundred.
fn marks(desk: &mut Desk, folder: &Path, operator: &str, pass: u8) {
    let mut sheet = String::from("身份证号,成绩\n");
    for (n, id) in desk.view().candidates(&"city".into()).unwrap().keys().take(PEOPLE - 100).enumerate() {
        writeln!(sheet, "{id},{}.5", 40 + n % 55).unwrap();
    }
    let file = folder.join(format!("成绩{pass}.csv"));
    std::fs::write(&file, sheet).unwrap();
    let taken =
        desk.import_marks(&ctx(operator, "2020-06-28T09:00:00+08:00"), &"city".into(), &"written".into(), Pass(pass), &file).unwrap();
    assert_eq!(usize::try_from(taken.taken).unwrap(), PEOPLE - 100);
}

/// The first reading after opening, and the same again.
fn reading<O>(db: &Path, what: &str, read: impl Fn(&Desk) -> O) {
    let mut first = Vec::new();
    let mut again = Vec::new();
    for _ in 0..5 {
        let desk = Desk::open(db).unwrap();
        first.push(timed(|| read(&desk)).0);
        again.push(timed(|| read(&desk)).0);
    }
    say(&format!("{what}, first"), first);
    say(&format!("{what}, again"), again);
}

fn readings(db: &Path) {
    let (city, written): (StageId, PartId) = ("city".into(), "written".into());
    let now = DateTime::parse_from_rfc3339("2020-06-27T08:50:00+08:00").unwrap();
    say("opening the database", (0..5).map(|_| timed(|| Desk::open(db).unwrap()).0).collect());
    reading(db, "overview", |desk| desk.overview(now).unwrap());
    reading(db, "look-up by name", |desk| desk.find_people(&city, "王芳", 20).unwrap());
    reading(db, "grid of a pass", |desk| desk.mark_sheet(None, &city, &written, Pass(1)).unwrap());
    reading(db, "rooms with their pairs", |desk| desk.room_rows(&city).unwrap());
    reading(db, "counts of the rooms", |desk| desk.room_counts(&city, &written).unwrap());
}

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let (city, written): (StageId, PartId) = ("city".into(), "written".into());
    let (took, db) = timed(|| event(folder));
    println!("-- {PEOPLE} people, seats drawn (made in {:.1} s)", took.as_secs_f64());
    readings(&db);
    let mut desk = Desk::open(&db).unwrap();
    let rooms = desk.room_counts(&city, &written).unwrap();
    let (site, room) = (rooms[0].site.as_str().into(), rooms[0].room.as_str().into());
    let at_door = ctx("监考员", "2020-06-27T08:50:00+08:00");
    let people: Vec<IdNumber> = desk.view().room_seats(&city, &site, &room).unwrap().into_values().map(|(id, _)| id).collect();
    let (mut acts, mut doors) = (Vec::new(), Vec::new());
    for id in &people {
        acts.push(timed(|| desk.check_in(&at_door, &city, &written, (&site, &room), id.as_str()).unwrap()).0);
        doors.push(timed(|| desk.door(&city, &written, (&site, &room)).unwrap()).0);
    }
    say("check-in", acts);
    say("the door after it", doors);
    marks(&mut desk, folder, "甲", 1);
    marks(&mut desk, folder, "乙", 2);
    println!("-- all marks keyed twice but a hundred");
    readings(&db);
    let all: Vec<IdNumber> = desk.view().candidates(&city).unwrap().into_keys().collect();
    let keyed = all.iter().skip(PEOPLE - 100).map(|id| {
        timed(|| {
            let value = desk.key_mark(&ctx("甲", "2020-06-28T10:00:00+08:00"), &city, &written, Pass(1), id, "71.5").unwrap();
            desk.mark_keyed(&city, &written, Pass(1), value).unwrap()
        })
        .0
    });
    say("a mark keyed, with count and sum", keyed.collect());
    let now = DateTime::parse_from_rfc3339("2020-06-28T10:00:00+08:00").unwrap();
    say("overview after it", vec![timed(|| desk.overview(now).unwrap()).0]);
}
