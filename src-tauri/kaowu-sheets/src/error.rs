//! Why a workbook is refused.

use crate::file::name_of;
use kaowu_core::coded;
use serde::Serialize;
use std::io::ErrorKind;
use std::path::Path;

/// A refusal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum SheetError {
    /// No such file.
    SheetNotFound {
        /// The file.
        file: String,
    },
    /// No right to read it, a folder, a stick pulled out.
    SheetUnreadable {
        /// The file.
        file: String,
        /// What the system says.
        detail: String,
    },
    /// Nothing in it.
    SheetEmpty {
        /// The file.
        file: String,
    },
    /// Neither a workbook nor CSV.
    NotAWorkbook {
        /// The file.
        file: String,
    },
    /// A workbook that is cut short or damaged.
    WorkbookDamaged {
        /// The file.
        file: String,
        /// What the reader stumbled over.
        detail: String,
    },
    /// Protected by a password.
    WorkbookProtected {
        /// The file.
        file: String,
    },
    /// Larger than any list of people, packed or unpacked.
    WorkbookTooLarge {
        /// The file.
        file: String,
        /// What it may have.
        megabytes: u64,
    },
    /// A sheet with more rows or cells than any list of people.
    SheetTooLong {
        /// The file.
        file: String,
        /// The sheet.
        sheet: String,
        /// What it may have.
        rows: usize,
    },
    /// No row with the needed column names.
    ColumnsMissing {
        /// The file.
        file: String,
        /// What is missing in the row that comes nearest.
        missing: Vec<String>,
        /// Sheet of that row.
        sheet: String,
        /// That row as Excel shows it.
        row: u32,
        /// What stands in it.
        seen: Vec<String>,
    },
    /// Two columns of one name: which one is meant?
    ColumnTwice {
        /// The file.
        file: String,
        /// The sheet.
        sheet: String,
        /// Row of the header.
        row: u32,
        /// The name.
        column: String,
    },
    /// Tables in several sheets; reading one would lose the others.
    SeveralTables {
        /// The file.
        file: String,
        /// The sheets.
        sheets: Vec<String>,
    },
    /// Columns of more judges than the plan has.
    JudgesSurplus {
        /// The file.
        file: String,
        /// Judges of a panel by the plan.
        judges: usize,
        /// Judges in the file.
        there: usize,
    },
    /// Text in neither UTF-8 nor GB18030.
    TextUnreadable {
        /// The file.
        file: String,
    },
    /// An event's database lies there.
    SheetOverEvent {
        /// The file.
        file: String,
    },
    /// A file that cannot be written.
    SheetUnwritable {
        /// The file.
        file: String,
        /// What the system says.
        detail: String,
    },
    /// The folder to write to is not there.
    FolderMissing {
        /// The file.
        file: String,
    },
    /// No space left.
    SheetDiskFull {
        /// The file.
        file: String,
    },
    /// The disk or stick is write-protected.
    SheetReadOnly {
        /// The file.
        file: String,
    },
    /// A name that the file system there does not take.
    SheetNameRefused {
        /// The file.
        file: String,
    },
    /// No right to replace the file, or another program has it open.
    FileBusy {
        /// The file.
        file: String,
    },
    /// More rows than a sheet holds.
    SheetTooLarge {
        /// The file.
        file: String,
        /// Rows there would be.
        rows: usize,
    },
}
coded!(SheetError);

impl SheetError {
    pub(crate) fn reading(path: &Path, error: &std::io::Error) -> Self {
        let file = name_of(path);
        match error.kind() {
            ErrorKind::NotFound => Self::SheetNotFound { file },
            _ => Self::SheetUnreadable { file, detail: error.to_string() },
        }
    }

    pub(crate) fn writing(path: &Path, error: &std::io::Error) -> Self {
        // Windows says 32 where another program has the file open.
        let in_use = cfg!(windows) && error.raw_os_error() == Some(32);
        let file = name_of(path);
        match error.kind() {
            ErrorKind::NotFound | ErrorKind::NotADirectory => Self::FolderMissing { file },
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::SheetDiskFull { file },
            ErrorKind::ReadOnlyFilesystem => Self::SheetReadOnly { file },
            ErrorKind::InvalidInput | ErrorKind::InvalidFilename => Self::SheetNameRefused { file },
            ErrorKind::PermissionDenied | ErrorKind::ResourceBusy | ErrorKind::IsADirectory => Self::FileBusy { file },
            _ if in_use => Self::FileBusy { file },
            _ if kaowu_disk::is_over_event(error) => Self::SheetOverEvent { file },
            _ => Self::SheetUnwritable { file, detail: error.to_string() },
        }
    }
}
