//! Packets issued, opened and merged.

use crate::identity::{DeviceId, EntryId, IdNumber, PartId, SiteCode, StageId};
use serde::{Deserialize, Serialize};

/// A site packet HQ issued; key: site (or panel name), stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PacketFact {
    /// The site's public key, OpenSSH line.
    pub site_key: String,
    /// The parts it is for.
    pub parts: Vec<PartId>,
    /// People in it.
    pub people: u32,
    /// SHA-256 of the file.
    pub sha256: String,
}

/// What a laptop was opened with; states who it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpeningFact {
    /// The site.
    pub site: SiteCode,
    /// SHA-256 of the packet.
    pub sha256: String,
    /// The feed this device goes on with, when it replaces another.
    pub continues: Option<Continues>,
}

/// The end of a feed another device goes on from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Continues {
    /// The device that wrote it.
    pub device: DeviceId,
    /// Its last known number.
    pub seq: u64,
    /// The id there.
    pub head: EntryId,
}

/// What a site was told: which stage, parts and people its packet covers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BriefFact {
    /// Stage.
    pub stage: StageId,
    /// Parts.
    pub parts: Vec<PartId>,
    /// The people.
    pub people: Vec<IdNumber>,
}

/// A handover merged at HQ; key: device, running number of the merge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MergeFact {
    /// The site.
    pub site: SiteCode,
    /// Last number merged.
    pub seq: u64,
    /// The head there.
    pub head: EntryId,
    /// SHA-256 of the file.
    pub sha256: String,
}
