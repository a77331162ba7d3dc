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

/// The entry by which a site takes over what headquarters settled, from a receipt. Headquarters holds it already, so it
/// counts in the database that read the receipt and nowhere else.
pub const SETTLED: &str = "receipt.taken";

/// The site of headquarters, which may state everything.
pub const HQ: &str = "hq";

/// Whether a fact of an entry counts in this database.
pub(crate) fn counts(kind: &str, fact: &LineFact<'_>, own: bool) -> bool {
    let key_only = || Fact { topic: fact.topic.as_ref().to_owned(), key: fact.key.as_ref().to_owned(), value: Value::Null };
    match kind {
        OPENING => own || well_formed(&key_only(), true),
        SETTLED => own,
        _ => true,
    }
}

/// Whether an entry of one site may replace what another states. Headquarters replaces anything; a site what its own laptops said,
/// and nobody else's word: where it names that all the same, both values stand and contradict each other.
pub(crate) fn may_replace(by: &str, of: &str) -> bool {
    by == HQ || by == of
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

/// The statements of one transaction that stores entries. Those that only superseding needs are looked up when it happens.
pub(crate) struct Projector<'c> {
    conn: &'c Connection,
    store: CachedStatement<'c>,
    awaited: CachedStatement<'c>,
    add: CachedStatement<'c>,
}

impl<'c> Projector<'c> {
    pub(crate) fn new(conn: &'c Connection) -> Result<Self> {
        let prepare = |sql| conn.prepare_cached(sql);
        Ok(Self {
            conn,
            store: prepare(
                "INSERT INTO entry (id, device, seq, prev, t, op, kind, sig, line) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            )?,
            awaited: prepare(
                "SELECT a.entry, d.site FROM awaited a CROSS JOIN entry e ON e.n = a.entry CROSS JOIN device d ON d.n = e.device
                 WHERE a.old = ?1",
            )?,
            add: prepare("INSERT INTO fact (topic, key, entry, live, value) VALUES (?1, ?2, ?3, ?4, ?5)")?,
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

    /// Takes a stored entry's facts into the view. A fact is dead once an accepted entry that may replace it names its entry
    /// and states something itself on the same topic and key, whichever of the two came first.
    /// `told` hears how many facts are in, and may stop the work.
    pub(crate) fn project(&mut self, n: i64, id: &Id, line: &Line<'_>, of: &DeviceRow, told: impl Fn(usize) -> Result<()>) -> Result<()> {
        let replaced = self.replaced(n, line, &of.site)?;
        let mut later: Vec<i64> = Vec::new();
        let mut naming = self.awaited.query([id.0])?;
        while let Some(row) = naming.next()? {
            if may_replace(row.get_ref(1)?.as_str()?, &of.site) {
                later.push(row.get(0)?);
            }
        }
        drop(naming);
        for (done, fact) in line.body.facts.iter().filter(|fact| counts(&line.kind, fact, of.own)).enumerate() {
            told(done)?;
            if !replaced.is_empty() {
                self.kill(fact, &replaced)?;
            }
            let live = later.is_empty() || !self.stated_by_any(fact, &later)?;
            self.add.execute(params![fact.topic, fact.key, n, live, fact.value()])?;
        }
        Ok(())
    }

    /// Rows of the entries that a line of a site names and may replace; what has not arrived is noted.
    fn replaced(&self, n: i64, line: &Line<'_>, site: &str) -> Result<HashSet<i64>> {
        let mut rows = HashSet::with_capacity(line.supersedes.len());
        if line.supersedes.is_empty() {
            return Ok(rows);
        }
        let mut row_of =
            self.conn.prepare_cached("SELECT e.n, d.site FROM entry e CROSS JOIN device d ON d.n = e.device WHERE e.id = ?1")?;
        for old in &line.supersedes {
            let row = row_of.query_row([old.0], |r| Ok((r.get(0)?, may_replace(site, r.get_ref(1)?.as_str()?)))).optional()?;
            match row {
                Some((old, true)) => _ = rows.insert(old),
                Some((_, false)) => {}
                None => {
                    _ = self
                        .conn
                        .prepare_cached("INSERT OR IGNORE INTO awaited (old, entry) VALUES (?1, ?2)")?
                        .execute(params![old.0, n])?
                }
            }
        }
        Ok(rows)
    }

    fn kill(&self, fact: &LineFact<'_>, replaced: &HashSet<i64>) -> Result<()> {
        let holders: Vec<i64> = self
            .conn
            .prepare_cached("SELECT entry FROM fact WHERE topic = ?1 AND key = ?2 AND live = 1")?
            .query_map(params![fact.topic, fact.key], |r| r.get(0))?
            .collect::<Result<_, _>>()?;
        let mut kill = self.conn.prepare_cached("UPDATE fact SET live = 0 WHERE topic = ?1 AND key = ?2 AND entry = ?3")?;
        for old in holders.into_iter().filter(|old| replaced.contains(old)) {
            kill.execute(params![fact.topic, fact.key, old])?;
        }
        Ok(())
    }

    fn stated_by_any(&self, fact: &LineFact<'_>, entries: &[i64]) -> Result<bool> {
        let mut states = self.conn.prepare_cached("SELECT 1 FROM fact WHERE topic = ?1 AND key = ?2 AND entry = ?3")?;
        for entry in entries {
            if states.exists(params![fact.topic, fact.key, entry])? {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// Where a device's feed splits, as kept.
pub(crate) fn fork_of(conn: &Connection, device: i64) -> Result<Option<u64>> {
    Ok(conn.prepare_cached("SELECT seq FROM fork WHERE device = ?1")?.query_row([device], |r| r.get(0)).optional()?)
}

pub(crate) fn unreadable(error: &serde_json::Error) -> StoreFault {
    StoreFault::damaged(format!("entry: {error}"))
}
