//! Weights, selection, standings.

use super::{Both, Refused, TieRow, count, stage_and_part};
use crate::error::Result;
use crate::{Desk, DeskError, DeskFault, View};
use kaowu_core::facts::{DecidedMark, KeyedMark, KeyedSheet, Pass, Weights};
use kaowu_core::figure::{Mark, Places};
use kaowu_core::identity::{IdNumber, ListId, PartId, StageId};
use kaowu_core::marks::MarkValue;
use kaowu_core::plan::{PartRef, StandingOf, Tier};
use kaowu_core::selection::Selected;
use kaowu_core::standing::HeldTie;
use kaowu_core::words::Lang;
use serde::Serialize;
use specta::Type;
use std::collections::BTreeMap;

/// One weighted part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct TermRow {
    /// Stage.
    pub stage: String,
    /// Part.
    pub part: String,
    /// Its name.
    pub name: Both,
    /// The weight in force.
    pub weight: String,
    /// The plan's.
    pub planned: String,
}

/// Weights of a composite.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct WeightsScreen {
    /// Whether HQ has confirmed them.
    pub confirmed: bool,
    /// Who did.
    pub by: Vec<String>,
    /// Terms in the plan's order.
    pub terms: Vec<TermRow>,
}

/// A person selected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct SelectedPerson {
    /// Handle.
    pub person: String,
    /// Name.
    pub name: String,
    /// Outermost unit.
    pub city: Both,
    /// Unit below it.
    pub county: String,
    /// Name of the rule.
    pub rule: Both,
}

/// A selection as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct SelectionScreen {
    /// Whether it has been fixed.
    pub made: bool,
    /// Who is, or would be, selected.
    pub rows: Vec<SelectedPerson>,
    /// Places there are, those that ties hold among them.
    pub places: u32,
    /// Ties that hold it.
    pub held: Vec<TieRow>,
    /// Until when people may be substituted.
    pub frozen: Option<String>,
    /// Why it cannot be made.
    pub refused: Option<Refused>,
}

/// Whose standing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)] // as StandingOf of core
pub enum StandingKind {
    People,
    Teams,
    Units,
}

/// A standing of the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct StandingInfo {
    /// Id.
    pub id: String,
    /// Title.
    pub title: Both,
    /// Stage.
    pub stage: String,
    /// Whose.
    pub of: StandingKind,
}

/// A place in a standing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct StandingLine {
    /// Rank.
    pub rank: u32,
    /// Handle, where the place is a person's.
    pub person: Option<String>,
    /// Code of the unit, where the place is a team's or a unit's.
    pub group: Option<String>,
    /// Name of the person or unit.
    pub name: String,
    /// Unit.
    pub unit: String,
    /// Published marks, by the headers; `absent` and `void` where there is none.
    pub cells: Vec<String>,
    /// The published total.
    pub total: String,
    /// The tie that holds the place.
    pub tie: Option<String>,
    /// Names of a team's people.
    pub members: Vec<String>,
}

/// A standing as a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct StandingScreen {
    /// Title.
    pub title: Both,
    /// Headers of the cells.
    pub headers: Vec<Both>,
    /// Rows.
    pub rows: Vec<StandingLine>,
    /// Ties.
    pub held: Vec<TieRow>,
}

/// Why somebody stands where they stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct WhyScreen {
    /// Who.
    pub name: String,
    /// Every step in figures.
    pub steps: Vec<Both>,
    /// Entries the figures came from.
    pub entries: Vec<String>,
}

/// A rank under other weights.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct WhatIfRow {
    /// Handle.
    pub person: String,
    /// Name.
    pub name: String,
    /// Unit.
    pub unit: String,
    /// Rank that holds.
    pub before: u32,
    /// Rank under the other weights.
    pub after: u32,
    /// Total under them.
    pub total: String,
}

/// How marks of a unit are spread; figures in marks, for charts only.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
pub struct Spread {
    /// The unit.
    pub unit: String,
    /// Marks.
    pub n: u32,
    /// Least.
    pub min: f64,
    /// First quartile.
    pub q1: f64,
    /// Median.
    pub median: f64,
    /// Third quartile.
    pub q3: f64,
    /// Greatest.
    pub max: f64,
}

