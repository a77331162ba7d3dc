//! What people decide on the way from marks to awards.

use crate::figure::Mark;
use crate::identity::{IdNumber, ListId, Operator, UnitCode};
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

/// A print run of certificates; key: its number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PrintRunFact {
    /// The award.
    pub award: ListId,
    /// Number of the first certificate printed.
    pub first: String,
    /// Number of the last.
    pub last: String,
    /// How many were printed.
    pub printed: u32,
    /// How many were asked for.
    pub total: u32,
    /// The template: its id, or the path of a file of the office's own.
    pub template: String,
    /// Moved to the right, in micrometres.
    pub right_um: i32,
    /// Moved down, in micrometres.
    pub down_um: i32,
    /// Picture of the seal, where one was printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seal: Option<String>,
    /// Picture behind everything, where another than the template's was printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub background: Option<String>,
    /// SHA-256 over template and pictures: a reprint looks like the print, or says that it cannot.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub look: String,
}

/// The sheet of a certificate; key: the certificate's number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SheetFact {
    /// The run that printed it.
    pub run: u32,
    /// Printed or void.
    pub state: Sheet,
    /// Why it is void, or was printed again.
    pub reason: Option<String>,
    /// The award.
    pub award: ListId,
    /// Whose: ID number of a person or code of a unit.
    pub winner: String,
    /// How many times it was printed again: the papers before are no longer good.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub issue: u32,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "the form that serde asks for")]
fn is_zero(n: &u32) -> bool {
    *n == 0
}

/// How a sheet is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sheet {
    /// Printed.
    Printed,
    /// Spoiled or withdrawn.
    Void,
    /// To be printed again, as people have said with a reason: the papers before are no longer good.
    Again,
}
