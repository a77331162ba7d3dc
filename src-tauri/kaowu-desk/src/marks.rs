//! Written marks: keyed twice by two people, decided by a third (RULES.md §7).

use crate::error::{DeskFault, Result};
use crate::kept::Kept;
use crate::{Ctx, Desk, Form, View};
use kaowu_core::facts::{AbsenceFact, AdmissionFact, DecidedMark, IncidentFact, IncidentRuling, KeyedMark, Pass, Topic, state};
use kaowu_core::identity::{IdNumber, Operator, PartId, StageId};
use kaowu_core::marks::{self, AtDoor, Counted, MarkState, MarkValue, Progress};
use kaowu_core::plan::Part;
use kaowu_ledger::{Draft, Held, Step};
use kaowu_sheets::tables::read_marks;
use serde::Serialize;
use serde_json::{Map, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// How many people are named where marks are missing.
const NAMED: usize = 5;

/// What an import of marks did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MarkImport {
    /// Marks taken.
    pub taken: u32,
    /// Marks that stood already.
    pub known: u32,
    /// Control sum of what was taken, as text.
    pub sum: String,
    /// Rows of people who do not sit this part (excluded, unknown): reported, never counted.
    pub uncounted: Vec<IdNumber>,
    /// Rows refused, in words with sheet and row.
    pub refused: Vec<RefusedMark>,
}

/// A row that was refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RefusedMark {
    /// Row as Excel shows it.
    pub row: u32,
    /// ID number as it stands.
    pub id: String,
    /// The error's code.
    pub code: String,
    /// The error's facts.
    pub facts: Map<String, serde_json::Value>,
}

/// Two passes that differ, or a mark that contradicts the room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MarkDifference {
    /// Who.
    pub id: IdNumber,
    /// Name.
    pub name: String,
    /// First pass, and by whom.
    pub first: Option<(MarkValue, Operator)>,
    /// Second pass, and by whom.
    pub second: Option<(MarkValue, Operator)>,
    /// Whether the room's record says otherwise (absent, yet a mark; let in, yet 缺考).
    pub contradicts_room: bool,
    /// Whether it is 违纪 without a ruling of headquarters.
    pub void_unruled: bool,
}

/// How far a part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Default)]
pub struct MarkCounts {
    /// Nobody has keyed.
    pub missing: u32,
    /// One pass.
    pub one_pass: u32,
    /// Two equal passes, absence fixed in the room, or voided.
    pub matched: u32,
    /// Two passes that differ.
    pub different: u32,
    /// Decided.
    pub decided: u32,
    /// 违纪 stands there, and headquarters has upheld no incident.
    pub unruled: u32,
    /// It contradicts what the room said.
    pub against_room: u32,
}

/// A decision against the paper.
#[derive(Debug, Clone)]
pub struct Decision<'a> {
    /// Who sat.
    pub id: &'a IdNumber,
    /// What holds.
    pub value: MarkValue,
    /// Who else decides; with the operator these are all.
    pub with: Option<Operator>,
    /// Why.
    pub reason: &'a str,
}

impl Desk {
    /// What a workbook of written marks holds, before anything is imported: ID number and mark as they stand.
    pub fn preview_marks(file: &Path) -> Result<Vec<(IdNumber, String)>> {
        let (_, rows) = read_marks(file)?;
        Ok(rows.into_iter().map(|row| (row.id, row.marks.into_iter().next().unwrap_or_default())).collect())
    }

