//! Workbooks: xlsx as a stream of cells, xls and ods as calamine gives them.

use crate::bounds::{Beyond, plain_xls, walk_ods};
use crate::cell::Cell;
use crate::error::SheetError;
use crate::file::{Merged, Sheet, SheetRow};
use calamine::{DataRef, Ods, Range, Reader, Xls, Xlsx, XlsxFormulaMetadata};
use std::io::{Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// What a file may unpack to.
const UNPACKED_LIMIT: u64 = 512 << 20;
/// Rows and cells of a sheet, columns that are looked at.
pub(crate) const ROW_LIMIT: usize = 200_000;
const CELL_LIMIT: usize = 4_000_000;
const COLUMN_LIMIT: usize = 512;

/// The form of a workbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// A zip: xlsx or ods.
    Zip,
    /// An OLE file: xls, or an xlsx with a password.
    Ole,
}

impl Form {
    /// Tells it by the first bytes, whatever the file is called.
    pub(crate) fn of(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(b"PK\x03\x04") {
            Some(Self::Zip)
        } else if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
            Some(Self::Ole)
        } else {
            None
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Xlsx,
    Xls,
    Ods,
}

/// The bytes of a workbook that was found to be within bounds. Sharing them spares a copy a look.
#[derive(Clone)]
struct Bytes(Arc<Vec<u8>>);

impl AsRef<[u8]> for Bytes {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

/// A workbook that was found to be within bounds.
pub(crate) struct Source {
    kind: Kind,
    bytes: Bytes,
}

/// Why a reader stopped.
enum Stop {
    Damaged(String),
    TooLong(String),
}

impl<E: std::fmt::Display> From<E> for Stop {
    fn from(error: E) -> Self {
        Self::Damaged(error.to_string())
    }
}

impl Source {
    /// Looks at what a workbook is, whether it is locked, and what it unpacks to.
    pub(crate) fn check(file: &str, form: Form, bytes: Vec<u8>) -> Result<Self, SheetError> {
        let file = file.to_owned();
        let kind = match form {
            Form::Zip => match contents(&bytes) {
                Ok(Some(kind)) => kind,
                Ok(None) => return Err(SheetError::NotAWorkbook { file }),
                Err(None) => return Err(SheetError::WorkbookTooLarge { file, megabytes: UNPACKED_LIMIT >> 20 }),
                Err(Some(detail)) => return Err(damaged(file, detail)),
            },
            // Excel wraps a workbook with a password into an OLE file with a stream of this name.
            Form::Ole if holds(&bytes, &"EncryptedPackage".bytes().flat_map(|b| [b, 0]).collect::<Vec<u8>>()) => {
                return Err(SheetError::WorkbookProtected { file });
            }
            Form::Ole => Kind::Xls,
        };
        let within = match kind {
            Kind::Xlsx => Ok(bytes),
            Kind::Xls => plain_xls(&bytes),
            Kind::Ods => part(&bytes, "content.xml").and_then(|content| walk_ods(&content)).map(|()| bytes),
        };
        match within {
            Ok(bytes) => Ok(Self { kind, bytes: Bytes(Arc::new(bytes)) }),
            Err(Beyond::Damaged(detail)) => Err(damaged(file, detail)),
            Err(Beyond::TooLong) => Err(SheetError::SheetTooLong { sheet: file.clone(), file, rows: ROW_LIMIT }),
        }
    }

    fn reader(&self) -> Cursor<Bytes> {
        Cursor::new(self.bytes.clone())
    }

    /// Reads all sheets.
    pub(crate) fn sheets(&self, file: &str) -> Result<Vec<Sheet>, SheetError> {
        let file = file.to_owned();
        let read = guarded(|| match self.kind {
            Kind::Xlsx => stream(Xlsx::new(self.reader())?),
            Kind::Xls => ranges(Xls::new(self.reader())?),
            Kind::Ods => ranges(Ods::new(self.reader())?),
        });
        read.map_err(|stop| match stop {
            Stop::Damaged(detail) => damaged(file, detail),
            Stop::TooLong(sheet) => SheetError::SheetTooLong { file, sheet, rows: ROW_LIMIT },
        })
    }

    /// The merged cells of a sheet. The sheet has been read before, so what cannot be read here is no merged cell.
    pub(crate) fn merged(&self, sheet: &str) -> Vec<Merged> {
        let found = guarded(|| match self.kind {
            Kind::Xlsx => Ok(Xlsx::new(self.reader())?.merge_cells_by_sheet_name(sheet)?),
            Kind::Xls => Ok(Xls::new(self.reader())?.merge_cells_by_sheet_name(sheet)?),
            Kind::Ods => Ok(Vec::new()),
        });
        let at = |(row, column): (u32, u32)| (row.saturating_add(1), usize::try_from(column).unwrap_or(usize::MAX));
        found.unwrap_or_default().into_iter().map(|area| (at(area.start), at(area.end))).collect()
    }
}

/// calamine has panicked on crafted files before; a panic in a reader is a damaged file, not the end of the program.
fn guarded<T>(read: impl FnOnce() -> Result<T, Stop>) -> Result<T, Stop> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err(Stop::Damaged("unreadable".to_owned())))
}

/// What a reader's complaint comes to.
fn damaged(file: String, detail: String) -> SheetError {
    if detail.to_ascii_lowercase().contains("password") {
        return SheetError::WorkbookProtected { file };
    }
    SheetError::WorkbookDamaged { file, detail }
}

