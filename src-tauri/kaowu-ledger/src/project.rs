//! From entries to the view.

use crate::error::LedgerError;
use crate::store::Ledger;
use kaowu_core::facts::well_formed;
use kaowu_core::identity::{DeviceId, EntryId};
use kaowu_core::journal::Entry;
use rusqlite::{OptionalExtension, params};
use std::collections::HashSet;

/// The entry by which a laptop takes over its site packet: it carries facts that are HQ's, and they count only in the
/// database that opened the packet.
pub const OPENING: &str = "packet.opened";

/// A row of `device`.
pub(crate) struct DeviceRow {
    pub(crate) n: i64,
    pub(crate) own: bool,
    pub(crate) key: [u8; 32],
}

impl Ledger {
    pub(crate) fn add_device(&self, id: &DeviceId, site: &str, key: &[u8; 32], own: bool) -> Result<(), LedgerError> {
        self.conn
            .prepare_cached("INSERT INTO device (id, site, key, own) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (id) DO UPDATE SET own = max(own, excluded.own)")?
            .execute(params![id.as_str(), site, key, own])?;
        Ok(())
    }

    pub(crate) fn device_row(&self, id: &DeviceId) -> Result<Option<DeviceRow>, LedgerError> {
        Ok(self
            .conn
            .prepare_cached("SELECT n, own, key FROM device WHERE id = ?1")?
            .query_row([id.as_str()], |r| Ok(DeviceRow { n: r.get(0)?, own: r.get(1)?, key: r.get(2)? }))
            .optional()?)
    }

    pub(crate) fn store_line(&self, id: &EntryId, device: i64, seq: u64, line: &[u8], signature: &[u8; 64]) -> Result<i64, LedgerError> {
        self.conn
            .prepare_cached("INSERT INTO entry (id, device, seq, line, sig) VALUES (?1, ?2, ?3, ?4, ?5)")?
            .execute(params![raw(id), device, seq, line, signature])?;
        Ok(self.conn.last_insert_rowid())
    }

    /// Takes an entry's facts into the view.
    pub(crate) fn project(&self, n: i64, id: &EntryId, entry: &Entry, own: bool) -> Result<(), LedgerError> {
        let mut named = self.conn.prepare_cached("INSERT OR IGNORE INTO supersede (old, entry) VALUES (?1, ?2)")?;
        let mut row_of = self.conn.prepare_cached("SELECT n FROM entry WHERE id = ?1")?;
        let mut replaced: HashSet<i64> = HashSet::with_capacity(entry.supersedes.len());
        for old in &entry.supersedes {
            named.execute(params![raw(old), n])?;
            if let Some(old) = row_of.query_row([raw(old)], |r| r.get(0)).optional()? {
                replaced.insert(old);
            }
        }
        // Entries that name this one and came before it.
        let by: Vec<i64> = self
            .conn
            .prepare_cached("SELECT entry FROM supersede WHERE old = ?1")?
            .query_map([raw(id)], |r| r.get(0))?
            .collect::<Result<_, _>>()?;
        let mut add = self.conn.prepare_cached("INSERT OR REPLACE INTO fact (topic, key, entry, value, live) VALUES (?1, ?2, ?3, ?4, ?5)")?;
        let mut live_on = self.conn.prepare_cached("SELECT entry FROM fact WHERE topic = ?1 AND key = ?2 AND live = 1")?;
        let mut kill = self.conn.prepare_cached("UPDATE fact SET live = 0 WHERE topic = ?1 AND key = ?2 AND entry = ?3")?;
        let mut stated = self.conn.prepare_cached("SELECT 1 FROM fact WHERE topic = ?1 AND key = ?2 AND entry = ?3")?;
        for fact in &entry.body.facts {
            if entry.kind == OPENING && !own && !well_formed(fact, true) {
                continue;
            }
            let mut live = true;
            for later in &by {
                if stated.exists(params![fact.topic, fact.key, later])? {
                    live = false;
                    break;
                }
            }
            if !replaced.is_empty() {
                let there: Vec<i64> = live_on.query_map(params![fact.topic, fact.key], |r| r.get(0))?.collect::<Result<_, _>>()?;
                for old in there.into_iter().filter(|old| replaced.contains(old)) {
                    kill.execute(params![fact.topic, fact.key, old])?;
                }
            }
            let value = (!fact.value.is_null()).then(|| fact.value.to_string());
            add.execute(params![fact.topic, fact.key, n, value, live])?;
        }
        Ok(())
    }

    /// Makes the view anew from the stored lines.
    pub fn rebuild(&mut self) -> Result<(), LedgerError> {
        self.in_transaction(Self::replay)
    }

    pub(crate) fn replay(&self) -> Result<(), LedgerError> {
        self.conn.execute_batch(
            "DROP INDEX fact_number; DROP INDEX fact_name; DELETE FROM fact; DELETE FROM supersede; DELETE FROM fork;
             INSERT INTO fork SELECT device, min(seq) FROM
               (SELECT device, seq FROM entry GROUP BY device, seq HAVING count(*) > 1) GROUP BY device;",
        )?;
        let mut rows = self.conn.prepare(
            "SELECT e.n, e.id, e.line, d.own FROM entry e JOIN device d ON d.n = e.device LEFT JOIN fork f ON f.device = e.device
             WHERE f.seq IS NULL OR e.seq < f.seq ORDER BY e.n",
        )?;
        let mut rows = rows.query([])?;
        while let Some(row) = rows.next()? {
            let line = row.get_ref(2)?.as_blob().map_err(rusqlite::Error::from)?;
            let entry: Entry = serde_json::from_slice(line)
                .map_err(|e| kaowu_core::journal::EntryError::EntryUnreadable { detail: e.to_string() })?;
            self.project(row.get(0)?, &text(&row.get::<_, Vec<u8>>(1)?), &entry, row.get(3)?)?;
        }
        let schema = include_str!("schema.sql");
        let indexes: Vec<&str> = schema.lines().filter(|l| l.starts_with("CREATE INDEX fact_")).collect();
        self.conn.execute_batch(&indexes.join("\n"))?;
        Ok(())
    }
}

/// An id as it is stored.
pub(crate) fn raw(id: &EntryId) -> Vec<u8> {
    hex::decode(id.as_str()).unwrap_or_default()
}

/// A stored id as text.
pub(crate) fn text(id: &[u8]) -> EntryId {
    EntryId(hex::encode(id))
}
