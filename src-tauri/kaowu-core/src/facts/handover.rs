//! Packets issued, opened and merged.

use crate::identity::{DeviceId, EntryId, IdNumber, Operator, PartId, SiteCode, StageId};
use serde::{Deserialize, Serialize};

/// A site packet HQ issued; key: its post, `stage.part.site`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PacketFact {
    /// The site's public key, OpenSSH line.
    pub site_key: String,
    /// The site's age recipient, for receipts.
    pub site_box: String,
    /// The stage.
    pub stage: StageId,
    /// The part.
    pub part: PartId,
    /// The site.
    pub site: SiteCode,
    /// People in it.
    pub people: u32,
    /// SHA-256 of the file.
    pub sha256: String,
    /// SHA-256 over who sits where in it; empty where an earlier version issued it.
    #[serde(default)]
    pub seats: String,
    /// SHA-256 over who serves where in it; empty where an earlier version issued it.
    #[serde(default)]
    pub staff: String,
    /// Whether it is not known to have come to lie where it was to: another is to be issued.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unconfirmed: bool,
}

/// A key of the event that lies on a stick; key: which, and the SHA-256 of its file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeySavedFact {
    /// Where it was written.
    pub folder: String,
}

/// What a laptop was opened with; key: its device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpeningFact {
    /// The post: `stage.part.site`.
    pub post: String,
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

/// What a site was told: which stage, part and people its packet covers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BriefFact {
    /// Stage.
    pub stage: StageId,
    /// Part.
    pub part: PartId,
    /// Site.
    pub site: SiteCode,
    /// The people.
    pub people: Vec<IdNumber>,
}

/// How far a device's feed was merged at HQ; key: the device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MergeFact {
    /// The post it works for.
    pub post: String,
    /// Last number merged.
    pub seq: u64,
    /// The head there.
    pub head: EntryId,
    /// SHA-256 of the file.
    pub sha256: String,
    /// Who acts in it and was not named for that site then; nobody in an open event.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub strangers: Vec<Operator>,
}
