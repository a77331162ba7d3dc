//! Practice: imported exports, their rows, and who is meant by a name without ID number. Headquarters' alone.

use super::Topic;
use crate::identity::{IdNumber, UnitCode};
use crate::journal::Fact;
use crate::practice::{LoginRows, ScoreRows};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// An imported export; key: what it holds, its name without folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PracticeFile {
    /// SHA-256 of the file, hex.
    pub sha256: String,
    /// Rows with anything in them.
    pub rows: u64,
    /// Rows refused.
    pub refused: u64,
    /// People taken.
    pub people: u32,
    /// Units and names of those among them without ID number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unnamed: Vec<(UnitCode, String)>,
    /// Days, Mondays of weeks, or firsts of months of which it speaks, in order.
    pub covers: Vec<NaiveDate>,
}

/// Log-ins of one unit's people; key: the export's name, the unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LoginBlock {
    /// The day from which rows count theirs.
    pub from: NaiveDate,
    /// The rows.
    pub rows: LoginRows,
}

/// Scores of one unit's people; key: kind, Monday of the week or first of the month, the export's name, the unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ScoreBlock(pub ScoreRows);

/// Who is meant by a name without ID number; key: unit, name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PracticeMatch {
    /// The person; none: somebody of their own, who has no ID number in any export.
    pub is: Option<IdNumber>,
    /// Why.
    pub reason: String,
}

/// Whether packed rows of a fact are rows; every other fact is.
pub(super) fn sound(fact: &Fact) -> bool {
    let read = |name: &str| fact.value.get(name).cloned();
    match fact.topic.as_str() {
        LoginBlock::NAME => read("rows").is_none_or(|rows| serde_json::from_value::<LoginRows>(rows).is_ok_and(|rows| rows.sound())),
        ScoreBlock::NAME => fact.value.is_null() || serde_json::from_value::<ScoreRows>(fact.value.clone()).is_ok_and(|rows| rows.sound()),
        _ => true,
    }
}
