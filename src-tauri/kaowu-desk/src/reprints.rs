//! Sheets that are printed again by the next run, e.g. after a jam (DESIGN.md §5).

use crate::error::{DeskFault, Result};
use crate::{Ctx, Desk};
use kaowu_core::facts::{Sheet, SheetFact, state};
use kaowu_core::identity::ListId;
use kaowu_ledger::Draft;
use std::ops::RangeInclusive;

impl Desk {
    /// Sheets of an award that are on paper, or void, are to be printed again: their codes are no longer good from now on, and
    /// the next run that comes over them prints others. Said once for a whole jam, with a reason and a second person; a run
    /// that is stopped then goes on as any other. Returns their numbers.
    pub fn print_again(&mut self, ctx: &Ctx, award: &ListId, sheets: RangeInclusive<usize>, reason: &str) -> Result<Vec<String>> {
        self.hq_only(ctx, "certificate.reprinted")?;
        let reason = DeskFault::reason(reason)?;
        self.record(ctx, |view| {
            let (batch, known) = (view.batch(award)?, view.sheet_facts()?);
            if *sheets.start() > batch.deeds.len() {
                return Err(DeskFault::SheetBeyond { from: *sheets.start(), sheets: batch.deeds.len() }.into());
            }
            let (mut numbers, mut facts) = (Vec::new(), Vec::new());
            for (_, number, deed) in batch.sheets().filter(|(at, ..)| sheets.contains(at)) {
                let fact = known.get(&number).filter(|fact| batch.is_of(fact, deed) && fact.state != Sheet::Again);
                if let Some(fact) = fact {
                    let fact = SheetFact { state: Sheet::Again, reason: Some(reason.to_owned()), issue: fact.issue + 1, ..fact.clone() };
                    facts.push(state(&number, &fact));
                    numbers.push(number);
                }
            }
            let Some((first, last)) = numbers.first().zip(numbers.last()) else {
                return Err(DeskFault::NoneOnPaper { from: *sheets.start() }.into());
            };
            let draft = Draft::new("certificate.reprinted").with("award", award.as_str()).with("sheets", numbers.len());
            let draft = draft.with("first", first.as_str()).with("last", last.as_str()).because(reason);
            let replaced = view.replaced::<SheetFact>(numbers.iter().cloned())?;
            Ok((draft.facts(facts).replacing(replaced), numbers))
        })
    }
}
