//! The gate: nothing is written but by somebody who is signed in and may, and by the second people who proved to be there.

use super::{act_words, vouched};
use crate::error::{DeskError, DeskFault, Result};
use crate::{Ctx, Desk, View};
use chrono::{DateTime, FixedOffset};
use kaowu_core::coded::Coded;
use kaowu_core::facts::{OperatorFact, Topic};
use kaowu_core::identity::Operator;
use kaowu_core::operators::{Second, act_of, may, may_second, takes_second};
use kaowu_ledger::{DbKey, Draft, Stamp};
use kaowu_packet::vault::{Attempt, Pin, Vault, VaultFault};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// Milliseconds for which a second person's PIN holds.
const HOLDS: u64 = 2 * 60 * 1000;

/// An act, and what it is about.
pub(crate) type Subject = [u8; 32];

/// What a second person's word is given for: the kind, and all that the entry would say, so that it is not spent on another of its
/// kind. Where the entry says the time or how far the journal is, the use case says what it asks ([`Draft::asking`]).
fn subject(draft: &Draft) -> Subject {
    let said = match &draft.asks {
        Some(asked) => serde_json::to_vec(&(&draft.kind, asked)),
        None => serde_json::to_vec(&(&draft.kind, &draft.about, &draft.facts, &draft.supersedes)),
    };
    Sha256::digest(said.unwrap_or_default()).into()
}

/// What was refused for want of a second person: whoever types their PIN next does so for that.
pub(crate) fn asked<O>(done: &Result<O>, draft: &Draft) -> Option<Subject> {
    let wants = |error: &DeskError| ["second-pin-needed", "second-not-proven"].contains(&error.code().as_str());
    done.as_ref().err().filter(|error| wants(error)).map(|_| subject(draft))
}

/// The second people that the gate let through are named in the entry.
pub(crate) fn beside(draft: Draft, names: Option<String>) -> Draft {
    match names {
        Some(names) => draft.with("second", names),
        None => draft,
    }
}

/// A second person's PIN was right.
#[derive(Clone)]
struct Proof {
    /// For this very act, which was refused for want of it; where none was, for whichever comes next.
    of: Option<Subject>,
    /// When, by the machine's own count.
    mono: u64,
}

/// Second people who proved to be there.
#[derive(Clone, Default)]
pub(crate) struct Proofs(BTreeMap<Operator, Proof>);

impl Proofs {
    /// Those whose word holds for this act, now.
    fn of(&self, draft: &Draft, ctx: &Ctx) -> BTreeSet<&Operator> {
        if self.0.is_empty() {
            return BTreeSet::new();
        }
        let wanted = subject(draft);
        // An act may have been begun before the PIN was typed.
        let holds = |proof: &Proof| proof.of.is_none_or(|meant| meant == wanted) && ctx.mono.saturating_sub(proof.mono) <= HOLDS;
        self.0.iter().filter(|(_, proof)| holds(proof)).map(|(operator, _)| operator).collect()
    }
}

/// Who is at a desk of a protected event.
pub(crate) struct Guard {
    signed_in: Operator,
    /// For the next act, and only for that.
    proven: Proofs,
    /// The act that was refused last for want of a second person.
    asked: Option<Subject>,
    /// Who came is yet to be written down: a copy takes no entry before it goes on under its own key.
    arrived: bool,
}

impl Guard {
    pub(crate) fn new(signed_in: Operator) -> Self {
        Self { signed_in, proven: Proofs::default(), asked: None, arrived: true }
    }

    pub(crate) fn signed_in(&self) -> &Operator {
        &self.signed_in
    }

