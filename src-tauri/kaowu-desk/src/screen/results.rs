//! Weights, selection, standings, ties, awards.

use super::mask::mask_text;
use super::{Both, Refused, masked};
use crate::error::Result;
use crate::{Desk, DeskError, DeskFault, View};
use kaowu_core::facts::{AwardConfirmation, DecidedMark, Deed, KeyedMark, KeyedSheet, Pass, Weights};
use kaowu_core::figure::Mark;
use kaowu_core::identity::{IdNumber, ListId, PartId, StageId, UnitCode};
use kaowu_core::marks::MarkValue;
use kaowu_core::plan::{PartRef, StandingOf};
use kaowu_core::standing::HeldTie;
use serde::{Deserialize, Serialize};
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
    pub name: String,
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
    pub city: String,
    /// Unit below it.
    pub county: String,
    /// Name of the rule.
    pub rule: String,
}

/// A name in a tie.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct Tied {
    /// What a ruling names.
    pub id: String,
    /// Name of the person or unit.
    pub name: String,
}

/// A held tie.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct TieRow {
    /// Id.
    pub id: String,
    /// Which question is open.
    pub question: String,
    /// Who is level.
    pub tied: Vec<Tied>,
    /// The rank they share.
    pub places: u32,
}

/// A selection as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct SelectionScreen {
    /// Whether it has been fixed.
    pub made: bool,
    /// Who is, or would be, selected.
    pub rows: Vec<SelectedPerson>,
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
    pub title: String,
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
    /// Published marks, by the headers.
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
    pub title: String,
    /// Headers of the cells.
    pub headers: Vec<String>,
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

/// A winner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Winner {
    /// Handle of a person, or a unit's code; to confirm an award, also an ID number as somebody typed it.
    pub winner: String,
    /// The ID number under its mask, or the code.
    #[serde(default)]
    pub masked: Option<String>,
    /// Name as on the certificate.
    pub name: String,
    /// Place.
    pub rank: Option<u32>,
    /// Grounds of the same title beyond this award.
    #[serde(default)]
    pub also: Vec<String>,
}

/// An award as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AwardScreen {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Whether people decide it, not a standing.
    pub by_people: bool,
    /// Number of the document that confirms it.
    pub document: Option<String>,
    /// Winners.
    pub winners: Vec<Winner>,
    /// The tie that leaves it open.
    pub tie: Option<TieRow>,
    /// Why it cannot be worked out yet.
    pub refused: Option<Refused>,
}

