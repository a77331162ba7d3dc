//! Before the day: the closed roster, who came late, who withdrew, units that entered too few.

use super::Candidate;
use crate::identity::Operator;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Headquarters has closed the roster of a stage: from then on a change needs a reason and a second person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RosterClosed {
    /// The plan's day then.
    pub due: NaiveDate,
    /// Why it was closed before the day was over.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// A person entered, or whose entry was changed, after the roster was closed; key: stage, person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LateEntry {
    /// Entered, or changed.
    pub what: LateWhat,
    /// Why.
    pub reason: String,
    /// The two who did it.
    pub by: Vec<Operator>,
}

/// What came late.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LateWhat {
    /// The person.
    Entered,
    /// A particular of the person.
    Changed,
}

/// A person who withdrew; key: stage, person. Taken back when the person comes back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Withdrawal {
    /// Why.
    pub reason: String,
    /// The entry, as it comes back.
    pub candidate: Candidate,
}

/// HQ's word on a unit that entered fewer people than the plan asks for; key: stage, unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MinimumRuling {
    /// It may enter so few; fewer still is a new question.
    pub people: u32,
    /// Why.
    pub reason: String,
}
