//! An export read, compared with what stands, and taken: one entry a file.

use crate::error::{DeskError, DeskFault, Result};
use crate::{Ctx, Desk, View};
use chrono::NaiveDate;
use kaowu_core::facts::{LoginBlock, PracticeFile, ScoreBlock, state, take_back};
use kaowu_core::figure::Mark;
use kaowu_core::identity::UnitCode;
use kaowu_core::plan::PracticePlan;
use kaowu_core::practice::{Gather, Gathered, Month, PracticeKind, PracticeRefusal, RawRow, ScoreRow, day_in, months, week_of, weeks};
use kaowu_core::roster::Severity;
use kaowu_core::words::{Lang, Said};
use kaowu_ledger::Draft;
use kaowu_sheets::practice::{PracticeHead, PracticeReader, read_practice};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::ControlFlow;
use std::path::Path;

/// Hears how far a reading is, bytes or rows done of all; `Break` stops it.
pub type PracticeProgress<'a> = dyn FnMut(u64, u64) -> ControlFlow<()> + 'a;

/// What is said of a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PracticeTold {
    /// Row as Excel shows it.
    pub row: u32,
    /// Column, as sheets call it.
    pub column: &'static str,
    /// What follows for the row.
    pub severity: Severity,
    /// The code.
    pub code: String,
    /// In Chinese.
    pub zh: Said,
    /// In English.
    pub en: Said,
}

/// An export looked at, before anything is written.
#[derive(Debug)]
pub struct PracticeLook {
    /// The file's name.
    pub source: String,
    /// The sheet.
    pub sheet: String,
    /// What it holds.
    pub kind: PracticeKind,
    /// Its rows.
    pub gathered: Gathered,
    /// What a file of this name said when it was imported.
    pub known: Option<PracticeFile>,
    /// Whether this very file was imported.
    pub unchanged: bool,
    sha256: String,
}

/// What an import did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PracticeImport {
    /// The file's name.
    pub source: String,
    /// The sheet.
    pub sheet: String,
    /// What it holds.
    pub kind: PracticeKind,
    /// Days, weeks or months of which it speaks.
    pub covers: Vec<String>,
    /// People taken.
    pub people: u32,
    /// Of them, those without ID number: each is a suspect.
    pub unnamed: u32,
    /// Rows with anything in them.
    pub rows: u64,
    /// Rows refused.
    pub refused: u64,
    /// Whether nothing was written because this very file stands already.
    pub unchanged: bool,
    /// How often each code was said.
    pub counts: BTreeMap<String, u64>,
    /// What was said, the first of it.
    pub told: Vec<PracticeTold>,
}

struct Reading<'p, 'h> {
    gather: Gather<'p>,
    kind: PracticeKind,
    given: bool,
    wide: bool,
    progress: &'h mut PracticeProgress<'h>,
}

impl PracticeReader for Reading<'_, '_> {
    type Error = DeskError;

    fn head(&mut self, head: &PracticeHead) -> Result<()> {
        let file = head.source.clone();
        if self.kind == PracticeKind::Daily {
            self.wide = !head.days && self.gather.day_columns(head.others.iter().map(String::as_str)) > 0;
            let known = head.days || self.wide || self.given;
            return if known { Ok(()) } else { Err(PracticeRefusal::PracticeNoDays { file }.into()) };
        }
        if !head.scores {
            return Err(PracticeRefusal::PracticeNoScores { file }.into());
        }
        if !head.days && !self.given {
            return Err(PracticeRefusal::PracticePeriodMissing { file }.into());
        }
        Ok(())
    }

    fn row(&mut self, row: &RawRow<'_>, others: &[&str]) {
        let cells: &[&str] = if self.wide { others } else { &[] };
        self.gather.row(row, cells.iter().copied());
    }

    fn pulse(&mut self, done: u64, total: u64) -> ControlFlow<DeskError> {
        match (self.progress)(done, total) {
            ControlFlow::Continue(()) => ControlFlow::Continue(()),
            ControlFlow::Break(()) => ControlFlow::Break(DeskFault::Stopped.into()),
        }
    }
}

/// A week or month as people name it, or as a file's name does; none where the text names no day or month.
fn named_period(plan: &PracticePlan, kind: PracticeKind, text: &str) -> Option<NaiveDate> {
    let day = day_in(text, plan.from, plan.to);
    match kind {
        PracticeKind::Daily => day.filter(|day| *day >= plan.from && *day <= plan.to),
        PracticeKind::Weekly => day.map(week_of).filter(|monday| weeks(plan).any(|week| week == *monday)),
        PracticeKind::Monthly => {
            let month = day.map(kaowu_core::practice::month_of).or_else(|| Month::read(text))?;
            months(plan).any(|m| m == month).then(|| NaiveDate::from_ymd_opt(month.year, month.month, 1))?
        }
    }
}

