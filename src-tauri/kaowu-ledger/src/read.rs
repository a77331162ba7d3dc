//! Reading the view: what holds, who stated it, and what contradicts itself.

use crate::error::{LedgerError, Result, StoreFault};
use crate::kept::Kept;
use crate::line::Id;
use crate::watch::Watched;
use kaowu_core::facts::{FactKey, Topic};
use kaowu_core::identity::{DeviceId, EntryId, Operator};
use kaowu_core::journal::Fact;
use rusqlite::{Connection, OptionalExtension, Params, Row, params};
use serde::Serialize;
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// Who stated something, when, and where in which feed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Author {
    /// The operator.
    pub op: Operator,
    /// Wall clock, RFC 3339 with zone.
    pub t: String,
    /// The site.
    pub site: String,
    /// The device.
    pub device: DeviceId,
    /// Number in the device's feed.
    pub seq: u64,
    /// What happened: `marks.keyed`.
    pub kind: String,
}

impl Author {
    /// Whether the entry came after what a signature covers: then it asks for a new one.
    pub fn is_beyond(&self, covers: &BTreeMap<DeviceId, u64>) -> bool {
        covers.get(&self.device).is_none_or(|last| self.seq > *last)
    }
}

/// A value that holds, with who stated it and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held<T> {
    /// The entry.
    pub entry: EntryId,
    /// The value.
    pub value: T,
    /// Who stated it; shared by all values of one entry.
    pub by: Arc<Author>,
}

/// A key with several live values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Conflict {
    /// Topic.
    pub topic: String,
    /// Key.
    pub key: String,
    /// The values as JSON, with their entries.
    pub values: Vec<(EntryId, String)>,
}

/// Read access; a ledger and a transaction both give it.
pub struct Reader {
    pub(crate) conn: Connection,
    pub(crate) device: DeviceId,
    pub(crate) keep: Kept,
    pub(crate) watch: Watched,
}

const LIVE: &str = "SELECT f.key, f.value, f.entry FROM fact f WHERE f.topic = ?1 AND f.live = 1 AND f.value IS NOT NULL";
const AUTHOR: &str =
    "SELECT e.id, e.op, e.t, d.site, d.id, e.seq, e.kind FROM entry e CROSS JOIN device d ON d.n = e.device WHERE e.n = ?1";

impl Reader {
    pub(crate) fn new(conn: Connection, device: DeviceId) -> Self {
        Self { conn, device, keep: Kept::default(), watch: Watched::default() }
    }

    pub(crate) fn of(self, device: DeviceId) -> Self {
        Self { device, ..self }
    }

    /// This device.
    pub fn device(&self) -> &DeviceId {
        &self.device
    }

    /// Every live value of a key, in order of entry ids.
    pub fn live<T: Topic>(&self, key: &T::Key) -> Result<Vec<Held<T>>> {
        self.live_text(&key.text())
    }

    pub(crate) fn live_text<T: Topic>(&self, key: &str) -> Result<Vec<Held<T>>> {
        let found = self.held::<T>(" AND f.key = ?2", params![T::NAME, key])?;
        Ok(found.into_iter().map(|(_, held)| held).collect())
    }

    /// The one value of a key; several equal ones count as one, differing ones are refused.
    pub fn one<T: Topic>(&self, key: &T::Key) -> Result<Option<Held<T>>> {
        let mut found = self.live::<T>(key)?;
        if found.windows(2).any(|pair| pair[0].value != pair[1].value) {
            let values = found.iter().map(|h| serde_json::to_string(&h.value).unwrap_or_default()).collect();
            return Err(StoreFault::FactConflict { topic: T::NAME.to_owned(), key: key.text(), values }.into());
        }
        Ok(if found.is_empty() { None } else { Some(found.swap_remove(0)) })
    }

    /// Every live value of a topic, in order of keys, then of entry ids.
    pub fn each<T: Topic>(&self) -> Result<Vec<(T::Key, Held<T>)>> {
        self.under::<T>("")
    }

