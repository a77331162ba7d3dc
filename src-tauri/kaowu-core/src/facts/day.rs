//! What happens in a room on the day.

use crate::identity::{CandidateNumber, DeviceId, IdNumber, Operator, PartId, RoomNumber, SiteCode, StageId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A person let in; when and by whom stand in the entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AdmissionFact {
    /// Site.
    pub site: SiteCode,
    /// Room.
    pub room: RoomNumber,
}

/// A person found absent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AbsenceFact {
    /// Site.
    pub site: SiteCode,
    /// Room.
    pub room: RoomNumber,
}

/// An incident 违纪 as the room reports it; key: its own id, made from device and time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IncidentFact {
    /// Stage.
    pub stage: StageId,
    /// Part.
    pub part: PartId,
    /// Site.
    pub site: SiteCode,
    /// Room.
    pub room: RoomNumber,
    /// Seat.
    pub seat: u16,
    /// Person.
    pub person: IdNumber,
    /// Clause id of the plan's catalogue.
    pub clause: String,
    /// When, RFC 3339.
    pub at: String,
    /// What happened.
    pub facts: String,
    /// Two invigilators.
    pub invigilators: Vec<Operator>,
    /// Whether the candidate signed; if not, why.
    pub signature: Option<String>,
}

/// HQ's word on an incident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IncidentRuling {
    /// Upheld or dismissed.
    pub upheld: bool,
    /// Why.
    pub reason: String,
    /// What it is about, as it stood then: a laptop whose journal splits later takes nothing of it back. Earlier versions did not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub incident: Option<IncidentFact>,
}

/// A room record 考场情况记录单.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoomRecordFact {
    /// People expected.
    pub expected: u32,
    /// Present.
    pub present: u32,
    /// Absent.
    pub absent: u32,
    /// Their candidate numbers.
    pub absent_numbers: Vec<CandidateNumber>,
    /// Papers issued to the room.
    pub issued: u32,
    /// Papers used.
    pub used: u32,
    /// Papers of absent people.
    pub absent_papers: u32,
    /// Spare papers.
    pub spare: u32,
    /// Papers returned.
    pub returned: u32,
    /// Number of incidents.
    pub incidents: u32,
    /// Two invigilators.
    pub invigilators: Vec<Operator>,
}

/// A signature under a room: it covers what the journal held then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignOff {
    /// Last covered entry of each device.
    pub covers: BTreeMap<DeviceId, u64>,
    /// Check code of the head, as printed.
    pub check_code: String,
    /// Who signed.
    pub signers: Vec<Operator>,
}
