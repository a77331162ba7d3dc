//! What a caller hands in: what a database is for, who acts and when, and what is to be written.

use chrono::{DateTime, FixedOffset};
use kaowu_core::identity::{EntryId, Operator};
use kaowu_core::journal::{Fact, Mode};
use serde_json::{Map, Value};

/// What a new database is for.
#[derive(Clone)]
pub struct Genesis {
    /// Id of the event.
    pub event: String,
    /// Live or drill.
    pub mode: Mode,
    /// The site; `hq` for headquarters.
    pub site: String,
    /// Seed of the device's Ed25519 key. Kept in the database, and encrypted with it in a protected event.
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
    /// Who else acts, as the act names them: not written, but asked for by whoever lets it be written.
    pub seconds: Vec<Operator>,
    /// What a second person is asked about, where the entry says what is another each time it is made: not written.
    pub asks: Option<Value>,
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

    /// Names who else acts.
    #[must_use]
    pub fn with_seconds(mut self, others: impl IntoIterator<Item = Operator>) -> Self {
        self.seconds.extend(others);
        self
    }

    /// Says what a second person is asked about, in place of all that the entry says.
    #[must_use]
    pub fn asking(mut self, subject: impl Into<Value>) -> Self {
        self.asks = Some(subject.into());
        self
    }

    /// Names entries it replaces.
    #[must_use]
    pub fn replacing(mut self, entries: impl IntoIterator<Item = EntryId>) -> Self {
        self.supersedes.extend(entries);
        self
    }
}
