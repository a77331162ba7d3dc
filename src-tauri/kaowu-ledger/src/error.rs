//! What a ledger refuses.

use kaowu_core::coded;
use kaowu_core::journal::EntryError;
use rusqlite::ErrorCode;
use serde::Serialize;

/// A refusal of the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum LedgerError {
    /// An entry's own.
    Entry(EntryError),
    /// The store's.
    Store(StoreFault),
}
coded!(LedgerError);

/// What can be wrong with a database or with what is to be stored in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
#[allow(missing_docs)] // said in words in assets/messages/*/ledger.toml
pub enum StoreFault {
    DatabaseMissing { file: String },
    DatabaseExists { file: String },
    NotADatabase { file: String },
    DatabaseTooNew { file: String, version: i64 },
    DatabaseDamaged { detail: String },
    DatabaseBusy,
    DiskFull,
    DiskError { detail: String },
    StoreError { detail: String },
    FactConflict { topic: String, key: String, values: Vec<String> },
    FactMalformed { topic: String, key: String },
    FeedOfOtherEvent { event: String, wanted: String },
    FeedOfOtherMode,
    FeedOfOtherDevice { seq: u64 },
    FeedOfOtherSite { site: String, wanted: String },
    FeedBroken { seq: u64 },
    SignatureWrong { seq: u64 },
    FeedOversteps { seq: u64, topic: String },
}
coded!(StoreFault);

impl From<StoreFault> for LedgerError {
    fn from(fault: StoreFault) -> Self {
        Self::Store(fault)
    }
}

impl From<EntryError> for LedgerError {
    fn from(error: EntryError) -> Self {
        Self::Entry(error)
    }
}

impl From<rusqlite::Error> for LedgerError {
    fn from(error: rusqlite::Error) -> Self {
        let detail = error.to_string();
        Self::Store(match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => StoreFault::DiskFull,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreFault::DatabaseBusy,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => StoreFault::DatabaseDamaged { detail },
            Some(ErrorCode::SystemIoFailure | ErrorCode::ReadOnly | ErrorCode::CannotOpen) => StoreFault::DiskError { detail },
            _ => StoreFault::StoreError { detail },
        })
    }
}

impl From<std::io::Error> for LedgerError {
    fn from(error: std::io::Error) -> Self {
        Self::Store(match error.kind() {
            std::io::ErrorKind::StorageFull => StoreFault::DiskFull,
            _ => StoreFault::DiskError { detail: error.to_string() },
        })
    }
}
