//! Lots and judges' sheets.

use super::PersonRow;
use crate::error::Result;
use crate::{Desk, View};
use kaowu_core::facts::{KeyedSheet, LotDraw, Pass};
use kaowu_core::figure::Mark;
use kaowu_core::identity::{IdNumber, Operator, PartId, StageId};
use kaowu_core::interview::{PanelSheet, SheetState};
use kaowu_core::marks::MarkValue;
use serde::Serialize;
use specta::Type;
use std::collections::BTreeMap;

/// A lot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct LotRow {
    /// Handle.
    pub person: String,
    /// Panel.
    pub panel: String,
    /// Place in its order.
    pub order: u32,
    /// Name.
    pub name: String,
    /// Candidate number.
    pub number: String,
    /// Unit.
    pub unit: String,
}

/// How lots were drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct DrawnLots {
    /// Seed.
    pub seed: Option<String>,
    /// Who watched.
    pub witnesses: Vec<String>,
    /// Panels.
    pub panels: Vec<String>,
    /// When.
    pub at: String,
    /// By whom.
    pub by: String,
}

/// Lots of a part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct Lots {
    /// How they were drawn, once they are.
    pub drawn: Option<DrawnLots>,
    /// Everyone who sits the part.
    pub entrants: Vec<PersonRow>,
    /// Lots, by panel and order.
    pub rows: Vec<LotRow>,
    /// Whether a mark is keyed: then no lots are drawn again.
    pub marked: bool,
}

/// Where a person's sheets stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)] // as SheetState of core
pub enum PanelState {
    Empty,
    OnePass,
    Matched,
    Different,
    Decided,
    Absent,
}

/// A person's sheets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct PanelRow {
    /// Handle.
    pub person: String,
    /// Panel.
    pub panel: String,
    /// Place in its order.
    pub order: Option<u32>,
    /// Name.
    pub name: String,
    /// Candidate number.
    pub number: String,
    /// Unit.
    pub unit: String,
    /// What this operator keyed in this pass.
    pub mine: Option<Vec<String>>,
    /// Where they stand.
    pub state: PanelState,
    /// Judges' totals once settled.
    pub marks: Vec<String>,
    /// Which of them are struck out, from 0.
    pub dropped: Vec<u32>,
    /// Sum of what is kept.
    pub sum: Option<String>,
    /// The published mark.
    pub published: Option<String>,
}

/// The panel's grid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PanelScreen {
    /// Judges.
    pub judges: u32,
    /// Full marks.
    pub full: String,
    /// Finest step.
    pub step: String,
    /// Highest marks struck out.
    pub drop_high: u32,
    /// Lowest marks struck out.
    pub drop_low: u32,
    /// In order of lots.
    pub rows: Vec<PanelRow>,
}

/// Two keyings side by side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SheetDifference {
    /// Handle.
    pub person: String,
    /// Name.
    pub name: String,
    /// Candidate number.
    pub number: String,
    /// First pass.
    pub first: Vec<String>,
    /// By whom.
    pub first_by: String,
    /// Second pass.
    pub second: Vec<String>,
    /// By whom.
    pub second_by: String,
}

fn texts(sheet: &PanelSheet) -> Vec<String> {
    match sheet {
        PanelSheet::Absent => vec!["缺考".to_owned()],
        PanelSheet::Judges(judges) => {
            let cell = |mark: &Option<Mark>| mark.map(|m| m.to_string()).unwrap_or_default();
            judges.iter().map(|cells| cells.iter().map(cell).collect::<Vec<_>>().join(" ")).collect()
        }
    }
}

impl View<'_> {
    fn pass_sheets(&self, stage: &StageId, part: &PartId, pass: Pass) -> Result<BTreeMap<IdNumber, (PanelSheet, Operator)>> {
        let all = self.under::<KeyedSheet>(&format!("{stage}/{part}/"))?;
        Ok(all.into_iter().filter(|((_, _, _, of), _)| *of == pass).map(|((_, _, id, _), h)| (id, (h.value.sheet, h.value.by))).collect())
    }
}

