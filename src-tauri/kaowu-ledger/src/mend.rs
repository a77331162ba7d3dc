//! A damaged database made whole again, as far as its own pages and backups reach.
//!
//! An entry carries its own proof: whatever row can still be read, here or in a backup, is taken if its bytes hash, chain and
//! verify. What nobody can read is named by device and number, for people to look up on paper.

use crate::backup::{in_one_file, open_keyed};
use crate::chain::gaps;
use crate::check::{Wanted, admit, verifying, wrong_signature};
use crate::error::{LedgerError, Result, StoreFault};
use crate::key::DbKey;
use crate::line::{Id, Line};
use crate::migrate::migrate;
use crate::project::{New, Projector, add_device, device_row};
use crate::read::Reader;
use crate::rebuild::replay;
use crate::store::{Ledger, configure, device_of, meta, mode_of, owned_only};
use kaowu_core::coded::Coded;
use kaowu_core::identity::DeviceId;
use kaowu_core::journal::{Entry, Mode};
use kaowu_disk::beside;
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;
use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

/// Rows in a row that cannot be read before a table is taken to have ended.
const MISSES: i64 = 5_000;

/// What came of mending.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mended {
    /// The files that were read, the damaged one first.
    pub sources: Vec<Source>,
    /// The feeds as they stand now.
    pub feeds: Vec<MendedFeed>,
    /// Entries that could be read and were not taken: altered.
    pub altered: Vec<Altered>,
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Source {
    /// The file.
    pub file: String,
    /// Entries that came from it first.
    pub entries: u64,
    /// Why it is not whole, or gave nothing; empty where it is.
    pub detail: String,
}

/// A feed after mending.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MendedFeed {
    /// The device.
    pub device: DeviceId,
    /// Its site.
    pub site: String,
    /// Whether this database wrote it: then entries after the last are in doubt, too.
    pub own: bool,
    /// Entries saved.
    pub entries: u64,
    /// Last number saved.
    pub seq: u64,
    /// Wall clock of the last entry saved: what was done later is to be looked up on paper.
    pub last: String,
    /// Numbers that are lost, as ranges from–to.
    pub lost: Vec<(u64, u64)>,
}

/// An entry that was not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Altered {
    /// In which file.
    pub file: String,
    /// The device, where it can be read.
    pub device: DeviceId,
    /// The number, 0 where it cannot be read.
    pub seq: u64,
    /// Why, as a code.
    pub why: String,
}

/// What stands in a file.
#[derive(Default)]
struct Read {
    meta: BTreeMap<String, String>,
    devices: Vec<(DeviceId, String, [u8; 32], bool)>,
    rows: Vec<(Vec<u8>, [u8; 64])>,
    detail: String,
}

impl Ledger {
    /// Makes a new database of what can be read in a damaged one and in backups of it. The damaged file and the backups stay
    /// as they are. What is made is a copy: it goes on under a device key of its own.
    pub fn mend(damaged: &Path, backups: &[PathBuf], to: &Path) -> Result<Mended> {
        Self::mend_under(damaged, backups, to, &[])
    }

    /// The same where keys encrypt the damaged database and its backups, each file one of them: it changes when somebody is
    /// withdrawn. What is made is encrypted under the first.
    pub fn mend_under(damaged: &Path, backups: &[PathBuf], to: &Path, keys: &[DbKey]) -> Result<Mended> {
        if to.exists() {
            return Err(StoreFault::DatabaseExists { file: to.display().to_string() }.into());
        }
        let part = beside(to, ".part");
        let done = mend_into(damaged, backups, &part, keys).and_then(|mended| {
            kaowu_disk::put(&part, to)?;
            Ok(mended)
        });
        if done.is_err() {
            Self::discard(&part);
        }
        done
    }
}

