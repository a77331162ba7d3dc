//! A list as text: the columns of the expected files, of workbooks and of published papers.

use serde::Serialize;
use std::borrow::Cow;

/// A list with a header.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ResultsTable {
    /// Title.
    pub title: String,
    /// Names of columns, as CSV has them.
    pub columns: Vec<String>,
    /// Headers for people.
    pub headers: Vec<String>,
    /// Rows.
    pub rows: Vec<Vec<String>>,
}

impl ResultsTable {
    /// As CSV with `\n` line ends. What a spreadsheet program would run as a formula gets an apostrophe before it.
    pub fn csv(&self) -> String {
        let mut out = csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(Vec::new());
        let written = out
            .write_record(&self.columns)
            .and_then(|()| self.rows.iter().try_for_each(|row| out.write_record(row.iter().map(|cell| inert(cell).into_owned()))));
        // Writing to memory cannot fail, and every row has the columns' number of fields.
        debug_assert!(written.is_ok());
        String::from_utf8(out.into_inner().unwrap_or_default()).unwrap_or_default()
    }
}

/// A cell that stays text: names cannot begin so, titles of a plan could.
pub(crate) fn inert(cell: &str) -> Cow<'_, str> {
    let runs = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let number = cell
        .strip_prefix('-')
        .is_some_and(|n| n.starts_with(|c: char| c.is_ascii_digit()) && n.bytes().all(|b| b.is_ascii_digit() || b == b'.'));
    if runs && !number { format!("'{cell}").into() } else { cell.into() }
}

pub(crate) fn texts(names: &[&str]) -> Vec<String> {
    names.iter().map(|n| (*n).to_owned()).collect()
}
