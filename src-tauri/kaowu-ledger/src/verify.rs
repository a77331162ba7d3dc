//! Checking what is stored, from the stored bytes.

use crate::chain::{Place, fork};
use crate::check::{Wanted, admit, verifying, wrong_signature};
use crate::error::{LedgerError, Result, StoreFault};
use crate::line::{Id, Line, Prev};
use crate::project::fork_of;
use crate::read::Reader;
use crate::rebuild::prev;
use crate::store::{Ledger, device_of};
use crate::watch::Step;
use chrono::DateTime;
use ed25519_dalek::VerifyingKey;
use kaowu_core::coded::Coded;
use kaowu_core::identity::{DeviceId, EntryId};
use rayon::prelude::*;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::fmt;

/// Lines read and checked at once.
const CHUNK: usize = 8192;
/// Lines to a task within a chunk.
const BATCH: usize = 256;

/// What a check of the whole journal found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct VerifyReport {
    /// Entries checked.
    pub entries: u64,
    /// What is wrong.
    pub faults: Vec<Fault>,
    /// Where the wall clock fell while the steady clock rose: device and number. A notice, no fault.
    pub clock_fell: Vec<(DeviceId, u64)>,
}

/// One thing that is wrong with a stored entry or feed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// The device.
    pub device: DeviceId,
    /// The number in its feed; 0 for the feed as a whole.
    pub seq: u64,
    /// The id under which the entry is stored.
    pub entry: Option<EntryId>,
    /// What is wrong, with code and facts.
    pub error: LedgerError,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: [{}] {}", self.device, self.seq, self.error.code(), self.error)
    }
}

struct Stored {
    id: Id,
    seq: u64,
    prev: Prev,
    t: String,
    op: String,
    kind: String,
    sig: [u8; 64],
    line: Vec<u8>,
}

/// What the clock check needs of a line.
struct Clock {
    boot: String,
    mono: u64,
}

/// Faults of a batch by place, and the clocks of its entries that can be read.
type Batch = (Vec<(usize, LedgerError)>, Vec<Option<Clock>>);

impl Ledger {
    /// Checks hash, form, place, chain and signature of every stored entry.
    pub fn verify(&self) -> Result<VerifyReport> {
        let mut report = VerifyReport::default();
        let feeds = self.feeds()?;
        let all = usize::try_from(feeds.iter().map(|feed| feed.entries).sum::<u64>()).unwrap_or(usize::MAX);
        for feed in feeds {
            self.verify_feed(&feed, all, &mut report)?;
        }
        Ok(report)
    }

    fn verify_feed(&self, feed: &crate::feed::Feed, all: usize, report: &mut VerifyReport) -> Result<()> {
        let fault =
            |seq: u64, id: Option<Id>, error: LedgerError| Fault { device: feed.device.clone(), seq, entry: id.map(|id| id.text()), error };
        let Some(key) = verifying(&feed.key).ok().filter(|_| device_of(&feed.key) == feed.device) else {
            report.faults.push(fault(0, None, StoreFault::DeviceKeyWrong.into()));
            return Ok(());
        };
        // Its own feed holds what HQ alone may state; what came from elsewhere was asked when it came.
        let wanted = Wanted { event: self.event(), mode: self.mode(), site: &feed.site, device: &feed.device, key, from_site: false };
        let conn = &self.reader.conn;
        let mut statement = conn.prepare_cached(
            "SELECT e.id, e.seq, e.prev, e.t, e.op, e.kind, e.sig, e.line FROM entry e JOIN device d ON d.n = e.device
             WHERE d.id = ?1 ORDER BY e.seq, e.id",
        )?;
        let mut rows = statement.query([feed.device.as_str()])?;
        let (mut places, mut chunk, mut last): (Vec<Place>, Vec<Stored>, Option<(Clock, String)>) = (Vec::new(), Vec::new(), None);
        loop {
            let row = rows.next()?;
            let end = row.is_none();
            if let Some(r) = row {
                chunk.push(Stored {
                    id: Id(r.get(0)?),
                    seq: r.get(1)?,
                    prev: prev(r.get_ref(2)?.as_blob()?)?,
                    t: r.get(3)?,
                    op: r.get(4)?,
                    kind: r.get(5)?,
                    sig: r.get(6)?,
                    line: r.get(7)?,
                });
            }
            if !end && chunk.len() < CHUNK {
                continue;
            }
            self.tell(Step::Checking, usize::try_from(report.entries).unwrap_or(0) + places.len(), all)?;
            let checked: Vec<Batch> = chunk.par_chunks(BATCH).map(|batch| check_batch(batch, &wanted, &wanted.key)).collect();
            for ((faults, clocks), batch) in checked.into_iter().zip(chunk.chunks(BATCH)) {
                report.faults.extend(faults.into_iter().map(|(n, error)| fault(batch[n].seq, Some(batch[n].id), error)));
                for (clock, entry) in clocks.into_iter().zip(batch) {
                    let Some(clock) = clock else { continue };
                    if last.as_ref().is_some_and(|(before, t)| fell(before, t, &clock, &entry.t)) {
                        report.clock_fell.push((feed.device.clone(), entry.seq));
                    }
                    last = Some((clock, entry.t.clone()));
                }
            }
            places.extend(chunk.drain(..).map(|s| Place { seq: s.seq, id: s.id, prev: s.prev }));
            if end {
                break;
            }
        }
        report.entries += feed.entries;
        // A feed that splits is quarantined from there; one that splits elsewhere was tampered with here.
        let at = fork(&mut places);
        if at != feed.forked_at {
            let seq = at.or(feed.forked_at).unwrap_or_default();
            report.faults.push(fault(seq, None, StoreFault::FeedBroken { seq }.into()));
        }
        Ok(())
    }
}

