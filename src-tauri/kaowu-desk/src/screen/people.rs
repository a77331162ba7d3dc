//! Rosters, everyone entered, and what was found about them.

use super::mask::mask_text;
use super::{Said, count, masked};
use crate::error::Result;
use crate::{Desk, FindingKind, RosterImport, RosterPreview, View};
use kaowu_core::facts::{LateEntry, RosterFile, Ruling};
use kaowu_core::identity::{IdNumber, StageId, UnitCode};
use kaowu_core::roster::{Difference, Field, RowFault, Severity, Told};
use kaowu_core::words::Lang;
use serde::Serialize;
use specta::Type;

/// A person as lists show them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct PersonRow {
    /// Handle for calls; never shown.
    pub person: String,
    /// ID number under its mask.
    pub masked: String,
    /// Name.
    pub name: String,
    /// City and unit in one name.
    pub unit: String,
    /// Outermost unit.
    pub city: String,
    /// Candidate number, once drawn.
    pub number: Option<String>,
    /// Room, once drawn.
    pub room: Option<String>,
    /// Seat, once drawn.
    pub seat: Option<u16>,
    /// Came, or was changed, after the roster was closed.
    pub late: bool,
}

/// Some people of a long list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct PeoplePage {
    /// How many there are.
    pub total: u32,
    /// Those asked for.
    pub rows: Vec<PersonRow>,
}

/// A roster that stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct RosterFileRow {
    /// The file's name.
    pub source: String,
    /// Rows with a person.
    pub rows: u32,
    /// Taken.
    pub taken: u32,
    /// Refused.
    pub refused: u32,
    /// Who imported it.
    pub by: String,
    /// When.
    pub at: String,
}

/// How bad a fault is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum FaultSeverity {
    /// The row is not taken.
    Refused,
    /// Taken; somebody should look.
    Warning,
    /// Mended without loss.
    Cleaned,
}

/// A fault with its cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct FaultRow {
    /// Row as Excel shows it.
    pub row: u32,
    /// Column letter; empty where the fault has no cell.
    pub column: String,
    /// How bad.
    pub severity: FaultSeverity,
    /// In Chinese.
    pub zh: Said,
    /// In English.
    pub en: Said,
}

/// What an import does to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum ChangeKind {
    /// New.
    Added,
    /// Particulars differ.
    Changed,
    /// Stands there no more.
    Withdrawn,
}

/// A person an import adds, changes or withdraws.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct ChangeRow {
    /// What happens.
    pub what: ChangeKind,
    /// Name.
    pub name: String,
    /// ID number under its mask.
    pub masked: String,
    /// Unit.
    pub unit: String,
    /// Particulars as they stand and as they come.
    pub fields: Vec<String>,
}

/// A roster looked at or imported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct RosterLook {
    /// The path.
    pub file: String,
    /// The file's name.
    pub source: String,
    /// The sheet.
    pub sheet: String,
    /// Rows with a person.
    pub rows: u32,
    /// Taken.
    pub taken: u32,
    /// Refused.
    pub refused: u32,
    /// Whether a file of this name stands already.
    pub known: bool,
    /// Whether nothing changes.
    pub unchanged: bool,
    /// People added.
    pub added: u32,
    /// People changed.
    pub changed: u32,
    /// People withdrawn.
    pub withdrawn: u32,
    /// The first five hundred of them.
    pub changes: Vec<ChangeRow>,
    /// Faults, all of them.
    pub faults: Vec<FaultRow>,
}

/// How a person an exclusion list touches stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum FindingWord {
    /// The ID number stands on a list.
    Excluded,
    /// Name and city do: a person must look.
    Suspect,
    /// Found to be another person.
    Cleared,
    /// Found to be the one on the list.
    Confirmed,
}

impl From<FindingKind> for FindingWord {
    fn from(kind: FindingKind) -> Self {
        match kind {
            FindingKind::Excluded => Self::Excluded,
            FindingKind::Suspect => Self::Suspect,
            FindingKind::Cleared => Self::Cleared,
            FindingKind::Confirmed => Self::Confirmed,
        }
    }
}

