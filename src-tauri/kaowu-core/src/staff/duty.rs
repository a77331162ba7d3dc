//! Who invigilates in which room: drawn by lot, with as few rooms as can be in which an invigilator meets people of their
//! own unit, and a proof that no fewer can be had.
//!
//! A room is clean when both its invigilators are strangers to it. Each room is two vertices joined to one another and to
//! every stranger; a pairing of that graph has as many pairs as there are rooms, and one more for each clean room. So the
//! most clean rooms come from the most pairs, and the bound on pairs is a bound on rooms.

use super::fault::StaffRefusal;
use super::matching::Pairing;
use crate::identity::{RoomNumber, SiteCode, UnitCode};
use crate::seating::CounterRng;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// Invigilators of a room (RULES.md §5): whoever signs for it.
pub const A_ROOM: usize = 2;

/// What a draw is made from; both lists in order of their ids.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DutyInputs {
    /// Who may be drawn.
    pub people: Vec<DutyPerson>,
    /// Where they are needed.
    pub rooms: Vec<DutyRoom>,
}

/// Somebody who may be drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DutyPerson {
    /// Id.
    pub id: String,
    /// Their unit, as candidates are kept apart by it; none where it is nobody's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitCode>,
}

/// A room that needs two.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DutyRoom {
    /// The room.
    pub room: RoomNumber,
    /// Units of its candidates.
    pub units: BTreeSet<UnitCode>,
}

/// What came of a draw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DutyDrawn {
    /// The rooms in order, each with two ids.
    pub rooms: Vec<(RoomNumber, [String; A_ROOM])>,
    /// Who is left over, in the order of the lot: reserves.
    pub reserves: Vec<String>,
    /// Rooms with an invigilator of a candidate's own unit.
    pub own: u32,
    /// No draw from these people has fewer.
    pub bound: u32,
}

impl DutyInputs {
    fn strangers(&self, room: usize, person: usize) -> bool {
        self.people[person].unit.as_ref().is_none_or(|unit| !self.rooms[room].units.contains(unit))
    }

    /// Whether one of these meets people of their own unit in a room.
    pub fn meets_own(&self, room: &RoomNumber, ids: &[String]) -> bool {
        let units = self.rooms.iter().find(|r| r.room == *room).map(|r| &r.units);
        let of = |id: &String| self.people.iter().find(|p| p.id == *id).and_then(|p| p.unit.as_ref());
        units.is_some_and(|units| ids.iter().filter_map(of).any(|unit| units.contains(unit)))
    }
}

impl DutyDrawn {
    /// SHA-256 over rooms and ids, a line a room.
    pub fn hash(&self) -> String {
        let mut sha = Sha256::new();
        for (room, [a, b]) in &self.rooms {
            sha.update(format!("{room} {a} {b}\n"));
        }
        hex::encode(sha.finalize())
    }
}

/// Draws invigilators for the rooms of a site. The same seed and inputs give the same draw on every machine.
pub fn draw_duties(site: &SiteCode, seed: &str, inputs: &DutyInputs) -> Result<DutyDrawn, StaffRefusal> {
    let (rooms, people) = (inputs.rooms.len(), inputs.people.len());
    if people < A_ROOM * rooms {
        return Err(StaffRefusal::InvigilatorsFew { site: site.clone(), there: people, needed: A_ROOM * rooms });
    }
    let mut rng = CounterRng::new(seed);
    let (mut lot, mut order): (Vec<usize>, Vec<usize>) = ((0..people).collect(), (0..rooms).collect());
    rng.shuffle(&mut lot);
    rng.shuffle(&mut order);
    let mut given: Vec<Option<[usize; A_ROOM]>> = vec![None; rooms];
    let mut free = vec![true; people];
    for &room in &order {
        let mut two = lot.iter().copied().filter(|p| free[*p] && inputs.strangers(room, *p));
        if let (Some(a), Some(b)) = (two.next(), two.next()) {
            (free[a], free[b]) = (false, false);
            given[room] = Some([a, b]);
        }
    }
    let mut bound = 0;
    if given.iter().any(Option::is_none) {
        bound = improve(inputs, &lot, &mut given);
        free.fill(true);
        given.iter().flatten().flatten().for_each(|p| free[*p] = false);
    }
    // What cannot be clean takes who is left, strangers first.
    let mut own = 0;
    for &room in &order {
        if given[room].is_none() {
            let mut left: Vec<usize> = lot.iter().copied().filter(|p| free[*p]).collect();
            left.sort_by_key(|p| !inputs.strangers(room, *p));
            if let [a, b, ..] = left[..] {
                (free[a], free[b]) = (false, false);
                given[room] = Some([a, b]);
                own += 1;
            }
        }
    }
    let id = |p: usize| inputs.people[p].id.clone();
    let named = |(room, two): (&DutyRoom, Option<[usize; A_ROOM]>)| two.map(|[a, b]| (room.room.clone(), [id(a), id(b)]));
    Ok(DutyDrawn {
        rooms: inputs.rooms.iter().zip(given).filter_map(named).collect(),
        reserves: lot.into_iter().filter(|p| free[*p]).map(id).collect(),
        own,
        bound,
    })
}

/// Makes as many rooms clean as can be; returns how many cannot.
fn improve(inputs: &DutyInputs, lot: &[usize], given: &mut [Option<[usize; A_ROOM]>]) -> u32 {
    let rooms = given.len();
    let side = A_ROOM * rooms;
    let mut graph: Vec<Vec<usize>> = vec![Vec::new(); side + lot.len()];
    let mut pairs = Vec::new();
    let at: Vec<usize> = {
        let mut at = vec![0; lot.len()];
        lot.iter().enumerate().for_each(|(n, p)| at[*p] = side + n);
        at
    };
    for (room, two) in given.iter().enumerate() {
        let (a, b) = (A_ROOM * room, A_ROOM * room + 1);
        graph[a].push(b);
        graph[b].push(a);
        for &person in lot.iter().filter(|p| inputs.strangers(room, **p)) {
            for seat in [a, b] {
                graph[seat].push(at[person]);
                graph[at[person]].push(seat);
            }
        }
        match two {
            Some([p, q]) => pairs.extend([(a, at[*p]), (b, at[*q])]),
            None => pairs.push((a, b)),
        }
    }
    let mut pairing = Pairing::new(&graph, &pairs);
    pairing.grow();
    for (room, two) in given.iter_mut().enumerate() {
        let person = |seat: usize| pairing.mate(seat).filter(|m| *m >= side).map(|m| lot[m - side]);
        *two = person(A_ROOM * room).zip(person(A_ROOM * room + 1)).map(|(p, q)| [p, q]);
    }
    let clean = pairing.bound().saturating_sub(rooms);
    u32::try_from(rooms.saturating_sub(clean)).unwrap_or(u32::MAX)
}
