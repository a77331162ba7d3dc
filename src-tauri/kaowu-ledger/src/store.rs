//! Opening a database, and appending to it.

use crate::error::{LedgerError, StoreFault};
use crate::read::Reader;
use chrono::{DateTime, FixedOffset};
use ed25519_dalek::{Signer, SigningKey};
use kaowu_core::facts::well_formed;
use kaowu_core::identity::{DeviceId, EntryId, Operator};
use kaowu_core::journal::{Body, Entry, Fact, Mode, VERSION, entry_id};
use rusqlite::{Connection, OpenFlags};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use std::ops::Deref;
use std::path::Path;
use std::time::Duration;

/// `Kaow` in the header of the file.
const APPLICATION: i64 = 0x4B61_6F77;
/// The form of the database this program writes.
const FORM: i64 = 1;

/// What a new database is for.
#[derive(Debug, Clone)]
pub struct Genesis {
    /// Id of the event.
    pub event: String,
    /// Live or drill.
    pub mode: Mode,
    /// The site; `hq` for headquarters.
    pub site: String,
    /// Seed of the device's Ed25519 key.
    pub device_seed: [u8; 32],
}

/// Who acts, and when.
#[derive(Debug, Clone)]
pub struct Stamp {
    /// Wall clock.
    pub t: DateTime<FixedOffset>,
    /// Milliseconds of a clock that only rises, since `boot`.
    pub mono: u64,
    /// Which run of the machine.
    pub boot: String,
    /// Who.
    pub operator: Operator,
}

/// What is to be written.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// What happened.
    pub kind: String,
    /// Details for people.
    pub about: Map<String, Value>,
    /// What holds from now on.
    pub facts: Vec<Fact>,
    /// Entries whose facts on the same keys are replaced.
    pub supersedes: Vec<EntryId>,
}

impl Draft {
    /// An empty entry of a kind.
    pub fn new(kind: &str) -> Self {
        Self { kind: kind.to_owned(), ..Self::default() }
    }

    /// Adds details.
    #[must_use]
    pub fn about(mut self, about: Map<String, Value>) -> Self {
        self.about.extend(about);
        self
    }

    /// Adds one detail.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.about.insert(name.to_owned(), value.into());
        self
    }

    /// Adds the reason.
    #[must_use]
    pub fn because(self, reason: &str) -> Self {
        self.with("reason", reason)
    }

    /// Adds a fact.
    #[must_use]
    pub fn fact(mut self, fact: Fact) -> Self {
        self.facts.push(fact);
        self
    }

    /// Adds facts.
    #[must_use]
    pub fn facts(mut self, facts: impl IntoIterator<Item = Fact>) -> Self {
        self.facts.extend(facts);
        self
    }

    /// Names entries it replaces.
    #[must_use]
    pub fn replacing(mut self, entries: impl IntoIterator<Item = EntryId>) -> Self {
        self.supersedes.extend(entries);
        self
    }
}

/// An open database.
pub struct Ledger {
    reader: Reader,
    key: SigningKey,
    event: String,
    mode: Mode,
    site: String,
}

impl Deref for Ledger {
    type Target = Reader;
    fn deref(&self) -> &Reader {
        &self.reader
    }
}

/// A transaction under way: reads see what it has written.
pub struct Tx<'a> {
    ledger: &'a Ledger,
}

impl Deref for Tx<'_> {
    type Target = Reader;
    fn deref(&self) -> &Reader {
        &self.ledger.reader
    }
}

impl Ledger {
    /// Makes a database that does not exist yet.
    pub fn create(path: &Path, genesis: &Genesis) -> Result<Self, LedgerError> {
        let file = path.display().to_string();
        match std::fs::OpenOptions::new().write(true).create_new(true).open(path) {
            Ok(new) => private(&new)?,
            Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => return Err(StoreFault::DatabaseExists { file }.into()),
            Err(e) => return Err(e.into()),
        }
        let conn = connect(path)?;
        conn.execute_batch(&format!(
            "BEGIN IMMEDIATE; {} PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {FORM}; COMMIT;",
            include_str!("schema.sql")
        ))?;
        let key = SigningKey::from_bytes(&genesis.device_seed);
        let device = device_of(&key.verifying_key().to_bytes());
        let ledger = Self { reader: Reader::new(conn, device.clone()), key, event: genesis.event.clone(), mode: genesis.mode, site: genesis.site.clone() };
        ledger.in_transaction(|ledger| {
            for (name, value) in [("event", genesis.event.as_str()), ("mode", mode_text(genesis.mode)), ("site", genesis.site.as_str())] {
                ledger.meta_set(name, value)?;
            }
            ledger.meta_set("device", device.as_str())?;
            ledger.meta_set("device-seed", &hex::encode(genesis.device_seed))?;
            ledger.add_device(&device, &genesis.site, &ledger.key.verifying_key().to_bytes(), true)?;
            Ok::<_, LedgerError>(())
        })?;
        Ok(ledger)
    }

