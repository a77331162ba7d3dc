//! What headquarters decides of teams and enters of their results.

use super::TeamRow;
use super::teams::{TeamPlan, held};
use crate::error::{DeskFault, Result};
use crate::{Ctx, Desk, View};
use kaowu_core::facts::{Deed, MemberResult, NamedTeam, TeamResult, TeamSubstitutes, state};
use kaowu_core::identity::{IdNumber, ListId, UnitCode};
use kaowu_core::plan::{AwardPlan, NamedTeamPlan};
use kaowu_core::stages::{StageFault, best_of, check_named, check_result, check_substitutes, of_team};
use kaowu_ledger::Draft;

/// Whom the department names.
#[derive(Debug, Clone)]
pub struct TeamNaming<'a> {
    /// The unit they are of.
    pub unit: &'a UnitCode,
    /// Who; none: the unit's best of the standing.
    pub people: &'a [IdNumber],
    /// Number of the document.
    pub document: &'a str,
    /// Why they are named anew, where they are.
    pub reason: &'a str,
}

/// Results as a document gives them.
#[derive(Debug, Clone)]
pub struct NewResult<'a> {
    /// The team's place.
    pub place: u32,
    /// Whether it goes on.
    pub promoted: bool,
    /// Each member's; the role is filled in.
    pub people: &'a [MemberResult],
    /// Number of the document.
    pub document: &'a str,
    /// Why they are entered anew, where they are.
    pub reason: &'a str,
}

impl Desk {
    /// HQ makes others than those with the lowest composite a team's substitutes, with a reason.
    pub fn name_substitutes(&mut self, ctx: &Ctx, team: &ListId, substitutes: &[IdNumber], reason: &str) -> Result<TeamRow> {
        self.hq_only(ctx, "team.substitutes")?;
        let reason = DeskFault::reason(reason)?;
        self.record(ctx, |view| {
            let TeamPlan::Sent(plan) = view.team_plan(team)? else {
                return Err(StageFault::SubstituteCount { given: substitutes.len(), wanted: 0 }.into());
            };
            view.no_result_yet(team)?;
            check_substitutes(team, &view.sent_members(plan)?, substitutes, plan.substitutes)?;
            let fact = TeamSubstitutes { substitutes: substitutes.to_vec(), reason: reason.to_owned() };
            let replaced = view.replaced::<TeamSubstitutes>([team.clone()])?;
            let draft = Draft::new("team.substitutes").because(reason).with("team", plan.title.clone());
            Ok((draft.with("people", names(view, plan.standing.clone(), substitutes)?).fact(state(team, &fact)).replacing(replaced), ()))
        })?;
        self.view().team(team)
    }

    /// HQ names a team's people with the number of the document; the standing's best who is not among them joins.
    pub fn name_team(&mut self, ctx: &Ctx, team: &ListId, naming: &TeamNaming<'_>) -> Result<NamedTeam> {
        self.hq_only(ctx, "team.named")?;
        let document = DeskFault::reason(naming.document)?;
        self.record(ctx, |view| {
            let TeamPlan::Named(plan) = view.team_plan(team)? else {
                return Err(StageFault::NamedTier { unit: naming.unit.clone() }.into());
            };
            view.no_result_yet(team)?;
            view.promoted(plan)?;
            let before = view.replaced::<NamedTeam>([team.clone()])?;
            let reason = if before.is_empty() { naming.reason.trim() } else { DeskFault::reason(naming.reason)? };
            let people = view.to_be_named(plan, naming)?;
            let fact = NamedTeam { unit: naming.unit.clone(), people, document: document.to_owned(), reason: reason.to_owned() };
            let mut draft = Draft::new("team.named").with("document", document).with("team", plan.title.clone());
            draft = draft.with("unit", view.full_name(naming.unit)).with("people", names(view, plan.standing.clone(), &fact.people)?);
            if !reason.is_empty() {
                draft = draft.because(reason);
            }
            Ok((draft.fact(state(team, &fact)).replacing(before), fact))
        })
    }

