//! A copy of a workbook with its faults marked.

use crate::error::SheetError;
use crate::file::{Sheet, read_book};
use crate::out::{SheetNames, fitting, save};
use crate::table::header_row;
use crate::tables::roster_columns;
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Note, Workbook, Worksheet, XlsxError};
use std::collections::BTreeMap;
use std::path::Path;

/// A mark on a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Row as Excel shows it.
    pub row: u32,
    /// Column from 0; none where the table lacks it.
    pub column: Option<usize>,
    /// Whether the row was refused.
    pub refused: bool,
    /// What is said.
    pub text: String,
}

/// Writes a copy of `original`: notes on the marked cells of `sheet`, a column 问题 beside the table, and a sheet 导入报告
/// that lists all marks. Every cell is written as text, so that a copy never runs what a cell holds.
pub fn marked_copy(original: &Path, sheet: &str, marks: &[Mark], out: &Path) -> Result<(), SheetError> {
    let book = read_book(original)?;
    save(out, build(&book.sheets, sheet, marks))
}

struct Formats {
    plain: Format,
    refused: Format,
    warned: Format,
    header: Format,
}

impl Formats {
    fn new() -> Self {
        let text = || Format::new().set_num_format("@").set_align(FormatAlign::VerticalCenter);
        Self {
            plain: text(),
            refused: text().set_background_color(0xF8C9C4),
            warned: text().set_background_color(0xFFF0B3),
            header: Format::new().set_bold().set_border(FormatBorder::Thin).set_align(FormatAlign::Center),
        }
    }

    fn of(&self, marks: &[&Mark]) -> &Format {
        if marks.iter().any(|m| m.refused) {
            &self.refused
        } else if marks.is_empty() {
            &self.plain
        } else {
            &self.warned
        }
    }
}

fn build(sheets: &[Sheet], marked: &str, marks: &[Mark]) -> Result<Vec<u8>, XlsxError> {
    let (mut book, mut names, formats) = (Workbook::new(), SheetNames::new(), Formats::new());
    for sheet in sheets {
        let page = book.add_worksheet();
        page.set_name(names.take(&sheet.name))?;
        let here = if sheet.name == marked { marks } else { &[] };
        copy(page, sheet, here, &formats)?;
    }
    let page = book.add_worksheet();
    page.set_name(names.take("导入报告"))?;
    report(page, marks, &formats)?;
    book.save_to_buffer()
}

fn copy(page: &mut Worksheet, sheet: &Sheet, marks: &[Mark], formats: &Formats) -> Result<(), XlsxError> {
    let mut by_row: BTreeMap<u32, Vec<&Mark>> = BTreeMap::new();
    for mark in marks {
        by_row.entry(mark.row).or_default().push(mark);
    }
    let mut widths: Vec<usize> = Vec::new();
    let told = column(sheet.rows.iter().map(|r| r.cells.len()).max().unwrap_or(0));
    let header = header_row(sheet, &roster_columns());
    for row in &sheet.rows {
        let at = row.row.saturating_sub(1);
        let here = by_row.remove(&row.row).unwrap_or_default();
        for (n, cell) in row.cells.iter().enumerate() {
            let on_cell: Vec<&Mark> = here.iter().filter(|m| m.column == Some(n)).copied().collect();
            page.write_string_with_format(at, column(n), fitting(cell.text()), formats.of(&on_cell))?;
            if !on_cell.is_empty() {
                let said = on_cell.iter().map(|m| m.text.as_str()).collect::<Vec<_>>().join("\n");
                page.insert_note(at, column(n), &Note::new(said).add_author_prefix(false).set_width(280).set_height(120))?;
            }
            if header.is_some_and(|h| row.row >= h) {
                widths.resize(widths.len().max(n + 1), 0);
                widths[n] = widths[n].max(width(cell.text()));
            }
        }
        if header == Some(row.row) && !marks.is_empty() {
            page.write_string_with_format(at, told, "问题", &formats.header)?;
        }
        if !here.is_empty() {
            let said = here.iter().map(|m| m.text.as_str()).collect::<Vec<_>>().join("；");
            page.write_string_with_format(at, told, fitting(&said), formats.of(&here))?;
        }
    }
    for (n, width) in widths.iter().enumerate() {
        page.set_column_width(column(n), u16::try_from((*width + 2).clamp(6, 44)).unwrap_or(44))?;
    }
    if let Some(header) = header.filter(|_| !marks.is_empty()) {
        page.set_column_width(told, 70)?;
        page.set_freeze_panes(header, 0)?;
    }
    Ok(())
}

fn report(page: &mut Worksheet, marks: &[Mark], formats: &Formats) -> Result<(), XlsxError> {
    for ((n, header), width) in (0_u16..).zip(["行", "列", "结果", "问题与处理"]).zip([8, 8, 10, 110]) {
        page.write_string_with_format(0, n, header, &formats.header)?;
        page.set_column_width(n, width)?;
    }
    for (n, mark) in (1_u32..).zip(marks) {
        page.write_number(n, 0, mark.row)?;
        page.write_string(n, 1, mark.column.map(letters).unwrap_or_default())?;
        page.write_string_with_format(n, 2, if mark.refused { "未导入" } else { "已导入" }, formats.of(&[mark]))?;
        page.write_string(n, 3, fitting(&mark.text))?;
    }
    page.set_freeze_panes(1, 0)?;
    if !marks.is_empty() {
        page.autofilter(0, 0, u32::try_from(marks.len()).unwrap_or(u32::MAX), 3)?;
    }
    Ok(())
}

fn column(n: usize) -> u16 {
    u16::try_from(n).unwrap_or(u16::MAX)
}

/// Width in characters of a cell; ideographs take two.
fn width(text: &str) -> usize {
    text.lines().map(|line| line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()).max().unwrap_or(0)
}

/// The letters of a column: 0 is A, 26 is AA.
fn letters(mut n: usize) -> String {
    let mut out = Vec::new();
    loop {
        out.push(u8::try_from(n % 26).map_or('?', |digit| char::from(b'A' + digit)));
        if n < 26 {
            return out.iter().rev().collect();
        }
        n = n / 26 - 1;
    }
}
