//! What people decide of practice: who a name means, the year's award, the prize.

use crate::error::{DeskFault, Result};
use crate::{Ctx, Desk};
use kaowu_core::facts::{AwardConfirmation, Deed, PracticeMatch, state};
use kaowu_core::identity::{IdNumber, UnitCode};
use kaowu_core::practice::{PracticeRefusal, Suspect};
use kaowu_core::standing::ResultsFault;
use kaowu_ledger::Draft;
use kaowu_papers::numerals::below_hundred;
use std::collections::BTreeSet;

impl Desk {
    /// Every name without ID number in an export, and whom it may mean.
    pub fn practice_suspects(&self) -> Result<Vec<Suspect>> {
        self.view().practice_suspects()
    }

    /// Says who a name without ID number is: a person of that name and unit, or (none) somebody of their own.
    pub fn match_practice(&mut self, ctx: &Ctx, unit: &UnitCode, name: &str, is: Option<&IdNumber>, reason: &str) -> Result<()> {
        self.hq_only(ctx, "practice.matched")?;
        let reason = DeskFault::reason(reason)?;
        self.record(ctx, |view| {
            let found = view.practice_suspects()?.into_iter().find(|s| s.unit == *unit && s.name == name);
            let suspect = found.ok_or_else(|| PracticeRefusal::NoSuchClaim { unit: unit.clone(), name: name.to_owned() })?;
            if is.is_some_and(|id| !suspect.may_be.contains(id)) {
                return Err(PracticeRefusal::ClaimUnfit { name: name.to_owned(), may_be: suspect.may_be.len() }.into());
            }
            let key = (unit.clone(), name.to_owned());
            let fact = PracticeMatch { is: is.cloned(), reason: reason.to_owned() };
            let replaced = view.replaced::<PracticeMatch>([key.clone()])?;
            Ok((Draft::new("practice.matched").because(reason).with("name", name).fact(state(&key, &fact)).replacing(replaced), ()))
        })
    }

    /// Decides at once that every undecided name of whose name and unit nobody is known is somebody of their own. How many.
    pub fn match_strangers(&mut self, ctx: &Ctx, reason: &str) -> Result<usize> {
        self.hq_only(ctx, "practice.matched")?;
        let reason = DeskFault::reason(reason)?;
        let strangers: Vec<Suspect> =
            self.practice_suspects()?.into_iter().filter(|s| s.decided.is_none() && s.may_be.is_empty()).collect();
        if strangers.is_empty() {
            return Ok(0);
        }
        self.record(ctx, |_| {
            let fact = PracticeMatch { is: None, reason: reason.to_owned() };
            let facts = strangers.iter().map(|s| state(&(s.unit.clone(), s.name.clone()), &fact));
            let draft = Draft::new("practice.matched").because(reason).with("names", strangers.len()).facts(facts);
            Ok((draft, strangers.len()))
        })
    }

    /// Confirms the year's best with the number of a document. A list that is not final is refused.
    pub fn confirm_practice_year(&mut self, ctx: &Ctx, document: &str) -> Result<Vec<Deed>> {
        self.hq_only(ctx, "award.confirmed")?;
        let view = self.view();
        let plan = view.practice_plan()?;
        let award = plan.year.award.clone().ok_or(PracticeRefusal::NoPractice)?;
        let list = view.year_leaders()?;
        let doubtful = list.differing.iter().map(|(name, unit)| view.named(name, unit).zh);
        let lacks: Vec<String> = list.lacks.iter().cloned().chain(doubtful).collect();
        if !lacks.is_empty() {
            return Err(PracticeRefusal::PracticeUnfinished { lacks }.into());
        }
        let waiting = view.practice_waiting()?;
        if waiting > 0 {
            return Err(PracticeRefusal::ClaimsOpen { count: waiting }.into());
        }
        let best = list.best(&view.tie_rulings()?);
        if let Some(tie) = best.held.into_iter().next() {
            return Err(ResultsFault::NextHeld { tie: tie.id, tied: tie.tied }.into());
        }
        let deeds: Vec<Deed> = best
            .rows
            .into_iter()
            .map(|row| {
                let name = list.names.get(&row.id).map(|(name, _)| name.clone()).unwrap_or_default();
                let grounds = format!("年度总成绩第{}名", below_hundred(row.rank));
                Deed { winner: row.id, name, rank: Some(row.rank), grounds }
            })
            .collect();
        self.confirm_award(ctx, &award, document, &deeds)
    }

    /// Records which units people gave the prize for organising practice, with the number of the document. What their
    /// figures were then stands in the entry, and comes back with each.
    pub fn decide_practice_prize(&mut self, ctx: &Ctx, units: &[UnitCode], document: &str) -> Result<Vec<(Deed, String)>> {
        self.hq_only(ctx, "award.confirmed")?;
        let document = DeskFault::reason(document)?;
        self.record(ctx, |view| {
            let prize = &view.practice_plan()?.prize;
            let award = view.award_plan(&prize.award)?;
            let once: BTreeSet<&UnitCode> = units.iter().collect();
            if once.len() != units.len() || units.is_empty() || u32::try_from(units.len()).map_or(true, |n| n > award.to) {
                return Err(PracticeRefusal::PrizeCount { given: units.len(), most: award.to }.into());
            }
            if let Some(unit) = units.iter().find(|code| view.plan().unit(code).is_none_or(|u| u.tier != prize.tier)) {
                return Err(PracticeRefusal::PrizeUnit { unit: unit.to_string() }.into());
            }
            let figures = view.practice_tally(&prize.tier)?;
            let decided: Vec<(Deed, String)> = units
                .iter()
                .map(|unit| {
                    let of = figures.get(unit).copied().unwrap_or_default();
                    let said =
                        format!("参与 {} 人，登录 {} 人天，周周练 {} 人次，月月比 {} 人次", of.people, of.days, of.weeks, of.contests);
                    (Deed { winner: unit.to_string(), name: view.full_name(unit), rank: None, grounds: String::new() }, said)
                })
                .collect();
            let fact = AwardConfirmation { deeds: decided.iter().map(|(deed, _)| deed.clone()).collect(), document: document.to_owned() };
            let about: Vec<String> = decided.iter().map(|(deed, said)| format!("{}：{said}", deed.name)).collect();
            let replaced = view.replaced::<AwardConfirmation>([award.id.clone()])?;
            let draft = Draft::new("award.confirmed").with("document", document).with("figures", about);
            Ok((draft.fact(state(&award.id, &fact)).replacing(replaced), decided))
        })
    }
}