impl Desk {
    /// Reads an export and compares it with what stands; writes nothing. `of` names the week or month of rows that do not.
    pub fn preview_practice<'h>(
        &self,
        kind: PracticeKind,
        of: Option<&str>,
        file: &Path,
        progress: &'h mut PracticeProgress<'h>,
    ) -> Result<PracticeLook> {
        let view = self.view();
        let practice = view.practice_plan()?;
        let name = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let given = match of.map(str::trim).filter(|text| !text.is_empty()) {
            Some(text) => {
                Some(named_period(practice, kind, text).ok_or_else(|| PracticeRefusal::PracticePeriodWrong { text: text.to_owned() })?)
            }
            None => named_period(practice, kind, &name),
        };
        let gather = Gather::new(self.plan(), practice, kind, given);
        let mut reading = Reading { gather, kind, given: given.is_some(), wide: false, progress };
        let head = read_practice(file, &mut reading)?;
        let mut gather = reading.gather;
        if kind != PracticeKind::Daily {
            let known = view.scores_elsewhere(kind, gather.periods(), &head.source)?;
            gather.elsewhere(&|period, unit, row| {
                known.get(&(period, key_of(unit, row))).filter(|k| (k.0, k.1) != (row.mark, row.seconds)).map(|k| k.2.clone())
            });
        }
        let gathered = gather.finish();
        if gathered.people == 0 {
            let first = gathered.told.first().map(|t| t.said(Lang::Zh).what).unwrap_or_default();
            return Err(PracticeRefusal::PracticeNothing { file: head.source, refused: gathered.refused, first }.into());
        }
        let known = view.one::<PracticeFile>(&(kind, head.source.clone()))?.map(|held| held.value);
        let unchanged = known.as_ref().is_some_and(|k| k.sha256 == head.sha256);
        Ok(PracticeLook { source: head.source, sheet: head.sheet, kind, gathered, known, unchanged, sha256: head.sha256 })
    }

    /// Imports an export. A file of the same name with other content is taken over only with `accept`.
    pub fn import_practice<'h>(
        &mut self,
        ctx: &Ctx,
        kind: PracticeKind,
        of: Option<&str>,
        file: &Path,
        accept: bool,
        progress: &'h mut PracticeProgress<'h>,
    ) -> Result<PracticeImport> {
        self.hq_only(ctx, "practice.imported")?;
        let look = self.preview_practice(kind, of, file, progress)?;
        let report = look.summary();
        if look.unchanged {
            return Ok(report);
        }
        if let Some(known) = look.known.as_ref().filter(|_| !accept) {
            let (before, after) = (known.rows - known.refused, report.rows - report.refused);
            return Err(PracticeRefusal::PracticeChanged { file: look.source, before, after }.into());
        }
        self.record(ctx, |view| {
            let key = (kind, look.source.clone());
            let (mut facts, mut replaced) = (Vec::new(), BTreeSet::new());
            let first = look.gathered.first.unwrap_or_default();
            let mut logins: BTreeMap<_, _> = look
                .gathered
                .logins
                .into_iter()
                .map(|(unit, rows)| ((look.source.clone(), unit), LoginBlock { from: first, rows }))
                .collect();
            let mut scores: BTreeMap<_, _> = look
                .gathered
                .scores
                .into_iter()
                .map(|((period, unit), rows)| ((kind, period, look.source.clone(), unit), ScoreBlock(rows)))
                .collect();
            // What stands already and is the same stays; what stands otherwise or no more is replaced.
            let (old_logins, old_scores) = view.blocks_of(kind, &look.source, look.known.as_ref())?;
            for (key, held) in old_logins {
                match logins.get(&key) {
                    Some(block) if *block == held.value => _ = logins.remove(&key),
                    Some(_) => _ = replaced.insert(held.entry),
                    None => {
                        facts.push(take_back::<LoginBlock>(&key));
                        replaced.insert(held.entry);
                    }
                }
            }
            for (key, held) in old_scores {
                match scores.get(&key) {
                    Some(block) if *block == held.value => _ = scores.remove(&key),
                    Some(_) => _ = replaced.insert(held.entry),
                    None => {
                        facts.push(take_back::<ScoreBlock>(&key));
                        replaced.insert(held.entry);
                    }
                }
            }
            facts.extend(logins.iter().map(|(key, block)| state(key, block)));
            facts.extend(scores.iter().map(|(key, block)| state(key, block)));
            replaced.extend(view.replaced::<PracticeFile>([key.clone()])?);
            let fact = PracticeFile {
                sha256: look.sha256,
                rows: report.rows,
                refused: report.refused,
                people: report.people,
                unnamed: look.gathered.unnamed,
                covers: look.gathered.covered.iter().copied().collect(),
            };
            let draft = Draft::new("practice.imported")
                .with("file", look.source.clone())
                .with("kind", kind.word())
                .with("people", report.people)
                .with("rows", report.rows)
                .with("refused", report.refused);
            Ok((draft.fact(state(&key, &fact)).facts(facts).replacing(replaced), ()))
        })?;
        Ok(report)
    }

    /// Takes an imported export back, with a reason.
    pub fn remove_practice(&mut self, ctx: &Ctx, kind: PracticeKind, source: &str, reason: &str) -> Result<()> {
        self.hq_only(ctx, "practice.removed")?;
        let reason = DeskFault::reason(reason)?;
        self.record(ctx, |view| {
            let key = (kind, source.to_owned());
            let known = view.one::<PracticeFile>(&key)?.ok_or_else(|| PracticeRefusal::NoSuchPracticeFile { file: source.to_owned() })?;
            let (logins, scores) = view.blocks_of(kind, source, Some(&known.value))?;
            let mut replaced = BTreeSet::from([known.entry]);
            let mut facts = vec![take_back::<PracticeFile>(&key)];
            for (key, held) in logins {
                facts.push(take_back::<LoginBlock>(&key));
                replaced.insert(held.entry);
            }
            for (key, held) in scores {
                facts.push(take_back::<ScoreBlock>(&key));
                replaced.insert(held.entry);
            }
            let draft = Draft::new("practice.removed").because(reason).with("file", source).with("kind", kind.word());
            Ok((draft.facts(facts).replacing(replaced), ()))
        })
    }
}

