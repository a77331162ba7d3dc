//! What is said of an export and of its rows.

use crate::coded;
use crate::coded::Coded;
use crate::identity::UnitCode;
use crate::roster::{RowFault, Severity};
use crate::words::{Lang, Said};
use serde::Serialize;

/// A column of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Column {
    /// 姓名.
    Name,
    /// 身份证号.
    Id,
    /// 设区市.
    Outer,
    /// 县（市、区）.
    Inner,
    /// 日期, 周次 or 月份.
    Day,
    /// 成绩.
    Score,
    /// 用时.
    Time,
}

impl Column {
    /// As a sheet calls it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Name => "姓名",
            Self::Id => "身份证号",
            Self::Outer => "设区市",
            Self::Inner => "县（市、区）",
            Self::Day => "日期",
            Self::Score => "成绩",
            Self::Time => "用时",
        }
    }
}

/// What is said of a row beyond what is said of a roster's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum PracticeFault {
    /// No ID number: a suspect by name and unit.
    PracticeUnnamed,
    /// No day can be read.
    PracticeDayUnreadable {
        /// As it stands.
        text: String,
    },
    /// A day outside the practice period.
    PracticeDayOutside {
        /// The day.
        day: String,
        /// First day.
        from: String,
        /// Last day.
        to: String,
    },
    /// A day on which there was no contest.
    PracticeNoContest {
        /// The day.
        day: String,
        /// The month's days.
        days: Vec<String>,
    },
    /// No mark.
    PracticeScoreUnreadable {
        /// As it stands.
        text: String,
    },
    /// Below 0 or beyond full marks.
    PracticeScoreBeyond {
        /// As it stands.
        text: String,
        /// Full marks.
        full: String,
    },
    /// Another score for the same person and period stands in an earlier row.
    PracticeScoreTwice {
        /// The row.
        row: u32,
    },
    /// Another score for the same person and period came with another file.
    PracticeScoreElsewhere {
        /// The file.
        file: String,
    },
    /// A time that cannot be read: left out.
    PracticeTimeUnreadable {
        /// As it stands.
        text: String,
    },
    /// The person stands under another unit in an earlier row; that one counts.
    PracticeUnitDiffers {
        /// The row.
        row: u32,
        /// The unit there.
        unit: String,
    },
}
coded!(PracticeFault);

impl PracticeFault {
    /// What follows for the row.
    pub fn severity(&self) -> Severity {
        match self {
            Self::PracticeUnnamed | Self::PracticeTimeUnreadable { .. } | Self::PracticeUnitDiffers { .. } => Severity::Warning,
            Self::PracticeDayUnreadable { .. }
            | Self::PracticeDayOutside { .. }
            | Self::PracticeNoContest { .. }
            | Self::PracticeScoreUnreadable { .. }
            | Self::PracticeScoreBeyond { .. }
            | Self::PracticeScoreTwice { .. }
            | Self::PracticeScoreElsewhere { .. } => Severity::Refused,
        }
    }
}

/// What is said, with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Row as Excel shows it.
    pub row: u32,
    /// Column.
    pub column: Column,
    /// What follows.
    pub severity: Severity,
    pub(super) what: What,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum What {
    Roster(RowFault),
    Practice(PracticeFault),
}

impl Told {
    pub(super) fn practice(row: u32, column: Column, fault: PracticeFault) -> Self {
        Self { row, column, severity: fault.severity(), what: What::Practice(fault) }
    }

    pub(super) fn roster(row: u32, column: Column, fault: RowFault) -> Self {
        Self { row, column, severity: fault.severity(), what: What::Roster(fault) }
    }

    /// The stable code.
    pub fn code(&self) -> String {
        match &self.what {
            What::Roster(RowFault::Id { fault, .. }) => fault.code(),
            What::Roster(fault) => fault.code(),
            What::Practice(fault) => fault.code(),
        }
    }

    /// In words.
    pub fn said(&self, lang: Lang) -> Said {
        match &self.what {
            What::Roster(fault) => {
                crate::roster::Told { row: self.row, field: crate::roster::Field::Name, fault: fault.clone() }.said(lang)
            }
            What::Practice(fault) => lang.error(fault),
        }
    }
}

/// Why something of practice is refused whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum PracticeRefusal {
    /// The plan has no practice.
    NoPractice,
    /// Neither a column nor the file's name nor the caller says which week or month.
    PracticePeriodMissing {
        /// The file.
        file: String,
    },
    /// A text that names no week or month of the period.
    PracticePeriodWrong {
        /// As it stands.
        text: String,
    },
    /// Neither a column of days nor columns named by days.
    PracticeNoDays {
        /// The file.
        file: String,
    },
    /// No column of scores.
    PracticeNoScores {
        /// The file.
        file: String,
    },
    /// Not one row can be taken.
    PracticeNothing {
        /// The file.
        file: String,
        /// Rows refused.
        refused: u64,
        /// What is said of the first.
        first: String,
    },
    /// A file of the same name was imported with other content.
    PracticeChanged {
        /// The file.
        file: String,
        /// Rows taken then.
        before: u64,
        /// Rows that would be taken now.
        after: u64,
    },
    /// No such file was imported.
    NoSuchPracticeFile {
        /// The file.
        file: String,
    },
    /// No such suspect.
    NoSuchClaim {
        /// Unit.
        unit: UnitCode,
        /// Name.
        name: String,
    },
    /// The decision names somebody of another name or unit, or nobody known.
    ClaimUnfit {
        /// Name.
        name: String,
        /// Whom it may mean.
        may_be: usize,
    },
    /// Suspects wait.
    ClaimsOpen {
        /// How many.
        count: usize,
    },
    /// The list is not final.
    PracticeUnfinished {
        /// What lacks.
        lacks: Vec<String>,
    },
    /// More units than the prize has, one twice, or none.
    PrizeCount {
        /// Units named.
        given: usize,
        /// Prizes.
        most: u32,
    },
    /// Not a unit of the prize's tier.
    PrizeUnit {
        /// As given.
        unit: String,
    },
}
coded!(PracticeRefusal);
