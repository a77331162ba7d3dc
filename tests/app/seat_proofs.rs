//! Draws that anyone can replay, in Rust and in the Python that was written from their description.

use crate::world::{fixture, hq, seated};
use kaowu_core::coded::Coded;
use kaowu_core::facts::DrawFact;
use kaowu_core::identity::StageId;
use kaowu_core::journal::Mode;
use kaowu_core::seating::{Apart, DrawInputs, GroupInputs, Need, Person, RoomShape, public_hash};
use kaowu_desk::{Desk, Published, PublishedRoom, Seed};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

fn city() -> StageId {
    "city".into()
}

fn vectors() -> PathBuf {
    fixture("../vectors/seating")
}

/// People and rooms that are drawn together.
type Together<'a> = (&'a [Person], &'a [RoomShape]);

/// What the second implementation says of published draws.
fn python(files: &[&Path]) -> (bool, String) {
    let script = fixture("../verify/verify-seats");
    let out = Command::new("python3").arg(script).args(files).output().expect("python3 (./x setup installs it)");
    (out.status.success(), String::from_utf8_lossy(&out.stdout).into_owned() + &String::from_utf8_lossy(&out.stderr))
}

fn published(name: &str, apart: Apart, groups: &[Together<'_>]) -> Published {
    let mut inputs = DrawInputs::new(apart);
    for (n, (people, rooms)) in groups.iter().enumerate() {
        inputs.groups.push(GroupInputs::of(&format!("{name}/{n}"), people, rooms).0);
    }
    let drawn = inputs.draw().unwrap();
    let rooms = drawn.rooms.iter().filter(|r| r.people > 0).map(PublishedRoom::of).collect();
    let seats = drawn.seats.iter().map(|(site, room, seat)| (site.clone(), room.clone(), *seat, format!("{seat:02}").as_str().into()));
    Published {
        event: "示例".into(),
        stage: "示例".into(),
        seed: name.into(),
        how: String::new(),
        public_hash: public_hash(&drawn.seats),
        seats: seats.collect(),
        rooms,
        inputs,
    }
}

fn people(units: &[usize]) -> Vec<Person> {
    let of = |(unit, count): (usize, &usize)| {
        (0..*count).map(move |n| Person {
            id: format!("{:03}{unit:02}", n * 7 % 101).as_str().into(),
            groups: vec![format!("U{unit}").as_str().into(), format!("C{}", unit % 3).as_str().into()],
            pin: None,
            needs: BTreeSet::new(),
        })
    };
    units.iter().enumerate().flat_map(of).collect()
}

fn room(number: &str, columns: &str, corner: &str, numbering: &str, unusable: &str, door: &str) -> RoomShape {
    RoomShape::read(&"3201-01".into(), &number.into(), columns, corner, numbering, unusable).unwrap().with_door(door).unwrap()
}

/// The published vectors. They were written once by this test and are never renewed: a draw that was published is
/// replayed by every later version.
#[test]
fn published_vectors_are_replayed() {
    let rooms = [
        room("001", "7-8-8-7", "左前", "S", "", "右前"),
        room("002", "6-6-6-6-6", "右后", "直排", "2-3 5-6", "左后"),
        room("003", "5-4", "左后", "S", "", ""),
        room("004", "4-4-4", "右前", "S", "1-1", "右前"),
    ];
    let mut kept = people(&[16, 9, 9, 7, 6, 5]);
    for (n, needs) in [(3, &[Need::FrontRow][..]), (20, &[Need::NearDoor]), (21, &[Need::FrontRow, Need::NearDoor]), (40, &[Need::OwnRoom])]
    {
        kept[n].needs = needs.iter().copied().collect();
    }
    kept[0].pin = Some(("3201-01".into(), "001".into(), 9));
    kept[1].pin = Some(("3201-01".into(), "001".into(), 10));
    kept[30].pin = Some(("3201-01".into(), "002".into(), 28));
    let plain = people(&[20, 15, 12, 9, 8, 5, 3, 2]);
    let even = people(&[4; 15]);
    let cases: [(&str, Apart, Vec<Together<'_>>); 5] = [
        ("plain", Apart::Four, vec![(&plain, &rooms)]),
        ("kept", Apart::Four, vec![(&kept, &rooms)]),
        ("eight", Apart::Eight, vec![(&plain, &rooms)]),
        ("where-possible", Apart::EightWherePossible, vec![(&even, &rooms), (&plain, &rooms)]),
        ("large-unit", Apart::Four, vec![(&kept[..28], &rooms[..2])]),
    ];
    let mut files = Vec::new();
    for (name, apart, groups) in &cases {
        let made = published(name, *apart, groups);
        let file = vectors().join(format!("draw-{name}.json"));
        if !file.exists() {
            std::fs::write(&file, serde_json::to_string(&made).unwrap() + "\n").unwrap();
        }
        let kept = Published::read(&file).unwrap();
        assert_eq!(kept, made, "{name}");
        assert_eq!(kept.replay().unwrap(), None, "{name}");
        files.push(file);
    }
    let (same, said) = python(&files.iter().map(PathBuf::as_path).collect::<Vec<_>>());
    assert!(same && said.matches(": the same").count() == cases.len(), "{said}");
}

#[test]
fn the_second_implementation_prints_the_vectors_of_the_generator() {
    let out = Command::new("python3").arg(fixture("../verify/verify-seats")).arg("--vectors").output().unwrap();
    assert_eq!(String::from_utf8_lossy(&out.stdout), std::fs::read_to_string(vectors().join("rng.toml")).unwrap());
}

#[test]
fn a_draw_is_published_and_replayed_without_id_numbers() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = seated(&folder, Mode::Live);
    let file = folder.path().join("公布稿.json");
    let seed = Seed { text: "20200624-07", how: "6月24日当众抽签，纪检处监督" };
    desk.draw_seats(&hq(), &city(), seed).unwrap();
    let draw: DrawFact = desk.view().draw(&city()).unwrap().unwrap();
    let made = desk.publish_draw(&city(), Some(&file)).unwrap();
    assert_eq!((made.how.as_str(), made.seats.len(), &made.public_hash), (seed.how, draw.people as usize, &draw.public_hash));
    assert_eq!(made.rooms.len(), draw.rooms as usize);
    assert_eq!(
        (made.rooms.iter().map(|r| r.pairs).sum::<u32>(), made.rooms.iter().map(|r| r.bound).sum::<u32>()),
        (draw.pairs, draw.bound)
    );
    let text = std::fs::read_to_string(&file).unwrap();
    for (id, person) in desk.view().candidates(&city()).unwrap() {
        assert!(!text.contains(id.as_str()) && !text.contains(&person.name), "{id}");
    }
    let (same, said) = python(&[&file]);
    assert!(same && said.contains(&format!("{} people, {} rooms: the same", draw.people, draw.rooms)), "{said}");
    assert_eq!(Published::read(&file).unwrap().replay().unwrap(), None);
    assert_eq!(desk.verify_seats(&city()).unwrap(), []);
    // People moved, withdrawn or pinned later do not change what was drawn.
    let seats = desk.view().seats(&city()).unwrap();
    let mut ids = seats.keys().filter(|id| seats[*id].site.as_str() == "3201-01");
    let (a, b, c) = (ids.next().unwrap(), ids.next().unwrap(), ids.next().unwrap());
    desk.swap_seats(&hq(), &city(), a, b, "").unwrap();
    desk.pin_seat(&hq(), &city(), a, "轮椅").unwrap();
    desk.withdraw(&hq(), &city(), c, "因病").unwrap();
    assert_eq!(desk.publish_draw(&city(), None).unwrap(), made);
    // Whatever is altered is found by both.
    let check = |change: &dyn Fn(&mut Published), person: usize| {
        let mut other = made.clone();
        change(&mut other);
        assert_eq!(other.replay().unwrap().map(|f| f.facts()["person"].clone()), Some(person.into()));
        let altered = folder.path().join("altered.json");
        std::fs::write(&altered, serde_json::to_vec(&other).unwrap()).unwrap();
        let (same, said) = python(&[&altered]);
        assert!(!same && said.contains("comes out"), "{said}");
    };
    check(&|p| p.seats.swap(4, 9), 5);
    check(&|p| p.public_hash = "0".repeat(64), 0);
    check(&|p| p.rooms[2].bound += 1, 0);
    let mut other = made.clone();
    other.inputs.groups[0].seed.push('x');
    assert!(other.replay().unwrap().is_some(), "another seed, other seats");
    other.inputs.form = "kaowu-draw/2".into();
    assert_eq!(other.replay().unwrap_err().code(), "inputs-unreadable");
    std::fs::write(&file, "{}").unwrap();
    assert_eq!(Published::read(&file).unwrap_err().code(), "file-unreadable");
}

/// The proof sheet says what the draw came to.
#[test]
fn the_proof_sheet_tells_every_room() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = seated(&folder, Mode::Live);
    desk.draw_seats(&hq(), &city(), Seed { text: "七", how: "当众抽签" }).unwrap();
    let fonts = Desk::fonts(&fixture("../../assets/fonts")).unwrap();
    let of =
        kaowu_desk::PaperOf { kind: &kaowu_desk::PaperKind::DrawProof, stage: &city(), part: &"written".into(), site: None, room: None };
    let pdf = folder.path().join("proof.pdf");
    std::fs::write(&pdf, desk.paper(&hq(), &fonts, &of).unwrap()).unwrap();
    let out = Command::new("pdftotext").args(["-layout", pdf.to_str().unwrap(), "-"]).output().expect("pdftotext");
    let text: String = String::from_utf8_lossy(&out.stdout).split_whitespace().collect();
    let draw = desk.view().draw(&city()).unwrap().unwrap();
    for part in ["当众抽签", &draw.public_hash[..20], &draw.hash[..20], "seatsreplay"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert_eq!(text.matches("已是最少").count(), draw.rooms as usize, "{text}");
    assert!(draw.pairs == 0 && text.contains("没有同单位的人相邻"), "{text}");
}
