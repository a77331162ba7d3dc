//! Naming operators, withdrawing them, and their PINs.

use super::open::first;
use super::vouched;
use crate::error::{DeskFault, Result};
use crate::{Ctx, Desk};
use kaowu_core::facts::{OperatorFact, state};
use kaowu_core::identity::{Operator, SiteCode};
use kaowu_core::operators::{Role, works_here};
use kaowu_core::staff::Role as Duty;
use kaowu_ledger::Draft;
use kaowu_packet::six_words;
use kaowu_packet::vault::{DatabaseKey, Pin, Vault, VaultFault};
use serde::Serialize;
use std::collections::BTreeMap;

/// Whom headquarters names.
#[derive(Debug, Clone)]
pub struct NewOperator<'a> {
    /// Name as it goes into the journal.
    pub name: &'a Operator,
    /// What for; where none is given, what the plan says.
    pub roles: &'a [Role],
    /// Where; headquarters where no site is given.
    pub sites: &'a [SiteCode],
    /// Their PIN, typed by themselves; whoever is named already may keep theirs.
    pub pin: Option<&'a Pin>,
}

/// An operator in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OperatorRow {
    /// Name.
    pub name: Operator,
    /// What for.
    pub roles: Vec<Role>,
    /// Where; headquarters where no site stands.
    pub sites: Vec<SiteCode>,
    /// Works no more.
    pub withdrawn: bool,
    /// Named in the plan only.
    pub planned: bool,
    /// Has a PIN.
    pub pin: bool,
    /// Can open this database.
    pub here: bool,
}

impl Desk {
    /// Everybody who was named, and whom the plan names; in order of names.
    pub fn operators(&self) -> Result<Vec<OperatorRow>> {
        let vault = if self.is_protected() { Some(self.vault()?) } else { None };
        let opens = vault.as_ref().map(Vault::operators).unwrap_or_default();
        let row = |name: &Operator, fact: OperatorFact, planned: bool| OperatorRow {
            name: name.clone(),
            roles: fact.roles,
            sites: fact.sites,
            withdrawn: fact.withdrawn,
            planned,
            pin: vault.as_ref().is_some_and(|v| v.knows(name)),
            here: opens.contains(name),
        };
        let planned = self.planned_operators()?.into_iter().map(|(name, fact)| (name.clone(), row(&name, fact, true)));
        let mut rows: BTreeMap<Operator, OperatorRow> = planned.collect();
        for (name, held) in self.view().under::<OperatorFact>("")? {
            rows.insert(name.clone(), row(&name, held.value, false));
        }
        Ok(rows.into_values().collect())
    }

    /// Whom the plan names, and who is on duty at a site and keys there: nobody signs in before headquarters has named them.
    fn planned_operators(&self) -> Result<BTreeMap<Operator, OperatorFact>> {
        let mut out: BTreeMap<Operator, OperatorFact> = BTreeMap::new();
        for stage in &self.plan.stages {
            for (name, role, site) in self.staff_for_operators(&stage.id)? {
                let role = match role {
                    Duty::SiteHead | Duty::Chief => Role::SiteHead,
                    Duty::Invigilator => Role::Invigilator,
                    Duty::Secretary => Role::Secretary,
                    Duty::Checker => Role::Checker,
                    Duty::Judge | Duty::Inspector => continue,
                };
                let fact = out.entry(Operator(name)).or_insert(OperatorFact { roles: vec![], sites: vec![], withdrawn: false });
                if !fact.roles.contains(&role) {
                    fact.roles.push(role);
                }
                fact.sites.extend(site.filter(|site| !fact.sites.contains(site)));
            }
        }
        let named = self.plan.operators.iter();
        out.extend(named.map(|o| (o.name.clone(), OperatorFact { roles: o.roles.clone(), sites: o.sites.clone(), withdrawn: false })));
        Ok(out)
    }