impl View<'_> {
    fn selected_screen_rows(&self, to: &StageId) -> Result<(Vec<SelectedPerson>, Vec<HeldTie>, u32)> {
        let (people, held, open): (Vec<Selected>, _, _) = match self.selection(to)? {
            Some(_) => (self.selected_now(to)?, vec![], 0),
            None => {
                let now = self.selection_now(to)?;
                (now.people, now.held, now.open)
            }
        };
        let places = count(people.len()).saturating_add(open);
        let rules: BTreeMap<&str, &str> = self.plan().selections.iter().flat_map(|s| &s.rules).map(|r| (r.name(), r.name_en())).collect();
        let row = |s: crate::SelectedRow| SelectedPerson {
            person: self.handle(&s.id),
            name: s.name,
            city: self.outermost(s.city),
            county: s.county,
            rule: Both::of(&s.rule, rules.get(s.rule.as_str()).copied().unwrap_or(&s.rule)),
        };
        Ok((self.selected_rows(&people)?.into_iter().map(row).collect(), held, places))
    }

    /// An outermost unit as a column of cities shows it: the only one of its tier by the tier's name.
    fn outermost(&self, name: String) -> Both {
        let plan = self.plan();
        let alone = |tier: &&Tier| plan.units_of(&tier.id).map(|u| &u.name).eq([&name]);
        plan.tiers.iter().find(alone).map_or_else(|| Both::same(&name), Both::from)
    }

    /// Entries from which a person's marks came.
    pub(super) fn entries_of(&self, of: &PartRef, id: &IdNumber) -> Result<Vec<String>> {
        let mut out = Vec::new();
        for pass in [Pass(1), Pass(2)] {
            let key = (of.stage.clone(), of.part.clone(), id.clone(), pass);
            out.extend(self.live::<KeyedMark>(&key)?.into_iter().map(|held| held.entry.0));
            out.extend(self.live::<KeyedSheet>(&key)?.into_iter().map(|held| held.entry.0));
        }
        let key = (of.stage.clone(), of.part.clone(), id.clone());
        out.extend(self.live::<DecidedMark>(&key)?.into_iter().map(|held| held.entry.0));
        out.sort();
        out.dedup();
        Ok(out)
    }
}

impl Desk {
    /// Weights of a stage's composite, planned and in force.
    pub fn weights_screen(&self, stage: &StageId) -> Result<WeightsScreen> {
        let view = self.view();
        let plan = view.composite_plan(stage)?;
        let held = view.one::<Weights>(stage)?;
        let mut terms = Vec::new();
        for (n, term) in plan.terms.iter().enumerate() {
            let weight = held.as_ref().and_then(|h| h.value.weights.get(n).copied()).unwrap_or(term.weight);
            terms.push(TermRow {
                stage: term.stage.to_string(),
                part: term.part.to_string(),
                name: stage_and_part(view.stage(&term.stage)?, view.part(&term.stage, &term.part)?),
                weight: weight.to_string(),
                planned: term.weight.to_string(),
            });
        }
        let by = held.as_ref().map(|h| h.value.by.iter().map(ToString::to_string).collect()).unwrap_or_default();
        Ok(WeightsScreen { confirmed: held.is_some(), by, terms })
    }

    /// A selection: made, or as it would be made now, or why it cannot be.
    pub fn selection_screen(&self, to: &StageId) -> Result<SelectionScreen> {
        let view = self.view();
        let plan = view.selection_plan(to).ok_or_else(|| DeskFault::NoSelection { stage: to.clone() })?;
        let made = view.selection(to)?.is_some();
        let frozen = plan.freeze.map(|f| f.to_rfc3339());
        Ok(match view.selected_screen_rows(to) {
            Ok((rows, _, places)) if !made && places == 0 => {
                let error = DeskFault::NobodyToSelect { stage: to.clone() }.into();
                let refused = Some(Refused::in_event(&error, self.plan()));
                SelectionScreen { made, rows, places, held: vec![], frozen, refused }
            }
            Ok((rows, held, places)) => {
                let held = held.into_iter().map(|tie| view.tie_row(tie)).collect::<Result<_>>()?;
                SelectionScreen { made, rows, places, held, frozen, refused: None }
            }
            Err(error @ (DeskError::Results(_) | DeskError::Panel(_))) => SelectionScreen {
                made,
                rows: vec![],
                places: 0,
                held: vec![],
                frozen,
                refused: Some(Refused::in_event(&error, self.plan())),
            },
            Err(error) => return Err(error),
        })
    }

    /// The plan's standings.
    pub fn standing_infos(&self) -> Vec<StandingInfo> {
        let of = |s: &StandingOf| match s {
            StandingOf::People { .. } => StandingKind::People,
            StandingOf::Teams { .. } => StandingKind::Teams,
            StandingOf::Units { .. } => StandingKind::Units,
        };
        let info = |s: &kaowu_core::plan::StandingPlan| StandingInfo {
            id: s.id.to_string(),
            title: s.into(),
            stage: s.stage.to_string(),
            of: of(&s.of),
        };
        self.plan().standings.iter().map(info).collect()
    }

