//! Teams sent to the stages that others hold, with their results; who could be named.

use super::step::{DayStep, DeskName};
use super::{Both, Refused, TieRow, Winner, masked};
use crate::error::Result;
use crate::stages::{SUBSTITUTE, TeamNaming, TeamPlan};
use crate::{Desk, DeskError, View};
use kaowu_core::facts::{AwardConfirmation, NamedTeam, TeamResult, TeamSubstitutes};
use kaowu_core::identity::{IdNumber, ListId, UnitCode};
use kaowu_core::plan::AwardPlan;
use serde::Serialize;
use specta::Type;
use std::collections::{BTreeMap, BTreeSet};

/// A member of a team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct TeamMemberRow {
    /// Handle.
    pub person: String,
    /// ID number under its mask.
    pub masked: String,
    /// Name.
    pub name: String,
    /// City and unit in one name.
    pub unit: String,
    /// What the person is in the team.
    pub role: String,
    /// Whether that is a substitute.
    pub substitute: bool,
    /// The place achieved.
    pub place: Option<u32>,
    /// The result in words.
    pub result: String,
}

/// A team with what was decided of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TeamScreen {
    /// Id.
    pub id: String,
    /// Title.
    pub title: Both,
    /// Name of the stage it is sent to.
    pub stage: Option<Both>,
    /// Whether headquarters names its people.
    pub named: bool,
    /// The unit it is of.
    pub unit: String,
    /// Its people.
    pub members: Vec<TeamMemberRow>,
    /// How many of them are substitutes.
    pub substitutes: u32,
    /// Why headquarters made others the substitutes.
    pub chosen: Option<String>,
    /// The document by which people were named.
    pub naming: Option<String>,
    /// The tie that keeps it open.
    pub tie: Option<TieRow>,
    /// Why it cannot be said yet.
    pub refused: Option<Refused>,
    /// Its results.
    pub result: Option<TeamResultRow>,
    /// What members can get.
    pub award: Option<TeamAwardRow>,
}

/// What a team brought home.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct TeamResultRow {
    /// Its place.
    pub place: u32,
    /// Whether it goes on.
    pub promoted: bool,
    /// Number of the document.
    pub document: String,
}

/// What members of a team get.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TeamAwardRow {
    /// Title.
    pub title: Both,
    /// The last place that counts; 0: people find who is outstanding.
    pub to: u32,
    /// Number of the document that confirms it.
    pub document: Option<String>,
    /// Names of those who have it.
    pub winners: Vec<Winner>,
}

/// A unit from which people can be named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct NamingUnit {
    /// Its code.
    pub unit: String,
    /// Its name.
    pub name: String,
    /// Its people, best first.
    pub people: Vec<NamingPerson>,
}

/// Somebody who can be named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct NamingPerson {
    /// Handle.
    pub person: String,
    /// Name.
    pub name: String,
    /// City and unit in one name.
    pub unit: String,
    /// Rank in the standing.
    pub rank: u32,
    /// The published composite.
    pub total: String,
    /// Whether among the unit's best whom nothing else names; nobody where the last place is level.
    pub proposed: bool,
}

impl Desk {
    /// Every team of the plan.
    pub fn team_screens(&self) -> Result<Vec<TeamScreen>> {
        let view = self.view();
        view.team_plans().map(|plan| view.team_screen(plan)).collect()
    }

