//! Receipts: how far headquarters has a site's journals, and what it settled of them.

use super::genuine::{Made, later, told_here};
use super::open::{POST, read_file};
use super::scope::Scope;
use crate::error::{DeskFault, Result};
use crate::event::secret;
use crate::{Ctx, Desk};
use kaowu_core::facts::{DecidedMark, DecidedSheet, MergeFact, NAMES, PacketFact, Topic, of_sites};
use kaowu_core::identity::{DeviceId, EntryId, Operator};
use kaowu_core::journal::{Fact, check_code};
use kaowu_ledger::{Draft, HQ, Logged, SETTLED};
use kaowu_packet::{Files, Lock, Manifest, PacketKind, Packing, make_ready, seal};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

const CONTENT: &str = "receipt.json";
/// The entry of a receipt that was written.
const WRITTEN: &str = "receipt.written";

/// What a receipt says besides its manifest. Earlier versions wrote none.
#[derive(Default, Serialize, Deserialize)]
struct Content {
    /// Each device's last number that headquarters has, and the id there.
    devices: BTreeMap<DeviceId, (u64, EntryId)>,
    /// What headquarters settled of what the site's laptops said.
    settled: Vec<Settled>,
    /// How many entries headquarters' own journal had: of two receipts the later one holds.
    #[serde(default)]
    at: u64,
}

/// One settlement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Settled {
    /// Headquarters' entry.
    entry: EntryId,
    /// Who settled it.
    by: Operator,
    /// When.
    at: String,
    /// What holds.
    fact: Fact,
    /// What it replaces.
    supersedes: Vec<EntryId>,
}

/// A receipt of HQ, read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReceiptRead {
    /// Last number HQ has of this device.
    pub seq: u64,
    /// Check code of HQ's copy.
    pub check_code: String,
    /// Entries this laptop has written since and headquarters waits for.
    pub not_yet: u64,
    /// What headquarters settled and this laptop did not know yet.
    pub settled: u32,
}

impl Desk {
    /// Writes the receipt of a post: how far its devices' feeds are merged, and what was settled here of what they said.
    pub fn write_receipt(&mut self, ctx: &Ctx, post: &str, folder: &Path) -> Result<PathBuf> {
        self.hq_only(ctx, WRITTEN)?;
        self.may(ctx, WRITTEN)?;
        let view = self.view();
        let known = || view.under::<PacketFact>("").map(|all| all.into_iter().map(|(post, _)| post).collect()).unwrap_or_default();
        let issued =
            view.one::<PacketFact>(&post.to_owned())?.ok_or_else(|| DeskFault::NoSuchPost { post: post.to_owned(), known: known() })?.value;
        let merged = view.under::<MergeFact>("")?.into_iter().filter(|(_, held)| held.value.post == post);
        let mut merged: Vec<(DeviceId, String, MergeFact)> = merged.map(|(device, held)| (device, held.by.t.clone(), held.value)).collect();
        // The last that came speaks for the post where a receipt has room for one only.
        merged.sort_by(|a, b| a.1.cmp(&b.1));
        let last = merged.last().map(|(_, _, fact)| fact.clone()).ok_or_else(|| DeskFault::NotMerged { post: post.to_owned() })?;
        let content = Content {
            devices: merged.into_iter().map(|(device, _, fact)| (device, (fact.seq, fact.head))).collect(),
            settled: self.settled_of(post, &issued)?,
            at: self.ledger.next_seq()?.saturating_sub(1),
        };
        let bytes = serde_json::to_vec(&content).map_err(|e| DeskFault::FileUnwritable { file: post.to_owned(), detail: e.to_string() })?;
        let event = view.event()?;
        let manifest = Manifest {
            v: 0,
            kind: PacketKind::Receipt,
            event: event.id,
            title: event.title,
            mode: event.mode,
            from: HQ.to_owned(),
            to: post.to_owned(),
            device: self.ledger.device().clone(),
            seq: last.seq,
            check_code: check_code(&last.head),
            head: last.head,
            created: ctx.now.to_rfc3339(),
            files: BTreeMap::new(),
            algorithms: Default::default(),
        };
        let files = Files::from([(CONTENT.to_owned(), bytes)]);
        let lock = Lock::Recipients(vec![issued.site_box]);
        let second = self.plan.event.second_signature.is_some();
        let packing = Packing { manifest, files, chain: self.hq_chain()?, signer: &self.device_signer(), lock, second };
        let ready = make_ready(&seal(packing)?, folder, &format!("{post}.receipt.kaowu"))?;
        let draft = Draft::new("receipt.written").with("post", post).with("sha256", ready.sha256());
        self.record_ahead(ctx, WRITTEN, |_| Ok((draft, ())))?;
        Ok(self.confirmed(ctx, ready.place().map_err(Into::into))?.path)
    }

