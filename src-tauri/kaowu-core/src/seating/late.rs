//! A late entry takes a spare seat: nobody who has one is disturbed.

use super::geometry::{Apart, Neighbours, RoomShape, touch};
use super::needs::Need;
use super::{Person, Seats};
use crate::identity::{IdNumber, RoomNumber, SiteCode, UnitCode};
use std::collections::BTreeMap;

/// The spare seat at which this person makes the fewest pairs: of the first unit, then (where they are hoped for) on
/// diagonals, then of the second unit; the first among equals. Rooms in use come before empty ones, which would ask for
/// invigilators. None if no seat is spare that gives the person what they need.
pub fn spare_seat(
    newcomer: &Person,
    seats: &Seats,
    people: &[Person],
    rooms: &[RoomShape],
    apart: Apart,
) -> Option<(SiteCode, RoomNumber, u16)> {
    let known: BTreeMap<&IdNumber, &Person> = people.iter().map(|p| (&p.id, p)).collect();
    let mut taken: BTreeMap<(&SiteCode, &RoomNumber), BTreeMap<u16, Option<&Person>>> = BTreeMap::new();
    for (id, (site, room, seat)) in seats {
        taken.entry((site, room)).or_default().insert(*seat, known.get(id).copied());
    }
    let unit = |p: &Person, n: usize| p.groups.get(n).or(p.groups.last()).cloned().unwrap_or_default();
    let mine: [UnitCode; 2] = [unit(newcomer, 0), unit(newcomer, 1)];
    let mut rooms: Vec<&RoomShape> = rooms.iter().collect();
    rooms.sort_by(|a, b| (&a.site, &a.room).cmp(&(&b.site, &b.room)));
    let none = BTreeMap::new();
    let mut best = None;
    for (order, shape) in rooms.into_iter().enumerate() {
        let here = taken.get(&(&shape.site, &shape.room)).unwrap_or(&none);
        let kept = here.values().flatten().any(|p| p.needs.contains(&Need::OwnRoom));
        if kept || (newcomer.needs.contains(&Need::OwnRoom) && !here.is_empty()) {
            continue;
        }
        let places = shape.seats();
        let beside = |at: usize, neighbours: Neighbours, n: usize| {
            let same = |p: &&super::Place| here.get(&p.number).copied().flatten().is_some_and(|other| unit(other, n) == mine[n]);
            places.iter().filter(|p| touch(**p, places[at], neighbours)).filter(same).count()
        };
        for (at, place) in places.iter().enumerate() {
            if here.contains_key(&place.number) || !newcomer.needs.iter().all(|need| need.fits(shape, *place)) {
                continue;
            }
            let binding = apart.binding();
            let hoped = if apart == Apart::EightWherePossible { beside(at, Neighbours::Eight, 0) } else { 0 };
            let cost = (here.is_empty(), beside(at, binding, 0), hoped, beside(at, binding, 1), order, place.number);
            if best.as_ref().is_none_or(|(least, _)| cost < *least) {
                best = Some((cost, (shape.site.clone(), shape.room.clone(), place.number)));
            }
        }
    }
    best.map(|(_, seat)| seat)
}
