//! Protecting an event, opening a protected one, and getting in with the six words.

use super::Guard;
use crate::error::{DeskError, DeskFault, Result};
use crate::event::NewEvent;
use crate::{Ctx, Desk};
use kaowu_core::facts::{Only, OperatorFact, PlanFact, state};
use kaowu_core::identity::Operator;
use kaowu_core::operators::Role;
use kaowu_core::plan::Plan;
use kaowu_ledger::{DbKey, Draft, Ledger, LedgerError, Mended, StoreFault, is_plain};
use kaowu_packet::keys::generate_seed;
use kaowu_packet::six_words;
use kaowu_packet::vault::{DatabaseKey, Pin, Vault, VaultFault};
use std::path::{Path, PathBuf};

fn fresh_key() -> DatabaseKey {
    DatabaseKey::new(generate_seed())
}

pub(super) fn vault_of(path: &Path) -> Result<Vault> {
    Vault::read(path)?.ok_or_else(|| VaultFault::VaultMissing { file: path.display().to_string() }.into())
}

/// A vault for a database that is to be made; the other one may lie on a stick that nobody writes to.
fn vault_for(to: &Path, vault: Vault) -> Result<Vault> {
    is_new(to)?;
    vault.save_beside(to)?;
    vault_of(to)
}

fn is_new(path: &Path) -> Result<()> {
    if path.exists() {
        return Err(LedgerError::from(StoreFault::DatabaseExists { file: path.display().to_string() }).into());
    }
    Ok(())
}

/// A vault for a database that is to be made, with one slot; the key that the database then lies under.
pub(crate) fn vault_for_new(path: &Path, operator: &Operator, pin: &Pin) -> Result<DbKey> {
    pin.good()?;
    is_new(path)?;
    let (key, mut vault) = (fresh_key(), Vault::new(path));
    vault.give(operator, pin, Some(&key))?;
    vault.save()?;
    Ok(DbKey::from_bytes(*key))
}

/// The first operator: everything at headquarters.
pub(crate) fn first() -> OperatorFact {
    OperatorFact { roles: vec![Role::Hq], sites: vec![], withdrawn: false }
}

impl Desk {
    /// Whether a database lies there that anybody reads.
    pub fn lies_open(path: &Path) -> Result<bool> {
        Ok(is_plain(path)?)
    }

    /// Makes a new event that is protected from the first byte on; the operator becomes headquarters' first. Returns the six
    /// words for the safe, which are kept nowhere.
    pub fn create_protected(path: &Path, ctx: &Ctx, new: &NewEvent<'_>, pin: &Pin) -> Result<(Self, String)> {
        pin.good()?;
        is_new(path)?;
        let (key, words) = (fresh_key(), six_words());
        let mut vault = Vault::new(path);
        vault.give(&ctx.operator, pin, Some(&key))?;
        vault.set_words(&words, &key)?;
        vault.save()?;
        let made = Self::create_fresh(path, ctx, new, Some(&DbKey::from_bytes(*key)));
        if made.is_err() {
            Vault::discard(path);
        }
        let mut desk = made?;
        desk.guard = Some(Guard::new(ctx.operator.clone()));
        desk.journal_arrival(ctx)?;
        Ok((desk, words))
    }