    /// The seconds who proved to be there; they are spent on this act, whatever becomes of it.
    pub(crate) fn take_proven(&mut self) -> Proofs {
        self.asked = None;
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

    /// Holds what is to be written against the table. Returns the second people who are to be named in it.
    pub(crate) fn admit(&self, view: &View<'_>, ctx: &Ctx, proven: &Proofs, draft: &Draft) -> Result<Option<String>> {
        self.may(view, &ctx.operator, &draft.kind)?;
        let Some(act) = act_of(&draft.kind) else { return Ok(None) };
        let (words, proven, here) = (|| act_words(act.kind), proven.of(draft, ctx), view.here()?);
        let must = view.takes_second(draft)?;
        if !must && !matches!(act.second, Second::Named(_)) {
            return Ok(None);
        }
        let named: BTreeSet<&Operator> = match draft.seconds.is_empty() && must {
            true => proven.clone(),
            false => draft.seconds.iter().collect(),
        };
        if named.iter().any(|operator| operator.is_same_person(&ctx.operator)) {
            return Err(DeskFault::SecondIsSelf.into());
        }
        if named.is_empty() && must {
            return Err(DeskFault::SecondPinNeeded { act: words() }.into());
        }
        for operator in &named {
            if !proven.contains(*operator) {
                return Err(DeskFault::SecondNotProven { operator: (*operator).clone() }.into());
            }
            if !view.operator(operator)?.is_some_and(|fact| may_second(&fact, act, here.as_ref())) {
                return Err(DeskFault::SecondMayNot { operator: (*operator).clone(), act: words() }.into());
            }
        }
        let names = named.iter().map(|operator| operator.as_str()).collect::<Vec<_>>().join("、");
        Ok((!names.is_empty()).then_some(names))
    }
}

/// Refuses what the gate does not let through; in an open event there is none. Returns the second people who are to be named in it.
pub(crate) fn admitted(guard: Option<&Guard>, view: &View<'_>, ctx: &Ctx, proven: &Proofs, draft: &Draft) -> Result<Option<String>> {
    crate::nothing_hidden(ctx, draft)?;
    guard.map_or(Ok(None), |guard| guard.admit(view, ctx, proven, draft))
}

impl View<'_> {
    /// Whether what is to be written takes a second person whom it does not name.
    fn takes_second(&self, draft: &Draft) -> Result<bool> {
        let Some(act) = act_of(&draft.kind) else { return Ok(false) };
        if matches!(act.second, Second::No | Second::Named(_)) {
            return Ok(false);
        }
        let mut about: Vec<OperatorFact> = draft
            .facts
            .iter()
            .filter(|f| f.topic == OperatorFact::NAME)
            .filter_map(|f| serde_json::from_value(f.value.clone()).ok())
            .collect();
        if let Some(name) = draft.about.get("operator").and_then(Value::as_str) {
            about.extend(self.operator(&name.into())?);
        }
        let named = self.under::<OperatorFact>("")?;
        Ok(takes_second(act, self.here()?.as_ref(), named.iter().map(|(_, held)| &held.value), &about))
    }
}

/// Refusals that concern who may do what: each is written down.
const DENIALS: [&str; 18] = [
    "operator-not-signed-in",
    "operator-may-not",
    "operator-unknown",
    "operator-withdrawn",
    "works-elsewhere",
    "second-pin-needed",
    "second-not-proven",
    "second-may-not",
    "second-is-self",
    "second-person-needed",
    "only-hq",
    "pin-by-hq-only",
    "recovery-by-hq",
    "settles-own-word",
    "second-pass-needed",
    // Of marks: RULES.md §6, §7.
    "same-person-twice",
    "own-decision",
    "correction-needs-two",
];

/// Whether a refusal is one of them.
pub(crate) fn is_denial(error: &DeskError) -> bool {
    DENIALS.contains(&error.code().as_str())
}

impl Desk {
    /// Refuses before anything is done what the gate would refuse when it is written down: for acts that reach further than
    /// the journal.
    pub(crate) fn may(&mut self, ctx: &Ctx, kind: &str) -> Result<()> {
        let allowed = self.guard.as_ref().map_or(Ok(()), |guard| guard.may(&self.view(), &ctx.operator, kind));
        self.noted(ctx, kind, allowed)
    }

    /// Refuses what only headquarters may do, and writes down who wanted it.
    pub(crate) fn hq_only(&mut self, ctx: &Ctx, kind: &str) -> Result<()> {
        let allowed = self.only_hq();
        self.noted(ctx, kind, allowed)
    }

    /// An outcome as it is; a refusal by which somebody may not do this is written down.
    pub(crate) fn noted<O>(&mut self, ctx: &Ctx, kind: &str, done: Result<O>) -> Result<O> {
        if let Err(error) = &done
            && is_denial(error)
        {
            self.journal_denied(ctx, kind, error)?;
        }
        done
    }

    /// What a second person proved is forgotten: the act it was for was given up.
    pub fn spend_proofs(&mut self) {
        if let Some(guard) = self.guard.as_mut() {
            guard.proven = Proofs::default();
        }
    }

