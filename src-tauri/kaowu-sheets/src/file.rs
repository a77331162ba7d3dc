//! From a file to sheets of cells.

use crate::cell::Cell;
use crate::error::SheetError;
use calamine::{Reader, open_workbook_auto_from_rs};
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// Largest file that is read, and largest sum of what it unpacks to: ten times 40,000 people.
const FILE_LIMIT: u64 = 64 << 20;
const UNPACKED_LIMIT: u64 = 512 << 20;
/// Longest cell text that is kept.
const CELL_LIMIT: usize = 4096;

/// A sheet: its name, and its rows from the first of the sheet on.
pub(crate) struct Sheet {
    pub(crate) name: String,
    /// Row number as Excel shows it of the first row kept.
    pub(crate) first: u32,
    /// Cells by row.
    pub(crate) rows: Vec<Vec<Cell>>,
}

/// Reads all sheets of a workbook or CSV file.
pub(crate) fn read_sheets(path: &Path) -> Result<Vec<Sheet>, SheetError> {
    let file = name_of(path);
    let unreadable = |e: std::io::Error| SheetError::SheetUnreadable { file: file.clone(), detail: e.to_string() };
    let meta = std::fs::metadata(path).map_err(unreadable)?;
    if meta.len() > FILE_LIMIT {
        return Err(SheetError::WorkbookTooLarge { file });
    }
    let bytes = std::fs::read(path).map_err(unreadable)?;
    if bytes.is_empty() {
        return Err(SheetError::SheetEmpty { file });
    }
    let extension = path.extension().and_then(|e| e.to_str()).unwrap_or_default().to_ascii_lowercase();
    if bytes.starts_with(b"PK") || bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        workbook(&file, bytes)
    } else if matches!(extension.as_str(), "csv" | "txt") {
        Ok(vec![csv_sheet(&file, &bytes)?])
    } else {
        Err(SheetError::NotAWorkbook { file })
    }
}

/// A file's name without its folder.
pub(crate) fn name_of(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned())
}

fn workbook(file: &str, bytes: Vec<u8>) -> Result<Vec<Sheet>, SheetError> {
    let damaged = |detail: String| SheetError::WorkbookDamaged { file: file.to_owned(), detail };
    if bytes.starts_with(b"PK") {
        unpacked_size(file, &bytes)?;
    } else {
        // Excel wraps a workbook with a password into an OLE file with a stream of this name.
        let wide: Vec<u8> = "EncryptedPackage".bytes().flat_map(|b| [b, 0]).collect();
        if bytes.windows(wide.len()).any(|w| w == wide.as_slice()) {
            return Err(SheetError::WorkbookProtected { file: file.to_owned() });
        }
    }
    // calamine has panicked on crafted files before; a panic in a reader is a damaged file, not the end of the program.
    let read = catch_unwind(AssertUnwindSafe(|| {
        let mut book = open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(|e| e.to_string())?;
        let mut sheets = Vec::new();
        for name in book.sheet_names() {
            let range = book.worksheet_range(&name).map_err(|e| e.to_string())?;
            let first = range.start().map_or(0, |(row, _)| row);
            let left = range.start().map_or(0, |(_, column)| usize::try_from(column).unwrap_or(0));
            let rows = range
                .rows()
                .map(|row| {
                    let mut cells = vec![Cell::Empty; left];
                    cells.extend(row.iter().map(|data| cut(Cell::from(data))));
                    cells
                })
                .collect();
            sheets.push(Sheet { name, first: first + 1, rows });
        }
        Ok::<_, String>(sheets)
    }));
    match read {
        Ok(Ok(sheets)) => Ok(sheets),
        Ok(Err(detail)) if detail.to_ascii_lowercase().contains("password") => Err(SheetError::WorkbookProtected { file: file.to_owned() }),
        Ok(Err(detail)) => Err(damaged(detail)),
        Err(_) => Err(damaged("unreadable".to_owned())),
    }
}

fn cut(cell: Cell) -> Cell {
    match cell {
        Cell::Text(text) if text.len() > CELL_LIMIT => Cell::Text(text.chars().take(CELL_LIMIT / 4).collect()),
        cell => cell,
    }
}

fn unpacked_size(file: &str, bytes: &[u8]) -> Result<(), SheetError> {
    let damaged = |e: zip::result::ZipError| SheetError::WorkbookDamaged { file: file.to_owned(), detail: e.to_string() };
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut total = 0_u64;
    for n in 0..archive.len() {
        total = total.saturating_add(archive.by_index_raw(n).map_err(damaged)?.size());
        if total > UNPACKED_LIMIT {
            return Err(SheetError::WorkbookTooLarge { file: file.to_owned() });
        }
    }
    Ok(())
}

fn csv_sheet(file: &str, bytes: &[u8]) -> Result<Sheet, SheetError> {
    let bytes = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(bytes);
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => {
            let (text, _, broken) = encoding_rs::GB18030.decode(bytes);
            if broken {
                return Err(SheetError::TextUnreadable { file: file.to_owned() });
            }
            text.into_owned()
        }
    };
    if text.contains('\0') {
        return Err(SheetError::NotAWorkbook { file: file.to_owned() });
    }
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|e| SheetError::WorkbookDamaged { file: file.to_owned(), detail: e.to_string() })?;
        // Lines as an editor counts them, so that a fault is found where it is said to be.
        let line = record.position().map_or(rows.len() + 1, |p| usize::try_from(p.line()).unwrap_or(usize::MAX));
        while rows.len() + 1 < line {
            rows.push(Vec::new());
        }
        rows.push(record.iter().map(|f| if f.is_empty() { Cell::Empty } else { cut(Cell::Text(f.to_owned())) }).collect());
    }
    Ok(Sheet { name: "CSV".to_owned(), first: 1, rows })
}