fn holds(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

/// Unpacks everything once, counting only: the sizes a zip claims may be lies. `Err(None)` is a bomb.
fn contents(bytes: &[u8]) -> Result<Option<Kind>, Option<String>> {
    let damaged = |detail: String| Some(detail);
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|e| damaged(e.to_string()))?;
    let (mut left, mut kind) = (UNPACKED_LIMIT, None);
    for n in 0..archive.len() {
        let mut part = archive.by_index(n).map_err(|e| damaged(e.to_string()))?;
        match part.name().as_deref() {
            Ok("xl/workbook.xml") => kind = Some(Kind::Xlsx),
            Ok("content.xml") => kind = Some(Kind::Ods),
            _ => {}
        }
        if part.size() > left {
            return Err(None);
        }
        let count = std::io::copy(&mut part.by_ref().take(left + 1), &mut std::io::sink()).map_err(|e| damaged(e.to_string()))?;
        left = left.checked_sub(count).ok_or(None)?;
    }
    Ok(kind)
}

/// One part of a zip,.
fn part(bytes: &[u8], name: &str) -> Result<Vec<u8>, Beyond> {
    let damaged = |e: zip::result::ZipError| Beyond::Damaged(e.to_string());
    let mut content = Vec::new();
    zip::ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?.by_name(name).map_err(damaged)?.read_to_end(&mut content)?;
    Ok(content)
}

/// Rows of a sheet as its cells arrive. Only cells that hold something take room, wherever in the sheet they stand.
#[derive(Default)]
struct Gathered {
    rows: Vec<SheetRow>,
    cells: usize,
    disordered: bool,
}

impl Gathered {
    fn put(&mut self, row: u32, column: u32, cell: Cell, sheet: &str) -> Result<(), Stop> {
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        if cell == Cell::Empty || column >= COLUMN_LIMIT {
            return Ok(());
        }
        let row = row.saturating_add(1);
        let last = self.rows.last().map(|r| r.row);
        if last != Some(row) {
            self.disordered |= last.is_some_and(|last| last > row);
            let width = self.rows.last().map_or(0, |r| r.cells.len()).min(32);
            self.rows.push(SheetRow { row, cells: Vec::with_capacity(width) });
        }
        let grown = self.rows.last().map_or(0, |here| (column + 1).saturating_sub(here.cells.len()));
        self.cells += grown;
        if self.rows.len() > ROW_LIMIT || self.cells > CELL_LIMIT {
            return Err(Stop::TooLong(sheet.to_owned()));
        }
        if let Some(here) = self.rows.last_mut() {
            if here.cells.len() <= column {
                here.cells.resize(column + 1, Cell::Empty);
            }
            here.cells[column] = cell;
        }
        Ok(())
    }

    fn sheet(mut self, name: String) -> Sheet {
        if self.disordered {
            self.rows.sort_by_key(|r| r.row);
            self.rows.dedup_by(|later, first| {
                let same = later.row == first.row;
                if same {
                    let wider = later.cells.len().max(first.cells.len());
                    first.cells.resize(wider, Cell::Empty);
                    for (into, from) in first.cells.iter_mut().zip(later.cells.drain(..)).filter(|(_, from)| *from != Cell::Empty) {
                        *into = from;
                    }
                }
                same
            });
        }
        Sheet { name, rows: self.rows }
    }
}

fn stream(mut book: Xlsx<Cursor<Bytes>>) -> Result<Vec<Sheet>, Stop> {
    let mut sheets = Vec::new();
    for name in worksheets(&book) {
        let mut gathered = Gathered::default();
        let mut cells = book.worksheet_cells_reader(&name)?;
        while let Some(cell) = cells.next_cell_with_formula_metadata()? {
            let (row, column) = cell.pos;
            let value = match (cell.value, cell.formula) {
                (DataRef::Empty, Some(formula)) => Cell::Formula(match formula {
                    XlsxFormulaMetadata::Normal { formula } | XlsxFormulaMetadata::Shared { formula, .. } => format!("={formula}"),
                    _ => "=".to_owned(),
                }),
                (value, _) => Cell::from(value),
            };
            gathered.put(row, column, value, &name)?;
        }
        sheets.push(gathered.sheet(name));
    }
    Ok(sheets)
}

fn ranges<R: Reader<Cursor<Bytes>>>(mut book: R) -> Result<Vec<Sheet>, Stop>
where
    R::Error: std::fmt::Display,
{
    let mut sheets = Vec::new();
    for name in worksheets(&book) {
        let range: Range<calamine::Data> = book.worksheet_range(&name).map_err(|e| Stop::Damaged(e.to_string()))?;
        let (top, left) = range.start().unwrap_or_default();
        let mut gathered = Gathered::default();
        for (row, cells) in (top..).zip(range.rows()) {
            for (column, data) in (left..).zip(cells) {
                gathered.put(row, column, Cell::from(data), &name)?;
            }
        }
        sheets.push(gathered.sheet(name));
    }
    Ok(sheets)
}

/// Sheets with cells: no charts, macros or dialogues.
fn worksheets<R: Reader<Cursor<Bytes>>>(book: &R) -> Vec<String> {
    let metadata = book.sheets_metadata().iter();
    metadata.filter(|sheet| sheet.typ == calamine::SheetType::WorkSheet).map(|sheet| sheet.name.clone()).collect()
}
