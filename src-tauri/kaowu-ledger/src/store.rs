//! Making a database and opening one.

use crate::backup::in_one_file;
use crate::draft::Genesis;
use crate::error::{LedgerError, Result, StoreFault};
use crate::key::{DbKey, unlock};
use crate::migrate::{migrate, recognise};
use crate::project::add_device;
use crate::read::Reader;
use ed25519_dalek::SigningKey;
use kaowu_core::identity::DeviceId;
use kaowu_core::journal::Mode;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use sha2::{Digest, Sha256};
use std::fs::{File, OpenOptions};
use std::ops::Deref;
use std::path::Path;
use std::time::{Duration, UNIX_EPOCH};

/// Names in `meta`. What stands there is not handed over; it is encrypted at rest with the rest of the database.
pub(crate) mod meta {
    pub(crate) const EVENT: &str = "event";
    pub(crate) const MODE: &str = "mode";
    pub(crate) const SITE: &str = "site";
    pub(crate) const DEVICE: &str = "device";
    pub(crate) const SEED: &str = "device-seed";
    /// When the file was made, as the disk says: a copy was made later.
    pub(crate) const BORN: &str = "born";
    /// Set in every backup: what is restored from it is a copy.
    pub(crate) const COPY: &str = "copy";
    /// The feed the next device's first entry goes on from.
    pub(crate) const CONTINUES: &str = "continues";
    /// Set in what may never be written to again.
    pub(crate) const SEALED: &str = "sealed";
}

/// Why a database is never written to again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sealed {
    /// It was opened from an archive.
    Archive,
    /// It is what is left after personal data was deleted.
    Closed,
}

impl Sealed {
    fn text(self) -> &'static str {
        match self {
            Self::Archive => "archive",
            Self::Closed => "closed",
        }
    }

    fn read(text: &str) -> Option<Self> {
        [Self::Archive, Self::Closed].into_iter().find(|seal| seal.text() == text)
    }
}

/// How long to wait for another program that writes.
const PATIENCE: Duration = Duration::from_secs(5);

/// An open database.
pub struct Ledger {
    pub(crate) reader: Reader,
    pub(crate) key: SigningKey,
    pub(crate) event: String,
    pub(crate) mode: Mode,
    pub(crate) site: String,
    pub(crate) copy: bool,
    pub(crate) sealed: Option<Sealed>,
    /// What encrypts it; none in a plain database.
    pub(crate) secret: Option<DbKey>,
    born: Option<String>,
}

impl Deref for Ledger {
    type Target = Reader;
    fn deref(&self) -> &Reader {
        &self.reader
    }
}

impl Ledger {
    /// Makes a plain database that does not exist yet. One that cannot be finished is taken away again.
    pub fn create(path: &Path, genesis: &Genesis) -> Result<Self> {
        Self::create_under(path, genesis, None)
    }

    /// The same, encrypted under a key where one is given.
    pub fn create_under(path: &Path, genesis: &Genesis, key: Option<&DbKey>) -> Result<Self> {
        let flushed = match owned_only().write(true).create_new(true).open(path) {
            Ok(new) => new.sync_all(),
            Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => {
                return Err(StoreFault::DatabaseExists { file: path.display().to_string() }.into());
            }
            Err(e) => return Err(e.into()),
        };
        let opened = flushed.map_err(LedgerError::from).and_then(|()| connect(path, key));
        let made = opened.and_then(|conn| Self::found(conn, genesis, born(path))).and_then(|mut ledger| {
            ledger.secret = key.cloned();
            kaowu_disk::sync_folder(path)?;
            Ok(ledger)
        });
        if made.is_err() {
            Self::discard(path);
        }
        made
    }

    /// Puts a database that was made beside its place there: killed before, the program leaves nothing under that name.
    pub fn place_new(self, part: &Path, to: &Path) -> Result<Self> {
        if to.exists() {
            return Err(StoreFault::DatabaseExists { file: to.display().to_string() }.into());
        }
        let key = self.secret.clone();
        // A sealed one, too.
        self.reader.conn.execute_batch("PRAGMA query_only = OFF")?;
        in_one_file(&self.reader.conn)?;
        drop(self);
        kaowu_disk::put(part, to)?;
        Self::open_under(to, key.as_ref())
    }

