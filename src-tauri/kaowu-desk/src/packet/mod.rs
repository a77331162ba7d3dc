//! Packets between HQ and sites (DESIGN.md §3).

mod board;
mod feeds;
mod genuine;
mod issue;
mod merge;
mod open;
mod receipt;
mod scope;
mod settle;
mod strangers;

pub use board::{PostState, PostStatus};
pub use feeds::TakenOver;
pub(crate) use feeds::feed_of;
pub use issue::Issued;
pub use merge::Merged;
pub(crate) use open::read_file;
pub use open::{HandedOver, Inspected, Opened};
pub use receipt::ReceiptRead;
pub(crate) use settle::settled_here;

use crate::error::{DeskFault, Result};
use crate::event::secret;
use crate::{Desk, View};
use kaowu_core::facts::{MergeFact, Only, PacketFact, RecusalFact, SeatFact, Trust};
use kaowu_core::identity::{IdNumber, PartId, SiteCode, StageId};
use kaowu_core::plan::SecondSignature;
use kaowu_packet::keys::{AgeIdentity, Signer};
use kaowu_packet::{Files, Opened as OpenPacket, Statement, certify_device, second_key};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// The plan in an archive.
pub(crate) const PLAN_FILE: &str = "plan.toml";

/// Files of a chain kept beside the journal: all of them are text.
fn chain_text(files: &Files) -> String {
    let texts: BTreeMap<&String, String> = files.iter().map(|(n, b)| (n, String::from_utf8_lossy(b).into_owned())).collect();
    serde_json::to_string(&texts).unwrap_or_default()
}

fn chain_files(text: &str) -> Files {
    let texts: BTreeMap<String, String> = serde_json::from_str(text).unwrap_or_default();
    texts.into_iter().map(|(n, t)| (n, t.into_bytes())).collect()
}

pub(crate) fn seed_of(hexed: &str) -> Result<[u8; 32]> {
    let mut seed = [0; 32];
    hex::decode_to_slice(hexed, &mut seed).map_err(|_| DeskFault::SecretDamaged)?;
    Ok(seed)
}

/// The post a packet is for: `stage.part.site`.
pub(crate) fn post_name(stage: &StageId, part: &PartId, site: &SiteCode) -> String {
    format!("{stage}.{part}.{site}")
}

impl Desk {
    pub(crate) fn kept(&self, name: &str) -> Result<String> {
        Ok(self.ledger.meta_get(name)?.ok_or(DeskFault::SecretDamaged)?)
    }

    pub(crate) fn device_signer(&self) -> Signer {
        Signer::from_seed(self.ledger.device_seed())
    }

    pub(crate) fn identity(&self, name: &str) -> Result<AgeIdentity> {
        Ok(AgeIdentity::parse(&self.kept(name)?)?)
    }

    pub(crate) fn trust(&self) -> Result<Trust> {
        Ok(self.view().one::<Trust>(&Only)?.ok_or(DeskFault::NoEvent)?.value)
    }

    /// The root key every certificate is checked against.
    pub(crate) fn root_key(&self) -> Result<String> {
        Ok(self.trust()?.root)
    }

    /// HQ's root signs certificates: whoever knows the event knows its root.
    pub(crate) fn certificate_signer(&self) -> Result<Signer> {
        Ok(Signer::from_seed(seed_of(&self.kept(secret::ROOT)?)?))
    }

    /// Refuses what the plan wants signed twice and is not: whoever holds a site's key could leave the second signature out.
    pub(crate) fn signed_as_planned(&self, packet: &OpenPacket) -> Result<()> {
        Ok(packet.chain.expect_second(self.plan.event.second_signature.is_some())?)
    }

    /// The key of a device's second signature, where the plan asks for one.
    fn second_of(&self, signer: &Signer) -> Result<Option<String>> {
        Ok(self.plan.event.second_signature.map(|SecondSignature::Sm2Sm3| second_key(signer)).transpose()?)
    }

    /// HQ's own chain: the root vouches for this device.
    pub(crate) fn hq_chain(&self) -> Result<Files> {
        let root = Signer::from_seed(seed_of(&self.kept(secret::ROOT)?)?);
        let statement = Statement {
            event: self.ledger.event().to_owned(),
            mode: self.ledger.mode(),
            site: "hq".to_owned(),
            key: self.device_signer().public_openssh(),
            continues: None,
            second: self.second_of(&self.device_signer())?,
        };
        Ok(certify_device(&root, &Files::new(), &statement)?)
    }
}

