//! What came out against what must come out, row by row.

use kaowu_desk::{DeskFault, Result};
use std::path::Path;

/// How a list compares.
pub(crate) struct Comparison {
    pub(crate) list: String,
    pub(crate) rows: usize,
    /// The first row that differs: wanted, got.
    pub(crate) differs: Option<(String, String)>,
}

/// Compares CSV text with a file of `expected/`.
pub(crate) fn compare(expected: &Path, list: &str, got: &str) -> Result<Comparison> {
    let file = expected.join(list);
    let text = std::fs::read_to_string(&file)
        .map_err(|e| DeskFault::FileUnreadable { file: file.display().to_string(), detail: e.to_string() })?;
    let lines = |text: &str| text.trim_start_matches('\u{FEFF}').lines().map(|l| l.trim_end_matches('\r').to_owned()).collect::<Vec<_>>();
    let (wanted, got) = (lines(&text), lines(got));
    let none = || "—".to_owned();
    let differs = (0..wanted.len().max(got.len()))
        .find(|n| wanted.get(*n) != got.get(*n))
        .map(|n| (wanted.get(n).cloned().unwrap_or_else(none), got.get(n).cloned().unwrap_or_else(none)));
    Ok(Comparison { list: list.to_owned(), rows: wanted.len().saturating_sub(1), differs })
}
