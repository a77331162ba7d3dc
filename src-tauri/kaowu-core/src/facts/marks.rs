//! Marks as they are keyed and decided.

use crate::identity::{Operator, PanelId};
use crate::interview::PanelSheet;
use crate::marks::MarkValue;
use serde::{Deserialize, Serialize};

/// One pass over a written mark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyedMark {
    /// What was keyed.
    pub value: MarkValue,
    /// Who keyed it; the two passes are by two people.
    pub by: Operator,
}

/// A decision against the paper, or a correction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecidedMark {
    /// What holds.
    pub value: MarkValue,
    /// Who decided; a correction needs two people.
    pub by: Vec<Operator>,
    /// Why.
    pub reason: String,
}

/// How lots were drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LotDraw {
    /// The seed, when drawn by the program before witnesses; none when drawn from a box.
    pub seed: Option<String>,
    /// Who watched.
    pub witnesses: Vec<Operator>,
    /// Panels in parallel.
    pub panels: Vec<PanelId>,
}

/// One person's lot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lot {
    /// The panel.
    pub panel: PanelId,
    /// Place in the panel's order, from 1.
    pub order: u32,
}

/// One pass over the judges' sheets of one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyedSheet {
    /// The sheets.
    pub sheet: PanelSheet,
    /// The panel.
    pub panel: PanelId,
    /// Who keyed them.
    pub by: Operator,
}

/// A decision over a panel's sheets against the paper, or a correction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecidedSheet {
    /// What holds.
    pub sheet: PanelSheet,
    /// Who decided.
    pub by: Vec<Operator>,
    /// Why.
    pub reason: String,
}
