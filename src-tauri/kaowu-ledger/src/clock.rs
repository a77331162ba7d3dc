//! Clocks that were set back. Within one feed the numbers say what was written later, so an entry that bears an earlier time
//! than the one before it shows it, also where the machine was started anew in between. Nothing is put in order by it.

use crate::error::Result;
use crate::read::Reader;
use chrono::{DateTime, FixedOffset, TimeDelta};
use kaowu_core::identity::DeviceId;
use std::collections::BTreeMap;

/// Two entries in a row, the later of which bears the earlier time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClockFell {
    /// The device.
    pub device: DeviceId,
    /// The site it works for.
    pub site: String,
    /// Number of the later entry.
    pub seq: u64,
    /// Wall clock of the one before it.
    pub before: String,
    /// Its own.
    pub at: String,
}

/// How far clocks were looked at: what has been read once is not read again.
#[derive(Debug, Default)]
pub struct ClockWatch {
    upto: i64,
    last: BTreeMap<i64, (u64, String)>,
    fell: Vec<ClockFell>,
}

impl Reader {
    /// Where clocks fell by more than `by`, feed by feed. From a fork on nothing of a feed is looked at.
    pub fn clocks_set_back<'a>(&self, by: TimeDelta, watch: &'a mut ClockWatch) -> Result<&'a [ClockFell]> {
        if !self.follow(by, watch)? {
            // What had been missing came later: the whole once more.
            *watch = ClockWatch::default();
            self.follow(by, watch)?;
        }
        Ok(&watch.fell)
    }

    /// Reads on from where the watch stands; false where an entry comes before one that was looked at.
    fn follow(&self, by: TimeDelta, watch: &mut ClockWatch) -> Result<bool> {
        let mut statement = self.conn.prepare_cached(
            "SELECT e.n, d.n, d.id, d.site, e.seq, e.t FROM entry e JOIN device d ON d.n = e.device LEFT JOIN fork f ON f.device = d.n
             WHERE e.n > ?1 AND (f.seq IS NULL OR e.seq < f.seq) ORDER BY d.n, e.seq, e.id",
        )?;
        let from = watch.upto;
        let mut rows = statement.query([from])?;
        while let Some(row) = rows.next()? {
            let (n, device, seq, t): (i64, i64, u64, String) = (row.get(0)?, row.get(1)?, row.get(4)?, row.get(5)?);
            watch.upto = watch.upto.max(n);
            let before = watch.last.insert(device, (seq, t.clone()));
            let Some((before_seq, before)) = before else { continue };
            if before_seq > seq {
                return Ok(false);
            }
            if time(&t).zip(time(&before)).is_some_and(|(now, before)| now + by < before) {
                watch.fell.push(ClockFell { device: DeviceId(row.get(2)?), site: row.get(3)?, seq, before, at: t });
            }
        }
        Ok(true)
    }
}

fn time(text: &str) -> Option<DateTime<FixedOffset>> {
    DateTime::parse_from_rfc3339(text).ok()
}
