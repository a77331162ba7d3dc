//! From an export's rows to what the journal keeps. Rows come one by one, millions of them for a year of log-ins: what is
//! held is a row a person. A bad row is said and never stops the good ones.

use super::PracticeKind;
use super::calendar::{Month, contest_days, day_in, month_of, week_of};
use super::cells::{TOTALS, mark_day, period_of, seconds_in, was_there};
use super::fault::{Column, PracticeFault, Told};
use super::packed::{LoginRow, LoginRows, ScoreRow, ScoreRows, day_bits};
use super::people::Claim;
use crate::figure::Mark;
use crate::identity::UnitCode;
use crate::plan::{Plan, PracticePlan};
use crate::roster::{Field, RowFault, Severity, check_id, clean_id, clean_name, unit_of};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Faults that are kept with their rows; beyond them only their number is.
const KEPT: usize = 2_000;

/// A row as it stands; empty where a cell or a column is missing.
#[derive(Debug, Clone, Copy, Default)]
pub struct RawRow<'a> {
    /// Row as Excel shows it.
    pub row: u32,
    /// 身份证号.
    pub id: &'a str,
    /// Whether that cell is a number, of which digits may be lost.
    pub id_is_number: bool,
    /// 姓名.
    pub name: &'a str,
    /// 设区市.
    pub outer: &'a str,
    /// 县（市、区）.
    pub inner: &'a str,
    /// 日期, 周次 or 月份.
    pub day: &'a str,
    /// 成绩.
    pub score: &'a str,
    /// 用时.
    pub time: &'a str,
}

/// The unit of two cells, and what is said of them.
type Known = (Option<UnitCode>, Vec<(Field, RowFault)>);

/// A person of the file, once.
struct Entry {
    id: String,
    name: String,
    /// ID number and name as they first stood: a row that repeats them is not looked at again.
    raw: (String, String),
    units: (String, String),
    unit: UnitCode,
    row: u32,
    told_unit: bool,
    days: Vec<u64>,
    /// By period: score, seconds, row.
    scores: BTreeMap<NaiveDate, (Mark, Option<u32>, u32)>,
}

/// A reading of one export.
pub struct Gather<'p> {
    plan: &'p Plan,
    practice: &'p PracticePlan,
    kind: PracticeKind,
    /// The week or month of rows that name none.
    given: Option<NaiveDate>,
    /// For each column of days its day, where the header names one.
    columns: Vec<Option<NaiveDate>>,
    wide: bool,
    entries: Vec<Entry>,
    // Looked up only: their order plays no part.
    by_id: HashMap<String, usize>,
    by_claim: HashMap<(UnitCode, String), usize>,
    units: HashMap<(String, String), Known>,
    day: (String, Option<NaiveDate>),
    covered: BTreeSet<NaiveDate>,
    last: Option<NaiveDate>,
    told: Vec<Told>,
    refusals: BTreeMap<String, u64>,
    rows: u64,
    refused: u64,
}

/// What an export holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Gathered {
    /// Log-ins by unit, counted from `first`.
    pub logins: BTreeMap<UnitCode, LoginRows>,
    /// The first day of log-ins.
    pub first: Option<NaiveDate>,
    /// Days of which the export speaks.
    pub covered: BTreeSet<NaiveDate>,
    /// Scores by the Monday of a week or the first of a month, and unit.
    pub scores: BTreeMap<(NaiveDate, UnitCode), ScoreRows>,
    /// People.
    pub people: u32,
    /// Of them, those without ID number, by unit and name.
    pub unnamed: Vec<Claim>,
    /// Rows with anything in them.
    pub rows: u64,
    /// Rows refused.
    pub refused: u64,
    /// What was said, the first of it with its place.
    pub told: Vec<Told>,
    /// How often each code was said.
    pub counts: BTreeMap<String, u64>,
}

impl<'p> Gather<'p> {
    /// Nothing read yet. `given` is a day of the week or month for rows that name none.
    pub fn new(plan: &'p Plan, practice: &'p PracticePlan, kind: PracticeKind, given: Option<NaiveDate>) -> Self {
        Self {
            plan,
            practice,
            kind,
            given: given.map(|day| period_of(kind, day)),
            columns: Vec::new(),
            wide: false,
            entries: Vec::new(),
            by_id: HashMap::new(),
            by_claim: HashMap::new(),
            units: HashMap::new(),
            day: (String::new(), None),
            covered: BTreeSet::new(),
            last: None,
            told: Vec::new(),
            refusals: BTreeMap::new(),
            rows: 0,
            refused: 0,
        }
    }

