//! Why a workbook is refused.

use kaowu_core::coded;
use serde::Serialize;

/// A refusal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum SheetError {
    /// No such file, or no right to read it.
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
    /// Larger than any list of people.
    WorkbookTooLarge {
        /// The file.
        file: String,
    },
    /// No row with the needed column names.
    ColumnsMissing {
        /// The file.
        file: String,
        /// What is missing in the row that comes nearest.
        missing: Vec<String>,
    },
    /// Text in neither UTF-8 nor GB18030.
    TextUnreadable {
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
}
coded!(SheetError);
