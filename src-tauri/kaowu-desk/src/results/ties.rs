//! Held ties and how people resolve them (RULES.md §3.6).

use crate::error::{DeskFault, Result};
use crate::{Ctx, Desk, View};
use kaowu_core::facts::{TieHow, TieRuling, state};
use kaowu_core::identity::Operator;
use kaowu_core::standing::{HeldTie, Rulings, check_ruling};
use kaowu_ledger::Draft;

impl Desk {
    /// Every tie that waits, in selections and standings that can be made now.
    pub fn held_ties(&self) -> Result<Vec<HeldTie>> {
        let view = self.view();
        let mut ties = Vec::new();
        for plan in &self.plan().selections {
            if view.selection(&plan.to)?.is_none() {
                match view.selection_now(&plan.to) {
                    Ok(selection) => ties.extend(selection.held),
                    // A selection or standing whose marks are not in yet holds no ties yet.
                    Err(crate::DeskError::Results(fault)) if fault.is_of_open_marks() => {}
                    Err(error) => return Err(error),
                }
            }
        }
        for plan in &self.plan().standings {
            match view.standing(&plan.id) {
                Ok(standing) => ties.extend(standing.held),
                Err(crate::DeskError::Results(fault)) if fault.is_of_open_marks() => {}
                Err(crate::DeskError::Desk(
                    DeskFault::NoSelection { .. } | DeskFault::WeightsNotConfirmed { .. } | DeskFault::NoComposite { .. },
                )) => {}
                Err(error) => return Err(error),
            }
        }
        ties.extend(view.team_ties()?);
        ties.extend(self.practice_ties()?);
        ties.sort();
        ties.dedup();
        Ok(ties)
    }

    /// Records how a held tie was resolved outside the program: a key, an extra test, lots.
    pub fn resolve_tie(&mut self, ctx: &Ctx, tie: &str, order: &[String], how: TieHow, by: &[Operator], reason: &str) -> Result<HeldTie> {
        self.hq_only(ctx, "tie.resolved")?;
        let reason = DeskFault::reason(reason)?;
        if by.is_empty() {
            return Err(DeskFault::WitnessNeeded.into());
        }
        let held = self.held_ties()?.into_iter().find(|t| t.id == tie).ok_or_else(|| DeskFault::NoSuchTie { tie: tie.to_owned() })?;
        check_ruling(&held, order)?;
        self.record(ctx, |view| {
            let key = tie.to_owned();
            let ruling = TieRuling { order: order.to_vec(), how, by: by.to_vec(), reason: reason.to_owned() };
            let replaced = view.replaced::<TieRuling>([key.clone()])?;
            Ok((
                Draft::new("tie.resolved")
                    .because(reason)
                    .with("question", held.question.clone())
                    .fact(state(&key, &ruling))
                    .replacing(replaced),
                held,
            ))
        })
    }
}

impl View<'_> {
    /// How ties were resolved.
    pub fn tie_rulings(&self) -> Result<Rulings> {
        Ok(self.under::<TieRuling>("")?.into_iter().map(|(tie, held)| (tie, held.value.order)).collect())
    }
}
