use super::*;
use proptest::prelude::*;

pub(super) fn room(number: &str, columns: &str) -> RoomShape {
    RoomShape::read(&"3201-01".into(), &number.into(), columns, "左前", "S", "").unwrap()
}

pub(super) fn people(units: &[usize]) -> Vec<Person> {
    let mut out = Vec::new();
    for (unit, count) in units.iter().enumerate() {
        for n in 0..*count {
            out.push(Person {
                id: format!("{unit:03}{n:03}").as_str().into(),
                groups: vec![format!("U{unit}").as_str().into(), "C".into()],
                pin: None,
                needs: BTreeSet::new(),
            });
        }
    }
    out
}

#[test]
fn numbers_run_as_the_room_says() {
    let check = |columns: &str, corner: &str, numbering: &str, unusable: &str, want: &str| {
        let shape = RoomShape::read(&"s".into(), &"r".into(), columns, corner, numbering, unusable).unwrap();
        let got = shape.seats().iter().map(|p| format!("{}{}", p.column, p.row)).collect::<Vec<_>>().join(" ");
        assert_eq!(got, want, "{columns} {corner} {numbering}");
        assert_eq!(RoomShape::from_fact(&"s".into(), &"r".into(), &shape.to_fact("考点")).unwrap(), shape);
    };
    check("2-3", "左前", "S", "", "00 01 12 11 10");
    check("2-3", "左前", "直排", "", "00 01 10 11 12");
    check("2-3", "右前", "S", "", "10 11 12 01 00");
    check("2-3", "左后", "S", "", "01 00 10 11 12");
    check("2-3", "右后", "straight", "", "12 11 10 01 00");
    check("2-3", "左前", "S", "1-2 2-1", "00 12 11");
    let refused = |columns: &str, corner: &str, numbering: &str, unusable: &str| {
        crate::coded::Coded::code(&RoomShape::read(&"s".into(), &"r".into(), columns, corner, numbering, unusable).unwrap_err())
    };
    assert_eq!(refused("7-x", "", "", ""), "columns-unreadable");
    assert_eq!(refused("7-0", "", "", ""), "columns-unreadable");
    assert_eq!(refused("7-8", "中间", "", ""), "corner-unreadable");
    assert_eq!(refused("7-8", "", "圈", ""), "numbering-unreadable");
    assert_eq!(refused("7-8", "", "", "3-1"), "place-unknown");
}

/// Worked out by the second implementation in `tests/verify/verify-seats`.
#[test]
fn published_vectors() {
    let text = include_str!("../../../../tests/vectors/seating/rng.toml");
    let vectors: toml::Table = toml::from_str(text).unwrap();
    for (seed, vector) in &vectors {
        let mut rng = CounterRng::new(seed);
        let draws: Vec<String> = (0..6).map(|_| rng.draw().to_string()).collect();
        assert_eq!(draws, vector["draws"].as_array().unwrap().iter().map(|v| v.as_str().unwrap().to_owned()).collect::<Vec<_>>(), "{seed}");
        let mut list: Vec<i64> = (0..10).collect();
        CounterRng::new(seed).shuffle(&mut list);
        assert_eq!(list, vector["shuffle"].as_array().unwrap().iter().map(|v| v.as_integer().unwrap()).collect::<Vec<_>>(), "{seed}");
    }
    assert!(vectors.len() >= 3);
}

/// f(k) against every choice of k seats.
#[test]
fn bound_by_brute_force() {
    for columns in ["3-3-3", "4-3", "1-5-2", "2-2-2-2", "4-4-4", "5"] {
        for neighbours in [Neighbours::Four, Neighbours::Eight] {
            let places = room("1", columns).seats();
            let edges = geometry::edges(&places, neighbours);
            let mut want = vec![u32::MAX; places.len() + 1];
            for set in 0_u32..1 << places.len() {
                let pairs = edges.iter().filter(|(a, b)| set & (1 << a) != 0 && set & (1 << b) != 0).count();
                let k = set.count_ones() as usize;
                want[k] = want[k].min(u32::try_from(pairs).unwrap());
            }
            assert_eq!(least_pairs(&places, neighbours), want, "{columns} {neighbours:?}");
        }
    }
}

