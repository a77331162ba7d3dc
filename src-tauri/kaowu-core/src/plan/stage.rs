//! Stages 阶段, their parts 科目 and panels 考官组 (RULES.md §1, §4, §6).

use crate::figure::Mark;
use crate::identity::{PartId, StageId, TierId};
use chrono::{DateTime, Days, FixedOffset, NaiveTime, TimeDelta};
use serde::{Deserialize, Serialize};

/// A stage 阶段.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stage {
    /// Id used in this plan.
    pub id: StageId,
    /// Chinese name.
    pub name: String,
    /// English name.
    pub name_en: String,
    /// Digit in candidate numbers.
    pub digit: u8,
    /// Tier whose units have sites (`city`); none: one central set of sites.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sites_of: Option<TierId>,
    /// Tiers whose people are kept apart in a room, most important first.
    #[serde(default)]
    pub separate: Vec<TierId>,
    /// Until when people entered for it may withdraw; none: until their own day has begun.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "super::text::moment_or_none")]
    pub freeze: Option<DateTime<FixedOffset>>,
    /// What is sat.
    pub parts: Vec<Part>,
}

/// A part 科目.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// Id used in this plan.
    pub id: PartId,
    /// Chinese name.
    pub name: String,
    /// English name.
    pub name_en: String,
    /// Full marks.
    #[serde(with = "super::text::decimal")]
    pub full: Mark,
    /// Finest step of a mark (written: of the mark; interview: of a judge's).
    #[serde(with = "super::text::decimal")]
    pub step: Mark,
    /// Start, with zone.
    #[serde(with = "super::text::moment")]
    pub start: DateTime<FixedOffset>,
    /// Length in minutes.
    pub minutes: u32,
    /// The panel, when it is an interview; a written paper has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub panel: Option<PanelPlan>,
}

impl Part {
    /// Midnight after the exam, in its own zone: what a site has not handed over by then is late.
    pub fn day_over(&self) -> Option<DateTime<FixedOffset>> {
        let end = self.start.checked_add_signed(TimeDelta::minutes(i64::from(self.minutes)))?;
        let next = end.date_naive().checked_add_days(Days::new(1))?;
        next.and_time(NaiveTime::MIN).and_local_timezone(*end.offset()).single()
    }
}

/// How a panel marks (RULES.md §4, §6).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PanelPlan {
    /// Judges of a panel.
    pub judges: u8,
    /// How many highest are struck out.
    pub drop_high: u8,
    /// How many lowest are struck out.
    pub drop_low: u8,
    /// Whether the struck-out ones are chosen by a judge's total or within each criterion.
    pub drop_by: DropBy,
    /// Criteria with their full marks; empty: judges give one total.
    #[serde(default)]
    pub criteria: Vec<Criterion>,
    /// Parallel panels equalised: raw × overall mean ÷ panel mean.
    #[serde(default)]
    pub equalise: bool,
}

/// What is struck out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DropBy {
    /// Whole judges, by their totals.
    Total,
    /// Marks within each criterion.
    Criterion,
}

/// A criterion of the interview.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// Name.
    pub name: String,
    /// Full marks.
    #[serde(with = "super::text::decimal")]
    pub full: Mark,
}

/// One stage's mark: what selections, composites and keys refer to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartRef {
    /// The stage.
    pub stage: StageId,
    /// The part.
    pub part: PartId,
}
