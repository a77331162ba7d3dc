//! HQ merges handovers, keeps the merge board, and answers with receipts.

use super::feeds::feeds_of;
use super::open::read_file;
use crate::error::{DeskFault, Result};
use crate::event::secret;
use crate::{Ctx, Desk};
use kaowu_core::facts::{IncidentFact, InspectionFact, MergeFact, OpeningFact, PacketFact, Topic, state, well_formed};
use kaowu_core::identity::{DeviceId, IdNumber};
use kaowu_core::journal::{Entry, Fact, check_code};
use kaowu_ledger::{Draft, FeedLine, FeedTrust, MergeReport, Step};
use kaowu_packet::{Key, PacketKind, open};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
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
}

impl Desk {
    /// Merges a handover. The same file again says so and changes nothing.
    pub fn merge_handover(&mut self, ctx: &Ctx, file: &Path) -> Result<Merged> {
        self.hq_only(ctx, "handover.merged")?;
        self.may(ctx, "handover.merged")?;
        self.view().reader().tell(Step::Reading, 0, 0)?;
        let bytes = read_file(file)?;
        let keys = [self.identity(secret::HQ)?];
        let packet = open(&bytes, &Key::Identities(&keys), Some(&self.trust()?.root))?;
        let event = self.view().event()?;
        packet.manifest.expect(PacketKind::Handover, &event.id, &event.title, event.mode)?;
        let post = packet.chain.site.clone();
        let issued = self.view().one::<PacketFact>(&post)?.ok_or_else(|| DeskFault::PacketOfUnknownPost { post: post.clone() })?.value;
        let feeds = feeds_of(&packet, event.mode, file)?;
        for feed in &feeds {
            self.in_scope(&post, &issued, &feed.lines)?;
        }
        let (mut reports, mut facts) = (Vec::new(), Vec::new());
        for feed in feeds {
            let trust = FeedTrust { site: post.clone(), key: feed.chain.public, from_site: true };
            let report = self.ledger.merge(&feed.lines, &trust)?;
            // It is merged: from here on nothing stops it being said.
            self.watched_by(None);
            if report.added > 0 {
                let sha256 = hex::encode(Sha256::digest(&bytes));
                facts.push((report.device.clone(), MergeFact { post: post.clone(), seq: report.seq, head: report.head.clone(), sha256 }));
            }
            reports.push(report);
        }
        if !facts.is_empty() {
            let added: u64 = reports.iter().map(|report| report.added).sum();
            self.record(ctx, |view| {
                let replaced = view.replaced::<MergeFact>(facts.iter().map(|(device, _)| device.clone()))?;
                let draft = Draft::new("handover.merged").with("post", post.clone()).with("entries", added);
                Ok((draft.facts(facts.iter().map(|(device, fact)| state(device, fact))).replacing(replaced), ()))
            })?;
        }
        let report = reports.pop().unwrap_or_default();
        Ok(Merged { post, check_code: check_code(&report.head), report, former: reports })
    }

    /// A site speaks of its own stage, part and people only.
    fn in_scope(&self, post: &str, issued: &PacketFact, feed: &[FeedLine]) -> Result<()> {
        let view = self.view();
        let people = view.post_people(&issued.stage, &issued.part, &issued.site)?;
        let prefix = format!("{}/{}", issued.stage, issued.part);
        for (done, line) in feed.iter().enumerate() {
            view.reader().tell_often(Step::Comparing, done, feed.len())?;
            let Ok(entry) = Entry::read(&line.line) else { continue };
            // Of an opening only what a site may state itself counts here; the brief that it repeats does not.
            let stated = |fact: &Fact| {
                entry.kind != kaowu_ledger::OPENING || well_formed(&Fact { value: serde_json::Value::Null, ..fact.clone() }, true)
            };
            let outside = |fact: &&Fact| stated(fact) && !within(fact, &prefix, &people);
            if let Some(fact) = entry.body.facts.iter().find(outside) {
                return Err(DeskFault::PacketOutOfScope { post: post.to_owned(), topic: fact.topic.clone(), key: fact.key.clone() }.into());
            }
        }
        Ok(())
    }

    /// Where every post stands.
    pub fn merge_board(&self) -> Result<Vec<PostStatus>> {
        let view = self.view();
        let feeds = self.ledger.feeds()?;
        let rows = view.under::<PacketFact>("")?.into_iter().map(|(post, held)| {
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
            PostStatus { post, people: held.value.people, state, devices }
        });
        Ok(rows.collect())
    }
}

pub(super) fn within(fact: &Fact, prefix: &str, people: &BTreeSet<IdNumber>) -> bool {
    match fact.topic.as_str() {
        OpeningFact::NAME => true,
        IncidentFact::NAME => match serde_json::from_value::<IncidentFact>(fact.value.clone()) {
            Ok(incident) => format!("{}/{}", incident.stage, incident.part) == prefix && people.contains(&incident.person),
            Err(_) => fact.value.is_null(),
        },
        InspectionFact::NAME => match serde_json::from_value::<InspectionFact>(fact.value.clone()) {
            Ok(seen) => format!("{}/{}", seen.stage, seen.part) == prefix,
            Err(_) => fact.value.is_null(),
        },
        "lot-draw" => fact.key == prefix,
        "room-record" | "sign-off" | "stand-in" | "recusal" => fact.key.starts_with(&format!("{prefix}/")),
        _ => fact
            .key
            .strip_prefix(prefix)
            .and_then(|rest| rest.strip_prefix('/'))
            .and_then(|rest| rest.split('/').next())
            .is_some_and(|id| people.contains(&IdNumber::from(id))),
    }
}
