use crate::world::{ctx, hq, seated};
use kaowu_core::coded::Coded;
use kaowu_core::facts::SeatFact;
use kaowu_core::identity::{IdNumber, SiteCode, StageId};
use kaowu_core::journal::Mode;
use kaowu_desk::Desk;
use std::collections::BTreeMap;

const DAY: &str = "2020-06-27T08:50:00+08:00";

fn city() -> StageId {
    "city".into()
}

/// People of a site with their seats, in order of candidate numbers.
fn at(desk: &Desk, site: &str) -> Vec<(IdNumber, SeatFact)> {
    let mut all: Vec<_> = desk.view().seats(&city()).unwrap().into_iter().filter(|(_, s)| s.site.as_str() == site).collect();
    all.sort_by(|a, b| a.1.number.cmp(&b.1.number));
    all
}

fn swap(desk: &mut Desk, first: &IdNumber, second: &IdNumber, reason: &str) -> String {
    desk.swap_seats(&hq(), &city(), first, second, reason).map_or_else(|e| e.code(), |()| "ok".to_owned())
}

#[test]
fn two_people_exchange_their_seats() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = seated(&folder, Mode::Live);
    let (here, there) = (at(&desk, "3201-01"), at(&desk, "3204-01"));
    let before = desk.view().seats(&city()).unwrap();
    // Different rooms, so that the candidate number is more than a seat.
    let ((a, of_a), (b, of_b)) = (&here[0], &here[here.len() - 1]);
    assert_ne!(of_a.room, of_b.room);
    assert_eq!((desk.view().published(&city()).unwrap(), desk.view().moved(&city()).unwrap()), (false, 0));
    for (first, second, want) in [
        (a, a, "swap-with-self"),
        (a, &"320102199001011234".into(), "not-seated"),
        (&"320102199001011234".into(), a, "not-seated"),
        (a, &there[0].0, "swap-other-site"),
        (a, b, "ok"),
    ] {
        assert_eq!(swap(&mut desk, first, second, ""), want, "{first} {second}");
    }
    let after = desk.view().seats(&city()).unwrap();
    assert_eq!((&after[a], &after[b]), (of_b, of_a), "seat and number together");
    let differ = |x: &BTreeMap<IdNumber, SeatFact>| x.iter().filter(|(id, s)| before[*id] != **s).count();
    assert_eq!((after.len(), differ(&after)), (before.len(), 2));
    assert_eq!(desk.view().moved(&city()).unwrap(), 2);
    assert_eq!(desk.view().find(&city(), of_a.number.as_str()).unwrap().unwrap().0, *b, "the number finds who holds it now");
    assert_eq!(desk.view().reader().search("seats.swapped", 9).unwrap().len(), 1, "one entry");
    // Again, the other way round: as it was.
    assert_eq!(swap(&mut desk, b, a, "换回"), "ok");
    assert_eq!(desk.view().seats(&city()).unwrap(), before);
    assert_eq!(desk.view().moved(&city()).unwrap(), 0);
    let (kept, made) = desk.rebuild().unwrap();
    assert_eq!(kept, made);
}

#[test]
fn after_publishing_with_a_reason_and_after_the_door_never() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = seated(&folder, Mode::Live);
    let site = SiteCode::from("3201-01");
    let here = at(&desk, "3201-01");
    let (a, b, c) = (&here[0].0, &here[1].0, &here[2].0);
    let issued = desk.issue_packet(&hq(), &city(), &"written".into(), &site, folder.path()).unwrap();
    assert!(desk.view().published(&city()).unwrap() && !desk.view().published(&"province".into()).unwrap());
    assert_eq!(swap(&mut desk, a, b, "  "), "reason-needed");
    assert_eq!(swap(&mut desk, a, b, "左手书写"), "ok");
    let (mut laptop, _) = Desk::open_packet(&folder.path().join("site"), &ctx("负责人", DAY), &issued.path, &issued.words).unwrap();
    assert_eq!(swap(&mut laptop, a, b, "换座"), "only-hq");
    assert_eq!(laptop.view().moved(&city()).unwrap(), 0, "a site is told seats, not the draw");
    let seat = desk.view().seat(&city(), a).unwrap().unwrap();
    desk.check_in(&ctx("监考员", DAY), &city(), &"written".into(), (&site, &seat.room), a.as_str()).unwrap();
    assert_eq!(swap(&mut desk, a, b, "换座"), "swap-after-check-in");
    assert_eq!(swap(&mut desk, b, a, "换座"), "swap-after-check-in");
    assert_eq!(swap(&mut desk, b, c, "换座"), "ok");
    desk.undo_check_in(&ctx("监考员", DAY), &city(), &"written".into(), a.as_str(), "误扫").unwrap();
    assert_eq!(swap(&mut desk, a, b, "换座"), "ok");
    let later = ctx("监考员", "2020-06-27T09:40:00+08:00");
    desk.fix_absence(&later, &city(), &"written".into(), (&site, &seat.room)).unwrap();
    assert_eq!(swap(&mut desk, a, b, "换座"), "swap-after-check-in");
}

