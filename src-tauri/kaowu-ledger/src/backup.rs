//! Copying the database while work goes on, keeping several copies, and going back to one.

use crate::error::{LedgerError, Result, StoreFault};
use crate::key::{DbKey, unlock};
use crate::migrate::recognise;
use crate::store::{Ledger, meta};
use crate::watch::Step;
use kaowu_disk::{Part, beside};
use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};
use serde::Serialize;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Pages copied at once.
const PAGES: i32 = 1024;
/// How long to wait while another program writes.
const PAUSE: Duration = Duration::from_millis(20);

/// What stands between the name of an event and the number of a backup, and behind it.
const NUMBERED: (&str, &str) = (".backup-", ".kaowu-db");

/// A backup in a ring.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BackupKept {
    /// The file.
    pub file: PathBuf,
    /// Its number: rises by one with every backup, whatever the clock says.
    pub number: u64,
    /// Entries in it.
    pub entries: u64,
    /// Older ones that it pushed out.
    pub removed: Vec<PathBuf>,
}

/// The backups of a ring, oldest first.
pub fn backups(folder: &Path, name: &str) -> Result<Vec<(u64, PathBuf)>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let number = path
            .file_name()
            .and_then(|n| n.to_str())
            .and_then(|n| n.strip_prefix(name))
            .and_then(|n| n.strip_prefix(NUMBERED.0)?.strip_suffix(NUMBERED.1)?.parse::<u64>().ok());
        found.extend(number.map(|number| (number, path)));
    }
    found.sort();
    Ok(found)
}

fn next_of(before: &[(u64, PathBuf)], folder: &Path, name: &str) -> (u64, PathBuf) {
    let number = before.last().map_or(1, |(number, _)| number.saturating_add(1));
    (number, folder.join(format!("{name}{}{number:06}{}", NUMBERED.0, NUMBERED.1)))
}

impl Ledger {
    /// Adds a backup to those in a folder, and takes away the oldest beyond `keep`: only once the new one is whole, checked and
    /// in its place. Numbers and not the clock say which is the oldest: a clock that was set back removes nothing.
    pub fn backup_in_ring(&self, folder: &Path, name: &str, keep: usize) -> Result<BackupKept> {
        let before = backups(folder, name)?;
        let (number, file) = next_of(&before, folder, name);
        self.backup(&file)?;
        let beyond = (before.len() + 1).saturating_sub(keep.max(1));
        let mut removed = Vec::new();
        for (_, old) in before.into_iter().take(beyond) {
            kaowu_disk::remove(&old)?;
            removed.push(old);
        }
        let entries = self.feeds()?.iter().map(|feed| feed.entries).sum();
        Ok(BackupKept { file, number, entries, removed })
    }

    /// The file that the next backup in a folder becomes.
    pub fn next_in_ring(folder: &Path, name: &str) -> Result<PathBuf> {
        Ok(next_of(&backups(folder, name)?, folder, name).1)
    }

    /// Makes a database from a backup, which stays as it is. One that is not whole is refused before anything is put in
    /// place. What is made knows that it is a copy.
    pub fn restore(backup: &Path, to: &Path) -> Result<Self> {
        Self::restore_under(backup, to, None)
    }

    /// The same of a backup that a key encrypts, where one is given: what is made is encrypted under it, too.
    pub fn restore_under(backup: &Path, to: &Path, key: Option<&DbKey>) -> Result<Self> {
        if to.exists() {
            return Err(StoreFault::DatabaseExists { file: to.display().to_string() }.into());
        }
        let backup = &kaowu_disk::found(backup);
        if !backup.is_file() {
            return Err(StoreFault::DatabaseMissing { file: backup.display().to_string() }.into());
        }
        let (part, out) = part_of(to, std::fs::metadata(backup)?.len())?;
        copy_of(backup, part.path(), out, key).map_err(|e| given_up(&part, to, e))?;
        part.place().map_err(|e| StoreFault::placing(to, &e))?;
        Self::open_under(to, key)
    }