/// A person within one period, as one text.
fn key_of(unit: &UnitCode, row: &ScoreRow<'_>) -> String {
    if row.id.is_empty() { format!("{unit} {}", row.name) } else { row.id.to_owned() }
}

type Logins = Vec<((String, UnitCode), kaowu_ledger::Held<LoginBlock>)>;
type Scores = Vec<((PracticeKind, NaiveDate, String, UnitCode), kaowu_ledger::Held<ScoreBlock>)>;
/// Score, seconds and file, by period and person.
type Elsewhere = HashMap<(NaiveDate, String), (Mark, Option<u32>, String)>;

impl View<'_> {
    /// The blocks of an imported file.
    fn blocks_of(&self, kind: PracticeKind, source: &str, known: Option<&PracticeFile>) -> Result<(Logins, Scores)> {
        let Some(known) = known else { return Ok((Vec::new(), Vec::new())) };
        let part = source.replace('/', "-");
        if kind == PracticeKind::Daily {
            return Ok((self.under::<LoginBlock>(&format!("{part}/"))?, Vec::new()));
        }
        let mut scores = Vec::new();
        for period in &known.covers {
            scores.extend(self.under::<ScoreBlock>(&format!("{}/{period}/{part}/", kind.word()))?);
        }
        Ok((Vec::new(), scores))
    }

    /// What other files say of the same periods.
    fn scores_elsewhere(&self, kind: PracticeKind, periods: &BTreeSet<NaiveDate>, source: &str) -> Result<Elsewhere> {
        let mut out = Elsewhere::new();
        for period in periods {
            for ((_, _, file, unit), held) in self.under::<ScoreBlock>(&format!("{}/{period}/", kind.word()))? {
                if file == source {
                    continue;
                }
                for row in held.value.0.rows() {
                    out.insert((*period, key_of(&unit, &row)), (row.mark, row.seconds, file.clone()));
                }
            }
        }
        Ok(out)
    }
}

impl PracticeLook {
    /// What an import of it does.
    pub fn summary(&self) -> PracticeImport {
        let covered = self.gathered.covered.iter().copied();
        let covers = match self.kind {
            PracticeKind::Daily => super::ranges(covered),
            PracticeKind::Weekly => covered.map(|monday| monday.to_string()).collect(),
            PracticeKind::Monthly => covered.map(|first| kaowu_core::practice::month_of(first).to_string()).collect(),
        };
        let told = self.gathered.told.iter().map(|t| PracticeTold {
            row: t.row,
            column: t.column.word(),
            severity: t.severity,
            code: t.code(),
            zh: t.said(Lang::Zh),
            en: t.said(Lang::En),
        });
        PracticeImport {
            source: self.source.clone(),
            sheet: self.sheet.clone(),
            kind: self.kind,
            covers,
            people: self.gathered.people,
            unnamed: u32::try_from(self.gathered.unnamed.len()).unwrap_or(u32::MAX),
            rows: self.gathered.rows,
            refused: self.gathered.refused,
            unchanged: self.unchanged,
            counts: self.gathered.counts.clone(),
            told: told.collect(),
        }
    }
}
