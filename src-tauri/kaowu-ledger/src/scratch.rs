//! What is being typed and is no entry yet: kept at once so that a crash loses nothing, and never handed over.

use crate::error::Result;
use crate::read::Reader;
use kaowu_core::identity::Operator;
use rusqlite::params;

impl Reader {
    /// Lines of a form that one person has begun, in order of what they are about.
    pub fn scratch(&self, form: &str, operator: &Operator) -> Result<Vec<(String, String)>> {
        let mut statement = self.conn.prepare_cached("SELECT about, text FROM scratch WHERE form = ?1 AND op = ?2 ORDER BY about")?;
        let rows = statement.query_map(params![form, operator.as_str()], |r| Ok((r.get(0)?, r.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Keeps a line as it stands now; it is on disk when this returns.
    pub fn scratch_set(&self, form: &str, operator: &Operator, about: &str, text: &str) -> Result<()> {
        self.conn
            .prepare_cached(
                "INSERT INTO scratch (form, op, about, text) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (form, op, about) DO UPDATE SET text = excluded.text",
            )?
            .execute(params![form, operator.as_str(), about, text])?;
        Ok(())
    }

    /// Forgets a line: it has become an entry, or was given up.
    pub fn scratch_drop(&self, form: &str, operator: &Operator, about: &str) -> Result<()> {
        self.conn.prepare_cached("DELETE FROM scratch WHERE form = ?1 AND op = ?2 AND about = ?3")?.execute(params![
            form,
            operator.as_str(),
            about
        ])?;
        Ok(())
    }
}
