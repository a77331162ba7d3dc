//! The exam room on the day: check-in, absence, incidents, room record (RULES.md §5).

mod admission;
mod incident;
mod room_record;

pub use admission::{Arrival, PersonState, admit, may_fix_absence};
pub use incident::{check_incident, only_grows, report_id};
pub use room_record::{RecordFault, RoomFacts, check_record};

use crate::coded;
use crate::identity::{Operator, RoomNumber, SiteCode};
use serde::{Deserialize, Serialize};

/// Times of a written part in minutes relative to its start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Times {
    /// Doors open.
    pub doors: i64,
    /// Last entry; absence may be fixed from here on.
    pub last_entry: i64,
    /// Earliest hand-in.
    pub earliest_hand_in: i64,
    /// Reminder, relative to the end.
    pub reminder: i64,
}

/// What a confirmed incident takes away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Voids {
    /// A note only.
    Nothing,
    /// The part it happened in.
    Part,
    /// All parts of the event.
    AllParts,
}

/// A clause of the incident catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clause {
    /// Short id: `6-1`.
    pub id: String,
    /// The article it stands in.
    pub article: String,
    /// What the person did.
    pub text: String,
    /// Its effect once HQ has confirmed it.
    pub voids: Voids,
}

/// Why the exam room says no (RULES.md §5).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum Refusal {
    /// Nobody of that number or ID number.
    PersonUnknown {
        /// As shown.
        document: String,
    },
    /// The person sits in another room.
    OtherRoom {
        /// Who.
        name: String,
        /// Site.
        site: SiteCode,
        /// Room.
        room: RoomNumber,
        /// Seat.
        seat: u16,
    },
    /// The person is not entered for this part.
    OtherSession {
        /// Who.
        name: String,
    },
    /// Already let in.
    AlreadyCheckedIn {
        /// Who.
        name: String,
        /// When.
        at: String,
        /// By whom.
        by: Operator,
    },
    /// Before the doors open.
    TooEarly {
        /// When they open.
        opens: String,
    },
    /// After the last entry.
    TooLate {
        /// When it was.
        closed: String,
    },
    /// Fixed as absent.
    FixedAbsent {
        /// Who.
        name: String,
    },
    /// Not eligible.
    Excluded {
        /// Who.
        name: String,
        /// Why.
        why: String,
    },
    /// Absence cannot be fixed before the last entry.
    AbsenceTooEarly {
        /// From when on.
        from: String,
    },
    /// A clause the plan does not have.
    ClauseUnknown {
        /// As given.
        clause: String,
        /// What there is.
        known: Vec<String>,
    },
    /// An incident or record is by two different invigilators.
    TwoInvigilators,
    /// An incident without what happened.
    FactsMissing,
}
coded!(Refusal);

#[cfg(test)]
mod tests;
