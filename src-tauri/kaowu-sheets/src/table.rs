//! Finding a table in a sheet by the names of its columns.

use crate::cell::Cell;
use crate::error::SheetError;
use crate::file::{name_of, read_sheets};
use std::path::Path;

/// A column that is looked for.
#[derive(Debug, Clone)]
pub(crate) struct Wanted {
    /// Its name, as messages say it.
    pub name: String,
    /// Other names it goes by.
    pub variants: Vec<String>,
    /// Whether the table cannot be read without it.
    pub needed: bool,
}

impl Wanted {
    /// A column with its names, the first being the one messages say.
    pub fn new(names: &[&str], needed: bool) -> Self {
        Self { name: names[0].to_owned(), variants: names.iter().map(|n| plain(n)).collect(), needed }
    }

    fn is(&self, header: &str) -> bool {
        self.variants.iter().any(|v| v == header)
    }
}

/// A row below the header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    /// Row as Excel shows it.
    pub row: u32,
    /// Cells in the order of the wanted columns.
    pub cells: Vec<Cell>,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Table {
    /// The file's name.
    pub source: String,
    /// The sheet.
    pub sheet: String,
    /// Where each wanted column stands, from 0.
    pub columns: Vec<Option<usize>>,
    /// Rows below the header that hold anything in a wanted column.
    pub rows: Vec<Row>,
}

/// How far down a header may stand.
const HEADER_DEPTH: usize = 40;

/// A header's text without spaces, line breaks, marks of obligation; brackets half-width.
fn plain(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '*' | '＊' | ':' | '：' | '\u{FEFF}' | '\u{200B}'))
        .map(|c| match c {
            '（' => '(',
            '）' => ')',
            '，' | '、' => ',',
            c => c.to_ascii_lowercase(),
        })
        .collect()
}

/// Reads the table with these columns: of all sheets and rows, the header that names most of them.
pub(crate) fn read_table(path: &Path, wanted: &[Wanted]) -> Result<Table, SheetError> {
    let sheets = read_sheets(path)?;
    let mut best: Option<(usize, usize, usize, Vec<Option<usize>>)> = None;
    for (at, sheet) in sheets.iter().enumerate() {
        for (line, row) in sheet.rows.iter().take(HEADER_DEPTH).enumerate() {
            let headers: Vec<String> = row.iter().map(|c| plain(c.text())).collect();
            let columns: Vec<Option<usize>> = wanted.iter().map(|w| headers.iter().position(|h| !h.is_empty() && w.is(h))).collect();
            let found = columns.iter().flatten().count();
            if found > best.as_ref().map_or(0, |b| b.0) {
                best = Some((found, at, line, columns));
            }
        }
    }
    let file = name_of(path);
    let missing = |columns: &[Option<usize>]| -> Vec<String> {
        wanted.iter().zip(columns).filter(|(w, c)| w.needed && c.is_none()).map(|(w, _)| w.name.clone()).collect()
    };
    let Some((_, at, line, columns)) = best else {
        if sheets.iter().all(|s| s.rows.iter().flatten().all(Cell::is_blank)) {
            return Err(SheetError::SheetEmpty { file });
        }
        return Err(SheetError::ColumnsMissing { file, missing: missing(&vec![None; wanted.len()]) });
    };
    let lacking = missing(&columns);
    if !lacking.is_empty() {
        return Err(SheetError::ColumnsMissing { file, missing: lacking });
    }
    let sheet = &sheets[at];
    let rows = (sheet.first..)
        .zip(&sheet.rows)
        .skip(line + 1)
        .map(|(row, cells)| Row { row, cells: columns.iter().map(|c| c.and_then(|c| cells.get(c)).cloned().unwrap_or_default()).collect() })
        .filter(|row| !row.cells.iter().all(Cell::is_blank))
        .collect();
    Ok(Table { source: file, sheet: sheet.name.clone(), columns, rows })
}
