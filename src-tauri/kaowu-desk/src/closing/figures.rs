//! Figures of the event that name nobody: what a closing report shows, and what stays when personal data is deleted.

use crate::error::{DeskError, Result};
use crate::{Desk, View};
use kaowu_core::facts::{
    AwardFigure, ClosingFigures, GroupFigure, IncidentFigure, ListFigure, PartFigure, SpreadFigure, UnitFigure, present_of,
};
use kaowu_core::figure::Mark;
use kaowu_core::identity::{IdNumber, PartId, StageId, UnitCode};
use kaowu_core::marks::MarkValue;
use kaowu_core::plan::{PartRef, StandingOf};
use kaowu_core::spread::{Spread, histogram};
use std::collections::{BTreeMap, BTreeSet};

/// Bars of a histogram over all marks.
const BARS: u32 = 20;

/// Who was there, in a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Turnout {
    pub(super) expected: u32,
    pub(super) absent: u32,
    pub(super) void: u32,
}

impl Turnout {
    pub(super) fn present(self) -> u32 {
        present_of(self.expected, self.absent)
    }

    fn add(&mut self, other: Self) {
        self.expected += other.expected;
        self.absent += other.absent;
        self.void += other.void;
    }
}

impl Desk {
    /// Every figure there is now, for a screen.
    pub(crate) fn closing_figures(&self) -> Result<ClosingFigures> {
        self.figures()
    }

    /// Every figure there is now. What cannot be worked out yet is left out.
    pub(super) fn figures(&self) -> Result<ClosingFigures> {
        let view = self.view();
        let mut parts = Vec::new();
        for stage in &self.plan().stages {
            for part in &stage.parts {
                let turnout = view.turnout(&stage.id, &part.id)?;
                if turnout.is_empty() {
                    continue;
                }
                let marks = match view.part_marks(&PartRef { stage: stage.id.clone(), part: part.id.clone() }) {
                    Ok(marks) => view.by_city(&stage.id, marks)?,
                    Err(DeskError::Panel(_) | DeskError::Mark(_)) => BTreeMap::new(),
                    Err(error) => return Err(error),
                };
                let all: Vec<Mark> = marks.values().flatten().copied().collect();
                let unit = |(unit, t): (UnitCode, Turnout)| UnitFigure { unit, expected: t.expected, absent: t.absent, void: t.void };
                let spread = |(unit, marks): (&UnitCode, &Vec<Mark>)| Spread::of(marks).map(|of| SpreadFigure { unit: unit.clone(), of });
                parts.push(PartFigure {
                    stage: stage.id.clone(),
                    part: part.id.clone(),
                    units: turnout.into_iter().map(unit).collect(),
                    bars: histogram(&all, part.full, BARS),
                    all: Spread::of(&all),
                    spreads: marks.iter().filter_map(spread).collect(),
                });
            }
        }
        let awards = self.award_figures()?;
        let incidents = self.incident_figures()?;
        let staff = self.staff_figures()?;
        Ok(ClosingFigures { parts, lists: self.list_figures()?, awards, incidents, inspections: count(view.inspections()?.len()), staff })
    }