    /// Every value that was ever stated on a topic, replaced ones included.
    pub fn ever<T: Topic>(&self) -> Result<Vec<(T::Key, T)>> {
        let mut statement = self.conn.prepare_cached("SELECT key, value FROM fact WHERE topic = ?1 AND value IS NOT NULL ORDER BY key")?;
        let rows = statement.query_map([T::NAME], |r| Ok((r.get::<_, String>(0)?, r.get::<_, String>(1)?)))?;
        let mut out = Vec::new();
        for row in rows {
            let (key, value) = row?;
            let read = T::Key::read(&key).zip(serde_json::from_str(&value).ok());
            out.push(read.ok_or_else(|| StoreFault::damaged(format!("{} {key}", T::NAME)))?);
        }
        Ok(out)
    }

    /// Live values under a key prefix (`city/written/`), in order of keys, then of entry ids.
    pub fn under<T: Topic>(&self, prefix: &str) -> Result<Vec<(T::Key, Held<T>)>> {
        // The upper end of the range: no key holds a character beyond it.
        let end = format!("{prefix}\u{10FFFF}");
        let found = self.held::<T>(" AND f.key >= ?2 AND f.key < ?3 ORDER BY f.key", params![T::NAME, prefix, end])?;
        let read = |key: String| T::Key::read(&key).ok_or_else(|| StoreFault::damaged(format!("{} {key}", T::NAME)));
        found.into_iter().map(|(key, held)| Ok((read(key)?, held))).collect()
    }

    fn held<T: Topic>(&self, narrowed: &str, params: impl Params) -> Result<Vec<(String, Held<T>)>> {
        let mut statement = self.conn.prepare_cached(&format!("{LIVE}{narrowed}"))?;
        let mut rows = statement.query(params)?;
        // One entry often states thousands of facts: who wrote it is looked up once.
        let mut of_entry = self.conn.prepare_cached(AUTHOR)?;
        let mut authors: HashMap<i64, (EntryId, Arc<Author>)> = HashMap::new();
        let mut out: Vec<(String, Held<T>)> = Vec::new();
        while let Some(row) = rows.next()? {
            let key: String = row.get(0)?;
            let value = row.get_ref(1)?.as_str()?;
            let value = serde_json::from_str(value).map_err(|e| StoreFault::damaged(format!("{} {key}: {e}", T::NAME)))?;
            let n: i64 = row.get(2)?;
            let (entry, by) = match authors.get(&n) {
                Some(known) => known.clone(),
                None => {
                    let found = of_entry.query_row([n], |r| Ok((Id(r.get(0)?).text(), Arc::new(author(r, 1)?))))?;
                    authors.insert(n, found.clone());
                    found
                }
            };
            out.push((key, Held { entry, value, by }));
        }
        // Rows of one key come in the order of arrival, on which nothing may depend.
        for same in out.chunk_by_mut(|a, b| a.0 == b.0).filter(|same| same.len() > 1) {
            same.sort_by(|a, b| a.1.entry.cmp(&b.1.entry));
        }
        Ok(out)
    }

    /// Every entry whose fact on a key is live, values taken back included: what a new value replaces.
    pub fn writers<T: Topic>(&self, key: &T::Key) -> Result<Vec<EntryId>> {
        let mut found: Vec<EntryId> = self
            .conn
            .prepare_cached("SELECT e.id FROM fact f JOIN entry e ON e.n = f.entry WHERE f.topic = ?1 AND f.key = ?2 AND f.live = 1")?
            .query_map(params![T::NAME, key.text()], |r| Ok(Id(r.get(0)?).text()))?
            .collect::<Result<_, _>>()?;
        found.sort_unstable();
        Ok(found)
    }

    /// Keys with several differing values: people decide which holds.
    pub fn conflicts(&self) -> Result<Vec<Conflict>> {
        let differ = |c: &Conflict| c.values.windows(2).any(|pair| pair[0].1 != pair[1].1);
        Ok(self.several()?.into_iter().filter(differ).collect())
    }

    /// Keys that several entries state alike: worth a notice, no more.
    pub fn agreements(&self) -> Result<Vec<Conflict>> {
        let agree = |c: &Conflict| c.values.windows(2).all(|pair| pair[0].1 == pair[1].1);
        Ok(self.several()?.into_iter().filter(agree).collect())
    }