    /// Units from which a team's people can be named.
    pub fn naming_units(&self, team: &ListId) -> Result<Vec<NamingUnit>> {
        let view = self.view();
        let TeamPlan::Named(plan) = view.team_plan(team)? else { return Ok(vec![]) };
        let standing = view.standing(&plan.standing)?;
        let all = view.candidates(&view.standing_plan(&plan.standing)?.stage)?;
        let places = self.plan().arithmetic.places;
        let mut units: BTreeMap<UnitCode, NamingUnit> = BTreeMap::new();
        for row in &standing.rows {
            let id = IdNumber::from(row.id.as_str());
            let Some(person) = all.get(&id) else { continue };
            let Some(unit) = self.plan().ancestor(&person.unit, &plan.tier) else { continue };
            let new = || NamingUnit { unit: unit.code.to_string(), name: unit.name.clone(), people: vec![] };
            units.entry(unit.code.clone()).or_insert_with(new).people.push(NamingPerson {
                person: view.handle(&id),
                name: person.name.clone(),
                unit: view.full_name(&person.unit),
                rank: row.rank,
                total: row.total.show(places),
                proposed: false,
            });
        }
        for (code, unit) in &mut units {
            let naming = TeamNaming { unit: code, people: &[], document: "", reason: "" };
            match view.to_be_named(plan, &naming) {
                Ok(best) => {
                    let best: BTreeSet<String> = best.iter().map(|id| view.handle(id)).collect();
                    unit.people.iter_mut().for_each(|p| p.proposed = best.contains(&p.person));
                }
                Err(DeskError::Stage(_)) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(units.into_values().collect())
    }
}

impl View<'_> {
    fn team_award(&self, award: &AwardPlan, confirmed: Option<AwardConfirmation>) -> Result<TeamAwardRow> {
        let (document, deeds) = confirmed.map_or_else(Default::default, |c| (Some(c.document), c.deeds));
        // While other awards cannot be worked out, nothing is known of their titles.
        let titles = match self.titles() {
            _ if deeds.is_empty() => vec![],
            Ok((titles, _)) => titles,
            Err(DeskError::Desk(_) | DeskError::Results(_) | DeskError::Panel(_)) => vec![],
            Err(error) => return Err(error),
        };
        let winners = deeds.iter().map(|deed| self.winner(&titles, award, deed)).collect();
        Ok(TeamAwardRow { title: award.into(), to: award.to, document, winners })
    }

    fn team_screen(&self, plan: TeamPlan<'_>) -> Result<TeamScreen> {
        let id = plan.id();
        let (team, refused) = match self.team(id) {
            Ok(team) => (Some(team), None),
            Err(error @ (DeskError::Desk(_) | DeskError::Results(_) | DeskError::Panel(_) | DeskError::Stage(_))) => {
                (None, Some(Refused::in_event(&error, self.plan())))
            }
            Err(error) => return Err(error),
        };
        let member = |m: crate::TeamMember| TeamMemberRow {
            person: self.handle(&m.id),
            masked: masked(&m.id),
            name: m.name,
            unit: m.unit,
            substitute: m.role == SUBSTITUTE,
            role: m.role,
            place: m.place,
            result: m.result,
        };
        let questions = [format!("{id}/")];
        let tie = self.team_ties()?.into_iter().find(|tie| questions.iter().any(|q| tie.question.starts_with(q.as_str())));
        let award = plan.award().map(|award| self.award_plan(award)).transpose()?;
        let confirmed = award.map(|a| self.one::<AwardConfirmation>(&a.id)).transpose()?.flatten().map(|held| held.value);
        Ok(TeamScreen {
            id: id.to_string(),
            title: Both::of(plan.title(), plan.title_en()),
            stage: plan.stage().map(|s| self.stage(s)).transpose()?.map(Both::from),
            named: matches!(plan, TeamPlan::Named(_)),
            unit: team.as_ref().map(|t| t.unit.clone()).unwrap_or_default(),
            substitutes: if let TeamPlan::Sent(sent) = plan { sent.substitutes } else { 0 },
            chosen: self.one::<TeamSubstitutes>(id)?.map(|held| held.value.reason),
            naming: self.one::<NamedTeam>(id)?.map(|held| held.value.document),
            tie: tie.map(|tie| self.tie_row(tie)).transpose()?,
            refused,
            result: self.one::<TeamResult>(id)?.map(|held| {
                let TeamResult { place, promoted, document, .. } = held.value;
                TeamResultRow { place, promoted, document }
            }),
            award: award.map(|a| self.team_award(a, confirmed)).transpose()?,
            members: team.map(|t| t.members.into_iter().map(member).collect()).unwrap_or_default(),
        })
    }
}

impl Desk {
    /// Steps of the teams: who goes, what they brought home, what follows. A team that waits for another's promotion is
    /// blocked until that is entered.
    pub(super) fn team_steps(&self) -> Result<Vec<DayStep>> {
        let view = self.view();
        let mut steps = Vec::new();
        for plan in view.team_plans() {
            let Some(stage) = plan.stage() else { continue };
            let of = Some((view.stage(stage)?, None));
            let screen = view.team_screen(plan)?;
            let waits = match plan {
                TeamPlan::Named(named) => view.promoted(named).is_err() || view.standing(&named.standing).is_err(),
                TeamPlan::Sent(_) => screen.refused.is_some() && screen.tie.is_none(),
            };
            let there = !screen.members.is_empty();
            let name = if screen.named { "teamNamed" } else { "teamList" };
            let held = screen.tie.iter().map(|tie| tie.question.clone());
            steps.push(
                DayStep::new(name, DeskName::Hq, Some("stages"), of)
                    .counted(usize::from(there), 1)
                    .unless(waits && !there)
                    .attention(screen.tie.is_some())
                    .naming(held),
            );
            let entered = screen.result.is_some();
            steps.push(DayStep::new("teamResult", DeskName::Hq, Some("stages"), of).counted(usize::from(entered), 1).unless(!there));
            let Some(award) = screen.award else { continue };
            let nobody = match (award.to > 0, view.one::<TeamResult>(plan.id())?) {
                (true, Some(held)) => view.placed(plan, &held.value)?.is_ok_and(|placed| placed.is_empty()),
                _ => false,
            };
            steps.push(
                DayStep::new("teamAward", DeskName::Hq, Some("stages"), of)
                    .counted(usize::from(award.document.is_some()), 1)
                    .done_when(nobody)
                    .unless(!entered),
            );
        }
        Ok(steps)
    }
}
