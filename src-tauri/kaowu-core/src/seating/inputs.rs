//! What a draw was made from, without anybody's ID number: enough for anyone to draw again and get the same seats.

use super::geometry::{Apart, RoomShape};
use super::needs::Need;
use super::{Person, RoomResult, SeatPlan, SeatingError, draw};
use crate::facts::RoomFact;
use crate::identity::{IdNumber, RoomNumber, SiteCode, UnitCode};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// Name of the form in which inputs are published.
pub const FORM: &str = "kaowu-draw/1";

/// The inputs of a draw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DrawInputs {
    /// [`FORM`].
    pub form: String,
    /// Who is kept apart.
    pub apart: Apart,
    /// People and rooms that are drawn together, in the order in which they are drawn.
    pub groups: Vec<GroupInputs>,
}

/// People and rooms that are drawn together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroupInputs {
    /// The whole seed of this group.
    pub seed: String,
    /// Its rooms.
    pub rooms: Vec<RoomInputs>,
    /// Every different list of units whose people sit apart, most important first.
    pub units: Vec<Vec<UnitCode>>,
    /// Everybody, in order of ID numbers: which of these lists is theirs, counted from 0.
    pub people: Vec<u32>,
    /// Who keeps a seat.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pins: Vec<PinInput>,
    /// Who needs what.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<NeedInput>,
}

/// A room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoomInputs {
    /// Site.
    pub site: SiteCode,
    /// Room.
    pub room: RoomNumber,
    /// Its form; the name of the site is left out.
    pub form: RoomFact,
}

/// A person, counted from 0 in the order of the group, who keeps a seat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PinInput {
    /// Who.
    pub person: u32,
    /// Site.
    pub site: SiteCode,
    /// Room.
    pub room: RoomNumber,
    /// Seat.
    pub seat: u16,
}

/// A person, counted from 0 in the order of the group, who needs something of a seat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NeedInput {
    /// Who.
    pub person: u32,
    /// What.
    pub needs: BTreeSet<Need>,
}

/// A seat: site, room, number.
pub type Seat = (SiteCode, RoomNumber, u16);

/// What came of a draw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawn {
    /// Everybody's seat, group after group, in the order of the inputs.
    pub seats: Vec<Seat>,
    /// Every room that was given, group after group.
    pub rooms: Vec<RoomResult>,
}

impl DrawInputs {
    /// Inputs without groups.
    pub fn new(apart: Apart) -> Self {
        Self { form: FORM.to_owned(), apart, groups: Vec::new() }
    }

    /// Draws: the only way in which seats come from a seed.
    pub fn draw(&self) -> Result<Drawn, SeatingError> {
        if self.form != FORM {
            return Err(SeatingError::InputsUnreadable { at: "form".to_owned(), text: self.form.clone() });
        }
        let mut out = Drawn { seats: Vec::new(), rooms: Vec::new() };
        for group in &self.groups {
            let drawn = group.draw(self.apart)?;
            out.seats.extend(drawn.seats);
            out.rooms.extend(drawn.rooms);
        }
        Ok(out)
    }
}

impl GroupInputs {
    /// From people and rooms; returns everybody's ID number in the order of the inputs.
    pub fn of(seed: &str, people: &[Person], rooms: &[RoomShape]) -> (Self, Vec<IdNumber>) {
        let mut order: Vec<&Person> = people.iter().collect();
        order.sort_by(|a, b| a.id.cmp(&b.id));
        let mut index: BTreeMap<&[UnitCode], u32> = order.iter().map(|p| (p.groups.as_slice(), 0)).collect();
        index.values_mut().zip(0..).for_each(|(at, n)| *at = n);
        let room = |r: &RoomShape| RoomInputs { site: r.site.clone(), room: r.room.clone(), form: r.to_fact("") };
        let mut out = Self {
            seed: seed.to_owned(),
            rooms: rooms.iter().map(room).collect(),
            units: index.keys().map(|units| units.to_vec()).collect(),
            people: Vec::with_capacity(order.len()),
            pins: Vec::new(),
            needs: Vec::new(),
        };
        for (person, n) in order.iter().zip(0..) {
            out.people.push(index[person.groups.as_slice()]);
            if let Some((site, room, seat)) = person.pin.clone() {
                out.pins.push(PinInput { person: n, site, room, seat });
            }
            if !person.needs.is_empty() {
                out.needs.push(NeedInput { person: n, needs: person.needs.clone() });
            }
        }
        (out, order.into_iter().map(|p| p.id.clone()).collect())
    }

    /// The rooms.
    pub fn shapes(&self) -> Result<Vec<RoomShape>, SeatingError> {
        self.rooms.iter().map(|r| RoomShape::from_fact(&r.site, &r.room, &r.form)).collect()
    }

    /// The people, named by their positions.
    pub fn persons(&self) -> Result<Vec<Person>, SeatingError> {
        let unreadable = |at: &str, n: u32| SeatingError::InputsUnreadable { at: at.to_owned(), text: n.to_string() };
        let units = |n: &u32| usize::try_from(*n).ok().and_then(|n| self.units.get(n)).cloned().ok_or_else(|| unreadable("people", *n));
        let named = |(n, of): (usize, &u32)| {
            Ok(Person { id: format!("{n:08}").as_str().into(), groups: units(of)?, pin: None, needs: BTreeSet::new() })
        };
        let mut people: Vec<Person> = self.people.iter().enumerate().map(named).collect::<Result<_, _>>()?;
        let at = |list: &str, n: u32| {
            let found = usize::try_from(n).ok().filter(|n| *n < self.people.len());
            found.ok_or_else(|| unreadable(list, n))
        };
        for pin in &self.pins {
            people[at("pins", pin.person)?].pin = Some((pin.site.clone(), pin.room.clone(), pin.seat));
        }
        for need in &self.needs {
            people[at("needs", need.person)?].needs.clone_from(&need.needs);
        }
        Ok(people)
    }

    /// Draws the seats of this group; errors name people by their positions ([`SeatingError::naming`]).
    pub fn draw(&self, apart: Apart) -> Result<Drawn, SeatingError> {
        let SeatPlan { seats, rooms } = draw(&self.persons()?, &self.shapes()?, &self.seed, apart)?;
        // Names are positions with leading zeros, so that their order is that of the inputs.
        Ok(Drawn { seats: seats.into_values().collect(), rooms })
    }
}

impl SeatingError {
    /// The same, with ID numbers in place of positions.
    #[must_use]
    pub fn naming(mut self, ids: &[IdNumber]) -> Self {
        if let Self::PinUnfit { person, .. } | Self::NeedUnfit { person, .. } = &mut self
            && let Some(id) = person.as_str().parse().ok().and_then(|n: usize| ids.get(n))
        {
            *person = id.clone();
        }
        self
    }
}

/// Hash of seats as they are published: `POSITION SITE ROOM SEAT` of everybody, a line each, positions from 1 over all groups.
pub fn public_hash(seats: &[Seat]) -> String {
    let mut sha = Sha256::new();
    for ((site, room, seat), n) in seats.iter().zip(1..) {
        let n: u32 = n;
        sha.update(format!("{n} {site} {room} {seat}\n"));
    }
    hex::encode(sha.finalize())
}
