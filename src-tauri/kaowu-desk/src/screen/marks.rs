//! The grid of a pass, differences and controls.

use super::{Refused, count};
use crate::error::Result;
use crate::{Desk, MarkImport};
use kaowu_core::facts::{KeyedMark, Pass};
use kaowu_core::figure::Mark;
use kaowu_core::identity::{IdNumber, Operator, PartId, StageId};
use kaowu_core::marks::{MarkValue, may_key};
use kaowu_core::words::Lang;
use kaowu_ledger::{Held, Table};
use serde::Serialize;
use specta::Type;
use std::collections::BTreeMap;

/// Who has keyed a row in this pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum SheetRowState {
    /// Nobody.
    Empty,
    /// This operator.
    Mine,
    /// Somebody else.
    Other,
}

/// A row of the grid. The other pass is not in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct MarkRow {
    /// Handle.
    pub person: String,
    /// Candidate number.
    pub number: String,
    /// Room.
    pub room: String,
    /// Seat.
    pub seat: u16,
    /// Who has keyed it.
    pub state: SheetRowState,
    /// What this operator keyed.
    pub value: Option<String>,
    /// Whether the room found the person absent.
    pub absent: bool,
}

/// The grid of a pass.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct MarkSheet {
    /// Full marks.
    pub full: String,
    /// Finest step.
    pub step: String,
    /// By room and seat.
    pub rows: Vec<MarkRow>,
    /// Marks keyed in this pass.
    pub count: u32,
    /// People.
    pub total: u32,
    /// Their sum.
    pub sum: String,
    /// Why this operator may not key this pass.
    pub refused: Option<Refused>,
}

/// A mark taken, with the pass's count and sum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct MarkKeyed {
    /// As it counts.
    pub value: String,
    /// Marks keyed in this pass.
    pub count: u32,
    /// Their sum.
    pub sum: String,
}

/// A row of a workbook that was refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct RefusedRow {
    /// Row as Excel shows it.
    pub row: u32,
    /// Why.
    pub said: Refused,
}

/// What an import of marks or sheets did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct MarksTaken {
    /// Taken.
    pub taken: u32,
    /// Stood already.
    pub known: u32,
    /// Control sum; empty for judges' sheets.
    pub sum: String,
    /// Rows of people who do not sit this part.
    pub uncounted: u32,
    /// Rows refused.
    pub refused: Vec<RefusedRow>,
}

/// Two passes side by side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DifferenceRow {
    /// Handle.
    pub person: String,
    /// Name.
    pub name: String,
    /// Candidate number.
    pub number: String,
    /// Room.
    pub room: String,
    /// Seat.
    pub seat: u16,
    /// First pass.
    pub first: Option<String>,
    /// By whom.
    pub first_by: Option<String>,
    /// Second pass.
    pub second: Option<String>,
    /// By whom.
    pub second_by: Option<String>,
    /// Whether the room's record says otherwise.
    pub contradicts_room: bool,
    /// Whether it is 违纪 without a ruling of headquarters.
    pub void_unruled: bool,
}

/// Count and sum of a room's batch in both passes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Control {
    /// Room.
    pub room: String,
    /// Site's name.
    pub site_name: String,
    /// People of the room who sit the part.
    pub people: u32,
    /// Marks of the first pass.
    pub first_count: u32,
    /// Their sum.
    pub first_sum: String,
    /// Marks of the second pass.
    pub second_count: u32,
    /// Their sum.
    pub second_sum: String,
}

/// A mark as it is keyed.
pub(super) fn text(value: MarkValue) -> String {
    match value {
        MarkValue::Given(mark) => mark.to_string(),
        MarkValue::Absent => "缺考".to_owned(),
        MarkValue::Void => "违纪".to_owned(),
    }
}

/// Marks of a pass by person; of several that contradict each other, all.
type PassMarks<'a> = BTreeMap<&'a IdNumber, Vec<&'a Held<KeyedMark>>>;

fn of_pass<'a>(marks: &'a Table<KeyedMark>, stage: &StageId, part: &PartId, pass: Pass) -> PassMarks<'a> {
    let mut out = PassMarks::new();
    for ((_, _, id, _), held) in marks.under(&format!("{stage}/{part}/")).filter(|((_, _, _, of), _)| *of == pass) {
        out.entry(id).or_default().push(held);
    }
    out
}

fn sum<'a>(marks: impl Iterator<Item = &'a Held<KeyedMark>>) -> (u32, String) {
    let (mut n, mut total) = (0, Mark(0));
    for held in marks {
        n += 1;
        total.0 += held.value.value.counts().0;
    }
    (n, total.to_string())
}

