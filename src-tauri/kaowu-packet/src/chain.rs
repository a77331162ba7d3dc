//! The chain of trust: statements that one key makes of another.

use crate::error::PacketError;
use crate::keys::{Signer, device_of, key_code, public_bytes, verified};
use kaowu_core::identity::{DeviceId, EntryId};
use kaowu_core::journal::{Mode, canonical};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

pub(crate) const NAMESPACE_SITE: &str = "kaowu-site";
pub(crate) const NAMESPACE_DEVICE: &str = "kaowu-device";
pub(crate) const NAMESPACE_MANIFEST: &str = "kaowu-manifest";
pub(crate) const ROOT: &str = "chain/root.pub";
const SITE: &str = "chain/site.json";
const DEVICE: &str = "chain/device.json";
/// Headquarters' post.
const HQ: &str = "hq";

/// The feed a device goes on from.
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

/// What one key says of another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// Event's id.
    pub event: String,
    /// Live or drill.
    pub mode: Mode,
    /// The post the key works for; `hq` for headquarters.
    pub site: String,
    /// The key, OpenSSH line.
    pub key: String,
    /// The feed it goes on from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub continues: Option<Continues>,
    /// The key of its second signature, PEM: then no manifest of it is right without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub second: Option<String>,
}

/// Whom a packet is from, proven.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Chain {
    /// The root key, OpenSSH line.
    pub root: String,
    /// The post; `hq` for headquarters.
    pub site: String,
    /// The device's key, OpenSSH line.
    pub device_key: String,
    /// The device's public key.
    pub public: [u8; 32],
    /// The device.
    pub device: DeviceId,
    /// The feed it goes on from.
    pub continues: Option<Continues>,
    /// The key of its second signature.
    pub second: Option<String>,
}

impl Chain {
    /// Refuses what is not headquarters' own: its device stands right under the root, and what a site's key vouches for is a
    /// site's, whatever it calls itself.
    pub fn expect_hq(&self) -> Result<(), PacketError> {
        if self.site == HQ { Ok(()) } else { Err(PacketError::NotOfHq { from: self.site.clone() }) }
    }

    /// Refuses what stands under another root than the one this machine knows.
    pub fn expect_root(&self, known: &str) -> Result<(), PacketError> {
        if public_bytes(&self.root)? == public_bytes(known)? {
            return Ok(());
        }
        Err(PacketError::RootDiffers { known: key_code(known)?, packet: key_code(&self.root)? })
    }

    /// Refuses what a plan wants signed twice and is signed once: a chain made without a second key asks for no second signature.
    pub fn expect_second(&self, wanted: bool) -> Result<(), PacketError> {
        if wanted && self.second.is_none() { Err(PacketError::SecondSignatureMissing) } else { Ok(()) }
    }
}

/// Files of a chain by name.
pub type Files = BTreeMap<String, Vec<u8>>;

fn signed(by: &Signer, namespace: &str, name: &str, statement: &Statement) -> Result<Files, PacketError> {
    let failed = |detail: String| PacketError::PacketFailed { detail };
    let value = serde_json::to_value(statement).map_err(|e| failed(e.to_string()))?;
    let bytes = canonical(&value).map_err(|e| failed(e.to_string()))?;
    let signature = by.sign(namespace, &bytes)?;
    Ok(Files::from([(name.to_owned(), bytes), (format!("{name}.sig"), signature.into_bytes())]))
}

/// The root says: this key is the site's.
pub fn certify_site(root: &Signer, statement: &Statement) -> Result<Files, PacketError> {
    let mut files = signed(root, NAMESPACE_SITE, SITE, statement)?;
    files.insert(ROOT.to_owned(), format!("{}\n", root.public_openssh()).into_bytes());
    Ok(files)
}

/// The site (or the root, for HQ's own) says: this key is a device's. `above` are the files of the chain so far.
pub fn certify_device(by: &Signer, above: &Files, statement: &Statement) -> Result<Files, PacketError> {
    let mut files = above.clone();
    files.entry(ROOT.to_owned()).or_insert_with(|| format!("{}\n", by.public_openssh()).into_bytes());
    files.extend(signed(by, NAMESPACE_DEVICE, DEVICE, statement)?);
    Ok(files)
}

fn text(files: &Files, name: &str) -> Result<String, PacketError> {
    files.get(name).and_then(|b| String::from_utf8(b.clone()).ok()).ok_or_else(|| PacketError::ChainMissing { name: name.to_owned() })
}

fn broken(name: &str) -> PacketError {
    PacketError::ChainBroken { name: name.to_owned() }
}

fn read(files: &Files, name: &str, (by, namespace): (&str, &str), (event, mode): (&str, Mode)) -> Result<Statement, PacketError> {
    let (bytes, signature) = (text(files, name)?, text(files, &format!("{name}.sig"))?);
    if !verified(by, namespace, bytes.as_bytes(), &signature) {
        return Err(broken(name));
    }
    let statement: Statement = serde_json::from_str(&bytes).map_err(|_| broken(name))?;
    if statement.event != event || statement.mode != mode { Err(broken(name)) } else { Ok(statement) }
}

/// What a root says of a site's key: the part of a chain above the site's devices.
pub fn read_site(files: &Files, root: &str, event: &str, mode: Mode) -> Result<Statement, PacketError> {
    read(files, SITE, (root, NAMESPACE_SITE), (event, mode))
}

/// Follows the chain from a root. Without `root` the packet's own is taken: then something else must vouch for it, as the
/// six words do for a site packet that is opened for the first time.
pub fn read_chain(files: &Files, root: Option<&str>, event: &str, mode: Mode) -> Result<Chain, PacketError> {
    let own = text(files, ROOT)?.trim().to_owned();
    let root_key = match root {
        Some(root) if public_bytes(root)? != public_bytes(&own)? => return Err(broken(ROOT)),
        Some(root) => root.to_owned(),
        None => own,
    };
    let (by, site) = if files.contains_key(SITE) {
        let statement = read_site(files, &root_key, event, mode)?;
        (statement.key, statement.site)
    } else {
        (root_key.clone(), HQ.to_owned())
    };
    let device = read(files, DEVICE, (&by, NAMESPACE_DEVICE), (event, mode))?;
    if device.site != site {
        return Err(broken(DEVICE));
    }
    let public = public_bytes(&device.key)?;
    Ok(Chain {
        root: root_key,
        site,
        device_key: device.key,
        public,
        device: device_of(&public),
        continues: device.continues,
        second: device.second,
    })
}
