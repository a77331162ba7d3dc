//! Selection, nomination, withdrawal and substitution (RULES.md §3.2–8).

use crate::error::{DeskFault, Result};
use crate::kept::Kept;
use crate::results::ResultsTable;
use crate::results::table::texts;
use crate::{Ctx, Desk, View};
use kaowu_core::facts::{
    AbsenceFact, AdmissionFact, Candidate, DecidedMark, DecidedSheet, ExclusionLine, IncidentFact, IncidentRuling, KeyedMark, KeyedSheet,
    Lot, Nomination, Ruling, SelectionFact, Substitution, TieRuling, Topic, state, take_back,
};
use kaowu_core::identity::{IdNumber, Operator, StageId, UnitCode};
use kaowu_core::marks::{Counted, MarkValue};
use kaowu_core::plan::{PartRef, SelectionPlan};
use kaowu_core::selection::{self, Entrant, Grounds, Selected, Selection};
use kaowu_core::standing::ResultsFault;
use kaowu_core::substitution::{Change, applied, spent};
use kaowu_ledger::Draft;
use serde::Serialize;
use std::collections::BTreeMap;

/// A person selected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SelectedRow {
    /// ID number.
    pub id: IdNumber,
    /// Name.
    pub name: String,
    /// Outermost unit.
    pub city: String,
    /// Unit below it, where the plan counts it as such.
    pub county: String,
    /// Name of the rule.
    #[serde(rename = "as")]
    pub rule: String,
}

/// A substitution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SubstitutionRow {
    /// Who went.
    pub leaves: IdNumber,
    /// Who came.
    pub comes: Option<IdNumber>,
    /// Why.
    pub reason: String,
    /// Who approved.
    pub approver: Operator,
}

/// What a selection rests on besides the plan: who may take part, marks of either kind, HQ's nominations, ties resolved.
/// How many people a refusal names.
const NAMED: usize = 5;

const RESTS_ON: [&str; 14] = [
    Candidate::NAME,
    ExclusionLine::NAME,
    Ruling::NAME,
    KeyedMark::NAME,
    DecidedMark::NAME,
    AdmissionFact::NAME,
    AbsenceFact::NAME,
    IncidentFact::NAME,
    IncidentRuling::NAME,
    KeyedSheet::NAME,
    DecidedSheet::NAME,
    Lot::NAME,
    Nomination::NAME,
    TieRuling::NAME,
];

impl Desk {
    /// HQ names a unit's teams itself, with a reason.
    pub fn nominate(&mut self, ctx: &Ctx, to: &StageId, unit: &UnitCode, teams: &[UnitCode], reason: &str) -> Result<()> {
        self.hq_only(ctx, "teams.nominated")?;
        let reason = DeskFault::reason(reason)?;
        self.record(ctx, |view| {
            view.selection_rules(to)?;
            if view.selection(to)?.is_some() {
                return Err(DeskFault::SelectionExists { stage: to.clone() }.into());
            }
            let key = (to.clone(), unit.clone());
            let fact = Nomination { teams: teams.to_vec(), reason: reason.to_owned() };
            let replaced = view.replaced::<Nomination>([key.clone()])?;
            Ok((Draft::new("teams.nominated").because(reason).fact(state(&key, &fact)).replacing(replaced), ()))
        })
    }

    /// Fixes the selection of a stage. Held ties stop it.
    pub fn select(&mut self, ctx: &Ctx, to: &StageId) -> Result<Vec<SelectedRow>> {
        self.hq_only(ctx, "people.selected")?;
        self.record(ctx, |view| {
            let plan = view.selection_rules(to)?;
            if view.selection(to)?.is_some() {
                return Err(DeskFault::SelectionExists { stage: to.clone() }.into());
            }
            let selection = view.selection_now(to)?;
            if let Some(tie) = selection.held.first() {
                return Err(DeskFault::SelectionHeld { stage: to.clone(), ties: selection.held.len(), first: tie.id.clone() }.into());
            }
            if selection.people.is_empty() {
                return Err(DeskFault::NobodyToSelect { stage: to.clone() }.into());
            }
            let from = view.candidates(&plan.by.stage)?;
            let people = in_roster_order(selection.people, &*view.part_marks(&plan.by)?, &from);
            let mut draft = Draft::new("people.selected").with("people", people.len());
            if plan.by.stage != *to {
                for place in &people {
                    if let Some(person) = from.get(&place.id) {
                        draft = draft.fact(state(&(to.clone(), place.id.clone()), person));
                    }
                }
            }
            let rows = view.selected_rows(&people)?;
            Ok((draft.fact(state(to, &SelectionFact { people })), rows))
        })
    }