/// A person an exclusion list touches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct FindingRow {
    /// Handle.
    pub person: String,
    /// ID number under its mask.
    pub masked: String,
    /// Name.
    pub name: String,
    /// Outermost unit.
    pub city: String,
    /// How they stand.
    pub finding: FindingWord,
    /// What they took part in.
    pub activity: String,
    /// Why HQ ruled so.
    pub reason: Option<String>,
    /// Who ruled.
    pub by: Option<String>,
}

impl View<'_> {
    pub(super) fn person_row(&self, stage: &StageId, id: &IdNumber) -> Result<PersonRow> {
        let (person, seat) = (self.candidate(stage, id)?, self.seat(stage, id)?);
        let unit = person.as_ref().map(|p| p.unit.clone()).unwrap_or_default();
        Ok(PersonRow {
            person: self.handle(id),
            masked: masked(id),
            name: person.map(|p| p.name).unwrap_or_default(),
            city: self.city(&unit),
            unit: self.full_name(&unit),
            number: seat.as_ref().map(|s| s.number.to_string()),
            room: seat.as_ref().map(|s| s.room.to_string()),
            seat: seat.map(|s| s.seat),
            late: self.is_late(stage, id)?,
        })
    }

    pub(super) fn city(&self, unit: &UnitCode) -> String {
        self.plan().top(unit).map(|u| u.name.clone()).unwrap_or_default()
    }

    fn is_late(&self, stage: &StageId, id: &IdNumber) -> Result<bool> {
        Ok(!self.live::<LateEntry>(&(stage.clone(), id.clone()))?.is_empty())
    }

    fn row_of(&self, stage: &StageId, person: kaowu_ledger::Person) -> Result<PersonRow> {
        Ok(PersonRow {
            late: self.is_late(stage, &person.id)?,
            masked: masked(&person.id),
            city: self.city(&person.unit),
            unit: self.full_name(&person.unit),
            number: person.seat.as_ref().map(|s| s.0.to_string()),
            room: person.seat.as_ref().map(|s| s.2.to_string()),
            seat: person.seat.as_ref().map(|s| s.3),
            name: person.name,
            person: self.handle(&person.id),
        })
    }
}

impl Desk {
    /// Rosters that stand.
    pub fn roster_files(&self) -> Result<Vec<RosterFileRow>> {
        let files = self.view().under::<RosterFile>("")?;
        Ok(files
            .into_iter()
            .map(|(source, held)| RosterFileRow {
                source,
                rows: held.value.rows,
                taken: held.value.taken,
                refused: held.value.refused,
                by: held.by.op.to_string(),
                at: self.plan().clock(&held.by.t),
            })
            .collect())
    }

    /// Reads what a door asks first, so that it is at hand when somebody stands there.
    pub fn read_ahead(&self) -> Result<()> {
        for stage in &self.plan().stages {
            self.find_people(&stage.id, "", 1)?;
            self.view().seats_by_room(&stage.id)?;
        }
        Ok(())
    }

    /// People that were typed for, the likeliest first.
    pub fn find_people(&self, stage: &StageId, wanted: &str, limit: usize) -> Result<Vec<PersonRow>> {
        let view = self.view();
        view.reader().find_people(stage, wanted, limit)?.into_iter().map(|p| view.row_of(stage, p)).collect()
    }

    /// A page of everyone who fits.
    pub fn people_page(&self, stage: &StageId, wanted: &str, offset: usize, limit: usize) -> Result<PeoplePage> {
        let view = self.view();
        let (total, people) = view.reader().people_page(stage, wanted, offset, limit)?;
        let rows = people.into_iter().map(|p| view.row_of(stage, p)).collect::<Result<_>>()?;
        Ok(PeoplePage { total: count(total), rows })
    }

