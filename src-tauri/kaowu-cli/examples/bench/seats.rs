//! Seats: our draw beside OR-tools' CP-SAT, which looks for the same thing in the same run.

use super::{PEOPLE, id, median, timed};
use kaowu_core::identity::UnitCode;
use kaowu_core::seating::{Neighbours, Person, RoomShape, SeatPlan, draw};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The peer's version, from PyPI.
const PEER: &str = "ortools==9.15.6755";
/// What the peer is given for each instance.
const SECONDS: u32 = 60;

struct Instance {
    name: String,
    people: Vec<Person>,
    rooms: Vec<RoomShape>,
    /// Whether the peer seats everybody at once; else room by room, after our dealing.
    whole: bool,
}

fn instance(name: &str, units: impl Fn(usize) -> usize, people: usize, rooms: usize, whole: bool) -> Instance {
    let person = |n: usize| Person {
        id: id(n).as_str().into(),
        groups: vec![format!("U{:03}", units(n)).as_str().into(), format!("C{:02}", units(n) % 13).as_str().into()],
        pin: None,
        needs: BTreeSet::new(),
    };
    let room = |n: usize| RoomShape::read(&"3201-01".into(), &format!("{n:04}").as_str().into(), "7-8-8-7", "左前", "S", "").unwrap();
    Instance { name: name.to_owned(), people: (0..people).map(person).collect(), rooms: (1..=rooms).map(room).collect(), whole }
}

pub(super) fn seats(folder: &Path) {
    let python = peer();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/bench/seats.py");
    // Every ninth to twentieth of a score belongs to the large unit: 45 %.
    let large = |n: usize| if n % 20 < 9 { 0 } else { 1 + n % 39 };
    let instances = [
        instance("179 people in 6 rooms, 40 units", |n| n % 40, 179, 6, true),
        instance("179 people in 6 rooms, one unit at 45 %", large, 179, 6, true),
        instance("40,000 people in 1,334 rooms, 97 units", |n| n % 97, PEOPLE, 1_334, false),
        instance("40,000 people in 1,334 rooms, one unit at 45 %", large, PEOPLE, 1_334, false),
    ];
    for one in &instances {
        for neighbours in [Neighbours::Four, Neighbours::Eight] {
            let (mut plan, mut hash) = (None, BTreeSet::new());
            let took = median(|| {
                let (took, drawn) = timed(|| draw(&one.people, &one.rooms, "种子", neighbours).unwrap());
                hash.insert(format!("{:?}", drawn.seats));
                plan = Some(drawn);
                took
            });
            let plan = plan.unwrap();
            assert_eq!(hash.len(), 1);
            let (pairs, bound) = plan.rooms.iter().fold((0, 0), |(p, b), r| (p + r.pairs, b + r.bound));
            let above = plan.rooms.iter().filter(|r| r.pairs > r.bound).count();
            let count = if neighbours == Neighbours::Four { 4 } else { 8 };
            println!(
                "seats, {}, {count} neighbours: {:.0} ms, pairs {pairs}, least possible {bound}, rooms above it {above} of {}",
                one.name,
                took.as_secs_f64() * 1e3,
                plan.rooms.len()
            );
            // Large instances are told once: the peer takes its whole time for each.
            if one.whole || neighbours == Neighbours::Four {
                println!("  CP-SAT: {}", ask(&python, &script, folder, one, &plan, neighbours));
            }
        }
    }
}

/// The peer's figures on an instance.
fn ask(python: &Path, script: &Path, folder: &Path, one: &Instance, plan: &SeatPlan, neighbours: Neighbours) -> String {
    let mut rooms = Vec::new();
    let units: BTreeMap<&str, &UnitCode> = one.people.iter().map(|p| (p.id.as_str(), &p.groups[0])).collect();
    let mut here: BTreeMap<&str, BTreeMap<&UnitCode, usize>> = BTreeMap::new();
    for (person, (_, room, _)) in &plan.seats {
        *here.entry(room.as_str()).or_default().entry(units[person.as_str()]).or_default() += 1;
    }
    for (shape, result) in one.rooms.iter().zip(&plan.rooms) {
        let places: Vec<[u8; 2]> = shape.seats().iter().take(result.people as usize).map(|p| [p.column, p.row]).collect();
        let counts: Vec<usize> = here.get(shape.room.as_str()).map(|units| units.values().copied().collect()).unwrap_or_default();
        rooms.push(json!({ "places": places, "units": counts }));
    }
    let mut given = json!({ "rooms": rooms, "seconds": SECONDS, "diagonals": neighbours == Neighbours::Eight });
    if one.whole {
        let mut all: BTreeMap<&UnitCode, usize> = BTreeMap::new();
        units.values().for_each(|unit| *all.entry(unit).or_default() += 1);
        given["units"] = json!(all.values().collect::<Vec<_>>());
    }
    let mut child = Command::new(python).arg(script).current_dir(folder).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(given.to_string().as_bytes()).unwrap();
    let out = child.wait_with_output().unwrap();
    assert!(out.status.success());
    let said: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    let how = if one.whole { "everybody at once" } else { "room by room, after our dealing" };
    let seconds = said["seconds"].as_f64().unwrap();
    let (solved, proven) = (&said["solved"], &said["proven"]);
    if *solved == 0 {
        return format!("{how}: nothing found in {seconds:.0} s");
    }
    format!("{how}: {seconds:.1} s, {solved} rooms seated, pairs {}, its bound {}, proven in {proven}", said["pairs"], said["bound"])
}

/// Python with the peer in it, made once under `target/`.
fn peer() -> PathBuf {
    let target =
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target"), PathBuf::from);
    let home = target.join("bench-venv");
    let python = home.join("bin/python");
    let run = |program: &Path, args: &[&str]| assert!(Command::new(program).args(args).status().unwrap().success(), "{args:?}");
    if !python.exists() {
        run(Path::new("python3"), &["-m", "venv", home.to_str().unwrap()]);
    }
    run(&python, &["-m", "pip", "install", "--quiet", "--disable-pip-version-check", PEER]);
    python
}