fn mend_into(damaged: &Path, backups: &[PathBuf], part: &Path, keys: &[DbKey]) -> Result<Mended> {
    let files: Vec<&Path> = std::iter::once(damaged).chain(backups.iter().map(PathBuf::as_path)).collect();
    let read: Vec<Read> = files.iter().map(|file| read_file(file, part, keys)).collect();
    let whole = |meta: &BTreeMap<String, String>| {
        [meta::EVENT, meta::MODE, meta::SITE, meta::DEVICE, meta::SEED].iter().all(|name| meta.contains_key(*name))
    };
    let kept = read
        .iter()
        .map(|r| &r.meta)
        .find(|meta| whole(meta))
        .ok_or_else(|| StoreFault::NothingToMend { file: damaged.display().to_string() })?;
    // A backup of another event gives nothing.
    let same = |r: &&Read| r.meta.get(meta::EVENT).is_none_or(|event| Some(event) == kept.get(meta::EVENT));
    let mode = mode_of(&kept[meta::MODE]).ok_or_else(|| StoreFault::damaged("meta mode"))?;
    let mut devices: BTreeMap<DeviceId, (String, [u8; 32], bool)> = BTreeMap::new();
    for (device, site, key, own) in read.iter().filter(same).flat_map(|r| &r.devices) {
        if device_of(key) == *device {
            let entry = devices.entry(device.clone()).or_insert((site.clone(), *key, *own));
            entry.2 |= own;
        }
    }

    drop(owned_only().write(true).create(true).truncate(true).open(part)?);
    let conn = open_keyed(part, keys.first())?;
    configure(&conn)?;
    in_one_file(&conn)?;
    migrate(&conn)?;
    conn.execute_batch("BEGIN IMMEDIATE")?;
    for (name, value) in kept {
        conn.execute("INSERT INTO meta (name, value) VALUES (?1, ?2)", params![name, value])?;
    }
    conn.execute("INSERT INTO meta (name, value) VALUES (?1, '1') ON CONFLICT (name) DO NOTHING", [meta::COPY])?;
    for (device, (site, key, own)) in &devices {
        add_device(&conn, device, site, key, *own)?;
    }
    let (mut sources, mut altered, mut seen) = (Vec::new(), Vec::new(), HashSet::new());
    for (file, read) in files.iter().zip(&read) {
        let file = file.display().to_string();
        let mut taken = 0_u64;
        for (line, signature) in if same(&read) { read.rows.as_slice() } else { &[] } {
            match take(&conn, line, signature, (&kept[meta::EVENT], mode), &devices, &mut seen) {
                Ok(new) => taken += u64::from(new),
                Err(error) => {
                    let (device, seq) = Entry::read(line).map_or_else(|_| (DeviceId::default(), 0), |e| (e.device, e.seq));
                    altered.push(Altered { file: file.clone(), device, seq, why: error.code() });
                }
            }
        }
        sources.push(Source { file, entries: taken, detail: read.detail.clone() });
    }
    let reader = Reader::new(conn, DeviceId::default());
    replay(&reader)?;
    let conn = reader.conn;
    conn.execute_batch("COMMIT")?;
    // An altered row counts as lost only where no other source had it whole.
    let feeds = devices.into_iter().map(|(device, (site, _, own))| feed(&conn, device, site, own)).collect::<Result<Vec<_>>>()?;
    conn.close().map_err(|(_, e)| e)?;
    std::fs::File::open(part)?.sync_all()?;
    Ok(Mended { sources, feeds, altered })
}

/// Stores a line if it is right; says whether it was new.
fn take(
    conn: &Connection,
    line: &[u8],
    signature: &[u8; 64],
    (event, mode): (&str, Mode),
    devices: &BTreeMap<DeviceId, (String, [u8; 32], bool)>,
    seen: &mut HashSet<Id>,
) -> Result<bool> {
    let id = Id::of(line);
    if seen.contains(&id) {
        return Ok(false);
    }
    let entry = Entry::read(line)?;
    let (site, key, _) = devices.get(&entry.device).ok_or(StoreFault::DeviceKeyWrong)?;
    let wanted = Wanted { event, mode, site, device: &entry.device, key: verifying(key)?, from_site: false };
    let read: Line<'_> = admit(line, &wanted)?;
    if wrong_signature(&[(line, signature)], &wanted.key).is_some() {
        return Err(StoreFault::SignatureWrong { seq: entry.seq }.into());
    }
    let row = device_row(conn, &entry.device)?.ok_or_else(|| StoreFault::damaged("device"))?;
    Projector::new(conn)?.store(row.n, &New { id, line, signature, read: &read })?;
    seen.insert(id);
    Ok(true)
}