    /// A roster in rows: what it changes and what is wrong with it.
    pub fn roster_look(&self, file: &str, preview: &RosterPreview, done: Option<&RosterImport>) -> RosterLook {
        let view = self.view();
        let (roster, changes) = (&preview.roster, &preview.changes);
        let said = |d: &Difference| mask_text(&format!("{} → {}", d.was, d.now));
        let row = |what: ChangeKind, id: &IdNumber| {
            let person = roster.people.get(id);
            let fields = changes.differences.iter().filter(|d| d.id == *id);
            ChangeRow {
                what,
                name: person.map(|p| p.name.clone()).unwrap_or_default(),
                masked: masked(id),
                unit: person.map(|p| view.full_name(&p.unit)).unwrap_or_default(),
                fields: fields.map(said).collect(),
            }
        };
        let kinds =
            [(ChangeKind::Withdrawn, &changes.withdrawn), (ChangeKind::Changed, &changes.changed), (ChangeKind::Added, &changes.added)];
        let rows = kinds.into_iter().flat_map(|(what, ids)| ids.iter().map(move |id| (what, id))).take(500);
        let unchanged = preview.known && changes.added.is_empty() && changes.changed.is_empty() && changes.withdrawn.is_empty();
        RosterLook {
            file: file.to_owned(),
            source: preview.source.clone(),
            sheet: preview.sheet.clone(),
            rows: roster.rows,
            taken: roster.rows - roster.refused,
            refused: roster.refused,
            known: preview.known,
            unchanged: done.map_or(unchanged, |d| d.unchanged),
            added: count(changes.added.len()),
            changed: count(changes.changed.len()),
            withdrawn: count(changes.withdrawn.len()),
            changes: rows.map(|(what, id)| row(what, id)).collect(),
            faults: preview.faults(),
        }
    }

    /// Everyone a list touches, suspects first, with HQ's word.
    pub fn finding_rows(&self, stage: &StageId) -> Result<Vec<FindingRow>> {
        let view = self.view();
        let mut rows = Vec::new();
        for f in self.findings(stage)? {
            let ruling = view.one::<Ruling>(&(stage.clone(), f.id.clone()))?;
            rows.push(FindingRow {
                masked: masked(&f.id),
                person: view.handle(&f.id),
                name: f.name,
                city: f.city,
                finding: f.finding.into(),
                activity: f.activity,
                by: ruling.as_ref().map(|held| held.by.op.to_string()),
                reason: ruling.map(|held| held.value.reason),
            });
        }
        rows.sort_by_key(|row| row.finding != FindingWord::Suspect);
        Ok(rows)
    }
}

impl RosterPreview {
    fn faults(&self) -> Vec<FaultRow> {
        self.roster
            .told
            .iter()
            .map(hidden)
            .map(|told| FaultRow {
                row: told.row,
                column: self.column(told.field).map(letters).unwrap_or_default(),
                severity: match told.fault.severity() {
                    Severity::Refused => FaultSeverity::Refused,
                    Severity::Warning => FaultSeverity::Warning,
                    Severity::Cleaned => FaultSeverity::Cleaned,
                },
                zh: told.said(Lang::Zh).into(),
                en: told.said(Lang::En).into(),
            })
            .collect()
    }
}

/// What is said of an ID number's cell, with what stands there under its mask.
fn hidden(told: &Told) -> Told {
    let mut told = told.clone();
    let hide = |text: &mut String| *text = masked(&text.as_str().into());
    match &mut told.fault {
        RowFault::Id { text, .. } => hide(text),
        RowFault::Cleaned { was, now } if told.field == Field::Id => {
            hide(was);
            hide(now);
        }
        RowFault::NumberAsText { text } | RowFault::CellError { text } if told.field == Field::Id => hide(text),
        _ => {}
    }
    told
}

/// A column as Excel names it: 0 is A, 26 is AA.
fn letters(mut column: usize) -> String {
    let mut out = Vec::new();
    loop {
        out.push(char::from(b'A' + u8::try_from(column % 26).unwrap_or(0)));
        if column < 26 {
            return out.into_iter().rev().collect();
        }
        column = column / 26 - 1;
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn columns_have_their_letters() {
        for (n, name) in [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")] {
            assert_eq!(super::letters(n), name);
        }
    }
}
