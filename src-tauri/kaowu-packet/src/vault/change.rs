//! Changing the database's key: the vault holds both, the one that stands and the one that comes, from before the database is made
//! anew under it until after. Cut off anywhere, one of the two fits.

use super::{DatabaseKey, Vault, VaultFault, Words, closed_for};
use kaowu_core::identity::Operator;
use std::path::Path;

impl Vault {
    /// Whether the key can be changed while nobody says the six words: in a vault of the first form they must be renewed before.
    pub fn can_change(&self) -> bool {
        !matches!(self.body.words, Some(Words::First(_)))
    }

    /// Whether a change was begun and neither ended nor given up.
    pub fn is_changing(&self) -> bool {
        self.body.slots.iter().any(|s| s.next.is_some())
    }

    /// Closes the key that comes next for the six words and for every operator of this database but these.
    pub fn begin_change(&mut self, next: &DatabaseKey, without: &[Operator]) -> Result<(), VaultFault> {
        match &mut self.body.words {
            Some(Words::Slot(words)) => words.next = Some(closed_for(&words.secret.recipient, next)?),
            Some(Words::First(_)) => return Err(VaultFault::WordsOfFirstForm),
            None => {}
        }
        for slot in &mut self.body.slots {
            let stays = slot.key.is_some() && !without.contains(&slot.operator);
            slot.next = if stays { Some(closed_for(&slot.credential.recipient, next)?) } else { None };
        }
        Ok(())
    }

    /// Leaves one of the two keys in a database's vault, on the disk: the next one where the database was placed under it, else the
    /// one that it had. Where this cannot be written, the next opening does it: both keys are tried till then.
    pub fn settle_change(db: &Path, placed: bool) -> Result<(), VaultFault> {
        Self::revise(db, |vault| {
            if placed {
                vault.end_change();
            } else {
                vault.give_up_change();
            }
            Ok(())
        })
    }

    /// The database stands under the next key: whoever has none is out.
    pub(super) fn end_change(&mut self) {
        if !self.is_changing() {
            return;
        }
        self.body.slots.retain(|s| s.key.is_none() || s.next.is_some());
        for slot in &mut self.body.slots {
            slot.key = slot.next.take();
        }
        if let Some(Words::Slot(words)) = &mut self.body.words
            && let Some(next) = words.next.take()
        {
            words.key = next;
        }
    }

    /// The database stands under the key that it had.
    pub(super) fn give_up_change(&mut self) {
        self.body.slots.iter_mut().for_each(|s| s.next = None);
        if let Some(Words::Slot(words)) = &mut self.body.words {
            words.next = None;
        }
    }
}
