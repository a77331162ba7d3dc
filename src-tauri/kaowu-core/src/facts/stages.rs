//! What headquarters decides and enters about the stages that others hold.

use crate::identity::{IdNumber, UnitCode};
use serde::{Deserialize, Serialize};

/// HQ's own choice of a team's substitutes (RULES.md §3.13); key: the delegation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TeamSubstitutes {
    /// The substitutes.
    pub substitutes: Vec<IdNumber>,
    /// Why.
    pub reason: String,
}

/// The people whom the department named for a team; key: the team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NamedTeam {
    /// The unit they are of.
    pub unit: UnitCode,
    /// Who.
    pub people: Vec<IdNumber>,
    /// Number of the document.
    pub document: String,
    /// Why they were named anew, where they were.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// What a team brought home; key: the team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TeamResult {
    /// The unit it was of.
    pub unit: UnitCode,
    /// The team's place.
    pub place: u32,
    /// Whether it goes on to the next stage.
    pub promoted: bool,
    /// Each member's own result.
    pub people: Vec<MemberResult>,
    /// Number of the document.
    pub document: String,
    /// Why it was entered anew, where it was.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// What a member achieved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MemberResult {
    /// Who.
    pub id: IdNumber,
    /// What the person was in the team.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub role: String,
    /// The place among everybody there, where the document gives one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<u32>,
    /// The result in the document's words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub result: String,
}
