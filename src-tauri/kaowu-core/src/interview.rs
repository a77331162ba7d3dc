//! Interview marks: trimmed mean of a panel (RULES.md §4, §6).

use crate::coded;
use crate::facts::{DecidedSheet, KeyedSheet};
use crate::figure::{Fraction, Mark, Places};
use crate::identity::{IdNumber, Operator, PanelId};
use crate::marks::{self, MarkFault, MarkValue, Settled, settle_passes};
use crate::plan::{DropBy, PanelPlan};
use num_traits::Zero;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What the judges' sheets say of one person: absent, or per judge (outer) per criterion (inner; one value when judges
/// give a total) a mark, `None` where it is missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PanelSheet {
    /// 缺考.
    Absent,
    /// Judges in order of their numbers.
    Judges(Vec<Vec<Option<Mark>>>),
}

/// Why a panel's sheets are refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum PanelFault {
    /// Another number of judges than the plan has.
    JudgesWrong {
        /// On the sheet.
        given: usize,
        /// In the plan.
        wanted: usize,
    },
    /// A judge's mark is missing; it is never 0.
    JudgeMissing {
        /// Numbers of the judges.
        judges: Vec<usize>,
    },
    /// Some judges say absent, others give marks.
    AbsentInPart,
    /// A judge's mark that is refused.
    JudgeMark {
        /// Number of the judge.
        judge: usize,
        /// Its text.
        mark: String,
        /// Why: the mark's own code.
        why: String,
    },
    /// A panel whose mean is 0 cannot be equalised.
    PanelMeanZero {
        /// The panel.
        panel: PanelId,
    },
    /// A figure beyond what a mark holds.
    PanelOverflow,
}
coded!(PanelFault);

/// The working of a panel's mark, as announced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PanelResult {
    /// Each judge's total.
    pub totals: Vec<Mark>,
    /// Judges struck out as highest and lowest, from 0; with marks dropped per criterion, empty.
    pub dropped: Vec<usize>,
    /// Sum of what is kept.
    pub sum: Mark,
    /// How many are kept.
    pub kept: u32,
    /// The published mark: sum ÷ kept, half-up; equalised where the plan says so.
    pub published: Mark,
}

/// Where a person's sheets stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SheetState {
    /// Nobody has keyed.
    Empty,
    /// One pass.
    OnePass {
        /// By whom.
        by: Operator,
        /// What was keyed: told to nobody, since the second person works blind.
        #[serde(skip)]
        sheet: PanelSheet,
    },
    /// Two passes agree.
    Matched(PanelSheet),
    /// Two passes differ.
    Different {
        /// First sheet and its author.
        first: (PanelSheet, Operator),
        /// Second sheet and its author.
        second: (PanelSheet, Operator),
    },
    /// Contradictory passes or decisions.
    Conflict {
        /// Who is involved.
        by: Vec<Operator>,
    },
    /// Decided against the paper.
    Decided(PanelSheet),
}

impl SheetState {
    /// The sheet that counts, if one does.
    pub fn settled(&self) -> Option<&PanelSheet> {
        match self {
            Self::Matched(sheet) | Self::Decided(sheet) => Some(sheet),
            Self::Empty | Self::OnePass { .. } | Self::Different { .. } | Self::Conflict { .. } => None,
        }
    }
}

/// Where sheets stand, from their live passes and decisions.
pub fn settle(passes: [&[KeyedSheet]; 2], decisions: &[DecidedSheet]) -> SheetState {
    let first: Vec<_> = passes[0].iter().map(|k| (&k.sheet, &k.by)).collect();
    let second: Vec<_> = passes[1].iter().map(|k| (&k.sheet, &k.by)).collect();
    let decided: Vec<_> = decisions.iter().map(|d| (&d.sheet, d.by.as_slice())).collect();
    match settle_passes([&first, &second], &decided) {
        Settled::Empty => SheetState::Empty,
        Settled::One(sheet, by) => SheetState::OnePass { by: by.clone(), sheet: sheet.clone() },
        Settled::Match(sheet) => SheetState::Matched(sheet.clone()),
        Settled::Differ(a, b) => SheetState::Different { first: (a.0.clone(), a.1.clone()), second: (b.0.clone(), b.1.clone()) },
        Settled::Conflict(by) => SheetState::Conflict { by },
        Settled::Decided(sheet) => SheetState::Decided(sheet.clone()),
    }
}

