//! What is left of an event when personal data has been deleted: figures, hashes, and who deleted the rest.

use crate::figure::Mark;
use crate::identity::{DeviceId, EntryId, ListId, Operator, PartId, StageId, UnitCode};
use crate::spread::{Bar, Spread};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The deletion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClosingFact {
    /// The two who did it.
    pub by: Vec<Operator>,
    /// Number of the document that ordered it.
    pub document: String,
    /// When, RFC 3339.
    pub at: String,
    /// Until when the data had to be kept, as the plan says.
    pub kept_until: String,
    /// What was deleted: topic and count.
    pub deleted: BTreeMap<String, u64>,
    /// Every feed as it stood before.
    pub feeds: Vec<ClosedFeed>,
    /// Fingerprint of the live state before.
    pub fingerprint: String,
}

/// A device's feed as it stood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClosedFeed {
    /// The device.
    pub device: DeviceId,
    /// The site it worked for.
    pub site: String,
    /// Its public key, hex.
    pub key: String,
    /// Entries.
    pub entries: u64,
    /// Id of the last.
    pub head: EntryId,
}

/// Ids of a device's entries in order; key: device, number of the piece. A line an entry: number, id, kind, signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ClosedChain(pub Vec<String>);

/// Figures that name nobody.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClosingFigures {
    /// Parts in order.
    pub parts: Vec<PartFigure>,
    /// Standings without names.
    pub lists: Vec<ListFigure>,
    /// Awards confirmed.
    pub awards: Vec<AwardFigure>,
    /// Incidents by clause.
    pub incidents: Vec<IncidentFigure>,
    /// Notes of inspectors.
    pub inspections: u32,
    /// People on duty by role.
    pub staff: BTreeMap<String, u32>,
}

/// A part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartFigure {
    /// Stage.
    pub stage: StageId,
    /// Part.
    pub part: PartId,
    /// Turnout by unit of entry.
    pub units: Vec<UnitFigure>,
    /// Marks over ranges.
    pub bars: Vec<Bar>,
    /// All marks.
    pub all: Option<Spread>,
    /// Marks by outermost unit.
    pub spreads: Vec<SpreadFigure>,
}

/// A unit's turnout.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitFigure {
    /// The unit.
    pub unit: UnitCode,
    /// Entered.
    pub expected: u32,
    /// Of them absent.
    pub absent: u32,
    /// Of them void.
    pub void: u32,
}

impl UnitFigure {
    /// Of them present.
    pub fn present(&self) -> u32 {
        present_of(self.expected, self.absent)
    }
}

/// Who came, of those entered: whoever was not found absent.
pub fn present_of(expected: u32, absent: u32) -> u32 {
    expected.saturating_sub(absent)
}

/// A unit's marks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpreadFigure {
    /// The unit.
    pub unit: UnitCode,
    /// Their spread.
    pub of: Spread,
}

/// A standing without names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListFigure {
    /// The standing.
    pub list: ListId,
    /// Its rows in order.
    pub rows: Vec<GroupFigure>,
}

/// A place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroupFigure {
    /// Rank.
    pub rank: u32,
    /// The unit; of a person the unit of entry.
    pub unit: UnitCode,
    /// The published figure.
    pub total: Mark,
}

/// An award.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AwardFigure {
    /// The award.
    pub award: ListId,
    /// How many have it.
    pub winners: u32,
    /// The document.
    pub document: String,
}

/// Incidents of a clause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IncidentFigure {
    /// The clause.
    pub clause: String,
    /// Reported.
    pub reported: u32,
    /// Of them upheld.
    pub upheld: u32,
}
