//! What was read and is kept: rows of a topic, and whatever was made of them, until an entry changes the topic.
//!
//! Ten screens and every act read the same people. A topic's rows are read from the database once; an entry appended here
//! marks the keys it states, and only those are read again. Anything that cannot be followed that closely (a merge, a
//! rebuild, a transaction rolled back, another program that writes) forgets all of it. A test holds what is kept against
//! what another connection reads anew.

use crate::error::Result;
use crate::line::Line;
use crate::read::{Held, Reader};
use kaowu_core::facts::{FactKey, Topic};
use std::any::Any;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// So many changed keys of a topic, and reading all of it again is quicker.
const MANY: usize = 2048;

type Shared = Arc<dyn Any + Send + Sync>;

/// The live values of a topic, by key.
#[derive(Debug, Clone)]
pub struct Table<T: Topic> {
    rows: BTreeMap<String, (T::Key, Vec<Held<T>>)>,
}

impl<T: Topic> Table<T> {
    fn new(found: Vec<(T::Key, Held<T>)>) -> Self {
        let mut rows: BTreeMap<String, (T::Key, Vec<Held<T>>)> = BTreeMap::new();
        for (key, held) in found {
            rows.entry(key.text()).or_insert_with(|| (key, Vec::with_capacity(1))).1.push(held);
        }
        Self { rows }
    }

    fn put(&mut self, text: String, held: Vec<Held<T>>) {
        match T::Key::read(&text).filter(|_| !held.is_empty()) {
            Some(key) => _ = self.rows.insert(text, (key, held)),
            None => _ = self.rows.remove(&text),
        }
    }

    /// Live values under a key prefix, in order of keys, then of entry ids.
    pub fn under(&self, prefix: &str) -> impl Iterator<Item = (&T::Key, &Held<T>)> + use<'_, T> {
        let from = prefix.to_owned();
        self.rows
            .range(from.clone()..)
            .take_while(move |(text, _)| text.starts_with(&from))
            .flat_map(|(_, (key, held))| held.iter().map(move |held| (key, held)))
    }
}

struct Rows {
    table: Shared,
    changed: BTreeSet<String>,
}

struct Made {
    /// The edition of each topic it was made from.
    of: Vec<u64>,
    value: Shared,
}

/// What a reader keeps.
#[derive(Default)]
pub(crate) struct Keep {
    /// SQLite's count of what other connections changed, when all this was read.
    version: i64,
    /// How often all was forgotten.
    forgotten: u64,
    editions: HashMap<String, u64>,
    last_edition: u64,
    /// Whether the transaction under way has stated anything.
    stated: bool,
    rows: HashMap<&'static str, Rows>,
    made: HashMap<String, Made>,
}

impl Keep {
    fn editions(&self, topics: &[&str]) -> Vec<u64> {
        topics.iter().map(|topic| self.editions.get(*topic).copied().unwrap_or(0)).collect()
    }

    fn forget(&mut self) {
        self.forgotten += 1;
        self.rows.clear();
        self.made.clear();
    }
}

impl Reader {
    /// The live values of a topic.
    pub fn table<T: Topic>(&self) -> Result<Arc<Table<T>>> {
        self.notice_others()?;
        let kept = self.keep.borrow_mut().rows.remove(T::NAME);
        let (table, changed) = match kept.map(|rows| (rows.table.downcast::<Table<T>>(), rows.changed)) {
            Some((Ok(table), changed)) if changed.len() < MANY => (table, changed),
            _ => (Arc::new(Table::new(self.each::<T>()?)), BTreeSet::new()),
        };
        let mut table = table;
        if !changed.is_empty() {
            let now = Arc::make_mut(&mut table);
            for key in changed {
                let held = self.live_text::<T>(&key)?;
                now.put(key, held);
            }
        }
        self.keep.borrow_mut().rows.insert(T::NAME, Rows { table: table.clone(), changed: BTreeSet::new() });
        Ok(table)
    }

    /// What `make` makes of the live facts of `topics` and of nothing else; made again once one of them may have changed.
    /// `name` says what it is.
    pub fn kept<V: Send + Sync + 'static, E: From<crate::LedgerError>>(
        &self,
        name: &str,
        topics: &[&str],
        make: impl FnOnce() -> Result<V, E>,
    ) -> Result<Arc<V>, E> {
        self.notice_others().map_err(E::from)?;
        let (editions, forgotten) = {
            let keep = self.keep.borrow();
            let now = keep.editions(topics);
            if let Some(made) = keep.made.get(name).filter(|made| made.of == now)
                && let Ok(value) = made.value.clone().downcast::<V>()
            {
                return Ok(value);
            }
            (now, keep.forgotten)
        };
        let value = Arc::new(make()?);
        let mut keep = self.keep.borrow_mut();
        // What another program changed while this was made may be in it by half.
        if keep.forgotten == forgotten {
            keep.made.insert(name.to_owned(), Made { of: editions, value: value.clone() });
        }
        Ok(value)
    }

    /// An entry stated these facts.
    pub(crate) fn stated(&self, line: &Line<'_>) {
        let mut keep = self.keep.borrow_mut();
        let keep = &mut *keep;
        keep.stated = true;
        for fact in &line.body.facts {
            keep.last_edition += 1;
            match keep.editions.get_mut(fact.topic.as_ref()) {
                Some(edition) => *edition = keep.last_edition,
                None => _ = keep.editions.insert(fact.topic.as_ref().to_owned(), keep.last_edition),
            }
            if let Some(rows) = keep.rows.get_mut(fact.topic.as_ref())
                && rows.changed.len() < MANY
            {
                rows.changed.insert(fact.key.as_ref().to_owned());
            }
        }
    }

    /// A transaction begins.
    pub(crate) fn begun(&self) {
        self.keep.borrow_mut().stated = false;
    }

    /// It ended without leaving anything. A refusal before anything was stated, the usual one, costs nothing.
    pub(crate) fn rolled_back(&self) {
        let mut keep = self.keep.borrow_mut();
        if keep.stated {
            keep.forget();
        }
    }

    /// Anything may have changed.
    pub(crate) fn forget(&self) {
        self.keep.borrow_mut().forget();
    }

    /// Anything changes within this transaction: nothing of it is followed, nor of what stood before if it leaves nothing.
    pub(crate) fn forget_either_way(&self) {
        let mut keep = self.keep.borrow_mut();
        keep.forget();
        keep.stated = true;
    }

    fn notice_others(&self) -> Result<()> {
        let version: i64 = self.conn.prepare_cached("PRAGMA data_version")?.query_row([], |r| r.get(0))?;
        let mut keep = self.keep.borrow_mut();
        if keep.version != version {
            keep.forget();
            keep.version = version;
        }
        Ok(())
    }
}

pub(crate) type Kept = RefCell<Keep>;
