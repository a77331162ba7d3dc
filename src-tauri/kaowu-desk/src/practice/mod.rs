//! Practice 日日学、周周练、月月比: the platform's exports, who is meant by a name, the honours, the prize (RULES.md §2, §3.14–15).

mod decide;
mod import;
mod leaders;
mod lists;
mod paper;

pub use import::{PracticeImport, PracticeLook, PracticeProgress, PracticeTold};
pub(crate) use leaders::Leaders;
pub use lists::{PracticeList, PracticeQuery};

use crate::View;
use crate::error::Result;
use chrono::NaiveDate;
use kaowu_core::facts::{PracticeFile, PracticeMatch};
use kaowu_core::plan::PracticePlan;
use kaowu_core::practice::{Matches, PracticeKind, PracticeRefusal};
use kaowu_ledger::Held;
use std::collections::BTreeSet;

/// An imported export: what it holds, its name, and what was said of it.
pub type PracticeFileRow = (PracticeKind, String, Held<PracticeFile>);

impl<'a> View<'a> {
    /// The plan's practice.
    pub fn practice_plan(&self) -> Result<&'a PracticePlan> {
        Ok(self.plan().practice.as_ref().ok_or(PracticeRefusal::NoPractice)?)
    }

    /// Imported exports, by kind and name.
    pub fn practice_files(&self) -> Result<Vec<PracticeFileRow>> {
        Ok(self.under::<PracticeFile>("")?.into_iter().map(|((kind, source), held)| (kind, source, held)).collect())
    }

    /// The days, weeks or months of which exports of a kind speak.
    pub(crate) fn practice_covered(&self, kind: PracticeKind) -> Result<BTreeSet<NaiveDate>> {
        let files = self.practice_files()?.into_iter().filter(|(of, _, _)| *of == kind);
        Ok(files.flat_map(|(_, _, held)| held.value.covers).collect())
    }

    /// What people decided of names without ID number.
    pub(crate) fn practice_matches(&self) -> Result<Matches> {
        Ok(self.under::<PracticeMatch>("")?.into_iter().map(|(claim, held)| (claim, held.value.is)).collect())
    }
}

/// Days as a person reads them: those next to each other as one range.
pub(crate) fn ranges(days: impl IntoIterator<Item = NaiveDate>) -> Vec<String> {
    let mut out: Vec<(NaiveDate, NaiveDate)> = Vec::new();
    for day in days {
        match out.last_mut() {
            Some((_, last)) if last.succ_opt() == Some(day) => *last = day,
            _ => out.push((day, day)),
        }
    }
    out.into_iter().map(|(a, b)| if a == b { a.to_string() } else { format!("{a} – {b}") }).collect()
}