fn feed(conn: &Connection, device: DeviceId, site: String, own: bool) -> Result<MendedFeed> {
    let mut rows =
        conn.prepare_cached("SELECT e.seq, e.t FROM entry e JOIN device d ON d.n = e.device WHERE d.id = ?1 ORDER BY e.seq, e.id")?;
    let rows: Vec<(u64, String)> = rows.query_map([device.as_str()], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<Result<_, _>>()?;
    let lost = gaps(rows.iter().map(|(seq, _)| *seq));
    let (seq, last) = rows.last().cloned().unwrap_or_default();
    Ok(MendedFeed { device, site, own, entries: u64::try_from(rows.len()).unwrap_or(u64::MAX), seq, last, lost })
}

/// Reads what can be read of a file, under the key that fits: where that is none, what the first says of it stands.
fn read_file(file: &Path, part: &Path, keys: &[DbKey]) -> Read {
    let fits = |read: &Read| !read.meta.is_empty() || !read.rows.is_empty();
    let first = read_under(file, part, keys.first());
    if fits(&first) {
        return first;
    }
    keys.iter().skip(1).map(|key| read_under(file, part, Some(key))).find(fits).unwrap_or(first)
}

/// The same under one key, from a copy of it: SQLite may write into a file that it opens.
fn read_under(file: &Path, part: &Path, key: Option<&DbKey>) -> Read {
    let copy = beside(part, ".read");
    let (wal, shm) = (beside(&copy, "-wal"), beside(&copy, "-shm"));
    let mut read = Read::default();
    let opened = std::fs::copy(file, &copy).map_err(LedgerError::from).and_then(|_| {
        let log = beside(file, "-wal");
        if log.is_file() {
            std::fs::copy(log, &wal)?;
        }
        open_keyed(&copy, key)
    });
    match opened {
        Ok(conn) => read_all(&conn, &mut read),
        Err(error) => read.detail = error.code(),
    }
    for gone in [copy, wal, shm] {
        let _gone = std::fs::remove_file(gone);
    }
    read
}

fn read_all(conn: &Connection, read: &mut Read) {
    let whole = conn.query_row("PRAGMA integrity_check(1)", [], |r| r.get::<_, String>(0));
    read.detail = whole.map_or_else(|e| e.to_string(), |said| if said == "ok" { String::new() } else { said });
    for row in by_row(conn, "SELECT name, value FROM meta", |r| Ok((r.get(0)?, r.get(1)?))) {
        read.meta.insert(row.0, row.1);
    }
    read.devices = by_row(conn, "SELECT id, site, key, own FROM device", |r| Ok((DeviceId(r.get(0)?), r.get(1)?, r.get(2)?, r.get(3)?)));
    read.rows = each_entry(conn);
}

/// The rows of a table up to the first that cannot be read.
fn by_row<T>(conn: &Connection, sql: &str, take: impl Fn(&rusqlite::Row<'_>) -> rusqlite::Result<T>) -> Vec<T> {
    let Ok(mut statement) = conn.prepare(sql) else { return Vec::new() };
    let Ok(rows) = statement.query_map([], take) else { return Vec::new() };
    rows.map_while(std::result::Result::ok).collect()
}

/// Every entry that can be read, each one looked up by itself: a page that is damaged hides its own rows only.
fn each_entry(conn: &Connection) -> Vec<(Vec<u8>, [u8; 64])> {
    let Ok(mut one) = conn.prepare("SELECT line, sig FROM entry WHERE n = ?1") else { return Vec::new() };
    let last: Option<i64> = conn.query_row("SELECT max(n) FROM entry", [], |r| r.get(0)).unwrap_or(None);
    let (mut rows, mut misses, mut n) = (Vec::new(), 0, 0);
    while misses < MISSES || last.is_some_and(|last| n < last) {
        n += 1;
        match one.query_row([n], |r| Ok((r.get(0)?, r.get(1)?))).optional() {
            Ok(Some(row)) => {
                rows.push(row);
                misses = 0;
            }
            Ok(None) | Err(_) => misses += 1,
        }
    }
    rows
}
