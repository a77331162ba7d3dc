//! Standings of people, teams and units (RULES.md §2, §4).

use crate::error::{DeskFault, Result};
use crate::results::table::texts;
use crate::results::{CompositeRow, ResultsTable};
use crate::{Desk, View};
use kaowu_core::composite::{Composite, check_weights};
use kaowu_core::figure::Mark;
use kaowu_core::identity::{IdNumber, ListId, UnitCode};
use kaowu_core::plan::{StandingOf, StandingPlan};
use kaowu_core::standing::{Contender, Row, Standing, rank};
use serde::Serialize;
use std::collections::BTreeMap;

/// A team's or unit's place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GroupRow {
    /// Rank.
    pub rank: u32,
    /// The unit.
    pub unit: UnitCode,
    /// The published sum.
    pub total: Mark,
    /// Its people, in order of the selection.
    pub members: Vec<IdNumber>,
    /// The held tie it is part of.
    pub tie: Option<String>,
}

/// A person's place under the weights that hold and under others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WhatIf {
    /// ID number.
    pub id: IdNumber,
    /// Rank under the weights that hold.
    pub before: u32,
    /// Rank under the others.
    pub after: u32,
    /// Composite under the others.
    pub total: Mark,
}

impl Desk {
    /// A standing of people as it would be under other weights, best first. Nothing is written; before the weights are
    /// confirmed, this standing is locked as every other.
    pub fn what_if(&self, list: &ListId, weights: &[Mark]) -> Result<Vec<WhatIf>> {
        let view = self.view();
        let plan = view.standing_plan(list)?;
        if !matches!(plan.of, StandingOf::People { .. }) {
            return Err(DeskFault::NotOfPeople { list: list.clone() }.into());
        }
        let now = view.weights(&plan.stage)?;
        check_weights(view.composite_plan(&plan.stage)?, weights)?;
        let before: BTreeMap<String, u32> = view.people_under(plan, &now)?.0.rows.into_iter().map(|row| (row.id, row.rank)).collect();
        let after = view.people_under(plan, weights)?.0.rows.into_iter();
        let row = |Row { rank, id, total, .. }| {
            let before = before.get(&id).copied().unwrap_or_default();
            WhatIf { id: IdNumber(id), before, after: rank, total }
        };
        Ok(after.map(row).collect())
    }

    /// A standing as a list, with the columns of the expected files.
    pub fn standing_table(&self, id: &ListId) -> Result<ResultsTable> {
        let view = self.view();
        let plan = view.standing_plan(id)?;
        let places = self.plan().arithmetic.places;
        match &plan.of {
            StandingOf::People { .. } => view.people_table(plan),
            StandingOf::Teams { .. } => Ok(ResultsTable {
                title: plan.title.clone(),
                columns: texts(&["rank", "city", "county", "total", "members"]),
                headers: texts(&["名次", "设区市", "县（市、区）", "总成绩", "队员"]),
                rows: view
                    .group_rows(plan)?
                    .into_iter()
                    .map(|row| {
                        let (city, county) = view.city_county(&row.unit);
                        let members = row.members.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
                        vec![row.rank.to_string(), city, county, row.total.show(places), members]
                    })
                    .collect(),
            }),
            StandingOf::Units { .. } => Ok(ResultsTable {
                title: plan.title.clone(),
                columns: texts(&["rank", "city", "total"]),
                headers: texts(&["名次", "设区市", "总成绩"]),
                rows: view
                    .group_rows(plan)?
                    .into_iter()
                    .map(|row| vec![row.rank.to_string(), view.plan().full_name(&row.unit), row.total.show(places)])
                    .collect(),
            }),
        }
    }
}