fn check_batch(batch: &[Stored], wanted: &Wanted<'_>, key: &VerifyingKey) -> Batch {
    let (mut faults, mut clocks) = (Vec::new(), Vec::with_capacity(batch.len()));
    for (n, stored) in batch.iter().enumerate() {
        if Id::of(&stored.line) != stored.id {
            faults.push((n, StoreFault::damaged(format!("entry {}: bytes and id differ", stored.id.text())).into()));
        }
        match admit(&stored.line, wanted) {
            Ok(line) => {
                if !same(&line, stored) {
                    faults.push((n, StoreFault::damaged(format!("entry {}: columns and line differ", stored.id.text())).into()));
                }
                clocks.push(Some(Clock { boot: line.boot.into_owned(), mono: line.mono }));
            }
            Err(error) => {
                faults.push((n, error));
                clocks.push(None);
            }
        }
    }
    let lines: Vec<(&[u8], &[u8; 64])> = batch.iter().map(|s| (s.line.as_slice(), &s.sig)).collect();
    if wrong_signature(&lines, key).is_some() {
        for (n, line) in lines.iter().enumerate() {
            if wrong_signature(&[*line], key).is_some() {
                faults.push((n, StoreFault::SignatureWrong { seq: batch[n].seq }.into()));
            }
        }
    }
    (faults, clocks)
}

fn same(line: &Line<'_>, stored: &Stored) -> bool {
    line.seq == stored.seq && line.prev == stored.prev && line.t == stored.t && line.op == stored.op && line.kind == stored.kind
}

fn fell(before: &Clock, t_before: &str, now: &Clock, t_now: &str) -> bool {
    let time = |t: &str| DateTime::parse_from_rfc3339(t).ok();
    before.boot == now.boot && now.mono >= before.mono && time(t_before).zip(time(t_now)).is_some_and(|(a, b)| b < a)
}

impl Reader {
    /// Hash of the live state and of where feeds split, keyed by entry ids: the same for the same set of entries,
    /// whatever the order in which they came.
    pub fn fingerprint(&self) -> Result<String> {
        let mut sha = Sha256::new();
        let mut add = |parts: [&[u8]; 4]| {
            for part in parts {
                sha.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_le_bytes());
                sha.update(part);
            }
        };
        let mut statement = self.conn.prepare_cached(
            "SELECT f.topic, f.key, e.id, coalesce(f.value, 'null') FROM fact f CROSS JOIN entry e ON e.n = f.entry
             WHERE f.live = 1 ORDER BY f.topic, f.key, e.id",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            add([row.get_ref(0)?.as_bytes()?, row.get_ref(1)?.as_bytes()?, row.get_ref(2)?.as_bytes()?, row.get_ref(3)?.as_bytes()?]);
        }
        drop(rows);
        let mut statement = self.conn.prepare_cached("SELECT d.id, d.n FROM device d ORDER BY d.id")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            if let Some(seq) = fork_of(&self.conn, row.get(1)?)? {
                add([b"fork", row.get_ref(0)?.as_bytes()?, &seq.to_le_bytes(), b""]);
            }
        }
        Ok(hex::encode(sha.finalize()))
    }
}
