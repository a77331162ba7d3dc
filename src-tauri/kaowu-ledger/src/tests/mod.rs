//! Tests of the ledger: tables of cases, then properties over random journals.

mod backups;
mod facts;
mod merging;
mod opening;
mod power;
mod random;
mod scratch;
mod words;

use crate::{Draft, FeedLine, FeedTrust, Genesis, Ledger, Stamp, StoreFault};
use chrono::DateTime;
use ed25519_dalek::{Signer, SigningKey};
use kaowu_core::coded::Coded;
use kaowu_core::facts::{KeyedMark, Pass};
use kaowu_core::identity::{DeviceId, EntryId};
use kaowu_core::journal::{Body, Entry, Fact, Mode, VERSION, entry_id};
use rusqlite::Connection;
use serde_json::{Map, json};

pub(crate) fn genesis() -> Genesis {
    Genesis { event: "jiangsu-2020".into(), mode: Mode::Live, site: "hq".into(), device_seed: [7; 32] }
}

/// A database in memory: as the one on disk, without its fsyncs.
pub(crate) fn memory() -> Ledger {
    let conn = Connection::open_in_memory().unwrap();
    crate::store::configure(&conn).unwrap();
    Ledger::found(conn, &genesis(), None).unwrap()
}

pub(crate) fn stamp() -> Stamp {
    Stamp { t: DateTime::parse_from_rfc3339("2020-06-27T09:00:00+08:00").unwrap(), mono: 1, boot: "b".into(), operator: "王㛃".into() }
}

pub(crate) fn draft(facts: Vec<Fact>, supersedes: Vec<EntryId>) -> Draft {
    Draft::new("marks.keyed").facts(facts).replacing(supersedes)
}

/// A mark keyed for a person; no value takes it back.
pub(crate) fn mark(person: u8, value: Option<u32>) -> Fact {
    let value = value.map_or(json!(null), |v| json!({"value": {"given": v}, "by": "甲"}));
    Fact { topic: "mark".into(), key: format!("city/written/{person}/1"), value }
}

pub(crate) fn mark_key(person: u8) -> <KeyedMark as kaowu_core::facts::Topic>::Key {
    ("city".into(), "written".into(), person.to_string().as_str().into(), Pass(1))
}

/// Where an entry of a made-up feed stands, and what it says.
#[derive(Clone)]
pub(crate) struct Say {
    pub(crate) seq: u64,
    pub(crate) prev: EntryId,
    pub(crate) facts: Vec<Fact>,
    pub(crate) supersedes: Vec<EntryId>,
}

/// A device elsewhere that may also lie.
#[derive(Clone)]
pub(crate) struct Elsewhere {
    pub(crate) key: SigningKey,
    pub(crate) site: String,
}

impl Elsewhere {
    pub(crate) fn new(n: u8) -> Self {
        Self { key: SigningKey::from_bytes(&[100 + n; 32]), site: format!("3201-0{n}") }
    }

    pub(crate) fn trust(&self) -> FeedTrust {
        FeedTrust { site: self.site.clone(), key: self.key.verifying_key().to_bytes(), from_site: true }
    }

    pub(crate) fn device(&self) -> DeviceId {
        crate::store::device_of(&self.trust().key)
    }

    pub(crate) fn entry(&self, say: Say) -> Entry {
        Entry {
            v: VERSION,
            mode: Mode::Live,
            event: "jiangsu-2020".into(),
            site: self.site.clone(),
            device: self.device(),
            seq: say.seq,
            prev: say.prev,
            t: "2020-06-27T09:00:00+08:00".into(),
            mono: say.seq,
            boot: "b".into(),
            op: "甲 \"quoted\"".into(),
            kind: "marks.keyed".into(),
            body: Body { about: Map::new(), facts: say.facts },
            supersedes: say.supersedes,
        }
    }

    pub(crate) fn sign(&self, line: Vec<u8>) -> FeedLine {
        FeedLine { signature: self.key.sign(&line).to_bytes(), line }
    }

    pub(crate) fn line(&self, entry: &Entry) -> FeedLine {
        self.sign(entry.to_line().unwrap())
    }

    /// A whole feed from number 1: one entry for each list of facts.
    pub(crate) fn feed(&self, said: impl IntoIterator<Item = Vec<Fact>>) -> Vec<FeedLine> {
        self.after(0, EntryId::default(), said)
    }

    pub(crate) fn after(&self, seq: u64, head: EntryId, said: impl IntoIterator<Item = Vec<Fact>>) -> Vec<FeedLine> {
        let mut prev = head;
        let lines = said.into_iter().zip(seq + 1..).map(|(facts, seq)| {
            let line = self.line(&self.entry(Say { seq, prev: prev.clone(), facts, supersedes: vec![] }));
            prev = id(&line);
            line
        });
        lines.collect()
    }
}

pub(crate) fn id(line: &FeedLine) -> EntryId {
    entry_id(&line.line)
}

pub(crate) fn code(error: &crate::LedgerError) -> String {
    error.code()
}

/// Values that hold for a person's first pass, sorted.
pub(crate) fn marks(ledger: &Ledger, person: u8) -> Vec<String> {
    let mut found: Vec<String> =
        ledger.live::<KeyedMark>(&mark_key(person)).unwrap().into_iter().map(|h| serde_json::to_string(&h.value.value).unwrap()).collect();
    found.sort();
    found
}

/// Rebuilds, and says that nothing changed by it.
pub(crate) fn rebuilt(ledger: &mut Ledger) {
    let state = |ledger: &Ledger| (ledger.fingerprint().unwrap(), ledger.feeds().unwrap(), ledger.conflicts().unwrap());
    let before = state(ledger);
    ledger.rebuild().unwrap();
    assert_eq!(state(ledger), before, "views rebuilt differ from views kept");
}

pub(crate) fn fault(result: Result<impl Sized, crate::LedgerError>) -> StoreFault {
    match result.err() {
        Some(crate::LedgerError::Store(fault)) => fault,
        other => panic!("no refusal of the store: {other:?}"),
    }
}
