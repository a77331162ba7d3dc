//! Withdrawals from a stage's roster, until its freeze or until the person's own day has begun.

use crate::error::{DeskFault, Result};
use crate::{Ctx, Desk, View};
use kaowu_core::facts::{Candidate, DecidedMark, KeyedMark, Pass, SeatFact, Withdrawal, state, take_back};
use kaowu_core::identity::{CandidateNumber, IdNumber, Operator, StageId};
use kaowu_ledger::Draft;
use serde::Serialize;

/// Somebody who withdrew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WithdrawnRow {
    /// ID number.
    pub id: IdNumber,
    /// Name.
    pub name: String,
    /// City and unit in one name.
    pub unit: String,
    /// The number of the seat that stays empty.
    pub number: Option<CandidateNumber>,
    /// Why.
    pub reason: String,
    /// Who recorded it.
    pub by: Operator,
    /// When.
    pub at: String,
}

impl Desk {
    /// Takes one person off the roster, with a reason. Without a seat they are gone from the draw; a seat stays empty.
    pub fn withdraw(&mut self, ctx: &Ctx, stage: &StageId, id: &IdNumber, reason: &str) -> Result<()> {
        self.hq_only(ctx, "candidate.withdrawn")?;
        let reason = DeskFault::reason(reason)?;
        self.record(ctx, |view| {
            view.entered_here(stage)?;
            let key = (stage.clone(), id.clone());
            let not_entered = || DeskFault::NotEntered { person: id.to_string(), stage: stage.clone() };
            let candidate = view.candidate(stage, id)?.ok_or_else(not_entered)?;
            view.may_withdraw(ctx, stage, id, &candidate.name)?;
            let fact = Withdrawal { reason: reason.to_owned(), candidate };
            let mut replaced = view.replaced::<Candidate>([key.clone()])?;
            replaced.extend(view.reader().writers::<Withdrawal>(&key)?);
            let draft = Draft::new("candidate.withdrawn").because(reason).with("person", id.as_str());
            Ok((draft.fact(take_back::<Candidate>(&key)).fact(state(&key, &fact)).replacing(replaced), ()))
        })
    }

    /// Takes a withdrawal back. The seat is the person's again unless somebody was given it meanwhile; then they have none,
    /// as a late entry.
    pub fn reinstate(&mut self, ctx: &Ctx, stage: &StageId, id: &IdNumber, reason: &str) -> Result<Option<CandidateNumber>> {
        self.hq_only(ctx, "candidate.reinstated")?;
        let reason = DeskFault::reason(reason)?;
        self.record(ctx, |view| {
            let key = (stage.clone(), id.clone());
            let held = view.one::<Withdrawal>(&key)?;
            let held = held.ok_or_else(|| DeskFault::NotWithdrawn { person: id.to_string(), stage: stage.clone() })?;
            if view.candidate(stage, id)?.is_some() {
                return Err(DeskFault::EnteredAgain { person: held.value.candidate.name }.into());
            }
            view.may_withdraw(ctx, stage, id, &held.value.candidate.name)?;
            let mut replaced = view.reader().writers::<Candidate>(&key)?;
            replaced.push(held.entry);
            let mut draft = Draft::new("candidate.reinstated").because(reason).with("person", id.as_str());
            draft = draft.fact(state(&key, &held.value.candidate)).fact(take_back::<Withdrawal>(&key));
            let mut seat = view.seat(stage, id)?;
            if let Some(mine) = &seat {
                let room = view.seats(stage)?;
                if room.iter().any(|(other, s)| other != id && (&s.site, &s.room, s.seat) == (&mine.site, &mine.room, mine.seat)) {
                    replaced.extend(view.replaced::<SeatFact>([key.clone()])?);
                    draft = draft.fact(take_back::<SeatFact>(&key));
                    seat = None;
                }
            }
            Ok((draft.replacing(replaced), seat.map(|s| s.number)))
        })
    }

    /// Everybody who withdrew from a stage's roster, by unit.
    pub fn withdrawn(&self, stage: &StageId) -> Result<Vec<WithdrawnRow>> {
        let view = self.view();
        view.stage(stage)?;
        let mut rows = Vec::new();
        for ((_, id), held) in view.under::<Withdrawal>(&format!("{stage}/"))? {
            let person = held.value.candidate;
            let row = WithdrawnRow {
                number: view.seat(stage, &id)?.map(|s| s.number),
                name: person.name,
                unit: view.full_name(&person.unit),
                reason: held.value.reason,
                by: held.by.op.clone(),
                at: view.plan().clock(&held.by.t),
                id,
            };
            rows.push((person.unit, row));
        }
        rows.sort_by(|a, b| (&a.0, &a.1.id).cmp(&(&b.0, &b.1.id)));
        Ok(rows.into_iter().map(|(_, row)| row).collect())
    }
}

impl View<'_> {
    /// Refused after the stage's freeze, and once the person was let in, found absent or given a mark.
    fn may_withdraw(&self, ctx: &Ctx, stage: &StageId, id: &IdNumber, name: &str) -> Result<()> {
        let rules = self.stage(stage)?;
        if let Some(freeze) = rules.freeze.filter(|freeze| ctx.now > *freeze) {
            let freeze = freeze.format("%Y-%m-%d %H:%M").to_string();
            return Err(DeskFault::WithdrawalFrozen { stage: stage.clone(), freeze }.into());
        }
        let began = DeskFault::WithdrawalAfterStart { person: name.to_owned(), stage: stage.clone() };
        if self.began(stage, &[id])?.is_some() {
            return Err(began.into());
        }
        for part in &rules.parts {
            let key = |pass| (stage.clone(), part.id.clone(), id.clone(), Pass(pass));
            let keyed = !self.live::<KeyedMark>(&key(1))?.is_empty() || !self.live::<KeyedMark>(&key(2))?.is_empty();
            if keyed || !self.live::<DecidedMark>(&(stage.clone(), part.id.clone(), id.clone()))?.is_empty() {
                return Err(began.into());
            }
        }
        Ok(())
    }
}
