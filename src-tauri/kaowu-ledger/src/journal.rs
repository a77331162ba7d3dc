//! Reading the journal itself.

use crate::error::Result;
use crate::line::Id;
use crate::read::Reader;
use kaowu_core::identity::{DeviceId, EntryId, Operator};
use kaowu_core::journal::Entry;
use rusqlite::{OptionalExtension, named_params, params};
use serde::Serialize;

/// An entry of the journal with its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Logged {
    /// Id.
    pub id: EntryId,
    /// Where it stands in this database's order of arrival: a place to page from, nothing else.
    pub place: i64,
    /// Whether it lies beyond a fork and does not count.
    pub quarantined: bool,
    /// The entry.
    pub entry: Entry,
}

/// Which entries to list.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Of this device only.
    pub device: Option<DeviceId>,
    /// From this site only.
    pub site: Option<String>,
    /// By this operator only.
    pub op: Option<Operator>,
    /// Of this kind, or of all kinds that begin so (`marks.`).
    pub kind: Option<String>,
    /// Whose line holds this text.
    pub text: Option<String>,
    /// Which came before this place ([`Logged::place`]).
    pub before: Option<i64>,
}

impl Reader {
    /// One entry.
    pub fn entry(&self, id: &EntryId) -> Result<Option<Entry>> {
        let Some(id) = Id::read(id.as_str()) else { return Ok(None) };
        let line: Option<Vec<u8>> =
            self.conn.prepare_cached("SELECT line FROM entry WHERE id = ?1")?.query_row([id.0], |r| r.get(0)).optional()?;
        Ok(line.map(|line| Entry::read(&line)).transpose()?)
    }

    /// The newest entries a filter lets through, oldest first.
    pub fn entries(&self, filter: &Filter, limit: u32) -> Result<Vec<Logged>> {
        let mut statement = self.conn.prepare_cached(
            "SELECT e.id, e.n, coalesce(e.seq >= f.seq, 0), e.line
             FROM entry e JOIN device d ON d.n = e.device LEFT JOIN fork f ON f.device = e.device
             WHERE (:device IS NULL OR d.id = :device) AND (:site IS NULL OR d.site = :site) AND (:op IS NULL OR e.op = :op)
               AND (:kind IS NULL OR substr(e.kind, 1, length(:kind)) = :kind) AND (:before IS NULL OR e.n < :before)
               AND (:text IS NULL OR instr(CAST(e.line AS TEXT), :text) > 0)
             ORDER BY e.n DESC LIMIT :limit",
        )?;
        let mut rows = statement.query(named_params! {
            ":device": filter.device.as_ref().map(DeviceId::as_str),
            ":site": filter.site,
            ":op": filter.op.as_ref().map(Operator::as_str),
            ":kind": filter.kind,
            ":text": filter.text.as_ref().filter(|text| !text.is_empty()),
            ":before": filter.before,
            ":limit": limit,
        })?;
        let mut out = Vec::new();
        while let Some(row) = rows.next()? {
            let entry = Entry::read(row.get_ref(3)?.as_blob()?)?;
            out.push(Logged { id: Id(row.get(0)?).text(), place: row.get(1)?, quarantined: row.get(2)?, entry });
        }
        out.reverse();
        Ok(out)
    }

    /// The kinds of a device's entries after this one of its feed, oldest first.
    pub fn kinds_after(&self, device: &DeviceId, seq: u64) -> Result<Vec<String>> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT e.kind FROM entry e JOIN device d ON d.n = e.device WHERE d.id = ?1 AND e.seq > ?2 ORDER BY e.seq")?;
        let kinds = statement.query_map(params![device.as_str(), seq], |row| row.get(0))?;
        Ok(kinds.collect::<std::result::Result<_, _>>()?)
    }

    /// The newest entries whose line holds `text`, oldest first.
    pub fn search(&self, text: &str, limit: u32) -> Result<Vec<Logged>> {
        self.entries(&Filter { text: Some(text.to_owned()), ..Filter::default() }, limit)
    }
}