impl Desk {
    /// The grid of a pass for one operator: their own figures, and nothing of the other pass.
    pub fn mark_sheet(&self, operator: Option<&Operator>, stage: &StageId, part: &PartId, pass: Pass) -> Result<MarkSheet> {
        let view = self.view();
        let rules = view.part(stage, part)?;
        let marks = view.table::<KeyedMark>()?;
        let (mine, other) = (of_pass(&marks, stage, part, pass), of_pass(&marks, stage, part, Pass(3 - pass.0)));
        let (seats, absences) = (view.seats(stage)?, view.absences(stage, part)?);
        let mut rows = Vec::new();
        let people = view.entrants(stage, part)?;
        for id in people.keys() {
            let Some(seat) = seats.get(id) else { continue };
            let keyed = mine.get(id).and_then(|held| held.first());
            let own = keyed.filter(|held| Some(&held.value.by) == operator);
            rows.push((
                (seat.site.clone(), seat.room.clone(), seat.seat),
                MarkRow {
                    person: view.handle(id),
                    number: seat.number.to_string(),
                    room: seat.room.to_string(),
                    seat: seat.seat,
                    state: match (own, keyed) {
                        (Some(_), _) => SheetRowState::Mine,
                        (None, Some(_)) => SheetRowState::Other,
                        (None, None) => SheetRowState::Empty,
                    },
                    value: own.map(|held| text(held.value.value)),
                    absent: absences.contains_key(id),
                },
            ));
        }
        rows.sort_by(|a, b| a.0.cmp(&b.0));
        // Somebody who keyed most of the other pass sees at once that this one is another person's.
        let refused = operator.filter(|_| !other.is_empty() && mine.is_empty()).and_then(|op| {
            let authors: Vec<&Operator> = other.values().flatten().map(|held| &held.value.by).collect();
            authors.iter().all(|by| *by == op).then(|| may_key(op, [], authors).err()).flatten()
        });
        let (n, total) = sum(mine.values().filter_map(|held| held.first().copied()));
        Ok(MarkSheet {
            full: rules.full.to_string(),
            step: rules.step.to_string(),
            count: n,
            total: count(rows.len()),
            sum: total,
            rows: rows.into_iter().map(|(_, row)| row).collect(),
            refused: refused.as_ref().map(Refused::of),
        })
    }

    /// What was keyed, with count and sum of the pass.
    pub fn mark_keyed(&self, stage: &StageId, part: &PartId, pass: Pass, value: MarkValue) -> Result<MarkKeyed> {
        let marks = self.view().table::<KeyedMark>()?;
        let mut last = None;
        // Of a person's several marks, the first.
        let firsts = marks.under(&format!("{stage}/{part}/")).filter(|((_, _, id, of), _)| *of == pass && last.replace(id) != Some(id));
        let (count, sum) = sum(firsts.map(|(_, held)| held));
        Ok(MarkKeyed { value: text(value), count, sum })
    }

    /// Differences with seats and authors.
    pub fn difference_rows(&self, stage: &StageId, part: &PartId) -> Result<Vec<DifferenceRow>> {
        let view = self.view();
        let seats = view.seats(stage)?;
        let rows = self.mark_differences(stage, part)?.into_iter().map(|d| {
            let seat = seats.get(&d.id);
            let (first, first_by) = d.first.map(|(v, by)| (text(v), by.0)).unzip();
            let (second, second_by) = d.second.map(|(v, by)| (text(v), by.0)).unzip();
            DifferenceRow {
                number: seat.map(|s| s.number.to_string()).unwrap_or_default(),
                room: seat.map(|s| s.room.to_string()).unwrap_or_default(),
                seat: seat.map_or(0, |s| s.seat),
                person: view.handle(&d.id),
                name: d.name,
                first,
                first_by,
                second,
                second_by,
                contradicts_room: d.contradicts_room,
                void_unruled: d.void_unruled,
            }
        });
        Ok(rows.collect())
    }

    /// Count and sum of every room in both passes.
    pub fn mark_controls(&self, stage: &StageId, part: &PartId) -> Result<Vec<Control>> {
        let view = self.view();
        let marks = view.table::<KeyedMark>()?;
        let passes = [1, 2].map(|pass| of_pass(&marks, stage, part, Pass(pass)));
        let entrants = view.entrants(stage, part)?;
        let names = view.rooms(stage)?;
        let mut rooms: BTreeMap<_, Vec<IdNumber>> = BTreeMap::new();
        for (id, seat) in view.seats(stage)? {
            if entrants.contains_key(&id) {
                rooms.entry((seat.site, seat.room)).or_default().push(id);
            }
        }
        let of = |pass: &PassMarks, ids: &[IdNumber]| sum(ids.iter().filter_map(|id| pass.get(id).and_then(|held| held.first().copied())));
        Ok(rooms
            .into_iter()
            .map(|(key, ids)| {
                let ((first_count, first_sum), (second_count, second_sum)) = (of(&passes[0], &ids), of(&passes[1], &ids));
                let site_name = names.get(&key).map(|f| f.site_name.clone()).unwrap_or_default();
                Control { room: key.1.0, site_name, people: count(ids.len()), first_count, first_sum, second_count, second_sum }
            })
            .collect())
    }
}

impl From<MarkImport> for MarksTaken {
    fn from(import: MarkImport) -> Self {
        Self {
            taken: import.taken,
            known: import.known,
            sum: import.sum,
            uncounted: count(import.uncounted.len()),
            refused: import.refused.into_iter().map(RefusedRow::from).collect(),
        }
    }
}

impl From<crate::PanelImport> for MarksTaken {
    fn from(import: crate::PanelImport) -> Self {
        Self {
            taken: import.taken,
            known: import.known,
            sum: String::new(),
            uncounted: count(import.uncounted.len()),
            refused: import.refused.into_iter().map(RefusedRow::from).collect(),
        }
    }
}

impl From<crate::marks::RefusedMark> for RefusedRow {
    fn from(mark: crate::marks::RefusedMark) -> Self {
        let said = |lang: Lang| lang.say(&mark.code, &mark.facts).into();
        Self { row: mark.row, said: Refused { zh: said(Lang::Zh), en: said(Lang::En), code: mark.code } }
    }
}
