//! What goes out, to wherever people said: never over an event.

use crate::part::{beside, write};
use std::fs::File;
use std::io::{Error, Read, Result};
use std::path::Path;

/// How a plain database begins.
const PLAIN: &[u8; 16] = b"SQLite format 3\0";
/// What opens an encrypted one lies beside it under this ending.
const KEYS: &str = ".keys";

/// An event lies there.
#[derive(Debug)]
struct OverEvent;

impl std::fmt::Display for OverEvent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an event")
    }
}

impl std::error::Error for OverEvent {}

/// Writes a paper, a workbook or a key whole or not at all. A name completed wrongly costs no event: nothing is written over a
/// database, nor over what opens one.
pub fn export(to: &Path, bytes: &[u8]) -> Result<()> {
    if holds_event(to) { Err(Error::other(OverEvent)) } else { write(to, bytes, true) }
}

/// Whether something was not written for that.
pub fn is_over_event(error: &Error) -> bool {
    error.get_ref().is_some_and(<dyn std::error::Error + Send + Sync>::is::<OverEvent>)
}

fn holds_event(path: &Path) -> bool {
    let mut start = [0; PLAIN.len()];
    let plain = File::open(path).and_then(|mut file| file.read_exact(&mut start)).is_ok() && start == *PLAIN;
    let opens_one = || path.extension().is_some_and(|end| end == "keys") && path.with_extension("").is_file();
    plain || (path.is_file() && (beside(path, KEYS).is_file() || opens_one()))
}
