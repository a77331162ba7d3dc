//! Practice: exports, suspects, honours, participation, the prize.

use super::{Both, FaultRow, FaultSeverity, LevelIn, Said, TieRow, Tied, count, masked};
use crate::error::Result;
use crate::practice::PracticeImport;
use crate::{Desk, PracticeQuery};
use kaowu_core::facts::AwardConfirmation;
use kaowu_core::identity::{IdNumber, UnitCode};
use kaowu_core::practice::{PracticeKind, month_of, months, weeks};
use kaowu_core::roster::Severity;
use kaowu_core::standing::HeldTie;
use serde::{Deserialize, Serialize};
use specta::Type;

/// What an export holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)] // as PracticeKind of core
pub enum PracticeKindWord {
    Daily,
    Weekly,
    Monthly,
}

impl From<PracticeKindWord> for PracticeKind {
    fn from(word: PracticeKindWord) -> Self {
        match word {
            PracticeKindWord::Daily => Self::Daily,
            PracticeKindWord::Weekly => Self::Weekly,
            PracticeKindWord::Monthly => Self::Monthly,
        }
    }
}

impl From<PracticeKind> for PracticeKindWord {
    fn from(kind: PracticeKind) -> Self {
        match kind {
            PracticeKind::Daily => Self::Daily,
            PracticeKind::Weekly => Self::Weekly,
            PracticeKind::Monthly => Self::Monthly,
        }
    }
}

/// Which list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)] // as PracticeQuery
pub enum WhichPractice {
    Daily,
    Weekly,
    Monthly,
    Year,
    Participation,
}

impl WhichPractice {
    /// The question; `of` is a week, a month or a tier, or empty.
    pub fn query(self, of: &str) -> PracticeQuery {
        let some = || Some(of.to_owned()).filter(|of| !of.trim().is_empty());
        match self {
            Self::Daily => PracticeQuery::Daily,
            Self::Weekly => PracticeQuery::Weekly(some()),
            Self::Monthly => PracticeQuery::Monthly(some()),
            Self::Year => PracticeQuery::Year,
            Self::Participation => PracticeQuery::Participation(of.into()),
        }
    }
}

/// An imported export.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct PracticeFileLine {
    /// What it holds.
    pub kind: PracticeKindWord,
    /// Its name.
    pub source: String,
    /// Days, weeks or months of which it speaks: the first and the last.
    pub covers: String,
    /// People.
    pub people: u32,
    /// Rows refused.
    pub refused: u32,
    /// Who imported it.
    pub by: String,
    /// When.
    pub at: String,
}

/// A tier by which participation is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct PracticeLine {
    /// What calls name.
    pub id: String,
    /// Name.
    pub name: Both,
    /// Whether an export speaks of it.
    pub there: bool,
}

/// What the desk of practice starts with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PracticeScreen {
    /// First day.
    pub from: String,
    /// Last day.
    pub to: String,
    /// People who are to take part.
    pub goal: u32,
    /// Names without ID number that wait.
    pub waiting: u32,
    /// Imported exports.
    pub files: Vec<PracticeFileLine>,
    /// Weeks, by their Mondays.
    pub weeks: Vec<PracticeLine>,
    /// Months.
    pub months: Vec<PracticeLine>,
    /// Tiers.
    pub tiers: Vec<PracticeLine>,
    /// The year's title.
    pub year_title: Both,
    /// The document that confirmed the year's best.
    pub year_document: Option<String>,
    /// The prize's title.
    pub prize_title: Both,
    /// How many units it has at most.
    pub prize_most: u32,
    /// The tier of its units.
    pub prize_tier: String,
    /// The document that decided it.
    pub prize_document: Option<String>,
    /// Who has it.
    pub prize_winners: Vec<String>,
}

/// An export looked at or imported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct PracticeLookScreen {
    /// The file's name.
    pub source: String,
    /// The sheet.
    pub sheet: String,
    /// Days, weeks or months of which it speaks.
    pub covers: Vec<String>,
    /// Rows.
    pub rows: u32,
    /// Rows refused.
    pub refused: u32,
    /// People.
    pub people: u32,
    /// Of them, those without ID number.
    pub unnamed: u32,
    /// Whether a file of this name stands already.
    pub known: bool,
    /// Whether this very file does.
    pub unchanged: bool,
    /// What was said, the first of it.
    pub faults: Vec<FaultRow>,
    /// How much was said in all.
    pub said: u32,
}

