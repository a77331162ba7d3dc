//! HQ merges handovers, keeps the merge board, and answers with receipts.

use super::feeds::feeds_of;
use super::open::read_file;
use crate::error::{DeskFault, Result};
use crate::event::secret;
use crate::{Ctx, Desk};
use kaowu_core::facts::{MergeFact, PacketFact, state};
use kaowu_core::identity::{DeviceId, Operator};
use kaowu_core::journal::check_code;
use kaowu_ledger::{Draft, FeedLine, FeedTrust, MergeReport, Step};
use kaowu_packet::PacketKind;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// A handover merged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Merged {
    /// The post.
    pub post: String,
    /// What the ledger did.
    pub report: MergeReport,
    /// What it did with the feeds of devices that stopped, which travelled with this one.
    pub former: Vec<MergeReport>,
    /// Check code of the head, to compare over the telephone.
    pub check_code: String,
    /// Who acted there, as it says, and was never named for that site by headquarters.
    pub strangers: Vec<Operator>,
    /// Whether a later handover of that device was merged before: this one is superseded, and says nothing new.
    pub superseded: bool,
}

impl Desk {
    /// Merges a handover. The same file again says so and changes nothing.
    pub fn merge_handover(&mut self, ctx: &Ctx, file: &Path) -> Result<Merged> {
        self.hq_only(ctx, "handover.merged")?;
        self.may(ctx, "handover.merged")?;
        self.view().reader().tell(Step::Reading, 0, 0)?;
        let bytes = read_file(file)?;
        let keys = [self.identity(secret::HQ)?];
        let event = self.view().event()?;
        let packet = self.unpack(&bytes, &keys, &event)?;
        packet.manifest.expect(PacketKind::Handover, &event.id, &event.title, event.mode)?;
        self.signed_as_planned(&packet)?;
        let post = packet.chain.site.clone();
        let issued = self.view().one::<PacketFact>(&post)?.ok_or_else(|| DeskFault::PacketOfUnknownPost { post: post.clone() })?.value;
        let feeds = feeds_of(&packet, event.mode, file)?;
        let mut strangers = BTreeMap::new();
        for feed in &feeds {
            let names = self.view().in_scope(&post, &issued, &feed.lines)?;
            strangers.insert(feed.chain.device.clone(), self.strangers(&issued, names)?);
        }
        let trusted: Vec<(FeedTrust, Vec<FeedLine>)> =
            feeds.into_iter().map(|feed| (FeedTrust { site: post.clone(), key: feed.chain.public, from_site: true }, feed.lines)).collect();
        let checked = trusted.iter().map(|(trust, lines)| self.ledger.check_feed(lines, trust)).collect::<Result<Vec<_>, _>>()?;
        let sha256 = hex::encode(Sha256::digest(&bytes));
        // In one transaction with the entry that says so: a feed is never here without it.
        let mut reports = self.record_with(ctx, |tx, view| {
            let reports = checked.iter().map(|feed| tx.merge(feed)).collect::<Result<Vec<_>, _>>()?;
            let of = |report: &MergeReport| MergeFact {
                post: post.clone(),
                seq: report.seq,
                head: report.head.clone(),
                sha256: sha256.clone(),
                strangers: strangers.get(&report.device).cloned().unwrap_or_default(),
            };
            let facts: Vec<(DeviceId, MergeFact)> =
                reports.iter().filter(|report| report.added > 0).map(|report| (report.device.clone(), of(report))).collect();
            if facts.is_empty() {
                return Ok((None, reports));
            }
            let added: u64 = reports.iter().map(|report| report.added).sum();
            let replaced = view.replaced::<MergeFact>(facts.iter().map(|(device, _)| device.clone()))?;
            let draft = Draft::new("handover.merged").with("post", post.clone()).with("entries", added);
            Ok((Some(draft.facts(facts.iter().map(|(device, fact)| state(device, fact))).replacing(replaced)), reports))
        })?;
        let report = reports.pop().unwrap_or_default();
        let strangers = strangers.into_values().flatten().collect::<BTreeSet<_>>().into_iter().collect();
        let superseded = report.added == 0 && packet.manifest.seq < report.seq;
        Ok(Merged { post, check_code: check_code(&report.head), report, former: reports, strangers, superseded })
    }
}