    /// Headquarters names an operator, or changes what somebody may do.
    pub fn name_operator(&mut self, ctx: &Ctx, new: &NewOperator<'_>) -> Result<()> {
        self.hq_only(ctx, "operator.named")?;
        let vault = self.vault()?;
        let name = Operator(DeskFault::reason(new.name.as_str())?.to_owned());
        if let Some((other, _)) =
            self.view().under::<OperatorFact>("")?.into_iter().find(|(other, _)| *other != name && other.is_same_person(&name))
        {
            return Err(DeskFault::OperatorAlike { operator: name, other }.into());
        }
        let planned = self.planned_operators()?.remove(&name);
        let (roles, sites) = match planned.filter(|_| new.roles.is_empty()) {
            Some(planned) => (planned.roles.clone(), planned.sites.clone()),
            None => (new.roles.to_vec(), new.sites.to_vec()),
        };
        if roles.is_empty() {
            return Err(DeskFault::RolesNeeded { operator: name }.into());
        }
        if new.pin.is_none() && !vault.knows(&name) {
            return Err(DeskFault::PinNeeded { operator: name }.into());
        }
        new.pin.map(Pin::good).transpose()?;
        if new.pin.is_none() {
            vouched::check(&self.ledger, &vault, &name)?;
        }
        let fact = OperatorFact { roles, sites, withdrawn: false };
        let here = works_here(&fact, None);
        let work = |view: &crate::View<'_>| {
            if !(here && fact.roles.contains(&Role::Hq)) {
                another_hq(view, &name)?;
            }
            let replaced = view.replaced::<OperatorFact>([name.clone()])?;
            Ok(Draft::new("operator.named").with("operator", name.as_str()).fact(state(&name, &fact)).replacing(replaced))
        };
        if here || !vault.operators().contains(&name) {
            self.record_ahead(ctx, "operator.named", |view| Ok((work(view)?, ())))?;
        } else {
            // From headquarters to a site: what opened headquarters' database opens it no longer.
            self.record_and_rekey(ctx, &name, work)?;
        }
        let known = vault.credential(&name);
        self.revise_vault(ctx, |vault, key| match (new.pin, &known) {
            (Some(pin), _) => vault.give(&name, pin, here.then_some(key)),
            (None, Some(credential)) => vault.take_in(&name, credential.clone(), here.then_some(key)),
            (None, None) => Ok(()),
        })
    }

    /// Headquarters withdraws an operator: their PIN opens nothing any more, and the key of a database that it opened is another.
    pub fn withdraw_operator(&mut self, ctx: &Ctx, name: &Operator, reason: &str) -> Result<()> {
        self.hq_only(ctx, "operator.withdrawn")?;
        let reason = DeskFault::reason(reason)?;
        let work = |view: &crate::View<'_>| {
            let fact = view.operator(name)?.ok_or_else(|| DeskFault::OperatorUnknown { operator: name.clone() })?;
            another_hq(view, name)?;
            let fact = OperatorFact { withdrawn: true, ..fact };
            let replaced = view.replaced::<OperatorFact>([name.clone()])?;
            let draft = Draft::new("operator.withdrawn").with("operator", name.as_str()).because(reason);
            Ok(draft.fact(state(name, &fact)).replacing(replaced))
        };
        if self.vault()?.operators().contains(name) {
            self.record_and_rekey(ctx, name, work)?;
        } else {
            self.record(ctx, |view| Ok((work(view)?, ())))?;
            Vault::revise(&self.path, |vault| {
                vault.remove(name);
                Ok(())
            })?;
        }
        vouched::forget(&self.ledger, name)
    }

    /// Headquarters, or the head of a site there, gives somebody a new PIN: the old one is forgotten.
    pub fn give_pin(&mut self, ctx: &Ctx, name: &Operator, pin: &Pin) -> Result<()> {
        pin.good()?;
        self.vault()?;
        let here = self.record_ahead(ctx, "operator.pin-given", |view| {
            let fact = view.operator(name)?.ok_or_else(|| DeskFault::OperatorUnknown { operator: name.clone() })?;
            if fact.withdrawn {
                return Err(DeskFault::OperatorWithdrawn { operator: name.clone() }.into());
            }
            let giver = view.operator(&ctx.operator)?.unwrap_or_else(first);
            if fact.roles.contains(&Role::Hq) && !giver.roles.contains(&Role::Hq) {
                return Err(DeskFault::PinByHqOnly { operator: name.clone() }.into());
            }
            Ok((Draft::new("operator.pin-given").with("operator", name.as_str()), works_here(&fact, view.here()?.as_ref())))
        })?;
        self.revise_vault(ctx, |vault, key| vault.give(name, pin, here.then_some(key)))
    }

    /// Somebody changes their own PIN.
    pub fn change_pin(&mut self, ctx: &Ctx, old: &Pin, new: &Pin) -> Result<()> {
        new.good()?;
        // Counted like every other attempt.
        self.take_over(ctx, old)?;
        self.record_ahead(ctx, "operator.pin-changed", |_| Ok((Draft::new("operator.pin-changed"), ())))?;
        self.revise_vault(ctx, |vault, _| vault.change(&ctx.operator, old, new))
    }

    /// Six new words for the safe; those before open nothing any more.
    pub fn renew_words(&mut self, ctx: &Ctx) -> Result<String> {
        self.vault()?;
        self.record_ahead(ctx, "operator.words-renewed", |_| Ok((Draft::new("operator.words-renewed"), ())))?;
        let words = six_words();
        self.revise_vault(ctx, |vault, key| vault.set_words(&words, key))?;
        Ok(words)
    }

    /// Changes the vault as an entry has just said; where it cannot be, another says that.
    pub(super) fn revise_vault(
        &mut self,
        ctx: &Ctx,
        change: impl FnOnce(&mut Vault, &DatabaseKey) -> std::result::Result<(), VaultFault>,
    ) -> Result<()> {
        let key = self.database_key();
        let done = key.and_then(|key| vouched::revise(&self.ledger, &self.path, |vault| change(vault, &key)));
        self.confirmed(ctx, done)
    }

    pub(super) fn database_key(&self) -> Result<DatabaseKey> {
        let key = self.ledger.secret().ok_or(DeskFault::NotProtected)?;
        Ok(DatabaseKey::new(*key.bytes()))
    }
}

/// Somebody at headquarters must stay.
fn another_hq(view: &crate::View<'_>, but: &Operator) -> Result<()> {
    let stays = |fact: &OperatorFact| works_here(fact, None) && fact.roles.contains(&Role::Hq);
    let named = view.under::<OperatorFact>("")?;
    if named.iter().any(|(name, held)| name != but && stays(&held.value)) || !named.iter().any(|(name, _)| name == but) {
        return Ok(());
    }
    Err(DeskFault::LastHq { operator: but.clone() }.into())
}
