//! What people decide on the way from marks to awards.

use crate::figure::Mark;
use crate::identity::{IdNumber, Operator, UnitCode};
use crate::selection::Selected;
use serde::{Deserialize, Serialize};

/// HQ's confirmation of the weights of a composite, in the order of the plan's terms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weights {
    /// The weights; they sum to 1.
    pub weights: Vec<Mark>,
    /// Who confirmed.
    pub by: Vec<Operator>,
    /// Why; needed when they differ from the plan or marks exist already.
    pub reason: String,
}

/// HQ's own choice of a unit's teams (RULES.md §3.2); key: stage selected for, unit (a city).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Nomination {
    /// The teams.
    pub teams: Vec<UnitCode>,
    /// Why.
    pub reason: String,
}

/// The selection of a stage, as fixed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SelectionFact {
    /// The people.
    pub people: Vec<Selected>,
}

/// A substitution after selection; key: stage, who goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Substitution {
    /// Who comes in; none when nobody is left.
    pub comes: Option<IdNumber>,
    /// Why.
    pub reason: String,
    /// Who approved.
    pub approver: Operator,
}

/// How a held tie was resolved; key: the tie's own id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TieRuling {
    /// The tied (people's ID numbers or unit codes), best first.
    pub order: Vec<String>,
    /// By what.
    pub how: TieHow,
    /// Who watched or decided.
    pub by: Vec<Operator>,
    /// Document or record it rests on.
    pub reason: String,
}

/// By what a held tie was resolved (RULES.md §3.6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TieHow {
    /// A further key of the plan.
    Key,
    /// An extra test.
    ExtraTest,
    /// Lots drawn outside the program.
    Lots,
}

/// HQ's confirmation of an award.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AwardConfirmation {
    /// The winners.
    pub deeds: Vec<Deed>,
    /// Number of the document.
    pub document: String,
}

/// One winner of an award.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deed {
    /// ID number of a person or code of a unit.
    pub winner: String,
    /// Name as on the certificate.
    pub name: String,
    /// Rank in the standing, when one decided.
    pub rank: Option<u32>,
    /// On what grounds.
    pub grounds: String,
}
