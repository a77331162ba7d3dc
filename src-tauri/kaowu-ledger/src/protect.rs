//! From a plain database to an encrypted one: made beside it, held against it, and only then put in its place.

use crate::backup::{open_keyed, take_away};
use crate::error::{LedgerError, Result, StoreFault};
use crate::key::DbKey;
use crate::migrate::number;
use crate::store::{Ledger, born, meta, owned_only};
use kaowu_disk::beside;
use rusqlite::{Connection, params};
use std::fs::File;
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;

/// Zeros written at once over what lay plain.
const AT_ONCE: usize = 1 << 20;

impl Ledger {
    /// Encrypts a plain database under a key. `last` writes into the encrypted one, and does beside it what must stand before it
    /// takes the name of the plain one: at any moment one whole database stands under that name. Nobody else may have it open.
    pub fn protect<O, E: From<LedgerError>>(path: &Path, key: &DbKey, last: impl FnOnce(&mut Self) -> Result<O, E>) -> Result<O, E> {
        let part = beside(path, ".part");
        let done = protect_into(path, &part, key, last);
        if done.is_err() {
            take_away(&part);
        }
        done
    }
}

fn protect_into<O, E: From<LedgerError>>(
    path: &Path,
    part: &Path,
    key: &DbKey,
    last: impl FnOnce(&mut Ledger) -> Result<O, E>,
) -> Result<O, E> {
    let (plain, mut sealed) = encrypt(path, part, key)?;
    let out = last(&mut sealed)?;
    place(path, part, plain, sealed)?;
    Ok(out)
}

/// The plain database, held so that nobody writes there, and the encrypted one that holds the same.
fn encrypt(path: &Path, part: &Path, key: &DbKey) -> Result<(Ledger, Ledger)> {
    let plain = Ledger::open(path)?;
    if plain.is_copy() {
        return Err(StoreFault::DatabaseIsCopy.into());
    }
    let before = plain.fingerprint()?;
    let conn = &plain.reader.conn;
    // Without its log the file is all there is; a log left beside would be taken into the encrypted one. Refused as busy while
    // somebody else has it open.
    conn.execute_batch("PRAGMA locking_mode = EXCLUSIVE;")?;
    let alone: String = conn.query_row("PRAGMA journal_mode = DELETE", [], |r| r.get(0))?;
    if alone != "delete" {
        return Err(StoreFault::DatabaseBusy.into());
    }
    conn.execute_batch("BEGIN EXCLUSIVE; COMMIT;")?;
    export(conn, part, key)?;
    // When the disk says the new file was made: it is no copy.
    let sealed = open_keyed(part, Some(key))?;
    if let Some(born) = born(part) {
        sealed.execute(
            "INSERT INTO meta (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            params![meta::BORN, born],
        )?;
    }
    sealed.close().map_err(|(_, e)| e)?;
    let sealed = Ledger::open_under(part, Some(key))?;
    compare(&plain, &sealed, path, &before)?;
    Ok((plain, sealed))
}

/// Puts the encrypted one, flushed, in the place of the plain one.
fn place(path: &Path, part: &Path, plain: Ledger, sealed: Ledger) -> Result<()> {
    sealed.reader.conn.execute_batch("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE;")?;
    drop(sealed);
    File::open(part)?.sync_all()?;
    let old = old_bytes(path)?;
    // Held to the last, so that nobody writes there; elsewhere the name of an open file cannot be taken.
    let held = if cfg!(unix) {
        Some(plain)
    } else {
        drop(plain);
        None
    };
    kaowu_disk::put(part, path)?;
    drop(held);
    wipe(old);
    Ok(())
}

/// `sqlcipher_export` leaves out the two numbers in the header.
fn export(conn: &Connection, part: &Path, key: &DbKey) -> Result<()> {
    take_away(part);
    drop(owned_only().write(true).create(true).truncate(true).open(part)?);
    let raw = key.raw();
    conn.execute("ATTACH DATABASE ?1 AS protected KEY ?2", params![part.to_string_lossy(), raw.as_str()])?;
    let done = conn.query_row("SELECT sqlcipher_export('protected')", [], |_| Ok(())).and_then(|()| {
        let (application, version) = (number(conn, "application_id")?, number(conn, "user_version")?);
        conn.execute_batch(&format!("PRAGMA protected.application_id = {application}; PRAGMA protected.user_version = {version};"))
    });
    conn.execute_batch("DETACH DATABASE protected")?;
    Ok(done?)
}

/// The encrypted one holds what the plain one holds: pages, every entry, live state, all that stands beside the journal.
fn compare(plain: &Ledger, sealed: &Ledger, path: &Path, before: &str) -> Result<()> {
    let wrong = |detail: String| StoreFault::BackupWrong { file: path.display().to_string(), detail };
    if let Some(fault) = sealed.verify()?.faults.first() {
        return Err(wrong(fault.to_string()).into());
    }
    let beside = |ledger: &Ledger| -> Result<Vec<(String, String)>> {
        let mut statement = ledger.reader.conn.prepare(
            "SELECT name, value FROM meta WHERE name <> ?1
             UNION ALL SELECT form || ' ' || op || ' ' || about, text FROM scratch ORDER BY 1",
        )?;
        let rows = statement.query_map([meta::BORN], |r| Ok((r.get(0)?, r.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    };
    if sealed.fingerprint()? != *before || sealed.feeds()? != plain.feeds()? || beside(sealed)? != beside(plain)? || sealed.is_copy() {
        return Err(wrong("differs".to_owned()).into());
    }
    Ok(())
}

/// The plain file, to be written over when its name is taken. Elsewhere an open file's name cannot be taken.
#[cfg(unix)]
fn old_bytes(path: &Path) -> Result<Option<File>> {
    Ok(Some(File::options().write(true).open(path)?))
}

#[cfg(not(unix))]
fn old_bytes(_path: &Path) -> Result<Option<File>> {
    Ok(None)
}

/// Zeros over what lay plain. A disk may keep old blocks all the same; no failure here undoes what is done.
fn wipe(old: Option<File>) {
    let Some(mut old) = old else { return };
    let size = old.metadata().map_or(0, |m| m.len());
    let zeros = vec![0; AT_ONCE];
    let mut written = 0;
    let _nothing_to_undo = old.seek(SeekFrom::Start(0)).and_then(|_| {
        while written < size {
            let now = usize::try_from(size - written).unwrap_or(AT_ONCE).min(AT_ONCE);
            old.write_all(&zeros[..now])?;
            written += u64::try_from(now).unwrap_or(0);
        }
        old.sync_all()
    });
}
