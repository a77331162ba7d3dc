//! The manifest: what a packet is and holds.

use crate::error::PacketError;
use kaowu_core::identity::{DeviceId, EntryId};
use kaowu_core::journal::{Mode, canonical};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The form of packets this program writes.
pub(crate) const VERSION: u64 = 1;

/// What a packet is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PacketKind {
    /// HQ → site.
    Site,
    /// Site → HQ.
    Handover,
    /// HQ → site: what was merged.
    Receipt,
    /// HQ → print room.
    Awards,
    /// HQ → records office: the whole event.
    Archive,
}

/// A file of the packet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileEntry {
    /// SHA-256, hex.
    pub sha256: String,
    /// Bytes.
    pub size: u64,
}

/// By what a packet is hashed and signed, so that it can be told apart when that changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Algorithms {
    /// Of files and entries.
    pub hash: String,
    /// Of entries, and of manifests as SSHSIG.
    pub signature: String,
    /// Of manifests, beside it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub second: Option<String>,
}

impl Default for Algorithms {
    fn default() -> Self {
        Self { hash: "sha-256".to_owned(), signature: "ed25519".to_owned(), second: None }
    }
}

/// What a packet says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Form, [`VERSION`].
    pub v: u64,
    /// What it is for.
    pub kind: PacketKind,
    /// Event's id.
    pub event: String,
    /// Event's title.
    pub title: String,
    /// Live or drill.
    pub mode: Mode,
    /// Whom it is from: a post, or `hq`.
    pub from: String,
    /// Whom it is for: a post, or `hq`.
    pub to: String,
    /// The device that made it.
    pub device: DeviceId,
    /// Last number of the journal it carries; 0 when none.
    pub seq: u64,
    /// Head of that journal.
    pub head: EntryId,
    /// Check code of that head, to compare over the telephone.
    pub check_code: String,
    /// When, RFC 3339.
    pub created: String,
    /// Its files, the chain included.
    pub files: BTreeMap<String, FileEntry>,
    /// By what it is hashed and signed; earlier versions named nothing and meant the same.
    #[serde(default)]
    pub algorithms: Algorithms,
}

impl Manifest {
    pub(crate) fn to_bytes(&self) -> Result<Vec<u8>, PacketError> {
        let value = serde_json::to_value(self).map_err(|_| PacketError::ManifestUnreadable)?;
        canonical(&value).map_err(|_| PacketError::ManifestUnreadable)
    }

    pub(crate) fn read(bytes: &[u8]) -> Result<Self, PacketError> {
        let value: serde_json::Value = serde_json::from_slice(bytes).map_err(|_| PacketError::ManifestUnreadable)?;
        match value.get("v").and_then(serde_json::Value::as_u64) {
            Some(version) if version > VERSION => Err(PacketError::PacketTooNew { version }),
            _ => serde_json::from_value(value).map_err(|_| PacketError::ManifestUnreadable),
        }
    }

    /// Refuses a packet of another event, or one that mixes drill and live, by name.
    pub fn expect(&self, kind: PacketKind, event: &str, title: &str, mode: Mode) -> Result<(), PacketError> {
        if self.kind != kind {
            let name = |k: PacketKind| serde_json::to_value(k).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default();
            return Err(PacketError::PacketOfOtherKind { kind: name(self.kind), wanted: name(kind) });
        }
        match (self.mode, mode) {
            (Mode::Drill, Mode::Live) => return Err(PacketError::PacketOfDrill { title: self.title.clone() }),
            (Mode::Live, Mode::Drill) => return Err(PacketError::PacketOfLive { title: self.title.clone() }),
            (Mode::Live, Mode::Live) | (Mode::Drill, Mode::Drill) => {}
        }
        if self.event != event {
            return Err(PacketError::PacketOfOtherEvent {
                title: format!("{}（{}）", self.title, self.event),
                wanted: format!("{title}（{event}）"),
            });
        }
        Ok(())
    }
}
