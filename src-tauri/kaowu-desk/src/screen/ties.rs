//! Ties that wait: who is level, in what, and on which question.

use super::Both;
use crate::error::Result;
use crate::{Desk, View};
use kaowu_core::identity::{TierId, UnitCode};
use kaowu_core::plan::StandingOf;
use kaowu_core::standing::HeldTie;
use serde::Serialize;
use specta::Type;

/// A name in a tie.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct Tied {
    /// What a ruling names.
    pub id: String,
    /// Name of the person, with their unit, or of the unit.
    pub name: Both,
}

/// A figure that all of a tie have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct LevelIn {
    /// What it is.
    pub what: Both,
    /// The figure.
    pub value: String,
}

/// A held tie. It is held because whatever the plan compares has been compared: no key is left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct TieRow {
    /// Id.
    pub id: String,
    /// Which question is open.
    pub question: Both,
    /// Who is level.
    pub tied: Vec<Tied>,
    /// The rank they share.
    pub places: u32,
    /// In what they are level: the total, then every key of the plan.
    pub level: Vec<LevelIn>,
}

impl View<'_> {
    pub(super) fn tie_row(&self, tie: HeldTie) -> Result<TieRow> {
        let mut tied = Vec::new();
        for id in &tie.tied {
            tied.push(Tied { name: self.name_of(id)?, id: self.handle_or_code(id) });
        }
        let level = self.level_in(&tie)?;
        Ok(TieRow { question: self.question(&tie.question), level, places: tie.rank, id: tie.id, tied })
    }

    fn level_in(&self, tie: &HeldTie) -> Result<Vec<LevelIn>> {
        let places = self.plan().arithmetic.places;
        let list = tie.question.split('/').next().unwrap_or_default();
        // Places that others gave are no figure of ours.
        if self.team_plans().any(|team| team.id().as_str() == list) && tie.question.ends_with("/place") {
            return Ok(vec![]);
        }
        let (mut whats, keys) = match self.plan().standings.iter().find(|s| s.id.as_str() == list) {
            Some(plan) if matches!(plan.of, StandingOf::People { .. }) => {
                (vec![Both::of("综合成绩", "Composite")], self.composite_plan(&plan.stage)?.keys.clone())
            }
            Some(_) => (vec![Both::of("总分", "Sum")], vec![]),
            None => match self.plan().selections.iter().find(|s| s.to.as_str() == list) {
                Some(plan) if tie.tied.iter().all(|id| self.plan().unit(&UnitCode::from(id.as_str())).is_none()) => {
                    let by = &plan.by;
                    (vec![self.part(&by.stage, &by.part)?.into()], vec![])
                }
                _ => (vec![Both::of("总分", "Sum")], vec![]),
            },
        };
        for key in keys {
            whats.push(self.part(&key.stage, &key.part)?.into());
        }
        let values = std::iter::once(tie.total).chain(tie.keys.iter().copied());
        Ok(whats.into_iter().zip(values).map(|(what, value)| LevelIn { what, value: value.show(places) }).collect())
    }

    /// The question of a tie in words: the list's title, and the rule or unit within which it is open.
    pub(super) fn question(&self, question: &str) -> Both {
        let plan = self.plan();
        let (list, within) = question.split_once('/').unwrap_or((question, ""));
        let title = plan.standings.iter().find(|s| s.id.as_str() == list).map(Both::from);
        let selected = || plan.stages.iter().find(|s| s.id.as_str() == list);
        let team = || self.team_plans().find(|t| t.id().as_str() == list).map(|t| Both::of(t.title(), t.title_en()));
        let title =
            title.or_else(team).or_else(|| selected().map(|s| Both::of(format!("{}入选", s.name), format!("Selection for {}", s.name_en))));
        let rules = || plan.selections.iter().filter(|s| s.to.as_str() == list).flat_map(|s| &s.rules);
        let words = |part: &str| -> Both {
            if let Some(rule) = rules().find(|rule| rule.name() == part) {
                return Both::of(rule.name(), rule.name_en());
            }
            if let Some(tier) = plan.tier(&TierId::from(part)) {
                return tier.into();
            }
            if let Some(award) = plan.awards.iter().find(|award| award.id.as_str() == part) {
                return award.into();
            }
            let name = self.full_name(&UnitCode::from(part));
            Both::same(if name.is_empty() { part.to_owned() } else { name })
        };
        let mut parts = vec![title.unwrap_or_else(|| Both::same(list))];
        parts.extend(within.split('/').filter(|part| !part.is_empty()).map(words));
        Both::join(&parts, " · ")
    }
}

impl Desk {
    /// Every tie that waits, with names.
    pub fn tie_rows(&self) -> Result<Vec<TieRow>> {
        let view = self.view();
        let row = |tie: HeldTie| if tie.question.starts_with("practice/") { self.practice_tie_row(tie) } else { view.tie_row(tie) };
        self.held_ties()?.into_iter().map(row).collect()
    }
}