/// The same among choices that take every seat pinned for the unit and none pinned for another.
#[test]
fn bound_around_the_pinned_by_brute_force() {
    use super::bound::{Held, least_pairs_around};
    let mut rng = CounterRng::new("pins");
    for columns in ["3-3-3", "4-3", "1-5-2", "4-4-4"] {
        for neighbours in [Neighbours::Four, Neighbours::Eight] {
            let places = room("1", columns).seats();
            let edges = geometry::edges(&places, neighbours);
            for _ in 0..12 {
                let held: Vec<Held> = places.iter().map(|_| [Held::Open, Held::Open, Held::Own, Held::Other][rng.below(4)]).collect();
                let mask = |wanted| held.iter().enumerate().filter(|(_, h)| **h == wanted).fold(0_u32, |m, (n, _)| m | 1 << n);
                let (own, other) = (mask(Held::Own), mask(Held::Other));
                let mut want = vec![u32::MAX; places.len() + 1];
                for set in (0_u32..1 << places.len()).filter(|set| set & own == own && set & other == 0) {
                    let pairs = edges.iter().filter(|(a, b)| set & (1 << a) != 0 && set & (1 << b) != 0).count();
                    let k = set.count_ones() as usize;
                    want[k] = want[k].min(u32::try_from(pairs).unwrap());
                }
                assert_eq!(least_pairs_around(&places, &held, neighbours), want, "{columns} {neighbours:?} {held:?}");
            }
        }
    }
}

/// Neighbours of one unit, counted anew from the seats.
fn pairs_of(plan: &SeatPlan, all: &[Person], shape: &RoomShape) -> u32 {
    let unit = |n: u16| {
        let id = plan.seats.iter().find(|(_, at)| at.1 == shape.room && at.2 == n).map(|(id, _)| id)?;
        all.iter().find(|p| p.id == *id).map(|p| p.groups[0].clone())
    };
    let places = shape.seats();
    let same = |a: usize, b: usize| unit(places[a].number).is_some_and(|u| unit(places[b].number) == Some(u));
    u32::try_from(geometry::edges(&places, Neighbours::Four).into_iter().filter(|(a, b)| same(*a, *b)).count()).unwrap()
}

#[test]
fn the_pinned_stay_whatever_the_seed() {
    let rooms = [room("001", "4-4-4"), room("002", "5-5"), room("003", "6-6-6")];
    let pin = |all: &mut Vec<Person>, id: &str, room: &str, seat: u16| {
        all.iter_mut().find(|p| p.id.as_str() == id).unwrap().pin = Some(("3201-01".into(), room.into(), seat));
    };
    // Two of one unit side by side; one in the last seat of a room that is not full.
    let pins = [("000000", "001", 1), ("000001", "001", 2), ("001003", "002", 5), ("002000", "003", 18), ("004001", "003", 1)];
    for units in [vec![6, 6, 6, 6, 6], vec![14, 5, 4, 4, 3], vec![9, 4, 1, 0, 2], vec![2, 4, 1, 0, 2]] {
        let mut all = people(&units);
        pins.iter().for_each(|(id, room, seat)| pin(&mut all, id, room, *seat));
        let mut plans = std::collections::BTreeSet::new();
        for seed in 0..20 {
            let plan = draw(&all, &rooms, &seed.to_string(), Neighbours::Four).unwrap();
            for (id, room, seat) in pins {
                assert_eq!(plan.seats[&id.into()], ("3201-01".into(), room.into(), seat), "{units:?} {seed}");
            }
            let taken: BTreeSet<_> = plan.seats.values().collect();
            assert_eq!((taken.len(), plan.seats.len()), (all.len(), all.len()), "no seat twice");
            for (result, shape) in plan.rooms.iter().zip(&rooms) {
                assert_eq!(result.pairs, pairs_of(&plan, &all, shape), "{units:?} {seed} {}", shape.room);
            }
            assert_eq!(plan.rooms.iter().map(|r| r.people as usize).sum::<usize>(), all.len());
            // The pair that is pinned is a pair of every plan, and the bound says so.
            assert!(plan.rooms[0].bound >= 1 && plan.rooms.iter().all(|r| r.pairs == r.bound), "{units:?} {seed} {:?}", plan.rooms);
            assert_eq!(verify(&plan.seats, &all, &rooms, Neighbours::Four), []);
            plans.insert(format!("{:?}", plan.seats));
        }
        assert!(plans.len() > 10, "everyone else is still drawn");
        let mut turned = all.clone();
        turned.reverse();
        assert_eq!(draw(&turned, &rooms, "s", Neighbours::Four), draw(&all, &rooms, "s", Neighbours::Four));
    }
    let mut all = people(&[4, 4]);
    let refused = |all: &[Person]| draw(all, &rooms, "s", Neighbours::Four).map(|_| ()).map_err(|e| crate::coded::Coded::code(&e));
    for (room, seat) in [("001", 13), ("001", 0), ("004", 1)] {
        pin(&mut all, "000000", room, seat);
        assert_eq!(refused(&all), Err("pin-unfit".into()), "{room} {seat}");
    }
    pin(&mut all, "000000", "001", 1);
    assert_eq!(refused(&all), Ok(()));
    pin(&mut all, "001000", "001", 1);
    assert_eq!(refused(&all), Err("pin-unfit".into()), "one seat for two");
}

