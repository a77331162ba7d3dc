//! The gate: nothing is written but by somebody who is signed in and may, and by the second people who proved to be there.

use super::act_words;
use crate::error::{DeskError, DeskFault, Result};
use crate::{Ctx, Desk, View};
use chrono::{DateTime, FixedOffset};
use kaowu_core::coded::Coded;
use kaowu_core::identity::Operator;
use kaowu_core::operators::{Second, act_of, may, may_second};
use kaowu_ledger::{DbKey, Draft, Stamp};
use kaowu_packet::vault::{Pin, Vault, VaultFault};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Who is at a desk of a protected event.
pub(crate) struct Guard {
    signed_in: Operator,
    /// Second people whose PIN was right: for the next act, and only for that.
    proven: BTreeSet<Operator>,
    /// Who came is yet to be written down: a copy takes no entry before it goes on under its own key.
    arrived: bool,
}

impl Guard {
    pub(crate) fn new(signed_in: Operator) -> Self {
        Self { signed_in, proven: BTreeSet::new(), arrived: true }
    }

    pub(crate) fn signed_in(&self) -> &Operator {
        &self.signed_in
    }

    /// The seconds who proved to be there; they are spent on this act, whatever becomes of it.
    pub(crate) fn take_proven(&mut self) -> BTreeSet<Operator> {
        std::mem::take(&mut self.proven)
    }

    /// Refuses an act of somebody who is not signed in, or may not.
    pub(crate) fn may(&self, view: &View<'_>, operator: &Operator, kind: &str) -> Result<()> {
        if *operator != self.signed_in {
            return Err(DeskFault::OperatorNotSignedIn { operator: operator.clone() }.into());
        }
        let named = view.operator(operator)?;
        if named.is_some_and(|fact| may(&fact, kind, view.here().ok().flatten().as_ref())) {
            return Ok(());
        }
        Err(DeskFault::OperatorMayNot { operator: operator.clone(), act: act_words(kind) }.into())
    }

    /// Holds what is to be written against the table; second people are named in it.
    pub(crate) fn admit(&self, view: &View<'_>, ctx: &Ctx, proven: &BTreeSet<Operator>, draft: Draft) -> Result<Draft> {
        self.may(view, &ctx.operator, &draft.kind)?;
        let Some(act) = act_of(&draft.kind) else { return Ok(draft) };
        let words = || act_words(act.kind);
        let named: BTreeSet<&Operator> = match act.second {
            Second::No => return Ok(draft),
            Second::Named(_) => draft.seconds.iter().collect(),
            Second::Always(_) if draft.seconds.is_empty() => proven.iter().collect(),
            Second::Always(_) => draft.seconds.iter().collect(),
        };
        if named.contains(&ctx.operator) {
            return Err(DeskFault::SecondIsSelf.into());
        }
        if named.is_empty() && matches!(act.second, Second::Always(_)) {
            return Err(DeskFault::SecondPinNeeded { act: words() }.into());
        }
        let here = view.here()?;
        for operator in &named {
            if !proven.contains(*operator) {
                return Err(DeskFault::SecondNotProven { operator: (*operator).clone() }.into());
            }
            if !view.operator(operator)?.is_some_and(|fact| may_second(&fact, act, here.as_ref())) {
                return Err(DeskFault::SecondMayNot { operator: (*operator).clone(), act: words() }.into());
            }
        }
        let names = named.iter().map(|operator| operator.as_str()).collect::<Vec<_>>().join("、");
        Ok(if names.is_empty() { draft } else { draft.with("second", names) })
    }
}

/// What is to be written, once the gate lets it through; in an open event there is none.
pub(crate) fn admitted(guard: Option<&Guard>, view: &View<'_>, ctx: &Ctx, proven: &BTreeSet<Operator>, draft: Draft) -> Result<Draft> {
    crate::nothing_hidden(ctx, &draft)?;
    match guard {
        Some(guard) => guard.admit(view, ctx, proven, draft),
        None => Ok(draft),
    }
}

