//! A laptop opens its site packet, and hands over.

use super::chain_text;
use super::feeds::CHAIN;
use super::genuine::{Made, fits_here, of_headquarters, told_here};
use super::issue::{CONTENT, Content, briefed};
use crate::error::{DeskError, DeskFault, Result};
use crate::event::{Unfinished, new_part, part_of, secret};
use crate::operators::{Guard, may_open, site_ledger};
use crate::{Ctx, Desk, View};
use kaowu_core::coded::Coded;
use kaowu_core::facts::{EventFact, OpeningFact, PlanFact, Topic, state};
use kaowu_core::journal::{Fact, check_code};
use kaowu_core::operators::awaited;
use kaowu_core::plan::Plan;
use kaowu_ledger::{Draft, Filter, Genesis, Ledger, OPENING};
use kaowu_packet::keys::{AgeIdentity, generate_seed, key_code};
use kaowu_packet::vault::Pin;
use kaowu_packet::{Files, Key, Lock, Manifest, PacketError, PacketKind, Packing, SIZE_LIMIT, by_name, carry, is_passphrase, open, seal};
use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

pub(super) const POST: &str = "post";
/// Beside the journal: device and number of a handover's entry whose file is not known to lie on a stick yet.
const UNCONFIRMED: &str = "handover-unconfirmed";

/// A laptop that knows its site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Opened {
    /// The post.
    pub post: String,
    /// People of the site.
    pub people: usize,
    /// Whether the packet had been opened on this laptop before.
    pub again: bool,
    /// Check code HQ printed with it.
    pub check_code: String,
    /// Code of the root key it stands under. Where `again` is false nothing but the words vouches for that key yet: it is to be
    /// compared with the one on the slip.
    pub root_code: String,
}

/// A handover on the stick.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HandedOver {
    /// The file, read back after writing.
    pub path: PathBuf,
    /// SHA-256 of the file.
    pub sha256: String,
    /// Entries it carries.
    pub entries: u64,
    /// Check code, to compare with HQ over the telephone.
    pub check_code: String,
}

/// What a packet says of itself without being merged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Inspected {
    /// Whether words open it.
    pub words: bool,
    /// SHA-256 of the file.
    pub sha256: String,
    /// Its manifest, where it could be opened.
    pub manifest: Option<Manifest>,
}

impl Desk {
    /// Opens a packet that is closed for keys; one of another event or of a drill is refused by name.
    pub(super) fn unpack(&self, bytes: &[u8], keys: &[AgeIdentity], event: &EventFact) -> Result<kaowu_packet::Opened> {
        let opened = open(bytes, &Key::Identities(keys), Some(&self.trust()?.root));
        Ok(opened.map_err(|e| by_name(e, bytes, (&event.id, &event.title, event.mode)))?)
    }
}

pub(crate) fn read_file(file: &Path) -> Result<Vec<u8>> {
    let file = &kaowu_disk::found(file);
    // Looked at before it is read; and read no further, for a file may grow and a device says it is empty.
    if std::fs::metadata(file).is_ok_and(|meta| meta.len() > SIZE_LIMIT) {
        return Err(PacketError::PacketTooLarge.into());
    }
    let mut bytes = Vec::new();
    let opened = File::open(file).and_then(|opened| opened.take(SIZE_LIMIT + 1).read_to_end(&mut bytes));
    let read = opened.map_err(|e| DeskFault::unreadable(file, &e))?;
    if u64::try_from(read).is_ok_and(|read| read <= SIZE_LIMIT) { Ok(bytes) } else { Err(PacketError::PacketTooLarge.into()) }
}

impl Desk {
    /// Opens a site packet of an open event: into a new database, or again into the one it made.
    pub fn open_packet(db: &Path, ctx: &Ctx, file: &Path, words: &str) -> Result<(Self, Opened)> {
        Self::open_packet_as(db, ctx, file, words, None)
    }

