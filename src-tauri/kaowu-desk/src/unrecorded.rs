//! Certificates that lie on the disk while no entry says so: the program was killed in between, or the disk would not say whether
//! the entry is there. Which numbers such a file holds, and under which codes, is noted beside the journal before it is written;
//! the note goes in the transaction of the entry. So a number that is printed again gets another code, and of several papers one
//! is good; and the file that nobody knows of is taken away once all of its numbers are printed.

use crate::error::{DeskError, DeskFault, Result};
use crate::papers::write_file;
use crate::{Ctx, Desk, View};
use kaowu_ledger::{Draft, LedgerError, StoreFault};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Where the notes are kept beside the journal.
const UNRECORDED: &str = "certificates-unrecorded";

/// A file of certificates on its way: by number, how many times each was printed before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Made {
    file: PathBuf,
    sha256: String,
    sheets: BTreeMap<String, u32>,
}

impl Made {
    /// Whether this very file lies there: another may have its name.
    fn lies_there(&self) -> bool {
        std::fs::read(&self.file).is_ok_and(|bytes| hex::encode(Sha256::digest(bytes)) == self.sha256)
    }
}

/// A file of certificates that is to be written, and then written down.
pub(crate) struct CertificateFile<'a> {
    pub(crate) path: PathBuf,
    pub(crate) bytes: &'a [u8],
    /// Numbers, and how many times each was printed before.
    pub(crate) sheets: BTreeMap<String, u32>,
}

impl View<'_> {
    fn unrecorded(&self) -> Result<Vec<Made>> {
        let kept = self.reader().meta_get(UNRECORDED)?.filter(|text| !text.is_empty());
        Ok(kept.map(|text| serde_json::from_str(&text).map_err(|_| DeskFault::SecretDamaged)).transpose()?.unwrap_or_default())
    }

    fn keep_unrecorded(&self, made: &[Made]) -> Result<()> {
        let text = if made.is_empty() { String::new() } else { serde_json::to_string(made).map_err(|_| DeskFault::SecretDamaged)? };
        Ok(self.reader().meta_set(UNRECORDED, &text)?)
    }

    /// For numbers in files that nobody knows of, how many times they were printed with those.
    pub(crate) fn codes_spent(&self) -> Result<BTreeMap<String, u32>> {
        let mut out = BTreeMap::new();
        for (number, before) in self.unrecorded()?.into_iter().flat_map(|made| made.sheets) {
            let spent = out.entry(number).or_insert(0);
            *spent = before.saturating_add(1).max(*spent);
        }
        Ok(out)
    }
}

impl Desk {
    /// Puts a file of certificates in its place and then writes down that it lies there. Where that is refused the file goes again,
    /// and what had its name before comes back; only where nobody can say whether the entry is on the disk it stays.
    pub(crate) fn put_certificates(
        &mut self,
        ctx: &Ctx,
        file: &CertificateFile<'_>,
        work: impl FnOnce(&View<'_>) -> Result<Draft>,
    ) -> Result<()> {
        let (path, sheets) = (&file.path, &file.sheets);
        let made = Made { file: path.clone(), sha256: hex::encode(Sha256::digest(file.bytes)), sheets: sheets.clone() };
        let older = std::fs::read(path).ok();
        self.note(|notes| notes.push(made.clone()))?;
        if let Err(error) = write_file(path, file.bytes) {
            if !made.lies_there() {
                // Where this cannot be written the numbers are counted as printed once more: no harm.
                let _next_time = self.note(|notes| notes.retain(|note| *note != made));
            }
            return Err(error);
        }
        let recorded = self.record(ctx, |view| {
            let draft = work(view)?;
            let (settled, open): (Vec<Made>, Vec<Made>) =
                view.unrecorded()?.into_iter().map(|note| without(note, sheets)).partition(is_done);
            view.keep_unrecorded(&open)?;
            Ok((draft, settled))
        });
        match recorded {
            Ok(settled) => {
                settled.iter().filter(|note| note.file != *path && note.lies_there()).for_each(|note| take_away(&note.file));
                Ok(())
            }
            Err(error) => {
                if !perhaps_recorded(&error) {
                    match older {
                        Some(bytes) => drop(write_file(path, &bytes)),
                        None => take_away(path),
                    }
                    let _next_time = self.note(|notes| notes.retain(|note| *note != made || note.lies_there()));
                }
                Err(error)
            }
        }
    }

    /// Changes the notes in a transaction of its own: on the disk when this returns.
    fn note(&mut self, change: impl FnOnce(&mut Vec<Made>)) -> Result<()> {
        let (plan, handles) = (&self.plan, &self.handles);
        self.ledger.transact(|tx| {
            let view = View::new(tx, plan, handles);
            let mut notes = view.unrecorded()?;
            change(&mut notes);
            view.keep_unrecorded(&notes)
        })
    }
}

/// A note without the numbers that are written down now.
fn without(mut note: Made, sheets: &BTreeMap<String, u32>) -> Made {
    note.sheets.retain(|number, _| !sheets.contains_key(number));
    note
}

fn is_done(note: &Made) -> bool {
    note.sheets.is_empty()
}

/// A flush that was refused: whether the entry is on the disk is known when the file is next opened.
fn perhaps_recorded(error: &DeskError) -> bool {
    matches!(error, DeskError::Ledger(LedgerError::Store(StoreFault::DiskError { .. })))
}

/// Certificates of which nothing could be written down must not lie about to be printed.
fn take_away(file: &Path) {
    let _gone = std::fs::remove_file(file);
}
