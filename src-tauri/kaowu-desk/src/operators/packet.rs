//! Operators on the way to a site: their secrets travel closed in its packet, and open its database there.

use super::act_words;
use super::open::{fitting, vault_of};
use super::rekey::rekeyed;
use super::vouched;
use crate::error::{DeskError, DeskFault, Result};
use crate::event::new_part;
use crate::{Ctx, Desk, View};
use kaowu_core::facts::{BriefFact, FactKey, Only, OperatorFact, Topic};
use kaowu_core::identity::{Operator, SiteCode};
use kaowu_core::journal::Fact;
use kaowu_core::operators::may;
use kaowu_ledger::{DbKey, Genesis, Ledger, OPENING, is_plain};
use kaowu_packet::keys::generate_seed;
use kaowu_packet::vault::{Credential, DatabaseKey, Pin, Vault, VaultFault, WordsCredential};
use serde::{Deserialize, Serialize};
use std::path::Path;

/// An operator of a site, as its packet brings them.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct SiteOperator {
    pub(crate) name: Operator,
    pub(crate) credential: Credential,
}

/// The operators of a site; refused where there are none, for its laptop would lie open.
pub(crate) fn issued_operators(desk: &Desk, site: &SiteCode) -> Result<Vec<SiteOperator>> {
    if !desk.is_protected() {
        return Ok(vec![]);
    }
    let vault = desk.vault()?;
    let named = desk.view().operators_of(site)?;
    for (name, _) in &named {
        // What somebody else wrote into the file would make them one of the site.
        vouched::check(&desk.ledger, &vault, name)?;
    }
    let of = |(name, _): (Operator, OperatorFact)| Some(SiteOperator { credential: vault.credential(&name)?, name });
    let found: Vec<SiteOperator> = named.into_iter().filter_map(of).collect();
    if found.is_empty() { Err(DeskFault::NoSiteOperators { site: site.clone() }.into()) } else { Ok(found) }
}

impl View<'_> {
    /// Operators named for a site who still work.
    pub(crate) fn operators_of(&self, site: &SiteCode) -> Result<Vec<(Operator, OperatorFact)>> {
        let all = self.under::<OperatorFact>("")?.into_iter().map(|(name, held)| (name, held.value));
        Ok(all.filter(|(_, fact)| !fact.withdrawn && fact.sites.contains(site)).collect())
    }
}

/// Whether the packet itself lets somebody open it: as one of its operators, in a role that may. A packet without operators is
/// of an open event.
pub(crate) fn may_open(operators: &[SiteOperator], facts: &[Fact], ctx: &Ctx) -> Result<()> {
    if operators.is_empty() {
        return Ok(());
    }
    let value = |name: &str, key: &str| facts.iter().find(|f| f.topic == name && f.key == key).map(|f| f.value.clone());
    let named: Option<OperatorFact> = value(OperatorFact::NAME, &ctx.operator.text()).and_then(|v| serde_json::from_value(v).ok());
    let brief: Option<BriefFact> = value(BriefFact::NAME, &Only.text()).and_then(|v| serde_json::from_value(v).ok());
    let listed = operators.iter().any(|o| o.name == ctx.operator);
    match (named.filter(|_| listed), brief) {
        (None, _) | (_, None) => Err(DeskFault::PacketNeedsSignIn { operators: operators.iter().map(|o| o.name.clone()).collect() }.into()),
        (Some(fact), Some(brief)) if may(&fact, OPENING, Some(&brief.site)) => Ok(()),
        (Some(_), Some(_)) => Err(DeskFault::OperatorMayNot { operator: ctx.operator.clone(), act: act_words(OPENING) }.into()),
    }
}

/// The laptop's database of a packet with operators: a new one, or the one it made before, once `fits` says that it is of the
/// same post.
pub(crate) fn site_ledger(
    db: &Path,
    ctx: &Ctx,
    (operators, recovery): (&[SiteOperator], Option<&WordsCredential>),
    pin: Option<&Pin>,
    genesis: impl FnOnce() -> Genesis,
    fits: impl Fn(&Ledger) -> Result<()>,
) -> Result<Ledger> {
    let pin = pin.ok_or_else(|| DeskFault::PacketNeedsSignIn { operators: operators.iter().map(|o| o.name.clone()).collect() })?;
    if db.exists() && !is_plain(db)? {
        let mut vault = vault_of(db)?;
        let keys = vault.open(&ctx.operator, pin, ctx.now)?;
        let key = fitting(db, &keys)?;
        let mut ledger = Ledger::open_under(db, Some(&DbKey::from_bytes(*key)))?;
        fits(&ledger)?;
        vouched::begin(&ledger, db)?;
        vouched::check(&ledger, &vault, &ctx.operator)?;
        let gone: Vec<Operator> = vault.operators().into_iter().filter(|name| !operators.iter().any(|o| o.name == *name)).collect();
        if !gone.is_empty() {
            // No exam waits for it: where it cannot be done (a full disk, another window), the packet opens all the same.
            let _under_the_old_key = rekeyed(&mut ledger, db, &gone, |_| Ok(()));
        }
        let key = ledger.secret().map_or(key, |key| DatabaseKey::new(*key.bytes()));
        vouched::revise(&ledger, db, |vault| renew(vault, operators, recovery, &key))?;
        return Ok(ledger);
    }
    if db.exists() {
        fits(&Ledger::open(db)?)?;
    }
    let key = DatabaseKey::new(generate_seed());
    // Where wrong PINs were typed before there was a database, they stand in the vault that was to be its own.
    let mut vault = Vault::read(db)?.unwrap_or_else(|| Vault::new(db));
    for operator in operators {
        vault.take_in(&operator.name, operator.credential.clone(), Some(&key))?;
    }
    renew(&mut vault, operators, recovery, &key)?;
    vault.save()?;
    let sealed = DbKey::from_bytes(*key);
    let made = vault.open(&ctx.operator, pin, ctx.now).map_err(DeskError::from).and_then(|_| {
        if db.exists() {
            // An earlier packet came from an event that was open then.
            Ledger::protect(db, &sealed, |_| Ok::<_, DeskError>(()))?;
            Ok(Ledger::open_under(db, Some(&sealed))?)
        } else {
            Ok(Ledger::create_under(&new_part(db)?, &genesis(), Some(&sealed))?)
        }
    });
    let wrong = |e: &DeskError| matches!(e, DeskError::Vault(_));
    if made.as_ref().is_err_and(|e| !wrong(e)) && (!db.exists() || is_plain(db)?) {
        Vault::discard(db);
    }
    let ledger = made?;
    vouched::vouch_all(&ledger, &vault)?;
    Ok(ledger)
}

/// The vault holds the packet's operators and opens for the words that headquarters keeps. Who changed their own PIN here keeps it: the secret is the
/// same. Where headquarters gave a new one, the packet's counts.
fn renew(vault: &mut Vault, operators: &[SiteOperator], recovery: Option<&WordsCredential>, key: &DatabaseKey) -> Result<(), VaultFault> {
    for gone in vault.operators().into_iter().filter(|name| !operators.iter().any(|o| o.name == *name)) {
        vault.remove(&gone);
    }
    for operator in operators {
        if !vault.credential(&operator.name).is_some_and(|known| known.is_same_secret(&operator.credential)) {
            vault.take_in(&operator.name, operator.credential.clone(), Some(key))?;
        }
    }
    vault.take_in_words(recovery, key)
}
