//! Whether a site packet is headquarters' own, and not older than what a laptop knows already.

use super::issue::Content;
use super::seed_of;
use crate::error::{DeskFault, Result};
use chrono::{DateTime, FixedOffset};
use kaowu_core::facts::{Only, Topic, Trust};
use kaowu_core::identity::DeviceId;
use kaowu_core::plan::Plan;
use kaowu_ledger::{Filter, Ledger, Logged, OPENING};
use kaowu_packet::keys::{Signer, public_bytes};
use kaowu_packet::{Files, Manifest, Opened, PacketError, read_site};

/// Where it stands in the entry of an opening.
const ISSUED: &str = "issued";
/// Where in a packet its content and its site's chain stand: named when they do not fit.
const SITE_CHAIN: &str = "chain/site.json";

/// Which packet it is: the device of headquarters that made it, how long that device's journal was, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Made {
    device: DeviceId,
    seq: u64,
    created: String,
}

impl Made {
    pub(super) fn of(manifest: &Manifest) -> Self {
        Self { device: manifest.device.clone(), seq: manifest.seq, created: manifest.created.clone() }
    }

    /// A receipt, which says in its content how long headquarters' journal was: its manifest tells of the site's. Earlier versions
    /// did not say.
    pub(super) fn of_receipt(manifest: &Manifest, at: u64) -> Self {
        Self { seq: at, ..Self::of(manifest) }
    }

    /// One device of headquarters numbers its packets; of two devices, and where no number was said, only their clocks speak.
    fn is_before(&self, other: &Self) -> bool {
        if self.device == other.device && self.seq.min(other.seq) > 0 {
            return self.seq < other.seq;
        }
        let time = |made: &Self| DateTime::<FixedOffset>::parse_from_rfc3339(&made.created).ok();
        time(self) < time(other)
    }
}

impl Made {
    /// As a detail of the entry of an opening, for people and for [`Made::read`]: when, number, device.
    pub(super) fn told(&self) -> (&'static str, String) {
        (ISSUED, format!("{} #{} {}", self.created, self.seq, self.device))
    }

    /// When headquarters made it, as it says.
    pub(super) fn created(&self) -> &str {
        &self.created
    }

    fn read(told: &str) -> Option<Self> {
        let mut words = told.split(' ');
        let (created, seq, device) = (words.next()?, words.next()?.strip_prefix('#')?, words.next()?);
        Some(Self { device: device.into(), seq: seq.parse().ok()?, created: created.to_owned() })
    }
}

/// Refuses a packet that headquarters' root does not stand behind in every part: its own chain, the trust it brings, the site's key.
pub(super) fn of_headquarters(packet: &Opened, content: &Content, plan: &Plan) -> Result<()> {
    packet.chain.expect_hq()?;
    packet.chain.expect_second(plan.event.second_signature.is_some())?;
    let broken = |name: &str| PacketError::ChainBroken { name: name.to_owned() };
    let brought = content.facts.iter().find(|fact| fact.topic == Trust::NAME).map(|fact| fact.value.clone());
    let brought: Trust = brought.and_then(|value| serde_json::from_value(value).ok()).ok_or_else(|| broken(Trust::NAME))?;
    packet.chain.expect_root(&brought.root)?;
    let above: Files = content.site_chain.iter().map(|(name, text)| (name.clone(), text.clone().into_bytes())).collect();
    let site = read_site(&above, &packet.chain.root, &packet.manifest.event, packet.manifest.mode)?;
    let key = Signer::from_seed(seed_of(&content.secrets.seed)?).public_bytes();
    let fits = site.site == content.post && packet.manifest.to == content.post && public_bytes(&site.key)? == key;
    if fits { Ok(()) } else { Err(broken(SITE_CHAIN).into()) }
}

/// Refuses, where a database is there, what another root vouches for, and what is older than the packet opened last: it would bring
/// back people who were withdrawn since, and words that were replaced.
pub(super) fn fits_here(ledger: &Ledger, packet: &Opened) -> Result<()> {
    if let Some(trust) = ledger.one::<Trust>(&Only)? {
        packet.chain.expect_root(&trust.value.root)?;
    }
    let made = Made::of(&packet.manifest);
    match later(&told_here(ledger, OPENING)?, &made) {
        Some(known) => Err(DeskFault::PacketOlder { packet: made.created, opened: known.created }.into()),
        None => Ok(()),
    }
}

/// Which packet of these that were taken here was made after this one.
pub(super) fn later(taken: &[Logged], made: &Made) -> Option<Made> {
    let told = |entry: &Logged| entry.entry.body.about.get(ISSUED).and_then(|told| told.as_str()).and_then(Made::read);
    taken.iter().filter_map(told).find(|known| made.is_before(known))
}

/// The entries of a kind by which this database was told something, under whichever key it wrote then.
pub(super) fn told_here(ledger: &kaowu_ledger::Reader, kind: &str) -> Result<Vec<Logged>> {
    let mut found = Vec::new();
    for feed in ledger.feeds()?.into_iter().filter(|feed| feed.own) {
        let filter = Filter { device: Some(feed.device), kind: Some(kind.to_owned()), ..Filter::default() };
        found.extend(ledger.entries(&filter, u32::MAX)?);
    }
    Ok(found)
}
