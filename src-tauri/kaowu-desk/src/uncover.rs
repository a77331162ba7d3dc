//! ID numbers are masked on the screen; showing one is journalled (DESIGN.md §8).

use crate::error::{DeskFault, Result};
use crate::{Ctx, Desk};
use kaowu_core::identity::{IdNumber, StageId};
use kaowu_ledger::Draft;

impl Desk {
    /// Writes down that a masked ID number was shown, and why. Nothing holds otherwise than before: the entry has no facts.
    pub fn uncover(&mut self, ctx: &Ctx, stage: &StageId, id: &IdNumber, reason: &str) -> Result<()> {
        let reason = DeskFault::reason(reason)?;
        self.record(ctx, |view| {
            view.stage(stage)?;
            if view.candidate(stage, id)?.is_none() {
                return Err(DeskFault::NotEntered { person: id.to_string(), stage: stage.clone() }.into());
            }
            Ok((Draft::new("id.uncovered").with("stage", stage.as_str()).with("person", id.as_str()).because(reason), ()))
        })
    }
}