/// A person a name may mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct MayBe {
    /// Handle.
    pub person: String,
    /// ID number under its mask.
    pub masked: String,
}

/// A name without ID number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ClaimRow {
    /// Unit's code.
    pub unit: String,
    /// Its name.
    pub unit_name: String,
    /// Name.
    pub name: String,
    /// Whom it may mean.
    pub may_be: Vec<MayBe>,
    /// Whether it was decided.
    pub decided: bool,
    /// The person it was decided to be, under a mask; none: somebody of their own.
    pub is: Option<String>,
}

/// A list with what keeps it from being final.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct PracticeListScreen {
    /// Title.
    pub title: Both,
    /// Names of columns.
    pub columns: Vec<String>,
    /// Headers.
    pub headers: Vec<String>,
    /// Rows; ID numbers under their masks.
    pub rows: Vec<Vec<String>>,
    /// Ties over the last place.
    pub held: Vec<TieRow>,
    /// Days or months no export speaks of.
    pub lacks: Vec<String>,
    /// People for whom exports differ.
    pub differing: Vec<Both>,
    /// Names without ID number that wait.
    pub waiting: u32,
    /// People considered.
    pub people: u32,
}

/// A count as the pages take it.
fn small(n: u64) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

impl Desk {
    /// What the desk of practice starts with.
    pub fn practice_screen(&self) -> Result<PracticeScreen> {
        let view = self.view();
        let plan = view.practice_plan()?;
        let (weekly, monthly) = (view.practice_covered(PracticeKind::Weekly)?, view.practice_covered(PracticeKind::Monthly)?);
        let mut files = Vec::new();
        for (kind, source, held) in view.practice_files()? {
            let show = |day: &chrono::NaiveDate| if kind == PracticeKind::Monthly { month_of(*day).to_string() } else { day.to_string() };
            let covers = match (held.value.covers.first(), held.value.covers.last()) {
                (Some(first), Some(last)) if first != last => format!("{} – {}", show(first), show(last)),
                (Some(only), _) => show(only),
                (None, _) => String::new(),
            };
            files.push(PracticeFileLine {
                kind: kind.into(),
                source,
                covers,
                people: held.value.people,
                refused: small(held.value.refused),
                by: held.by.op.to_string(),
                at: self.plan().clock(&held.by.t),
            });
        }
        let weeks =
            weeks(plan).map(|day| PracticeLine { id: day.to_string(), name: Both::same(day.to_string()), there: weekly.contains(&day) });
        let months = months(plan).map(|month| {
            let there = monthly.iter().any(|day| month_of(*day) == month);
            PracticeLine { id: month.to_string(), name: Both::same(month.to_string()), there }
        });
        let tiers = plan.participation.tiers.iter().map(|tier| PracticeLine {
            id: tier.to_string(),
            name: self.plan().tier(tier).map_or_else(|| Both::same(tier.as_str()), Both::from),
            there: true,
        });
        let prize = view.award_plan(&plan.prize.award)?;
        let decided = view.one::<AwardConfirmation>(&prize.id)?.map(|held| held.value);
        let year = match &plan.year.award {
            Some(award) => view.one::<AwardConfirmation>(award)?.map(|held| held.value.document),
            None => None,
        };
        Ok(PracticeScreen {
            from: plan.from.to_string(),
            to: plan.to.to_string(),
            goal: plan.participation.goal,
            waiting: count(view.practice_waiting()?),
            files,
            weeks: weeks.collect(),
            months: months.collect(),
            tiers: tiers.collect(),
            year_title: Both::of(&plan.year.title, &plan.year.title_en),
            year_document: year,
            prize_title: prize.into(),
            prize_most: prize.to,
            prize_tier: plan.prize.tier.to_string(),
            prize_winners: decided.iter().flat_map(|d| d.deeds.iter().map(|deed| deed.name.clone())).collect(),
            prize_document: decided.map(|d| d.document),
        })
    }

