//! Workbooks out, as an exam office lays them out.

use crate::error::SheetError;
use crate::file::name_of;
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};
use std::path::Path;

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
    /// Name of the sheet.
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
    let failed = |detail: String| SheetError::SheetUnwritable { file: name_of(path), detail };
    let bytes = build(sheets).map_err(|e| failed(e.to_string()))?;
    place(path, &bytes).map_err(|e| failed(e.to_string()))
}

/// Puts bytes in place of a file: written beside it, flushed, then renamed.
pub(crate) fn place(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    use std::io::Write;
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    let mut part = tempfile::NamedTempFile::new_in(folder)?;
    part.write_all(bytes)?;
    part.as_file().sync_all()?;
    part.persist(path)?;
    Ok(())
}

fn build(sheets: &[OutSheet]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    for sheet in sheets {
        fill(book.add_worksheet(), sheet)?;
    }
    book.save_to_buffer()
}

fn fill(page: &mut Worksheet, sheet: &OutSheet) -> Result<(), XlsxError> {
    let title = Format::new().set_bold().set_font_size(16).set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter);
    let header = Format::new()
        .set_bold()
        .set_border(FormatBorder::Thin)
        .set_align(FormatAlign::Center)
        .set_text_wrap()
        .set_background_color(0xE7ECF3);
    let text = Format::new().set_border(FormatBorder::Thin).set_num_format("@");
    let count = Format::new().set_border(FormatBorder::Thin).set_align(FormatAlign::Center).set_num_format("0");
    page.set_name(&sheet.name)?;
    let last = u16::try_from(sheet.columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
    if last > 0 {
        page.merge_range(0, 0, 0, last, &sheet.title, &title)?;
    } else {
        page.write_string_with_format(0, 0, &sheet.title, &title)?;
    }
    page.set_row_height(0, 30)?;
    for (n, column) in (0_u16..).zip(&sheet.columns) {
        page.set_column_width(n, column.width)?;
        page.write_string_with_format(1, n, &column.header, &header)?;
    }
    for (r, row) in (2_u32..).zip(&sheet.rows) {
        for ((c, value), column) in (0_u16..).zip(row).zip(&sheet.columns) {
            // Only what reads as a plain number is written as one: 缺考 stays a word, and a name is never a formula.
            let number = if value.is_empty() { None } else { value.parse::<f64>().ok().filter(|f| f.is_finite()) };
            match (column.kind, number) {
                (Kind::Count, Some(n)) => page.write_number_with_format(r, c, n, &count)?,
                (Kind::Figure, Some(n)) => {
                    let places = value.split_once('.').map_or(0, |(_, d)| d.len());
                    let shown = if places == 0 { "0".to_owned() } else { format!("0.{}", "0".repeat(places)) };
                    let figure = Format::new().set_border(FormatBorder::Thin).set_align(FormatAlign::Right).set_num_format(shown);
                    page.write_number_with_format(r, c, n, &figure)?
                }
                _ => page.write_string_with_format(r, c, value, &text)?,
            };
        }
    }
    page.set_freeze_panes(2, 0)?;
    page.set_repeat_rows(0, 1)?;
    page.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_footer("&C第 &P 页 共 &N 页");
    if !sheet.rows.is_empty() {
        page.autofilter(1, 0, u32::try_from(sheet.rows.len() + 1).unwrap_or(u32::MAX), last)?;
    }
    Ok(())
}
