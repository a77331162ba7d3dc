//! Feeds: one device's entries in order, as they are handed over.

use crate::error::LedgerError;
use crate::project::text;
use crate::read::Reader;
use kaowu_core::identity::{DeviceId, EntryId};
use rusqlite::params;
use serde::Serialize;

/// A stored line with its signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedLine {
    /// The bytes that were hashed and signed.
    pub line: Vec<u8>,
    /// Ed25519 over them.
    pub signature: [u8; 64],
}

/// How a device's feed stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Feed {
    /// The device.
    pub device: DeviceId,
    /// The site it works for.
    pub site: String,
    /// Whether this database wrote it.
    pub own: bool,
    /// Last number.
    pub seq: u64,
    /// Entries stored.
    pub entries: u64,
    /// Head: id of the last.
    pub head: EntryId,
    /// Numbers that are missing before the last.
    pub missing: u64,
    /// Where the feed splits; from there on nothing counts.
    pub forked_at: Option<u64>,
}

impl Reader {
    /// All feeds, in order of sites and devices.
    pub fn feeds(&self) -> Result<Vec<Feed>, LedgerError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT d.id, d.site, d.own, max(e.seq), count(DISTINCT e.seq), f.seq,
                    (SELECT id FROM entry h WHERE h.device = d.n ORDER BY h.seq DESC, h.id LIMIT 1)
             FROM device d JOIN entry e ON e.device = d.n LEFT JOIN fork f ON f.device = d.n GROUP BY d.n ORDER BY d.site, d.id",
        )?;
        let rows = statement.query_map([], |r| {
            let (seq, entries): (u64, u64) = (r.get(3)?, r.get(4)?);
            Ok(Feed {
                device: DeviceId(r.get(0)?),
                site: r.get(1)?,
                own: r.get(2)?,
                seq,
                entries,
                missing: seq.saturating_sub(entries),
                forked_at: r.get(5)?,
                head: text(r.get_ref(6)?.as_blob()?),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// A device's whole feed.
    pub fn feed(&self, device: &DeviceId) -> Result<Vec<FeedLine>, LedgerError> {
        Ok(self
            .conn
            .prepare_cached("SELECT e.line, e.sig FROM entry e JOIN device d ON d.n = e.device WHERE d.id = ?1 ORDER BY e.seq, e.id")?
            .query_map(params![device.as_str()], |r| Ok(FeedLine { line: r.get(0)?, signature: r.get(1)? }))?
            .collect::<Result<_, _>>()?)
    }
}