    /// An export as a page shows it.
    pub fn practice_look(&self, seen: PracticeImport, known: bool) -> PracticeLookScreen {
        let severity = |s: Severity| match s {
            Severity::Refused => FaultSeverity::Refused,
            Severity::Warning => FaultSeverity::Warning,
            Severity::Cleaned => FaultSeverity::Cleaned,
        };
        PracticeLookScreen {
            source: seen.source,
            sheet: seen.sheet,
            covers: seen.covers,
            rows: small(seen.rows),
            refused: small(seen.refused),
            people: seen.people,
            unnamed: seen.unnamed,
            known,
            unchanged: seen.unchanged,
            said: small(seen.counts.values().sum()),
            faults: seen
                .told
                .into_iter()
                .map(|t| FaultRow {
                    row: t.row,
                    column: t.column.to_owned(),
                    severity: severity(t.severity),
                    zh: Said::from(t.zh),
                    en: Said::from(t.en),
                })
                .collect(),
        }
    }

    /// Names without ID number, those that wait first.
    pub fn claim_rows(&self) -> Result<Vec<ClaimRow>> {
        let view = self.view();
        let mut rows: Vec<ClaimRow> = self
            .practice_suspects()?
            .into_iter()
            .map(|s| ClaimRow {
                unit_name: view.full_name(&s.unit),
                unit: s.unit.to_string(),
                name: s.name,
                may_be: s.may_be.iter().map(|id| MayBe { person: view.handle(id), masked: masked(id) }).collect(),
                decided: s.decided.is_some(),
                is: s.decided.flatten().as_ref().map(masked),
            })
            .collect();
        rows.sort_by_key(|row| row.decided);
        Ok(rows)
    }

    /// A list as a page shows it.
    pub fn practice_list_screen(&self, which: WhichPractice, of: &str) -> Result<PracticeListScreen> {
        let list = self.practice_list(&which.query(of))?;
        let id = list.table.columns.iter().position(|c| c == "id");
        let rows = list.table.rows.into_iter().map(|mut row| {
            if let Some(cell) = id.and_then(|n| row.get_mut(n)) {
                *cell = masked(&IdNumber::from(cell.as_str()));
            }
            row
        });
        Ok(PracticeListScreen {
            title: Both::of(list.table.title, list.title_en),
            rows: rows.collect(),
            columns: list.table.columns,
            headers: list.table.headers,
            held: list.held.into_iter().map(|tie| self.practice_tie_row(tie)).collect::<Result<_>>()?,
            lacks: list.lacks,
            differing: list.differing,
            waiting: count(list.waiting),
            people: count(list.people),
        })
    }

    /// A tie of practice with names.
    pub(super) fn practice_tie_row(&self, tie: HeldTie) -> Result<TieRow> {
        let view = self.view();
        let plan = view.practice_plan()?;
        let names = self.practice_names(&tie.question)?;
        let tied = tie.tied.iter().cloned().map(|id| {
            let name = names.get(&id).map(|(name, unit): &(String, UnitCode)| view.named(name, unit));
            Tied { name: name.unwrap_or_else(|| Both::same(&id)), id }
        });
        let mut parts = tie.question.split('/').skip(1);
        let title = match parts.next() {
            Some("weekly") => Both::of(&plan.weekly.title, &plan.weekly.title_en),
            Some("monthly") => Both::of(&plan.monthly.title, &plan.monthly.title_en),
            _ => Both::of(&plan.year.title, &plan.year.title_en),
        };
        let question = Both::join(&[title, Both::same(parts.next().unwrap_or_default())], " · ");
        let mut level = vec![LevelIn { what: Both::of("成绩", "Score"), value: tie.total.show(self.plan().arithmetic.places) }];
        // Shorter times are better, so keys hold them below zero; none is the least there is.
        level.extend(
            tie.keys
                .iter()
                .filter(|key| key.0 > i64::MIN)
                .map(|key| LevelIn { what: Both::of("用时（秒）", "Time (s)"), value: key.0.unsigned_abs().to_string() }),
        );
        Ok(TieRow { id: tie.id, question, tied: tied.collect(), places: tie.rank, level })
    }
}
