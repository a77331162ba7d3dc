//! Rosters, exclusion lists, and what was found (RULES.md §3.16).

use crate::before::LateGrounds;
use crate::error::{DeskFault, Result};
use crate::kept::Kept;
use crate::{Ctx, Desk, View};
use kaowu_core::eligibility::{self, Entered, Match, Standing};
use kaowu_core::facts::{
    BriefFact, Candidate, DrawFact, ExclusionLine, RosterFile, Ruling, SelectionFact, Substitution, Topic, Verdict, Withdrawal, state,
    take_back,
};
use kaowu_core::identity::{IdNumber, PartId, StageId, UnitCode};
use kaowu_core::roster::{self, Changes, Severity, Told};
use kaowu_core::words::Lang;
use kaowu_ledger::{Draft, Step};
use kaowu_sheets::{Mark, marked_copy, tables};
use serde::Serialize;
use serde_json::json;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// A roster looked at, before anything is written.
#[derive(Debug)]
pub struct RosterPreview {
    /// The file's name.
    pub source: String,
    /// The sheet.
    pub sheet: String,
    /// What it holds.
    pub roster: roster::Roster,
    /// What it changes.
    pub changes: Changes,
    /// Whether this very file was imported before.
    pub known: bool,
    columns: BTreeMap<roster::Field, usize>,
    sha256: String,
}

/// What an import did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RosterImport {
    /// The file's name.
    pub source: String,
    /// Rows with a person.
    pub rows: u32,
    /// Rows taken.
    pub taken: u32,
    /// Rows refused.
    pub refused: u32,
    /// Rows taken with a warning.
    pub warned: u32,
    /// Rows cleaned.
    pub cleaned: u32,
    /// What changed.
    pub changes: Changes,
    /// Whether nothing was written because nothing changes.
    pub unchanged: bool,
    /// What was said, in words: row, and text.
    pub told: Vec<(u32, String)>,
}

/// What an import of an exclusion list did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExclusionImport {
    /// The file's name.
    pub source: String,
    /// Lines on it.
    pub lines: u32,
    /// Lines without an ID number.
    pub without_id: u32,
    /// Rows whose ID number or city cannot be read: they are matched by what is left.
    pub doubtful: Vec<u32>,
}

/// What is found about a person.
pub type FindingKind = Standing;

/// A person an exclusion list touches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Who.
    pub id: IdNumber,
    /// Name.
    pub name: String,
    /// Outermost unit.
    pub city: String,
    /// How they stand.
    pub finding: FindingKind,
    /// What they took part in.
    pub activity: String,
}

/// What decides who may take part.
const WHO_MAY: [&str; 3] = [Candidate::NAME, ExclusionLine::NAME, Ruling::NAME];

impl Desk {
    /// Reads a roster and compares it with what stands; writes nothing.
    pub fn preview_roster(&self, stage: &StageId, file: &Path) -> Result<RosterPreview> {
        let view = self.view();
        view.stage(stage)?;
        view.reader().tell(Step::Reading, 0, 0)?;
        let bytes = std::fs::read(file).map_err(|e| DeskFault::unreadable(file, &e))?;
        let sha256 = hex::encode(Sha256::digest(&bytes));
        let table = tables::read_roster(file)?;
        view.reader().tell(Step::Checking, 0, table.people.len())?;
        let everyone = view.candidates(stage)?;
        let elsewhere = |id: &IdNumber| everyone.get(id).filter(|p| p.source != table.source).map(|p| p.source.clone());
        let mut roster = roster::read_roster(&table.people, self.plan(), &table.source, &elsewhere);
        let gone = view.under::<Withdrawal>(&format!("{stage}/"))?.into_iter().filter(|((_, id), _)| !everyone.contains_key(id));
        roster.leave_out(&gone.map(|((_, id), held)| (id, held.value.reason)).collect());
        view.reader().tell(Step::Comparing, 0, roster.people.len())?;
        let standing = everyone.iter().filter(|(_, p)| p.source == table.source).map(|(id, p)| (id.clone(), p.clone())).collect();
        let known = view.one::<RosterFile>(&table.source)?.is_some();
        let fields =
            [roster::Field::Name, roster::Field::Sex, roster::Field::Id, roster::Field::Phone, roster::Field::Outer, roster::Field::Inner];
        let columns = fields.into_iter().filter_map(|f| table.column(f).map(|c| (f, c))).collect();
        let changes = roster::compare(&standing, &roster.people);
        Ok(RosterPreview { source: table.source, sheet: table.sheet, changes, known, columns, sha256, roster })
    }