    /// A standing with names, marks and ties.
    pub fn standing_screen(&self, id: &ListId) -> Result<StandingScreen> {
        let view = self.view();
        let plan = view.standing_plan(id)?;
        let places = self.plan().arithmetic.places;
        let standing = view.standing(id)?;
        let held = standing.held.iter().cloned().map(|tie| view.tie_row(tie)).collect::<Result<_>>()?;
        let names = view.candidates(&plan.stage)?;
        let mut headers = Vec::new();
        let mut rows = Vec::new();
        if matches!(plan.of, StandingOf::People { .. }) {
            for term in &view.composite_plan(&plan.stage)?.terms {
                headers.push(stage_and_part(view.stage(&term.stage)?, view.part(&term.stage, &term.part)?));
            }
            let ties: BTreeMap<&str, &Option<String>> = standing.rows.iter().map(|r| (r.id.as_str(), &r.tie)).collect();
            for row in view.composite_rows(plan)? {
                let id = &row.composite.id;
                let person = names.get(id);
                rows.push(StandingLine {
                    rank: row.rank,
                    name: person.map(|p| p.name.clone()).unwrap_or_default(),
                    unit: person.map(|p| view.full_name(&p.unit)).unwrap_or_default(),
                    cells: row.composite.terms.iter().map(|t| cell(t.value, places)).collect(),
                    total: row.composite.total.show(places),
                    tie: ties.get(id.as_str()).and_then(|t| (*t).clone()),
                    person: Some(view.handle(id)),
                    group: None,
                    members: vec![],
                });
            }
        } else {
            for row in view.group_rows(plan)? {
                rows.push(StandingLine {
                    rank: row.rank,
                    person: None,
                    group: Some(row.unit.to_string()),
                    name: view.full_name(&row.unit),
                    unit: view.city(&row.unit),
                    cells: vec![],
                    total: row.total.show(places),
                    tie: row.tie,
                    members: row.members.iter().filter_map(|id| names.get(id).map(|p| p.name.clone())).collect(),
                });
            }
        }
        Ok(StandingScreen { title: plan.into(), headers, rows, held })
    }

    /// Every step of a person's total, and the entries behind it.
    pub fn why_screen(&self, stage: &StageId, person: &str) -> Result<WhyScreen> {
        let (id, name, zh) = self.why_in(Lang::Zh, stage, person)?;
        let (_, _, en) = self.why_in(Lang::En, stage, id.as_str())?;
        let view = self.view();
        let mut entries = Vec::new();
        for term in &view.composite_plan(stage)?.terms {
            entries.extend(view.entries_of(&PartRef { stage: term.stage.clone(), part: term.part.clone() }, &id)?);
        }
        Ok(WhyScreen { name, steps: Both::each(&zh, &en), entries })
    }

    /// Ranks under other weights beside those that hold.
    pub fn what_if_rows(&self, list: &ListId, weights: &[Mark]) -> Result<Vec<WhatIfRow>> {
        let view = self.view();
        let names = view.candidates(&view.standing_plan(list)?.stage)?;
        let places = self.plan().arithmetic.places;
        let rows = self.what_if(list, weights)?.into_iter().map(|w| {
            let person = names.get(&w.id);
            WhatIfRow {
                name: person.map(|p| p.name.clone()).unwrap_or_default(),
                unit: person.map(|p| view.full_name(&p.unit)).unwrap_or_default(),
                person: view.handle(&w.id),
                before: w.before,
                after: w.after,
                total: w.total.show(places),
            }
        });
        Ok(rows.collect())
    }

    /// How the marks of a part are spread over the outermost units.
    pub fn spread(&self, stage: &StageId, part: &PartId) -> Result<Vec<Spread>> {
        let view = self.view();
        let people = view.candidates(stage)?;
        let mut units: BTreeMap<String, Vec<Mark>> = BTreeMap::new();
        for (id, value) in view.part_marks(&PartRef { stage: stage.clone(), part: part.clone() })? {
            if let (MarkValue::Given(mark), Some(person)) = (value, people.get(&id)) {
                units.entry(view.city(&person.unit)).or_default().push(mark);
            }
        }
        Ok(units
            .into_iter()
            .filter_map(|(unit, marks)| kaowu_core::spread::Spread::of(&marks).map(|of| (unit, of)))
            .map(|(unit, of)| Spread {
                unit,
                n: of.n,
                min: figure(of.min),
                q1: figure(of.q1),
                median: figure(of.median),
                q3: figure(of.q3),
                max: figure(of.max),
            })
            .collect())
    }
}

/// A mark as a table takes it: the pages have the words for what is none.
fn cell(value: MarkValue, places: Places) -> String {
    match value {
        MarkValue::Given(mark) => mark.show(places),
        MarkValue::Absent => "absent".to_owned(),
        MarkValue::Void => "void".to_owned(),
    }
}

/// A mark as a chart takes it; nothing published is computed from it.
#[allow(clippy::float_arithmetic)]
pub(super) fn figure(mark: Mark) -> f64 {
    f64::from(i32::try_from(mark.0).unwrap_or(i32::MAX)) / 1000.0
}