    /// Opens a site packet. One of a protected event brings its operators, and opens for one of them with their PIN; what it is
    /// opened into is protected, too.
    pub fn open_packet_as(db: &Path, ctx: &Ctx, file: &Path, words: &str, pin: Option<&Pin>) -> Result<(Self, Opened)> {
        let bytes = read_file(file)?;
        let packet = open(&bytes, &Key::Words(words), None)?;
        if packet.manifest.kind != PacketKind::Site {
            packet.manifest.expect(PacketKind::Site, &packet.manifest.event, &packet.manifest.title, packet.manifest.mode)?;
        }
        let unreadable = |detail: &str| DeskFault::FileUnreadable { file: file.display().to_string(), detail: detail.to_owned() };
        let content: Content = packet.files.get(CONTENT).and_then(|b| serde_json::from_slice(b).ok()).ok_or_else(|| unreadable(CONTENT))?;
        let of = |name: &str| content.facts.iter().find(|f| f.topic == name).map(|f| f.value.clone()).ok_or_else(|| unreadable(name));
        let event: EventFact = serde_json::from_value(of(EventFact::NAME)?).map_err(|e| unreadable(&e.to_string()))?;
        let plan_text: PlanFact = serde_json::from_value(of(PlanFact::NAME)?).map_err(|e| unreadable(&e.to_string()))?;
        let plan = Plan::read(&plan_text.text)?;
        of_headquarters(&packet, &content, &plan)?;
        let again = db.exists();
        let mut unfinished = Unfinished::default();
        let genesis = || Genesis { event: event.id.clone(), mode: event.mode, site: content.post.clone(), device_seed: generate_seed() };
        let fits = |ledger: &Ledger| {
            ledger.writable()?;
            packet.manifest.expect(PacketKind::Site, ledger.event(), ledger.event(), ledger.mode())?;
            if ledger.site() != content.post {
                return Err(DeskFault::PostMismatch { packet: content.post.clone(), database: ledger.site().to_owned() }.into());
            }
            fits_here(ledger, &packet)
        };
        // The gate of this entry: what the database knows of operators is what the entry is about to say.
        may_open(&content.operators, &content.facts, ctx)?;
        let protected = !content.operators.is_empty();
        let ledger = match (protected, again) {
            (true, _) => site_ledger(db, ctx, (&content.operators, content.recovery.as_ref()), pin, genesis, fits)?,
            (false, true) => {
                let ledger = Ledger::open(db)?;
                fits(&ledger)?;
                ledger
            }
            (false, false) => Ledger::create(&new_part(db)?, &genesis())?,
        };
        if !again {
            unfinished.is(&part_of(db), protected.then_some(db));
        }
        let above: Files = content.site_chain.into_iter().map(|(n, t)| (n, t.into_bytes())).collect();
        ledger.meta_set(CHAIN, &chain_text(&above))?;
        ledger.meta_set(POST, &content.post)?;
        ledger.meta_set(secret::SITE, &content.secrets.seed)?;
        ledger.meta_set(secret::SITE_BOX, &content.secrets.identity)?;
        let mut desk = Self::over(ledger, plan, db);
        let sha256 = hex::encode(Sha256::digest(&bytes));
        let facts: Vec<Fact> = content.facts.into_iter().filter(briefed).collect();
        desk.take_brief(ctx, facts, &content.post, (&sha256, &Made::of(&packet.manifest)))?;
        if !again {
            desk = desk.placed()?;
            unfinished.is_finished();
        }
        desk.guard = protected.then(|| Guard::new(ctx.operator.clone()));
        desk.journal_arrival(ctx)?;
        let people = desk.view().brief()?.map_or(0, |b| b.people.len());
        let root_code = key_code(&packet.chain.root)?;
        Ok((desk, Opened { post: content.post, people, again, check_code: packet.manifest.check_code, root_code }))
    }

    /// One entry that carries the brief. A second opening replaces what the first told and takes back what is gone; also what
    /// the first told the laptop from whose backup this one goes on.
    fn take_brief(&mut self, ctx: &Ctx, facts: Vec<Fact>, post: &str, (sha256, made): (&str, &Made)) -> Result<()> {
        let device = self.ledger.device().clone();
        self.record(ctx, |view| {
            let (name, told) = made.told();
            let mut draft = Draft::new(OPENING).with("packet", sha256).with("post", post).with(name, told);
            let opening = OpeningFact { post: post.to_owned(), sha256: sha256.to_owned(), continues: None };
            let mut all: BTreeMap<(String, String), Fact> = facts.into_iter().map(|f| ((f.topic.clone(), f.key.clone()), f)).collect();
            let mine = state(&device, &opening);
            all.insert((mine.topic.clone(), mine.key.clone()), mine);
            for opened in told_here(view.reader(), OPENING)? {
                // Which packet each device was opened with stays said.
                for fact in opened.entry.body.facts.into_iter().filter(|fact| fact.topic != OpeningFact::NAME) {
                    let gone = Fact { value: Value::Null, ..fact.clone() };
                    all.entry((fact.topic, fact.key)).or_insert(gone);
                }
                draft = draft.replacing([opened.id]);
            }
            Ok((draft.facts(all.into_values()), ()))
        })
    }

    /// Writes the handover: the device's whole journal, and of those it goes on from; signed, closed for HQ, escrow and the site,
    /// read back after copying. The entry that says so is in it, and so comes before it: whether the file came to lie there is
    /// noted beside the journal, and where it did not, or nobody knows, an entry says that.
    pub fn hand_over(&mut self, ctx: &Ctx, folder: &Path) -> Result<HandedOver> {
        if self.view().brief()?.is_none() {
            return Err(DeskFault::OnlySite.into());
        }
        self.say_unconfirmed(ctx, "interrupted")?;
        self.record(ctx, |view| {
            let reader = view.reader();
            reader.meta_set(UNCONFIRMED, &format!("{} {}", reader.device(), reader.next_seq()?))?;
            Ok((Draft::new("handover.written"), ()))
        })?;
        let done = self.carry_home(ctx, folder);
        // Neither may hide what came of it; what cannot be noted now is said at the next handover.
        let _next_time = match &done {
            Ok(_) => self.ledger.meta_set(UNCONFIRMED, "").map_err(DeskError::from),
            Err(error) => self.say_unconfirmed(ctx, &error.code()),
        };
        done
    }