/// Whether a refusal is the gate's.
pub(crate) fn is_denial(error: &DeskError) -> bool {
    matches!(
        error,
        DeskError::Desk(
            DeskFault::OperatorNotSignedIn { .. }
                | DeskFault::OperatorMayNot { .. }
                | DeskFault::SecondPinNeeded { .. }
                | DeskFault::SecondNotProven { .. }
                | DeskFault::SecondMayNot { .. }
                | DeskFault::SecondIsSelf
        )
    )
}

impl Desk {
    /// Whether the gate lets somebody do this, for what leaves no entry.
    pub(crate) fn allowed(&self, ctx: &Ctx, kind: &str) -> Result<()> {
        self.guard.as_ref().map_or(Ok(()), |guard| guard.may(&self.view(), &ctx.operator, kind))
    }

    /// Refuses before anything is done what the gate would refuse when it is written down: for acts that reach further than
    /// the journal.
    pub(crate) fn may(&mut self, ctx: &Ctx, kind: &str) -> Result<()> {
        let allowed = self.allowed(ctx, kind);
        if let Err(error) = &allowed {
            self.journal_denied(ctx, kind, error)?;
        }
        allowed
    }

    /// The same of an act that takes a second person: somebody else has proved to be there.
    pub(crate) fn may_with_second(&mut self, ctx: &Ctx, kind: &str) -> Result<()> {
        self.may(ctx, kind)?;
        let Some(guard) = &self.guard else { return Ok(()) };
        let allowed = guard.admit(&self.view(), ctx, &guard.proven, Draft::new(kind)).map(|_| ());
        if let Err(error) = &allowed {
            self.journal_denied(ctx, kind, error)?;
        }
        allowed
    }

    /// The same of an act that names its second people; they are spent.
    pub(crate) fn may_with(&mut self, ctx: &Ctx, kind: &str, named: &[Operator]) -> Result<()> {
        let Some(guard) = self.guard.as_mut() else { return Ok(()) };
        let proven = guard.take_proven();
        let Some(guard) = &self.guard else { return Ok(()) };
        let allowed = guard.admit(&self.view(), ctx, &proven, Draft::new(kind).with_seconds(named.iter().cloned())).map(|_| ());
        if let Err(error) = &allowed {
            self.journal_denied(ctx, kind, error)?;
        }
        allowed
    }

    /// Writes down what the gate refused: who wanted what, and why not.
    pub(crate) fn journal_denied(&mut self, ctx: &Ctx, kind: &str, error: &DeskError) -> Result<()> {
        let Some(guard) = &self.guard else { return Ok(()) };
        if self.ledger.is_copy() {
            return Ok(());
        }
        let operator = guard.signed_in.clone();
        let draft = Draft::new("operator.denied").with("operator", ctx.operator.as_str()).with("act", kind).with("why", error.code());
        self.ledger.append(&Stamp { operator, ..ctx.stamp() }, draft)?;
        Ok(())
    }

    /// Writes down who came, and which attempts were refused before.
    pub(crate) fn journal_arrival(&mut self, ctx: &Ctx) -> Result<()> {
        let Some(guard) = self.guard.as_mut() else { return Ok(()) };
        if !guard.arrived || self.ledger.is_copy() {
            return Ok(());
        }
        let stamp = Stamp { operator: guard.signed_in.clone(), ..ctx.stamp() };
        self.journal_refused(ctx)?;
        self.ledger.append(&stamp, Draft::new("operator.signed-in"))?;
        if let Some(guard) = self.guard.as_mut() {
            guard.arrived = false;
        }
        Ok(())
    }