#[test]
fn pinned_people_keep_their_seats() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = seated(&folder, Mode::Live);
    let here = at(&desk, "3201-01");
    let (a, b, c) = (&here[0], &here[7], &here[here.len() - 1]);
    let free = &here[3].0;
    let code = |done: kaowu_desk::Result<()>| done.map_or_else(|e| e.code(), |()| "ok".to_owned());
    assert_eq!(code(desk.pin_seat(&hq(), &city(), &a.0, " ")), "reason-needed");
    assert_eq!(code(desk.pin_seat(&hq(), &city(), &"320102199001011234".into(), "轮椅")), "not-seated");
    assert_eq!(code(desk.unpin_seat(&hq(), &city(), &a.0, "误")), "seat-not-pinned");
    for (id, _) in [a, b, c] {
        assert_eq!(code(desk.pin_seat(&hq(), &city(), id, "轮椅")), "ok");
    }
    let pins = desk.view().pins(&city()).unwrap();
    assert_eq!((pins.len(), pins[&a.0].seat, &pins[&c.0].room, pins[&a.0].reason.as_str()), (3, a.1.seat, &c.1.room, "轮椅"));
    assert_eq!(swap(&mut desk, &a.0, free, "换座"), "seat-pinned");
    assert_eq!(swap(&mut desk, free, &a.0, "换座"), "seat-pinned");
    let people = desk.view().seats(&city()).unwrap().len();
    let mut stayed = 0;
    for seed in 0..20 {
        let out = desk.draw_seats(&hq(), &city(), &format!("第{seed}次")).unwrap();
        assert_eq!(desk.verify_seats(&city()).unwrap(), [], "{seed}");
        let seats = desk.view().seats(&city()).unwrap();
        for (id, seat) in [a, b, c] {
            assert_eq!(seats[id], *seat, "{seed}: seat and number");
        }
        let places: std::collections::BTreeSet<_> = seats.values().map(|s| (&s.site, &s.room, s.seat)).collect();
        assert_eq!((seats.len(), places.len(), out.draw.people as usize), (people, people, people), "no seat twice");
        assert_eq!(out.draw.pairs, out.rooms.iter().map(|r| r.pairs).sum::<u32>());
        stayed += usize::from(seats[free] == here[3].1);
        assert_eq!(desk.view().moved(&city()).unwrap(), 0);
    }
    assert!(stayed < 10, "everyone else is drawn");
    // Taken back, the seat is anyone's at the next draw.
    assert_eq!(code(desk.unpin_seat(&hq(), &city(), &a.0, "不再需要")), "ok");
    assert_eq!(swap(&mut desk, &a.0, free, ""), "ok");
    assert_eq!(desk.view().pins(&city()).unwrap().len(), 2);
    let mut left = false;
    for seed in 0..3 {
        desk.draw_seats(&hq(), &city(), &seed.to_string()).unwrap();
        left |= desk.view().seat(&city(), &a.0).unwrap().unwrap() != a.1;
    }
    assert!(left);
    // Whoever is withdrawn leaves the pinned seat behind.
    desk.withdraw(&hq(), &city(), &c.0, "因病").unwrap();
    desk.draw_seats(&hq(), &city(), "再次").unwrap();
    assert!(desk.view().seat(&city(), &c.0).unwrap().is_none());
    assert_eq!(desk.view().seat(&city(), &b.0).unwrap().unwrap(), b.1);
}
