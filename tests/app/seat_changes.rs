//! Seats after the draw: needs, late entries, one room drawn again, a plan of seats from a file.

use crate::world::{ctx, fixture, hq, seated, write};
use kaowu_core::coded::Coded;
use kaowu_core::facts::SeatFact;
use kaowu_core::identity::{IdNumber, RoomNumber, SiteCode, StageId};
use kaowu_core::journal::Mode;
use kaowu_core::seating::{Apart, Need};
use kaowu_desk::{Desk, Result};
use std::collections::BTreeMap;
use tempfile::TempDir;

const SITE: &str = "3201-01";

fn city() -> StageId {
    "city".into()
}

fn code<T>(done: Result<T>) -> String {
    done.map_or_else(|e| e.code(), |_| "ok".to_owned())
}

fn at_site(desk: &Desk) -> Vec<(IdNumber, SeatFact)> {
    let mut all: Vec<_> = desk.view().seats(&city()).unwrap().into_iter().filter(|(_, s)| s.site.as_str() == SITE).collect();
    all.sort_by(|a, b| a.1.number.cmp(&b.1.number));
    all
}

/// A file that adds people to the roster: names and ID numbers.
fn late_roster(folder: &TempDir, desk: &mut Desk, people: &[(&str, &str)]) -> Result<u32> {
    let mut text = "姓名,性别,身份证号,工作单位,职务,手机号码,所属设区市,县（市、区）\n".to_owned();
    for (name, id) in people {
        text += &format!("{name},女,{id},人社局,科员,13900000000,南京市,玄武区\n");
    }
    let file = write(folder, "补报.csv", &text);
    Ok(desk.import_roster(&hq(), &city(), &file, false)?.1.taken)
}

#[test]
fn needs_are_granted_with_a_reason_and_honoured_by_the_draw() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = seated(&folder, Mode::Live);
    let here = at_site(&desk);
    let front = here.iter().find(|(_, s)| s.seat > 3 && s.seat < 7).unwrap().0.clone();
    let alone = here[0].0.clone();
    let mut set =
        |id: &IdNumber, needs: &[Need], reason: &str| code(desk.set_needs(&hq(), &city(), id, needs.iter().copied().collect(), reason));
    assert_eq!(set(&front, &[Need::FrontRow], " "), "reason-needed");
    assert_eq!(set(&"320102199001011234".into(), &[Need::FrontRow], "弱视"), "not-entered");
    assert_eq!(set(&front, &[], "误"), "no-needs");
    assert_eq!(set(&front, &[Need::NearDoor], "弱视"), "ok");
    assert_eq!(set(&front, &[Need::FrontRow], "弱视"), "ok");
    assert_eq!(desk.view().needs(&city()).unwrap()[&front].needs, [Need::FrontRow].into());
    assert!(desk.verify_seats(&city()).unwrap().iter().any(|f| f.code() == "need-unmet"), "the seats that stand do not suit");
    for seed in 0..6 {
        desk.draw_seats(&hq(), &city(), &seed.to_string()).unwrap();
        assert_eq!(desk.verify_seats(&city()).unwrap(), [], "{seed}");
        let seat = desk.view().seat(&city(), &front).unwrap().unwrap();
        let picture = desk.room_picture(&city(), &seat.site, &seat.room).unwrap();
        let handle = desk.view().handle(&front);
        let cell = picture.cells.iter().find(|c| c.person.as_ref() == Some(&handle)).unwrap();
        assert_eq!((cell.row, cell.needs.len()), (0, 1));
    }
    // A room of one's own needs a room to spare; the lists of this event say nothing of doors.
    assert_eq!(code(desk.set_needs(&hq(), &city(), &front, [Need::NearDoor].into(), "轮椅")), "ok");
    assert_eq!(code(desk.draw_seats(&hq(), &city(), "s")), "need-unfit");
    assert_eq!(code(desk.set_needs(&hq(), &city(), &front, [].into(), "改")), "ok");
    assert!(desk.view().needs(&city()).unwrap().is_empty());
    assert_eq!(code(desk.set_needs(&hq(), &city(), &alone, [Need::OwnRoom].into(), "传染病恢复期")), "ok");
    let drawn = code(desk.draw_seats(&hq(), &city(), "s"));
    if drawn == "ok" {
        let seat = desk.view().seat(&city(), &alone).unwrap().unwrap();
        assert_eq!(desk.view().room_seats(&city(), &seat.site, &seat.room).unwrap().len(), 1);
        assert_eq!(desk.verify_seats(&city()).unwrap(), []);
    } else {
        assert_eq!(drawn, "seats-short");
    }
    let (kept, made) = desk.rebuild().unwrap();
    assert_eq!(kept, made);
}