    /// Imports a roster. A file of the same name that changes people who stand there is taken over only with `accept`. Once
    /// the roster is closed, what changes anything is refused ([`Desk::import_late_roster`]).
    pub fn import_roster(&mut self, ctx: &Ctx, stage: &StageId, file: &Path, accept: bool) -> Result<(RosterPreview, RosterImport)> {
        self.import_late_roster(ctx, stage, file, accept, None)
    }

    /// Imports a roster after it was closed: with a reason and a second person. Those who come late are marked.
    pub fn import_late_roster(
        &mut self,
        ctx: &Ctx,
        stage: &StageId,
        file: &Path,
        accept: bool,
        grounds: Option<&LateGrounds>,
    ) -> Result<(RosterPreview, RosterImport)> {
        self.hq_only(ctx, "roster.imported")?;
        let preview = self.preview_roster(stage, file)?;
        let changes = &preview.changes;
        let unchanged = preview.known && changes.added.is_empty() && changes.changed.is_empty() && changes.withdrawn.is_empty();
        if preview.known && !unchanged && !accept {
            return Err(DeskFault::RosterChanged {
                file: preview.source.clone(),
                added: changes.added.len(),
                changed: changes.changed.len(),
                withdrawn: changes.withdrawn.len(),
            }
            .into());
        }
        let report = preview.summary(unchanged);
        if !unchanged {
            self.record_as(ctx, "roster.imported", |view| {
                // Late entries come in without a seat and take a spare one; nobody who has a seat is touched.
                let touches = !changes.changed.is_empty() || !changes.withdrawn.is_empty();
                if touches && view.one::<DrawFact>(stage)?.is_some() {
                    return Err(DeskFault::RosterFrozen { stage: stage.clone() }.into());
                }
                let key = |id: &IdNumber| (stage.clone(), id.clone());
                let mut draft = Draft::new("roster.imported")
                    .with("file", preview.source.clone())
                    .with("added", changes.added.len())
                    .with("changed", changes.changed.len())
                    .with("withdrawn", changes.withdrawn.len())
                    .with("refused", preview.roster.refused);
                for id in changes.added.iter().chain(&changes.changed) {
                    draft = draft.fact(state(&key(id), &preview.roster.people[id]));
                }
                draft = draft.facts(changes.withdrawn.iter().map(|id| take_back::<Candidate>(&key(id))));
                let fact = RosterFile { sha256: preview.sha256.clone(), rows: report.rows, taken: report.taken, refused: report.refused };
                let touched = changes.changed.iter().chain(&changes.withdrawn).chain(&changes.added);
                let mut replaced: BTreeSet<_> = BTreeSet::new();
                for (done, id) in touched.enumerate() {
                    view.reader().tell_often(Step::Comparing, done, preview.roster.people.len())?;
                    replaced.extend(view.reader().writers::<Candidate>(&key(id))?);
                }
                replaced.extend(view.replaced::<RosterFile>([preview.source.clone()])?);
                draft = view.late(ctx, (stage, &preview.source), changes, grounds, draft)?;
                Ok((draft.fact(state(&preview.source, &fact)).replacing(replaced), ()))
            })?;
        }
        Ok((preview, report))
    }

