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
use kaowu_packet::{Key, PacketKind, open};
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
}

/// How a post stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum PostState {
    /// Nothing came back yet.
    Missing,
    /// Merged, complete.
    Merged,
    /// Numbers are missing in a feed.
    Incomplete,
    /// A feed splits: two versions of one past.
    Forked,
}

/// A row of the merge board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PostStatus {
    /// The post.
    pub post: String,
    /// People of the site.
    pub people: u32,
    /// How it stands.
    pub state: PostState,
    /// Devices with their last number and check code.
    pub devices: Vec<(DeviceId, u64, String)>,
    /// Who acted there, as its handovers say, and was never named for that site by headquarters, up to now.
    pub strangers: Vec<Operator>,
}

impl Desk {
    /// Merges a handover. The same file again says so and changes nothing.
    pub fn merge_handover(&mut self, ctx: &Ctx, file: &Path) -> Result<Merged> {
        self.only_hq()?;
        self.may(ctx, "handover.merged")?;
        self.view().reader().tell(Step::Reading, 0, 0)?;
        let bytes = read_file(file)?;
        let keys = [self.identity(secret::HQ)?];
        let packet = open(&bytes, &Key::Identities(&keys), Some(&self.trust()?.root))?;
        let event = self.view().event()?;
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
        Ok(Merged { post, check_code: check_code(&report.head), report, former: reports, strangers })
    }

    /// Where every post stands.
    pub fn merge_board(&self) -> Result<Vec<PostStatus>> {
        let view = self.view();
        let feeds = self.ledger.feeds()?;
        let issued: Vec<(String, PacketFact)> = view.under::<PacketFact>("")?.into_iter().map(|(post, held)| (post, held.value)).collect();
        let mut strangers = self.strangers_by_post(&issued)?;
        let rows = issued.into_iter().map(|(post, fact)| {
            let mine: Vec<_> = feeds.iter().filter(|f| f.site == post && !f.own).collect();
            let state = if mine.iter().any(|f| f.forked_at.is_some()) {
                PostState::Forked
            } else if mine.iter().any(|f| f.missing > 0) {
                PostState::Incomplete
            } else if mine.is_empty() {
                PostState::Missing
            } else {
                PostState::Merged
            };
            let devices = mine.iter().map(|f| (f.device.clone(), f.seq, check_code(&f.head))).collect();
            let strangers = strangers.remove(&post).unwrap_or_default();
            PostStatus { post, people: fact.people, state, devices, strangers }
        });
        Ok(rows.collect())
    }
}