#[test]
fn a_late_entry_takes_a_spare_seat_and_nobody_moves() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = seated(&folder, Mode::Live);
    let before = desk.view().seats(&city()).unwrap();
    assert!(desk.unseated(&city()).unwrap().is_empty());
    let late: Vec<String> = [5, 77].map(crate::world::id).to_vec();
    assert_eq!(late_roster(&folder, &mut desk, &[("陈迟", &late[0]), ("王晚", &late[1])]).unwrap(), 2);
    let ids: Vec<IdNumber> = late.iter().map(|id| id.as_str().into()).collect();
    assert_eq!(desk.unseated(&city()).unwrap().len(), 2);
    assert!(desk.verify_seats(&city()).unwrap().iter().all(|f| f.code() == "seat-missing"));
    assert_eq!(code(desk.seat_late(&hq(), &city(), &ids[0], "")), "reason-needed");
    assert_eq!(code(desk.seat_late(&hq(), &city(), &"320102199001011234".into(), "补报")), "not-entered");
    assert_eq!(code(desk.seat_late(&hq(), &"province".into(), &ids[0], "补报")), "not-drawn");
    // Nobody has to have a seat yet for the best one to be found by counting: no spare seat of a room in use makes fewer pairs.
    let pairs = |desk: &Desk| desk.room_rows(&city()).unwrap().iter().filter(|r| r.site == SITE).map(|r| r.pairs).sum::<u32>();
    let first = pairs(&desk);
    let given = desk.seat_late(&hq(), &city(), &ids[0], "文件漏报").unwrap().seat;
    assert_eq!((given.site.as_str(), &desk.view().seat(&city(), &ids[0]).unwrap().unwrap()), (SITE, &given));
    assert!(given.number.as_str().ends_with(&format!("{}{:02}", given.room, given.seat)), "{given:?}");
    assert!(!before.values().any(|s| s.number == given.number));
    assert_eq!(code(desk.seat_late(&hq(), &city(), &ids[0], "再次")), "already-seated");
    assert_eq!(code(desk.seat_late(&hq(), &city(), &ids[1], "文件漏报")), "ok");
    let after = desk.view().seats(&city()).unwrap();
    assert!(before.iter().all(|(id, seat)| after[id] == *seat), "nobody moved");
    assert_eq!((after.len(), desk.view().moved(&city()).unwrap()), (before.len() + 2, 2));
    assert!(pairs(&desk) - first <= 2);
    assert!(desk.verify_seats(&city()).unwrap().iter().all(|f| f.code() == "pairs-above-bound"));
    // A file that changes or drops somebody who has a seat is refused, as before.
    assert_eq!(code(late_roster(&folder, &mut desk, &[("陈迟", &late[0])])), "roster-changed");
    assert_eq!(desk.view().reader().search("seat.late", 9).unwrap().len(), 2);
    let (kept, made) = desk.rebuild().unwrap();
    assert_eq!(kept, made);
}

