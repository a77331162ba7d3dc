//! The list of people on duty from a workbook.

use crate::error::Result;
use crate::{Ctx, Desk, View};
use kaowu_core::facts::{DutyFact, StaffFact, state, take_back};
use kaowu_core::identity::StageId;
use kaowu_core::roster::Severity;
use kaowu_core::staff::{KnownSite, Role, StaffColumn, StaffList, StaffRefusal, Told, read_staff};
use kaowu_core::words::Lang;
use kaowu_ledger::{Draft, Step};
use kaowu_sheets::{Mark, marked_copy};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// What an import did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StaffImport {
    /// The file's name.
    pub source: String,
    /// Rows with anything in them.
    pub rows: u32,
    /// People taken.
    pub taken: u32,
    /// Rows refused.
    pub refused: u32,
    /// People of an earlier list of this name who are gone.
    pub gone: u32,
    /// People taken, by role.
    pub roles: BTreeMap<Role, u32>,
    /// What was said, in Chinese: row, column, words.
    pub told: Vec<(u32, &'static str, String)>,
}

/// A list looked at.
pub struct StaffPreview {
    /// The file's name.
    pub source: String,
    /// The sheet.
    pub sheet: String,
    /// What it says.
    pub list: StaffList,
    columns: BTreeMap<StaffColumn, usize>,
}

impl StaffPreview {
    /// Writes a copy of the workbook with the faults marked.
    pub fn write_marked(&self, original: &Path, out: &Path, lang: Lang) -> Result<()> {
        let mark = |told: &Told| Mark {
            row: told.row,
            column: self.columns.get(&told.column).copied(),
            refused: told.severity == Severity::Refused,
            text: words(told, lang),
        };
        Ok(marked_copy(original, &self.sheet, &self.list.told.iter().map(mark).collect::<Vec<_>>(), out)?)
    }

    fn summary(&self, gone: u32) -> StaffImport {
        let mut roles = BTreeMap::new();
        self.list.people.values().for_each(|p| *roles.entry(p.role).or_default() += 1);
        StaffImport {
            source: self.source.clone(),
            rows: self.list.rows,
            taken: u32::try_from(self.list.people.len()).unwrap_or(u32::MAX),
            refused: self.list.refused,
            gone,
            roles,
            told: self.list.told.iter().map(|t| (t.row, t.column.title(), words(t, Lang::Zh))).collect(),
        }
    }
}

fn words(told: &Told, lang: Lang) -> String {
    let said = told.said(lang);
    if said.remedy.is_empty() { said.what } else { format!("{}（{}）", said.what, said.remedy) }
}

impl Desk {
    /// Reads a list without taking it.
    pub fn preview_staff(&self, stage: &StageId, file: &Path) -> Result<StaffPreview> {
        let view = self.view();
        view.stage(stage)?;
        view.reader().tell(Step::Reading, 0, 0)?;
        let table = kaowu_sheets::staff::read_staff(file)?;
        let list = read_staff(&table.rows, self.plan(), stage, &view.known_sites(stage)?, &table.source);
        Ok(StaffPreview { source: table.source, sheet: table.sheet, list, columns: table.columns })
    }

    /// Takes a list of people on duty in a stage. The same list again replaces what it said before; another adds to it.
    pub fn import_staff(&mut self, ctx: &Ctx, stage: &StageId, file: &Path) -> Result<(StaffPreview, StaffImport)> {
        self.hq_only(ctx, "staff.imported")?;
        let preview = self.preview_staff(stage, file)?;
        let list = &preview.list;
        if list.people.is_empty() {
            let first = list.told.first().map(|t| format!("{} {}", t.row, words(t, Lang::Zh))).unwrap_or_default();
            return Err(StaffRefusal::StaffNothing { file: preview.source, refused: list.refused, first }.into());
        }
        let gone = self.record(ctx, |view| {
            let (mut facts, mut replaced, mut gone) = (Vec::new(), Vec::new(), Vec::new());
            let busy = view.all_on_duty(stage)?;
            for (key, held) in view.under::<StaffFact>(&format!("{stage}/"))? {
                if list.people.contains_key(&key.1) {
                    replaced.push(held.entry);
                } else if held.value.source == preview.source {
                    facts.push(take_back::<StaffFact>(&key));
                    replaced.push(held.entry);
                    gone.push((key.1, held.value.name));
                }
            }
            let names: Vec<String> = gone.iter().filter(|(id, _)| busy.contains(id)).map(|(_, name)| name.clone()).collect();
            if !names.is_empty() {
                return Err(StaffRefusal::StaffOnDuty { names }.into());
            }
            facts.extend(list.people.iter().map(|(id, p)| state(&(stage.clone(), id.clone()), p)));
            let draft = Draft::new("staff.imported")
                .with("file", preview.source.as_str())
                .with("people", list.people.len())
                .with("refused", list.refused);
            Ok((draft.facts(facts).replacing(replaced), u32::try_from(gone.len()).unwrap_or(u32::MAX)))
        })?;
        let summary = preview.summary(gone);
        Ok((preview, summary))
    }
}

impl View<'_> {
    /// Every site of a stage.
    pub(crate) fn known_sites(&self, stage: &StageId) -> Result<Vec<KnownSite>> {
        let sites: BTreeMap<_, _> = self.rooms(stage)?.into_iter().map(|((site, _), room)| (site, room.site_name)).collect();
        Ok(sites.into_iter().map(|(code, name)| KnownSite { code, name }).collect())
    }

    /// Ids of all who were drawn for a room or stand in for somebody.
    fn all_on_duty(&self, stage: &StageId) -> Result<BTreeSet<String>> {
        let prefix = format!("{stage}/");
        let mut out: BTreeSet<String> = self.under::<DutyFact>(&prefix)?.into_iter().flat_map(|(_, held)| held.value.staff).collect();
        out.extend(self.under::<kaowu_core::facts::StandIn>(&prefix)?.into_iter().map(|(_, held)| held.value.by));
        Ok(out)
    }
}