    /// The same of an act that takes a second person: somebody else has proved to be there. They are spent where it is refused, and
    /// otherwise by the entry, which asks the same.
    pub(crate) fn may_with_second(&mut self, ctx: &Ctx, draft: &Draft) -> Result<()> {
        self.may(ctx, &draft.kind)?;
        let Some(guard) = self.guard.as_mut() else { return Ok(()) };
        let proven = guard.take_proven();
        self.may_given(ctx, &proven, draft)?;
        if let Some(guard) = self.guard.as_mut() {
            guard.proven = proven;
        }
        Ok(())
    }

    /// The same of an act that names its second people; they are spent.
    pub(crate) fn may_with(&mut self, ctx: &Ctx, draft: &Draft) -> Result<()> {
        let proven = self.guard.as_mut().map(Guard::take_proven).unwrap_or_default();
        self.may_given(ctx, &proven, draft)
    }

    fn may_given(&mut self, ctx: &Ctx, proven: &Proofs, draft: &Draft) -> Result<()> {
        let Some(guard) = &self.guard else { return Ok(()) };
        let allowed = guard.admit(&self.view(), ctx, proven, draft).map(|_| ());
        self.asks(asked(&allowed, draft));
        self.noted(ctx, &draft.kind, allowed)
    }

    /// Remembers what a second person is asked for.
    pub(crate) fn asks(&mut self, subject: Option<Subject>) {
        if let (Some(guard), Some(_)) = (self.guard.as_mut(), subject) {
            guard.asked = subject;
        }
    }

    /// Whether nothing is written down here: a copy goes on under its own key first, and an archive is only read.
    pub(crate) fn takes_no_entry(&self) -> bool {
        self.ledger.is_copy() || self.ledger.sealed().is_some()
    }

    /// Writes down what the gate refused: who wanted what, and why not.
    pub(crate) fn journal_denied(&mut self, ctx: &Ctx, kind: &str, error: &DeskError) -> Result<()> {
        let Some(guard) = self.guard.as_mut() else { return Ok(()) };
        let code = error.code();
        let operator = guard.signed_in.clone();
        if self.takes_no_entry() {
            return Ok(());
        }
        let mut draft = Draft::new("operator.denied").with("operator", ctx.operator.as_str()).with("why", code);
        if !kind.is_empty() {
            draft = draft.with("act", kind);
        }
        self.ledger.append(&Stamp { operator, ..ctx.stamp() }, draft)?;
        Ok(())
    }

