//! Reading the view and the journal.

use crate::error::{LedgerError, StoreFault};
use crate::project::text;
use kaowu_core::facts::{FactKey, Topic};
use kaowu_core::identity::{DeviceId, EntryId, IdNumber, Operator, StageId};
use kaowu_core::journal::Entry;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::Serialize;
use std::collections::BTreeMap;

/// A value that holds, with who stated it and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held<T> {
    /// The entry.
    pub entry: EntryId,
    /// The value.
    pub value: T,
}

/// A key with several differing values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Conflict {
    /// Topic.
    pub topic: String,
    /// Key.
    pub key: String,
    /// The values with their entries.
    pub values: Vec<(EntryId, String)>,
}

/// An entry of the journal with its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Logged {
    /// Id.
    pub id: EntryId,
    /// The entry.
    pub entry: Entry,
}

/// Read access; a ledger and a transaction both give it.
pub struct Reader {
    pub(crate) conn: Connection,
    pub(crate) device: DeviceId,
}

const LIVE: &str = "SELECT f.key, e.id, f.value FROM fact f JOIN entry e ON e.n = f.entry WHERE f.topic = ?1 AND f.live = 1 AND f.value IS NOT NULL";

impl Reader {
    pub(crate) fn new(conn: Connection, device: DeviceId) -> Self {
        Self { conn, device }
    }

    pub(crate) fn of(self, device: DeviceId) -> Self {
        Self { device, ..self }
    }

    /// This device.
    pub fn device(&self) -> &DeviceId {
        &self.device
    }

    /// Every live value of a key, in order of entry ids.
    pub fn live<T: Topic>(&self, key: &T::Key) -> Result<Vec<Held<T>>, LedgerError> {
        let mut found: Vec<Held<T>> = self
            .conn
            .prepare_cached(&format!("{LIVE} AND f.key = ?2"))?
            .query_and_then(params![T::NAME, key.text()], held::<T>)?
            .map(|row| row.map(|(_, held)| held))
            .collect::<Result<_, LedgerError>>()?;
        found.sort_by(|a, b| a.entry.cmp(&b.entry));
        Ok(found)
    }

    /// The one value of a key; several equal ones count as one, differing ones are refused.
    pub fn one<T: Topic>(&self, key: &T::Key) -> Result<Option<Held<T>>, LedgerError> {
        let mut found = self.live::<T>(key)?;
        if found.windows(2).any(|pair| pair[0].value != pair[1].value) {
            let values = found.iter().map(|h| serde_json::to_string(&h.value).unwrap_or_default()).collect();
            return Err(StoreFault::FactConflict { topic: T::NAME.to_owned(), key: key.text(), values }.into());
        }
        Ok(if found.is_empty() { None } else { Some(found.swap_remove(0)) })
    }

    /// Live values under a key prefix, in order of keys, then of entry ids.
    pub fn under<T: Topic>(&self, prefix: &str) -> Result<Vec<(T::Key, Held<T>)>, LedgerError> {
        // The upper end of the range: no key holds a character beyond it.
        let end = format!("{prefix}\u{10FFFF}");
        let mut statement = self.conn.prepare_cached(&format!("{LIVE} AND f.key >= ?2 AND f.key < ?3 ORDER BY f.key, e.id"))?;
        let rows = statement.query_and_then(params![T::NAME, prefix, end], held::<T>)?;
        let mut out = Vec::new();
        for row in rows {
            let (key, value) = row?;
            let key = T::Key::read(&key).ok_or_else(|| StoreFault::DatabaseDamaged { detail: format!("{} {key}", T::NAME) })?;
            out.push((key, value));
        }
        Ok(out)
    }

    /// Every entry whose fact on a key is live, values taken back included: what a new value replaces.
    pub fn writers<T: Topic>(&self, key: &T::Key) -> Result<Vec<EntryId>, LedgerError> {
        Ok(self
            .conn
            .prepare_cached("SELECT e.id FROM fact f JOIN entry e ON e.n = f.entry WHERE f.topic = ?1 AND f.key = ?2 AND f.live = 1")?
            .query_map(params![T::NAME, key.text()], |r| Ok(text(r.get_ref(0)?.as_blob()?)))?
            .collect::<Result<_, _>>()?)
    }

