//! Protecting an event, opening a protected one, and getting in with the six words.

use super::{Guard, vouched};
use crate::error::{DeskError, DeskFault, Result};
use crate::event::{NewEvent, new_part};
use crate::{Ctx, Desk};
use kaowu_core::facts::{Only, OperatorFact, PlanFact, state};
use kaowu_core::identity::Operator;
use kaowu_core::operators::Role;
use kaowu_core::plan::Plan;
use kaowu_ledger::{DbKey, Draft, Ledger, LedgerError, Mended, StoreFault, is_plain};
use kaowu_packet::keys::generate_seed;
use kaowu_packet::six_words;
use kaowu_packet::vault::{DatabaseKey, DatabaseKeys, Pin, Vault, VaultFault};
use std::path::{Path, PathBuf};

pub(super) fn fresh_key() -> DatabaseKey {
    DatabaseKey::new(generate_seed())
}

pub(super) fn vault_of(path: &Path) -> Result<Vault> {
    Vault::read(path)?.ok_or_else(|| VaultFault::VaultMissing { file: path.display().to_string() }.into())
}

/// The key that fits a database. What a change of the key left behind that was cut off is put in order: if the database was
/// placed, the change is ended; if not, it never was.
pub(super) fn fitting(path: &Path, keys: &DatabaseKeys) -> Result<DatabaseKey> {
    let fits = |key: &DatabaseKey| Ledger::opens_under(path, &DbKey::from_bytes(**key));
    if let Some(next) = &keys.next {
        let ended = fits(next)?;
        if ended || fits(&keys.key)? {
            let _next_time = Vault::settle_change(path, ended);
        }
        return Ok(if ended { next.clone() } else { keys.key.clone() });
    }
    if !fits(&keys.key)? {
        // The PIN was right, so this vault is of another file or of a time before the key was changed.
        return Err(VaultFault::VaultDoesNotFit { file: path.display().to_string() }.into());
    }
    Ok(keys.key.clone())
}

/// Opens the vault of a backup, where the attempt is counted, and puts one beside the database that is to be made. A vault on a
/// stick that nobody writes to cannot count: whoever has that can copy it all the same.
fn counted(source: &mut Vault, to: &Path, ctx: &Ctx, pin: &Pin) -> Result<DatabaseKeys> {
    match source.open(&ctx.operator, pin, ctx.now) {
        Err(VaultFault::VaultUnwritable { .. }) => {
            source.save_beside(to)?;
            Ok(vault_of(to)?.open(&ctx.operator, pin, ctx.now)?)
        }
        opened => {
            let keys = opened?;
            source.save_beside(to)?;
            Ok(keys)
        }
    }
}

fn is_new(path: &Path) -> Result<()> {
    if path.exists() {
        return Err(LedgerError::from(StoreFault::DatabaseExists { file: path.display().to_string() }).into());
    }
    Ok(())
}