    /// Imports one pass from a workbook. The operator is the author of the pass.
    pub fn import_marks(&mut self, ctx: &Ctx, stage: &StageId, part: &PartId, pass: Pass, file: &Path) -> Result<MarkImport> {
        self.view().reader().tell(Step::Reading, 0, 0)?;
        let (source, rows) = read_marks(file)?;
        self.record_as(ctx, "marks.imported", |view| {
            let rules = view.written_part(stage, part)?;
            let entrants = view.entrants(stage, part)?;
            let keyed = view.keyed_marks(stage, part)?;
            let (mut done, nothing) = (BTreeSet::new(), Passes::default());
            let mut out = MarkImport { taken: 0, known: 0, sum: String::new(), uncounted: vec![], refused: vec![] };
            let (mut facts, mut replaced, mut sum) = (Vec::new(), Vec::new(), kaowu_core::figure::Mark(0));
            let total = rows.len();
            for (n, row) in rows.into_iter().enumerate() {
                view.reader().tell_often(Step::Checking, n, total)?;
                let id = &row.id;
                if !entrants.contains_key(id) {
                    out.uncounted.push(id.clone());
                    continue;
                }
                let value = match marks::read_value(row.marks.first().map_or("", String::as_str), rules.full, rules.step) {
                    Ok(Some(value)) => value,
                    Ok(None) => continue,
                    Err(fault) => {
                        out.refused.push(RefusedMark::new(row.row, id.as_str(), &fault));
                        continue;
                    }
                };
                // Of a person who stands there twice, the second row is held against nothing, and refused with the entry.
                let passes = keyed.get(id).filter(|_| done.insert(id.clone())).unwrap_or(&nothing);
                let mine = &passes[usize::from(pass.0 - 1)];
                let other = &passes[usize::from(2 - pass.0)];
                if mine.iter().any(|held| held.value.value == value && held.value.by.is_same_person(&ctx.operator)) {
                    out.known += 1;
                    continue;
                }
                marks::may_key(&ctx.operator, mine.iter().map(|h| &h.value.by), other.iter().map(|h| &h.value.by))?;
                if let Err(fault) = marks::may_replace(mine.iter().map(|h| &h.value.value), other.iter().map(|h| &h.value.value), &value) {
                    out.refused.push(RefusedMark::new(row.row, id.as_str(), &fault));
                    continue;
                }
                replaced.extend(mine.iter().map(|held| held.entry.clone()));
                facts.push(state(&(stage.clone(), part.clone(), id.clone(), pass), &KeyedMark { value, by: ctx.operator.clone() }));
                out.taken += 1;
                if let MarkValue::Given(mark) = value {
                    sum.0 += mark.0;
                }
            }
            out.sum = sum.to_string();
            let about = Map::from_iter([
                ("file".to_owned(), json!(source)),
                ("pass".to_owned(), json!(pass.0)),
                ("taken".to_owned(), json!(out.taken)),
                ("sum".to_owned(), json!(out.sum)),
            ]);
            Ok((Draft::new("marks.imported").about(about).facts(facts).replacing(replaced), out))
        })
    }

    /// Keys one mark of one pass.
    pub fn key_mark(&mut self, ctx: &Ctx, stage: &StageId, part: &PartId, pass: Pass, id: &IdNumber, text: &str) -> Result<MarkValue> {
        let form = Form::Marks(stage.clone(), part.clone(), pass);
        self.record_typed(ctx, (&form, Some(id)), |view| {
            let rules = view.written_part(stage, part)?;
            view.entrant(stage, part, id)?;
            let value = marks::read_value(text, rules.full, rules.step)?.ok_or_else(|| DeskFault::MarkEmpty { person: id.to_string() })?;
            let key = (stage.clone(), part.clone(), id.clone(), pass);
            let mine = view.live::<KeyedMark>(&key)?;
            let other = view.live::<KeyedMark>(&(stage.clone(), part.clone(), id.clone(), Pass(3 - pass.0)))?;
            marks::may_key(&ctx.operator, mine.iter().map(|h| &h.value.by), other.iter().map(|h| &h.value.by))?;
            marks::may_replace(mine.iter().map(|h| &h.value.value), other.iter().map(|h| &h.value.value), &value)?;
            let draft = Draft::new("mark.keyed")
                .fact(state(&key, &KeyedMark { value, by: ctx.operator.clone() }))
                .replacing(mine.into_iter().map(|held| held.entry));
            Ok((draft, value))
        })
    }

    /// Where the passes differ, a mark contradicts the room, or 违纪 lacks its ruling; in order of ID number.
    pub fn mark_differences(&self, stage: &StageId, part: &PartId) -> Result<Vec<MarkDifference>> {
        let view = self.view();
        let (people, states) = (view.entrants(stage, part)?, view.mark_states(stage, part)?);
        let (against, unruled) = (view.open_for(stage, part, Counted::AgainstRoom)?, view.unruled_voids(stage, part)?);
        let keyed = view.keyed_marks(stage, part)?;
        let mut out = Vec::new();
        for (id, name) in &people {
            let different = matches!(states.get(id), Some(MarkState::Different { .. } | MarkState::Conflict { .. }));
            let contradicts_room = against.contains(id);
            let void_unruled = unruled.contains(id);
            if different || contradicts_room || void_unruled {
                let passes = keyed.get(id).cloned().unwrap_or_default();
                let (id, name) = (id.clone(), name.clone());
                let of = |pass: &[Held<KeyedMark>]| pass.first().map(|held| (held.value.value, held.value.by.clone()));
                out.push(MarkDifference { id, name, first: of(&passes[0]), second: of(&passes[1]), contradicts_room, void_unruled });
            }
        }
        Ok(out)
    }

