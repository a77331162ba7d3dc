//! One use case, one transaction, one entry.

use crate::chain::gaps;
use crate::draft::{Draft, Stamp};
use crate::error::{LedgerError, Result, StoreFault};
use crate::feed::Continues;
use crate::line::{Id, Line};
use crate::project::{HQ, New, OPENING, Projector, device_row, fork_of, unreadable};
use crate::read::Reader;
use crate::store::{Ledger, device_of, meta};
use crate::watch::Step;
use chrono::SecondsFormat;
use ed25519_dalek::{Signer, SigningKey};
use kaowu_core::facts::well_formed;
use kaowu_core::identity::{DeviceId, EntryId};
use kaowu_core::journal::{Body, Entry, Fact, VERSION};
use rusqlite::{Connection, OptionalExtension};
use std::cell::Cell;
use std::collections::HashSet;
use std::ops::Deref;

/// A transaction under way: reads see what it has written.
pub struct Tx<'a> {
    pub(crate) ledger: &'a Ledger,
    /// What was merged within it says that this database is a copy.
    pub(crate) copied: Cell<bool>,
}

/// A transaction that is rolled back unless it is committed. SQLite parses each of its words once, not once an entry.
struct Open<'a> {
    reader: &'a Reader,
}

impl<'a> Open<'a> {
    fn begin(reader: &'a Reader) -> Result<Self> {
        reader.conn.prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
        reader.begun();
        Ok(Self { reader })
    }

    fn commit(self) -> Result<()> {
        self.reader.conn.prepare_cached("COMMIT")?.execute([])?;
        Ok(())
    }
}

impl Drop for Open<'_> {
    fn drop(&mut self) {
        // Committed, or rolled back by SQLite itself as after a full disk.
        if self.reader.conn.is_autocommit() {
            return;
        }
        // Nothing of it may stay, in memory either. If even this fails SQLite rolls back when the file is next opened.
        let _rolled_back = self.reader.conn.execute_batch("ROLLBACK");
        self.reader.rolled_back();
    }
}

impl Deref for Tx<'_> {
    type Target = Reader;
    fn deref(&self) -> &Reader {
        &self.ledger.reader
    }
}