/// Whether these people may decide that these sheets hold; as for written marks.
pub fn may_decide(before: &SheetState, sheet: &PanelSheet, by: &[Operator]) -> Result<(), MarkFault> {
    match before {
        SheetState::Empty => Err(MarkFault::NothingToDecide),
        SheetState::OnePass { by: author, sheet: keyed } => marks::second_look(author, keyed == sheet, by),
        SheetState::Different { first, second } => marks::third_person(&[&first.1, &second.1], by),
        SheetState::Conflict { by: authors } => marks::third_person(&authors.iter().collect::<Vec<_>>(), by),
        SheetState::Matched(_) | SheetState::Decided(_) => marks::two_people(by),
    }
}

/// Reads a row of judges' totals as people write them; `None` for an empty row.
pub fn read_sheet(plan: &PanelPlan, full: Mark, step: Mark, texts: &[String]) -> Result<Option<PanelSheet>, PanelFault> {
    let mut values = Vec::with_capacity(texts.len());
    for (n, text) in texts.iter().enumerate() {
        let wrong = |fault: MarkFault| PanelFault::JudgeMark { judge: n + 1, mark: text.clone(), why: crate::coded::Coded::code(&fault) };
        values.push(marks::read_value(text, full, step).map_err(wrong)?);
    }
    if values.iter().all(Option::is_none) {
        return Ok(None);
    }
    let absent = values.iter().filter(|v| **v == Some(MarkValue::Absent)).count();
    if absent > 0 {
        return if absent == values.len() { Ok(Some(PanelSheet::Absent)) } else { Err(PanelFault::AbsentInPart) };
    }
    let judges = values
        .into_iter()
        .map(|value| match value {
            Some(MarkValue::Given(mark)) => vec![Some(mark)],
            Some(MarkValue::Absent | MarkValue::Void) | None => vec![None],
        })
        .collect();
    let sheet = PanelSheet::Judges(judges);
    check_sheet(plan, full, step, &sheet)?;
    Ok(Some(sheet))
}

/// Refuses a sheet with another number of judges, with a mark missing, beyond its full marks or off its step.
pub fn check_sheet(plan: &PanelPlan, full: Mark, step: Mark, sheet: &PanelSheet) -> Result<(), PanelFault> {
    let PanelSheet::Judges(judges) = sheet else { return Ok(()) };
    // Where whole judges are struck out, their totals are enough even if the plan names criteria.
    let totals = plan.drop_by == DropBy::Total && judges.iter().all(|marks| marks.len() == 1);
    let fulls: Vec<Mark> = if plan.criteria.is_empty() || totals { vec![full] } else { plan.criteria.iter().map(|c| c.full).collect() };
    if judges.len() != usize::from(plan.judges) {
        return Err(PanelFault::JudgesWrong { given: judges.len(), wanted: usize::from(plan.judges) });
    }
    let missing: Vec<usize> =
        judges.iter().enumerate().filter(|(_, m)| m.len() != fulls.len() || m.iter().any(Option::is_none)).map(|(n, _)| n + 1).collect();
    if !missing.is_empty() {
        return Err(PanelFault::JudgeMissing { judges: missing });
    }
    for (n, marks) in judges.iter().enumerate() {
        for (mark, full) in marks.iter().flatten().zip(&fulls) {
            marks::check_mark(*mark, *full, step).map_err(|fault| PanelFault::JudgeMark {
                judge: n + 1,
                mark: mark.to_string(),
                why: crate::coded::Coded::code(&fault),
            })?;
        }
    }
    Ok(())
}

/// Sorted positions of the values to strike out: `low` lowest and `high` highest, exactly so many even where they tie.
fn struck(values: &[Mark], high: usize, low: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by_key(|&n| (values[n], n));
    let top = order.len().saturating_sub(high);
    let mut out: Vec<usize> = order.iter().enumerate().filter(|(at, _)| *at < low || *at >= top).map(|(_, n)| *n).collect();
    out.sort_unstable();
    out
}