#[test]
fn one_room_is_drawn_again_and_the_others_stay() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = seated(&folder, Mode::Live);
    let here = at_site(&desk);
    let (site, room): (SiteCode, RoomNumber) = (SITE.into(), here[0].1.room.clone());
    let before = desk.view().seats(&city()).unwrap();
    let of = |seats: &BTreeMap<IdNumber, SeatFact>, inside: bool| {
        seats
            .iter()
            .filter(|(_, s)| (s.site == site && s.room == room) == inside)
            .map(|(id, s)| (id.clone(), s.clone()))
            .collect::<Vec<_>>()
    };
    let redraw =
        |desk: &mut Desk, room: &str, seed: &str, reason: &str| code(desk.redraw_room(&hq(), &city(), (&site, &room.into()), seed, reason));
    assert_eq!(redraw(&mut desk, "999", "a", ""), "no-such-room");
    desk.pin_seat(&hq(), &city(), &here[2].0, "轮椅").unwrap();
    assert_eq!(redraw(&mut desk, room.as_str(), "a", ""), "ok");
    let after = desk.view().seats(&city()).unwrap();
    assert_eq!(of(&after, false), of(&before, false), "all others stay");
    let (was, now) = (of(&before, true), of(&after, true));
    assert_ne!(was, now);
    assert_eq!(after[&here[2].0], here[2].1, "the pinned stay");
    let (ids, numbers) = (
        |list: &[(IdNumber, SeatFact)]| list.iter().map(|(id, _)| id.clone()).collect::<Vec<_>>(),
        |list: &[(IdNumber, SeatFact)]| list.iter().map(|(_, s)| s.number.clone()).collect::<std::collections::BTreeSet<_>>(),
    );
    assert_eq!((ids(&was), numbers(&was)), (ids(&now), numbers(&now)), "the same people, the same seats");
    assert_eq!(desk.verify_seats(&city()).unwrap(), []);
    let moved = desk.view().moved(&city()).unwrap() as usize;
    assert!(moved > 10 && moved < was.len(), "{moved}");
    let result = &desk.view().room_draws(&city()).unwrap()[&(site.clone(), room.clone())];
    assert_eq!((result.seed.as_str(), result.people as usize, result.pairs <= result.bound), ("a", was.len(), true));
    // The same seed gives the same seats.
    assert_eq!(redraw(&mut desk, room.as_str(), "b", ""), "ok");
    assert_eq!(redraw(&mut desk, room.as_str(), "a", ""), "ok");
    assert_eq!(desk.view().seats(&city()).unwrap(), after);
    // Published: with a reason. After somebody came in: never, for that room.
    desk.issue_packet(&hq(), &city(), &"written".into(), &site, folder.path()).unwrap();
    assert_eq!(redraw(&mut desk, room.as_str(), "c", " "), "reason-needed");
    assert_eq!(redraw(&mut desk, room.as_str(), "c", "两人原系同事"), "ok");
    let someone = desk.view().room_seats(&city(), &site, &room).unwrap().into_values().next().unwrap().0;
    let door = ctx("监考员", "2020-06-27T08:50:00+08:00");
    desk.check_in(&door, &city(), &"written".into(), (&site, &room), someone.as_str()).unwrap();
    assert_eq!(redraw(&mut desk, room.as_str(), "d", "再排"), "redraw-after-check-in");
    let other = here.iter().map(|(_, s)| s.room.clone()).find(|r| *r != room).unwrap();
    assert_eq!(redraw(&mut desk, other.as_str(), "d", "再排"), "ok");
    // A draw of all forgets it.
    desk.undo_check_in(&door, &city(), &"written".into(), someone.as_str(), "误扫").unwrap();
    desk.draw_seats(&hq(), &city(), "全部").unwrap();
    assert!(desk.view().room_draws(&city()).unwrap().values().all(|r| r.seed.is_empty()));
    let (kept, made) = desk.rebuild().unwrap();
    assert_eq!(kept, made);
}

