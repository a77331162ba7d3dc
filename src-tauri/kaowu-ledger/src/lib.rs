//! The journal and its one view, in SQLite (DESIGN.md §1). Nobody else speaks SQL.
//!
//! An entry is stored as the bytes that were hashed and signed. The view `fact` holds what each entry states; a fact is
//! dead once an accepted entry names its entry in `supersedes` and states something itself on the same topic and key. So
//! the live state is a function of the set of entries, whatever the order in which they came, and any copy of the journal
//! gives it back.

mod append;
mod backup;
mod chain;
mod check;
mod draft;
mod error;
mod feed;
mod journal;
mod kept;
mod key;
mod line;
mod mend;
mod merge;
mod migrate;
mod people;
mod project;
mod protect;
mod read;
mod rebuild;
mod scratch;
mod store;
mod verify;
mod watch;

#[cfg(test)]
mod tests;

pub use append::Tx;
pub use backup::{BackupKept, backups};
pub use draft::{Draft, Genesis, Stamp};
pub use error::{LedgerError, Result, StoreFault};
pub use feed::{Continues, Feed, FeedLine};
pub use journal::{Filter, Logged};
pub use kept::Table;
pub use key::{DbKey, is_plain};
pub use mend::{Altered, Mended, MendedFeed, Source};
pub use merge::{CheckedFeed, FeedTrust, MergeReport};
pub use people::Person;
pub use project::{HQ, OPENING, SETTLED};
pub use read::{Author, Conflict, Held, Reader};
pub use store::{Ledger, Sealed};
pub use verify::{Fault, VerifyReport};
pub use watch::{Step, Watch};
