//! Whoever is let in no longer may have kept a copy of the vault: the database gets another key, which that copy does not open.
//!
//! One act, though two files change: the entry goes into the database made anew, the vault holds both keys from before that one is
//! placed until after. Cut off before, nothing happened; cut off after, the next opening takes the old keys away.

use super::open::fresh_key;
use super::{admitted, asked, beside, is_denial, vouched};
use crate::error::{DeskError, Result};
use crate::{Ctx, Desk, View};
use kaowu_core::identity::Operator;
use kaowu_ledger::{DbKey, Draft, Ledger};
use kaowu_packet::vault::{DatabaseKey, Vault, VaultFault};
use std::path::Path;

impl Desk {
    /// One use case by which somebody is let in no longer: with its entry the key changes. `work` is asked twice, first where the
    /// gate's refusals are written down.
    pub(super) fn record_and_rekey(&mut self, ctx: &Ctx, gone: &Operator, work: impl Fn(&View<'_>) -> Result<Draft>) -> Result<()> {
        self.journal_arrival(ctx)?;
        if !self.vault()?.can_change() {
            return Err(VaultFault::WordsOfFirstForm.into());
        }
        let proven = self.guard.as_mut().map(super::Guard::take_proven).unwrap_or_default();
        let draft = work(&self.view())?;
        let kind = draft.kind.clone();
        let second = admitted(self.guard.as_ref(), &self.view(), ctx, &proven, &draft);
        self.asks(asked(&second, &draft));
        if let Err(error) = second {
            if is_denial(&error) {
                self.journal_denied(ctx, &kind, &error)?;
            }
            return Err(error);
        }
        let Self { ledger, plan, path, handles, guard, leaders, .. } = self;
        leaders.take();
        rekeyed(ledger, path, std::slice::from_ref(gone), |sealed| {
            sealed.transact(|tx| {
                let view = View::new(tx, plan, handles);
                let draft = work(&view)?;
                let second = admitted(guard.as_ref(), &view, ctx, &proven, &draft)?;
                tx.append(&ctx.stamp(), beside(draft, second))?;
                Ok(())
            })
        })
    }
}

/// Gives a database another key, which opens for everybody in its vault but these. `last` writes into the new one.
pub(super) fn rekeyed(ledger: &mut Ledger, path: &Path, gone: &[Operator], last: impl FnOnce(&mut Ledger) -> Result<()>) -> Result<()> {
    let next: DatabaseKey = fresh_key();
    let key = DbKey::from_bytes(*next);
    let done = ledger.rekey(path, &key, |sealed| {
        last(sealed)?;
        // While nobody else has the database open, and so nobody takes it for a change that was cut off.
        Vault::revise_with(path, |vault| {
            let without = [gone, &vouched::strangers(sealed, vault)?].concat();
            Ok::<_, DeskError>(vault.begin_change(&next, &without)?)
        })
    });
    settled(path, &key);
    done
}

/// Leaves in the vault of a file the key it stands under, whatever was said of placing it; both, where that cannot be seen just
/// now, and the next opening tries both.
pub(crate) fn settled(file: &Path, next: &DbKey) {
    if let Ok(placed) = Ledger::opens_under(&kaowu_disk::found(file), next) {
        let _next_time = Vault::settle_change(file, placed);
    }
}