    /// Decides a mark against the paper, or corrects one that was settled.
    pub fn decide_mark(&mut self, ctx: &Ctx, stage: &StageId, part: &PartId, decision: &Decision<'_>) -> Result<MarkState> {
        let reason = DeskFault::reason(decision.reason)?;
        self.record_as(ctx, "mark.decided", |view| {
            let rules = view.written_part(stage, part)?;
            view.entrant(stage, part, decision.id)?;
            if let MarkValue::Given(mark) = decision.value {
                marks::check_mark(mark, rules.full, rules.step)?;
            }
            let by: Vec<Operator> = std::iter::once(ctx.operator.clone()).chain(decision.with.clone()).collect();
            let before = view.mark_state(stage, part, decision.id)?;
            marks::may_decide(&before, decision.value, &by)?;
            let key = (stage.clone(), part.clone(), decision.id.clone());
            let fact = DecidedMark { value: decision.value, by, reason: reason.to_owned() };
            let draft = Draft::new("mark.decided").because(reason).fact(state(&key, &fact)).replacing(view.replaced::<DecidedMark>([key])?);
            Ok((draft.with_seconds(decision.with.clone()), before))
        })
    }

    /// How far a part is.
    pub fn mark_counts(&self, stage: &StageId, part: &PartId) -> Result<MarkCounts> {
        Ok(self.mark_progress(stage, part)?.0)
    }

    /// How far a part is, and the first few whose mark has not been keyed twice.
    pub(crate) fn mark_progress(&self, stage: &StageId, part: &PartId) -> Result<(MarkCounts, Vec<String>)> {
        let view = self.view();
        let (states, door, voided) = (view.mark_states(stage, part)?, view.at_door(stage, part)?, view.voided(stage, part)?);
        let mut counts = MarkCounts::default();
        let mut who = Vec::new();
        for (id, name) in view.entrants(stage, part)? {
            let (missing, one_pass) = (counts.missing, counts.one_pass);
            let of = match marks::progress(states.get(&id), door(&id), voided.contains(&id)) {
                Progress::Missing => &mut counts.missing,
                Progress::OnePass => &mut counts.one_pass,
                Progress::Matched => &mut counts.matched,
                Progress::Different => &mut counts.different,
                Progress::Decided => &mut counts.decided,
                Progress::Unruled => &mut counts.unruled,
                Progress::AgainstRoom => &mut counts.against_room,
            };
            *of += 1;
            if who.len() < NAMED && (missing, one_pass) != (counts.missing, counts.one_pass) {
                who.push(name);
            }
        }
        Ok((counts, who))
    }
}

impl RefusedMark {
    pub(crate) fn new(row: u32, id: &str, fault: &impl kaowu_core::coded::Coded) -> Self {
        Self { row, id: id.to_owned(), code: fault.code(), facts: fault.facts() }
    }
}

/// What was keyed for a person in either pass.
type Passes = [Vec<Held<KeyedMark>>; 2];

