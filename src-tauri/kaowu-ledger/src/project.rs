//! From an entry to the views, as it arrives.

use crate::error::{Result, StoreFault};
use crate::line::{Id, Line, LineFact};
use kaowu_core::facts::well_formed;
use kaowu_core::identity::DeviceId;
use kaowu_core::journal::Fact;
use rusqlite::{CachedStatement, Connection, OptionalExtension, params};
use serde_json::Value;
use std::collections::HashSet;

/// The entry by which a laptop takes over its site packet. It carries facts that are HQ's to state: they count in the
/// database that opened the packet and nowhere else.
pub const OPENING: &str = "packet.opened";

/// Whether a fact of an entry counts in this database.
pub(crate) fn counts(kind: &str, fact: &LineFact<'_>, own: bool) -> bool {
    let key_only = || Fact { topic: fact.topic.as_ref().to_owned(), key: fact.key.as_ref().to_owned(), value: Value::Null };
    kind != OPENING || own || well_formed(&key_only(), true)
}

/// A row of `device`.
pub(crate) struct DeviceRow {
    pub(crate) n: i64,
    pub(crate) own: bool,
    pub(crate) site: String,
}

pub(crate) fn device_row(conn: &Connection, id: &DeviceId) -> Result<Option<DeviceRow>> {
    Ok(conn
        .prepare_cached("SELECT n, own, site FROM device WHERE id = ?1")?
        .query_row([id.as_str()], |r| Ok(DeviceRow { n: r.get(0)?, own: r.get(1)?, site: r.get(2)? }))
        .optional()?)
}

pub(crate) fn add_device(conn: &Connection, id: &DeviceId, site: &str, key: &[u8; 32], own: bool) -> Result<()> {
    conn.prepare_cached("INSERT INTO device (id, site, key, own) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (id) DO NOTHING")?
        .execute(params![id.as_str(), site, key, own])?;
    Ok(())
}

/// An entry about to be stored.
pub(crate) struct New<'a> {
    pub(crate) id: Id,
    pub(crate) line: &'a [u8],
    pub(crate) signature: &'a [u8; 64],
    pub(crate) read: &'a Line<'a>,
}

/// The statements of one transaction that stores entries.
pub(crate) struct Projector<'c> {
    store: CachedStatement<'c>,
    row_of: CachedStatement<'c>,
    awaits: CachedStatement<'c>,
    awaited: CachedStatement<'c>,
    add: CachedStatement<'c>,
    holders: CachedStatement<'c>,
    kill: CachedStatement<'c>,
    states: CachedStatement<'c>,
}

impl<'c> Projector<'c> {
    pub(crate) fn new(conn: &'c Connection) -> Result<Self> {
        let prepare = |sql| conn.prepare_cached(sql);
        Ok(Self {
            store: prepare(
                "INSERT INTO entry (id, device, seq, prev, t, op, kind, sig, line) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            )?,
            row_of: prepare("SELECT n FROM entry WHERE id = ?1")?,
            awaits: prepare("INSERT OR IGNORE INTO awaited (old, entry) VALUES (?1, ?2)")?,
            awaited: prepare("SELECT entry FROM awaited WHERE old = ?1")?,
            add: prepare("INSERT INTO fact (topic, key, entry, live, value) VALUES (?1, ?2, ?3, ?4, ?5)")?,
            holders: prepare("SELECT entry FROM fact WHERE topic = ?1 AND key = ?2 AND live = 1")?,
            kill: prepare("UPDATE fact SET live = 0 WHERE topic = ?1 AND key = ?2 AND entry = ?3")?,
            states: prepare("SELECT 1 FROM fact WHERE topic = ?1 AND key = ?2 AND entry = ?3")?,
        })
    }

    /// Stores a line; returns its row.
    pub(crate) fn store(&mut self, device: i64, new: &New<'_>) -> Result<i64> {
        let line = new.read;
        Ok(self.store.insert(params![
            new.id.0,
            device,
            line.seq,
            line.prev.bytes(),
            line.t,
            line.op,
            line.kind,
            new.signature,
            new.line
        ])?)
    }

    /// Takes a stored entry's facts into the view. A fact is dead once an accepted entry names its entry and states
    /// something itself on the same topic and key, whichever of the two came first.
    pub(crate) fn project(&mut self, n: i64, id: &Id, line: &Line<'_>, own: bool) -> Result<()> {
        let mut replaced: HashSet<i64> = HashSet::with_capacity(line.supersedes.len());
        for old in &line.supersedes {
            match self.row_of.query_row([old.0], |r| r.get(0)).optional()? {
                Some(old) => _ = replaced.insert(old),
                None => _ = self.awaits.execute(params![old.0, n])?,
            }
        }
        let later: Vec<i64> = self.awaited.query_map([id.0], |r| r.get(0))?.collect::<Result<_, _>>()?;
        for fact in line.body.facts.iter().filter(|fact| counts(&line.kind, fact, own)) {
            if !replaced.is_empty() {
                let holders: Vec<i64> = self.holders.query_map(params![fact.topic, fact.key], |r| r.get(0))?.collect::<Result<_, _>>()?;
                for old in holders.into_iter().filter(|old| replaced.contains(old)) {
                    self.kill.execute(params![fact.topic, fact.key, old])?;
                }
            }
            let mut live = true;
            for entry in &later {
                live &= !self.states.exists(params![fact.topic, fact.key, entry])?;
            }
            self.add.execute(params![fact.topic, fact.key, n, live, fact.value()])?;
        }
        Ok(())
    }
}

/// Where a device's feed splits, as kept.
pub(crate) fn fork_of(conn: &Connection, device: i64) -> Result<Option<u64>> {
    Ok(conn.prepare_cached("SELECT seq FROM fork WHERE device = ?1")?.query_row([device], |r| r.get(0)).optional()?)
}

pub(crate) fn unreadable(error: &serde_json::Error) -> StoreFault {
    StoreFault::damaged(format!("entry: {error}"))
}
