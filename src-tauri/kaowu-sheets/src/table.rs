//! Finding a table in a book by the names of its columns.

use crate::cell::Cell;
use crate::error::SheetError;
use crate::file::{Book, Sheet, SheetRow};
use std::cmp::Reverse;

/// A column that is looked for.
#[derive(Debug, Clone)]
pub(crate) struct Wanted {
    /// Its name, as messages say it.
    name: String,
    /// Names it goes by, the usual one first.
    variants: Vec<String>,
    /// Whether the table cannot be read without it.
    needed: bool,
    /// Whether one merged cell may stand for several rows.
    merges: bool,
}

impl Wanted {
    /// A column the table cannot be read without.
    pub(crate) fn needed(names: &[&str]) -> Self {
        Self {
            name: names.first().copied().unwrap_or_default().to_owned(),
            variants: names.iter().map(|n| plain(n)).collect(),
            needed: true,
            merges: false,
        }
    }

    /// A column that may be missing.
    pub(crate) fn optional(names: &[&str]) -> Self {
        Self { needed: false, ..Self::needed(names) }
    }

    /// A column in which one merged cell may stand for several rows.
    pub(crate) fn merged(self) -> Self {
        Self { merges: true, ..self }
    }

    /// Where a header calls this column, by its most usual name that stands there.
    fn place(&self, headers: &[String]) -> Option<usize> {
        self.variants.iter().find_map(|variant| headers.iter().position(|h| h == variant))
    }
}

/// A row below the header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    /// Row as Excel shows it.
    pub(crate) row: u32,
    /// Cells in the order of the wanted columns.
    pub(crate) cells: Vec<Cell>,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Table {
    /// The file's name.
    pub(crate) source: String,
    /// The sheet.
    pub(crate) sheet: String,
    /// Row of the header, as Excel shows it.
    pub(crate) header: u32,
    /// Where each wanted column stands, from 0.
    pub(crate) columns: Vec<Option<usize>>,
    /// Rows below the header that hold anything in a wanted column.
    pub(crate) rows: Vec<Row>,
}

/// How far down a header may stand.
const HEADER_DEPTH: usize = 40;

/// A row that may be a header; one of two rows has its lower one under it.
struct Header {
    sheet: usize,
    /// Index of its last row among the sheet's rows.
    last: usize,
    columns: Vec<Option<usize>>,
    /// Texts as they stand, for messages.
    seen: Vec<String>,
    /// A name that stands there twice and is wanted.
    twice: Option<String>,
}

impl Header {
    fn found(&self) -> usize {
        self.columns.iter().flatten().count()
    }

    fn lacks(&self, wanted: &[Wanted]) -> Vec<String> {
        wanted.iter().zip(&self.columns).filter(|(w, c)| w.needed && c.is_none()).map(|(w, _)| w.name.clone()).collect()
    }
}

/// Reads the table with these columns. Of all rows the one that names most of them is the header; a second sheet with such
/// a table is refused, since reading one would lose the other.
pub(crate) fn read_table(mut book: Book, wanted: &[Wanted]) -> Result<Table, SheetError> {
    let file = book.file.clone();
    let per_sheet: Vec<Header> = book.sheets.iter().enumerate().filter_map(|(at, sheet)| header_of(at, sheet, wanted)).collect();
    let filled = |h: &Header| below(&book.sheets[h.sheet], h).next().is_some();
    // An empty form before the table is not taken for it.
    let worth = |h: &&Header| (h.lacks(wanted).is_empty(), filled(h), h.found(), Reverse(h.sheet));
    let Some(best) = per_sheet.iter().max_by_key(worth) else {
        return Err(SheetError::SheetEmpty { file });
    };
    let sheet = &book.sheets[best.sheet];
    let header = sheet.rows[best.last].row;
    let missing = best.lacks(wanted);
    if !missing.is_empty() {
        return Err(SheetError::ColumnsMissing { file, missing, sheet: sheet.name.clone(), row: header, seen: best.seen.clone() });
    }
    if let Some(column) = best.twice.clone() {
        return Err(SheetError::ColumnTwice { file, sheet: sheet.name.clone(), row: header, column });
    }
    let full: Vec<&Header> =
        per_sheet.iter().filter(|h| h.lacks(wanted).is_empty() && below(&book.sheets[h.sheet], h).next().is_some()).collect();
    if full.len() > 1 {
        return Err(SheetError::SeveralTables { file, sheets: full.iter().map(|h| book.sheets[h.sheet].name.clone()).collect() });
    }
    let (columns, last, at) = (best.columns.clone(), best.last, best.sheet);
    fill_merged(&mut book, at, last, wanted, &columns);
    let sheet = book.sheets.swap_remove(at);
    let rows = sheet.rows.into_iter().skip(last + 1).filter_map(|mut row| {
        let take = |column: &Option<usize>| column.and_then(|c| row.cells.get_mut(c)).map(std::mem::take).unwrap_or_default();
        let cells: Vec<Cell> = columns.iter().map(take).collect();
        (!cells.iter().all(Cell::is_blank)).then_some(Row { row: row.row, cells })
    });
    Ok(Table { source: file, sheet: sheet.name, header, rows: rows.collect(), columns })
}

