//! The key of an encrypted database (SQLCipher): set first on every connection, and on none of a plain one.

use crate::error::Result;
use rusqlite::Connection;
use std::fmt;
use std::io::Read;
use std::path::Path;
use zeroize::Zeroizing;

/// What a plain SQLite file begins with; an encrypted one begins with random bytes.
const PLAIN: &[u8; 16] = b"SQLite format 3\0";

/// 256 bits from the system's source. Used as they are, so that no time is lost on deriving a key at each opening: what a
/// person knows opens the vault that holds them.
#[derive(Clone, PartialEq, Eq)]
pub struct DbKey(Zeroizing<[u8; 32]>);

impl fmt::Debug for DbKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DbKey")
    }
}

impl DbKey {
    /// From its bytes.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// Its bytes: what a vault closes.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// As SQLCipher takes a raw key: `x'…'`.
    pub(crate) fn raw(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(67));
        text.push_str("x'");
        let digits = Zeroizing::new(hex::encode(self.0.as_slice()));
        text.push_str(&digits);
        text.push('\'');
        text
    }
}

/// Gives a fresh connection its key; nothing else may have been asked of it before.
pub(crate) fn unlock(conn: &Connection, key: Option<&DbKey>) -> Result<()> {
    if let Some(key) = key {
        let (raw, mut words) = (key.raw(), Zeroizing::new(String::with_capacity(160)));
        // A key that does not fit is no fault of the machine's: it is said by a code, not by SQLCipher on stderr.
        words.push_str("PRAGMA cipher_log_level = NONE; PRAGMA key = \"");
        words.push_str(&raw);
        words.push_str("\"; PRAGMA temp_store = MEMORY;");
        conn.execute_batch(&words)?;
    }
    Ok(())
}

/// Whether a file is a database that anybody reads. A file that is not there, or is empty, is none.
pub fn is_plain(path: &Path) -> Result<bool> {
    let mut head = [0; PLAIN.len()];
    let read = std::fs::File::open(path).and_then(|mut file| file.read_exact(&mut head));
    match read {
        Ok(()) => Ok(head == *PLAIN),
        Err(e) if matches!(e.kind(), std::io::ErrorKind::UnexpectedEof | std::io::ErrorKind::NotFound) => Ok(false),
        Err(e) => Err(e.into()),
    }
}