    fn several(&self) -> Result<Vec<Conflict>> {
        let mut statement = self.conn.prepare_cached(
            "WITH k AS (SELECT topic, key FROM fact WHERE live = 1 AND value IS NOT NULL GROUP BY topic, key HAVING count(*) > 1)
             SELECT k.topic, k.key, e.id, f.value FROM k JOIN fact f ON f.topic = k.topic AND f.key = k.key JOIN entry e ON e.n = f.entry
             WHERE f.live = 1 AND f.value IS NOT NULL ORDER BY k.topic, k.key, e.id",
        )?;
        let rows = statement.query_map([], |r| Ok((r.get::<_, String>(0)?, r.get::<_, String>(1)?, Id(r.get(2)?).text(), r.get(3)?)))?;
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

    /// What devices of a site state now on a topic, values taken back included: topic, key, value and entry.
    pub fn stated_by(&self, site: &str, topic: &str) -> Result<Vec<(Fact, EntryId)>> {
        let mut statement = self.conn.prepare_cached(
            "SELECT f.key, f.value, e.id FROM fact f JOIN entry e ON e.n = f.entry JOIN device d ON d.n = e.device
             WHERE f.topic = ?1 AND f.live = 1 AND d.site = ?2 ORDER BY f.key, e.id",
        )?;
        let mut rows = statement.query(params![topic, site])?;
        let mut out = Vec::new();
        while let Some(row) = rows.next()? {
            let (key, value): (String, Option<String>) = (row.get(0)?, row.get(1)?);
            let value = value.map(|text| serde_json::from_str(&text)).transpose();
            let value = value.map_err(|e| StoreFault::damaged(format!("{topic} {key}: {e}")))?.unwrap_or(Value::Null);
            out.push((Fact { topic: topic.to_owned(), key, value }, Id(row.get(2)?).text()));
        }
        Ok(out)
    }

    /// Whether something an entry said still holds; an entry that said nothing was never replaced.
    pub fn holds(&self, id: &EntryId) -> Result<bool> {
        let Some(id) = Id::read(id.as_str()) else { return Ok(false) };
        let mut statement =
            self.conn.prepare_cached("SELECT count(*) = 0 OR sum(f.live) > 0 FROM entry e JOIN fact f ON f.entry = e.n WHERE e.id = ?1")?;
        Ok(statement.query_row([id.0], |r| r.get(0))?)
    }

    /// Who wrote an entry, and when.
    pub fn author(&self, id: &EntryId) -> Result<Option<Author>> {
        let Some(id) = Id::read(id.as_str()) else { return Ok(None) };
        self.conn
            .prepare_cached("SELECT e.op, e.t, d.site, d.id, e.seq, e.kind FROM entry e JOIN device d ON d.n = e.device WHERE e.id = ?1")?
            .query_row([id.0], |r| author(r, 0))
            .optional()
            .map_err(LedgerError::from)
    }

    /// A value kept beside the journal (keys, paths): not handed over.
    pub fn meta_get(&self, name: &str) -> Result<Option<String>> {
        Ok(self.conn.prepare_cached("SELECT value FROM meta WHERE name = ?1")?.query_row([name], |r| r.get(0)).optional()?)
    }

    /// Removes a value kept beside the journal, from the file's free pages, too; once [`Reader::checkpoint`] has been there, from
    /// the write-ahead log as well.
    pub fn meta_remove(&self, name: &str) -> Result<()> {
        self.conn.execute_batch("PRAGMA secure_delete = ON")?;
        self.conn.prepare_cached("DELETE FROM meta WHERE name = ?1")?.execute([name])?;
        Ok(self.conn.execute_batch("PRAGMA secure_delete = OFF")?)
    }

    /// Empties the write-ahead log into the database.
    pub fn checkpoint(&self) -> Result<()> {
        Ok(self.conn.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)")?)
    }

    /// Keeps a value beside the journal.
    pub fn meta_set(&self, name: &str, value: &str) -> Result<()> {
        self.conn
            .prepare_cached("INSERT INTO meta (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value")?
            .execute([name, value])?;
        Ok(())
    }
}

fn author(row: &Row<'_>, from: usize) -> Result<Author, rusqlite::Error> {
    Ok(Author {
        op: Operator(row.get(from)?),
        t: row.get(from + 1)?,
        site: row.get(from + 2)?,
        device: DeviceId(row.get(from + 3)?),
        seq: row.get(from + 4)?,
        kind: row.get(from + 5)?,
    })
}