#[test]
fn a_wide_room_has_a_bound_too() {
    let places = room("1", "10-10-10-10-10-10-10-10-10-10").seats();
    let least = least_pairs(&places, Neighbours::Four);
    assert_eq!((least[50], least[51], least[60]), (0, 1, 10));
}

/// Small rooms whole: the search reaches the best of all arrangements, or shows a gap to its bound that is real.
#[test]
fn search_meets_brute_force() {
    for units in [vec![3, 3, 3], vec![5, 2, 2], vec![7, 1, 1], vec![4, 4], vec![6, 3]] {
        let all = people(&units);
        let shape = room("1", "3-3-3");
        let plan = draw(&all, std::slice::from_ref(&shape), "s", Neighbours::Four).unwrap();
        let places = &shape.seats()[..all.len()];
        let edges = geometry::edges(places, Neighbours::Four);
        let mut least = u32::MAX;
        fn go(left: &mut Vec<usize>, order: &mut Vec<usize>, edges: &[(usize, usize)], least: &mut u32) {
            if left.iter().all(|n| *n == 0) {
                let pairs = edges.iter().filter(|(a, b)| order[*a] == order[*b]).count();
                *least = (*least).min(u32::try_from(pairs).unwrap());
            }
            for unit in 0..left.len() {
                if left[unit] > 0 {
                    left[unit] -= 1;
                    order.push(unit);
                    go(left, order, edges, least);
                    order.pop();
                    left[unit] += 1;
                }
            }
        }
        go(&mut units.clone(), &mut Vec::new(), &edges, &mut least);
        assert_eq!(plan.rooms[0].pairs, least, "{units:?}");
        assert!(plan.rooms[0].bound <= least);
    }
}

#[test]
fn a_trial_of_179_meets_its_bound() {
    let rooms: Vec<RoomShape> = (1..=6).map(|n| room(&format!("{n:03}"), "7-8-8-7")).collect();
    for units in [vec![4; 44], vec![80, 30, 30, 39], vec![100, 79], vec![179]] {
        let all = people(&units);
        let plan = draw(&all, &rooms, "2020", Neighbours::Four).unwrap();
        let sum = |f: fn(&RoomResult) -> u32| plan.rooms.iter().map(f).sum::<u32>();
        assert_eq!(sum(|r| r.pairs), sum(|r| r.bound), "{units:?}");
        assert!(verify(&plan.seats, &all, &rooms, Neighbours::Four).is_empty());
    }
}

