//! Copying the database while work goes on.

use crate::error::{Result, StoreFault};
use crate::store::{Ledger, meta, owned_only, sync_folder};
use crate::watch::Step;
use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Pages copied at once.
const PAGES: i32 = 1024;
/// How long to wait while another program writes.
const PAUSE: Duration = Duration::from_millis(20);

impl Ledger {
    /// Copies the database to a file beside the target, flushes and checks it, and only then puts it in the target's
    /// place: a copy that fails leaves the old one. What is restored from it knows that it is a copy.
    pub fn backup(&self, to: &Path) -> Result<()> {
        let mut part = to.as_os_str().to_owned();
        part.push(".part");
        let part = PathBuf::from(part);
        let done = self.copy_to(&part, to).and_then(|()| {
            File::open(&part)?.sync_all()?;
            std::fs::rename(&part, to)?;
            Ok(sync_folder(to)?)
        });
        if done.is_err() {
            let _gone = std::fs::remove_file(&part);
        }
        done
    }

    fn copy_to(&self, part: &Path, to: &Path) -> Result<()> {
        owned_only().write(true).create(true).truncate(true).open(part)?;
        let mut copy = Connection::open(part)?;
        self.copy_pages(&mut copy)?;
        // One file, without the two that WAL keeps beside it.
        copy.execute_batch("PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL;")?;
        copy.execute("INSERT INTO meta (name, value) VALUES (?1, '1') ON CONFLICT (name) DO NOTHING", [meta::COPY])?;
        copy.close().map_err(|(_, e)| e)?;
        self.compare(part, to)
    }

    fn copy_pages(&self, copy: &mut Connection) -> Result<()> {
        let backup = Backup::new(&self.reader.conn, copy)?;
        let size = |n: i32| usize::try_from(n).unwrap_or(0);
        loop {
            let step = backup.step(PAGES)?;
            let progress = backup.progress();
            self.tell(Step::Copying, size(progress.pagecount - progress.remaining), size(progress.pagecount))?;
            match step {
                StepResult::Done => return Ok(()),
                StepResult::More => {}
                // Another program writes: it is soon done.
                _ => std::thread::sleep(PAUSE),
            }
        }
    }

    /// Reads the copy back from the disk and holds it against the original.
    fn compare(&self, part: &Path, to: &Path) -> Result<()> {
        let copy = Connection::open(part)?;
        let wrong = |detail: String| StoreFault::BackupWrong { file: to.display().to_string(), detail };
        let state: String = copy.query_row("PRAGMA integrity_check(1)", [], |r| r.get(0))?;
        if state != "ok" {
            return Err(wrong(state).into());
        }
        let copy = Self::resume(copy, None)?;
        for (ours, theirs) in self.feeds()?.iter().zip(copy.feeds()?.iter().map(Some).chain(std::iter::repeat(None))) {
            // Another program may have written meanwhile: more is right, less is not.
            if theirs.is_none_or(|theirs| theirs.device != ours.device || theirs.entries < ours.entries) {
                return Err(wrong(format!("{} {}", ours.site, ours.device)).into());
            }
        }
        Ok(())
    }
}
