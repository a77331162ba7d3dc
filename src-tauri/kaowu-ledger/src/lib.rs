//! The journal and its one view, in SQLite (DESIGN.md §1). Nobody else speaks SQL.
//!
//! An entry is stored as the bytes that were hashed and signed. The view `fact` holds what each entry states; a fact is
//! dead once an entry names its entry in `supersedes` and states something itself on the same topic and key. The live
//! state is therefore a function of the set of entries, whatever the order in which they came.

mod error;
mod feed;
mod merge;
mod project;
mod read;
mod store;
mod verify;

pub use error::{LedgerError, StoreFault};
pub use feed::{Feed, FeedLine};
pub use merge::{FeedTrust, MergeReport};
pub use read::{Conflict, Held, Logged, Reader};
pub use store::{Draft, Genesis, Ledger, Stamp, Tx};
pub use verify::VerifyReport;