impl View<'_> {
    pub(super) fn tie_row(&self, tie: HeldTie) -> Result<TieRow> {
        let mut tied = Vec::new();
        for id in tie.tied {
            let name = self.name_of(&id)?;
            let id = self.handle_or_code(&id);
            tied.push(Tied { name, id });
        }
        Ok(TieRow { id: tie.id, question: self.question(&tie.question), tied, places: tie.rank })
    }

    /// The question of a tie in words: the list's title, and the unit within which it is open.
    pub(super) fn question(&self, question: &str) -> String {
        let (list, within) = question.split_once('/').unwrap_or((question, ""));
        let title = self.plan().standings.iter().find(|s| s.id.as_str() == list).map(|s| s.title.clone());
        let team = || self.team_plans().find(|t| t.id().as_str() == list).map(|t| t.title().to_owned());
        let title =
            title.or_else(team).or_else(|| self.plan().stages.iter().find(|s| s.id.as_str() == list).map(|s| format!("{}入选", s.name)));
        let units: Vec<String> = within
            .split('/')
            .map(|part| {
                let name = self.full_name(&UnitCode::from(part));
                let award = || self.plan().awards.iter().find(|a| a.id.as_str() == part).map(|a| a.title.clone());
                if name.is_empty() { award().unwrap_or_else(|| part.to_owned()) } else { name }
            })
            .filter(|part| !part.is_empty())
            .collect();
        [vec![title.unwrap_or_else(|| list.to_owned())], units].concat().join(" · ")
    }

    fn selected_screen_rows(&self, to: &StageId) -> Result<(Vec<SelectedPerson>, Vec<HeldTie>)> {
        let (people, held) = match self.selection(to)? {
            Some(_) => (self.selected_now(to)?, vec![]),
            None => {
                let now = self.selection_now(to)?;
                (now.people, now.held)
            }
        };
        let row = |s: crate::SelectedRow| SelectedPerson {
            person: self.handle(&s.id),
            name: s.name,
            city: s.city,
            county: s.county,
            rule: s.rule,
        };
        Ok((self.selected_rows(&people)?.into_iter().map(row).collect(), held))
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
                name: format!("{} {}", view.stage(&term.stage)?.name, view.part(&term.stage, &term.part)?.name),
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
            Ok((rows, held)) => {
                let held = held.into_iter().map(|tie| view.tie_row(tie)).collect::<Result<_>>()?;
                SelectionScreen { made, rows, held, frozen, refused: None }
            }
            Err(error @ (DeskError::Results(_) | DeskError::Panel(_))) => {
                SelectionScreen { made, rows: vec![], held: vec![], frozen, refused: Some(error.into()) }
            }
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
            title: s.title.clone(),
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
                headers.push(format!("{} {}", view.stage(&term.stage)?.name, view.part(&term.stage, &term.part)?.name));
            }
            let ties: BTreeMap<&str, &Option<String>> = standing.rows.iter().map(|r| (r.id.as_str(), &r.tie)).collect();
            for row in view.composite_rows(plan)? {
                let id = &row.composite.id;
                let person = names.get(id);
                rows.push(StandingLine {
                    rank: row.rank,
                    name: person.map(|p| p.name.clone()).unwrap_or_default(),
                    unit: person.map(|p| view.full_name(&p.unit)).unwrap_or_default(),
                    cells: row.composite.terms.iter().map(|t| kaowu_core::why::shown(t.value, places)).collect(),
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
        Ok(StandingScreen { title: plan.title.clone(), headers, rows, held })
    }

    /// Every step of a person's total, and the entries behind it.
    pub fn why_screen(&self, stage: &StageId, person: &str) -> Result<WhyScreen> {
        let (id, name, steps) = self.why(stage, person)?;
        let view = self.view();
        let mut entries = Vec::new();
        for term in &view.composite_plan(stage)?.terms {
            entries.extend(view.entries_of(&PartRef { stage: term.stage.clone(), part: term.part.clone() }, &id)?);
        }
        Ok(WhyScreen { name, steps: steps.iter().map(Both::said).collect(), entries })
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

    /// Every tie that waits, with names.
    pub fn tie_rows(&self) -> Result<Vec<TieRow>> {
        let view = self.view();
        let row = |tie: HeldTie| if tie.question.starts_with("practice/") { self.practice_tie_row(tie) } else { view.tie_row(tie) };
        self.held_ties()?.into_iter().map(row).collect()
    }

    /// Every award: confirmed, open, or why it cannot be worked out yet.
    pub fn award_screens(&self) -> Result<Vec<AwardScreen>> {
        let view = self.view();
        let (given, open, refused) = match self.awards() {
            Ok((given, open)) => (given, open, None),
            Err(error @ (DeskError::Desk(_) | DeskError::Results(_) | DeskError::Panel(_))) => (vec![], vec![], Some(Refused::from(error))),
            Err(error) => return Err(error),
        };
        let titles = if refused.is_none() { view.titles()?.0 } else { vec![] };
        let mut rows = Vec::new();
        for award in &self.plan().awards {
            let also = |winner: &str| -> Vec<String> {
                let same = titles.iter().filter(|t| t.title == award.title && t.winner == winner);
                same.flat_map(|t| &t.grounds).filter(|g| g.award != award.id).map(|g| g.text.clone()).collect()
            };
            let confirmed = view.one::<AwardConfirmation>(&award.id)?;
            let of = given.iter().filter(|row| row.award == award.id).map(|row| Winner {
                winner: row.id.as_ref().map(|id| view.handle(id)).or_else(|| row.unit.as_ref().map(|u| u.0.clone())).unwrap_or_default(),
                masked: row.id.as_ref().map(masked),
                name: row.winner.clone(),
                rank: Some(row.rank),
                also: row.id.as_ref().map(|id| also(id.as_str())).unwrap_or_default(),
            });
            let kept = |d: &Deed| Winner {
                winner: view.handle_or_code(&d.winner),
                masked: Some(mask_text(&d.winner)),
                name: d.name.clone(),
                rank: d.rank,
                also: also(&d.winner),
            };
            let winners = match &confirmed {
                Some(held) => held.value.deeds.iter().map(kept).collect(),
                None => of.collect(),
            };
            let tie = open.iter().find(|(id, _)| *id == award.id).map(|(_, tie)| view.tie_row(tie.clone())).transpose()?;
            let by_people = award.standing.is_none();
            rows.push(AwardScreen {
                id: award.id.to_string(),
                title: award.title.clone(),
                by_people,
                document: confirmed.map(|held| held.value.document),
                winners,
                tie,
                refused: if by_people { None } else { refused.clone() },
            });
        }
        Ok(rows)
    }
}

/// A mark as a chart takes it; nothing published is computed from it.
#[allow(clippy::float_arithmetic)]
pub(super) fn figure(mark: Mark) -> f64 {
    f64::from(i32::try_from(mark.0).unwrap_or(i32::MAX)) / 1000.0
}