impl<'a> View<'a> {
    pub(crate) fn standing_plan(&self, id: &ListId) -> Result<&'a StandingPlan> {
        let all = &self.plan().standings;
        all.iter()
            .find(|s| s.id == *id)
            .ok_or_else(|| DeskFault::NoSuchList { list: id.clone(), known: all.iter().map(|s| s.id.clone()).collect() }.into())
    }

    /// A standing; ids are ID numbers of people or codes of units.
    pub fn standing(&self, id: &ListId) -> Result<Standing> {
        let plan = self.standing_plan(id)?;
        match &plan.of {
            StandingOf::People { .. } => Ok(self.people_standing(plan)?.0),
            StandingOf::Teams { .. } | StandingOf::Units { .. } => Ok(self.group_standing(plan)?.0),
        }
    }

    fn people_standing(&self, plan: &StandingPlan) -> Result<(Standing, BTreeMap<IdNumber, Composite>)> {
        self.people_under(plan, &self.weights(&plan.stage)?)
    }

    fn people_under(&self, plan: &StandingPlan, weights: &[Mark]) -> Result<(Standing, BTreeMap<IdNumber, Composite>)> {
        let composites = self.composites_under(&plan.stage, weights)?;
        let rulings = self.tie_rulings()?;
        let within = match &plan.of {
            StandingOf::People { within } => within.clone(),
            StandingOf::Teams { .. } | StandingOf::Units { .. } => None,
        };
        let people = self.candidates(&plan.stage)?;
        let mut groups: BTreeMap<UnitCode, Vec<Contender>> = BTreeMap::new();
        for c in &composites {
            let group = within.as_ref().and_then(|tier| people.get(&c.id).and_then(|p| self.plan().ancestor(&p.unit, tier)));
            let contender = Contender { id: c.id.to_string(), total: c.total, keys: c.keys.clone() };
            groups.entry(group.map(|u| u.code.clone()).unwrap_or_default()).or_default().push(contender);
        }
        let mut standing = Standing::default();
        for (group, contenders) in groups {
            let part = rank(&format!("{}/{group}", plan.id), contenders, &rulings);
            standing.rows.extend(part.rows);
            standing.held.extend(part.held);
        }
        Ok((standing, composites.into_iter().map(|c| (c.id.clone(), c)).collect()))
    }

    fn group_standing(&self, plan: &StandingPlan) -> Result<(Standing, BTreeMap<UnitCode, Vec<IdNumber>>)> {
        let composites: BTreeMap<IdNumber, Mark> = self.composites(&plan.stage)?.into_iter().map(|c| (c.id, c.total)).collect();
        let mut members: BTreeMap<UnitCode, Vec<IdNumber>> = BTreeMap::new();
        for place in self.selected_now(&plan.stage)? {
            let unit = match &plan.of {
                StandingOf::Teams { rule } if place.rule == *rule => place.team.clone(),
                StandingOf::Units { tier, rules } if rules.contains(&place.rule) => {
                    self.plan().ancestor(&place.group, tier).map(|u| u.code.clone())
                }
                StandingOf::People { .. } | StandingOf::Teams { .. } | StandingOf::Units { .. } => None,
            };
            if let Some(unit) = unit {
                members.entry(unit).or_default().push(place.id);
            }
        }
        let sum = |ids: &[IdNumber]| Mark(ids.iter().filter_map(|id| composites.get(id)).map(|m| m.0).sum());
        let contenders = members.iter().map(|(unit, ids)| Contender { id: unit.to_string(), total: sum(ids), keys: vec![] }).collect();
        Ok((rank(&format!("{}/", plan.id), contenders, &self.tie_rulings()?), members))
    }

    /// Rows of a standing of teams or units, with members.
    pub fn group_rows(&self, plan: &StandingPlan) -> Result<Vec<GroupRow>> {
        let (standing, mut members) = self.group_standing(plan)?;
        Ok(standing
            .rows
            .into_iter()
            .map(|Row { rank, id, total, tie }| {
                let unit = UnitCode(id);
                GroupRow { rank, members: members.remove(&unit).unwrap_or_default(), unit, total, tie }
            })
            .collect())
    }

    /// Rows of a standing of people, with composites.
    pub fn composite_rows(&self, plan: &StandingPlan) -> Result<Vec<CompositeRow>> {
        let (standing, mut composites) = self.people_standing(plan)?;
        Ok(standing
            .rows
            .into_iter()
            .filter_map(|row| composites.remove(&IdNumber(row.id)).map(|composite| CompositeRow { rank: row.rank, composite }))
            .collect())
    }

    fn people_table(&self, plan: &StandingPlan) -> Result<ResultsTable> {
        let names = self.candidates(&plan.stage)?;
        let places = self.plan().arithmetic.places;
        let terms = &self.composite_plan(&plan.stage)?.terms;
        let mut columns = texts(&["rank", "id", "name", "city", "county"]);
        let mut headers = texts(&["名次", "身份证号", "姓名", "设区市", "县（市、区）"]);
        // The expected files name marks `stage_part`, and an interview by its part alone.
        for term in terms {
            let interview = self.part(&term.stage, &term.part)?.panel.is_some();
            let name = if interview { term.part.to_string() } else { format!("{}_{}", term.stage, term.part) };
            columns.push(name);
            headers.push(self.part(&term.stage, &term.part)?.name.clone());
        }
        columns.push("total".to_owned());
        headers.push("综合成绩".to_owned());
        let rows = self.composite_rows(plan)?.into_iter().map(|row| {
            let person = names.get(&row.composite.id);
            let (city, county) = person.map(|p| self.city_county(&p.unit)).unwrap_or_default();
            let mut out =
                vec![row.rank.to_string(), row.composite.id.to_string(), person.map(|p| p.name.clone()).unwrap_or_default(), city, county];
            out.extend(row.composite.terms.iter().map(|t| t.value.counts().show(places)));
            out.push(row.composite.total.show(places));
            out
        });
        Ok(ResultsTable { title: plan.title.clone(), columns, headers, rows: rows.collect() })
    }
}
