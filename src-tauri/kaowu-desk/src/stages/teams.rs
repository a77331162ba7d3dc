//! The teams as they stand.

use crate::error::{DeskError, DeskFault, Result};
use crate::results::ResultsTable;
use crate::results::table::texts;
use crate::{Desk, View};
use kaowu_core::award;
use kaowu_core::facts::{NamedTeam, TeamResult, TeamSubstitutes};
use kaowu_core::identity::{IdNumber, ListId, StageId, UnitCode};
use kaowu_core::plan::{DelegationPlan, NamedTeamPlan};
use kaowu_core::stages::{self, StageFault};
use kaowu_core::standing::{Contender, HeldTie, ResultsFault, Standing, rank};
use serde::Serialize;

/// A team sent to a stage that others hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TeamRow {
    /// Its id in the plan.
    pub team: ListId,
    /// Its title.
    pub title: String,
    /// The stage it is sent to.
    pub stage: Option<StageId>,
    /// The unit it is of, city and unit in one name.
    pub unit: String,
    /// Its people.
    pub members: Vec<TeamMember>,
    /// What it brought home.
    pub result: Option<TeamResult>,
}

/// A member of a team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TeamMember {
    /// ID number.
    pub id: IdNumber,
    /// Name.
    pub name: String,
    /// Unit of entry, city and unit in one name.
    pub unit: String,
    /// 正式 or 替补; 指定, or the rank by which somebody joined.
    pub role: String,
    /// The place achieved.
    pub place: Option<u32>,
    /// The result in words.
    pub result: String,
}

/// A team of the plan, of either kind.
#[derive(Debug, Clone, Copy)]
pub(crate) enum TeamPlan<'a> {
    /// A team of a standing, sent whole.
    Sent(&'a DelegationPlan),
    /// People whom headquarters names.
    Named(&'a NamedTeamPlan),
}

impl<'a> TeamPlan<'a> {
    pub(crate) fn id(self) -> &'a ListId {
        match self {
            Self::Sent(plan) => &plan.id,
            Self::Named(plan) => &plan.id,
        }
    }

    pub(crate) fn title(self) -> &'a str {
        match self {
            Self::Sent(plan) => &plan.title,
            Self::Named(plan) => &plan.title,
        }
    }

    /// The English title, where the plan has one.
    pub(crate) fn title_en(self) -> &'a str {
        let own = match self {
            Self::Sent(plan) => plan.title_en.as_deref(),
            Self::Named(plan) => plan.title_en.as_deref(),
        };
        own.unwrap_or(self.title())
    }

    /// The stage it is sent to; none: the plan says nothing of results.
    pub(crate) fn stage(self) -> Option<&'a StageId> {
        match self {
            Self::Sent(plan) => plan.stage.as_ref(),
            Self::Named(plan) => Some(&plan.stage),
        }
    }

    pub(crate) fn award(self) -> Option<&'a ListId> {
        match self {
            Self::Sent(plan) => plan.award.as_ref(),
            Self::Named(plan) => plan.award.as_ref(),
        }
    }

    pub(crate) fn standing(self) -> &'a ListId {
        match self {
            Self::Sent(plan) => &plan.standing,
            Self::Named(plan) => &plan.standing,
        }
    }
}

/// What a substitute is called on lists.
pub(crate) const SUBSTITUTE: &str = "替补";

/// People with what they are in the team.
pub(crate) type Roles = Vec<(IdNumber, String)>;