    /// Says of the last handover, where it is not known to lie on a stick, that it is not.
    fn say_unconfirmed(&mut self, ctx: &Ctx, why: &str) -> Result<()> {
        let Some(seq) = self.view().unconfirmed_handover()? else { return Ok(()) };
        self.record(ctx, |view| {
            view.reader().meta_set(UNCONFIRMED, "")?;
            Ok((Draft::new("handover.unconfirmed").with("entry", seq).with("why", why), ()))
        })
    }

    fn carry_home(&self, ctx: &Ctx, folder: &Path) -> Result<HandedOver> {
        let event = self.view().event()?;
        let (post, trust) = (self.kept(POST)?, self.trust()?);
        let (files, chain, entries) = self.carried_home()?;
        let head = self.ledger.own_head()?;
        let code = check_code(&head);
        let manifest = Manifest {
            v: 0,
            kind: PacketKind::Handover,
            event: event.id,
            title: event.title,
            mode: event.mode,
            from: post.clone(),
            to: "hq".to_owned(),
            device: self.ledger.device().clone(),
            seq: entries,
            head,
            check_code: code.clone(),
            created: ctx.now.to_rfc3339(),
            files: BTreeMap::new(),
            algorithms: Default::default(),
        };
        // For the site itself, too: a laptop that takes this one's place opens it with what its packet brought.
        let own_box = self.identity(secret::SITE_BOX)?.recipient();
        let lock = Lock::Recipients(vec![trust.hq, trust.escrow, own_box]);
        let second = self.plan.event.second_signature.is_some();
        let packing = Packing { manifest, files, chain, signer: &self.device_signer(), lock, second };
        // The device is part of the name: two laptops of one site never overwrite each other's file.
        let name = format!("{post}.{}.kaowu", &self.ledger.device().as_str()[..8]);
        let carried = carry(&seal(packing)?, folder, &name)?;
        Ok(HandedOver { path: carried.path, sha256: carried.sha256, entries, check_code: code })
    }

    /// What a packet says of itself: with words, or with this database's keys.
    pub fn inspect(desk: Option<&Self>, file: &Path, words: Option<&str>) -> Result<Inspected> {
        let bytes = read_file(file)?;
        let (by_words, sha256) = (is_passphrase(&bytes)?, hex::encode(Sha256::digest(&bytes)));
        let manifest = match (words, desk) {
            (Some(words), _) => Some(open(&bytes, &Key::Words(words), None)?.manifest),
            (None, Some(desk)) if !by_words => {
                let names = [secret::HQ, secret::ESCROW, secret::SITE_BOX];
                let keys: Vec<AgeIdentity> = names.iter().filter_map(|n| desk.identity(n).ok()).collect();
                Some(open(&bytes, &Key::Identities(&keys), Some(&desk.trust()?.root))?.manifest)
            }
            _ => None,
        };
        Ok(Inspected { words: by_words, sha256, manifest })
    }
}

impl View<'_> {
    /// Number of this device's handover entry whose file is not known to lie on a stick.
    fn unconfirmed_handover(&self) -> Result<Option<u64>> {
        let noted = self.reader().meta_get(UNCONFIRMED)?.unwrap_or_default();
        let of = noted.split_once(' ').filter(|(device, _)| *device == self.reader().device().as_str());
        Ok(of.and_then(|(_, seq)| seq.parse().ok()))
    }

    /// How many entries of this device after this one headquarters waits for.
    pub(crate) fn waiting_after(&self, seq: u64) -> Result<u64> {
        let kinds = self.reader().kinds_after(self.reader().device(), seq)?;
        Ok(kinds.iter().map(|kind| u64::from(awaited(kind))).sum())
    }

    /// Number of the last entry of this device that a handover known to lie on a stick holds; 0 where none does.
    pub(crate) fn handed_over(&self) -> Result<u64> {
        let reader = self.reader();
        let filter = Filter { device: Some(reader.device().clone()), kind: Some("handover.".to_owned()), ..Filter::default() };
        let mut not: BTreeSet<u64> = self.unconfirmed_handover()?.into_iter().collect();
        for logged in reader.entries(&filter, u32::MAX)?.into_iter().rev() {
            if let Some(seq) = logged.entry.body.about.get("entry").and_then(serde_json::Value::as_u64) {
                not.insert(seq);
            } else if !not.contains(&logged.entry.seq) {
                return Ok(logged.entry.seq);
            }
        }
        Ok(0)
    }
}
