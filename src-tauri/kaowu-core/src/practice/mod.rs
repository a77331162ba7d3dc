//! Practice 日日学、周周练、月月比 (RULES.md §2, §3.14–15): who logged in every day, the best of each week and of each month's
//! contest, the best of the year, and who takes part where.
//!
//! What comes in are rows of the platform's exports ([`Gather`]); what lists are made from are the packed rows that the
//! journal keeps ([`LoginRows`], [`ScoreRows`]). A person is known by ID number. A row without one is a *suspect* by
//! name and unit: it counts for nobody before a person has said who it is.

mod best;
mod calendar;
mod cells;
mod daily;
mod fault;
mod gather;
mod packed;
mod people;
mod tally;

pub use best::{BestList, Scored, YearRow, among, best, contender, leaders, scored, year};
pub use calendar::{Month, contest_days, day_in, month_of, months, week_of, weeks};
pub use daily::{Daily, daily};
pub use fault::{Column, PracticeFault, PracticeRefusal, Told};
pub use gather::{Gather, Gathered, RawRow};
pub use packed::{LoginRow, LoginRows, ScoreRow, ScoreRows, day_bits, days_of};
pub use people::{Claim, Matches, People, Person, Suspect, Who, suspects};
pub use tally::{Tally, tally};

use serde::{Deserialize, Serialize};

/// What an export holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PracticeKind {
    /// Days on which people logged in 日日学.
    Daily,
    /// Scores of a week 周周练.
    Weekly,
    /// Scores of a month's contest 月月比.
    Monthly,
}

impl PracticeKind {
    /// As keys of the journal and the command line have it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Daily => "daily",
            Self::Weekly => "weekly",
            Self::Monthly => "monthly",
        }
    }
}

#[cfg(test)]
mod tests;