impl View<'_> {
    fn written_part(&self, stage: &StageId, part: &PartId) -> Result<&Part> {
        let found = self.part(stage, part)?;
        if found.panel.is_some() { Err(DeskFault::NotWritten { part: part.clone() }.into()) } else { Ok(found) }
    }

    pub(crate) fn entrant(&self, stage: &StageId, part: &PartId, id: &IdNumber) -> Result<()> {
        if self.sits(stage, part, id)? {
            Ok(())
        } else {
            Err(DeskFault::NotEntered { person: id.to_string(), stage: stage.clone() }.into())
        }
    }

    fn keyed_marks(&self, stage: &StageId, part: &PartId) -> Result<Kept<IdNumber, Passes>> {
        Kept::of(self.reader(), &format!("keyed/{stage}/{part}"), &[KeyedMark::NAME], || {
            let mut out: BTreeMap<IdNumber, Passes> = BTreeMap::new();
            for ((_, _, id, pass), held) in self.table::<KeyedMark>()?.under(&format!("{stage}/{part}/")) {
                let passes = match out.get_mut(id) {
                    Some(passes) => passes,
                    None => out.entry(id.clone()).or_default(),
                };
                passes[usize::from(pass.0 - 1)].push(held.clone());
            }
            Ok(out)
        })
    }

    /// Where one mark stands.
    pub fn mark_state(&self, stage: &StageId, part: &PartId, id: &IdNumber) -> Result<MarkState> {
        let of = |pass| -> Result<Vec<KeyedMark>> {
            Ok(self.live::<KeyedMark>(&(stage.clone(), part.clone(), id.clone(), Pass(pass)))?.into_iter().map(|h| h.value).collect())
        };
        let decisions: Vec<DecidedMark> =
            self.live::<DecidedMark>(&(stage.clone(), part.clone(), id.clone()))?.into_iter().map(|h| h.value).collect();
        Ok(marks::settle([&of(1)?, &of(2)?], &decisions))
    }

    /// Where every mark of a part stands.
    pub fn mark_states(&self, stage: &StageId, part: &PartId) -> Result<Kept<IdNumber, MarkState>> {
        let topics = [KeyedMark::NAME, DecidedMark::NAME];
        Kept::of(self.reader(), &format!("mark-states/{stage}/{part}"), &topics, || self.make_states(stage, part))
    }

    fn make_states(&self, stage: &StageId, part: &PartId) -> Result<BTreeMap<IdNumber, MarkState>> {
        let mut decided: BTreeMap<IdNumber, Vec<DecidedMark>> = BTreeMap::new();
        for ((_, _, id), held) in self.under::<DecidedMark>(&format!("{stage}/{part}/"))? {
            decided.entry(id).or_default().push(held.value);
        }
        let keyed = self.keyed_marks(stage, part)?;
        let none = Passes::default();
        let only_decided = decided.keys().filter(|id| !keyed.contains_key(id)).map(|id| (id, &none));
        let settled = keyed.iter().chain(only_decided).map(|(id, passes)| {
            let [first, second] = [&passes[0], &passes[1]].map(|p| p.iter().map(|h| h.value.clone()).collect::<Vec<_>>());
            (id.clone(), marks::settle([&first, &second], decided.get(id).map_or(&[], Vec::as_slice)))
        });
        Ok(settled.collect())
    }

    /// The mark that counts for each person of a written part; people without an entry are missing.
    pub fn final_marks(&self, stage: &StageId, part: &PartId) -> Result<Kept<IdNumber, MarkValue>> {
        let topics = [KeyedMark::NAME, DecidedMark::NAME, AdmissionFact::NAME, AbsenceFact::NAME, IncidentFact::NAME, IncidentRuling::NAME];
        Kept::of(self.reader(), &format!("final-marks/{stage}/{part}"), &topics, || self.make_finals(stage, part))
    }

    fn make_finals(&self, stage: &StageId, part: &PartId) -> Result<BTreeMap<IdNumber, MarkValue>> {
        let of = |counted: Counted| if let Counted::As(value) = counted { Some(value) } else { None };
        Ok(self.counted_marks(stage, part)?.into_iter().filter_map(|(id, counted)| Some((id, of(counted)?))).collect())
    }

    /// People of whom 违纪 was keyed or decided, while headquarters has upheld no incident: their mark is open.
    pub fn unruled_voids(&self, stage: &StageId, part: &PartId) -> Result<BTreeSet<IdNumber>> {
        self.open_for(stage, part, Counted::VoidUnruled)
    }

    /// People whose written mark is open for this reason.
    pub(crate) fn open_for(&self, stage: &StageId, part: &PartId, why: Counted) -> Result<BTreeSet<IdNumber>> {
        if self.part(stage, part)?.panel.is_some() {
            // A judge gives marks; 违纪 is not keyed there, and who missed the roll call has no lot.
            return Ok(BTreeSet::new());
        }
        let (states, door) = (self.mark_states(stage, part)?, self.at_door(stage, part)?);
        let open = |id: &IdNumber, state: &MarkState| marks::counted(Some(state), door(id), false) == why;
        let keyed: Vec<&IdNumber> = states.iter().filter(|(id, state)| open(id, state)).map(|(id, _)| id).collect();
        if keyed.is_empty() {
            return Ok(BTreeSet::new());
        }
        let ruled = self.voided(stage, part)?;
        Ok(keyed.into_iter().filter(|id| !ruled.contains(*id)).cloned().collect())
    }

    /// What the rooms of a part said of each person.
    fn at_door(&self, stage: &StageId, part: &PartId) -> Result<impl Fn(&IdNumber) -> AtDoor> {
        let (admitted, absent) = (self.admissions(stage, part)?, self.absences(stage, part)?);
        Ok(move |id: &IdNumber| AtDoor::of(admitted.contains_key(id), absent.contains_key(id)))
    }

    /// What the marks of a part count, of everybody who has one, was absent or lost it.
    fn counted_marks(&self, stage: &StageId, part: &PartId) -> Result<Vec<(IdNumber, Counted)>> {
        let (states, absences, voided) = (self.mark_states(stage, part)?, self.absences(stage, part)?, self.voided(stage, part)?);
        let (people, door): (BTreeSet<&IdNumber>, _) =
            (states.keys().chain(absences.keys()).chain(&voided).collect(), self.at_door(stage, part)?);
        let of = |id: &IdNumber| marks::counted(states.get(id), door(id), voided.contains(id));
        Ok(people.into_iter().map(|id| (id.clone(), of(id))).collect())
    }
}
