//! Any plan of seats against the rules, ours or not.

use super::bound::{Bounds, Settled};
use super::geometry::{Apart, Neighbours, Place, RoomShape, edges};
use super::needs::Need;
use super::{Person, RoomResult, SeatFault, Seats};
use crate::identity::{IdNumber, RoomNumber, SiteCode, UnitCode};
use std::collections::{BTreeMap, BTreeSet};

/// A plan of seats, looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// Every room in which somebody sits, in the order of the rooms given.
    pub rooms: Vec<RoomResult>,
    /// What is wrong.
    pub faults: Vec<SeatFault>,
}

/// Checks any plan, ours or not, against the rules.
pub fn verify(seats: &Seats, people: &[Person], rooms: &[RoomShape], apart: impl Into<Apart>) -> Vec<SeatFault> {
    check(seats, people, rooms, apart).faults
}

/// The same, with what every room came to. Where diagonals are only hoped for, a room counts them if it has none.
pub fn check(seats: &Seats, people: &[Person], rooms: &[RoomShape], apart: impl Into<Apart>) -> Checked {
    let apart = apart.into();
    let known: BTreeMap<&IdNumber, &Person> = people.iter().map(|p| (&p.id, p)).collect();
    let shapes: BTreeMap<(&SiteCode, &RoomNumber), (&RoomShape, Vec<Place>)> =
        rooms.iter().map(|r| ((&r.site, &r.room), (r, r.seats()))).collect();
    let mut faults = Vec::new();
    faults.extend(people.iter().filter(|p| !seats.contains_key(&p.id)).map(|p| SeatFault::SeatMissing { person: p.id.clone() }));
    faults.extend(seats.keys().filter(|id| !known.contains_key(id)).map(|id| SeatFault::SeatOfStranger { person: id.clone() }));
    let mut here: BTreeMap<(&SiteCode, &RoomNumber), BTreeMap<u16, &IdNumber>> = BTreeMap::new();
    for (id, (site, room, seat)) in seats {
        if !shapes.get(&(site, room)).is_some_and(|(_, places)| places.iter().any(|p| p.number == *seat)) {
            faults.push(SeatFault::SeatUnknown { person: id.clone(), room: room.clone(), seat: *seat });
        }
        if here.entry((site, room)).or_default().insert(*seat, id).is_some() {
            faults.push(SeatFault::SeatTwice { room: room.clone(), seat: *seat });
        }
    }
    for (person, at) in people.iter().filter_map(|p| seats.get(&p.id).map(|at| (p, at))) {
        if let Some(pin) = person.pin.as_ref().filter(|pin| *pin != at) {
            faults.push(SeatFault::PinLeft { person: person.id.clone(), room: pin.1.clone(), seat: pin.2 });
        }
        let Some((shape, places)) = shapes.get(&(&at.0, &at.1)) else { continue };
        let Some(place) = places.iter().find(|p| p.number == at.2) else { continue };
        let shared = here.get(&(&at.0, &at.1)).is_some_and(|all| all.len() > 1);
        let met = |need: &Need| if *need == Need::OwnRoom { !shared } else { need.fits(shape, *place) };
        let unmet = person.needs.iter().filter(|need| !met(need));
        let fault = |need: &Need| SeatFault::NeedUnmet { person: person.id.clone(), need: *need, room: at.1.clone(), seat: at.2 };
        faults.extend(unmet.map(fault));
    }
    let mut bounds = Bounds::default();
    let mut results = Vec::new();
    for shape in rooms {
        let Some(people) = here.get(&(&shape.site, &shape.room)) else { continue };
        let (_, places) = &shapes[&(&shape.site, &shape.room)];
        let result = result(shape, places, people, &known, apart, &mut bounds);
        if result.neighbours == apart.binding() && result.pairs > result.bound {
            faults.push(SeatFault::PairsAboveBound { room: shape.room.clone(), pairs: result.pairs, bound: result.bound });
        }
        results.push(result);
    }
    Checked { rooms: results, faults }
}

/// Pairs and bound of one room as it is seated; strangers sit beside nobody.
fn result(
    shape: &RoomShape,
    all: &[Place],
    here: &BTreeMap<u16, &IdNumber>,
    known: &BTreeMap<&IdNumber, &Person>,
    apart: Apart,
    bounds: &mut Bounds,
) -> RoomResult {
    let none = UnitCode::default();
    let seated: Vec<(Place, &Person)> =
        all.iter().filter_map(|p| here.get(&p.number).and_then(|id| known.get(id)).map(|person| (*p, *person))).collect();
    let places: Vec<Place> = seated.iter().map(|(p, _)| *p).collect();
    let units: Vec<&UnitCode> = seated.iter().map(|(_, p)| p.groups.first().unwrap_or(&none)).collect();
    let pairs_of = |neighbours| {
        let same = edges(&places, neighbours).iter().filter(|(a, b)| units[*a] == units[*b]).count();
        u32::try_from(same).unwrap_or(u32::MAX)
    };
    let wide = apart == Apart::EightWherePossible && pairs_of(Neighbours::Eight) == 0;
    let neighbours = if wide { Neighbours::Eight } else { apart.binding() };
    let pins: Vec<Option<&UnitCode>> = seated.iter().zip(&units).map(|((_, p), unit)| p.pin.is_some().then_some(*unit)).collect();
    let mut needs: Vec<(&UnitCode, Vec<usize>)> = Vec::new();
    for ((_, person), unit) in seated.iter().zip(&units).filter(|((_, p), _)| p.pin.is_none() && !p.needs.is_empty()) {
        let fits = |n: &usize| pins[*n].is_none() && person.needs.iter().all(|need| need.fits(shape, places[*n]));
        needs.push((unit, (0..places.len()).filter(fits).collect()));
    }
    let counts: BTreeSet<&UnitCode> = units.iter().copied().collect();
    let counts = counts.into_iter().map(|unit| (unit, units.iter().filter(|u| **u == unit).count()));
    let bound = bounds.of(&Settled { places: &places, pins: &pins, needs: &needs, neighbours }, counts);
    let people = u32::try_from(here.len()).unwrap_or(u32::MAX);
    RoomResult { site: shape.site.clone(), room: shape.room.clone(), people, pairs: pairs_of(neighbours), bound, neighbours }
}