/// The header among the first rows of a sheet: where each wanted column stands, and the index of the header's last row.
pub(crate) fn find_header(file: &str, sheet: &Sheet, wanted: &[Wanted]) -> Result<(Vec<Option<usize>>, usize), SheetError> {
    let Some(best) = header_of(0, sheet, wanted) else { return Err(SheetError::SheetEmpty { file: file.to_owned() }) };
    let missing = best.lacks(wanted);
    let row = sheet.rows.get(best.last).map_or(0, |row| row.row);
    if !missing.is_empty() {
        return Err(SheetError::ColumnsMissing { file: file.to_owned(), missing, sheet: sheet.name.clone(), row, seen: best.seen });
    }
    match best.twice {
        Some(column) => Err(SheetError::ColumnTwice { file: file.to_owned(), sheet: sheet.name.clone(), row, column }),
        None => Ok((best.columns, best.last)),
    }
}

/// The header of the table a marked copy belongs to: for its extra column.
pub(crate) fn header_row(sheet: &Sheet, wanted: &[Wanted]) -> Option<u32> {
    let header = header_of(0, sheet, wanted).filter(|h| h.found() > 1)?;
    sheet.rows.get(header.last).map(|row| row.row)
}

/// The row of a sheet, or the two rows, that name most of the columns; of equal ones the upper.
fn header_of(at: usize, sheet: &Sheet, wanted: &[Wanted]) -> Option<Header> {
    let mut best: Option<Header> = None;
    let mut keep = |header: Header| {
        let better = |b: &Header| (header.lacks(wanted).is_empty(), header.found()) > (b.lacks(wanted).is_empty(), b.found());
        if best.as_ref().is_none_or(better) {
            best = Some(header);
        }
    };
    let depth = sheet.rows.len().min(HEADER_DEPTH);
    for last in 0..depth {
        keep(header(at, last, &[&sheet.rows[last]], wanted));
    }
    // 姓名 merged over two rows, 设区市 and 县（市、区） side by side in the lower one.
    for last in 1..depth {
        let two = [&sheet.rows[last - 1], &sheet.rows[last]];
        if two[0].row + 1 == two[1].row {
            keep(header(at, last, &two, wanted));
        }
    }
    best
}

