//! From a file to sheets of cells. Whatever the file holds, the end is sheets or a coded refusal, within bounds.

use crate::cell::Cell;
use crate::error::SheetError;
use crate::text::text_sheet;
use crate::workbook;
use std::path::Path;

/// Largest file that is read: far beyond 40,000 people.
const FILE_LIMIT: u64 = 64 << 20;

/// A row that holds anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SheetRow {
    /// Row as Excel shows it.
    pub(crate) row: u32,
    /// Cells from column A on; shorter than the sheet is wide.
    pub(crate) cells: Vec<Cell>,
}

/// A sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sheet {
    pub(crate) name: String,
    /// Rows that hold anything, in order.
    pub(crate) rows: Vec<SheetRow>,
}

/// Merged cells: first row (as Excel shows it) and column (from 0), last row and column.
pub(crate) type Merged = ((u32, usize), (u32, usize));

/// A file as read.
pub(crate) struct Book {
    /// Its name without folder.
    pub(crate) file: String,
    /// Sheets in order.
    pub(crate) sheets: Vec<Sheet>,
    source: Option<workbook::Source>,
}

impl Book {
    /// The merged cells of a sheet; none where the format does not tell them. Read only when asked: it costs a second look
    /// at the whole sheet.
    pub(crate) fn merged(&self, sheet: &str) -> Vec<Merged> {
        self.source.as_ref().map(|source| source.merged(sheet)).unwrap_or_default()
    }
}

/// Reads all sheets of a workbook or of a text file.
pub(crate) fn read_book(path: &Path) -> Result<Book, SheetError> {
    let meta = std::fs::metadata(path).map_err(|e| SheetError::reading(path, &e))?;
    if meta.len() > FILE_LIMIT {
        return Err(SheetError::WorkbookTooLarge { file: name_of(path), megabytes: FILE_LIMIT >> 20 });
    }
    let bytes = std::fs::read(path).map_err(|e| SheetError::reading(path, &e))?;
    read_bytes(&name_of(path), bytes)
}

/// Reads a file's bytes; its name tells text from what is no table at all.
pub(crate) fn read_bytes(file: &str, bytes: Vec<u8>) -> Result<Book, SheetError> {
    if bytes.is_empty() {
        return Err(SheetError::SheetEmpty { file: file.to_owned() });
    }
    if let Some(form) = workbook::Form::of(&bytes) {
        let source = workbook::Source::check(file, form, bytes)?;
        return Ok(Book { file: file.to_owned(), sheets: source.sheets(file)?, source: Some(source) });
    }
    let extension = Path::new(file).extension().and_then(|e| e.to_str()).unwrap_or_default().to_ascii_lowercase();
    if matches!(extension.as_str(), "csv" | "txt" | "tsv") {
        return Ok(Book { file: file.to_owned(), sheets: vec![text_sheet(file, &bytes)?], source: None });
    }
    Err(SheetError::NotAWorkbook { file: file.to_owned() })
}

/// A file's name without its folder.
pub(crate) fn name_of(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned())
}
