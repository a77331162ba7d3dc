//! The archive of a whole event: one file for the records office, which a later version opens to be read only.

use super::gather::{JOURNALS, Journals, Titled};
use crate::error::{DeskFault, Result};
use crate::event::{Unfinished, new_part};
use crate::operators::{Guard, vault_for_new};
use crate::packet::{PLAN_FILE, feed_of, read_file};
use crate::{Ctx, Desk};
use kaowu_core::facts::{Only, OperatorFact, PlanFact, Topic, Trust};
use kaowu_core::journal::check_code;
use kaowu_core::plan::Plan;
use kaowu_ledger::{DbKey, Draft, FeedTrust, Genesis, HQ, Ledger, Sealed, Step};
use kaowu_packet::keys::{AgeIdentity, generate_seed, key_code};
use kaowu_packet::vault::Pin;
use kaowu_packet::{Files, Key, Lock, Manifest, PacketKind, Packing, carry, open, seal};
use kaowu_papers::Fonts;
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// An archive in its place, read back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ArchiveMade {
    /// The file.
    pub path: PathBuf,
    /// Its SHA-256.
    pub sha256: String,
    /// Bytes.
    pub size: u64,
    /// Files in it.
    pub files: usize,
    /// Entries of all journals.
    pub entries: u64,
}

/// An archive opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ArchiveOpened {
    /// The event.
    pub title: String,
    /// Files in it.
    pub files: usize,
    /// Entries of all journals, each checked.
    pub entries: u64,
    /// Devices.
    pub devices: usize,
    /// Root key it was signed under: to be compared with the one headquarters published.
    pub root: String,
    /// Its code, as slips and the page on keys show it.
    pub root_code: String,
    /// When it was made.
    pub created: String,
}

/// How the database of an opened archive lies on the disk.
#[derive(Clone, Copy)]
pub enum ArchiveDoor<'a> {
    /// As the event lay: of an open one for anybody to read; of a protected one it is asked who opens it.
    AsEvent,
    /// Encrypted: this reader is the first who opens it, with this PIN.
    Pin(&'a Ctx, &'a Pin),
    /// For anybody to read, as people have said.
    Plain,
}

impl Desk {
    /// Writes the archive of the event into a folder: closed for headquarters' key and the escrow key.
    pub fn make_archive(&mut self, ctx: &Ctx, fonts: &Fonts, folder: &Path) -> Result<ArchiveMade> {
        self.hq_only(ctx, "archive.made")?;
        let health = self.verify_journal()?;
        if !health.faults.is_empty() {
            return Err(DeskFault::JournalFaulty { faults: health.faults.len() }.into());
        }
        // It holds the entry that says so, as a handover does.
        self.record_ahead(ctx, "archive.made", |_| Ok((Draft::new("archive.made"), ())))?;
        let packed = self.pack_archive(ctx, fonts, folder);
        self.confirmed(ctx, packed)
    }

    fn pack_archive(&self, ctx: &Ctx, fonts: &Fonts, folder: &Path) -> Result<ArchiveMade> {
        let mut titled = self.documents(ctx, fonts)?;
        self.view().reader().tell(Step::Composing, 1, 2)?;
        let (journals, said) = self.journals()?;
        let entries = said.feeds.iter().map(|f| f.entries).sum();
        titled.extend(journals);
        let json = serde_json::to_vec_pretty(&said).unwrap_or_default();
        titled
            .push(Titled { name: JOURNALS.to_owned(), title: "日志清单".to_owned(), size: said.feeds.len().to_string(), bytes: json });
        let plan = self.view().one::<PlanFact>(&Only)?.map(|held| held.value.text).unwrap_or_default();
        titled.push(Titled {
            name: PLAN_FILE.to_owned(),
            title: "活动方案".to_owned(),
            size: plan.lines().count().to_string(),
            bytes: plan.into_bytes(),
        });
        let mut files: Files = self.index(ctx, fonts, &titled)?;
        files.extend(titled.into_iter().map(|t| (t.name, t.bytes)));
        let (event, trust, head) = (self.view().event()?, self.trust()?, self.ledger.own_head()?);
        let name = format!("{}.archive.kaowu", event.id);
        let manifest = Manifest {
            v: 0,
            kind: PacketKind::Archive,
            event: event.id,
            title: event.title,
            mode: event.mode,
            from: "hq".to_owned(),
            to: "records".to_owned(),
            device: self.ledger.device().clone(),
            seq: self.ledger.next_seq()?.saturating_sub(1),
            check_code: check_code(&head),
            head,
            created: ctx.now.to_rfc3339(),
            files: BTreeMap::new(),
            algorithms: Default::default(),
        };
        let count = files.len();
        let lock = Lock::Recipients(vec![trust.hq, trust.escrow]);
        let second = self.plan.event.second_signature.is_some();
        let packing = Packing { manifest, files, chain: self.hq_chain()?, signer: &self.device_signer(), lock, second };
        let carried = carry(&seal(packing)?, folder, &name)?;
        Ok(ArchiveMade { path: carried.path, sha256: carried.sha256, size: carried.size, files: count, entries })
    }

