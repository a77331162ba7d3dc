//! What a ledger refuses.

use kaowu_core::coded;
use kaowu_core::identity::EntryId;
use kaowu_core::journal::{EntryError, Mode};
use rusqlite::ErrorCode;
use serde::Serialize;
use std::io::ErrorKind;
use std::path::Path;

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
pub enum StoreFault {
    /// No file there.
    DatabaseMissing {
        /// The path asked for.
        file: String,
    },
    /// A file is there already.
    DatabaseExists {
        /// The path asked for.
        file: String,
    },
    /// A file, but not one of this program's databases.
    NotADatabase {
        /// The path asked for.
        file: String,
    },
    /// Made by a later version of the program.
    DatabaseTooNew {
        /// The path asked for.
        file: String,
        /// Form of the database that stands there.
        version: i64,
    },
    /// Pages or rows that do not hold together.
    DatabaseDamaged {
        /// What was found first.
        detail: String,
    },
    /// Asked to stop: nothing was left behind.
    Stopped,
    /// Another program writes.
    DatabaseBusy,
    /// Another window or program has it open, whether it writes or not: what takes it alone did nothing.
    OpenElsewhere,
    /// Copied or restored: it must go on under a new device key (DESIGN.md §1).
    DatabaseIsCopy,
    /// Opened from an archive: it can be read and never written to.
    DatabaseIsArchive,
    /// What is left after personal data was deleted: it can be read and never written to.
    DatabaseIsClosed,
    /// This device's own feed splits: it must go on under a new device key.
    OwnFeedForked {
        /// Number at which it splits.
        seq: u64,
    },
    /// No room left.
    DiskFull,
    /// The disk refused a read or a write.
    DiskError {
        /// The system's words.
        detail: String,
    },
    /// Anything else SQLite says: a fault of this program.
    StoreError {
        /// SQLite's words.
        detail: String,
    },
    /// Several live values contradict each other.
    FactConflict {
        /// Topic.
        topic: String,
        /// Key.
        key: String,
        /// The values as JSON.
        values: Vec<String>,
    },
    /// A fact does not read as its topic demands.
    FactMalformed {
        /// Topic.
        topic: String,
        /// Key.
        key: String,
    },
    /// A site's own entry states what is HQ's to state.
    OnlyHqStates {
        /// Topic.
        topic: String,
    },
    /// One entry states the same key twice.
    FactTwice {
        /// Topic.
        topic: String,
        /// Key.
        key: String,
    },
    /// An entry to be replaced is named by something that is no id.
    IdMalformed {
        /// What stands there.
        id: EntryId,
    },
    /// A line of a feed is no entry.
    LineUnreadable {
        /// Line of the feed, from 1.
        line: u64,
        /// What the reader stumbled over.
        detail: String,
    },
    /// A feed of another event.
    FeedOfOtherEvent {
        /// Its event.
        event: String,
        /// The event of this database.
        wanted: String,
    },
    /// A drill's feed in a live event, or the other way round.
    FeedOfOtherMode {
        /// Its mode.
        mode: Mode,
        /// The mode of this database.
        wanted: Mode,
    },
    /// A line of another device.
    FeedOfOtherDevice {
        /// The entry's number.
        seq: u64,
    },
    /// A feed of another site than the one its device works for.
    FeedOfOtherSite {
        /// Its site.
        site: String,
        /// The device's site.
        wanted: String,
    },
    /// A first entry that names one before it, or a later one that names none.
    FeedBroken {
        /// The entry's number.
        seq: u64,
    },
    /// A signature that does not fit line and key.
    SignatureWrong {
        /// The entry's number; 0 where it cannot be read.
        seq: u64,
    },
    /// A public key nobody can rightly hold.
    DeviceKeyWrong,
    /// A site states what is not its to state.
    FeedOversteps {
        /// The entry's number.
        seq: u64,
        /// Topic of the fact.
        topic: String,
    },
    /// No room for a copy.
    BackupDiskFull {
        /// The file it was to become.
        file: String,
    },
    /// A copy that the file system there cannot hold: FAT's files are smaller than 4 GiB.
    BackupTooLarge {
        /// The file it was to become.
        file: String,
    },
    /// A name that the file system there does not take.
    BackupNameRefused {
        /// The file it was to become.
        file: String,
    },
    /// A copy where nothing may be written.
    BackupReadOnly {
        /// The file it was to become.
        file: String,
    },
    /// A backup that does not hold what the database holds.
    BackupWrong {
        /// The file it was to become.
        file: String,
        /// What differs.
        detail: String,
    },
    /// Neither the damaged database nor a backup says what event it is.
    NothingToMend {
        /// The damaged file.
        file: String,
    },
}
coded!(StoreFault);

/// What the ledger returns.
pub type Result<T, E = LedgerError> = std::result::Result<T, E>;

impl StoreFault {
    pub(crate) fn damaged(detail: impl Into<String>) -> Self {
        Self::DatabaseDamaged { detail: detail.into() }
    }

    /// Says of a file that SQLite could not open what it is.
    pub(crate) fn of_file(path: &Path, error: rusqlite::Error) -> LedgerError {
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => Self::NotADatabase { file: path.display().to_string() }.into(),
            _ => error.into(),
        }
    }
}

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
            Some(ErrorCode::SystemIoFailure | ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
                StoreFault::DiskError { detail }
            }
            // What is read fits the tables that were written; what does not was altered outside.
            _ if matches!(
                error,
                rusqlite::Error::InvalidColumnType(..)
                    | rusqlite::Error::FromSqlConversionFailure(..)
                    | rusqlite::Error::IntegralValueOutOfRange(..)
            ) =>
            {
                StoreFault::DatabaseDamaged { detail }
            }
            _ => StoreFault::StoreError { detail },
        })
    }
}

impl From<rusqlite::types::FromSqlError> for LedgerError {
    fn from(error: rusqlite::types::FromSqlError) -> Self {
        StoreFault::damaged(error.to_string()).into()
    }
}

impl StoreFault {
    /// What went wrong with a copy, said of the disk that it was to lie on and not of the database's own.
    pub(crate) fn copying(to: &Path, error: LedgerError) -> LedgerError {
        let file = || to.display().to_string();
        match error {
            LedgerError::Store(Self::DiskFull) => Self::BackupDiskFull { file: file() }.into(),
            other => other,
        }
    }

    /// The same, of the system's errors.
    pub(crate) fn placing(to: &Path, error: &std::io::Error) -> LedgerError {
        let file = to.display().to_string();
        match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::BackupDiskFull { file }.into(),
            ErrorKind::FileTooLarge => Self::BackupTooLarge { file }.into(),
            ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied => Self::BackupReadOnly { file }.into(),
            ErrorKind::InvalidInput | ErrorKind::InvalidFilename => Self::BackupNameRefused { file }.into(),
            _ => Self::DiskError { detail: error.to_string() }.into(),
        }
    }
}

impl From<std::io::Error> for LedgerError {
    fn from(error: std::io::Error) -> Self {
        Self::Store(match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => StoreFault::DiskFull,
            _ => StoreFault::DiskError { detail: error.to_string() },
        })
    }
}