    /// Imports an exclusion list; it replaces the list of the same name.
    pub fn import_exclusions(&mut self, ctx: &Ctx, file: &Path) -> Result<ExclusionImport> {
        self.hq_only(ctx, "exclusions.imported")?;
        self.view().reader().tell(Step::Reading, 0, 0)?;
        let (source, rows) = tables::read_exclusions(file)?;
        self.record(ctx, |view| {
            let mut out = ExclusionImport { source: source.clone(), lines: 0, without_id: 0, doubtful: vec![] };
            let mut lines: BTreeMap<(String, u32), ExclusionLine> = BTreeMap::new();
            let total = rows.len();
            for (done, row) in rows.into_iter().enumerate() {
                view.reader().tell_often(Step::Checking, done, total)?;
                let id = roster::clean_id(&row.id);
                let valid = roster::check_id(&id, view.plan().event.entry_deadline).is_ok();
                let city = view.plan().resolve_city(&row.city).unit().cloned();
                let name = roster::clean_name(&row.name).unwrap_or_else(|_| row.name.clone());
                if (!id.is_empty() && !valid) || (!row.city.is_empty() && city.is_none()) {
                    out.doubtful.push(row.row);
                }
                out.lines += 1;
                out.without_id += u32::from(!valid);
                lines.insert(
                    (source.clone(), row.row),
                    ExclusionLine { name, id: valid.then(|| id.as_str().into()), city, activity: row.activity },
                );
            }
            let (mut facts, mut replaced) = (Vec::new(), BTreeSet::new());
            for (key, held) in view.under::<ExclusionLine>(&format!("{source}/"))? {
                match lines.get(&key) {
                    Some(line) if *line == held.value => {
                        lines.remove(&key);
                        continue;
                    }
                    Some(_) => {}
                    None => facts.push(take_back::<ExclusionLine>(&key)),
                }
                replaced.insert(held.entry);
            }
            facts.extend(lines.iter().map(|(key, line)| state(key, line)));
            Ok((
                Draft::new("exclusions.imported").with("file", source.clone()).with("lines", out.lines).facts(facts).replacing(replaced),
                out,
            ))
        })
    }

    /// HQ clears or confirms a suspect, with a reason.
    pub fn rule_suspect(&mut self, ctx: &Ctx, stage: &StageId, id: &IdNumber, verdict: Verdict, reason: &str) -> Result<()> {
        self.hq_only(ctx, "suspect.ruled")?;
        let reason = DeskFault::reason(reason)?;
        self.record(ctx, |view| {
            let suspect = view.list_matches(stage)?.into_iter().any(|m| m.id == *id && m.standing != Standing::Excluded);
            if !suspect {
                return Err(DeskFault::NotSuspect { person: id.to_string() }.into());
            }
            let key = (stage.clone(), id.clone());
            let ruling = Ruling { verdict, reason: reason.to_owned() };
            let replaced = view.replaced::<Ruling>([key.clone()])?;
            Ok((Draft::new("suspect.ruled").because(reason).with("person", json!(id)).fact(state(&key, &ruling)).replacing(replaced), ()))
        })
    }

    /// Everyone an exclusion list touches.
    pub fn findings(&self, stage: &StageId) -> Result<Vec<Finding>> {
        let view = self.view();
        let people = view.candidates(stage)?;
        let mut found = view.list_matches(stage)?;
        found.sort_by_key(|m| people.get(&m.id).map(|p| (p.source.clone(), p.row)));
        Ok(found
            .into_iter()
            .filter_map(|m| {
                let person = people.get(&m.id)?;
                let city = self.plan().top(&person.unit).map(|u| u.name.clone()).unwrap_or_default();
                Some(Finding { id: m.id, name: person.name.clone(), city, finding: m.standing, activity: m.activity })
            })
            .collect())
    }
}

impl RosterPreview {
    /// Which column of the sheet a field stands in, from 0.
    pub(crate) fn column(&self, field: roster::Field) -> Option<usize> {
        self.columns.get(&field).copied()
    }

    /// Writes a copy of the workbook with the faults marked.
    pub fn write_marked(&self, original: &Path, out: &Path, lang: Lang) -> Result<()> {
        let marks: Vec<Mark> = self
            .roster
            .told
            .iter()
            .map(|told| Mark {
                row: told.row,
                column: self.columns.get(&told.field).copied(),
                refused: told.fault.severity() == Severity::Refused,
                text: words(told, lang),
            })
            .collect();
        Ok(marked_copy(original, &self.sheet, &marks, out)?)
    }

    fn summary(&self, unchanged: bool) -> RosterImport {
        let rows_with = |severity: Severity| {
            let rows: BTreeSet<u32> = self.roster.told.iter().filter(|t| t.fault.severity() == severity).map(|t| t.row).collect();
            u32::try_from(rows.len()).unwrap_or(u32::MAX)
        };
        RosterImport {
            source: self.source.clone(),
            rows: self.roster.rows,
            taken: self.roster.rows - self.roster.refused,
            refused: self.roster.refused,
            warned: rows_with(Severity::Warning),
            cleaned: rows_with(Severity::Cleaned),
            changes: self.changes.clone(),
            unchanged,
            told: self.roster.told.iter().map(|told| (told.row, words(told, Lang::Zh))).collect(),
        }
    }
}

