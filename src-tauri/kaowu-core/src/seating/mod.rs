//! Rooms, seats and the draw (RULES.md §5, DESIGN.md §4).
//!
//! How to replay a draw, with nothing but SHA-256 and integers:
//!
//! 1. Draw numbers: block *i* (0, 1, 2 …) is SHA-256 of the text `SEED:i` in UTF-8; it gives four draws, its bytes taken
//!    eight at a time as big-endian integers. `below(n)` takes draws until one is less than 2⁶⁴ − (2⁶⁴ mod n), and gives it mod n.
//! 2. `shuffle(list)`: for k from the last index down to 1, exchange elements k and below(k + 1).
//! 3. People are sorted by ID number, then shuffled with seed `SEED/deal`. Rooms, in order of site and number, take as
//!    many as they have seats; the last takes the remainder.
//! 4. Units, largest first (equal ones by code), are dealt one person at a time, in shuffled order, to the room with the
//!    fewest of that unit, then with the most free seats, then the first.
//! 5. Each room is arranged by [`arrange`] with seed `SEED/SITE/ROOM`; its people are in the order they were dealt.
//!
//! People who are pinned take their seats before step 3: a room keeps a place for each of its own, a room that is not full
//! leaves its last free places empty, and in step 4 they count where they sit and come first in order of ID number (they
//! are still shuffled with the rest, and then left out). In step 5 nobody is exchanged with them.

mod arrange;
mod bound;
mod deal;
mod geometry;
mod rng;

pub use bound::least_pairs;
pub use deal::draw;
pub use geometry::{Corner, Neighbours, Numbering, Place, RoomShape};
pub use rng::CounterRng;

use crate::coded;
use crate::identity::{IdNumber, RoomNumber, SiteCode, UnitCode};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A person to be seated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Who.
    pub id: IdNumber,
    /// Units whose people sit apart, most important first: county, then city.
    pub groups: Vec<UnitCode>,
    /// The seat this person keeps.
    pub pin: Option<(SiteCode, RoomNumber, u16)>,
}

/// Where everyone sits: site, room, seat number.
pub type Seats = BTreeMap<IdNumber, (SiteCode, RoomNumber, u16)>;

/// A room's result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RoomResult {
    /// Site.
    pub site: SiteCode,
    /// Room.
    pub room: RoomNumber,
    /// People in it.
    pub people: u32,
    /// Neighbours of the same first unit.
    pub pairs: u32,
    /// The least number any arrangement of these people can have.
    pub bound: u32,
}

/// A plan of seats.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeatPlan {
    /// Where everyone sits.
    pub seats: Seats,
    /// Every room.
    pub rooms: Vec<RoomResult>,
}

/// Why there is no plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum SeatingError {
    /// Column vector unreadable.
    ColumnsUnreadable {
        /// Room.
        room: RoomNumber,
        /// As it stands.
        text: String,
    },
    /// Start corner unreadable.
    CornerUnreadable {
        /// Room.
        room: RoomNumber,
        /// As it stands.
        text: String,
    },
    /// Numbering unreadable.
    NumberingUnreadable {
        /// Room.
        room: RoomNumber,
        /// As it stands.
        text: String,
    },
    /// An unusable place the room does not have.
    PlaceUnknown {
        /// Room.
        room: RoomNumber,
        /// As it stands.
        text: String,
    },
    /// A pinned person whose seat does not exist among these rooms, or is another pinned person's.
    PinUnfit {
        /// Who.
        person: IdNumber,
        /// Room.
        room: RoomNumber,
        /// Seat.
        seat: u16,
    },
    /// Too few seats.
    SeatsShort {
        /// People.
        people: usize,
        /// Seats.
        seats: usize,
    },
}
coded!(SeatingError);