    /// Someone withdraws after selection; the next in line comes in, until the freeze.
    pub fn substitute(&mut self, ctx: &Ctx, to: &StageId, leaves: &IdNumber, approver: &Operator, reason: &str) -> Result<SubstitutionRow> {
        self.hq_only(ctx, "candidate.substituted")?;
        let reason = DeskFault::reason(reason)?;
        self.record(ctx, |view| {
            let plan = view.selection_rules(to)?;
            if let Some(freeze) = plan.freeze.filter(|freeze| ctx.now > *freeze) {
                return Err(DeskFault::SelectionFrozen { stage: to.clone(), freeze: freeze.format("%Y-%m-%d %H:%M").to_string() }.into());
            }
            let chosen = view.selection(to)?.ok_or_else(|| DeskFault::NoSelection { stage: to.clone() })?.people;
            let changes = view.changes(to)?;
            let now = applied(&chosen, &changes);
            let place = now
                .iter()
                .find(|s| s.id == *leaves)
                .ok_or_else(|| DeskFault::NotSelected { person: leaves.to_string(), stage: to.clone() })?;
            let comes =
                selection::next_in_line(plan, place, &view.selection_field(plan)?, &spent(&chosen, &changes), &view.tie_rulings()?)?;
            let fact = Substitution { comes: comes.clone(), reason: reason.to_owned(), approver: approver.clone() };
            let mut draft = Draft::new("candidate.substituted").because(reason).fact(state(&(to.clone(), leaves.clone()), &fact));
            if plan.by.stage != *to {
                let key = (to.clone(), leaves.clone());
                draft = draft.fact(take_back::<Candidate>(&key)).replacing(view.replaced::<Candidate>([key])?);
                let person = comes.as_ref().map(|id| view.candidate(&plan.by.stage, id)).transpose()?.flatten();
                if let (Some(id), Some(person)) = (&comes, person) {
                    let key = (to.clone(), id.clone());
                    draft = draft.replacing(view.reader().writers::<Candidate>(&key)?).fact(state(&key, &person));
                }
            }
            let draft = draft.with_seconds([approver.clone()]);
            Ok((draft, SubstitutionRow { leaves: leaves.clone(), comes, reason: reason.to_owned(), approver: approver.clone() }))
        })
    }

    /// Who is selected for a stage now, as a list.
    pub fn selected(&self, to: &StageId) -> Result<ResultsTable> {
        let view = self.view();
        if view.selection(to)?.is_none() {
            return Err(DeskFault::NoSelection { stage: to.clone() }.into());
        }
        let rows = view.selected_rows(&view.selected_now(to)?)?;
        Ok(ResultsTable {
            title: format!("{}入选名单", view.stage(to)?.name),
            columns: texts(&["id", "name", "city", "county", "as"]),
            headers: texts(&["身份证号", "姓名", "所属设区市", "县（市、区）", "入选方式"]),
            rows: rows.into_iter().map(|r| vec![r.id.0, r.name, r.city, r.county, r.rule]).collect(),
        })
    }
}

/// Level people of one rule and team stand in the order of their rosters; everything else stays.
fn in_roster_order(
    mut people: Vec<Selected>,
    marks: &BTreeMap<IdNumber, MarkValue>,
    from: &BTreeMap<IdNumber, Candidate>,
) -> Vec<Selected> {
    let level = |s: &Selected| (s.group.clone(), s.rule.clone(), s.team.clone(), marks.get(&s.id).copied());
    let place = |s: &Selected| from.get(&s.id).map(|p| (p.source.clone(), p.row));
    for run in people.chunk_by_mut(|a, b| level(a) == level(b)) {
        run.sort_by_key(place);
    }
    people
}

