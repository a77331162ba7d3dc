//! Weights and composites (RULES.md §3.1, §4).

use crate::error::{DeskFault, Result};
use crate::{Ctx, Desk, View};
use kaowu_core::composite::{Composite, PartMarks, check_weights, composites};
use kaowu_core::facts::{DecidedMark, KeyedMark, KeyedSheet, Weights, state};
use kaowu_core::figure::Mark;
use kaowu_core::identity::{Operator, StageId};
use kaowu_core::plan::{CompositePlan, PartRef};
use kaowu_ledger::Draft;
use serde::Serialize;

/// A person's composite.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CompositeRow {
    /// Rank.
    pub rank: u32,
    /// The composite.
    pub composite: Composite,
}

impl Desk {
    /// HQ confirms the weights of a stage's composite, before its first mark; later or otherwise than planned only with a
    /// reason and a second person (RULES.md §3).
    pub fn confirm_weights(
        &mut self,
        ctx: &Ctx,
        stage: &StageId,
        weights: &[Mark],
        with: Option<Operator>,
        reason: &str,
    ) -> Result<Vec<Mark>> {
        self.hq_only(ctx, "weights.confirmed")?;
        self.record_as(ctx, "weights.confirmed", |view| {
            let plan = view.composite_plan(stage)?;
            let planned: Vec<Mark> = plan.terms.iter().map(|t| t.weight).collect();
            let weights = if weights.is_empty() { planned.clone() } else { weights.to_vec() };
            check_weights(plan, &weights)?;
            let by: Vec<Operator> =
                std::iter::once(ctx.operator.clone()).chain(with.clone().filter(|o| !o.is_same_person(&ctx.operator))).collect();
            if weights != planned || view.has_marks(stage)? {
                DeskFault::reason(reason)?;
                if by.len() < 2 {
                    return Err(DeskFault::SecondPersonNeeded.into());
                }
            }
            let fact = Weights { weights: weights.clone(), by, reason: reason.trim().to_owned() };
            let replaced = view.replaced::<Weights>([stage.clone()])?;
            let draft = Draft::new("weights.confirmed").because(reason.trim()).fact(state(stage, &fact)).replacing(replaced);
            Ok((draft.with_seconds(with), weights))
        })
    }
}

impl<'a> View<'a> {
    pub(crate) fn composite_plan(&self, stage: &StageId) -> Result<&'a CompositePlan> {
        self.stage(stage)?;
        self.plan().composites.iter().find(|c| c.stage == *stage).ok_or_else(|| DeskFault::NoComposite { stage: stage.clone() }.into())
    }

    fn has_marks(&self, stage: &StageId) -> Result<bool> {
        let prefix = format!("{stage}/");
        Ok(!self.under::<KeyedMark>(&prefix)?.is_empty()
            || !self.under::<DecidedMark>(&prefix)?.is_empty()
            || !self.under::<KeyedSheet>(&prefix)?.is_empty())
    }

    /// The weights in force.
    pub fn weights(&self, stage: &StageId) -> Result<Vec<Mark>> {
        let plan = self.composite_plan(stage)?;
        match self.one::<Weights>(stage)? {
            Some(held) => Ok(held.value.weights),
            None if plan.needs_confirmation => Err(DeskFault::WeightsNotConfirmed { stage: stage.clone() }.into()),
            None => Ok(plan.terms.iter().map(|t| t.weight).collect()),
        }
    }

    /// Composites of everyone of a stage.
    pub fn composites(&self, stage: &StageId) -> Result<Vec<Composite>> {
        self.composites_under(stage, &self.weights(stage)?)
    }

    /// Composites of everyone of a stage under these weights.
    pub(super) fn composites_under(&self, stage: &StageId, weights: &[Mark]) -> Result<Vec<Composite>> {
        let plan = self.composite_plan(stage)?;
        let mut marks = PartMarks::new();
        let wanted = plan.terms.iter().map(|t| PartRef { stage: t.stage.clone(), part: t.part.clone() }).chain(plan.keys.iter().cloned());
        for of in wanted {
            if let std::collections::btree_map::Entry::Vacant(slot) = marks.entry(of) {
                let values = self.part_marks(slot.key())?;
                slot.insert(values.into_map());
            }
        }
        let people = match self.selection_plan(stage) {
            Some(_) => {
                if self.selection(stage)?.is_none() {
                    return Err(DeskFault::NoSelection { stage: stage.clone() }.into());
                }
                self.selected_now(stage)?.into_iter().map(|s| s.id).collect()
            }
            None => self.eligible(stage)?.into_keys().collect::<Vec<_>>(),
        };
        for of in marks.keys() {
            if let Some(fault) = self.against(of, people.iter())? {
                return Err(fault.into());
            }
        }
        Ok(composites(plan, weights, self.plan().arithmetic.places, people, &marks)?)
    }
}
