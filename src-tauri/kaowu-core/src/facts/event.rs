//! The event itself and whom it trusts.

use crate::journal::Mode;
use serde::{Deserialize, Serialize};

/// The event a database belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventFact {
    /// Unique id: the plan's event id and a random tail.
    pub id: String,
    /// Title from the plan.
    pub title: String,
    /// Live or drill.
    pub mode: Mode,
}

/// The plan in force, as its file stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanFact {
    /// The whole TOML text.
    pub text: String,
    /// SHA-256 of the text, hex.
    pub sha256: String,
}

/// The public keys every laptop of the event knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trust {
    /// HQ root key, OpenSSH public key line.
    pub root: String,
    /// age recipient of HQ.
    pub hq: String,
    /// age recipient of the escrow key.
    pub escrow: String,
}
