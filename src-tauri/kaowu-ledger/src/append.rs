//! One use case, one transaction, one entry.

use crate::chain::gaps;
use crate::draft::{Draft, Stamp};
use crate::error::{LedgerError, Result, StoreFault};
use crate::feed::Continues;
use crate::line::{Id, Line};
use crate::project::{New, Projector, device_row, fork_of, unreadable};
use crate::read::Reader;
use crate::store::{Ledger, device_of, meta};
use chrono::SecondsFormat;
use ed25519_dalek::{Signer, SigningKey};
use kaowu_core::facts::well_formed;
use kaowu_core::identity::{DeviceId, EntryId};
use kaowu_core::journal::{Body, Entry, Fact, VERSION};
use rusqlite::{Transaction, TransactionBehavior};
use std::collections::HashSet;
use std::ops::Deref;

/// A transaction under way: reads see what it has written.
pub struct Tx<'a> {
    ledger: &'a Ledger,
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
        self.in_transaction(|ledger| work(&Tx { ledger }))
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
        let tx = Transaction::new_unchecked(&self.reader.conn, TransactionBehavior::Immediate).map_err(LedgerError::from)?;
        let done = work(self).and_then(|out| tx.commit().map(|()| out).map_err(|e| LedgerError::from(e).into()));
        if done.is_err() {
            self.reader.forget_people();
        }
        done
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
        ledger.may_write(device.n)?;
        if let Some(fact) = draft.facts.iter().find(|f| !well_formed(f, false)) {
            return Err(StoreFault::FactMalformed { topic: fact.topic.clone(), key: fact.key.clone() }.into());
        }
        once(&draft.facts)?;
        draft.supersedes.sort_unstable();
        draft.supersedes.dedup();
        if let Some(id) = draft.supersedes.iter().find(|id| Id::read(id.as_str()).is_none()) {
            return Err(StoreFault::IdMalformed { id: id.clone() }.into());
        }
        let (seq, prev) = match ledger.last_of(ledger.device())? {
            Some((seq, head)) => (seq + 1, head),
            None => (1, EntryId::default()),
        };
        if let Some(continues) = ledger.meta_get(meta::CONTINUES)?.filter(|_| seq == 1) {
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
        let mut projector = Projector::new(conn)?;
        let n = projector.store(device.n, &New { id, line: &line, signature: &signature, read: &read })?;
        projector.project(n, &id, &read, device.own)?;
        ledger.reader.people_changed(&read);
        Ok(id.text())
    }
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
