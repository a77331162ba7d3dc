//! The roster's deadline. The plan's day alone closes nothing: a roster may be sent in on time and imported a day later, and
//! an event of the past be played again. Headquarters closes the roster; from then on every change needs a reason and a second
//! person.

use crate::error::{DeskFault, Result};
use crate::{Ctx, Desk, View};
use kaowu_core::facts::{LateEntry, LateWhat, RosterClosed, state, take_back};
use kaowu_core::identity::{IdNumber, Operator, StageId};
use kaowu_core::roster::Changes;
use kaowu_ledger::Draft;
use serde::Serialize;
use std::collections::BTreeMap;

/// On what a change of a closed roster rests.
#[derive(Debug, Clone)]
pub struct LateGrounds {
    /// Why.
    pub reason: String,
    /// The second person.
    pub second: Operator,
}

/// Whether a roster is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RosterState {
    /// The day on which it is due.
    pub due: String,
    /// Whether that day has gone by.
    pub overdue: bool,
    /// When it was closed, and by whom.
    pub closed: Option<(String, Operator)>,
    /// How many came or changed after it was closed.
    pub late: usize,
}

impl Desk {
    /// Whether the roster of a stage is open, at this time.
    pub fn roster_state(&self, ctx: &Ctx, stage: &StageId) -> Result<RosterState> {
        self.view().roster_state(self.plan().here(ctx.now).date_naive(), stage)
    }

    /// Closes the roster of a stage; before the plan's day is over only with a reason.
    pub fn close_roster(&mut self, ctx: &Ctx, stage: &StageId, reason: &str) -> Result<()> {
        self.hq_only(ctx, "roster.closed")?;
        self.record(ctx, |view| {
            view.stage(stage)?;
            view.entered_here(stage)?;
            if view.candidates(stage)?.is_empty() {
                return Err(DeskFault::RosterEmpty { stage: stage.clone() }.into());
            }
            if let Some(held) = view.one::<RosterClosed>(stage)? {
                return Err(DeskFault::RosterIsClosed { stage: stage.clone(), closed: view.plan().clock(&held.by.t) }.into());
            }
            let due = view.plan().event.entry_deadline;
            let reason = if view.plan().here(ctx.now).date_naive() > due { reason.trim() } else { DeskFault::reason(reason)? };
            let mut draft = Draft::new("roster.closed").with("stage", stage.as_str()).with("people", view.candidates(stage)?.len());
            if !reason.is_empty() {
                draft = draft.because(reason);
            }
            let fact = RosterClosed { due, reason: reason.to_owned() };
            Ok((draft.fact(state(stage, &fact)).replacing(view.reader().writers::<RosterClosed>(stage)?), ()))
        })
    }

    /// Opens it again; two people, with a reason.
    pub fn reopen_roster(&mut self, ctx: &Ctx, stage: &StageId, grounds: &LateGrounds) -> Result<()> {
        self.hq_only(ctx, "roster.reopened")?;
        self.record_as(ctx, "roster.reopened", |view| {
            let (reason, second) = grounds.checked(ctx)?;
            let replaced = view.replaced::<RosterClosed>([stage.clone()])?;
            if replaced.is_empty() {
                return Err(DeskFault::RosterIsOpen { stage: stage.clone() }.into());
            }
            let draft = Draft::new("roster.reopened")
                .with("stage", stage.as_str())
                .with("second", second.as_str())
                .because(reason)
                .with_seconds([second.clone()]);
            Ok((draft.fact(take_back::<RosterClosed>(stage)).replacing(replaced), ()))
        })
    }

    /// Everybody who came, or whose entry was changed, after the roster was closed.
    pub fn late_entries(&self, stage: &StageId) -> Result<BTreeMap<IdNumber, LateEntry>> {
        self.view().late_entries(stage)
    }
}

impl LateGrounds {
    /// The reason and the second person, who is not the first.
    pub(crate) fn checked(&self, ctx: &Ctx) -> Result<(&str, Operator)> {
        let reason = DeskFault::reason(&self.reason)?;
        let second = Operator::from(self.second.as_str().trim());
        if second.as_str().is_empty() || second.is_same_person(&ctx.operator) {
            return Err(DeskFault::SecondPersonNeeded.into());
        }
        Ok((reason, second))
    }
}

impl View<'_> {
    pub(crate) fn roster_state(&self, today: chrono::NaiveDate, stage: &StageId) -> Result<RosterState> {
        let due = self.plan().event.entry_deadline;
        let closed = self.one::<RosterClosed>(stage)?.map(|held| (self.plan().clock(&held.by.t), held.by.op.clone()));
        let late = if closed.is_some() { self.late_entries(stage)?.len() } else { 0 };
        Ok(RosterState { due: due.to_string(), overdue: today > due, closed, late })
    }

    /// Refused for a stage to which a selection leads: its people come from there.
    pub(super) fn entered_here(&self, stage: &StageId) -> Result<()> {
        match self.selection_plan(stage) {
            Some(plan) if plan.by.stage != *stage => Err(DeskFault::EnteredBySelection { stage: stage.clone() }.into()),
            _ => Ok(()),
        }
    }

    pub(crate) fn late_entries(&self, stage: &StageId) -> Result<BTreeMap<IdNumber, LateEntry>> {
        Ok(self.under::<LateEntry>(&format!("{stage}/"))?.into_iter().map(|((_, id), held)| (id, held.value)).collect())
    }

    /// What a change of the roster adds to its entry: nothing while it is open; then the second person, the reason, and for
    /// each person that they came late. Refused without.
    pub(crate) fn late(
        &self,
        ctx: &Ctx,
        (stage, file): (&StageId, &str),
        changes: &Changes,
        grounds: Option<&LateGrounds>,
        mut draft: Draft,
    ) -> Result<Draft> {
        let Some(closed) = self.one::<RosterClosed>(stage)? else { return Ok(draft) };
        let grounds = grounds.ok_or_else(|| DeskFault::RosterLate {
            file: file.to_owned(),
            closed: self.plan().clock(&closed.by.t),
            added: changes.added.len(),
            changed: changes.changed.len(),
            withdrawn: changes.withdrawn.len(),
        })?;
        let (reason, second) = grounds.checked(ctx)?;
        draft = draft.because(reason).with("second", second.as_str()).with_seconds([second.clone()]);
        let (added, changed) =
            (changes.added.iter().map(|id| (id, LateWhat::Entered)), changes.changed.iter().map(|id| (id, LateWhat::Changed)));
        for (id, what) in added.chain(changed) {
            let key = (stage.clone(), id.clone());
            let fact = LateEntry { what, reason: reason.to_owned(), by: vec![ctx.operator.clone(), second.clone()] };
            draft = draft.replacing(self.reader().writers::<LateEntry>(&key)?).fact(state(&key, &fact));
        }
        Ok(draft)
    }
}