impl<'a> View<'a> {
    /// The plan's teams, those sent whole first.
    pub(crate) fn team_plans(&self) -> impl Iterator<Item = TeamPlan<'a>> {
        let plan = self.plan();
        plan.delegations.iter().map(TeamPlan::Sent).chain(plan.named_teams.iter().map(TeamPlan::Named))
    }

    pub(crate) fn team_plan(&self, team: &ListId) -> Result<TeamPlan<'a>> {
        let known = || self.team_plans().map(|t| t.id().clone()).collect();
        let found = self.team_plans().find(|t| t.id() == team);
        found.ok_or_else(|| DeskFault::NoSuchList { list: team.clone(), known: known() }.into())
    }

    /// A team as it stands now: the one that went, once its results were entered.
    pub fn team(&self, team: &ListId) -> Result<TeamRow> {
        let plan = self.team_plan(team)?;
        let result = self.one::<TeamResult>(team)?.map(|held| held.value);
        let (unit, roles) = match &result {
            Some(result) => (result.unit.clone(), result.people.iter().map(|m| (m.id.clone(), m.role.clone())).collect()),
            None => self.members(plan)?,
        };
        let names = self.candidates(&self.standing_plan(plan.standing())?.stage)?;
        let of = |id: &IdNumber| result.as_ref().and_then(|r| r.people.iter().find(|m| m.id == *id));
        let member = |(id, role): (IdNumber, String)| TeamMember {
            name: names.get(&id).map(|p| p.name.clone()).unwrap_or_default(),
            unit: names.get(&id).map(|p| self.full_name(&p.unit)).unwrap_or_default(),
            place: of(&id).and_then(|m| m.place),
            result: of(&id).map(|m| m.result.clone()).unwrap_or_default(),
            role,
            id,
        };
        Ok(TeamRow {
            team: team.clone(),
            title: plan.title().to_owned(),
            stage: plan.stage().cloned(),
            unit: self.full_name(&unit),
            members: roles.into_iter().map(member).collect(),
            result,
        })
    }

    /// Who is of a team by the standings and by what headquarters decided.
    pub(crate) fn members(&self, plan: TeamPlan<'_>) -> Result<(UnitCode, Roles)> {
        match plan {
            TeamPlan::Sent(plan) => {
                let (unit, members, within) = self.sent(plan)?;
                let substitutes = self.substitutes(plan, &members, &within)?.map_err(held)?;
                let role = |id: &IdNumber| if substitutes.contains(id) { SUBSTITUTE } else { "正式" }.to_owned();
                Ok((unit, members.into_iter().map(|id| (id.clone(), role(&id))).collect()))
            }
            TeamPlan::Named(plan) => {
                let named = self.one::<NamedTeam>(&plan.id)?.ok_or_else(|| StageFault::TeamNotNamed { team: plan.id.clone() })?.value;
                let standing = self.standing(&plan.standing)?;
                let team = stages::named_team(plan, &named.people, &standing, &self.tie_rulings()?).map_err(held)?;
                let rank = |id: &IdNumber| standing.rows.iter().find(|row| row.id == id.as_str()).map_or(0, |row| row.rank);
                let role = |id: &IdNumber| match named.people.contains(id) {
                    true => "指定".to_owned(),
                    false => format!("综合成绩第{}名", rank(id)),
                };
                Ok((named.unit, team.into_iter().map(|id| (id.clone(), role(&id))).collect()))
            }
        }
    }

    pub(crate) fn sent_members(&self, plan: &DelegationPlan) -> Result<Vec<IdNumber>> {
        Ok(self.sent(plan)?.1)
    }

    /// The team of a standing that is sent whole: its unit, its people, and their own ranks.
    fn sent(&self, plan: &DelegationPlan) -> Result<(UnitCode, Vec<IdNumber>, Standing)> {
        let list = self.standing_plan(&plan.standing)?;
        let team = self.group_rows(list)?.into_iter().find(|row| row.rank == plan.place);
        let team = team.ok_or_else(|| StageFault::TeamNotNamed { team: plan.id.clone() })?;
        if let Some(tie) = team.tie {
            return Err(ResultsFault::NextHeld { tie, tied: vec![] }.into());
        }
        let contenders = self
            .composites(&list.stage)?
            .into_iter()
            .filter(|c| team.members.contains(&c.id))
            .map(|c| Contender { id: c.id.0, total: c.total, keys: c.keys })
            .collect();
        let within = rank(&format!("{}/{}", plan.id, team.unit), contenders, &self.tie_rulings()?);
        Ok((team.unit, team.members, within))
    }

    /// A team's substitutes: those HQ named, else those with the lowest composite.
    fn substitutes(&self, plan: &DelegationPlan, members: &[IdNumber], within: &Standing) -> Result<Result<Vec<IdNumber>, HeldTie>> {
        match self.one::<TeamSubstitutes>(&plan.id)?.map(|held| held.value.substitutes) {
            Some(chosen) => {
                stages::check_substitutes(&plan.id, members, &chosen, plan.substitutes)?;
                Ok(Ok(chosen))
            }
            None => Ok(award::substitutes(within, plan.substitutes)),
        }
    }

    /// Ties that keep a team or its award open.
    pub(crate) fn team_ties(&self) -> Result<Vec<HeldTie>> {
        let mut out = Vec::new();
        for plan in self.team_plans() {
            match self.team_tie(plan) {
                Ok(tie) => out.extend(tie),
                // What cannot be made yet holds no ties yet; a tie between teams stands in their standing.
                Err(DeskError::Results(_) | DeskError::Stage(_) | DeskError::Panel(_)) => {}
                Err(DeskError::Desk(
                    DeskFault::NoSelection { .. } | DeskFault::WeightsNotConfirmed { .. } | DeskFault::NoComposite { .. },
                )) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(out)
    }

    fn team_tie(&self, plan: TeamPlan<'_>) -> Result<Option<HeldTie>> {
        if let Some(result) = self.one::<TeamResult>(plan.id())? {
            return Ok(self.placed(plan, &result.value)?.err());
        }
        match plan {
            TeamPlan::Sent(plan) => {
                let (_, members, within) = self.sent(plan)?;
                Ok(self.substitutes(plan, &members, &within)?.err())
            }
            TeamPlan::Named(plan) => {
                let Some(named) = self.one::<NamedTeam>(&plan.id)? else { return Ok(None) };
                Ok(stages::named_team(plan, &named.value.people, &self.standing(&plan.standing)?, &self.tie_rulings()?).err())
            }
        }
    }

    /// Who reached the places of a team's award; nobody where people decide it.
    pub(crate) fn placed(&self, plan: TeamPlan<'_>, result: &TeamResult) -> Result<Result<Vec<(IdNumber, u32)>, HeldTie>> {
        let Some(award) = plan.award().map(|id| self.award_plan(id)).transpose()?.filter(|a| a.to > 0) else { return Ok(Ok(vec![])) };
        let question = format!("{}/{}", plan.id(), award.id);
        Ok(stages::placed(&question, &result.people, award.from, award.to, &self.tie_rulings()?))
    }
}

/// A tie of which the answer must come first.
pub(super) fn held(tie: HeldTie) -> DeskError {
    ResultsFault::NextHeld { tie: tie.id, tied: tie.tied }.into()
}

impl Desk {
    /// A team with its results, as a list.
    pub fn team_table(&self, team: &ListId) -> Result<ResultsTable> {
        let row = self.view().team(team)?;
        let text = |place: Option<u32>| place.map(|p| p.to_string()).unwrap_or_default();
        Ok(ResultsTable {
            title: row.title,
            columns: texts(&["id", "name", "unit", "role", "place", "result"]),
            headers: texts(&["身份证号", "姓名", "单位", "身份", "名次", "成绩"]),
            rows: row.members.into_iter().map(|m| vec![m.id.0, m.name, m.unit, m.role, text(m.place), m.result]).collect(),
        })
    }

    /// The plan's teams, by id.
    pub fn team_ids(&self) -> Vec<ListId> {
        self.view().team_plans().map(|t| t.id().clone()).collect()
    }
}