    /// Enters a team's results with the number of the document. Entered again, they need a reason.
    pub fn enter_team_result(&mut self, ctx: &Ctx, team: &ListId, new: &NewResult<'_>) -> Result<TeamRow> {
        self.hq_only(ctx, "team.result")?;
        let document = DeskFault::reason(new.document)?;
        self.record(ctx, |view| {
            let plan = view.team_plan(team)?;
            if plan.stage().is_none() {
                return Err(StageFault::NoTeamResult { team: team.clone() }.into());
            }
            let before = view.one::<TeamResult>(team)?;
            let reason = if before.is_none() { new.reason.trim() } else { DeskFault::reason(new.reason)? };
            // The team that went stays the team: what a corrected mark changes since has no part in it.
            let (unit, roles) = match before {
                Some(held) => (held.value.unit, held.value.people.into_iter().map(|m| (m.id, m.role)).collect()),
                None => view.members(plan)?,
            };
            let members: Vec<IdNumber> = roles.iter().map(|(id, _)| id.clone()).collect();
            check_result(team, &members, new.place, new.people)?;
            let of = |(id, role): (IdNumber, String)| {
                let given = new.people.iter().find(|m| m.id == id);
                let (place, result) = given.map(|m| (m.place, m.result.trim().to_owned())).unwrap_or_default();
                MemberResult { id, role, place, result }
            };
            let fact = TeamResult {
                unit,
                place: new.place,
                promoted: new.promoted,
                people: roles.into_iter().map(of).collect(),
                document: document.to_owned(),
                reason: reason.to_owned(),
            };
            let mut draft = Draft::new("team.result").with("document", document).with("team", plan.title()).with("place", new.place);
            if !reason.is_empty() {
                draft = draft.because(reason);
            }
            let replaced = view.replaced::<TeamResult>([team.clone()])?;
            Ok((draft.fact(state(team, &fact)).replacing(replaced), ()))
        })?;
        self.view().team(team)
    }

    /// Gives a team's members its award: those whom people find outstanding, or, where the plan names places, those who
    /// reached them.
    pub fn honour_members(&mut self, ctx: &Ctx, team: &ListId, people: &[IdNumber], document: &str) -> Result<Vec<Deed>> {
        self.hq_only(ctx, "award.confirmed")?;
        let view = self.view();
        let plan = view.team_plan(team)?;
        let award = plan.award().ok_or_else(|| StageFault::TeamWithoutAward { team: team.clone() })?;
        let award = view.award_plan(award)?;
        let result = view.one::<TeamResult>(team)?.ok_or_else(|| StageFault::NoTeamResult { team: team.clone() })?.value;
        let winners: Vec<(IdNumber, Option<u32>)> = if award.to > 0 {
            let placed = view.placed(plan, &result)?.map_err(held)?;
            if placed.is_empty() {
                return Err(StageFault::NobodyPlaced { team: team.clone(), to: award.to }.into());
            }
            placed.into_iter().map(|(id, place)| (id, Some(place))).collect()
        } else {
            people.iter().map(|id| (id.clone(), result.people.iter().find(|m| m.id == *id).and_then(|m| m.place))).collect()
        };
        let deeds = view.member_deeds(plan, &winners)?;
        let id = award.id.clone();
        self.confirm_award(ctx, &id, document, &deeds)
    }
}

/// Names of people, for the journal's reader.
fn names(view: &View<'_>, standing: ListId, people: &[IdNumber]) -> Result<Vec<String>> {
    let all = view.candidates(&view.standing_plan(&standing)?.stage)?;
    Ok(people.iter().map(|id| all.get(id).map(|p| p.name.clone()).unwrap_or_default()).collect())
}

