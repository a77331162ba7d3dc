//! From a plain database to an encrypted one, and from one key to another: made beside it, held against it, and only then put in
//! its place.

use crate::backup::{in_one_file, open_keyed, take_away};
use crate::error::{LedgerError, Result, StoreFault};
use crate::key::DbKey;
use crate::migrate::number;
use crate::store::{Ledger, born, meta, owned_only};
use crate::watch::Step;
use kaowu_disk::{beside, sync_folder};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, params};
use sha2::{Digest, Sha256};
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
    place(path, part, plain.reader.conn, sealed)?;
    Ok(out)
}

impl Ledger {
    /// Encrypts the database anew, under another key: beside it, then in its place. `last` writes into the new one before it takes
    /// the name of the old one. Refused while somebody else has it open. Whatever comes of it, this ledger goes on with the
    /// one that stands under the name then; where that cannot be opened just now it is to be opened anew.
    pub fn rekey<O, E: From<LedgerError>>(
        &mut self,
        path: &Path,
        key: &DbKey,
        last: impl FnOnce(&mut Self) -> Result<O, E>,
    ) -> Result<O, E> {
        self.writable()?;
        if self.copy {
            return Err(LedgerError::from(StoreFault::DatabaseIsCopy).into());
        }
        let part = beside(path, ".part");
        let done = self.rekey_into(path, &part, key, last);
        if done.is_err() {
            take_away(&part);
        }
        done
    }

    fn rekey_into<O, E: From<LedgerError>>(
        &mut self,
        path: &Path,
        part: &Path,
        key: &DbKey,
        last: impl FnOnce(&mut Self) -> Result<O, E>,
    ) -> Result<O, E> {
        let made = self.encrypted_anew(path, part, key).map_err(E::from).and_then(|mut sealed| {
            let out = last(&mut sealed)?;
            Ok((sealed, out))
        });
        let (sealed, out) = match made {
            Ok(made) => made,
            Err(error) => {
                // Others may come in again. Where even that fails, the file is as the next opening wants it all the same.
                let _next_time = self.reader.conn.execute_batch("PRAGMA locking_mode = NORMAL; PRAGMA journal_mode = WAL;");
                return Err(error);
            }
        };
        let nothing = Connection::open_in_memory().map_err(LedgerError::from)?;
        let held = std::mem::replace(&mut self.reader.conn, nothing);
        let placed = place(path, part, held, sealed);
        let under = if Self::opens_under(path, key)? { Some(key.clone()) } else { self.secret.clone() };
        let stands = Self::open_under(path, under.as_ref())?;
        stands.watched_by(self.reader.watch.take());
        *self = stands;
        placed?;
        Ok(out)
    }

    /// What this ledger holds, under another key in another file. Nobody writes here from now on.
    fn encrypted_anew(&self, path: &Path, part: &Path, key: &DbKey) -> Result<Self> {
        self.tell(Step::Copying, 0, 0)?;
        alone(&self.reader.conn, path)?;
        export(&self.reader.conn, part, key)?;
        let sealed = newborn(part, key)?;
        compare(self, &sealed, path)?;
        Ok(sealed)
    }
}

/// The plain database, held so that nobody writes there, and the encrypted one that holds the same.
fn encrypt(path: &Path, part: &Path, key: &DbKey) -> Result<(Ledger, Ledger)> {
    let plain = Ledger::open(path)?;
    if plain.is_copy() {
        return Err(StoreFault::DatabaseIsCopy.into());
    }
    alone(&plain.reader.conn, path)?;
    export(&plain.reader.conn, part, key)?;
    let sealed = newborn(part, key)?;
    compare(&plain, &sealed, path)?;
    if let Some(fault) = sealed.verify()?.faults.first() {
        return Err(StoreFault::BackupWrong { file: path.display().to_string(), detail: fault.to_string() }.into());
    }
    Ok((plain, sealed))
}