    /// Takes attempts that were refused out of the vault into the journal.
    fn journal_refused(&mut self, ctx: &Ctx) -> Result<()> {
        let Some(guard) = &self.guard else { return Ok(()) };
        let mut vault = self.vault()?;
        let (attempts, more) = vault.refused();
        if attempts.is_empty() || self.ledger.is_copy() {
            return Ok(());
        }
        let listed: Vec<Value> = attempts.iter().map(|a| json!(format!("{} {} {}", a.operator, a.t.to_rfc3339(), a.why))).collect();
        let draft = Draft::new("operator.refused").with("attempts", listed).with("more", more);
        self.ledger.append(&Stamp { operator: guard.signed_in.clone(), ..ctx.stamp() }, draft)?;
        // Killed here, or with another program quicker, they stand in the journal twice, and not once too few.
        vault.forget_refused();
        match vault.save() {
            Ok(()) | Err(VaultFault::VaultChanged) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// A second person proves with their own PIN to be there: for the next act, and only for that.
    pub fn prove(&mut self, ctx: &Ctx, operator: &Operator, pin: &Pin) -> Result<()> {
        self.journal_arrival(ctx)?;
        let Some(guard) = &self.guard else { return Err(DeskFault::NotProtected.into()) };
        if *operator == guard.signed_in {
            return Err(DeskFault::SecondIsSelf.into());
        }
        if let Err(error) = self.right_pin(operator, pin, ctx.now) {
            self.journal_refused(ctx)?;
            return Err(error);
        }
        let known = self.view().operator(operator)?.is_some_and(|fact| !fact.withdrawn);
        if !known {
            return Err(DeskFault::OperatorWithdrawn { operator: operator.clone() }.into());
        }
        if !self.ledger.is_copy() {
            let signed_in = self.signed_in().cloned().unwrap_or_default();
            let draft = Draft::new("operator.proved").with("operator", operator.as_str());
            self.ledger.append(&Stamp { operator: signed_in, ..ctx.stamp() }, draft)?;
        }
        if let Some(guard) = self.guard.as_mut() {
            guard.proven.insert(operator.clone());
        }
        Ok(())
    }

    /// Somebody signs in at this desk, in place of whoever was or to unlock it.
    pub fn take_over(&mut self, ctx: &Ctx, pin: &Pin) -> Result<()> {
        if let Err(error) = self.right_pin(&ctx.operator, pin, ctx.now) {
            self.journal_refused(ctx)?;
            return Err(error);
        }
        self.works_here(&ctx.operator)?;
        self.guard = Some(Guard::new(ctx.operator.clone()));
        self.journal_arrival(ctx)
    }

    /// An operator's PIN opens this very database.
    fn right_pin(&self, operator: &Operator, pin: &Pin, now: DateTime<FixedOffset>) -> Result<()> {
        let mut vault = self.vault()?;
        let opened = vault.open(operator, pin, now)?;
        let opens = |key: &DbKey| std::iter::once(&opened.key).chain(&opened.next).any(|given| **given == *key.bytes());
        let same = self.ledger.secret().is_some_and(opens);
        if same { Ok(()) } else { Err(VaultFault::VaultDamaged.into()) }
    }

    /// Refuses somebody who was withdrawn, or works elsewhere.
    pub(crate) fn works_here(&self, operator: &Operator) -> Result<()> {
        let view = self.view();
        match view.operator(operator)? {
            Some(fact) if fact.withdrawn => Err(DeskFault::OperatorWithdrawn { operator: operator.clone() }.into()),
            Some(fact) if kaowu_core::operators::works_here(&fact, view.here()?.as_ref()) => Ok(()),
            Some(_) => Err(VaultFault::WorksElsewhere { operator: operator.clone() }.into()),
            None => Err(DeskFault::OperatorUnknown { operator: operator.clone() }.into()),
        }
    }

    /// Seconds each operator has to wait before a PIN is looked at, for the screen that asks for it.
    pub fn who_may_open(path: &std::path::Path, now: DateTime<FixedOffset>) -> Result<Vec<(Operator, u64)>> {
        let Some(vault) = Vault::read(path)? else { return Ok(vec![]) };
        Ok(vault.operators().into_iter().map(|operator| (operator.clone(), vault.waits(&operator, now))).collect())
    }
}
