//! The feeds a handover carries: this device's, and those of the devices it goes on from. A laptop died, another opened the
//! same packet: whatever of the first is on the second goes home with it, under a chain of its own.

use super::open::{POST, read_file};
use super::{chain_files, seed_of};
use crate::error::{DeskFault, Result};
use crate::event::secret;
use crate::{Ctx, Desk};
use kaowu_core::facts::{OpeningFact, state};
use kaowu_core::identity::DeviceId;
use kaowu_core::journal::{Mode, check_code, entry_id};
use kaowu_ledger::{Draft, FeedLine, FeedTrust, LedgerError, StoreFault};
use kaowu_packet::keys::{Signer, openssh_line};
use kaowu_packet::{Chain, Continues, Files, Opened, PacketKind, Statement, certify_device, read_chain};
use serde::Serialize;
use std::collections::BTreeSet;
use std::path::Path;

const JOURNAL: &str = "journal.jsonl";
const SIGNATURES: &str = "journal.sigs";
/// The site's part of a device's chain, as the packet brought it.
pub(super) const CHAIN: &str = "device-chain";
const DEVICE: [&str; 2] = ["chain/device.json", "chain/device.json.sig"];
/// Folder of the feeds of other devices.
const FORMER: &str = "former/";

/// One device's feed and whose it is, proven.
pub(super) struct Carried {
    pub(super) chain: Chain,
    pub(super) lines: Vec<FeedLine>,
}

/// A laptop went on where another stopped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TakenOver {
    /// The device that stopped.
    pub device: DeviceId,
    /// Its last number here.
    pub seq: u64,
    /// Check code there.
    pub check_code: String,
    /// Entries that are new here, its own predecessors' included.
    pub added: u64,
}

impl Desk {
    /// The chain of a device of this site: the site's key vouches for it anew each time, so it fits whatever became of the device.
    fn vouched(&self, public: &[u8; 32], device: &DeviceId) -> Result<Files> {
        let site = Signer::from_seed(seed_of(&self.kept(secret::SITE)?)?);
        let continues = self.ledger.continues(device)?.map(|c| Continues { device: c.device, seq: c.seq, head: c.head });
        let statement = Statement {
            event: self.ledger.event().to_owned(),
            mode: self.ledger.mode(),
            site: self.kept(POST)?,
            key: openssh_line(public)?,
            continues,
            second: if *device == *self.ledger.device() { self.second_of(&self.device_signer())? } else { None },
        };
        let mut above = chain_files(&self.kept(CHAIN)?);
        // Earlier versions kept the device's part with it.
        above.retain(|name, _| !DEVICE.contains(&name.as_str()));
        Ok(certify_device(&site, &above, &statement)?)
    }

    fn feed_files(&self, device: &DeviceId) -> Result<(Files, u64)> {
        let (mut lines, mut signatures, mut count) = (Vec::new(), String::new(), 0);
        self.ledger.each_line(device, |line, signature| {
            lines.extend(line);
            lines.push(b'\n');
            signatures.push_str(&hex::encode(signature));
            signatures.push('\n');
            count += 1;
            Ok::<_, LedgerError>(())
        })?;
        Ok((Files::from([(JOURNAL.to_owned(), lines), (SIGNATURES.to_owned(), signatures.into_bytes())]), count))
    }

    /// What a handover holds: the files, the chain of this device, and its entries.
    pub(super) fn carried_home(&self) -> Result<(Files, Files, u64)> {
        let own = self.ledger.device();
        let (mut files, entries) = self.feed_files(own)?;
        let chain = self.vouched(&self.device_signer().public_bytes(), own)?;
        for feed in self.ledger.feeds()?.into_iter().filter(|feed| feed.device != *own && feed.entries > 0) {
            let under = |name: &str| format!("{FORMER}{}/{name}", feed.device);
            let (of, _) = self.feed_files(&feed.device)?;
            files.extend(of.into_iter().map(|(name, bytes)| (under(&name), bytes)));
            let vouched = self.vouched(&feed.key, &feed.device)?;
            let own_part = vouched.into_iter().filter(|(name, _)| DEVICE.contains(&name.as_str()));
            files.extend(own_part.map(|(name, bytes)| (under(&name), bytes)));
        }
        Ok((files, chain, entries))
    }