/// The trimmed mean of complete sheets, exact, with its working. `sheet` has passed [`check_sheet`].
fn working(plan: &PanelPlan, judges: &[Vec<Option<Mark>>]) -> (PanelResult, Fraction) {
    let (high, low) = (usize::from(plan.drop_high), usize::from(plan.drop_low));
    let totals: Vec<Mark> = judges.iter().map(|j| Mark(j.iter().flatten().map(|m| m.0).sum())).collect();
    let kept = judges.len().saturating_sub(high + low).max(1);
    let (dropped, sum) = match plan.drop_by {
        DropBy::Total => {
            let dropped = struck(&totals, high, low);
            let sum = totals.iter().enumerate().filter(|(n, _)| !dropped.contains(n)).map(|(_, m)| m.0).sum();
            (dropped, Mark(sum))
        }
        DropBy::Criterion => {
            let columns = judges.first().map_or(0, Vec::len);
            let sum = (0..columns)
                .map(|c| {
                    let values: Vec<Mark> = judges.iter().filter_map(|j| j[c]).collect();
                    let out = struck(&values, high, low);
                    values.iter().enumerate().filter(|(n, _)| !out.contains(n)).map(|(_, m)| m.0).sum::<i64>()
                })
                .sum();
            (Vec::new(), Mark(sum))
        }
    };
    let mean = sum.exact() / Fraction::from_integer(i128::try_from(kept).unwrap_or(1));
    (PanelResult { totals, dropped, sum, kept: u32::try_from(kept).unwrap_or(1), published: Mark(0) }, mean)
}

/// One person's published mark from one panel.
pub fn panel_result(
    plan: &PanelPlan,
    full: Mark,
    step: Mark,
    places: Places,
    judges: &[Vec<Option<Mark>>],
) -> Result<PanelResult, PanelFault> {
    check_sheet(plan, full, step, &PanelSheet::Judges(judges.to_vec()))?;
    let (result, mean) = working(plan, judges);
    Ok(PanelResult { published: Mark::rounded(mean, places).ok_or(PanelFault::PanelOverflow)?, ..result })
}

/// Everyone's published marks, panels equalised where the plan says so: raw × overall mean ÷ panel mean.
pub fn panel_results(
    plan: &PanelPlan,
    full: Mark,
    step: Mark,
    places: Places,
    sheets: Vec<(IdNumber, PanelId, PanelSheet)>,
) -> Result<Vec<(IdNumber, PanelResult)>, PanelFault> {
    let mut worked = Vec::with_capacity(sheets.len());
    for (id, panel, sheet) in sheets {
        check_sheet(plan, full, step, &sheet)?;
        if let PanelSheet::Judges(judges) = &sheet {
            let (result, mean) = working(plan, judges);
            worked.push((id, panel, result, mean));
        }
    }
    let count = |n: usize| Fraction::from_integer(i128::try_from(n.max(1)).unwrap_or(1));
    let mut panels: BTreeMap<PanelId, (Fraction, usize)> = BTreeMap::new();
    for (_, panel, _, mean) in &worked {
        let (sum, n) = panels.entry(panel.clone()).or_insert((Fraction::zero(), 0));
        *sum += mean;
        *n += 1;
    }
    let overall = panels.values().map(|(sum, _)| *sum).sum::<Fraction>() / count(worked.len());
    worked
        .into_iter()
        .map(|(id, panel, result, mean)| {
            let exact = match panels.get(&panel) {
                Some((sum, n)) if plan.equalise && panels.len() > 1 => {
                    let own = *sum / count(*n);
                    if own.is_zero() {
                        return Err(PanelFault::PanelMeanZero { panel });
                    }
                    mean * overall / own
                }
                _ => mean,
            };
            let published = Mark::rounded(exact, places).ok_or(PanelFault::PanelOverflow)?;
            Ok((id, PanelResult { published, ..result }))
        })
        .collect()
}

#[cfg(test)]
mod tests;