    /// What headquarters states of a post's people in a site's own topics: decisions, and whatever replaces what the site said.
    fn settled_of(&self, post: &str, issued: &PacketFact) -> Result<Vec<Settled>> {
        let view = self.view();
        let scope = view.scope_of(issued)?;
        let mut stated: BTreeMap<(String, String), Vec<(Fact, EntryId)>> = BTreeMap::new();
        for topic in NAMES.iter().filter(|topic| of_sites(topic)) {
            for (fact, entry) in view.reader().stated_by(HQ, topic)? {
                if scope.holds(&fact) {
                    stated.entry((fact.topic.clone(), fact.key.clone())).or_default().push((fact, entry));
                }
            }
        }
        let mut out = Vec::new();
        // Where headquarters says two things itself nothing is settled yet.
        for (fact, entry) in stated.into_values().filter(|of| of.len() == 1).flatten() {
            let Some(stored) = view.reader().entry(&entry)? else { continue };
            let mut replaced = Vec::new();
            for old in &stored.supersedes {
                if view.reader().author(old)?.is_some_and(|author| author.site == post) {
                    replaced.push(old.clone());
                }
            }
            let decides = [DecidedMark::NAME, DecidedSheet::NAME].contains(&fact.topic.as_str());
            if decides || !replaced.is_empty() {
                out.push(Settled { entry, by: stored.op, at: stored.t, fact, supersedes: replaced });
            }
        }
        Ok(out)
    }

    /// Reads a receipt of HQ and takes over what was settled there: one entry, which names whose word it was.
    pub fn take_receipt(&mut self, ctx: &Ctx, file: &Path) -> Result<ReceiptRead> {
        let keys = [self.identity(secret::SITE_BOX)?];
        let event = self.view().event()?;
        let packet = self.unpack(&read_file(file)?, &keys, &event)?;
        packet.manifest.expect(PacketKind::Receipt, &event.id, &event.title, event.mode)?;
        packet.chain.expect_hq()?;
        self.signed_as_planned(&packet)?;
        let unreadable = || DeskFault::FileUnreadable { file: file.display().to_string(), detail: CONTENT.to_owned() };
        let content: Content = match packet.files.get(CONTENT) {
            Some(bytes) => serde_json::from_slice(bytes).map_err(|_| unreadable())?,
            None => Content::default(),
        };
        self.of_this_post(&content)?;
        let made = Made::of_receipt(&packet.manifest, content.at);
        let taken = told_here(self.view().reader(), SETTLED)?;
        if let Some(known) = later(&taken, &made) {
            return Err(DeskFault::ReceiptOlder { receipt: made.created().to_owned(), taken: known.created().to_owned() }.into());
        }
        let own = self.ledger.device().clone();
        let (seq, code) = match content.devices.get(&own) {
            Some((seq, head)) => (*seq, check_code(head)),
            // A laptop that took another's place may not have handed over itself.
            None if !content.devices.is_empty() => (0, packet.manifest.check_code),
            None => (packet.manifest.seq, packet.manifest.check_code),
        };
        let not_yet = self.view().waiting_after(seq)?;
        let known = settled_by(&taken);
        let new: Vec<Settled> = content.settled.into_iter().filter(|s| !known.contains(&s.entry)).collect();
        let read = ReceiptRead { seq, check_code: code, not_yet, settled: u32::try_from(new.len()).unwrap_or(u32::MAX) };
        if new.is_empty() {
            return Ok(read);
        }
        let told: Vec<_> = new.iter().map(|s| serde_json::json!({ "entry": s.entry, "by": s.by, "at": s.at })).collect();
        let facts: Vec<Fact> = new.iter().map(|s| s.fact.clone()).collect();
        let replaced: Vec<EntryId> = new.into_iter().flat_map(|s| s.supersedes).chain(taken.into_iter().map(|logged| logged.id)).collect();
        let (name, which) = made.told();
        let draft = Draft::new(SETTLED).with("seq", seq).with("settled", told).with(name, which);
        self.record(ctx, |_| Ok((draft.facts(facts).replacing(replaced), ())))?;
        Ok(read)
    }

    /// Headquarters settles for a site what is the site's: its own stage, part and people.
    fn of_this_post(&self, content: &Content) -> Result<()> {
        let brief = self.view().brief()?.ok_or(DeskFault::OnlySite)?;
        let scope = Scope::of(&brief.stage, &brief.part, &brief.site, brief.people.iter().cloned().collect());
        match content.settled.iter().find(|settled| !scope.holds(&settled.fact)) {
            Some(Settled { fact, .. }) => {
                let post = self.kept(POST)?;
                Err(DeskFault::ReceiptOutOfScope { post, topic: fact.topic.clone(), key: fact.key.clone() }.into())
            }
            None => Ok(()),
        }
    }
}

/// Settlements that were taken over.
fn settled_by(taken: &[Logged]) -> BTreeSet<EntryId> {
    let told = taken.iter().filter_map(|logged| logged.entry.body.about.get("settled").and_then(|v| v.as_array())).flatten();
    told.filter_map(|s| s.get("entry").and_then(|e| e.as_str()).map(EntryId::from)).collect()
}
