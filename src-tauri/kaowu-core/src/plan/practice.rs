//! Practice 日日学、周周练、月月比 (RULES.md §2, §3.14–15): the period, what is honoured, and how the year counts.

use crate::figure::Mark;
use crate::identity::{ListId, TierId};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A practice year on the ministry's platform.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PracticePlan {
    /// First day.
    #[serde(with = "super::text::date")]
    pub from: NaiveDate,
    /// Last day.
    #[serde(with = "super::text::date")]
    pub to: NaiveDate,
    /// Full marks of a week's or a contest's score.
    #[serde(with = "super::text::decimal")]
    pub full: Mark,
    /// 日日学: who logged in on every day of the period.
    pub daily: DailyPlan,
    /// 周周练: the best of each week.
    pub weekly: BestPlan,
    /// 月月比: the best of each month's contest.
    pub monthly: MonthlyPlan,
    /// The best of the year's contests together.
    pub year: YearPlan,
    /// How many people are to take part, and of which units that is shown.
    pub participation: ParticipationPlan,
    /// The prize for organising practice, which people decide.
    pub prize: PrizePlan,
}

/// The honour of those who logged in every day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DailyPlan {
    /// Chinese title.
    pub title: String,
    /// English title.
    pub title_en: String,
}

/// The honour of the best of a week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BestPlan {
    /// Chinese title.
    pub title: String,
    /// English title.
    pub title_en: String,
    /// How many are honoured.
    pub best: u32,
    /// What tells level scores apart before they are held.
    #[serde(default)]
    pub level: Level,
}

/// The honour of the best of a month's contest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MonthlyPlan {
    /// Chinese title.
    pub title: String,
    /// English title.
    pub title_en: String,
    /// How many are honoured.
    pub best: u32,
    /// On which days of a month the contest is.
    pub days: ContestDays,
    /// What tells level scores apart before they are held.
    #[serde(default)]
    pub level: Level,
}

/// The honour of the best of the year's contests.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct YearPlan {
    /// Chinese title.
    pub title: String,
    /// English title.
    pub title_en: String,
    /// How many are honoured.
    pub best: u32,
    /// Only so many of a person's best contests count; none: all of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub best_months: Option<u32>,
    /// What a contest that somebody did not take part in counts.
    pub missing: MissingMonth,
    /// The award that carries this honour.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub award: Option<ListId>,
}

/// Participation and its goal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ParticipationPlan {
    /// People who are to take part in all.
    pub goal: u32,
    /// Tiers of units by which it is shown, outermost first.
    pub tiers: Vec<TierId>,
}

/// A prize for units that people decide, with the figures before them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PrizePlan {
    /// The award; its last place says how many units there are.
    pub award: ListId,
    /// Tier of the units.
    pub tier: TierId,
}

/// On which days of a month its contest is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ContestDays {
    /// The last Saturday and Sunday that both lie in the month (RULES.md §3.15).
    LastWeekend,
    /// Any day of it.
    AnyDay,
}

/// What tells level scores apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Nothing: they are held.
    #[default]
    Held,
    /// The time used, shorter first, where the export has it; then they are held.
    Time,
}

/// A contest somebody did not take part in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MissingMonth {
    /// Counts 0.
    Zero,
    /// Whoever lacks one of those that count has no place.
    Out,
}
