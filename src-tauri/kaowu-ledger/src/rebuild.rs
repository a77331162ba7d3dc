//! The views made anew from the journal, all at once: another way to the same state as [`crate::project`], which the
//! tests hold against it.

use crate::chain::{Place, fork};
use crate::error::{Result, StoreFault};
use crate::line::{Id, Line, Prev};
use crate::migrate::VIEWS;
use crate::project::{counts, may_replace, unreadable};
use crate::read::Reader;
use crate::store::Ledger;
use crate::watch::Step;
use kaowu_core::facts::NAMES;
use rayon::prelude::*;
use rusqlite::{Connection, params};
use std::collections::{HashMap, HashSet};

/// Lines read at once.
const CHUNK: usize = 8192;

struct Raw {
    n: i64,
    device: i64,
    own: bool,
    line: Vec<u8>,
}

/// A fact on its way into the view.
struct Row {
    topic: &'static str,
    key: Box<str>,
    entry: i64,
    value: Option<Box<str>>,
}

impl Ledger {
    /// Makes the views anew from the stored lines.
    pub fn rebuild(&mut self) -> Result<()> {
        self.reader.forget();
        self.in_transaction(|ledger| replay(&ledger.reader))
    }
}

/// An id that an entry names, with that entry's row and device.
type Named = (Id, i64, i64);
/// An entry's facts, and the ids it names.
type Stated = (Vec<Row>, Vec<Named>);

/// Makes all views anew within the transaction under way.
pub(crate) fn replay(reader: &Reader) -> Result<()> {
    let conn = &reader.conn;
    let entries: usize = conn.query_row("SELECT count(*) FROM entry", [], |r| r.get(0))?;
    let mut read = 0;
    conn.execute_batch("DROP TABLE fact; DROP TABLE awaited; DROP TABLE fork;")?;
    conn.execute_batch(VIEWS)?;
    for (device, seq) in forks(conn)? {
        conn.prepare_cached("INSERT INTO fork (device, seq) VALUES (?1, ?2)")?.execute(params![device, seq])?;
    }
    let mut rows: Vec<Row> = Vec::new();
    let mut named: Vec<Named> = Vec::new();
    each_accepted(conn, |chunk| {
        reader.tell(Step::Reading, read, entries)?;
        read += chunk.len();
        let read: Vec<Stated> = chunk.par_iter().map(facts_of).collect::<Result<_>>()?;
        for (facts, supersedes) in read {
            rows.extend(facts);
            named.extend(supersedes);
        }
        Ok(())
    })?;
    let replaces = resolve(conn, named)?;
    rows.par_sort_unstable_by(|a, b| (a.topic, &a.key, a.entry).cmp(&(b.topic, &b.key, b.entry)));
    let (mut done, total) = (0, rows.len());
    let mut add = conn.prepare_cached("INSERT INTO fact (topic, key, entry, live, value) VALUES (?1, ?2, ?3, ?4, ?5)")?;
    for same in rows.chunk_by(|a, b| a.topic == b.topic && a.key == b.key) {
        for row in same {
            reader.tell_often(Step::Rebuilding, done, total)?;
            done += 1;
            let dead = same.len() > 1 && same.iter().any(|new| replaces.contains(&(row.entry, new.entry)));
            add.execute(params![row.topic, row.key, row.entry, !dead, row.value])?;
        }
    }
    Ok(())
}

/// Hands on all entries that no fork has quarantined, in chunks.
fn each_accepted(conn: &Connection, mut take: impl FnMut(&[Raw]) -> Result<()>) -> Result<()> {
    let mut statement = conn.prepare_cached(
        "SELECT e.n, d.n, d.own, e.line FROM entry e JOIN device d ON d.n = e.device LEFT JOIN fork f ON f.device = e.device
         WHERE f.seq IS NULL OR e.seq < f.seq",
    )?;
    let mut rows = statement.query([])?;
    let mut chunk: Vec<Raw> = Vec::with_capacity(CHUNK);
    while let Some(row) = rows.next()? {
        chunk.push(Raw { n: row.get(0)?, device: row.get(1)?, own: row.get(2)?, line: row.get(3)? });
        if chunk.len() == CHUNK {
            take(&chunk)?;
            chunk.clear();
        }
    }
    take(&chunk)
}

fn facts_of(raw: &Raw) -> Result<Stated> {
    let line = Line::read(&raw.line).map_err(|e| unreadable(&e))?;
    let mut rows = Vec::with_capacity(line.body.facts.len());
    for fact in line.body.facts.iter().filter(|fact| counts(&line.kind, fact, raw.own)) {
        let topic = NAMES.iter().find(|name| **name == fact.topic).ok_or_else(|| StoreFault::damaged(format!("topic {}", fact.topic)))?;
        rows.push(Row { topic, key: fact.key.as_ref().into(), entry: raw.n, value: fact.value().map(Into::into) });
    }
    Ok((rows, line.supersedes.into_iter().map(|old| (old, raw.n, raw.device)).collect()))
}

/// Turns "this entry names that id" into pairs of rows (old, new) where the one may replace the other; what is not here yet is
/// awaited.
fn resolve(conn: &Connection, named: Vec<Named>) -> Result<HashSet<(i64, i64)>> {
    let sites: HashMap<i64, String> =
        conn.prepare_cached("SELECT n, site FROM device")?.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<Result<_, _>>()?;
    let fits = |by: &i64, of: &i64| sites.get(by).zip(sites.get(of)).is_some_and(|(by, of)| may_replace(by, of));
    let mut row_of = conn.prepare_cached("SELECT n, device FROM entry WHERE id = ?1")?;
    let mut awaits = conn.prepare_cached("INSERT OR IGNORE INTO awaited (old, entry) VALUES (?1, ?2)")?;
    let mut known: HashMap<Id, Option<(i64, i64)>> = HashMap::new();
    let mut pairs = HashSet::with_capacity(named.len());
    for (old, new, by) in named {
        let row = match known.get(&old) {
            Some(row) => *row,
            None => {
                let row = row_of.query_map([old.0], |r| Ok((r.get(0)?, r.get(1)?)))?.next().transpose()?;
                known.insert(old, row);
                row
            }
        };
        match row {
            Some((old, of)) if fits(&by, &of) => _ = pairs.insert((old, new)),
            Some(_) => {}
            None => _ = awaits.execute(params![old.0, new])?,
        }
    }
    Ok(pairs)
}

/// The forks of all feeds, from the stored entries.
fn forks(conn: &Connection) -> Result<Vec<(i64, u64)>> {
    let mut statement = conn.prepare_cached("SELECT device, seq, id, prev FROM entry ORDER BY device")?;
    let mut rows = statement.query([])?;
    let (mut out, mut device, mut places) = (Vec::new(), 0_i64, Vec::new());
    while let Some(row) = rows.next()? {
        let n: i64 = row.get(0)?;
        if n != device {
            out.extend(fork(&mut places).map(|seq| (device, seq)));
            places.clear();
            device = n;
        }
        places.push(Place { seq: row.get(1)?, id: Id(row.get(2)?), prev: prev(row.get_ref(3)?.as_blob()?)? });
    }
    out.extend(fork(&mut places).map(|seq| (device, seq)));
    Ok(out)
}

pub(crate) fn prev(bytes: &[u8]) -> Result<Prev> {
    Ok(Prev::from_bytes(bytes).ok_or_else(|| StoreFault::damaged("entry.prev"))?)
}