#[test]
fn a_plan_of_seats_from_a_file_is_checked() {
    let folder = tempfile::tempdir().unwrap();
    let desk = seated(&folder, Mode::Live);
    let view = desk.view();
    let people = view.candidates(&city()).unwrap();
    let seats = view.seats(&city()).unwrap();
    let mut rows: Vec<Vec<String>> = seats
        .iter()
        .map(|(id, s)| {
            let name = people[id].name.clone();
            vec![
                s.site.to_string(),
                s.room.to_string(),
                s.seat.to_string(),
                s.number.to_string(),
                id.to_string(),
                name,
                people[id].unit.to_string(),
            ]
        })
        .collect();
    rows.sort();
    let file = |rows: &[Vec<String>], head: &str| {
        let lines: Vec<String> = rows.iter().map(|r| r.join(",")).collect();
        write(&folder, "座次.csv", &format!("{head}\n{}\n", lines.join("\n")))
    };
    const HEAD: &str = "考点代码,考场号,座位号,准考证号,身份证号,姓名,单位代码";
    let good = desk.check_seat_file(&city(), &file(&rows, HEAD)).unwrap();
    assert_eq!((good.people, good.faults), (seats.len(), vec![]));
    let draw = view.draw(&city()).unwrap().unwrap();
    assert_eq!((good.rooms.len(), good.rooms.iter().map(|r| r.pairs).sum::<u32>()), (draw.rooms as usize, draw.pairs));
    // By candidate number alone, and without sites where a room's number would do: here every city has a room 001.
    let short: Vec<Vec<String>> =
        rows.iter().map(|r| vec![r[0].clone(), r[1].trim_start_matches('0').to_owned(), r[2].clone(), r[3].clone()]).collect();
    assert_eq!(desk.check_seat_file(&city(), &file(&short, "考点,考场,座位,准考证号")).unwrap().faults, vec![]);
    let check = |change: &dyn Fn(&mut Vec<Vec<String>>), want: &[&str]| {
        let mut wrong = rows.clone();
        change(&mut wrong);
        let told = desk.check_seat_file(&city(), &file(&wrong, HEAD)).unwrap();
        let codes: std::collections::BTreeSet<String> = told.faults.iter().map(Coded::code).collect();
        assert!(want.iter().all(|w| codes.contains(*w)), "{want:?}: {codes:?}");
    };
    check(
        &|r| {
            r.pop();
        },
        &["seat-missing"],
    );
    check(&|r| r[3][4] = "320102199001011234".into(), &["seat-missing", "seat-of-stranger"]);
    check(&|r| r[3][2] = "31".into(), &["seat-unknown"]);
    check(&|r| r[3][2] = "三".into(), &["seat-unreadable", "seat-missing"]);
    check(&|r| r[3][1] = "099".into(), &["seat-unknown"]);
    check(&|r| r[3][2] = r[4][2].clone(), &["seat-twice"]);
    check(
        &|r| {
            let row = r[3].clone();
            r.push(row);
        },
        &["person-twice"],
    );
    check(&|r| r[3][6] = "苏州市".into(), &["unit-differs"]);
    check(&|r| r.iter_mut().for_each(|row| row[6] = "x".into()), &["unit-differs"]);
    // Everybody in order of units: full of pairs.
    check(
        &|r| {
            let mut order: Vec<Vec<String>> = r.clone();
            order.sort_by(|a, b| (&a[0], &a[6]).cmp(&(&b[0], &b[6])));
            let places: Vec<[String; 3]> = r.iter().map(|row| [row[0].clone(), row[1].clone(), row[2].clone()]).collect();
            for (row, (person, place)) in r.iter_mut().zip(order.into_iter().zip(places)) {
                *row = [place.to_vec(), person[3..].to_vec()].concat();
            }
        },
        &["pairs-above-bound"],
    );
    // Without an event: the rooms' list and the file's own units.
    let alone = |rows: &[Vec<String>]| {
        let names: Vec<Vec<String>> = rows
            .iter()
            .filter(|r| r[0] == SITE)
            .map(|r| {
                let fact = view.rooms(&city()).unwrap()[&(r[0].as_str().into(), r[1].as_str().into())].clone();
                vec![fact.site_name, r[1].clone(), r[2].clone(), r[4].clone(), people[&r[4].as_str().into()].unit.to_string()]
            })
            .collect();
        Desk::check_seat_file_alone(&file(&names, "考点,考场,座位,身份证号,单位"), &fixture("jiangsu-2020/rooms.xlsx"), Apart::Four)
            .unwrap()
    };
    let told = alone(&rows);
    assert_eq!(told.faults, vec![]);
    assert!(told.people > 100 && told.rooms.iter().all(|r| r.pairs <= r.bound));
    let mut wrong = rows.clone();
    let at = wrong.iter().position(|r| r[0] == SITE).unwrap();
    wrong[at][2] = wrong[at + 1][2].clone();
    assert_eq!(alone(&wrong).faults.iter().map(Coded::code).collect::<Vec<_>>(), ["seat-twice"]);
}
