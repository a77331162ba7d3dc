//! Why a paper cannot be printed.

use kaowu_core::coded;
use serde::Serialize;

/// Why a paper cannot be printed. Nothing has been printed when one of these comes back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum PaperError {
    /// A font file is not in the folder of fonts.
    FontMissing {
        /// The file.
        file: String,
        /// The folder that was searched.
        folder: String,
    },
    /// A font file is not the one that belongs to this program.
    FontAltered {
        /// The file.
        file: String,
        /// Its folder.
        folder: String,
    },
    /// A font file is no font.
    FontUnreadable {
        /// The file.
        file: String,
        /// What is wrong.
        detail: String,
    },
    /// No font has a character.
    NoGlyph {
        /// Whose paper it is, or the text itself.
        person: String,
        /// The text with the character.
        text: String,
        /// The character.
        character: String,
        /// `U+2EBF0`.
        code_point: String,
        /// Where a further font file can be put.
        folder: String,
    },
    /// A text does not fit even at its smallest size.
    TextTooLong {
        /// Whose paper it is.
        person: String,
        /// The text.
        text: String,
    },
    /// More in a QR code than it can hold.
    QrTooLong {
        /// Whose certificate.
        person: String,
        /// Bytes of the text.
        bytes: usize,
    },
    /// A row has more or fewer cells than the table has columns.
    ColumnsDiffer {
        /// The paper.
        paper: String,
        /// The row, from 1.
        row: usize,
        /// Columns the cells fill.
        cells: usize,
        /// Columns of the table.
        columns: usize,
    },
    /// A public notice would show an ID number or a telephone number (RULES.md: standings are published).
    NoticeShowsPrivate {
        /// Whose row.
        person: String,
        /// Heading of the column.
        column: String,
    },
    /// A paper without content.
    NothingToPrint {
        /// The paper.
        paper: String,
    },
    /// A certificate template cannot be read.
    TemplateUnreadable {
        /// The template's file.
        template: String,
        /// What is wrong and where.
        detail: String,
    },
    /// No template of the program has this id.
    TemplateUnknown {
        /// The id.
        template: String,
        /// Those there are.
        known: String,
    },
    /// A certificate template says something impossible.
    TemplateWrong {
        /// The template's file.
        template: String,
        /// The line in it.
        line: usize,
        /// The key.
        key: String,
        /// What stands there.
        value: String,
        /// What may stand there.
        expected: String,
    },
    /// The picture of a seal or background is no PNG.
    ImageUnreadable {
        /// The file.
        file: String,
        /// What is wrong.
        detail: String,
    },
    /// The file could not be put together.
    PdfNotMade {
        /// What is wrong.
        detail: String,
    },
    /// A run was stopped by its operator.
    RunStopped {
        /// Certificates in the files that were finished.
        done: usize,
        /// Certificates of the run.
        total: usize,
    },
}
coded!(PaperError);
