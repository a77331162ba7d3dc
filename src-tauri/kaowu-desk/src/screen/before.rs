//! Before the day: whether the roster is open, who withdrew, units below their minimum.

use super::masked;
use super::step::{DayStep, DeskName};
use crate::error::Result;
use crate::{Ctx, Desk};
use chrono::{DateTime, FixedOffset};
use kaowu_core::identity::StageId;
use kaowu_core::plan::Stage;
use serde::Serialize;
use specta::Type;

/// Whether the roster of a stage is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RosterStateRow {
    /// The day on which it is due.
    pub due: String,
    /// Whether that day has gone by.
    pub overdue: bool,
    /// When it was closed.
    pub closed_at: Option<String>,
    /// Who closed it.
    pub closed_by: Option<String>,
    /// How many came or changed afterwards.
    pub late: u32,
    /// Whether people are entered here at all, and not by a selection.
    pub entered_here: bool,
}

/// Somebody who withdrew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct WithdrawnLine {
    /// Handle.
    pub person: String,
    /// ID number under its mask.
    pub masked: String,
    /// Name.
    pub name: String,
    /// City and unit in one name.
    pub unit: String,
    /// Number of the seat that stays empty.
    pub number: Option<String>,
    /// Why.
    pub reason: String,
    /// Who recorded it.
    pub by: String,
    /// When.
    pub at: String,
}

/// A unit below its minimum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct BelowMinimumRow {
    /// Its code.
    pub code: String,
    /// The unit.
    pub unit: String,
    /// People entered.
    pub entered: u32,
    /// People the plan asks for.
    pub minimum: u32,
    /// Why headquarters accepted it.
    pub accepted: Option<String>,
    /// Who accepted it.
    pub by: Option<String>,
}

impl Desk {
    /// Whether the roster of a stage is open.
    pub fn roster_state_row(&self, ctx: &Ctx, stage: &StageId) -> Result<RosterStateRow> {
        let state = self.roster_state(ctx, stage)?;
        let by_selection = self.view().selection_plan(stage).is_some_and(|plan| plan.by.stage != *stage);
        let (closed_at, closed_by) = state.closed.map(|(at, by)| (at, by.0)).unzip();
        let (due, overdue, late) = (state.due, state.overdue, super::count(state.late));
        Ok(RosterStateRow { due, overdue, closed_at, closed_by, late, entered_here: !by_selection })
    }

    /// Everybody who withdrew.
    pub fn withdrawn_rows(&self, stage: &StageId) -> Result<Vec<WithdrawnLine>> {
        let view = self.view();
        let row = |w: crate::WithdrawnRow| WithdrawnLine {
            person: view.handle(&w.id),
            masked: masked(&w.id),
            name: w.name,
            unit: w.unit,
            number: w.number.map(|n| n.0),
            reason: w.reason,
            by: w.by.0,
            at: w.at,
        };
        Ok(self.withdrawn(stage)?.into_iter().map(row).collect())
    }

    /// Units below their minimum, by name.
    pub fn below_minimum_rows(&self, stage: &StageId) -> Result<Vec<BelowMinimumRow>> {
        let view = self.view();
        let row = |b: crate::BelowRow| BelowMinimumRow {
            unit: view.full_name(&b.below.unit),
            code: b.below.unit.0,
            entered: b.below.people,
            minimum: b.below.minimum,
            accepted: b.accepted,
            by: b.by.map(|by| by.0),
        };
        Ok(self.below_rows(stage)?.into_iter().map(row).collect())
    }

    /// Steps of the roster after its files are in: closing it, once its day is over, and units that entered too few.
    pub(super) fn roster_steps(&self, stage: &Stage, now: DateTime<FixedOffset>) -> Result<Vec<DayStep>> {
        let view = self.view();
        let nobody = view.candidates(&stage.id)?.is_empty();
        let state = view.roster_state(self.plan().here(now).date_naive(), &stage.id)?;
        let closed = state.closed.is_some();
        let below = view.below_rows(&stage.id)?;
        let open: Vec<String> = below.iter().filter(|b| b.accepted.is_none()).map(|b| view.full_name(&b.below.unit)).collect();
        let of = Some((stage, None));
        Ok(vec![
            DayStep::new("belowMinimum", DeskName::Hq, Some("roster"), of)
                .counted(below.len() - open.len(), below.len())
                .attention(!open.is_empty())
                .done_when(open.is_empty())
                .naming(open)
                .unless(nobody),
            DayStep::new("rosterClose", DeskName::Hq, Some("roster"), of)
                .counted(usize::from(closed), 1)
                .attention(state.overdue && !closed)
                .unless(nobody),
        ])
    }
}
