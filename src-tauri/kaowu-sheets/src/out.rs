//! Workbooks out, as an exam office lays them out.

use crate::error::SheetError;
use crate::file::name_of;
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Rows a sheet holds below its title and header.
const ROWS: usize = 1_048_574;
/// Characters a cell holds.
const CELL: usize = 32_767;
/// Characters the name of a sheet may have.
const SHEET_NAME: usize = 31;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text, ID numbers and codes among it: never a number or a formula.
    Text,
    /// A whole number given as text.
    Count,
    /// A figure given as text with its decimals.
    Figure,
}

/// A column.
#[derive(Debug, Clone)]
pub struct Column {
    /// Header.
    pub header: String,
    /// Width in characters.
    pub width: u16,
    /// What it holds.
    pub kind: Kind,
}

impl Column {
    /// A column.
    pub fn new(header: &str, width: u16, kind: Kind) -> Self {
        Self { header: header.to_owned(), width, kind }
    }
}

/// A sheet.
#[derive(Debug, Clone)]
pub struct OutSheet {
    /// Name of the sheet; cut and cleared of what a sheet's name may not hold.
    pub name: String,
    /// Title above the table.
    pub title: String,
    /// Columns.
    pub columns: Vec<Column>,
    /// Rows of texts.
    pub rows: Vec<Vec<String>>,
}

/// Writes a workbook whole or not at all.
pub fn write_workbook(path: &Path, sheets: &[OutSheet]) -> Result<(), SheetError> {
    fits(&name_of(path), sheets)?;
    save(path, build(sheets))
}

/// A workbook's bytes, for what lies in no file of its own; `name` stands in refusals.
pub fn workbook_bytes(name: &str, sheets: &[OutSheet]) -> Result<Vec<u8>, SheetError> {
    fits(name, sheets)?;
    build(sheets).map_err(|e| SheetError::SheetUnwritable { file: name.to_owned(), detail: e.to_string() })
}

fn fits(name: &str, sheets: &[OutSheet]) -> Result<(), SheetError> {
    match sheets.iter().find(|s| s.rows.len() > ROWS) {
        Some(sheet) => Err(SheetError::SheetTooLarge { file: name.to_owned(), rows: sheet.rows.len() }),
        None => Ok(()),
    }
}

/// Puts a finished workbook in place.
pub(crate) fn save(path: &Path, built: Result<Vec<u8>, XlsxError>) -> Result<(), SheetError> {
    let bytes = built.map_err(|e| SheetError::SheetUnwritable { file: name_of(path), detail: e.to_string() })?;
    kaowu_disk::export(path, &bytes).map_err(|e| SheetError::writing(path, &e))
}

/// Names that a workbook accepts: none twice, none empty, none with a sign that cell references use.
pub(crate) struct SheetNames(BTreeSet<String>);

impl SheetNames {
    pub(crate) fn new() -> Self {
        Self(BTreeSet::new())
    }

    pub(crate) fn take(&mut self, wanted: &str) -> String {
        let plain: String =
            wanted.chars().map(|c| if matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\') || c.is_control() { '-' } else { c }).collect();
        let plain = plain.trim_matches('\'');
        let plain = if plain.trim().is_empty() { "Sheet" } else { plain };
        // Characters beyond the first plane count twice for Excel.
        let cut = |room: usize| -> String {
            let mut left = room;
            plain.chars().take_while(|c| left.checked_sub(c.len_utf16()).inspect(|l| left = *l).is_some()).collect()
        };
        let mut name = cut(SHEET_NAME);
        let mut n = 1;
        while !self.0.insert(name.to_lowercase()) {
            n += 1;
            name = format!("{} ({n})", cut(SHEET_NAME - 5));
        }
        name
    }
}

/// A text that fits a cell.
pub(crate) fn fitting(text: &str) -> std::borrow::Cow<'_, str> {
    if text.len() <= CELL { text.into() } else { text.chars().take(CELL / 2).collect::<String>().into() }
}

fn build(sheets: &[OutSheet]) -> Result<Vec<u8>, XlsxError> {
    let (mut book, mut names) = (Workbook::new(), SheetNames::new());
    for sheet in sheets {
        let page = book.add_worksheet();
        page.set_name(names.take(&sheet.name))?;
        fill(page, sheet)?;
    }
    book.save_to_buffer()
}

fn fill(page: &mut Worksheet, sheet: &OutSheet) -> Result<(), XlsxError> {
    let last = u16::try_from(sheet.columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
    head(page, sheet, last)?;
    let bordered = || Format::new().set_border(FormatBorder::Thin).set_align(FormatAlign::VerticalCenter);
    let text = bordered().set_num_format("@");
    let mut formats: BTreeMap<usize, Format> = BTreeMap::new();
    for (r, row) in (2_u32..).zip(&sheet.rows) {
        for ((c, value), column) in (0_u16..).zip(row).zip(&sheet.columns) {
            let Some((number, places)) = figure(value).filter(|_| column.kind != Kind::Text) else {
                page.write_string_with_format(r, c, fitting(value), &text)?;
                continue;
            };
            let format = formats.entry(places).or_insert_with(|| {
                let shown = if places == 0 { "0".to_owned() } else { format!("0.{}", "0".repeat(places)) };
                bordered().set_align(FormatAlign::Center).set_num_format(shown)
            });
            page.write_number_with_format(r, c, number, format)?;
        }
    }
    page.set_freeze_panes(2, 0)?;
    page.set_repeat_rows(0, 1)?;
    page.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_print_center_horizontally(true);
    page.set_footer("&C第 &P 页 共 &N 页");
    if !sheet.rows.is_empty() && !sheet.columns.is_empty() {
        page.autofilter(1, 0, u32::try_from(sheet.rows.len() + 1).unwrap_or(u32::MAX), last)?;
    }
    Ok(())
}

fn head(page: &mut Worksheet, sheet: &OutSheet, last: u16) -> Result<(), XlsxError> {
    let title = Format::new().set_bold().set_font_size(16).set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter);
    let title = title.set_text_wrap();
    let header = Format::new().set_bold().set_border(FormatBorder::Thin).set_align(FormatAlign::Center).set_text_wrap();
    let header = header.set_align(FormatAlign::VerticalCenter).set_background_color(0xE7ECF3);
    if last > 0 {
        page.merge_range(0, 0, 0, last, &fitting(&sheet.title), &title)?;
    } else {
        page.write_string_with_format(0, 0, fitting(&sheet.title), &title)?;
    }
    page.set_row_height(0, 42)?;
    for (n, column) in (0_u16..).zip(&sheet.columns) {
        page.set_column_width(n, column.width)?;
        page.write_string_with_format(1, n, fitting(&column.header), &header)?;
    }
    Ok(())
}

/// A plain decimal number and its places: 缺考 stays a word, 007 a code, and a name is never a formula.
fn figure(text: &str) -> Option<(f64, usize)> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let plain = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
    let fits = !whole.is_empty() && whole.len() + part.len() <= 15 && (whole == "0" || !whole.starts_with('0')) && !text.ends_with('.');
    (fits && plain(whole) && plain(part)).then(|| text.parse().ok().map(|number| (number, part.len())))?
}
