//! The list of a team sent to a stage that others hold.

use super::fact;
use crate::error::Result;
use crate::{Ctx, View};
use kaowu_core::facts::{NamedTeam, TeamSubstitutes};
use kaowu_core::figure::Mark;
use kaowu_core::identity::{IdNumber, ListId};
use kaowu_papers::TeamList;
use kaowu_papers::forms::TeamPerson;
use std::collections::BTreeMap;

impl View<'_> {
    pub(super) fn team_list(&self, ctx: &Ctx, team: &ListId) -> Result<TeamList> {
        let row = self.team(team)?;
        let plan = self.team_plan(team)?;
        let of = &self.standing_plan(plan.standing())?.stage;
        let (all, places) = (self.candidates(of)?, self.plan().arithmetic.places);
        let totals: BTreeMap<IdNumber, Mark> = self.composites(of)?.into_iter().map(|c| (c.id, c.total)).collect();
        let stage = plan.stage().map(|id| self.stage(id)).transpose()?.map(|s| s.name.clone()).unwrap_or_default();
        let mut facts = vec![fact("代表队", row.unit.clone()), fact("阶段", stage.clone())];
        let mut notes = Vec::new();
        if let Some(named) = self.one::<NamedTeam>(team)? {
            facts.push(fact("指定文号", named.value.document));
        }
        if let Some(chosen) = self.one::<TeamSubstitutes>(team)? {
            notes.push(format!("替补由省厅另行指定：{}。", chosen.value.reason));
        }
        if let Some(result) = &row.result {
            facts.push(fact("成绩", format!("第 {} 名，{}", result.place, if result.promoted { "晋级" } else { "未晋级" })));
            facts.push(fact("成绩文号", result.document.clone()));
        }
        let person = |m: &crate::TeamMember| {
            let known = all.get(&m.id);
            let place = m.place.map(|place| format!("第 {place} 名"));
            TeamPerson {
                name: m.name.clone(),
                sex: known.map(|p| p.sex.clone()).unwrap_or_default(),
                unit: m.unit.clone(),
                duty: known.map(|p| p.duty.clone()).unwrap_or_default(),
                role: m.role.clone(),
                total: totals.get(&m.id).map(|t| t.show(places)).unwrap_or_default(),
                result: [place, Some(m.result.clone()).filter(|r| !r.is_empty())].into_iter().flatten().collect::<Vec<_>>().join("，"),
            }
        };
        let people = row.members.iter().map(person).collect();
        Ok(TeamList { foot: self.foot(ctx, &stage, "", "")?, title: format!("{}名单", row.title), facts, people, notes })
    }
}