    /// Standings without names: rank, unit, figure.
    fn list_figures(&self) -> Result<Vec<ListFigure>> {
        let view = self.view();
        let mut out = Vec::new();
        for plan in &self.plan().standings {
            let people = view.candidates(&plan.stage)?;
            let rows: Result<Vec<GroupFigure>> = match &plan.of {
                StandingOf::People { .. } => view.composite_rows(plan).map(|rows| {
                    let unit = |id: &IdNumber| people.get(id).map(|p| p.unit.clone()).unwrap_or_default();
                    rows.into_iter().map(|r| GroupFigure { rank: r.rank, unit: unit(&r.composite.id), total: r.composite.total }).collect()
                }),
                StandingOf::Teams { .. } | StandingOf::Units { .. } => view
                    .group_rows(plan)
                    .map(|rows| rows.into_iter().map(|r| GroupFigure { rank: r.rank, unit: r.unit, total: r.total }).collect()),
            };
            match rows {
                Ok(rows) => out.push(ListFigure { list: plan.id.clone(), rows }),
                // Not worked out yet: marks or weights are missing, or nobody was selected.
                Err(DeskError::Results(_) | DeskError::Desk(_) | DeskError::Panel(_) | DeskError::Mark(_)) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(out)
    }

    fn award_figures(&self) -> Result<Vec<AwardFigure>> {
        let view = self.view();
        let mut out = Vec::new();
        for award in &self.plan().awards {
            if let Some(held) = view.one::<kaowu_core::facts::AwardConfirmation>(&award.id)? {
                out.push(AwardFigure { award: award.id.clone(), winners: count(held.value.deeds.len()), document: held.value.document });
            }
        }
        Ok(out)
    }

    fn incident_figures(&self) -> Result<Vec<IncidentFigure>> {
        let mut by: BTreeMap<String, [u32; 2]> = BTreeMap::new();
        for (_, held, ruling) in self.view().incidents()? {
            let counts = by.entry(held.value.clause).or_default();
            counts[0] += 1;
            counts[1] += u32::from(ruling.is_some_and(|r| r.upheld));
        }
        Ok(by.into_iter().map(|(clause, [reported, upheld])| IncidentFigure { clause, reported, upheld }).collect())
    }

    fn staff_figures(&self) -> Result<BTreeMap<String, u32>> {
        let mut out = BTreeMap::new();
        for stage in &self.plan().stages {
            for person in self.view().staff(&stage.id)?.into_values() {
                *out.entry(person.role.title().to_owned()).or_default() += 1;
            }
        }
        Ok(out)
    }
}

impl View<'_> {
    /// Who was expected and who came, by the unit of entry.
    pub(super) fn turnout(&self, stage: &StageId, part: &PartId) -> Result<BTreeMap<UnitCode, Turnout>> {
        let (candidates, voided) = (self.candidates(stage)?, self.voided(stage, part)?);
        let mut absent: BTreeSet<IdNumber> = self.absences(stage, part)?.into_keys().collect();
        let marks = match self.part_marks(&PartRef { stage: stage.clone(), part: part.clone() }) {
            Ok(marks) => marks.into_iter().collect(),
            Err(DeskError::Panel(_) | DeskError::Mark(_)) => Vec::new(),
            Err(error) => return Err(error),
        };
        absent.extend(marks.into_iter().filter(|(_, value)| *value == MarkValue::Absent).map(|(id, _)| id));
        let mut out: BTreeMap<UnitCode, Turnout> = BTreeMap::new();
        for id in self.entrants(stage, part)?.into_keys() {
            let unit = candidates.get(&id).map(|c| c.unit.clone()).unwrap_or_default();
            let one = Turnout { expected: 1, absent: u32::from(absent.contains(&id)), void: u32::from(voided.contains(&id)) };
            out.entry(unit).or_default().add(one);
        }
        Ok(out)
    }

    /// Given marks by outermost unit.
    fn by_city(&self, stage: &StageId, marks: impl IntoIterator<Item = (IdNumber, MarkValue)>) -> Result<BTreeMap<UnitCode, Vec<Mark>>> {
        let candidates = self.candidates(stage)?;
        let mut out: BTreeMap<UnitCode, Vec<Mark>> = BTreeMap::new();
        for (id, value) in marks {
            let top = candidates.get(&id).and_then(|c| self.plan().top(&c.unit));
            if let (MarkValue::Given(mark), Some(top)) = (value, top) {
                out.entry(top.code.clone()).or_default().push(mark);
            }
        }
        Ok(out)
    }
}

/// Turnouts of units put together by the unit above them.
pub(super) fn by_top(view: &View<'_>, units: &[UnitFigure]) -> BTreeMap<UnitCode, Turnout> {
    let mut out: BTreeMap<UnitCode, Turnout> = BTreeMap::new();
    for u in units {
        let top = view.plan().top(&u.unit).map_or_else(|| u.unit.clone(), |t| t.code.clone());
        out.entry(top).or_default().add(Turnout { expected: u.expected, absent: u.absent, void: u.void });
    }
    out
}

pub(super) fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