    /// Keys with several differing values.
    pub fn conflicts(&self) -> Result<Vec<Conflict>, LedgerError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT f.topic, f.key, e.id, f.value FROM fact f JOIN entry e ON e.n = f.entry
             WHERE f.live = 1 AND f.value IS NOT NULL AND (f.topic, f.key) IN
               (SELECT topic, key FROM fact WHERE live = 1 AND value IS NOT NULL GROUP BY topic, key HAVING count(DISTINCT value) > 1)
             ORDER BY f.topic, f.key, e.id",
        )?;
        let rows = statement.query_map([], |r| {
            Ok((r.get::<_, String>(0)?, r.get::<_, String>(1)?, text(r.get_ref(2)?.as_blob()?), r.get::<_, String>(3)?))
        })?;
        let mut out: Vec<Conflict> = Vec::new();
        for row in rows {
            let (topic, key, id, value) = row?;
            match out.last_mut().filter(|c| c.topic == topic && c.key == key) {
                Some(conflict) => conflict.values.push((id, value)),
                None => out.push(Conflict { topic, key, values: vec![(id, value)] }),
            }
        }
        Ok(out)
    }

    /// One entry.
    pub fn entry(&self, id: &EntryId) -> Result<Option<Entry>, LedgerError> {
        let line: Option<Vec<u8>> = self
            .conn
            .prepare_cached("SELECT line FROM entry WHERE id = ?1")?
            .query_row([crate::project::raw(id)], |r| r.get(0))
            .optional()?;
        Ok(line.map(|line| Entry::read(&line)).transpose()?)
    }

    /// Who stated something and when: operator and time of an entry.
    pub fn author(&self, id: &EntryId) -> Result<Option<(Operator, String)>, LedgerError> {
        Ok(self.entry(id)?.map(|entry| (entry.op, entry.t)))
    }

    /// The newest entries whose line holds `text`, oldest first.
    pub fn search(&self, wanted: &str, limit: u32) -> Result<Vec<Logged>, LedgerError> {
        let mut statement =
            self.conn.prepare_cached("SELECT id, line FROM entry WHERE instr(CAST(line AS TEXT), ?1) > 0 OR ?1 = '' ORDER BY n DESC LIMIT ?2")?;
        let mut out = Vec::new();
        for row in statement.query_map(params![wanted, limit], |r| Ok((text(r.get_ref(0)?.as_blob()?), r.get::<_, Vec<u8>>(1)?)))? {
            let (id, line) = row?;
            out.push(Logged { id, entry: Entry::read(&line)? });
        }
        out.reverse();
        Ok(out)
    }

    /// The person a document names in a stage: by ID number or candidate number.
    pub fn person_by_document(&self, stage: &StageId, document: &str) -> Result<Option<IdNumber>, LedgerError> {
        let key = format!("{stage}/{}", document.to_ascii_uppercase());
        let by_id = self
            .conn
            .prepare_cached("SELECT key FROM fact WHERE topic = 'candidate' AND key = ?1 AND live = 1 AND value IS NOT NULL")?
            .query_row([&key], |r| r.get::<_, String>(0))
            .optional()?;
        let found = match by_id {
            Some(key) => Some(key),
            None => self
                .conn
                .prepare_cached(
                    "SELECT key FROM fact WHERE topic = 'seat' AND live = 1 AND value IS NOT NULL AND json_extract(value, '$.number') = ?1
                     AND key >= ?2 AND key < ?3",
                )?
                .query_row(params![document, format!("{stage}/"), format!("{stage}0")], |r| r.get::<_, String>(0))
                .optional()?,
        };
        Ok(found.and_then(|key| key.split_once('/').map(|(_, id)| IdNumber::from(id))))
    }

    /// People of a stage with that name, in order of ID numbers.
    pub fn people_by_name(&self, stage: &StageId, name: &str) -> Result<Vec<IdNumber>, LedgerError> {
        let keys: Vec<String> = self
            .conn
            .prepare_cached(
                "SELECT key FROM fact WHERE topic = 'candidate' AND live = 1 AND value IS NOT NULL AND json_extract(value, '$.name') = ?1
                 AND key >= ?2 AND key < ?3 ORDER BY key",
            )?
            .query_map(params![name, format!("{stage}/"), format!("{stage}0")], |r| r.get(0))?
            .collect::<Result<_, _>>()?;
        Ok(keys.iter().filter_map(|key| key.split_once('/')).map(|(_, id)| IdNumber::from(id)).collect())
    }

    /// Last number and head of a device's feed; at a fork, of the entries before it.
    pub fn last_of(&self, device: &DeviceId) -> Result<Option<(u64, EntryId)>, LedgerError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT e.seq, e.id FROM entry e JOIN device d ON d.n = e.device LEFT JOIN fork f ON f.device = d.n
                 WHERE d.id = ?1 AND (f.seq IS NULL OR e.seq < f.seq) ORDER BY e.seq DESC LIMIT 1",
            )?
            .query_row([device.as_str()], |r| Ok((r.get(0)?, text(r.get_ref(1)?.as_blob()?))))
            .optional()?)
    }

    /// Number the next entry of this device will have.
    pub fn next_seq(&self) -> Result<u64, LedgerError> {
        Ok(self.last_of(&self.device)?.map_or(1, |(seq, _)| seq + 1))
    }

    /// Head of this device's feed.
    pub fn own_head(&self) -> Result<EntryId, LedgerError> {
        Ok(self.last_of(&self.device)?.map(|(_, head)| head).unwrap_or_default())
    }

    /// Last number of every device: what a signature covers.
    pub fn covers(&self) -> Result<BTreeMap<DeviceId, u64>, LedgerError> {
        Ok(self
            .conn
            .prepare_cached("SELECT d.id, max(e.seq) FROM entry e JOIN device d ON d.n = e.device GROUP BY d.id")?
            .query_map([], |r| Ok((DeviceId(r.get(0)?), r.get(1)?)))?
            .collect::<Result<_, _>>()?)
    }

    /// A value kept beside the journal (keys, paths): not part of what is handed over.
    pub fn meta_get(&self, name: &str) -> Result<Option<String>, LedgerError> {
        Ok(self.conn.prepare_cached("SELECT value FROM meta WHERE name = ?1")?.query_row([name], |r| r.get(0)).optional()?)
    }

    /// Keeps a value beside the journal.
    pub fn meta_set(&self, name: &str, value: &str) -> Result<(), LedgerError> {
        self.conn
            .prepare_cached("INSERT INTO meta (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value")?
            .execute([name, value])?;
        Ok(())
    }
}

fn held<T: Topic>(row: &Row<'_>) -> Result<(String, Held<T>), LedgerError> {
    let key: String = row.get(0)?;
    let value = row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)?;
    let value = serde_json::from_str(value).map_err(|e| StoreFault::DatabaseDamaged { detail: format!("{} {key}: {e}", T::NAME) })?;
    Ok((key, Held { entry: text(row.get_ref(1)?.as_blob().map_err(rusqlite::Error::from)?), value }))
}