/// Lets nobody else in, and leaves the write-ahead log: without it the file is all there is; a log left beside would be taken
/// into the one that comes in its place. Refused while somebody else has it open.
fn alone(conn: &Connection, path: &Path) -> Result<()> {
    conn.execute_batch("PRAGMA locking_mode = EXCLUSIVE;")?;
    let elsewhere = |error: LedgerError| match error {
        LedgerError::Store(StoreFault::DatabaseBusy) => StoreFault::OpenElsewhere.into(),
        other => other,
    };
    in_one_file(conn).map_err(elsewhere)?;
    conn.execute_batch("BEGIN EXCLUSIVE; COMMIT;").map_err(|e| elsewhere(e.into()))?;
    Ok(sync_folder(path)?)
}

/// What was exported, opened. When the disk says the new file was made stands in it: it is no copy.
fn newborn(part: &Path, key: &DbKey) -> Result<Ledger> {
    let sealed = open_keyed(part, Some(key))?;
    if let Some(born) = born(part) {
        sealed.execute(
            "INSERT INTO meta (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            params![meta::BORN, born],
        )?;
    }
    sealed.close().map_err(|(_, e)| e)?;
    Ledger::open_under(part, Some(key))
}

/// Puts the new one, flushed, in the place of the old one, which is held to the last.
fn place(path: &Path, part: &Path, held: Connection, sealed: Ledger) -> Result<()> {
    in_one_file(&sealed.reader.conn)?;
    drop(sealed);
    File::open(part)?.sync_all()?;
    let old = old_bytes(path)?;
    // So that nobody writes there; elsewhere the name of an open file cannot be taken.
    let held = if cfg!(unix) {
        Some(held)
    } else {
        drop(held);
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
    // What went wrong with the export is what is to be said, not what then went wrong with this.
    let detached = conn.execute_batch("DETACH DATABASE protected");
    done.map_err(exporting)?;
    Ok(detached?)
}

/// `sqlcipher_export` says in words only why SQLite refused it.
fn exporting(error: rusqlite::Error) -> LedgerError {
    match &error {
        rusqlite::Error::SqliteFailure(_, Some(text)) if text == "database or disk is full" => StoreFault::DiskFull.into(),
        rusqlite::Error::SqliteFailure(_, Some(text)) if text == "disk I/O error" => StoreFault::DiskError { detail: text.clone() }.into(),
        _ => error.into(),
    }
}

/// The new one holds what the old one holds, row by row: every entry, live state, all that stands beside the journal.
fn compare(old: &Ledger, new: &Ledger, path: &Path) -> Result<()> {
    if rows_of(old)? == rows_of(new)? && !new.is_copy() {
        return Ok(());
    }
    Err(StoreFault::BackupWrong { file: path.display().to_string(), detail: "differs".to_owned() }.into())
}

/// A hash of every row but the one that says when the file was made.
fn rows_of(ledger: &Ledger) -> Result<String> {
    let conn = &ledger.reader.conn;
    let tables: Vec<String> = conn
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")?
        .query_map([], |r| r.get(0))?
        .collect::<Result<_, _>>()?;
    let mut sha = Sha256::new();
    for table in &tables {
        let mut add = |kind: u8, bytes: &[u8]| {
            sha.update([kind]);
            sha.update(u64::try_from(bytes.len()).unwrap_or(u64::MAX).to_le_bytes());
            sha.update(bytes);
        };
        add(b't', table.as_bytes());
        // In the order of the primary key, which both have.
        let mut statement = conn.prepare(&format!("SELECT * FROM \"{table}\""))?;
        let columns = statement.column_count();
        let (mut rows, mut read) = (statement.query([])?, 0);
        while let Some(row) = rows.next()? {
            ledger.tell_often(Step::Comparing, read, 0)?;
            read += 1;
            if table == "meta" && row.get_ref(0)?.as_str()? == meta::BORN {
                continue;
            }
            for n in 0..columns {
                match row.get_ref(n)? {
                    ValueRef::Null => add(b'n', b""),
                    ValueRef::Integer(value) => add(b'i', &value.to_le_bytes()),
                    ValueRef::Real(value) => add(b'r', &value.to_bits().to_le_bytes()),
                    ValueRef::Text(text) => add(b's', text),
                    ValueRef::Blob(bytes) => add(b'b', bytes),
                }
            }
        }
    }
    Ok(hex::encode(sha.finalize()))
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