fn header(sheet: usize, last: usize, rows: &[&SheetRow], wanted: &[Wanted]) -> Header {
    let width = rows.iter().map(|r| r.cells.len()).max().unwrap_or(0);
    // Of two rows the lower text counts where there is one.
    let texts: Vec<&str> = (0..width)
        .map(|column| rows.iter().rev().filter_map(|r| r.cells.get(column)).map(Cell::text).find(|t| !t.trim().is_empty()).unwrap_or(""))
        .collect();
    let whole: Vec<String> = texts.iter().map(|t| plain(t)).collect();
    // 身份证号（18位）: without its hint, where the whole is no known name.
    let bare: Vec<String> = whole.iter().map(|t| t.split('(').next().unwrap_or_default().to_owned()).collect();
    let mut columns: Vec<Option<usize>> = wanted.iter().map(|w| w.place(&whole)).collect();
    for (column, w) in columns.iter_mut().zip(wanted).filter(|(c, _)| c.is_none()) {
        *column = w.place(&bare);
    }
    // A column answers to one name only: 单位 is not the workplace and the unit at once.
    for n in 0..columns.len() {
        if columns[n].is_some() && columns[..n].contains(&columns[n]) {
            columns[n] = None;
        }
    }
    let twice = columns.iter().flatten().find(|c| whole.iter().filter(|h| **h == whole[**c]).count() > 1);
    let twice = twice.map(|c| texts[*c].trim().to_owned());
    let seen =
        texts.iter().filter(|t| !t.trim().is_empty()).take(20).map(|t| t.split_whitespace().collect::<String>().chars().take(20).collect());
    Header { sheet, last, columns, seen: seen.collect(), twice }
}

fn below<'a>(sheet: &'a Sheet, header: &'a Header) -> impl Iterator<Item = &'a SheetRow> {
    let held = |row: &&SheetRow| header.columns.iter().flatten().any(|c| row.cells.get(*c).is_some_and(|cell| !cell.is_blank()));
    sheet.rows.iter().skip(header.last + 1).filter(held)
}

/// Gives the rows under a merged cell its text, in columns where that is usual. A spare row with nothing else stays empty.
fn fill_merged(book: &mut Book, at: usize, last: usize, wanted: &[Wanted], columns: &[Option<usize>]) {
    let merging: Vec<usize> = wanted.iter().zip(columns).filter(|(w, _)| w.merges).filter_map(|(_, c)| *c).collect();
    let others: Vec<usize> = columns.iter().flatten().copied().filter(|c| !merging.contains(c)).collect();
    let blank = |row: &SheetRow, column: usize| row.cells.get(column).is_none_or(Cell::is_blank);
    let rows = &book.sheets[at].rows;
    let gaps = rows.iter().skip(last + 1).any(|row| merging.iter().any(|c| blank(row, *c)) && others.iter().any(|c| !blank(row, *c)));
    if !gaps {
        return;
    }
    for ((top, left), (bottom, _)) in book.merged(&book.sheets[at].name.clone()) {
        if !merging.contains(&left) || bottom <= top {
            continue;
        }
        let rows = &mut book.sheets[at].rows;
        let Ok(first) = rows.binary_search_by_key(&top, |r| r.row) else { continue };
        if first <= last {
            continue;
        }
        let Some(text) = rows[first].cells.get(left).cloned() else { continue };
        for row in rows[first + 1..].iter_mut().take_while(|r| r.row <= bottom) {
            if blank(row, left) && others.iter().any(|c| !blank(row, *c)) {
                if row.cells.len() <= left {
                    row.cells.resize(left + 1, Cell::Empty);
                }
                row.cells[left] = text.clone();
            }
        }
    }
}

/// A header's text without spaces, line breaks, marks of obligation, numbering; brackets and signs half-width.
fn plain(text: &str) -> String {
    let text: String = text
        .chars()
        .filter(|c| {
            !c.is_whitespace()
                && !c.is_control()
                && !matches!(c, '*' | '＊' | '※' | '★' | ':' | '：' | '\u{FEFF}' | '\u{200B}'..='\u{200F}' | '"' | '“' | '”')
        })
        .map(|c| match c {
            '（' | '［' | '【' | '〔' | '[' => '(',
            '）' | '］' | '】' | '〕' | ']' => ')',
            '，' | '、' | '､' | '﹑' => ',',
            '／' | '|' | '｜' => '/',
            c => match u32::from(c) {
                n @ 0xFF10..=0xFF5A => char::from_u32(n - 0xFEE0).unwrap_or(c).to_ascii_lowercase(),
                _ => c.to_ascii_lowercase(),
            },
        })
        .collect();
    text.strip_prefix("(必填)").unwrap_or(&text).to_owned()
}