    /// Takes away a new database that could not be finished, with the files that SQLite keeps beside it.
    pub fn discard(path: &Path) {
        for end in ["", "-wal", "-shm", "-journal"] {
            let mut name = path.as_os_str().to_owned();
            name.push(end);
            let _gone = std::fs::remove_file(name);
        }
    }

    pub(crate) fn found(conn: Connection, genesis: &Genesis, born: Option<String>) -> Result<Self> {
        migrate(&conn)?;
        let key = SigningKey::from_bytes(&genesis.device_seed);
        let device = device_of(&key.verifying_key().to_bytes());
        let ledger = Self {
            reader: Reader::new(conn, device.clone()),
            key,
            event: genesis.event.clone(),
            mode: genesis.mode,
            site: genesis.site.clone(),
            copy: false,
            sealed: None,
            secret: None,
            born,
        };
        ledger.in_transaction(|ledger| {
            ledger.meta_set(meta::EVENT, &ledger.event)?;
            ledger.meta_set(meta::MODE, mode_text(ledger.mode))?;
            ledger.meta_set(meta::SITE, &ledger.site)?;
            ledger.become_device(&device, &ledger.key)
        })?;
        Ok(ledger)
    }

    /// Opens a plain database that is there; a file of anything else is left as it is.
    pub fn open(path: &Path) -> Result<Self> {
        Self::open_under(path, None)
    }

    /// The same of one that a key encrypts, where one is given. With a wrong key it is no database.
    pub fn open_under(path: &Path, key: Option<&DbKey>) -> Result<Self> {
        let file = path.display().to_string();
        match std::fs::metadata(path) {
            Ok(found) if found.is_file() => {}
            Ok(_) => return Err(StoreFault::NotADatabase { file }.into()),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Err(StoreFault::DatabaseMissing { file }.into()),
            Err(e) => return Err(e.into()),
        }
        let conn = bare(path, key)?;
        recognise(&conn, path)?;
        configure(&conn)?;
        let state: String = conn.query_row("PRAGMA quick_check(1)", [], |r| r.get(0))?;
        if state != "ok" {
            return Err(StoreFault::damaged(state).into());
        }
        migrate(&conn)?;
        Ok(Self { secret: key.cloned(), ..Self::resume(conn, born(path))? })
    }

    /// Whether a key fits what stands there.
    pub fn opens_under(path: &Path, key: &DbKey) -> Result<bool> {
        match bare(path, Some(key)).and_then(|conn| recognise(&conn, path)) {
            Ok(()) => Ok(true),
            Err(LedgerError::Store(StoreFault::NotADatabase { .. })) => Ok(false),
            Err(error) => Err(error),
        }
    }

    pub(crate) fn resume(conn: Connection, born: Option<String>) -> Result<Self> {
        let reader = Reader::new(conn, DeviceId::default());
        let meta = |name: &str| Ok::<_, LedgerError>(reader.meta_get(name)?.ok_or_else(|| lacks(name))?);
        let mut seed = [0_u8; 32];
        hex::decode_to_slice(meta(meta::SEED)?, &mut seed).map_err(|_| lacks(meta::SEED))?;
        let key = SigningKey::from_bytes(&seed);
        let device = device_of(&key.verifying_key().to_bytes());
        if meta(meta::DEVICE)? != device.as_str() {
            return Err(lacks(meta::DEVICE).into());
        }
        let mode = mode_of(&meta(meta::MODE)?).ok_or_else(|| lacks(meta::MODE))?;
        let moved = reader.meta_get(meta::BORN)?.zip(born.as_ref()).is_some_and(|(then, now)| then != *now);
        let copy = moved || reader.meta_get(meta::COPY)?.is_some();
        let (event, site) = (meta(meta::EVENT)?, meta(meta::SITE)?);
        let sealed = match reader.meta_get(meta::SEALED)? {
            Some(text) => Some(Sealed::read(&text).ok_or_else(|| lacks(meta::SEALED))?),
            None => None,
        };
        if sealed.is_some() {
            reader.conn.pragma_update(None, "query_only", true)?;
        }
        Ok(Self { reader: reader.of(device), key, event, mode, site, copy, sealed, secret: None, born })
    }

    /// From now on nobody writes to this database.
    pub fn seal(&mut self, why: Sealed) -> Result<()> {
        self.meta_set(meta::SEALED, why.text())?;
        self.reader.conn.pragma_update(None, "query_only", true)?;
        self.sealed = Some(why);
        Ok(())
    }