impl<'a> View<'a> {
    fn selection_rules(&self, to: &StageId) -> Result<&'a SelectionPlan> {
        self.stage(to)?;
        self.selection_plan(to).ok_or_else(|| DeskFault::NoSelection { stage: to.clone() }.into())
    }

    /// Marks of a part by person, written or interview.
    pub fn part_marks(&self, of: &PartRef) -> Result<Kept<IdNumber, MarkValue>> {
        if self.part(&of.stage, &of.part)?.panel.is_some() {
            let marks = self.interview_marks(&of.stage, &of.part)?;
            Ok(marks.into_iter().map(|(id, (mark, _))| (id, mark)).collect::<BTreeMap<_, _>>().into())
        } else {
            self.final_marks(&of.stage, &of.part)
        }
    }

    /// What stands against a result of these people: 违纪 that nobody at headquarters has ruled on, marks that contradict the room.
    pub(super) fn against<'p>(&self, of: &PartRef, people: impl Iterator<Item = &'p IdNumber> + Clone) -> Result<Option<ResultsFault>> {
        for why in [Counted::VoidUnruled, Counted::AgainstRoom] {
            let open = self.open_for(&of.stage, &of.part, why)?;
            let open: Vec<&IdNumber> = people.clone().filter(|id| open.contains(*id)).collect();
            if open.is_empty() {
                continue;
            }
            let (stage, part, count) = (of.stage.clone(), of.part.clone(), open.len());
            let people = open.into_iter().take(NAMED).cloned().collect();
            return Ok(Some(match why {
                Counted::AgainstRoom => ResultsFault::AgainstRoom { stage, part, count, people },
                _ => ResultsFault::VoidUnruled { stage, part, count, people },
            }));
        }
        Ok(None)
    }

    /// Everyone a selection chooses among.
    pub fn selection_field(&self, plan: &SelectionPlan) -> Result<Vec<Entrant>> {
        let marks = self.part_marks(&plan.by)?;
        let eligible = self.eligible(&plan.by.stage)?;
        let above = |unit| -> BTreeMap<_, _> { self.plan().lineage(unit).map(|u| (u.tier.clone(), u.code.clone())).collect() };
        let mut units: BTreeMap<&UnitCode, _> = BTreeMap::new();
        let field = eligible.iter().map(|(id, person)| {
            let groups = units.entry(&person.unit).or_insert_with(|| above(&person.unit)).clone();
            Entrant { mark: marks.get(id).copied(), groups, id: id.clone() }
        });
        Ok(field.collect())
    }

    /// The selection as the marks have it now.
    pub fn selection_now(&self, to: &StageId) -> Result<Selection> {
        let plan = self.selection_rules(to)?;
        let made = self.reader().kept(&format!("selection-now/{to}"), &RESTS_ON, || self.make_selection(plan))?;
        Ok(std::result::Result::clone(&made)?)
    }

    /// The selection, or what the rules say against it.
    fn make_selection(&self, plan: &SelectionPlan) -> Result<std::result::Result<Selection, ResultsFault>> {
        let to = &plan.to;
        let nominations =
            self.under::<Nomination>(&format!("{to}/"))?.into_iter().map(|((_, unit), held)| (unit, held.value.teams)).collect();
        let openings = self.plan().units.iter().filter_map(|u| u.openings.map(|n| (u.code.clone(), n))).collect();
        let grounds = Grounds { openings, nominations, rulings: self.tie_rulings()? };
        let field = self.selection_field(plan)?;
        if let Some(fault) = self.against(&plan.by, field.iter().map(|e| &e.id))? {
            return Ok(Err(fault));
        }
        Ok(selection::select(plan, &field, &grounds))
    }

    fn changes(&self, to: &StageId) -> Result<Vec<Change>> {
        let changes = self.under::<Substitution>(&format!("{to}/"))?;
        Ok(changes.into_iter().map(|((_, leaves), held)| Change { leaves, comes: held.value.comes }).collect())
    }

    /// The people of a stage's selection with substitutions applied; empty where none was made.
    pub fn selected_now(&self, to: &StageId) -> Result<Vec<Selected>> {
        let Some(chosen) = self.selection(to)? else { return Ok(vec![]) };
        Ok(applied(&chosen.people, &self.changes(to)?))
    }

    pub(crate) fn selected_rows(&self, people: &[Selected]) -> Result<Vec<SelectedRow>> {
        // As the latest stage has them.
        let stages = self.plan().stages.iter().rev().map(|stage| self.candidates(&stage.id)).collect::<Result<Vec<_>>>()?;
        Ok(people
            .iter()
            .map(|s| {
                let person = stages.iter().find_map(|people| people.get(&s.id));
                let (city, county) = person.map(|p| self.city_county(&p.unit)).unwrap_or_default();
                SelectedRow {
                    id: s.id.clone(),
                    name: person.map(|p| p.name.clone()).unwrap_or_default(),
                    city,
                    county,
                    rule: s.rule.clone(),
                }
            })
            .collect())
    }

    /// Names of the outermost unit and of the unit itself where it lies below.
    pub fn city_county(&self, unit: &UnitCode) -> (String, String) {
        let city = self.plan().top(unit).map(|u| (u.code.clone(), u.name.clone())).unwrap_or_default();
        let county = self.plan().unit(unit).filter(|u| u.code != city.0).map(|u| u.name.clone()).unwrap_or_default();
        (city.1, county)
    }
}