    /// Opens an archive into a new database that is never written to. `identity`: the secret line of headquarters' or the
    /// escrow key; `root`: the root key headquarters published, where one has it.
    pub fn open_archive(
        db: &Path,
        file: &Path,
        identity: &str,
        root: Option<&str>,
        door: ArchiveDoor<'_>,
    ) -> Result<(Self, ArchiveOpened)> {
        let mut unfinished = Unfinished::default();
        let (mut desk, told) = Self::unpack_archive((db, file), identity, root, &mut unfinished, |files, said, unfinished| match door {
            ArchiveDoor::Plain => Ok(None),
            ArchiveDoor::AsEvent if names_operators(files, said) => Err(DeskFault::ArchiveNeedsPin.into()),
            ArchiveDoor::AsEvent => Ok(None),
            ArchiveDoor::Pin(ctx, pin) => {
                let key = vault_for_new(db, &ctx.operator, pin)?;
                unfinished.is(&new_part(db)?, Some(db));
                Ok(Some(key))
            }
        })?;
        if let ArchiveDoor::Pin(ctx, _) = door {
            desk.guard = Some(Guard::new(ctx.operator.clone()));
        }
        unfinished.is_finished();
        Ok((desk, told))
    }

    /// Unpacks an archive into a database that is sealed. `lock` says under which key it lies, once the packet is known to be whole.
    fn unpack_archive(
        (db, file): (&Path, &Path),
        identity: &str,
        root: Option<&str>,
        unfinished: &mut Unfinished,
        lock: impl FnOnce(&Files, &Journals, &mut Unfinished) -> Result<Option<DbKey>>,
    ) -> Result<(Self, ArchiveOpened)> {
        let line = identity.lines().find(|l| l.trim_start().starts_with("AGE-SECRET-KEY-")).unwrap_or(identity);
        let packet = open(&read_file(file)?, &Key::Identities(&[AgeIdentity::parse(line)?]), root)?;
        let m = &packet.manifest;
        if m.kind != PacketKind::Archive {
            m.expect(PacketKind::Archive, &m.event, &m.title, m.mode)?;
        }
        packet.chain.expect_hq()?;
        let damaged = |detail: &str| DeskFault::FileUnreadable { file: file.display().to_string(), detail: detail.to_owned() };
        let said: Journals = packet.files.get(JOURNALS).and_then(|b| serde_json::from_slice(b).ok()).ok_or_else(|| damaged(JOURNALS))?;
        let genesis = Genesis { event: m.event.clone(), mode: m.mode, site: "archive".to_owned(), device_seed: generate_seed() };
        // The list of journals says whose keys they are. It is headquarters' word, so headquarters' own journal is among them.
        if !said.feeds.iter().any(|feed| feed.site == HQ && feed.key == hex::encode(packet.chain.public)) {
            return Err(DeskFault::ArchiveDiffers.into());
        }
        let key = lock(&packet.files, &said, unfinished)?;
        let part = new_part(db)?;
        let mut ledger = Ledger::create_under(&part, &genesis, key.as_ref())?;
        unfinished.add(&part);
        let mut entries = 0;
        for feed in &said.feeds {
            let lines = feed_of(&packet.files, &format!("{}.jsonl", feed.file), &format!("{}.sigs", feed.file), file)?;
            let mut key = [0; 32];
            hex::decode_to_slice(&feed.key, &mut key).map_err(|_| damaged(&feed.file))?;
            let trust = FeedTrust { site: feed.site.clone(), key, from_site: feed.site != HQ };
            entries += ledger.merge(&lines, &trust)?.added;
        }
        if ledger.fingerprint()? != said.fingerprint || entries != said.feeds.iter().map(|f| f.entries).sum::<u64>() {
            return Err(DeskFault::ArchiveDiffers.into());
        }
        let plan = Plan::read(&ledger.one::<PlanFact>(&Only)?.ok_or(DeskFault::NoEvent)?.value.text)?;
        packet.chain.expect_second(plan.event.second_signature.is_some())?;
        packet.chain.expect_root(&ledger.one::<Trust>(&Only)?.ok_or(DeskFault::NoEvent)?.value.root)?;
        ledger.seal(Sealed::Archive)?;
        let ledger = ledger.place_new(&part, db)?;
        let told = ArchiveOpened {
            title: m.title.clone(),
            files: packet.files.len(),
            entries,
            devices: said.feeds.len(),
            root_code: key_code(&packet.chain.root)?,
            root: packet.chain.root.clone(),
            created: m.created.clone(),
        };
        Ok((Self::over(ledger, plan, db), told))
    }

    /// Checks an archive without opening it: envelope, manifest, chain, every file. What has to be worked out lies encrypted
    /// under a key that nobody keeps.
    pub fn verify_archive(file: &Path, identity: &str, root: Option<&str>) -> Result<ArchiveOpened> {
        let folder = tempfile::tempdir().map_err(|e| DeskFault::unwritable(&std::env::temp_dir(), &e))?;
        let (db, mut unfinished) = (folder.path().join("archive.kaowu-db"), Unfinished::default());
        let passing = |_: &Files, _: &Journals, _: &mut Unfinished| Ok(Some(DbKey::from_bytes(generate_seed())));
        let (_, told) = Self::unpack_archive((&db, file), identity, root, &mut unfinished, passing)?;
        Ok(told)
    }
}

/// Whether a journal names operators: its event was protected. A line has one form only, so its bytes say it.
fn names_operators(files: &Files, said: &Journals) -> bool {
    let topic = format!("\"topic\":\"{}\"", OperatorFact::NAME);
    let names = |journal: &Vec<u8>| journal.windows(topic.len()).any(|bytes| bytes == topic.as_bytes());
    said.feeds.iter().filter_map(|feed| files.get(&format!("{}.jsonl", feed.file))).any(names)
}
