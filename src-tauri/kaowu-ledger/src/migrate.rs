//! The form of a database, step by step: one file in `migrations/` a form, numbered from 1.

use crate::error::{Result, StoreFault};
use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::path::Path;

/// `Kaow` in the header of the file.
pub(crate) const APPLICATION: i64 = 0x4B61_6F77;

/// What a rebuild drops and makes again.
pub(crate) const VIEWS: &str = include_str!("../migrations/0002-views.sql");

const STEPS: &[&str] = &[include_str!("../migrations/0001-journal.sql"), VIEWS, include_str!("../migrations/0003-scratch.sql")];

pub(crate) fn number(conn: &Connection, pragma: &str) -> Result<i64, rusqlite::Error> {
    conn.query_row(&format!("PRAGMA {pragma}"), [], |r| r.get(0))
}

/// Refuses a file that is not one of this program's databases, or one that a later version made. Writes nothing.
pub(crate) fn recognise(conn: &Connection, path: &Path) -> Result<()> {
    let file = path.display().to_string();
    if number(conn, "application_id").map_err(|e| StoreFault::of_file(path, e))? != APPLICATION {
        return Err(StoreFault::NotADatabase { file }.into());
    }
    let version = number(conn, "user_version")?;
    if usize::try_from(version).is_ok_and(|v| v <= STEPS.len()) { Ok(()) } else { Err(StoreFault::DatabaseTooNew { file, version }.into()) }
}

/// Brings a database to the form of this program, in one transaction.
pub(crate) fn migrate(conn: &Connection) -> Result<()> {
    let done = |conn: &Connection| Ok::<_, rusqlite::Error>(usize::try_from(number(conn, "user_version")?).unwrap_or(0));
    if done(conn)? == STEPS.len() {
        return Ok(());
    }
    let tx = Transaction::new_unchecked(conn, TransactionBehavior::Immediate)?;
    for step in STEPS.iter().skip(done(conn)?) {
        tx.execute_batch(step)?;
    }
    tx.execute_batch(&format!("PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {};", STEPS.len()))?;
    Ok(tx.commit()?)
}