    /// Writes down who came, and which attempts were refused before.
    pub(crate) fn journal_arrival(&mut self, ctx: &Ctx) -> Result<()> {
        let Some(guard) = &self.guard else { return Ok(()) };
        if !guard.arrived || self.takes_no_entry() {
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
    pub(super) fn journal_refused(&mut self, ctx: &Ctx) -> Result<()> {
        let Some(guard) = &self.guard else { return Ok(()) };
        let vault = self.vault()?;
        let (attempts, more) = vault.refused();
        if attempts.is_empty() || self.takes_no_entry() {
            return Ok(());
        }
        // Each of its three is a value of its own: what was typed as a name says nothing else.
        let listed = |a: &Attempt| json!({ "operator": a.operator, "t": a.t.to_rfc3339(), "why": a.why });
        let listed: Vec<Value> = attempts.iter().map(listed).collect();
        let draft = Draft::new("operator.refused").with("attempts", listed).with("more", more);
        self.ledger.append(&Stamp { operator: guard.signed_in.clone(), ..ctx.stamp() }, draft)?;
        // Killed here they stand in the journal twice, and not once too few.
        Ok(Vault::revise(&self.path, |now| {
            now.forget_refused(attempts, more);
            Ok(())
        })?)
    }

    /// A second person proves with their own PIN to be there: for the very act that was refused without them, or else, as where
    /// their PIN comes with the command, for whichever comes next; once, and for two minutes.
    pub fn prove(&mut self, ctx: &Ctx, operator: &Operator, pin: &Pin) -> Result<()> {
        self.journal_arrival(ctx)?;
        let Some(guard) = &self.guard else { return Err(DeskFault::NotProtected.into()) };
        let of = guard.asked;
        if operator.is_same_person(&guard.signed_in) {
            return self.noted(ctx, "operator.proved", Err(DeskFault::SecondIsSelf.into()));
        }
        if let Err(error) = self.right_pin(ctx, operator, pin) {
            self.journal_refused(ctx)?;
            return Err(error);
        }
        let known = self.view().operator(operator)?.is_some_and(|fact| !fact.withdrawn);
        if !known {
            let gone = DeskFault::OperatorWithdrawn { operator: operator.clone() };
            return self.noted(ctx, "operator.proved", Err(gone.into()));
        }
        if !self.takes_no_entry() {
            let signed_in = self.signed_in().cloned().unwrap_or_default();
            let draft = Draft::new("operator.proved").with("operator", operator.as_str());
            self.ledger.append(&Stamp { operator: signed_in, ..ctx.stamp() }, draft)?;
        }
        if let Some(guard) = self.guard.as_mut() {
            guard.proven.0.insert(operator.clone(), Proof { of, mono: ctx.mono });
        }
        Ok(())
    }

    /// The same where something must have been refused before, as at a window: nobody's PIN is for whatever another does next.
    pub fn prove_asked(&mut self, ctx: &Ctx, operator: &Operator, pin: &Pin) -> Result<()> {
        match &self.guard {
            Some(guard) if guard.asked.is_none() => Err(DeskFault::NothingAsked.into()),
            _ => self.prove(ctx, operator, pin),
        }
    }

    /// Somebody signs in at this desk, in place of whoever was or to unlock it.
    pub fn take_over(&mut self, ctx: &Ctx, pin: &Pin) -> Result<()> {
        if let Err(error) = self.right_pin(ctx, &ctx.operator, pin) {
            self.journal_refused(ctx)?;
            return Err(error);
        }
        self.let_in(ctx)
    }

    /// Signs in whoever's PIN was right, unless they were withdrawn or work elsewhere: that they tried is then written down.
    pub(super) fn let_in(&mut self, ctx: &Ctx) -> Result<()> {
        if let Err(error) = self.works_here(&ctx.operator) {
            self.guard.get_or_insert_with(|| Guard::new(ctx.operator.clone()));
            return self.noted(ctx, "operator.signed-in", Err(error));
        }
        self.guard = Some(Guard::new(ctx.operator.clone()));
        self.journal_arrival(ctx)
    }

    /// An operator's PIN opens this very database.
    fn right_pin(&self, ctx: &Ctx, operator: &Operator, pin: &Pin) -> Result<()> {
        let mut vault = self.vault()?;
        let opened = vault.open(operator, pin, ctx.now)?;
        let opens = |key: &DbKey| std::iter::once(&opened.key).chain(&opened.next).any(|given| **given == *key.bytes());
        let same = self.ledger.secret().is_some_and(opens);
        if same {
            self.genuine(&mut vault, &Ctx { operator: operator.clone(), ..ctx.clone() })
        } else {
            Err(VaultFault::VaultDamaged.into())
        }
    }

    /// Refuses an operator whose slot this program did not write; that somebody came with such a one is kept until it is in the journal.
    pub(super) fn genuine(&self, vault: &mut Vault, ctx: &Ctx) -> Result<()> {
        if self.works_here(&ctx.operator).is_err() {
            // Said in words of its own.
            return Ok(());
        }
        let done = vouched::check(&self.ledger, vault, &ctx.operator);
        if done.is_err() {
            vault.refuse_for(&ctx.operator, ctx.now, "vault-altered")?;
        }
        done
    }

    /// Whether whoever is signed in was not withdrawn meanwhile, nor sent elsewhere.
    pub fn still_works(&self) -> Result<bool> {
        let Some(operator) = self.signed_in() else { return Ok(true) };
        // Who reads an archive was no operator of the event.
        if self.ledger.sealed().is_some() {
            return Ok(true);
        }
        let (view, here) = (self.view(), self.view().here()?);
        Ok(view.operator(operator)?.is_some_and(|fact| kaowu_core::operators::works_here(&fact, here.as_ref())))
    }

    /// Refuses somebody who was withdrawn, or works elsewhere.
    pub(crate) fn works_here(&self, operator: &Operator) -> Result<()> {
        // The vault beside an archive says who opens it.
        if self.ledger.sealed().is_some() {
            return Ok(());
        }
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
