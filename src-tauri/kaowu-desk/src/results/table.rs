//! A list as text: the columns of the expected files, of workbooks and of published papers.

use serde::Serialize;

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
    /// As CSV with `\n` line ends.
    pub fn csv(&self) -> String {
        let mut out = csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(Vec::new());
        let written = out.write_record(&self.columns).and_then(|()| self.rows.iter().try_for_each(|row| out.write_record(row)));
        // Writing to memory cannot fail, and every row has the columns' number of fields.
        debug_assert!(written.is_ok());
        String::from_utf8(out.into_inner().unwrap_or_default()).unwrap_or_default()
    }
}

pub(super) fn texts(names: &[&str]) -> Vec<String> {
    names.iter().map(|n| (*n).to_owned()).collect()
}
