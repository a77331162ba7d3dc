//! HQ merges handovers, keeps the merge board, and answers with receipts.

use super::open::{JOURNAL, SIGNATURES, read_file};
use crate::error::{DeskFault, Result};
use crate::event::secret;
use crate::{Ctx, Desk};
use kaowu_core::facts::{IncidentFact, MergeFact, OpeningFact, PacketFact, Topic, state, well_formed};
use kaowu_core::identity::{DeviceId, IdNumber};
use kaowu_core::journal::{Entry, Fact, check_code};
use kaowu_ledger::{Draft, FeedLine, FeedTrust, MergeReport, Step};
use kaowu_packet::{Files, Key, Lock, Manifest, PacketKind, Packing, carry, open, seal};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// A handover merged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Merged {
    /// The post.
    pub post: String,
    /// What the ledger did.
    pub report: MergeReport,
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
        self.only_hq()?;
        self.may(ctx, "handover.merged")?;
        self.view().reader().tell(Step::Reading, 0, 0)?;
        let bytes = read_file(file)?;
        let keys = [self.identity(secret::HQ)?];
        let packet = open(&bytes, &Key::Identities(&keys), Some(&self.trust()?.root))?;
        let event = self.view().event()?;
        packet.manifest.expect(PacketKind::Handover, &event.id, &event.title, event.mode)?;
        let post = packet.chain.site.clone();
        let issued = self.view().one::<PacketFact>(&post)?.ok_or_else(|| DeskFault::PacketOfUnknownPost { post: post.clone() })?.value;
        let feed = read_feed(&packet.files, file)?;
        self.in_scope(&post, &issued, &feed)?;
        let trust = FeedTrust { site: post.clone(), key: packet.chain.public, from_site: true };
        let report = self.ledger.merge(&feed, &trust)?;
        // It is merged: from here on nothing stops it being said.
        self.watched_by(None);
        if report.added > 0 {
            let device = report.device.clone();
            let fact =
                MergeFact { post: post.clone(), seq: report.seq, head: report.head.clone(), sha256: hex::encode(Sha256::digest(&bytes)) };
            self.record(ctx, |view| {
                let replaced = view.replaced::<MergeFact>([device.clone()])?;
                let draft = Draft::new("handover.merged").with("post", post.clone()).with("entries", report.added);
                Ok((draft.fact(state(&device, &fact)).replacing(replaced), ()))
            })?;
        }
        Ok(Merged { post, check_code: check_code(&report.head), report })
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

    /// Writes the receipt of a device's feed as far as it is merged.
    pub fn write_receipt(&self, ctx: &Ctx, post: &str, folder: &Path) -> Result<PathBuf> {
        self.only_hq()?;
        self.allowed(ctx, "handover.merged")?;
        let view = self.view();
        let known = || view.under::<PacketFact>("").map(|all| all.into_iter().map(|(post, _)| post).collect()).unwrap_or_default();
        let issued =
            view.one::<PacketFact>(&post.to_owned())?.ok_or_else(|| DeskFault::NoSuchPost { post: post.to_owned(), known: known() })?;
        let merged = view.under::<MergeFact>("")?.into_iter().map(|(_, held)| held.value).filter(|m| m.post == post).max_by_key(|m| m.seq);
        let merged = merged.ok_or_else(|| DeskFault::NotMerged { post: post.to_owned() })?;
        let event = view.event()?;
        let manifest = Manifest {
            v: 0,
            kind: PacketKind::Receipt,
            event: event.id,
            title: event.title,
            mode: event.mode,
            from: "hq".to_owned(),
            to: post.to_owned(),
            device: self.ledger.device().clone(),
            seq: merged.seq,
            check_code: check_code(&merged.head),
            head: merged.head,
            created: ctx.now.to_rfc3339(),
            files: BTreeMap::new(),
        };
        let lock = Lock::Recipients(vec![issued.value.site_box]);
        let packing = Packing { manifest, files: Files::new(), chain: self.hq_chain()?, signer: &self.device_signer(), lock };
        Ok(carry(&seal(packing)?, folder, &format!("{post}.receipt.kaowu"))?.path)
    }
}

fn read_feed(files: &Files, file: &Path) -> Result<Vec<FeedLine>> {
    let damaged = |detail: &str| DeskFault::FileUnreadable { file: file.display().to_string(), detail: detail.to_owned() };
    let lines = files.get(JOURNAL).ok_or_else(|| damaged(JOURNAL))?;
    let signatures = files.get(SIGNATURES).ok_or_else(|| damaged(SIGNATURES))?;
    let lines: Vec<&[u8]> = lines.split(|b| *b == b'\n').filter(|l| !l.is_empty()).collect();
    let signatures: Vec<&[u8]> = signatures.split(|b| *b == b'\n').filter(|l| !l.is_empty()).collect();
    if lines.len() != signatures.len() {
        return Err(damaged(SIGNATURES).into());
    }
    lines
        .into_iter()
        .zip(signatures)
        .map(|(line, hexed)| {
            let mut signature = [0; 64];
            hex::decode_to_slice(hexed, &mut signature).map_err(|_| damaged(SIGNATURES))?;
            Ok(FeedLine { line: line.to_vec(), signature })
        })
        .collect()
}

fn within(fact: &Fact, prefix: &str, people: &BTreeSet<IdNumber>) -> bool {
    match fact.topic.as_str() {
        OpeningFact::NAME => true,
        IncidentFact::NAME => match serde_json::from_value::<IncidentFact>(fact.value.clone()) {
            Ok(incident) => format!("{}/{}", incident.stage, incident.part) == prefix && people.contains(&incident.person),
            Err(_) => fact.value.is_null(),
        },
        "lot-draw" => fact.key == prefix,
        "room-record" | "sign-off" => fact.key.starts_with(&format!("{prefix}/")),
        _ => fact
            .key
            .strip_prefix(prefix)
            .and_then(|rest| rest.strip_prefix('/'))
            .and_then(|rest| rest.split('/').next())
            .is_some_and(|id| people.contains(&IdNumber::from(id))),
    }
}
