//! Merging a feed from elsewhere: set union keyed (device, seq), whatever the order (DESIGN.md §1).

use crate::append::Tx;
use crate::chain::{Place, fork};
use crate::check::{Checked, Wanted, check, verifying};
use crate::error::{Result, StoreFault};
use crate::feed::{Continues, FeedLine};
use crate::line::Id;
use crate::project::{DeviceRow, New, Projector, add_device, device_row, fork_of};
use crate::read::Reader;
use crate::rebuild::{prev, replay};
use crate::store::{Ledger, device_of, meta};
use crate::watch::Step;
use chrono::DateTime;
use kaowu_core::identity::{DeviceId, EntryId};
use rusqlite::{Connection, params};
use serde::Serialize;
use std::collections::{HashMap, HashSet};

/// Whose feed it is, as the packet's chain of trust says.
#[derive(Debug, Clone)]
pub struct FeedTrust {
    /// The site.
    pub site: String,
    /// The device's public key.
    pub key: [u8; 32],
    /// Whether it may state only what a site may.
    pub from_site: bool,
}

/// What a merge did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct MergeReport {
    /// The device.
    pub device: DeviceId,
    /// Entries new here.
    pub added: u64,
    /// Entries known already.
    pub known: u64,
    /// Last number that counts now.
    pub seq: u64,
    /// Head there.
    pub head: EntryId,
    /// Number at which the feed splits, when it does: from there on nothing counts.
    pub forked_at: Option<u64>,
    /// Numbers that are missing.
    pub missing: u64,
    /// Numbers at which the wall clock fell while the steady clock rose.
    pub clock_fell: Vec<u64>,
    /// The feed this one goes on from.
    pub continues: Option<Continues>,
}

/// A feed whose every line was checked: it may be stored.
pub struct CheckedFeed<'f> {
    device: DeviceId,
    trust: &'f FeedTrust,
    /// Lines that are new here.
    new: Vec<Checked<'f>>,
    /// Lines it has.
    lines: usize,
}

impl Ledger {
    /// Merges one device's feed, or a part of it. All of it is checked before any of it is stored, and one line that is
    /// not right refuses it whole; merging it again changes nothing.
    pub fn merge(&mut self, feed: &[FeedLine], trust: &FeedTrust) -> Result<MergeReport> {
        let checked = self.check_feed(feed, trust)?;
        self.transact(|tx| tx.merge(&checked))
    }

    /// Checks a device's feed, or a part of it, before it is merged: outside of any transaction, since it takes its time.
    pub fn check_feed<'f>(&self, feed: &'f [FeedLine], trust: &'f FeedTrust) -> Result<CheckedFeed<'f>> {
        self.writable()?;
        let device = device_of(&trust.key);
        of_its_site(&self.reader, &device, trust)?;
        let wanted = Wanted {
            event: &self.event,
            mode: self.mode,
            site: &trust.site,
            device: &device,
            key: verifying(&trust.key)?,
            from_site: trust.from_site,
        };
        self.tell(Step::Checking, 0, feed.len())?;
        let mut new = check(feed, &wanted, &stored(&self.reader.conn, &device)?)?;
        let mut seen = HashSet::with_capacity(new.len());
        new.retain(|checked| seen.insert(checked.id));
        Ok(CheckedFeed { device, trust, new, lines: feed.len() })
    }
}

impl Tx<'_> {
    /// Merges a feed that was checked, in the same transaction as whatever is said about it.
    pub fn merge(&self, feed: &CheckedFeed<'_>) -> Result<MergeReport> {
        let (reader, device) = (&self.ledger.reader, &feed.device);
        of_its_site(reader, device, feed.trust)?;
        add_device(&reader.conn, device, &feed.trust.site, &feed.trust.key, false)?;
        let row = device_row(&reader.conn, device)?.ok_or_else(|| StoreFault::damaged("device"))?;
        // Here, and again if it is rolled back.
        reader.forget_either_way();
        let added = store(reader, &row, &feed.new)?;
        reader.forget_either_way();
        if added > 0 && device == reader.device() {
            // Entries of this very device that are not here: this is not the database that wrote them.
            self.ledger.meta_set(meta::COPY, "1")?;
            self.copied.set(true);
        }
        let known = u64::try_from(feed.lines).unwrap_or(u64::MAX).saturating_sub(added);
        let mut report = MergeReport { added, known, ..MergeReport::default() };
        if let Some(stand) = reader.feed_stand(device)? {
            (report.seq, report.head, report.missing, report.forked_at) = (stand.seq, stand.head, stand.missing, stand.forked_at);
        }
        report.clock_fell = clock_fell(&feed.new);
        report.continues = reader.continues(device)?;
        report.device = device.clone();
        Ok(report)
    }
}

