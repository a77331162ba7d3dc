//! Checking what is stored, and copying it.

use crate::error::{LedgerError, StoreFault};
use crate::merge::check_signatures;
use crate::project::{raw, text};
use crate::read::Reader;
use crate::store::{Ledger, connect};
use kaowu_core::coded::Coded;
use kaowu_core::journal::{Entry, entry_id};
use kaowu_core::words::Lang;
use rusqlite::backup::Backup;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::path::Path;
use std::time::Duration;

/// What a check of the whole journal found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct VerifyReport {
    /// Entries checked.
    pub entries: u64,
    /// Faults, in words.
    pub faults: Vec<String>,
}

impl Ledger {
    /// Checks hash, chain and signature of every stored entry.
    pub fn verify(&self) -> Result<VerifyReport, LedgerError> {
        let mut report = VerifyReport::default();
        for feed in self.feeds()? {
            let lines = self.feed(&feed.device)?;
            report.entries += u64::try_from(lines.len()).unwrap_or(u64::MAX);
            let key = self.device_row(&feed.device)?.map(|row| row.key).unwrap_or_default();
            if let Err(error) = check_signatures(&lines, &key) {
                report.faults.push(format!("{} {}: {}", feed.site, feed.device, words(&error)));
            }
            let mut before: Option<(u64, kaowu_core::identity::EntryId)> = None;
            for line in &lines {
                let id = entry_id(&line.line);
                match Entry::read(&line.line) {
                    Err(error) => report.faults.push(format!("{} {id}: {}", feed.site, Lang::En.error(&error).what)),
                    Ok(entry) => {
                        if before.as_ref().is_some_and(|(seq, head)| entry.seq == seq + 1 && entry.prev != *head) && feed.forked_at.is_none() {
                            report.faults.push(format!("{} {}: {}", feed.site, feed.device, words(&StoreFault::FeedBroken { seq: entry.seq }.into())));
                        }
                        before = Some((entry.seq, id.clone()));
                    }
                }
                if !self.conn.prepare_cached("SELECT 1 FROM entry WHERE id = ?1")?.exists([raw(&id)])? {
                    report.faults.push(format!("{} {id}: stored under another id", feed.site));
                }
            }
        }
        Ok(report)
    }

    /// Copies the database while work goes on: to a file beside the target, checked, then put in its place. A copy that
    /// fails leaves the old one.
    pub fn backup(&self, to: &Path) -> Result<(), LedgerError> {
        let part = to.with_extension("part");
        let result = self.copy_to(&part).and_then(|()| {
            std::fs::File::open(&part)?.sync_all()?;
            std::fs::rename(&part, to)?;
            Ok(())
        });
        if result.is_err() {
            let _gone = std::fs::remove_file(&part);
        }
        result
    }

    fn copy_to(&self, part: &Path) -> Result<(), LedgerError> {
        let _old = std::fs::remove_file(part);
        {
            let mut target = rusqlite::Connection::open(part)?;
            Backup::new(&self.conn, &mut target)?.run_to_completion(1024, Duration::ZERO, None)?;
            target.execute_batch("PRAGMA journal_mode = DELETE")?;
        }
        let copy = connect(part)?;
        let state: String = copy.query_row("PRAGMA integrity_check(1)", [], |r| r.get(0))?;
        let count = |conn: &rusqlite::Connection| conn.query_row("SELECT count(*) FROM entry", [], |r| r.get::<_, i64>(0));
        if state != "ok" || count(&copy)? < count(&self.conn)? {
            return Err(StoreFault::DatabaseDamaged { detail: state }.into());
        }
        copy.execute_batch("PRAGMA journal_mode = DELETE")?;
        Ok(())
    }
}

impl Reader {
    /// Hash of the live state, keyed by entry ids: the same for the same set of entries.
    pub fn fingerprint(&self) -> Result<String, LedgerError> {
        let mut sha = Sha256::new();
        let mut statement = self.conn.prepare_cached(
            "SELECT f.topic, f.key, e.id, f.value FROM fact f JOIN entry e ON e.n = f.entry WHERE f.live = 1 ORDER BY f.topic, f.key, e.id",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (topic, key): (String, String) = (row.get(0)?, row.get(1)?);
            let value: Option<String> = row.get(3)?;
            let id = text(row.get_ref(2)?.as_blob().map_err(rusqlite::Error::from)?);
            sha.update(format!("{topic}\n{key}\n{id}\n{}\n", value.unwrap_or_default()));
        }
        Ok(hex::encode(sha.finalize()))
    }
}

fn words(error: &LedgerError) -> String {
    let said = Lang::En.error(error);
    format!("[{}] {}", error.code(), said.what)
}