fn words(told: &Told, lang: Lang) -> String {
    let said = told.said(lang);
    if said.remedy.is_empty() { said.what } else { format!("{}（{}）", said.what, said.remedy) }
}

impl View<'_> {
    /// What the exclusion lists say of a stage's people.
    pub fn list_matches(&self, stage: &StageId) -> Result<Vec<Match>> {
        Ok(Vec::clone(&*self.reader().kept(&format!("matches/{stage}"), &WHO_MAY, || self.make_matches(stage))?))
    }

    fn make_matches(&self, stage: &StageId) -> Result<Vec<Match>> {
        let people = self.candidates(stage)?;
        let cities: BTreeMap<&IdNumber, UnitCode> =
            people.iter().filter_map(|(id, p)| self.plan().top(&p.unit).map(|u| (id, u.code.clone()))).collect();
        let entered = people.iter().map(|(id, p)| Entered { id, name: &p.name, city: cities.get(id) });
        let lines: Vec<ExclusionLine> = self.exclusions()?.into_iter().map(|(_, line)| line).collect();
        Ok(eligibility::matches(entered, &lines, &self.rulings(stage)?))
    }

    /// Why one person may not take part, if so.
    pub(crate) fn barred(&self, stage: &StageId, id: &IdNumber, person: &Candidate) -> Result<Option<String>> {
        let city = self.plan().top(&person.unit).map(|u| u.code.clone());
        let lines: Vec<ExclusionLine> = self.exclusions()?.into_iter().map(|(_, line)| line).collect();
        let found = eligibility::matches([Entered { id, name: &person.name, city: city.as_ref() }], &lines, &self.rulings(stage)?);
        Ok(found.into_iter().find(|m| m.standing.bars()).map(|m| m.activity))
    }

    /// Suspects nobody has ruled on, by name.
    pub fn open_suspects(&self, stage: &StageId) -> Result<Vec<String>> {
        let people = self.candidates(stage)?;
        let open = self.list_matches(stage)?.into_iter().filter(|m| m.standing == Standing::Suspect);
        Ok(open.filter_map(|m| people.get(&m.id).map(|p| p.name.clone())).collect())
    }

    /// Who of a stage may take part.
    pub fn eligible(&self, stage: &StageId) -> Result<Kept<IdNumber, Candidate>> {
        let mut people = self.candidates(stage)?;
        for m in self.list_matches(stage)?.into_iter().filter(|m| m.standing.bars()) {
            people.remove(&m.id);
        }
        Ok(people)
    }

    /// Who sits a part, with names: those eligible; where a selection decides, those selected; at a site, its own.
    pub fn entrants(&self, stage: &StageId, part: &PartId) -> Result<Kept<IdNumber, String>> {
        let topics = [&WHO_MAY[..], &[BriefFact::NAME, SelectionFact::NAME, Substitution::NAME]].concat();
        Kept::of(self.reader(), &format!("entrants/{stage}/{part}"), &topics, || {
            let eligible = self.eligible(stage)?;
            let chosen = self.chosen(stage, part)?;
            let sits = |id: &IdNumber| chosen.as_ref().is_none_or(|chosen| chosen.contains(id));
            Ok(eligible.iter().filter(|(id, _)| sits(id)).map(|(id, p)| (id.clone(), p.name.clone())).collect())
        })
    }

    /// Whether one person sits a part: the same question as [`View::entrants`], of one person only.
    pub fn sits(&self, stage: &StageId, part: &PartId, id: &IdNumber) -> Result<bool> {
        let Some(person) = self.candidate(stage, id)? else { return Ok(false) };
        Ok(self.barred(stage, id, &person)?.is_none() && self.chosen(stage, part)?.is_none_or(|chosen| chosen.contains(id)))
    }

    /// The people a part is for: at a site its own, where a selection decides those selected; none where it is for all.
    fn chosen(&self, stage: &StageId, part: &PartId) -> Result<Option<BTreeSet<IdNumber>>> {
        if let Some(brief) = self.brief()? {
            return Ok(Some(brief.people.into_iter().collect()));
        }
        if self.plan().selections.iter().any(|s| s.to == *stage && s.to_parts.contains(part)) {
            return Ok(Some(self.selected_now(stage)?.into_iter().map(|s| s.id).collect()));
        }
        Ok(None)
    }
}