/// What is wrong with a plan of seats.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum SeatFault {
    /// A person without a seat.
    SeatMissing {
        /// Who.
        person: IdNumber,
    },
    /// A seat for someone who is not entered.
    SeatOfStranger {
        /// Who.
        person: IdNumber,
    },
    /// A seat the rooms do not have.
    SeatUnknown {
        /// Who.
        person: IdNumber,
        /// Room.
        room: RoomNumber,
        /// Seat.
        seat: u16,
    },
    /// Two people on one seat.
    SeatTwice {
        /// Room.
        room: RoomNumber,
        /// Seat.
        seat: u16,
    },
    /// A pinned person who sits elsewhere.
    PinLeft {
        /// Who.
        person: IdNumber,
        /// Room of the pin.
        room: RoomNumber,
        /// Seat of the pin.
        seat: u16,
    },
    /// More pairs than the least possible.
    PairsAboveBound {
        /// Room.
        room: RoomNumber,
        /// Pairs.
        pairs: u32,
        /// Least possible.
        bound: u32,
    },
}
coded!(SeatFault);

/// Checks any plan, ours or not, against the rules.
pub fn verify(seats: &Seats, people: &[Person], rooms: &[RoomShape], neighbours: Neighbours) -> Vec<SeatFault> {
    let mut faults = Vec::new();
    let known: BTreeMap<&IdNumber, &Person> = people.iter().map(|p| (&p.id, p)).collect();
    faults.extend(people.iter().filter(|p| !seats.contains_key(&p.id)).map(|p| SeatFault::SeatMissing { person: p.id.clone() }));
    faults.extend(seats.keys().filter(|id| !known.contains_key(id)).map(|id| SeatFault::SeatOfStranger { person: id.clone() }));
    let mut taken: BTreeSet<(&SiteCode, &RoomNumber, u16)> = BTreeSet::new();
    for (id, (site, room, seat)) in seats {
        let exists = rooms.iter().any(|r| r.site == *site && r.room == *room && r.seats().iter().any(|p| p.number == *seat));
        if !exists {
            faults.push(SeatFault::SeatUnknown { person: id.clone(), room: room.clone(), seat: *seat });
        }
        if !taken.insert((site, room, *seat)) {
            faults.push(SeatFault::SeatTwice { room: room.clone(), seat: *seat });
        }
    }
    for (person, pin) in people.iter().filter_map(|p| p.pin.as_ref().map(|pin| (p, pin))) {
        if seats.get(&person.id).is_some_and(|at| at != pin) {
            faults.push(SeatFault::PinLeft { person: person.id.clone(), room: pin.1.clone(), seat: pin.2 });
        }
    }
    let mut bounds = bound::Bounds::new(neighbours);
    for shape in rooms {
        let mut here: BTreeMap<u16, (&UnitCode, bool)> = BTreeMap::new();
        for (id, (site, room, seat)) in seats {
            if *site == shape.site && *room == shape.room {
                here.extend(known.get(id).and_then(|p| Some((*seat, (p.groups.first()?, p.pin.is_some())))));
            }
        }
        let places: Vec<Place> = shape.seats().into_iter().filter(|p| here.contains_key(&p.number)).collect();
        let units: Vec<(&UnitCode, bool)> = places.iter().map(|p| here[&p.number]).collect();
        let pins: Vec<Option<&UnitCode>> = units.iter().map(|(unit, pinned)| pinned.then_some(*unit)).collect();
        let mut counts: BTreeMap<&UnitCode, usize> = BTreeMap::new();
        units.iter().for_each(|(unit, _)| *counts.entry(unit).or_default() += 1);
        let pairs = geometry::edges(&places, neighbours).iter().filter(|(a, b)| units[*a].0 == units[*b].0).count();
        let (pairs, bound) = (u32::try_from(pairs).unwrap_or(u32::MAX), bounds.of(&places, &pins, counts));
        if pairs > bound {
            faults.push(SeatFault::PairsAboveBound { room: shape.room.clone(), pairs, bound });
        }
    }
    faults
}

#[cfg(test)]
mod tests;