impl View<'_> {
    /// The people a post is responsible for.
    pub(crate) fn post_people(&self, stage: &StageId, part: &PartId, site: &SiteCode) -> Result<BTreeSet<IdNumber>> {
        let entrants = self.entrants(stage, part)?;
        // An interview is held in one place for everyone; a paper where one sits.
        if self.part(stage, part)?.panel.is_some() {
            return Ok(entrants.into_keys().collect());
        }
        let rooms = self.seats_by_room(stage)?;
        let here = rooms.iter().filter(|((of, _), _)| of == site).flat_map(|(_, people)| people.values().map(|(id, _)| id));
        Ok(here.filter(|id| entrants.contains_key(id)).cloned().collect())
    }

    /// A hash for each post of a part over who sits where: what a packet says, and what a later one would say.
    pub(crate) fn seat_hashes(&self, stage: &StageId, part: &PartId) -> Result<BTreeMap<SiteCode, String>> {
        let interview = self.part(stage, part)?.panel.is_some();
        let only = if interview { self.sites(stage, part)?.into_iter().next().map(|(site, _)| site) } else { None };
        let entrants = self.entrants(stage, part)?;
        let mut hashes: BTreeMap<SiteCode, Sha256> = BTreeMap::new();
        for (id, seat) in self.seats(stage)?.into_iter().filter(|(id, _)| entrants.contains_key(id)) {
            let of = only.clone().unwrap_or_else(|| seat.site.clone());
            let SeatFact { site, room, seat, number } = seat;
            hashes.entry(of).or_default().update(format!("{id} {number} {site} {room} {seat}\n"));
        }
        Ok(hashes.into_iter().map(|(site, hash)| (site, hex::encode(hash.finalize()))).collect())
    }

    /// A hash for each post of a part over who serves there: what a packet says, and what a later one would say.
    pub(crate) fn staff_hashes(&self, stage: &StageId, part: &PartId) -> Result<BTreeMap<SiteCode, String>> {
        let interview = self.part(stage, part)?.panel.is_some();
        let (staff, instead) = (self.staff(stage)?, self.stand_ins(stage, part)?);
        let mut lines: BTreeMap<SiteCode, Vec<String>> = self.sites(stage, part)?.into_iter().map(|(site, _)| (site, vec![])).collect();
        let mut serving: Vec<_> = Vec::new();
        for (id, p) in &staff {
            let Some(site) = p.site.as_ref().filter(|_| p.role.at_interviews().is_none_or(|at| at == interview)) else { continue };
            if instead.contains_key(&(site.clone(), id.clone())) {
                continue;
            }
            // Judges of a panel are numbered in the order of the list, a stand-in in the place of whom they replace.
            let for_whom = instead.iter().find(|((of, _), by)| of == site && by.by == *id).and_then(|((_, out), _)| staff.get(out));
            let place = if p.panel.is_some() { for_whom.unwrap_or(p).row } else { 0 };
            serving.push((site, p.role, &p.panel, place, id, p));
        }
        serving.sort_by_key(|(site, role, panel, place, id, _)| (*site, *role, *panel, *place, *id));
        for (site, role, panel, _, id, p) in serving {
            let (unit, panel) = (p.unit.as_ref().map_or("", |u| u.as_str()), panel.as_ref().map_or("", |p| p.as_str()));
            if let Some(of) = lines.get_mut(site) {
                of.push(format!("{id} {} {} {unit} {panel}\n", p.name, role.title()));
            }
        }
        for ((site, room), two) in self.duties(stage, part)? {
            if let Some(of) = lines.get_mut(&site) {
                of.push(format!("{room} {}\n", two.join(" ")));
            }
        }
        let recused = self.under::<RecusalFact>(&format!("{stage}/{part}/"))?;
        let recused: BTreeSet<String> =
            recused.into_iter().map(|((_, _, judge, _), held)| format!("{judge} {}\n", held.value.from.key())).collect();
        let hash = |of: Vec<String>| hex::encode(Sha256::digest(of.into_iter().chain(recused.iter().cloned()).collect::<String>()));
        Ok(lines.into_iter().map(|(site, of)| (site, hash(of))).collect())
    }

    /// Sites of a part whose packet says other seats, or other people on duty, than hold now, or is not known to have come to
    /// lie on its stick: a new one must be issued.
    pub fn outdated_packets(&self, stage: &StageId, part: &PartId) -> Result<BTreeSet<SiteCode>> {
        let mut out: Vec<PacketFact> = Vec::new();
        for (_, held) in self.under::<PacketFact>(&format!("{stage}.{part}."))? {
            out.push(PacketFact { unconfirmed: !self.is_confirmed(&held)?, ..held.value });
        }
        if out.iter().all(|packet| packet.seats.is_empty() && !packet.unconfirmed) {
            return Ok(BTreeSet::new());
        }
        let (seats, staff) = (self.seat_hashes(stage, part)?, self.staff_hashes(stage, part)?);
        let other = |said: &String, now: Option<&String>| !said.is_empty() && now != Some(said);
        // Once a site's day is home its packet has done its work.
        let home: BTreeSet<String> = self.under::<MergeFact>("")?.into_iter().map(|(_, held)| held.value.post).collect();
        out.retain(|p| !home.contains(&post_name(stage, part, &p.site)));
        out.retain(|p| p.unconfirmed || other(&p.seats, seats.get(&p.site)) || other(&p.staff, staff.get(&p.site)));
        Ok(out.into_iter().map(|p| p.site).collect())
    }

    /// Sites of a part: all of the stage for a paper, the first for an interview.
    pub fn sites(&self, stage: &StageId, part: &PartId) -> Result<Vec<(SiteCode, String)>> {
        let mut sites: BTreeMap<SiteCode, String> = BTreeMap::new();
        for ((site, _), room) in &self.rooms(stage)? {
            if !sites.contains_key(site) {
                sites.insert(site.clone(), room.site_name.clone());
            }
        }
        let count = if self.part(stage, part)?.panel.is_some() { 1 } else { usize::MAX };
        Ok(sites.into_iter().take(count).collect())
    }
}
