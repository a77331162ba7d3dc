//! People on duty, who serves where, who is recused, what inspectors saw.

use crate::identity::{IdNumber, PanelId, PartId, RoomNumber, SiteCode, StageId, UnitCode};
use crate::staff::{DutyInputs, Role};
use serde::{Deserialize, Serialize};

/// Somebody on duty; key: stage, id ([`crate::staff::staff_id`]).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StaffFact {
    /// Name.
    pub name: String,
    /// The unit they are of, where it is one of the plan's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitCode>,
    /// Their workplace as the list has it.
    pub workplace: String,
    /// What they do.
    pub role: Role,
    /// The site they serve at; none: wherever they are sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<SiteCode>,
    /// The panel they sit in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub panel: Option<PanelId>,
    /// Telephone; may be empty.
    pub phone: String,
    /// The list they came with.
    pub source: String,
    /// Their row there: judges of a panel are numbered in this order.
    pub row: u32,
}

/// The draw of a site's invigilators.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DutyDraw {
    /// The whole seed of this site.
    pub seed: String,
    /// How it was chosen; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub how: String,
    /// Why it was drawn again; empty for the first draw.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// What it was made from.
    pub inputs: DutyInputs,
    /// Rooms with an invigilator of a candidate's own unit.
    pub own: u32,
    /// No draw from these people has fewer.
    pub bound: u32,
    /// SHA-256 over who is where.
    pub hash: String,
}

impl DutyDraw {
    /// The whole seed of a site: the published one, and what it is for, so that no two sites draw alike.
    pub fn whole_seed(published: &str, (stage, part, site): (&StageId, &PartId, &SiteCode)) -> String {
        format!("{published}/{stage}/{part}/{site}")
    }

    /// The seed as it was published.
    pub fn published(&self, at: (&StageId, &PartId, &SiteCode)) -> &str {
        self.seed.strip_suffix(&Self::whole_seed("", at)).unwrap_or(&self.seed)
    }
}

/// Who serves in a room, as drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DutyFact {
    /// Their ids.
    pub staff: Vec<String>,
}

/// Somebody serves in another's place; key: stage, part, site, id of who does not serve.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StandIn {
    /// Id of who serves instead.
    pub by: String,
    /// Why.
    pub reason: String,
}

/// Whom a judge does not mark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Recused {
    /// One candidate.
    Candidate(IdNumber),
    /// Everybody of a unit and of the units below it.
    Unit(UnitCode),
}

impl Recused {
    /// The last part of the key.
    pub fn key(&self) -> String {
        match self {
            Self::Candidate(id) => format!("person:{id}"),
            Self::Unit(unit) => format!("unit:{unit}"),
        }
    }
}

/// A judge's recusal 回避; key: stage, part, the judge's id, whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecusalFact {
    /// Whom.
    pub from: Recused,
    /// Why.
    pub reason: String,
}

/// What an inspector 巡考 noted; it changes nothing. Key: its own id, made from device and number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InspectionFact {
    /// Stage.
    pub stage: StageId,
    /// Part.
    pub part: PartId,
    /// Site.
    pub site: SiteCode,
    /// Room; none: the site as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room: Option<RoomNumber>,
    /// When it was seen, RFC 3339.
    pub at: String,
    /// Who saw it.
    pub inspector: String,
    /// What was seen.
    pub seen: String,
}