    /// Protects an open event: the operator becomes headquarters' first, the database is encrypted, and from then on it opens for
    /// operators only. Returns the six words for the safe. Backups made before lie open as they did.
    pub fn protect(path: &Path, ctx: &Ctx, pin: &Pin) -> Result<(Self, String)> {
        pin.good()?;
        if !is_plain(path)? && Vault::read(path)?.is_some() {
            return Err(DeskFault::AlreadyProtected.into());
        }
        Self::open(path)?.only_hq()?;
        let (key, words) = (fresh_key(), six_words());
        let mut vault = Vault::new(path);
        vault.give(&ctx.operator, pin, Some(&key))?;
        vault.set_words(&words, &key)?;
        let draft = Draft::new("event.protected").fact(state(&ctx.operator, &first()));
        crate::nothing_hidden(ctx, &draft)?;
        let done = Ledger::protect(path, &DbKey::from_bytes(*key), |sealed| {
            sealed.append(&ctx.stamp(), draft)?;
            // Before the encrypted database takes its name: it is never there without what opens it.
            Ok::<_, DeskError>(vault.save()?)
        });
        if done.is_err() && is_plain(path)? {
            Vault::discard(path);
        }
        done?;
        let mut desk = Self::with_key(path, &key)?;
        desk.guard = Some(Guard::new(ctx.operator.clone()));
        desk.journal_arrival(ctx)?;
        Ok((desk, words))
    }

    /// Opens a protected event for an operator, with their PIN.
    pub fn sign_in(path: &Path, ctx: &Ctx, pin: &Pin) -> Result<Self> {
        let key = vault_of(path)?.open(&ctx.operator, pin, ctx.now)?;
        let mut desk = Self::with_key(path, &key)?;
        desk.works_here(&ctx.operator)?;
        desk.guard = Some(Guard::new(ctx.operator.clone()));
        desk.journal_arrival(ctx)?;
        Ok(desk)
    }

    /// An operator of headquarters, or at a site its head, whose PIN is forgotten gets in with the six words and takes a new one.
    pub fn recover(path: &Path, ctx: &Ctx, words: &str, pin: &Pin) -> Result<Self> {
        pin.good()?;
        let mut vault = vault_of(path)?;
        let key = vault.open_with_words(words)?;
        let mut desk = Self::with_key(path, &key)?;
        desk.works_here(&ctx.operator)?;
        desk.guard = Some(Guard::new(ctx.operator.clone()));
        desk.record(ctx, |_| Ok((Draft::new("operator.recovered"), ())))?;
        vault = desk.vault()?;
        vault.give(&ctx.operator, pin, Some(&key))?;
        vault.save()?;
        Ok(desk)
    }

    /// Makes a database from a backup of a protected event, and signs in there.
    pub fn restore_as(backup: &Path, to: &Path, ctx: &Ctx, pin: &Pin) -> Result<Self> {
        let key = vault_for(to, vault_of(backup)?)?.open(&ctx.operator, pin, ctx.now);
        let made = key.map_err(DeskError::from).and_then(|key| {
            let key = DbKey::from_bytes(*key);
            Ledger::restore_under(backup, to, Some(&key))?;
            Ok(())
        });
        if made.is_err() {
            Vault::discard(to);
        }
        made?;
        Self::sign_in(to, ctx, pin)
    }

    /// Makes a new database of what can be read in a damaged one of a protected event and in its backups.
    pub fn mend_as(damaged: &Path, backups: &[PathBuf], to: &Path, ctx: &Ctx, pin: &Pin) -> Result<Mended> {
        let beside = std::iter::once(damaged).chain(backups.iter().map(PathBuf::as_path));
        let found = beside.map(Vault::read).find_map(|vault| vault.ok().flatten());
        let vault = found.ok_or_else(|| VaultFault::VaultMissing { file: damaged.display().to_string() })?;
        let key = vault_for(to, vault)?.open(&ctx.operator, pin, ctx.now);
        let made = key.map_err(DeskError::from).and_then(|key| {
            let key = DbKey::from_bytes(*key);
            Ok(Ledger::mend_under(damaged, backups, to, Some(&key))?)
        });
        if made.is_err() {
            Vault::discard(to);
        }
        made
    }

    pub(super) fn with_key(path: &Path, key: &DatabaseKey) -> Result<Self> {
        let ledger = Ledger::open_under(path, Some(&DbKey::from_bytes(**key)))?;
        let plan = ledger.one::<PlanFact>(&Only)?.ok_or(DeskFault::NoEvent)?;
        Ok(Self::over(ledger, Plan::read(&plan.value.text)?, path))
    }
}