#[test]
fn verify_finds_what_is_wrong() {
    let (all, rooms) = (people(&[4, 4, 4]), vec![room("001", "4-4-4")]);
    let good = draw(&all, &rooms, "s", Neighbours::Four).unwrap().seats;
    let check = |change: &dyn Fn(&mut Seats), want: &str| {
        let mut seats = good.clone();
        change(&mut seats);
        let codes: Vec<String> = verify(&seats, &all, &rooms, Neighbours::Four).iter().map(crate::coded::Coded::code).collect();
        assert!(codes.iter().any(|c| c == want), "{want}: {codes:?}");
    };
    let place = |n: u16| ("3201-01".into(), "001".into(), n);
    check(
        &|s| {
            s.remove(&"000000".into());
        },
        "seat-missing",
    );
    check(
        &|s| {
            s.insert("999".into(), place(1));
        },
        "seat-of-stranger",
    );
    check(
        &|s| {
            s.insert("000000".into(), place(13));
        },
        "seat-unknown",
    );
    check(
        &|s| {
            let other = s[&"000001".into()].clone();
            s.insert("000000".into(), other);
        },
        "seat-twice",
    );
    check(
        &|s| {
            for (n, p) in all.iter().enumerate() {
                s.insert(p.id.clone(), place(u16::try_from(n + 1).unwrap()));
            }
        },
        "pairs-above-bound",
    );
    let mut pinned = all.clone();
    pinned[0].pin = Some(place(good[&pinned[0].id].2 % 12 + 1));
    assert!(verify(&good, &pinned, &rooms, Neighbours::Four).iter().any(|f| matches!(f, SeatFault::PinLeft { .. })));
    assert!(matches!(draw(&people(&[13]), &rooms, "s", Neighbours::Four), Err(SeatingError::SeatsShort { people: 13, seats: 12 })));
}

proptest! {
    #[test]
    fn everyone_has_one_seat_and_the_seed_alone_decides(units in prop::collection::vec(0_usize..12, 1..8), seed in "[a-z]{1,6}", turn in 0_usize..50) {
        let all = people(&units);
        let rooms = [room("001", "3-4-4"), room("002", "5-5"), room("003", "8-8-8"), room("004", "10-10-10-10")];
        let plan = draw(&all, &rooms, &seed, Neighbours::Four).unwrap();
        prop_assert_eq!(plan.seats.len(), all.len());
        let mut turned = all.clone();
        if !turned.is_empty() { let by = turn % turned.len(); turned.rotate_left(by); }
        let mut back = rooms.to_vec();
        back.reverse();
        prop_assert_eq!(&draw(&turned, &back, &seed, Neighbours::Four).unwrap(), &plan);
        let faults: Vec<_> = verify(&plan.seats, &all, &rooms, Neighbours::Four).into_iter().filter(|f| !matches!(f, SeatFault::PairsAboveBound { .. })).collect();
        prop_assert!(faults.is_empty(), "{:?}", faults);
        prop_assert!(plan.rooms.iter().all(|r| r.pairs >= r.bound));
    }
}

/// Seats that were drawn once are drawn again by every later version: these hashes are never renewed.
#[test]
fn a_published_draw_is_replayed() {
    use sha2::{Digest, Sha256};
    let rooms = [room("001", "7-8-8-7"), room("002", "7-8-8-7"), room("003", "6-6-6-6-6"), room("004", "10-10-10-10-10-10-10-10-10-10")];
    for (units, seed, want) in [
        (vec![4; 15], "2020", "2ca1d04093e73744"),
        (vec![30, 20, 10, 25], "江苏", "7a46985d59dabf76"),
        (vec![60, 20, 9], "x", "0c8891c3e674affe"),
    ] {
        let plan = draw(&people(&units), &rooms, seed, Neighbours::Four).unwrap();
        let text: String = plan.seats.iter().map(|(id, (_, room, seat))| format!("{id} {room} {seat}\n")).collect();
        assert_eq!(&hex::encode(Sha256::digest(text))[..16], want, "{units:?} {seed}");
    }
}