/// Takes away the vault of a database that could not be made. One that has its name stands, though it could not be opened just
/// now: it is not left without what opens it.
pub(crate) fn not_made(path: &Path) {
    if !path.exists() {
        Vault::discard(path);
    }
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
        Self::protected_from(path, ctx, pin, |key| Self::create_fresh(path, ctx, new, Some(key)))
    }

    /// The same of whatever makes the database under a key.
    pub(crate) fn protected_from(path: &Path, ctx: &Ctx, pin: &Pin, make: impl FnOnce(&DbKey) -> Result<Self>) -> Result<(Self, String)> {
        pin.good()?;
        is_new(path)?;
        let (key, words) = (fresh_key(), six_words());
        let mut vault = Vault::new(path);
        vault.give(&ctx.operator, pin, Some(&key))?;
        vault.set_words(&words, &key)?;
        vault.save().inspect_err(|_| Vault::discard(path))?;
        let made = make(&DbKey::from_bytes(*key));
        if made.is_err() {
            not_made(path);
        }
        let mut desk = made?;
        vouched::vouch_all(&desk.ledger, &vault)?;
        desk.guard = Some(Guard::new(ctx.operator.clone()));
        // The event stands: whatever becomes of this entry, which else comes before the next, the words are told.
        let _next_time = desk.journal_arrival(ctx);
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
        vouched::vouch_all(&desk.ledger, &vault)?;
        desk.guard = Some(Guard::new(ctx.operator.clone()));
        let _next_time = desk.journal_arrival(ctx);
        Ok((desk, words))
    }

    /// Opens a protected event for an operator, with their PIN.
    pub fn sign_in(path: &Path, ctx: &Ctx, pin: &Pin) -> Result<Self> {
        let mut vault = vault_of(path)?;
        let keys = vault.open(&ctx.operator, pin, ctx.now)?;
        let fits = fitting(path, &keys);
        if let Err(DeskError::Vault(VaultFault::VaultDoesNotFit { .. })) = &fits {
            // Somebody withdrawn, with a vault of before: what is known of it stays in that vault.
            vault.refuse_for(&ctx.operator, ctx.now, "vault-does-not-fit")?;
        }
        let mut desk = Self::with_key(path, &fits?)?;
        vouched::begin(&desk.ledger, path)?;
        desk.genuine(&mut vault, ctx)?;
        desk.let_in(ctx)?;
        Ok(desk)
    }

    /// An operator of headquarters, or at a site its head, whose PIN is forgotten gets in with the six words and takes a new one.
    /// At a site headquarters keeps the words; an earlier version had taken its packet's, which everybody knows who opened it.
    pub fn recover(path: &Path, ctx: &Ctx, words: &str, pin: &Pin) -> Result<Self> {
        pin.good()?;
        let mut vault = vault_of(path)?;
        let keys = vault.open_with_words(&ctx.operator, words, ctx.now)?;
        let key = fitting(path, &keys)?;
        let mut desk = Self::with_key(path, &key)?;
        if desk.view().here()?.is_some() && !vault.words_are_elsewhere() {
            desk.guard = Some(Guard::new(ctx.operator.clone()));
            return desk.noted(ctx, "operator.recovered", Err(DeskFault::RecoveryByHq.into()));
        }
        vouched::begin(&desk.ledger, path)?;
        vouched::check_words(&desk.ledger, &vault)?;
        desk.let_in(ctx)?;
        desk.record_ahead(ctx, "operator.recovered", |_| Ok((Draft::new("operator.recovered"), ())))?;
        desk.revise_vault(ctx, |vault, key| {
            if !vault.can_change() {
                // They are said here: from now on the key can be changed without them.
                vault.set_words(words, key)?;
            }
            vault.give(&ctx.operator, pin, Some(key))
        })?;
        Ok(desk)
    }

    /// Makes a database from a backup of a protected event, and signs in there.
    pub fn restore_as(backup: &Path, to: &Path, ctx: &Ctx, pin: &Pin) -> Result<Self> {
        is_new(to)?;
        let mut source = vault_of(backup)?;
        let opened = counted(&mut source, to, ctx, pin);
        let made = opened.and_then(|keys| {
            let under = |key: &DatabaseKey| Ledger::restore_under(backup, to, Some(&DbKey::from_bytes(**key)));
            // A backup that was made while the key was being changed stands under one of the two.
            match (under(&keys.key), keys.next) {
                (Err(LedgerError::Store(StoreFault::NotADatabase { .. })), Some(next)) => under(&next)?,
                (made, _) => made?,
            };
            Ok(())
        });
        if made.is_err() {
            not_made(to);
        }
        made?;
        Self::sign_in(to, ctx, pin)
    }

    /// Makes a new database of what can be read in a damaged one of a protected event and in its backups.
    pub fn mend_as(damaged: &Path, backups: &[PathBuf], to: &Path, ctx: &Ctx, pin: &Pin) -> Result<Mended> {
        let beside = std::iter::once(damaged).chain(backups.iter().map(PathBuf::as_path));
        let vaults: Vec<Vault> = beside.filter_map(|file| Vault::read(file).ok().flatten()).collect();
        let mut first = vaults.first().cloned().ok_or_else(|| VaultFault::VaultMissing { file: damaged.display().to_string() })?;
        let part = new_part(to)?;
        let opened = counted(&mut first, to, ctx, pin);
        let made = opened.and_then(|keys| {
            // The key was changed whenever somebody was withdrawn: what was made before has another.
            let others = vaults.iter().skip(1).filter_map(|vault| vault.open_as_well(&ctx.operator, pin));
            let all: Vec<DatabaseKey> =
                std::iter::once(keys).chain(others).flat_map(|keys| std::iter::once(keys.key).chain(keys.next)).collect();
            let mut distinct: Vec<DbKey> = Vec::new();
            for key in all.iter().map(|key| DbKey::from_bytes(**key)) {
                if !distinct.contains(&key) {
                    distinct.push(key);
                }
            }
            let mended = Ledger::mend_under(damaged, backups, &part, &distinct)?;
            let ledger = Ledger::open_under(&part, distinct.first())?;
            // What is kept beside the journal may be of an older backup than the vault, by whose PIN this is done.
            let vault = vault_of(to)?;
            if vault.open_as_well(&ctx.operator, pin).is_some() {
                vouched::vouch_all(&ledger, &vault)?;
            }
            ledger.place_new(&part, to)?;
            Ok(mended)
        });
        if made.is_err() {
            Ledger::discard(&part);
            not_made(to);
        }
        made
    }

    pub(super) fn with_key(path: &Path, key: &DatabaseKey) -> Result<Self> {
        let ledger = Ledger::open_under(path, Some(&DbKey::from_bytes(**key)))?;
        let plan = ledger.one::<PlanFact>(&Only)?.ok_or(DeskFault::NoEvent)?;
        Ok(Self::over(ledger, Plan::read(&plan.value.text)?, path))
    }
}
