//! Why a person stands where they stand.

use crate::error::{DeskFault, Result};
use crate::{Desk, View};
use kaowu_core::figure::Mark;
use kaowu_core::identity::{IdNumber, ListId, StageId, UnitCode};
use kaowu_core::plan::{StandingOf, StandingPlan};
use kaowu_core::why::{self, WhyStep};
use kaowu_core::words::Lang;
use std::collections::BTreeMap;

fn titled(plan: &StandingPlan, lang: Lang) -> &str {
    if lang == Lang::Zh { &plan.title } else { &plan.title_en }
}

impl Desk {
    /// Every step of a person's total in a stage, by ID number or name.
    pub fn why(&self, stage: &StageId, person: &str) -> Result<(IdNumber, String, Vec<WhyStep>)> {
        self.why_in(Lang::Zh, stage, person)
    }

    /// The same, with the plan's names in a language.
    pub fn why_in(&self, lang: Lang, stage: &StageId, person: &str) -> Result<(IdNumber, String, Vec<WhyStep>)> {
        let view = self.view();
        let (id, name) = view.one_person(stage, person)?;
        let places = self.plan().arithmetic.places;
        let composites = view.composites(stage)?;
        let not_selected = || DeskFault::NotSelected { person: name.clone(), stage: stage.clone() };
        let composite = composites.iter().find(|c| c.id == id).ok_or_else(not_selected)?;
        let mut steps = Vec::new();
        for term in &composite.terms {
            let part = view.part(&term.of.stage, &term.of.part)?;
            let label = if lang == Lang::Zh { &part.name } else { &part.name_en };
            let panel = if part.panel.is_some() {
                view.interview_marks(&term.of.stage, &term.of.part)?.remove(&id).and_then(|(_, panel)| panel)
            } else {
                None
            };
            steps.push(why::part_steps(lang, label, term.value, panel.as_ref(), places));
        }
        steps.push(why::total_step(composite, places));
        let total = |id: &IdNumber| composites.iter().find(|c| c.id == *id).map_or(Mark(0), |c| c.total);
        for plan in self.plan().standings.iter().filter(|s| s.stage == *stage) {
            match &plan.of {
                StandingOf::People { .. } => {
                    steps.extend(why::rank_steps(titled(plan, lang), &view.standing(&plan.id)?, id.as_str(), places))
                }
                StandingOf::Teams { .. } | StandingOf::Units { .. } => {
                    for row in view.group_rows(plan)?.into_iter().filter(|row| row.members.contains(&id)) {
                        let members: Vec<Mark> = row.members.iter().map(total).collect();
                        steps.push(why::sum_step(&view.full_name(&row.unit), &members, row.total, row.rank, places));
                    }
                }
            }
        }
        Ok((id, name, steps))
    }
}

impl Desk {
    /// Every step of a team's or a unit's rank, and its people.
    pub fn why_group(&self, lang: Lang, list: &ListId, unit: &UnitCode) -> Result<(String, Vec<IdNumber>, Vec<WhyStep>)> {
        let view = self.view();
        let plan = view.standing_plan(list)?;
        let name = view.full_name(unit);
        let row = view.group_rows(plan)?.into_iter().find(|row| row.unit == *unit);
        let row = row.ok_or_else(|| DeskFault::NotSelected { person: name.clone(), stage: plan.stage.clone() })?;
        let totals: BTreeMap<IdNumber, Mark> = view.composites(&plan.stage)?.into_iter().map(|c| (c.id, c.total)).collect();
        let mut ranks: BTreeMap<String, u32> = BTreeMap::new();
        for people in self.plan().standings.iter().filter(|s| s.stage == plan.stage && matches!(s.of, StandingOf::People { within: None }))
        {
            ranks.extend(view.standing(&people.id)?.rows.into_iter().map(|row| (row.id, row.rank)));
        }
        let names = view.candidates(&plan.stage)?;
        let member = |id: &IdNumber| {
            let name = names.get(id).map(|p| p.name.clone()).unwrap_or_default();
            (name, totals.get(id).copied().unwrap_or(Mark(0)), ranks.get(id.as_str()).copied().unwrap_or(0))
        };
        let members: Vec<_> = row.members.iter().map(member).collect();
        let steps =
            why::group_steps(&name, titled(plan, lang), &members, &view.standing(list)?, unit.as_str(), self.plan().arithmetic.places);
        Ok((name, row.members, steps))
    }
}

impl View<'_> {
    /// One person of a stage by ID number, candidate number or name; several of a name are refused.
    pub fn one_person(&self, stage: &StageId, person: &str) -> Result<(IdNumber, String)> {
        let person = person.trim();
        let ids = match self.reader().person_by_document(stage, person)? {
            Some(id) => vec![id],
            None => self.reader().people_by_name(stage, person)?,
        };
        match ids.as_slice() {
            [id] => {
                let name = self.candidate(stage, id)?.map(|p| p.name).unwrap_or_default();
                Ok((id.clone(), name))
            }
            [] => Err(DeskFault::NoSuchPerson { person: person.to_owned() }.into()),
            several => Err(DeskFault::SeveralPeople { person: person.to_owned(), ids: several.to_vec() }.into()),
        }
    }
}
