//! Merging a feed from elsewhere: set union keyed (device, seq), whatever the order (DESIGN.md §1).

use crate::error::{LedgerError, StoreFault};
use crate::feed::FeedLine;
use crate::project::{OPENING, raw};
use crate::store::{Ledger, device_of};
use chrono::DateTime;
use ed25519_dalek::{Signature, VerifyingKey};
use kaowu_core::facts::well_formed;
use kaowu_core::identity::{DeviceId, EntryId};
use kaowu_core::journal::{Entry, entry_id};
use rayon::prelude::*;
use rusqlite::{OptionalExtension, params};
use serde::Serialize;

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
    /// Last number now.
    pub seq: u64,
    /// Head now.
    pub head: EntryId,
    /// Number at which the feed splits, when it does.
    pub forked_at: Option<u64>,
    /// Numbers that are missing.
    pub missing: u64,
    /// Numbers at which the wall clock fell while the steady clock rose.
    pub clock_fell: Vec<u64>,
}

/// Signatures checked at once.
const BATCH: usize = 256;

impl Ledger {
    /// Merges one device's feed. All of it is checked before any of it is stored; opening it again changes nothing.
    pub fn merge(&mut self, feed: &[FeedLine], trust: &FeedTrust) -> Result<MergeReport, LedgerError> {
        let device = device_of(&trust.key);
        check_signatures(feed, &trust.key)?;
        let entries: Vec<(EntryId, Entry)> = feed
            .par_iter()
            .map(|line| Ok::<_, LedgerError>((entry_id(&line.line), Entry::read(&line.line)?)))
            .collect::<Result<_, _>>()?;
        for (_, entry) in &entries {
            self.admit(entry, &device, trust)?;
        }
        for pair in entries.windows(2) {
            if pair[1].1.seq == pair[0].1.seq + 1 && pair[1].1.prev != pair[0].0 {
                return Err(StoreFault::FeedBroken { seq: pair[1].1.seq }.into());
            }
        }
        let mut report = MergeReport { device: device.clone(), clock_fell: clock_fell(&entries), ..MergeReport::default() };
        self.in_transaction(|ledger| {
            ledger.add_device(&device, &trust.site, &trust.key, false)?;
            let row = ledger.device_row(&device)?.ok_or(StoreFault::DatabaseBusy)?;
            let mut split = false;
            for ((id, entry), line) in entries.iter().zip(feed) {
                if ledger.has(id)? {
                    report.known += 1;
                    continue;
                }
                split |= ledger.splits(row.n, id, entry)?;
                let n = ledger.store_line(id, row.n, entry.seq, &line.line, &line.signature)?;
                report.added += 1;
                if !split && ledger.fork_of(row.n)?.is_none() {
                    ledger.project(n, id, entry, row.own)?;
                }
            }
            if split {
                ledger.replay()?;
            }
            report.forked_at = ledger.fork_of(row.n)?;
            Ok::<_, LedgerError>(())
        })?;
        if let Some(feed) = self.feeds()?.into_iter().find(|f| f.device == device) {
            (report.seq, report.head, report.missing) = (feed.seq, feed.head, feed.missing);
        }
        Ok(report)
    }

    fn admit(&self, entry: &Entry, device: &DeviceId, trust: &FeedTrust) -> Result<(), StoreFault> {
        if entry.event != self.event() {
            return Err(StoreFault::FeedOfOtherEvent { event: entry.event.clone(), wanted: self.event().to_owned() });
        }
        if entry.mode != self.mode() {
            return Err(StoreFault::FeedOfOtherMode);
        }
        if entry.device != *device {
            return Err(StoreFault::FeedOfOtherDevice { seq: entry.seq });
        }
        if entry.site != trust.site {
            return Err(StoreFault::FeedOfOtherSite { site: entry.site.clone(), wanted: trust.site.clone() });
        }
        // What an opening copied from HQ's packet is left out of the view, not refused.
        let from_site = trust.from_site && entry.kind != OPENING;
        match entry.body.facts.iter().find(|fact| !well_formed(fact, from_site)) {
            Some(fact) => Err(StoreFault::FeedOversteps { seq: entry.seq, topic: fact.topic.clone() }),
            None => Ok(()),
        }
    }

    fn has(&self, id: &EntryId) -> Result<bool, LedgerError> {
        Ok(self.conn.prepare_cached("SELECT 1 FROM entry WHERE id = ?1")?.exists([raw(id)])?)
    }

    /// Whether another entry stands at this number already, or the chain does not meet the stored one.
    fn splits(&self, device: i64, id: &EntryId, entry: &Entry) -> Result<bool, LedgerError> {
        Ok(self
            .conn
            .prepare_cached("SELECT 1 FROM entry WHERE device = ?1 AND seq = ?2 AND id <> ?3")?
            .exists(params![device, entry.seq, raw(id)])?)
    }

    fn fork_of(&self, device: i64) -> Result<Option<u64>, LedgerError> {
        Ok(self.conn.prepare_cached("SELECT seq FROM fork WHERE device = ?1")?.query_row([device], |r| r.get(0)).optional()?)
    }
}

pub(crate) fn check_signatures(feed: &[FeedLine], key: &[u8; 32]) -> Result<(), LedgerError> {
    let key = VerifyingKey::from_bytes(key).map_err(|_| StoreFault::SignatureWrong { seq: 0 })?;
    feed.par_chunks(BATCH).try_for_each(|chunk| {
        let lines: Vec<&[u8]> = chunk.iter().map(|l| l.line.as_slice()).collect();
        let signatures: Vec<Signature> = chunk.iter().map(|l| Signature::from_bytes(&l.signature)).collect();
        if ed25519_dalek::verify_batch(&lines, &signatures, &vec![key; chunk.len()]).is_ok() {
            return Ok(());
        }
        for (line, signature) in chunk.iter().zip(&signatures) {
            if key.verify_strict(&line.line, signature).is_err() {
                let seq = Entry::read(&line.line).map_or(0, |entry| entry.seq);
                return Err(StoreFault::SignatureWrong { seq }.into());
            }
        }
        Ok(())
    })
}

fn clock_fell(entries: &[(EntryId, Entry)]) -> Vec<u64> {
    let time = |e: &Entry| DateTime::parse_from_rfc3339(&e.t).ok();
    entries
        .windows(2)
        .filter(|pair| {
            let (a, b) = (&pair[0].1, &pair[1].1);
            a.boot == b.boot && b.mono >= a.mono && time(a).zip(time(b)).is_some_and(|(ta, tb)| tb < ta)
        })
        .map(|pair| pair[1].1.seq)
        .collect()
}