    /// Opens a database that is there.
    pub fn open(path: &Path) -> Result<Self, LedgerError> {
        let file = path.display().to_string();
        if !path.is_file() {
            return Err(StoreFault::DatabaseMissing { file }.into());
        }
        // A file SQLite cannot read at all is no database of ours; one that it can read in part is a damaged one.
        let conn = connect(path).map_err(|_| StoreFault::NotADatabase { file: file.clone() })?;
        let number = |pragma: &str| conn.query_row(&format!("PRAGMA {pragma}"), [], |r| r.get::<_, i64>(0));
        if number("application_id")? != APPLICATION {
            return Err(StoreFault::NotADatabase { file }.into());
        }
        let version = number("user_version")?;
        if version > FORM {
            return Err(StoreFault::DatabaseTooNew { file, version }.into());
        }
        let state: String = conn.query_row("PRAGMA quick_check(1)", [], |r| r.get(0))?;
        if state != "ok" {
            return Err(StoreFault::DatabaseDamaged { detail: state }.into());
        }
        let reader = Reader::new(conn, DeviceId::default());
        let damaged = |name: &str| StoreFault::DatabaseDamaged { detail: format!("meta {name}") };
        let meta = |name: &str| -> Result<String, LedgerError> { Ok(reader.meta_get(name)?.ok_or_else(|| damaged(name))?) };
        let mut seed = [0_u8; 32];
        hex::decode_to_slice(meta("device-seed")?, &mut seed).map_err(|_| damaged("device-seed"))?;
        let mode = if meta("mode")? == mode_text(Mode::Live) { Mode::Live } else { Mode::Drill };
        let (event, site, device) = (meta("event")?, meta("site")?, DeviceId(meta("device")?));
        Ok(Self { reader: reader.of(device), key: SigningKey::from_bytes(&seed), event, mode, site })
    }

    /// Goes on under a new device key, as a restored or copied database must (DESIGN.md §1).
    pub fn continue_as(&mut self, seed: [u8; 32]) -> Result<DeviceId, LedgerError> {
        let key = SigningKey::from_bytes(&seed);
        let device = device_of(&key.verifying_key().to_bytes());
        self.in_transaction(|ledger| {
            ledger.meta_set("device", device.as_str())?;
            ledger.meta_set("device-seed", &hex::encode(seed))?;
            ledger.add_device(&device, &ledger.site, &key.verifying_key().to_bytes(), true)
        })?;
        self.key = key;
        self.reader.device = device.clone();
        Ok(device)
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

    /// Reads and appends in one transaction; nothing is written when `work` refuses.
    pub fn transact<O, E: From<LedgerError>>(&mut self, work: impl FnOnce(&Tx<'_>) -> Result<O, E>) -> Result<O, E> {
        self.in_transaction(|ledger| work(&Tx { ledger }))
    }

    /// Appends one entry.
    pub fn append(&mut self, stamp: &Stamp, draft: Draft) -> Result<EntryId, LedgerError> {
        self.transact(|tx| tx.append(stamp, draft))
    }

    pub(crate) fn in_transaction<O, E: From<LedgerError>>(&self, work: impl FnOnce(&Self) -> Result<O, E>) -> Result<O, E> {
        let begin = |sql: &str| self.reader.conn.execute_batch(sql).map_err(LedgerError::from);
        begin("BEGIN IMMEDIATE")?;
        match work(self).and_then(|out| begin("COMMIT").map(|()| out).map_err(E::from)) {
            Ok(out) => Ok(out),
            Err(error) => {
                // After a full disk SQLite may have rolled back by itself; the error that counts is the first.
                let _already = self.reader.conn.execute_batch("ROLLBACK");
                Err(error)
            }
        }
    }
}

impl Tx<'_> {
    /// Appends one entry: stored, signed, and its facts in the view.
    pub fn append(&self, stamp: &Stamp, draft: Draft) -> Result<EntryId, LedgerError> {
        let ledger = self.ledger;
        if let Some(fact) = draft.facts.iter().find(|f| !well_formed(f, false)) {
            return Err(StoreFault::FactMalformed { topic: fact.topic.clone(), key: fact.key.clone() }.into());
        }
        let (seq, prev) = match ledger.last_of(ledger.device())? {
            Some((seq, head)) => (seq + 1, head),
            None => (1, EntryId::default()),
        };
        let mut supersedes = draft.supersedes;
        supersedes.sort_unstable();
        supersedes.dedup();
        let entry = Entry {
            v: VERSION,
            mode: ledger.mode,
            event: ledger.event.clone(),
            site: ledger.site.clone(),
            device: ledger.device().clone(),
            seq,
            prev,
            t: stamp.t.to_rfc3339(),
            mono: stamp.mono,
            boot: stamp.boot.clone(),
            op: stamp.operator.clone(),
            kind: draft.kind,
            body: Body { about: draft.about, facts: draft.facts },
            supersedes,
        };
        let line = entry.to_line()?;
        let id = entry_id(&line);
        let signature = ledger.key.sign(&line).to_bytes();
        let device = ledger.device_row(ledger.device())?.ok_or_else(|| StoreFault::DatabaseDamaged { detail: "own device".to_owned() })?;
        let n = ledger.store_line(&id, device.n, seq, &line, &signature)?;
        ledger.project(n, &id, &entry, device.own)?;
        Ok(id)
    }
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

#[cfg(unix)]
fn private(file: &std::fs::File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(std::fs::Permissions::from_mode(0o600))
}

#[cfg(not(unix))]
fn private(_file: &std::fs::File) -> std::io::Result<()> {
    Ok(())
}

pub(crate) fn connect(path: &Path) -> Result<Connection, LedgerError> {
    let conn = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    conn.busy_timeout(Duration::from_secs(5))?;
    // FULL: DESIGN.md §1 measured that nothing less keeps what was acknowledged through a power cut.
    conn.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF;
         PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY;",
    )?;
    conn.set_prepared_statement_cache_capacity(64);
    Ok(conn)
}
