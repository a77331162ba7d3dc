//! Feeds: one device's entries in order, as they are handed over.

use crate::error::{LedgerError, Result};
use crate::line::Id;
use crate::read::Reader;
use kaowu_core::identity::{DeviceId, EntryId};
use rusqlite::{OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The end of a feed that another device goes on from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Continues {
    /// The device that wrote it.
    pub device: DeviceId,
    /// Its last number known there.
    pub seq: u64,
    /// The id there.
    pub head: EntryId,
}

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
    /// Its public key.
    pub key: [u8; 32],
    /// Last number that counts; 0 when none does.
    pub seq: u64,
    /// Head: id of the entry there; empty when none counts.
    pub head: EntryId,
    /// Entries stored, quarantined ones included.
    pub entries: u64,
    /// Entries stored that do not count: from the fork on.
    pub quarantined: u64,
    /// Numbers that are missing before the last stored.
    pub missing: u64,
    /// Where the feed splits; from there on nothing counts.
    pub forked_at: Option<u64>,
    /// Wall clock of the first stored entry.
    pub first: String,
    /// Wall clock of the last stored entry.
    pub last: String,
}

impl Reader {
    /// All feeds, in order of sites and devices.
    pub fn feeds(&self) -> Result<Vec<Feed>> {
        let devices: Vec<DeviceId> = self
            .conn
            .prepare_cached("SELECT id FROM device ORDER BY site, id")?
            .query_map([], |r| Ok(DeviceId(r.get(0)?)))?
            .collect::<Result<_, _>>()?;
        devices.iter().filter_map(|device| self.feed_stand(device).transpose()).collect()
    }

    /// How one device's feed stands.
    pub fn feed_stand(&self, device: &DeviceId) -> Result<Option<Feed>> {
        let mut statement = self.conn.prepare_cached(
            "SELECT d.site, d.own, d.key, count(e.n), coalesce(max(e.seq), 0) - count(DISTINCT e.seq),
                    count(e.n) FILTER (WHERE e.seq >= f.seq), f.seq,
                    (SELECT t FROM entry WHERE device = d.n ORDER BY seq, id LIMIT 1),
                    (SELECT t FROM entry WHERE device = d.n ORDER BY seq DESC, id DESC LIMIT 1)
             FROM device d LEFT JOIN entry e ON e.device = d.n LEFT JOIN fork f ON f.device = d.n WHERE d.id = ?1 GROUP BY d.n",
        )?;
        let (seq, head) = self.last_of(device)?.unwrap_or_default();
        let row = |r: &Row<'_>| {
            Ok(Feed {
                device: device.clone(),
                site: r.get(0)?,
                own: r.get(1)?,
                key: r.get(2)?,
                seq,
                head,
                entries: r.get(3)?,
                missing: r.get(4)?,
                quarantined: r.get(5)?,
                forked_at: r.get(6)?,
                first: r.get::<_, Option<String>>(7)?.unwrap_or_default(),
                last: r.get::<_, Option<String>>(8)?.unwrap_or_default(),
            })
        };
        Ok(statement.query_row([device.as_str()], row).optional()?)
    }

    /// A device's whole feed, both sides of a fork included.
    pub fn feed(&self, device: &DeviceId) -> Result<Vec<FeedLine>> {
        let mut lines = Vec::new();
        self.each_line(device, |line, signature| {
            lines.push(FeedLine { line: line.to_vec(), signature: *signature });
            Ok::<_, LedgerError>(())
        })?;
        Ok(lines)
    }

    /// Hands on a device's feed line by line, so that it need not be held whole.
    pub fn each_line<E: From<LedgerError>>(
        &self,
        device: &DeviceId,
        mut take: impl FnMut(&[u8], &[u8; 64]) -> Result<(), E>,
    ) -> Result<(), E> {
        let fault = |e: rusqlite::Error| E::from(e.into());
        let mut statement = self
            .conn
            .prepare_cached("SELECT e.line, e.sig FROM entry e JOIN device d ON d.n = e.device WHERE d.id = ?1 ORDER BY e.seq, e.id")
            .map_err(fault)?;
        let mut rows = statement.query([device.as_str()]).map_err(fault)?;
        while let Some(row) = rows.next().map_err(fault)? {
            let signature: [u8; 64] = row.get(1).map_err(fault)?;
            let line = row.get_ref(0).map_err(fault)?.as_blob().map_err(|e| E::from(e.into()))?;
            take(line, &signature)?;
        }
        Ok(())
    }

    /// The feed that a device's feed goes on from, as its first entry says.
    pub fn continues(&self, device: &DeviceId) -> Result<Option<Continues>> {
        #[derive(Deserialize)]
        struct First {
            body: About,
        }
        #[derive(Deserialize)]
        struct About {
            about: Naming,
        }
        #[derive(Deserialize)]
        struct Naming {
            continues: Option<Continues>,
        }
        let line: Option<Vec<u8>> = self
            .conn
            .prepare_cached(
                "SELECT e.line FROM entry e JOIN device d ON d.n = e.device WHERE d.id = ?1 AND e.seq = 1 ORDER BY e.id LIMIT 1",
            )?
            .query_row([device.as_str()], |r| r.get(0))
            .optional()?;
        // A first entry may say anything under that name; what is no such claim is none.
        Ok(line.and_then(|line| serde_json::from_slice::<First>(&line).ok()).and_then(|first| first.body.about.continues))
    }

    /// Last number and head of a device's feed that count: before a fork.
    pub fn last_of(&self, device: &DeviceId) -> Result<Option<(u64, EntryId)>> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT e.seq, e.id FROM device d JOIN entry e ON e.device = d.n
                 WHERE d.id = ?1 AND e.seq < coalesce((SELECT seq FROM fork WHERE device = d.n), 9223372036854775807)
                 ORDER BY e.seq DESC LIMIT 1",
            )?
            .query_row(params![device.as_str()], |r| Ok((r.get(0)?, Id(r.get(1)?).text())))
            .optional()?)
    }

    /// Number the next entry of this device will have.
    pub fn next_seq(&self) -> Result<u64> {
        Ok(self.last_of(&self.device)?.map_or(1, |(seq, _)| seq + 1))
    }

    /// The entry that came last, from whatever device, and its number: while it is the same one, so is every view.
    pub fn last_arrived(&self) -> Result<Option<(i64, EntryId)>> {
        let mut last = self.conn.prepare_cached("SELECT n, id FROM entry ORDER BY n DESC LIMIT 1")?;
        Ok(last.query_row([], |r| Ok((r.get(0)?, Id(r.get(1)?).text()))).optional()?)
    }

    /// Head of this device's feed.
    pub fn own_head(&self) -> Result<EntryId> {
        Ok(self.last_of(&self.device)?.map(|(_, head)| head).unwrap_or_default())
    }

    /// Last number that counts of every device: what a signature covers. A value held by an entry beyond it came late.
    pub fn covers(&self) -> Result<BTreeMap<DeviceId, u64>> {
        let mut devices = self.conn.prepare_cached("SELECT id FROM device")?;
        let mut covers = BTreeMap::new();
        for device in devices.query_map([], |r| Ok(DeviceId(r.get(0)?)))? {
            let device = device?;
            if let Some((seq, _)) = self.last_of(&device)? {
                covers.insert(device, seq);
            }
        }
        Ok(covers)
    }
}