    /// Takes the headers of the columns that are none of ours: those that name a day hold its log-ins. How many do.
    pub fn day_columns<'a>(&mut self, headers: impl IntoIterator<Item = &'a str>) -> usize {
        let (from, to) = (self.practice.from, self.practice.to);
        self.columns = headers.into_iter().map(|h| day_in(h, from, to).filter(|day| *day >= from && *day <= to)).collect();
        self.covered.extend(self.columns.iter().flatten());
        self.wide = self.columns.iter().any(Option::is_some);
        self.columns.iter().flatten().count()
    }

    /// Takes a row. `cells` are those of the columns told to [`Self::day_columns`].
    pub fn row<'a>(&mut self, raw: &RawRow<'_>, cells: impl IntoIterator<Item = &'a str>) {
        let blank = |text: &str| text.chars().all(char::is_whitespace);
        if blank(raw.id) && (blank(raw.name) || TOTALS.contains(&raw.name.trim())) {
            return;
        }
        self.rows += 1;
        let taken = match self.person(raw) {
            Some(at) if self.wide => {
                self.cells(at, cells);
                true
            }
            Some(at) => self.one(at, raw),
            None => false,
        };
        self.refused += u64::from(!taken);
    }

    /// Who stands in a row: as first seen, or looked at anew.
    fn person(&mut self, raw: &RawRow<'_>) -> Option<usize> {
        if let Some(at) = self.by_id.get(raw.id).copied() {
            let known = &self.entries[at];
            if known.raw.0 == raw.id && known.raw.1 == raw.name && known.units.0 == raw.outer && known.units.1 == raw.inner {
                return Some(at);
            }
        }
        let name = match clean_name(raw.name) {
            Ok(name) => Some(name),
            Err(fault) => {
                self.say_roster(raw.row, Column::Name, fault);
                None
            }
        };
        let id = self.id(raw);
        let unit = self.unit(raw);
        let (name, id, unit) = (name?, id?, unit?);
        let place = if id.is_empty() { self.by_claim.get(&(unit.clone(), name.clone())) } else { self.by_id.get(&id) }.copied();
        let Some(at) = place else { return Some(self.add(raw, id, name, unit)) };
        let (row, there, of) = (self.entries[at].row, self.entries[at].name.clone(), self.entries[at].unit.clone());
        if there != name {
            self.say_roster(raw.row, Column::Id, RowFault::IdOfAnother { row, name: there });
            return None;
        }
        if of != unit && !self.entries[at].told_unit {
            self.entries[at].told_unit = true;
            let unit = self.plan.full_name(&of);
            self.say(raw.row, Column::Inner, PracticeFault::PracticeUnitDiffers { row, unit });
        }
        Some(at)
    }

    fn add(&mut self, raw: &RawRow<'_>, id: String, name: String, unit: UnitCode) -> usize {
        let at = self.entries.len();
        if id.is_empty() {
            self.by_claim.insert((unit.clone(), name.clone()), at);
            self.say(raw.row, Column::Id, PracticeFault::PracticeUnnamed);
        } else {
            self.by_id.insert(id.clone(), at);
        }
        self.entries.push(Entry {
            id,
            name,
            raw: (raw.id.to_owned(), raw.name.to_owned()),
            units: (raw.outer.to_owned(), raw.inner.to_owned()),
            unit,
            row: raw.row,
            told_unit: false,
            days: Vec::new(),
            scores: BTreeMap::new(),
        });
        at
    }

    /// An ID number; empty where the export has none, or one under a mask.
    fn id(&mut self, raw: &RawRow<'_>) -> Option<String> {
        let id = clean_id(raw.id);
        if id.is_empty() || id.contains('*') {
            return Some(String::new());
        }
        if raw.id_is_number && id.len() > 15 {
            self.say_roster(raw.row, Column::Id, RowFault::IdIsNumber { text: raw.id.to_owned() });
            return None;
        }
        match check_id(&id, self.practice.to) {
            Ok(_) => Some(id),
            Err(fault) => {
                self.say_roster(raw.row, Column::Id, RowFault::Id { text: raw.id.chars().take(40).collect(), fault });
                None
            }
        }
    }

    fn unit(&mut self, raw: &RawRow<'_>) -> Option<UnitCode> {
        let key = (raw.outer.to_owned(), raw.inner.to_owned());
        let plan = self.plan;
        let (unit, said) = self.units.entry(key).or_insert_with(|| unit_of(raw.outer, raw.inner, plan)).clone();
        // A tidied name is said of no row: it would be said of every one.
        for (field, fault) in said.into_iter().filter(|(_, fault)| fault.severity() != Severity::Cleaned) {
            let column = if field == Field::Inner { Column::Inner } else { Column::Outer };
            self.say_roster(raw.row, column, fault);
        }
        unit
    }

    /// A row a person with a column a day.
    fn cells<'a>(&mut self, at: usize, cells: impl IntoIterator<Item = &'a str>) {
        let from = self.practice.from;
        for (day, cell) in self.columns.iter().zip(cells) {
            if let Some(day) = day.filter(|_| was_there(cell)) {
                mark_day(&mut self.entries[at].days, from, day);
            }
        }
    }

    /// A row with one day, or one score.
    fn one(&mut self, at: usize, raw: &RawRow<'_>) -> bool {
        let Some(day) = self.day(raw) else { return false };
        if self.kind == PracticeKind::Daily {
            // Rows of one day mostly stand together.
            if self.last != Some(day) {
                self.last = Some(day);
                self.covered.insert(day);
            }
            mark_day(&mut self.entries[at].days, self.practice.from, day);
            return true;
        }
        let Some(mark) = self.score(raw) else { return false };
        let seconds = self.seconds(raw);
        let period = period_of(self.kind, day);
        match self.entries[at].scores.get(&period) {
            Some((known, time, row)) if (*known, *time) != (mark, seconds) => {
                let row = *row;
                self.say(raw.row, Column::Score, PracticeFault::PracticeScoreTwice { row });
                false
            }
            Some(_) => true,
            None => {
                self.entries[at].scores.insert(period, (mark, seconds, raw.row));
                self.covered.insert(period);
                true
            }
        }
    }

    fn day(&mut self, raw: &RawRow<'_>) -> Option<NaiveDate> {
        if self.day.0 == raw.day && self.day.1.is_some() {
            return self.day.1;
        }
        let (from, to) = (self.practice.from, self.practice.to);
        let found = match (raw.day.trim(), self.given) {
            ("", Some(given)) => return Some(given),
            (text, _) => day_in(text, from, to).or_else(|| match self.kind {
                PracticeKind::Monthly => Month::read(text).and_then(|m| contest_days(self.practice.monthly.days, m).first().copied()),
                PracticeKind::Daily | PracticeKind::Weekly => None,
            }),
        };
        let Some(day) = found else {
            self.say(raw.row, Column::Day, PracticeFault::PracticeDayUnreadable { text: raw.day.chars().take(40).collect() });
            return None;
        };
        let touches = match self.kind {
            PracticeKind::Weekly => week_of(day) >= week_of(from) && week_of(day) <= to,
            PracticeKind::Daily | PracticeKind::Monthly => day >= from && day <= to,
        };
        if !touches {
            let fault = PracticeFault::PracticeDayOutside { day: day.to_string(), from: from.to_string(), to: to.to_string() };
            self.say(raw.row, Column::Day, fault);
            return None;
        }
        if self.kind == PracticeKind::Monthly {
            let days = contest_days(self.practice.monthly.days, month_of(day));
            if !days.contains(&day) {
                let days = days.iter().map(ToString::to_string).collect();
                self.say(raw.row, Column::Day, PracticeFault::PracticeNoContest { day: day.to_string(), days });
                return None;
            }
        }
        self.day = (raw.day.to_owned(), Some(day));
        Some(day)
    }

    fn score(&mut self, raw: &RawRow<'_>) -> Option<Mark> {
        let text = raw.score.trim().trim_end_matches('分');
        let full = self.practice.full;
        match Mark::parse(text) {
            Ok(mark) if mark.0 >= 0 && mark <= full => Some(mark),
            Ok(_) => {
                self.say(raw.row, Column::Score, PracticeFault::PracticeScoreBeyond { text: text.to_owned(), full: full.to_string() });
                None
            }
            Err(_) => {
                self.say(raw.row, Column::Score, PracticeFault::PracticeScoreUnreadable { text: text.chars().take(40).collect() });
                None
            }
        }
    }

    fn seconds(&mut self, raw: &RawRow<'_>) -> Option<u32> {
        let text = raw.time.trim();
        if text.is_empty() {
            return None;
        }
        let found = seconds_in(text);
        if found.is_none() {
            self.say(raw.row, Column::Time, PracticeFault::PracticeTimeUnreadable { text: text.chars().take(40).collect() });
        }
        found
    }

    fn say(&mut self, row: u32, column: Column, fault: PracticeFault) {
        self.keep(Told::practice(row, column, fault));
    }

    fn say_roster(&mut self, row: u32, column: Column, fault: RowFault) {
        self.keep(Told::roster(row, column, fault));
    }

    fn keep(&mut self, told: Told) {
        *self.refusals.entry(told.code()).or_default() += 1;
        if self.told.len() < KEPT {
            self.told.push(told);
        }
    }

    /// Leaves out scores that another file has otherwise, and says so. `known` gives for a period and a person's ID number
    /// (or unit and name) the file that has another score.
    pub fn elsewhere(&mut self, known: &dyn Fn(NaiveDate, &UnitCode, &ScoreRow<'_>) -> Option<String>) {
        for at in 0..self.entries.len() {
            let entry = &self.entries[at];
            let mut out: Vec<(NaiveDate, u32, String)> = Vec::new();
            for (period, (mark, seconds, row)) in &entry.scores {
                let score = ScoreRow { id: &entry.id, name: &entry.name, mark: *mark, seconds: *seconds };
                out.extend(known(*period, &entry.unit, &score).map(|file| (*period, *row, file)));
            }
            for (period, row, file) in out {
                self.entries[at].scores.remove(&period);
                self.refused += 1;
                self.say(row, Column::Score, PracticeFault::PracticeScoreElsewhere { file });
            }
        }
    }

    /// The weeks or months of which scores were read.
    pub fn periods(&self) -> &BTreeSet<NaiveDate> {
        &self.covered
    }

    /// What was read, in an order that does not depend on that of the rows.
    pub fn finish(self) -> Gathered {
        let mut entries: Vec<&Entry> = self.entries.iter().collect();
        entries.sort_by(|a, b| (&a.unit, &a.id, &a.name).cmp(&(&b.unit, &b.id, &b.name)));
        let first = self.covered.first().copied().filter(|_| self.kind == PracticeKind::Daily);
        let skip = first.and_then(|first| usize::try_from((first - self.practice.from).num_days()).ok()).unwrap_or(0);
        let mut out = Gathered { first, covered: self.covered, rows: self.rows, refused: self.refused, ..Gathered::default() };
        let mut logins: BTreeMap<&UnitCode, Vec<(&Entry, String)>> = BTreeMap::new();
        let mut scores: BTreeMap<(NaiveDate, &UnitCode), Vec<ScoreRow<'_>>> = BTreeMap::new();
        for entry in entries {
            if self.kind == PracticeKind::Daily {
                let days = (0..entry.days.len() * 64).filter(|day| entry.days[day / 64] & (1 << (day % 64)) != 0);
                logins.entry(&entry.unit).or_default().push((entry, day_bits(days.map(|day| day.saturating_sub(skip)))));
            } else if entry.scores.is_empty() {
                continue;
            }
            for (period, (mark, seconds, _)) in &entry.scores {
                let row = ScoreRow { id: &entry.id, name: &entry.name, mark: *mark, seconds: *seconds };
                scores.entry((*period, &entry.unit)).or_default().push(row);
            }
            out.people += 1;
            if entry.id.is_empty() {
                out.unnamed.push((entry.unit.clone(), entry.name.clone()));
            }
        }
        let packed = |rows: &[(&Entry, String)]| LoginRows::pack(rows.iter().map(|(e, days)| LoginRow { id: &e.id, name: &e.name, days }));
        out.logins = logins.iter().map(|(unit, rows)| ((*unit).clone(), packed(rows))).collect();
        out.scores = scores.into_iter().map(|((period, unit), rows)| ((period, unit.clone()), ScoreRows::pack(rows))).collect();
        out.told = self.told;
        out.counts = self.refusals;
        out
    }
}