    /// Why nobody writes to it, where nobody may.
    pub fn sealed(&self) -> Option<Sealed> {
        self.sealed
    }

    /// Refuses where nobody may write.
    pub fn writable(&self) -> Result<()> {
        match self.sealed {
            None => Ok(()),
            Some(Sealed::Archive) => Err(StoreFault::DatabaseIsArchive.into()),
            Some(Sealed::Closed) => Err(StoreFault::DatabaseIsClosed.into()),
        }
    }

    /// Makes `key` the one that signs from now on.
    pub(crate) fn become_device(&self, device: &DeviceId, key: &SigningKey) -> Result<()> {
        self.meta_set(meta::DEVICE, device.as_str())?;
        self.meta_set(meta::SEED, &hex::encode(key.to_bytes()))?;
        if let Some(born) = &self.born {
            self.meta_set(meta::BORN, born)?;
        }
        self.reader.conn.prepare_cached("DELETE FROM meta WHERE name = ?1")?.execute([meta::COPY])?;
        add_device(&self.reader.conn, device, &self.site, &key.verifying_key().to_bytes(), true)
    }

    /// Whether this database was copied or restored from a backup. It can be read; before it is written to it must go on
    /// under a new device key ([`Ledger::continue_as`]).
    pub fn is_copy(&self) -> bool {
        self.copy
    }

    /// The key that encrypts it; none of a plain database.
    pub fn secret(&self) -> Option<&DbKey> {
        self.secret.as_ref()
    }

    /// Id of the event.
    pub fn event(&self) -> &str {
        &self.event
    }

    /// Live or drill.
    pub fn mode(&self) -> Mode {
        self.mode
    }

    /// The site.
    pub fn site(&self) -> &str {
        &self.site
    }

    /// The device's public key.
    pub fn public_key(&self) -> [u8; 32] {
        self.key.verifying_key().to_bytes()
    }

    /// Seed of the device's key, for signing manifests.
    pub fn device_seed(&self) -> [u8; 32] {
        self.key.to_bytes()
    }
}

fn lacks(name: &str) -> StoreFault {
    StoreFault::damaged(format!("meta {name}"))
}

/// A device's id: SHA-256 of its public key.
pub(crate) fn device_of(key: &[u8; 32]) -> DeviceId {
    DeviceId(hex::encode(Sha256::digest(key)))
}

fn mode_text(mode: Mode) -> &'static str {
    match mode {
        Mode::Live => "live",
        Mode::Drill => "drill",
    }
}

pub(crate) fn mode_of(text: &str) -> Option<Mode> {
    [Mode::Live, Mode::Drill].into_iter().find(|mode| text == mode_text(*mode))
}

/// When the disk says a file was made; none where it does not say.
pub(crate) fn born(path: &Path) -> Option<String> {
    let made = std::fs::metadata(path).ok()?.created().ok()?;
    made.duration_since(UNIX_EPOCH).ok().map(|since| since.as_nanos().to_string())
}

/// Files that nobody but their owner reads.
#[cfg(unix)]
pub(crate) fn owned_only() -> OpenOptions {
    use std::os::unix::fs::OpenOptionsExt;
    let mut options = File::options();
    options.mode(0o600);
    options
}

/// Files that nobody but their owner reads: elsewhere the folder's own rights decide.
#[cfg(not(unix))]
pub(crate) fn owned_only() -> OpenOptions {
    File::options()
}

fn bare(path: &Path, key: Option<&DbKey>) -> Result<Connection> {
    let conn = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    unlock(&conn, key)?;
    conn.busy_timeout(PATIENCE)?;
    Ok(conn)
}

/// Opens a file as this program works with it.
pub(crate) fn connect(path: &Path, key: Option<&DbKey>) -> Result<Connection> {
    let conn = bare(path, key)?;
    configure(&conn)?;
    Ok(conn)
}

pub(crate) fn configure(conn: &Connection) -> Result<()> {
    // FULL: DESIGN.md §1 measured that nothing less keeps what was acknowledged through a power cut.
    conn.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF;
         PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY;",
    )?;
    // Without it SQLite plans a statement anew whenever a value is bound to it; measured at 10 µs an entry.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    conn.set_prepared_statement_cache_capacity(64);
    Ok(())
}