    /// Goes on where another laptop of this site stopped, from the last handover of it that can be found: on the stick, or on
    /// whatever was copied from it. What it wrote counts here from now on, and travels with this laptop's handovers.
    pub fn go_on_from(&mut self, ctx: &Ctx, file: &Path) -> Result<TakenOver> {
        if self.view().brief()?.is_none() {
            return Err(DeskFault::OnlySite.into());
        }
        let keys = [self.identity(secret::SITE_BOX)?];
        let event = self.view().event()?;
        let packet = self.unpack(&read_file(file)?, &keys, &event)?;
        packet.manifest.expect(PacketKind::Handover, &event.id, &event.title, event.mode)?;
        self.signed_as_planned(&packet)?;
        let post = self.kept(POST)?;
        if packet.chain.site != post {
            return Err(DeskFault::PostMismatch { packet: packet.chain.site, database: post }.into());
        }
        let own = self.ledger.device().clone();
        let trusted: Vec<(FeedTrust, Vec<FeedLine>)> = feeds_of(&packet, event.mode, file)?
            .into_iter()
            .map(|carried| (FeedTrust { site: post.clone(), key: carried.chain.public, from_site: true }, carried.lines))
            .collect();
        let checked = trusted.iter().map(|(trust, lines)| self.ledger.check_feed(lines, trust)).collect::<Result<Vec<_>, _>>()?;
        // In one transaction with the entry that says so: nothing of a handover that is refused stays.
        let (taken, own_news) = self.record_with(ctx, |tx, view| {
            let reports = checked.iter().map(|feed| tx.merge(feed)).collect::<Result<Vec<_>, _>>()?;
            let own_news = reports.iter().any(|report| report.device == own && report.added > 0);
            let added = reports.iter().map(|report| report.added).sum();
            let last = reports.into_iter().last().ok_or(DeskFault::OnlySite)?;
            let taken = TakenOver { check_code: check_code(&last.head), device: last.device, seq: last.seq, added };
            // What this very device wrote and does not have any more is a copy's business: it says nothing before it has a key anew.
            if added == 0 || taken.device == own || own_news {
                return Ok((None, (taken, own_news)));
            }
            let (of, count, code) = (taken.device.to_string(), taken.seq, taken.check_code.clone());
            let before = view.one::<OpeningFact>(&own)?;
            let continues = Some(kaowu_core::facts::Continues { device: taken.device.clone(), seq: taken.seq, head: last.head });
            let sha256 = before.as_ref().map(|held| held.value.sha256.clone()).unwrap_or_default();
            let fact = state(&own, &OpeningFact { post: post.clone(), sha256, continues });
            let draft = Draft::new("feed.taken-over").with("device", of).with("seq", count).with("check_code", code);
            Ok((Some(draft.fact(fact).replacing(view.replaced::<OpeningFact>([own.clone()])?)), (taken, own_news)))
        })?;
        if own_news && taken.device != own { Err(LedgerError::from(StoreFault::DatabaseIsCopy).into()) } else { Ok(taken) }
    }
}

/// Every feed of a handover with its chain: those of former devices, then its own.
pub(super) fn feeds_of(packet: &Opened, mode: Mode, file: &Path) -> Result<Vec<Carried>> {
    let devices: BTreeSet<&str> =
        packet.files.keys().filter_map(|name| name.strip_prefix(FORMER)).filter_map(|rest| rest.split('/').next()).collect();
    let mut out = Vec::new();
    for device in devices {
        let mut chain = packet.files.clone();
        chain.retain(|name, _| name.starts_with("chain/") && !DEVICE.contains(&name.as_str()));
        for name in DEVICE {
            let bytes = packet.files.get(&format!("{FORMER}{device}/{name}"));
            chain.extend(bytes.map(|bytes| (name.to_owned(), bytes.clone())));
        }
        let chain = read_chain(&chain, Some(&packet.chain.root), &packet.manifest.event, mode)?;
        if chain.device.as_str() != device || chain.site != packet.chain.site {
            return Err(kaowu_packet::PacketError::ChainBroken { name: format!("{FORMER}{device}") }.into());
        }
        out.push(Carried { chain, lines: lines_of(&packet.files, &format!("{FORMER}{device}/"), file)? });
    }
    let lines = lines_of(&packet.files, "", file)?;
    // What is read out over the telephone is of the journal that is here.
    let (said, held) = (&packet.manifest, u64::try_from(lines.len()).unwrap_or(u64::MAX));
    if said.seq != held || lines.last().is_none_or(|last| entry_id(&last.line) != said.head) || said.check_code != check_code(&said.head) {
        return Err(DeskFault::HandoverHeadDiffers { said: said.seq, held }.into());
    }
    out.push(Carried { chain: packet.chain.clone(), lines });
    Ok(out)
}

fn lines_of(files: &Files, under: &str, file: &Path) -> Result<Vec<FeedLine>> {
    feed_of(files, &format!("{under}{JOURNAL}"), &format!("{under}{SIGNATURES}"), file)
}

/// A feed from two files of a packet: lines, and a signature a line.
pub(crate) fn feed_of(files: &Files, journal: &str, signed: &str, file: &Path) -> Result<Vec<FeedLine>> {
    let damaged = |detail: &str| DeskFault::FileUnreadable { file: file.display().to_string(), detail: detail.to_owned() };
    let of = |name: &str| files.get(name).ok_or_else(|| damaged(name));
    let (lines, signatures) = (of(journal)?, of(signed)?);
    let lines: Vec<&[u8]> = lines.split(|b| *b == b'\n').filter(|l| !l.is_empty()).collect();
    let signatures: Vec<&[u8]> = signatures.split(|b| *b == b'\n').filter(|l| !l.is_empty()).collect();
    if lines.len() != signatures.len() {
        return Err(damaged(signed).into());
    }
    lines
        .into_iter()
        .zip(signatures)
        .map(|(line, hexed)| {
            let mut signature = [0; 64];
            hex::decode_to_slice(hexed, &mut signature).map_err(|_| damaged(signed))?;
            Ok(FeedLine { line: line.to_vec(), signature })
        })
        .collect()
}
