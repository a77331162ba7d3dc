//! Whose slots in the vault are genuine. The vault is a file that anybody changes who can write there, and it proves nothing of itself. So
//! the encrypted database beside it keeps every public side for which this program closed a key: whatever else stands in the
//! vault opens nothing here, goes to no site, and is given no new key.

use crate::error::Result;
use kaowu_core::facts::{BriefFact, Only, OperatorFact};
use kaowu_core::identity::Operator;
use kaowu_core::operators::works_here;
use kaowu_ledger::Ledger;
use kaowu_packet::vault::{Vault, VaultFault};
use std::path::Path;

/// Beside the journal: that the database keeps them at all. One of an earlier version does not yet.
const KEPT: &str = "vouched";
/// The six words, where an operator's name would stand.
const WORDS: &str = "";

fn place(name: &str) -> String {
    format!("{KEPT}/{name}")
}

fn knows(ledger: &Ledger, name: &str, recipient: &str) -> Result<bool> {
    Ok(ledger.meta_get(&place(name))?.is_some_and(|known| known.split(' ').any(|one| one == recipient)))
}

fn add(ledger: &Ledger, name: &str, recipient: &str) -> Result<()> {
    if knows(ledger, name, recipient)? {
        return Ok(());
    }
    let known = ledger.meta_get(&place(name))?.unwrap_or_default();
    Ok(ledger.meta_set(&place(name), format!("{known} {recipient}").trim_start())?)
}

/// Keeps all that a vault holds now: where the database was just made, or where an earlier version made it.
pub(super) fn vouch_all(ledger: &Ledger, vault: &Vault) -> Result<()> {
    let (slots, words) = vault.recipients();
    for (operator, recipient) in &slots {
        add(ledger, operator.as_str(), recipient)?;
    }
    if let Some(words) = &words {
        add(ledger, WORDS, words)?;
    }
    Ok(ledger.meta_set(KEPT, "1")?)
}

/// Takes over what a vault of an earlier version holds. Nobody writes into an archive, which has a vault of its own.
pub(super) fn begin(ledger: &Ledger, path: &Path) -> Result<()> {
    if ledger.sealed().is_some() || ledger.meta_get(KEPT)?.is_some() {
        return Ok(());
    }
    Vault::read(path)?.map_or(Ok(()), |vault| vouch_all(ledger, &vault))
}

fn is_kept(ledger: &Ledger) -> Result<bool> {
    Ok(ledger.sealed().is_none() && ledger.meta_get(KEPT)?.is_some())
}

/// Refuses an operator whose slot another program, or somebody's hand, wrote.
pub(super) fn check(ledger: &Ledger, vault: &Vault, operator: &Operator) -> Result<()> {
    if is_kept(ledger)? {
        for (_, recipient) in vault.recipients().0.iter().filter(|(of, _)| of == operator) {
            if !knows(ledger, operator.as_str(), recipient)? {
                return Err(VaultFault::VaultAltered { operator: operator.clone() }.into());
            }
        }
    }
    Ok(())
}

/// The same of the six words.
pub(super) fn check_words(ledger: &Ledger, vault: &Vault) -> Result<()> {
    match vault.recipients().1 {
        Some(words) if is_kept(ledger)? && !knows(ledger, WORDS, &words)? => Err(VaultFault::VaultWordsAltered.into()),
        _ => Ok(()),
    }
}

/// Who gets no new key when a vault is closed anew: whoever does not work here, as the journal says. Where somebody's slot is not
/// theirs this is refused by name, for they would be locked out.
pub(super) fn strangers(ledger: &Ledger, vault: &Vault) -> Result<Vec<Operator>> {
    if !is_kept(ledger)? {
        return Ok(vec![]);
    }
    check_words(ledger, vault)?;
    let here = ledger.one::<BriefFact>(&Only)?.map(|held| held.value.site);
    let mut out = Vec::new();
    for operator in vault.operators() {
        match ledger.one::<OperatorFact>(&operator)? {
            Some(held) if works_here(&held.value, here.as_ref()) => check(ledger, vault, &operator)?,
            _ => out.push(operator),
        }
    }
    Ok(out)
}

/// Changes a vault, and keeps for whom keys were closed by that. First, so that nobody is locked out where the power goes between.
pub(super) fn revise(ledger: &Ledger, path: &Path, change: impl FnOnce(&mut Vault) -> Result<(), VaultFault>) -> Result<()> {
    begin(ledger, path)?;
    Vault::revise_with(path, |vault| {
        let (before, words) = vault.recipients();
        change(vault)?;
        let (after, now) = vault.recipients();
        for (operator, recipient) in after.iter().filter(|slot| !before.contains(slot)) {
            add(ledger, operator.as_str(), recipient)?;
        }
        now.filter(|now| words.as_ref() != Some(now)).map_or(Ok(()), |now| add(ledger, WORDS, &now))
    })
}

/// Whoever was withdrawn is nobody in the vault from now on.
pub(super) fn forget(ledger: &Ledger, operator: &Operator) -> Result<()> {
    Ok(ledger.meta_remove(&place(operator.as_str()))?)
}
