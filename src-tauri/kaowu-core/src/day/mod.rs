//! The exam room on the day: check-in, absence, incidents, room record (RULES.md §5).

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
