//! Tables in text files: comma, semicolon or tab; UTF-8, UTF-16 with its mark, or GB18030.

use crate::cell::{Cell, LONGEST};
use crate::error::SheetError;
use crate::file::{Sheet, SheetRow};
use crate::workbook::ROW_LIMIT;
use encoding_rs::{GB18030, UTF_8, UTF_16BE, UTF_16LE};
use std::borrow::Cow;

/// Reads a text file as one sheet. Rows count as a spreadsheet program counts them: a line break inside quotes is none.
pub(crate) fn text_sheet(file: &str, bytes: &[u8]) -> Result<Sheet, SheetError> {
    let text = decode(bytes).ok_or_else(|| SheetError::TextUnreadable { file: file.to_owned() })?;
    if text.contains('\0') {
        return Err(SheetError::NotAWorkbook { file: file.to_owned() });
    }
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter(&text)).from_reader(text.as_bytes());
    let mut rows: Vec<SheetRow> = Vec::new();
    let (mut row, mut record) = (0_u32, csv::StringRecord::new());
    while reader.read_record(&mut record).map_err(|e| SheetError::WorkbookDamaged { file: file.to_owned(), detail: e.to_string() })? {
        let start = record.position().map_or(0, |p| usize::try_from(p.byte()).unwrap_or(usize::MAX));
        row = row.saturating_add(1).saturating_add(blank_lines(&text, start));
        // A quotation mark that is never closed swallows the rest of the file into one cell.
        if record.iter().any(|field| field.len() > 4 * LONGEST) {
            return Err(SheetError::WorkbookDamaged { file: file.to_owned(), detail: format!("{row}: \" …") });
        }
        let cells: Vec<Cell> = record.iter().map(Cell::of_text).collect();
        if !cells.iter().all(Cell::is_blank) {
            rows.push(SheetRow { row, cells });
        }
        if rows.len() > ROW_LIMIT {
            return Err(SheetError::SheetTooLong { file: file.to_owned(), sheet: "CSV".to_owned(), rows: ROW_LIMIT });
        }
    }
    Ok(Sheet { name: "CSV".to_owned(), rows })
}

/// The text, or nothing where any byte fits none of the encodings: a wrong guess would turn names into other names.
fn decode(bytes: &[u8]) -> Option<Cow<'_, str>> {
    for (encoding, mark) in [(UTF_8, &[0xEF, 0xBB, 0xBF][..]), (UTF_16LE, &[0xFF, 0xFE]), (UTF_16BE, &[0xFE, 0xFF])] {
        if let Some(rest) = bytes.strip_prefix(mark) {
            return encoding.decode_without_bom_handling_and_without_replacement(rest);
        }
    }
    [UTF_8, GB18030].into_iter().find_map(|encoding| encoding.decode_without_bom_handling_and_without_replacement(bytes))
}

/// Lines with nothing in them before a record: the reader leaves them out, a spreadsheet program counts them.
fn blank_lines(text: &str, start: usize) -> u32 {
    let bytes = text.as_bytes();
    let rest = bytes.get(start..).unwrap_or_default();
    // The reader ends a record at the first half of CR LF.
    let rest = if start > 0 && bytes.get(start - 1) == Some(&b'\r') { rest.strip_prefix(b"\n").unwrap_or(rest) } else { rest };
    let breaks = rest.iter().take_while(|b| matches!(b, b'\r' | b'\n'));
    let (mut count, mut before) = (0_u32, b'\0');
    for byte in breaks {
        count += u32::from(!(before == b'\r' && *byte == b'\n'));
        before = *byte;
    }
    count
}

/// What separates most cells in the first lines.
pub(crate) fn delimiter(text: &str) -> u8 {
    let head = || text.lines().take(10).flat_map(str::bytes);
    let count = |byte: u8| head().filter(|b| *b == byte).count();
    // On a draw the comma: max_by_key keeps the last of equals.
    [b';', b'\t', b','].into_iter().max_by_key(|byte| count(*byte)).unwrap_or(b',')
}