impl Desk {
    /// Lots of a part, and everyone they are drawn for.
    pub fn lots_screen(&self, stage: &StageId, part: &PartId) -> Result<Lots> {
        let view = self.view();
        view.panel_part(stage, part)?;
        let mut entrants = Vec::new();
        for id in view.entrants(stage, part)?.keys() {
            entrants.push(view.person_row(stage, id)?);
        }
        let mut rows = Vec::new();
        for (id, lot) in view.lots(stage, part)? {
            let who = view.person_row(stage, &id)?;
            let number = who.number.unwrap_or_default();
            rows.push(LotRow { person: who.person, panel: lot.panel.0, order: lot.order, name: who.name, number, unit: who.unit });
        }
        rows.sort_by(|a, b| (&a.panel, a.order).cmp(&(&b.panel, b.order)));
        let names = |list: Vec<Operator>| list.into_iter().map(|n| n.0).collect();
        let drawn = view.one::<LotDraw>(&(stage.clone(), part.clone()))?.map(|held| DrawnLots {
            seed: held.value.seed,
            witnesses: names(held.value.witnesses),
            panels: held.value.panels.into_iter().map(|p| p.0).collect(),
            at: view.plan().clock(&held.by.t),
            by: held.by.op.to_string(),
        });
        let marked = !view.under::<KeyedSheet>(&format!("{stage}/{part}/"))?.is_empty();
        Ok(Lots { drawn, entrants, rows, marked })
    }

    /// The grid of a pass for one operator; figures of others show once both passes have settled them.
    pub fn panel_screen(&self, operator: Option<&Operator>, stage: &StageId, part: &PartId, pass: Pass) -> Result<PanelScreen> {
        let view = self.view();
        let (rules, panel) = view.panel_part(stage, part)?;
        let lots = view.lots(stage, part)?;
        let mut states = view.sheet_states(stage, part)?;
        let mine = view.pass_sheets(stage, part, pass)?;
        let marks = view.interview_marks(stage, part)?;
        let mut rows = Vec::new();
        for id in view.entrants(stage, part)?.into_keys() {
            let who = view.person_row(stage, &id)?;
            let state = states.remove(&id).unwrap_or(SheetState::Empty);
            let lot = lots.get(&id);
            let (value, result) = marks.get(&id).cloned().unzip();
            let result = result.flatten();
            let settled = state.settled();
            rows.push(PanelRow {
                panel: lot.map(|l| l.panel.to_string()).unwrap_or_default(),
                order: lot.map(|l| l.order),
                number: who.number.unwrap_or_default(),
                person: who.person,
                name: who.name,
                unit: who.unit,
                mine: mine.get(&id).filter(|(_, by)| Some(by) == operator).map(|(sheet, _)| texts(sheet)),
                state: match (&state, value) {
                    (SheetState::Empty, Some(MarkValue::Absent)) => PanelState::Absent,
                    (SheetState::Empty, _) => PanelState::Empty,
                    (SheetState::OnePass { .. }, _) => PanelState::OnePass,
                    (SheetState::Matched(_), _) => PanelState::Matched,
                    (SheetState::Different { .. } | SheetState::Conflict { .. }, _) => PanelState::Different,
                    (SheetState::Decided(_), _) => PanelState::Decided,
                },
                marks: settled.map(texts).unwrap_or_default(),
                dropped: result.as_ref().map(|r| r.dropped.iter().map(|n| super::count(*n)).collect()).unwrap_or_default(),
                sum: result.as_ref().map(|r| r.sum.to_string()),
                published: result.map(|r| r.published.show(self.plan().arithmetic.places)),
            });
        }
        rows.sort_by(|a, b| (a.order.is_none(), &a.panel, a.order, &a.number).cmp(&(b.order.is_none(), &b.panel, b.order, &b.number)));
        Ok(PanelScreen {
            judges: u32::from(panel.judges),
            full: rules.full.to_string(),
            step: rules.step.to_string(),
            drop_high: u32::from(panel.drop_high),
            drop_low: u32::from(panel.drop_low),
            rows,
        })
    }

    /// Keyings that differ, side by side.
    pub fn sheet_difference_rows(&self, stage: &StageId, part: &PartId) -> Result<Vec<SheetDifference>> {
        let view = self.view();
        let passes = [view.pass_sheets(stage, part, Pass(1))?, view.pass_sheets(stage, part, Pass(2))?];
        let mut rows = Vec::new();
        for id in self.sheet_differences(stage, part)? {
            let who = view.person_row(stage, &id)?;
            let of = |n: usize| passes[n].get(&id).map(|(s, by)| (texts(s), by.to_string())).unwrap_or_default();
            let ((first, first_by), (second, second_by)) = (of(0), of(1));
            let number = who.number.unwrap_or_default();
            rows.push(SheetDifference { person: who.person, name: who.name, number, first, first_by, second, second_by });
        }
        Ok(rows)
    }
}