impl View<'_> {
    fn no_result_yet(&self, team: &ListId) -> Result<()> {
        match self.one::<TeamResult>(team)? {
            Some(_) => Err(StageFault::ResultEntered { team: team.clone() }.into()),
            None => Ok(()),
        }
    }

    /// Refused while the team before this one has not been promoted.
    pub(crate) fn promoted(&self, plan: &NamedTeamPlan) -> Result<()> {
        let Some(before) = &plan.after else { return Ok(()) };
        match self.one::<TeamResult>(before)? {
            Some(held) if held.value.promoted => Ok(()),
            Some(_) => Err(StageFault::NotPromoted { team: before.clone() }.into()),
            None => Err(StageFault::NoTeamResult { team: before.clone() }.into()),
        }
    }

    /// The people named, or the unit's best; level ones at the cut are nobody's to choose but the department's.
    pub(crate) fn to_be_named(&self, plan: &NamedTeamPlan, naming: &TeamNaming<'_>) -> Result<Vec<IdNumber>> {
        let unit = naming.unit;
        if self.plan().unit(unit).is_none_or(|u| u.tier != plan.tier) {
            return Err(StageFault::NamedTier { unit: unit.clone() }.into());
        }
        let standing = self.standing(&plan.standing)?;
        let all = self.candidates(&self.standing_plan(&plan.standing)?.stage)?;
        let of_unit =
            |id: &IdNumber| all.get(id).is_some_and(|p| self.plan().ancestor(&p.unit, &plan.tier).is_some_and(|u| u.code == *unit));
        let people = if naming.people.is_empty() {
            let best = best_of(&format!("{}/{unit}", plan.id), &standing, plan.named, |id| of_unit(&id.into()), &self.tie_rulings()?);
            best.map_err(|tie| StageFault::ProposalHeld { unit: unit.clone(), tied: tie.tied })?
        } else {
            naming.people.to_vec()
        };
        check_named(plan, unit, &people, &standing, of_unit)?;
        Ok(people)
    }

    /// Winners of a team's award as deeds, with what they achieved as grounds. Only members can be.
    fn member_deeds(&self, plan: TeamPlan<'_>, winners: &[(IdNumber, Option<u32>)]) -> Result<Vec<Deed>> {
        let team = self.team(plan.id())?;
        let members: Vec<IdNumber> = team.members.iter().map(|m| m.id.clone()).collect();
        let people: Vec<IdNumber> = winners.iter().map(|(id, _)| id.clone()).collect();
        of_team(plan.id(), &members, &people)?;
        let stage = plan.stage().map(|id| self.stage(id)).transpose()?.map(|s| s.name.clone()).unwrap_or_default();
        let deed = |(id, place): &(IdNumber, Option<u32>)| {
            let member = team.members.iter().find(|m| m.id == *id);
            let said = member.map(|m| m.result.clone()).filter(|r| !r.is_empty());
            let grounds = match (place, said) {
                (Some(place), _) => format!("{stage}个人第{}名", kaowu_papers::numerals::below_hundred(*place)),
                (None, Some(said)) => format!("{stage}{said}"),
                (None, None) => format!("{stage}成绩优异"),
            };
            Deed { winner: id.to_string(), name: member.map(|m| m.name.clone()).unwrap_or_default(), rank: *place, grounds }
        };
        Ok(winners.iter().map(deed).collect())
    }

    /// An award of a team whose results stand goes to its members only.
    pub(crate) fn of_the_team(&self, award: &AwardPlan, deeds: &[Deed]) -> Result<()> {
        for plan in self.team_plans().filter(|t| t.award() == Some(&award.id)) {
            if let Some(held) = self.one::<TeamResult>(plan.id())? {
                let members: Vec<IdNumber> = held.value.people.into_iter().map(|m| m.id).collect();
                let people: Vec<IdNumber> = deeds.iter().map(|d| d.winner.as_str().into()).collect();
                of_team(plan.id(), &members, &people)?;
            }
        }
        Ok(())
    }
}
