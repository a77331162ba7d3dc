//! Rooms, seats and the draw (RULES.md §5, DESIGN.md §4).
//!
//! A draw is worked out from SHA-256 and integers alone. `tests/vectors/seating/README.md` describes it for whoever wants
//! to do that again; `tests/verify/verify-seats` is a second implementation made from that page. What stands there is a
//! promise: seats that were drawn once come out the same in every version.

mod arrange;
mod bound;
mod check;
mod deal;
mod geometry;
mod inputs;
mod late;
mod needs;
mod rng;

pub use bound::{least_overall, least_pairs};
pub use check::{Checked, check, verify};
pub use deal::draw;
pub use geometry::{Apart, Corner, Neighbours, Numbering, Place, RoomShape, touch};
pub use inputs::{DrawInputs, Drawn, FORM, GroupInputs, NeedInput, PinInput, RoomInputs, Seat, public_hash};
pub use late::spare_seat;
pub use needs::Need;
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
    /// What this person needs of a seat.
    pub needs: BTreeSet<Need>,
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
    /// Who counts as a neighbour in these two figures.
    pub neighbours: Neighbours,
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
    /// A person for whom no room has a seat that gives them what they need, or whose pin does not.
    NeedUnfit {
        /// Who.
        person: IdNumber,
        /// What.
        need: Need,
    },
    /// Published inputs that nothing can be drawn from.
    InputsUnreadable {
        /// Where.
        at: String,
        /// What stands there.
        text: String,
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
    /// A person whose seat does not give them what they need.
    NeedUnmet {
        /// Who.
        person: IdNumber,
        /// What.
        need: Need,
        /// Room.
        room: RoomNumber,
        /// Seat.
        seat: u16,
    },
    /// A person with two seats.
    PersonTwice {
        /// Who.
        person: IdNumber,
        /// Row of the file, as Excel shows it.
        row: u32,
    },
    /// A row of a file whose seat is no number.
    SeatUnreadable {
        /// Row of the file, as Excel shows it.
        row: u32,
        /// As it stands.
        text: String,
    },
    /// A person whose row names another unit than the roster.
    UnitDiffers {
        /// Who.
        person: IdNumber,
        /// Row of the file, as Excel shows it.
        row: u32,
        /// As it stands.
        text: String,
    },
    /// The seats of a draw are not what its seed gives.
    ReplayDiffers {
        /// Position of the first person who differs, counted from 1.
        person: usize,
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

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