    /// Copies the database to a file beside the target, flushes and checks it, and only then puts it in the target's
    /// place: a copy that fails leaves the old one. What is restored from it knows that it is a copy.
    pub fn backup(&self, to: &Path) -> Result<()> {
        let pragmas = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size";
        let (part, file) = part_of(to, self.reader.conn.query_row(pragmas, [], |r| r.get(0))?)?;
        self.copy_to(part.path(), to).map_err(|e| given_up(&part, to, e))?;
        file.sync_all().and_then(|()| part.place()).map_err(|e| StoreFault::placing(to, &e))
    }

    fn copy_to(&self, part: &Path, to: &Path) -> Result<()> {
        let mut copy = open_keyed(part, self.secret.as_ref())?;
        self.copy_pages(&mut copy)?;
        in_one_file(&copy)?;
        copy.execute_batch("PRAGMA synchronous = FULL")?;
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
        let copy = open_keyed(part, self.secret.as_ref())?;
        let wrong = |detail: String| StoreFault::BackupWrong { file: to.display().to_string(), detail };
        let state: String = copy.query_row("PRAGMA integrity_check(1)", [], |r| r.get(0))?;
        if state != "ok" {
            return Err(wrong(state).into());
        }
        let copy = Self::resume(copy, None)?;
        // A backup of a damaged journal would push out the last one that is whole.
        if let Some(fault) = copy.verify()?.faults.first() {
            return Err(wrong(fault.to_string()).into());
        }
        for (ours, theirs) in self.feeds()?.iter().zip(copy.feeds()?.iter().map(Some).chain(std::iter::repeat(None))) {
            // Another program may have written meanwhile: more is right, less is not.
            if theirs.is_none_or(|theirs| theirs.device != ours.device || theirs.entries < ours.entries) {
                return Err(wrong(format!("{} {}", ours.site, ours.device)).into());
            }
        }
        Ok(())
    }
}

/// A new file for a copy of so many bytes.
fn part_of(to: &Path, bytes: u64) -> Result<(Part, File)> {
    kaowu_disk::fits(to, bytes).and_then(|()| Part::of(to, true)).map_err(|e| StoreFault::placing(to, &e))
}

/// Nothing stays of a copy that failed.
fn given_up(part: &Part, to: &Path, error: LedgerError) -> LedgerError {
    take_away(part.path());
    StoreFault::copying(to, error)
}

/// A connection that has its key.
pub(crate) fn open_keyed(path: &Path, key: Option<&DbKey>) -> Result<Connection> {
    let conn = Connection::open(path)?;
    unlock(&conn, key)?;
    Ok(conn)
}

/// One file, without the two that WAL keeps beside it. The statement is stepped to its end: only there it is said whether the
/// file's head could be written.
pub(crate) fn in_one_file(conn: &Connection) -> Result<()> {
    let mut said = conn.prepare("PRAGMA journal_mode = DELETE")?;
    let (mut rows, mut mode) = (said.query([])?, String::new());
    while let Some(row) = rows.next()? {
        mode = row.get(0)?;
    }
    if mode == "delete" { Ok(()) } else { Err(StoreFault::OpenElsewhere.into()) }
}

/// Takes away what a copy that failed has left, its journal included.
pub(crate) fn take_away(part: &Path) {
    for end in ["", "-journal", "-wal", "-shm"] {
        let _gone = std::fs::remove_file(beside(part, end));
    }
}

/// Copies a backup and holds the copy to be whole: pages, form, every entry.
fn copy_of(backup: &Path, part: &Path, mut out: File, key: Option<&DbKey>) -> Result<()> {
    let wrong = |detail: String| StoreFault::BackupWrong { file: backup.display().to_string(), detail };
    std::io::copy(&mut File::open(backup)?, &mut out)?;
    out.sync_all()?;
    let copy = open_keyed(part, key)?;
    recognise(&copy, backup)?;
    // A copy of a database in use, taken by other means than ours, stands in WAL mode.
    in_one_file(&copy)?;
    copy.execute_batch("PRAGMA synchronous = FULL")?;
    let state: String = copy.query_row("PRAGMA integrity_check(1)", [], |r| r.get(0))?;
    if state != "ok" {
        return Err(wrong(state).into());
    }
    copy.execute("INSERT INTO meta (name, value) VALUES (?1, '1') ON CONFLICT (name) DO NOTHING", [meta::COPY])?;
    match Ledger::resume(copy, None)?.verify()?.faults.first() {
        Some(fault) => Err(wrong(fault.to_string()).into()),
        None => Ok(()),
    }
}