impl Ledger {
    /// Reads and appends in one transaction; nothing is written when `work` refuses.
    pub fn transact<O, E: From<LedgerError>>(&mut self, work: impl FnOnce(&Tx<'_>) -> Result<O, E>) -> Result<O, E> {
        let (out, copied) = self.in_transaction(|ledger| {
            let tx = Tx { ledger, copied: Cell::new(false) };
            let out = work(&tx)?;
            Ok::<_, E>((out, tx.copied.get()))
        })?;
        self.copy |= copied;
        Ok(out)
    }

    /// Appends one entry.
    pub fn append(&mut self, stamp: &Stamp, draft: Draft) -> Result<EntryId> {
        self.transact(|tx| tx.append(stamp, draft))
    }

    /// Goes on under a new device key, as a restored or copied database must. The next entry names the feed it goes on
    /// from in `about.continues`.
    pub fn continue_as(&mut self, seed: [u8; 32]) -> Result<DeviceId> {
        let key = SigningKey::from_bytes(&seed);
        let device = device_of(&key.verifying_key().to_bytes());
        self.in_transaction(|ledger| {
            if let Some((seq, head)) = ledger.last_of(ledger.device())? {
                let continues = Continues { device: ledger.device().clone(), seq, head };
                ledger.meta_set(meta::CONTINUES, &serde_json::to_string(&continues).map_err(|e| StoreFault::damaged(e.to_string()))?)?;
            }
            ledger.become_device(&device, &key)
        })?;
        self.key = key;
        self.reader.device = device.clone();
        self.copy = false;
        Ok(device)
    }

    /// Runs `work` in one transaction, rolled back when it refuses or panics.
    pub(crate) fn in_transaction<O, E: From<LedgerError>>(&self, work: impl FnOnce(&Self) -> Result<O, E>) -> Result<O, E> {
        self.writable()?;
        let open = Open::begin(&self.reader)?;
        let out = work(self)?;
        open.commit().inspect_err(|_| self.write_over())?;
        Ok(out)
    }

    /// A commit that was refused because the log does not flush may stand in it whole all the same, and would hold once the
    /// program was killed and the file opened again. The next transaction is written in its place.
    fn write_over(&self) {
        let other = "INSERT INTO meta VALUES ('written-over', hex(randomblob(8))) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
        let _as_well_as_can_be = Open::begin(&self.reader).and_then(|open| {
            self.reader.conn.execute_batch(other)?;
            open.commit()
        });
    }

    fn may_write(&self, device: i64) -> Result<()> {
        if self.copy {
            return Err(StoreFault::DatabaseIsCopy.into());
        }
        match fork_of(&self.reader.conn, device)? {
            Some(seq) => Err(StoreFault::OwnFeedForked { seq }.into()),
            None => Ok(()),
        }
    }
}

impl Tx<'_> {
    /// Appends one entry: stored, signed, and its facts in the view.
    pub fn append(&self, stamp: &Stamp, mut draft: Draft) -> Result<EntryId> {
        let (ledger, conn) = (self.ledger, &self.ledger.reader.conn);
        let device = device_row(conn, ledger.device())?.ok_or_else(|| StoreFault::damaged("own device"))?;
        if self.copied.get() {
            return Err(StoreFault::DatabaseIsCopy.into());
        }
        ledger.may_write(device.n)?;
        if let Some(fact) = draft.facts.iter().find(|f| !well_formed(f, false)) {
            return Err(StoreFault::FactMalformed { topic: fact.topic.clone(), key: fact.key.clone() }.into());
        }
        // HQ refuses a feed whole for one such entry: better refused where it arises.
        if let Some(fact) = draft.facts.iter().find(|f| ledger.site != HQ && draft.kind != OPENING && !well_formed(f, true)) {
            return Err(StoreFault::OnlyHqStates { topic: fact.topic.clone() }.into());
        }
        once(&draft.facts)?;
        draft.supersedes.sort_unstable();
        draft.supersedes.dedup();
        if let Some(id) = draft.supersedes.iter().find(|id| Id::read(id.as_str()).is_none()) {
            return Err(StoreFault::IdMalformed { id: id.clone() }.into());
        }
        let (seq, prev) = match last(conn, device.n)? {
            Some((seq, head)) => (seq + 1, head.text()),
            None => (1, EntryId::default()),
        };
        let continues = if seq == 1 { ledger.meta_get(meta::CONTINUES)? } else { None };
        if let Some(continues) = continues {
            let continues = serde_json::from_str(&continues).map_err(|e| StoreFault::damaged(e.to_string()))?;
            draft.about.insert(meta::CONTINUES.to_owned(), continues);
        }
        let entry = Entry {
            v: VERSION,
            mode: ledger.mode,
            event: ledger.event.clone(),
            site: ledger.site.clone(),
            device: ledger.device().clone(),
            seq,
            prev,
            t: stamp.t.to_rfc3339_opts(SecondsFormat::Millis, false),
            mono: stamp.mono,
            boot: stamp.boot.clone(),
            op: stamp.operator.clone(),
            kind: draft.kind,
            body: Body { about: draft.about, facts: draft.facts },
            supersedes: draft.supersedes,
        };
        let line = entry.to_line()?;
        let (id, signature) = (Id::of(&line), ledger.key.sign(&line).to_bytes());
        let read = Line::read(&line).map_err(|e| unreadable(&e))?;
        ledger.reader.tell(Step::Writing, 0, read.body.facts.len())?;
        let mut projector = Projector::new(conn)?;
        let n = projector.store(device.n, &New { id, line: &line, signature: &signature, read: &read })?;
        let total = read.body.facts.len();
        projector.project(n, &id, &read, &device, |done| ledger.reader.tell_often(Step::Writing, done, total))?;
        ledger.reader.stated(&read);
        Ok(id.text())
    }
}

/// Last number and head of a feed that does not split.
fn last(conn: &Connection, device: i64) -> Result<Option<(u64, Id)>> {
    Ok(conn
        .prepare_cached("SELECT seq, id FROM entry WHERE device = ?1 ORDER BY seq DESC LIMIT 1")?
        .query_row([device], |r| Ok((r.get(0)?, Id(r.get(1)?))))
        .optional()?)
}

/// One entry says one thing about a key.
pub(crate) fn once(facts: &[Fact]) -> Result<(), StoreFault> {
    if facts.len() < 2 {
        return Ok(());
    }
    let mut seen = HashSet::with_capacity(facts.len());
    match facts.iter().find(|fact| !seen.insert((fact.topic.as_str(), fact.key.as_str()))) {
        Some(fact) => Err(StoreFault::FactTwice { topic: fact.topic.clone(), key: fact.key.clone() }),
        None => Ok(()),
    }
}

impl Reader {
    /// Ranges of numbers that a device's feed lacks.
    pub fn missing(&self, device: &DeviceId) -> Result<Vec<(u64, u64)>> {
        let seqs: Vec<u64> = self
            .conn
            .prepare_cached("SELECT e.seq FROM entry e JOIN device d ON d.n = e.device WHERE d.id = ?1 ORDER BY e.seq")?
            .query_map([device.as_str()], |r| r.get(0))?
            .collect::<Result<_, _>>()?;
        Ok(gaps(seqs.into_iter()))
    }
}