/// A device works for one site, always.
fn of_its_site(reader: &Reader, device: &DeviceId, trust: &FeedTrust) -> Result<()> {
    match device_row(&reader.conn, device)?.filter(|row| row.site != trust.site) {
        Some(row) => Err(StoreFault::FeedOfOtherSite { site: trust.site.clone(), wanted: row.site }.into()),
        None => Ok(()),
    }
}

/// What is here of a device's feed: those lines need no second check.
fn stored(conn: &Connection, device: &DeviceId) -> Result<HashMap<Id, [u8; 64]>> {
    Ok(conn
        .prepare_cached("SELECT e.id, e.sig FROM entry e JOIN device d ON d.n = e.device WHERE d.id = ?1")?
        .query_map([device.as_str()], |r| Ok((Id(r.get(0)?), r.get(1)?)))?
        .collect::<Result<_, _>>()?)
}

/// Stores what is new and brings the views up to it; returns how many were new.
fn store(reader: &Reader, row: &DeviceRow, new: &[Checked<'_>]) -> Result<u64> {
    let conn = &reader.conn;
    let before = fork_of(conn, row.n)?;
    let mut places = places(conn, row.n)?;
    let known: HashSet<Id> = places.iter().map(|place| place.id).collect();
    let new: Vec<&Checked<'_>> = new.iter().filter(|checked| !known.contains(&checked.id)).collect();
    places.extend(new.iter().map(|c| Place { seq: c.read.seq, id: c.id, prev: c.read.prev }));
    let at = fork(&mut places);
    let counts = |seq: u64| at.is_none_or(|at| seq < at);
    let mut projector = Projector::new(conn)?;
    for (done, checked) in new.iter().enumerate() {
        reader.tell_often(Step::Writing, done, new.len())?;
        let line = New { id: checked.id, line: &checked.from.line, signature: &checked.from.signature, read: &checked.read };
        let n = projector.store(row.n, &line)?;
        if counts(checked.read.seq) {
            projector.project(n, &checked.id, &checked.read, row, |_| Ok(()))?;
        }
    }
    drop(projector);
    if at != before {
        let was_in_view = places.iter().any(|p| known.contains(&p.id) && !counts(p.seq) && before.is_none_or(|b| p.seq < b));
        if was_in_view {
            replay(reader)?;
        } else if let Some(at) = at {
            conn.prepare_cached("INSERT OR REPLACE INTO fork (device, seq) VALUES (?1, ?2)")?.execute(params![row.n, at])?;
        }
    }
    Ok(u64::try_from(new.len()).unwrap_or(u64::MAX))
}

fn places(conn: &Connection, device: i64) -> Result<Vec<Place>> {
    let mut statement = conn.prepare_cached("SELECT seq, id, prev FROM entry WHERE device = ?1")?;
    let mut rows = statement.query([device])?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        out.push(Place { seq: row.get(0)?, id: Id(row.get(1)?), prev: prev(row.get_ref(2)?.as_blob()?)? });
    }
    Ok(out)
}

/// Where, in what came, the wall clock fell while the steady clock rose. Said, never used to order anything.
fn clock_fell(new: &[Checked<'_>]) -> Vec<u64> {
    let mut lines: Vec<_> = new.iter().map(|checked| &checked.read).collect();
    lines.sort_unstable_by_key(|line| line.seq);
    let time = |t: &str| DateTime::parse_from_rfc3339(t).ok();
    lines
        .windows(2)
        .filter(|pair| {
            let (a, b) = (pair[0], pair[1]);
            a.boot == b.boot && b.mono >= a.mono && time(&a.t).zip(time(&b.t)).is_some_and(|(ta, tb)| tb < ta)
        })
        .map(|pair| pair[1].seq)
        .collect()
}
