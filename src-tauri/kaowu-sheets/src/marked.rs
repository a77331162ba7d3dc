//! A copy of a workbook with its faults marked.

use crate::error::SheetError;
use crate::file::{name_of, read_sheets};
use crate::out::place;
use rust_xlsxwriter::{Format, FormatBorder, Note, Workbook, XlsxError};
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

/// Writes a copy of `original` with notes on the marked cells of `sheet`, a column 问题 and a list of all marks.
pub fn marked_copy(original: &Path, sheet: &str, marks: &[Mark], out: &Path) -> Result<(), SheetError> {
    let sheets = read_sheets(original)?;
    let failed = |detail: String| SheetError::SheetUnwritable { file: name_of(out), detail };
    let build = || -> Result<Vec<u8>, XlsxError> {
        let mut by_row: BTreeMap<u32, Vec<&Mark>> = BTreeMap::new();
        for mark in marks {
            by_row.entry(mark.row).or_default().push(mark);
        }
        let (plain, bold) = (Format::new().set_num_format("@"), Format::new().set_bold().set_border(FormatBorder::Thin));
        let refused = Format::new().set_num_format("@").set_background_color(0xF8C9C4);
        let warned = Format::new().set_num_format("@").set_background_color(0xFFF0B3);
        let mut book = Workbook::new();
        for from in &sheets {
            let page = book.add_worksheet();
            page.set_name(&from.name)?;
            let ours = from.name == sheet;
            let width = from.rows.iter().map(Vec::len).max().unwrap_or(0);
            let told = u16::try_from(width).unwrap_or(u16::MAX);
            for (row, cells) in (from.first..).zip(&from.rows) {
                let here: &[&Mark] = by_row.get(&row).filter(|_| ours).map_or(&[], Vec::as_slice);
                for (column, cell) in cells.iter().enumerate() {
                    let on_cell: Vec<&&Mark> = here.iter().filter(|m| m.column == Some(column)).collect();
                    let format = if on_cell.iter().any(|m| m.refused) {
                        &refused
                    } else if on_cell.is_empty() {
                        &plain
                    } else {
                        &warned
                    };
                    let at = (row - 1, u16::try_from(column).unwrap_or(u16::MAX));
                    // Always text: a copy never runs what a cell holds.
                    page.write_string_with_format(at.0, at.1, cell.text(), format)?;
                    if !on_cell.is_empty() {
                        let said = on_cell.iter().map(|m| m.text.as_str()).collect::<Vec<_>>().join("\n");
                        page.insert_note(at.0, at.1, &Note::new(said).add_author_prefix(false))?;
                    }
                }
                if !here.is_empty() {
                    let said = here.iter().map(|m| m.text.as_str()).collect::<Vec<_>>().join("；");
                    let format = if here.iter().any(|m| m.refused) { &refused } else { &warned };
                    page.write_string_with_format(row - 1, told, &said, format)?;
                }
            }
            if ours {
                page.set_column_width(told, 60)?;
            }
        }
        let list = book.add_worksheet();
        list.set_name("导入报告")?;
        for (n, header) in (0_u16..).zip(["行", "结果", "问题与处理"]) {
            list.write_string_with_format(0, n, header, &bold)?;
        }
        list.set_column_width(2, 90)?;
        for (n, mark) in (1_u32..).zip(marks) {
            list.write_number(n, 0, mark.row)?;
            list.write_string(n, 1, if mark.refused { "未导入" } else { "已导入" })?;
            list.write_string(n, 2, &mark.text)?;
        }
        book.save_to_buffer()
    };
    let bytes = build().map_err(|e| failed(e.to_string()))?;
    place(out, &bytes).map_err(|e| failed(e.to_string()))
}
