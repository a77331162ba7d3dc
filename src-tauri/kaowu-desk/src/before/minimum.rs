//! Units that entered fewer people than the plan asks for: headquarters accepts it, or they enter more.

use crate::error::{DeskFault, Result};
use crate::{Ctx, Desk, View};
use kaowu_core::eligibility::{self, BelowMinimum};
use kaowu_core::facts::{MinimumRuling, state};
use kaowu_core::identity::{Operator, StageId, UnitCode};
use kaowu_ledger::Draft;
use serde::Serialize;
use std::collections::BTreeMap;

/// A unit below its minimum, and what headquarters said of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BelowRow {
    /// The unit.
    #[serde(flatten)]
    pub below: BelowMinimum,
    /// Why it was accepted; none: open, or accepted for more people than there are now.
    pub accepted: Option<String>,
    /// Who accepted it.
    pub by: Option<Operator>,
}

impl Desk {
    /// Units that entered fewer people than the plan asks for.
    pub fn below_minimum(&self, stage: &StageId) -> Result<Vec<BelowMinimum>> {
        self.view().below_minimum(stage)
    }

    /// The same with what headquarters said.
    pub fn below_rows(&self, stage: &StageId) -> Result<Vec<BelowRow>> {
        self.view().below_rows(stage)
    }

    /// HQ accepts that a unit enters so few, with a reason.
    pub fn accept_below(&mut self, ctx: &Ctx, stage: &StageId, unit: &UnitCode, reason: &str) -> Result<BelowMinimum> {
        self.hq_only(ctx, "minimum.accepted")?;
        let reason = DeskFault::reason(reason)?;
        self.record(ctx, |view| {
            let found = view.below_minimum(stage)?.into_iter().find(|b| b.unit == *unit);
            let below = found.ok_or_else(|| DeskFault::NotBelowMinimum { unit: unit.to_string() })?;
            let key = (stage.clone(), unit.clone());
            let fact = MinimumRuling { people: below.people, reason: reason.to_owned() };
            let draft = Draft::new("minimum.accepted").because(reason).with("unit", view.full_name(unit)).with("people", below.people);
            Ok((draft.fact(state(&key, &fact)).replacing(view.replaced::<MinimumRuling>([key.clone()])?), below))
        })
    }
}

impl View<'_> {
    pub(crate) fn below_minimum(&self, stage: &StageId) -> Result<Vec<BelowMinimum>> {
        // Only those who send people in owe a number of them.
        if self.selection_plan(stage).is_some_and(|plan| plan.by.stage != *stage) {
            return Ok(vec![]);
        }
        let mut entered: BTreeMap<UnitCode, u32> = BTreeMap::new();
        for person in self.candidates(stage)?.into_values() {
            *entered.entry(person.unit).or_default() += 1;
        }
        Ok(eligibility::below_minimum(self.plan(), &entered))
    }

    pub(crate) fn below_rows(&self, stage: &StageId) -> Result<Vec<BelowRow>> {
        let row = |below: BelowMinimum| {
            let ruling = self.one::<MinimumRuling>(&(stage.clone(), below.unit.clone()))?.filter(|held| below.people >= held.value.people);
            let by = ruling.as_ref().map(|held| held.by.op.clone());
            Ok(BelowRow { below, accepted: ruling.map(|held| held.value.reason), by })
        };
        self.below_minimum(stage)?.into_iter().map(row).collect()
    }
}
