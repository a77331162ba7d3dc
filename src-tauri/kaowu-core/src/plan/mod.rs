//! The plan 方案 of an event as data (RULES.md §1–§6). Nothing in the code knows a contest; a plan file does.

use crate::day::{Clause, Times};
use crate::figure::{Mark, Places};
use crate::identity::{ListId, PartId, StageId, TierId, UnitCode};
use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};

/// A whole plan. Made only by [`Plan::read`], which refuses a plan that contradicts itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// The event itself.
    pub event: Event,
    /// How figures are published.
    pub arithmetic: Arithmetic,
    /// Tiers of units, outermost first.
    pub tiers: Vec<Tier>,
    /// Units by code.
    pub units: Vec<Unit>,
    /// Least number of entries a unit of a tier makes.
    #[serde(default)]
    pub minimums: Vec<Minimum>,
    /// Stages in order.
    pub stages: Vec<Stage>,
    /// Who goes from one stage to the next.
    #[serde(default)]
    pub selections: Vec<SelectionPlan>,
    /// Composite of a stage.
    #[serde(default)]
    pub composites: Vec<CompositePlan>,
    /// Ordered lists.
    #[serde(default)]
    pub standings: Vec<StandingPlan>,
    /// Places of standings that are honoured.
    #[serde(default)]
    pub awards: Vec<AwardPlan>,
    /// Teams sent on whole (the regional four).
    #[serde(default)]
    pub delegations: Vec<DelegationPlan>,
    /// Rooms, numbers and the clock of the day.
    pub rooms: RoomPlan,
    /// The incident catalogue.
    #[serde(default)]
    pub clauses: Vec<Clause>,
}

/// The event itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// Id: letters, digits, hyphens; part of file names.
    pub id: String,
    /// Full Chinese title, as papers carry it.
    pub title: String,
    /// English title.
    pub title_en: String,
    /// Who holds it and signs certificates.
    pub organiser: String,
    /// Rosters are due on this day; units are resolved by their validity on it.
    pub entry_deadline: NaiveDate,
}

/// How figures are published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Arithmetic {
    /// Decimals of a published figure, 0–3; rounding is half-up.
    pub places: Places,
}

/// A tier of units.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tier {
    /// Id used in this plan.
    pub id: TierId,
    /// Chinese name.
    pub name: String,
    /// English name.
    pub name_en: String,
}

/// A unit 参赛单位 (or a post 岗位 in a recruitment).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    /// Code, unique in the plan.
    pub code: UnitCode,
    /// Name as published.
    pub name: String,
    /// Its tier.
    pub tier: TierId,
    /// The unit above it; none at the top.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<UnitCode>,
    /// Other names rosters use.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// First day it exists.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<NaiveDate>,
    /// Last day it exists.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<NaiveDate>,
    /// Without an official code (RULES.md §3.18).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub custom: bool,
    /// Openings of a post.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub openings: Option<u32>,
    /// The unit at whose sites its people sit when it has none of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sits_at: Option<UnitCode>,
}

/// Least number of entries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Minimum {
    /// Every unit of this tier …
    pub tier: TierId,
    /// … enters at least so many people.
    pub people: u32,
}

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
    pub full: Mark,
    /// Finest step of a mark (written: of the mark; interview: of a judge's).
    pub step: Mark,
    /// Start, with zone.
    pub start: DateTime<FixedOffset>,
    /// Length in minutes.
    pub minutes: u32,
    /// The panel, when it is an interview; a written paper has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub panel: Option<PanelPlan>,
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

/// From one stage to the next (RULES.md §2, §3.2–7).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SelectionPlan {
    /// Where the marks are.
    pub by: PartRef,
    /// The stage selected for.
    pub to: StageId,
    /// When a part of the *same* stage selects for its later parts (written → interview in a recruitment), the parts entered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub to_parts: Vec<PartId>,
    /// Rules in order; a person taken by an earlier rule is passed over by the later ones.
    pub rules: Vec<SelectionRule>,
    /// Last moment for withdrawals and substitutions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub freeze: Option<DateTime<FixedOffset>>,
}

/// One rule of a selection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "rule", rename_all = "kebab-case", deny_unknown_fields)]
pub enum SelectionRule {
    /// Within each unit of `per`, the best `teams` units of tier `of`, by the sum of their best `size`.
    Teams {
        /// Words for it: 代表队.
        name: String,
        /// Teams are compared within each unit of this tier.
        per: TierId,
        /// Tier of the teams.
        of: TierId,
        /// Teams of each `per`.
        teams: u32,
        /// People of a team.
        size: u32,
        /// What happens when a tie straddles the cut.
        cut: Cut,
    },
    /// Within each unit of `per`, its best people.
    Best {
        /// Words for it: 个人.
        name: String,
        /// The people of each unit of this tier, units below it included.
        per: TierId,
        /// How many.
        count: Count,
        /// What happens when a tie straddles the cut.
        cut: Cut,
    },
}

/// How many people a rule takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Count {
    /// So many.
    Fixed(u32),
    /// So many for each opening of the unit.
    PerOpening(u32),
}

/// A tie that straddles a cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cut {
    /// Held until a person resolves it; the quota is never exceeded (RULES.md §3.6).
    Held,
    /// Everyone level with the last place enters.
    AllEnter,
}

/// The composite 综合成绩 of a stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CompositePlan {
    /// Stage whose people have it.
    pub stage: StageId,
    /// Weighted marks; weights in thousandths of the whole, summing to 1.
    pub terms: Vec<Term>,
    /// Level composites are told apart by these marks, in order; then held.
    #[serde(default)]
    pub keys: Vec<PartRef>,
    /// Weights are only proposed here; standings stay locked until HQ confirms them (RULES.md §3.1).
    pub needs_confirmation: bool,
}

/// One weighted mark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// Stage of the mark.
    pub stage: StageId,
    /// Part of the mark.
    pub part: PartId,
    /// Its weight: 0.3 is `Mark(300)`.
    pub weight: Mark,
}

/// An ordered list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StandingPlan {
    /// Id used in this plan and on the command line: `people`, `county`, `city`.
    pub id: ListId,
    /// Chinese title.
    pub title: String,
    /// English title.
    pub title_en: String,
    /// Stage whose composite it orders.
    pub stage: StageId,
    /// What is ordered.
    pub of: StandingOf,
}

/// What a standing orders.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum StandingOf {
    /// Everyone of the stage by composite; `within` a tier: each unit of it has its own ranks.
    People {
        /// Ranked within each unit of this tier.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        within: Option<TierId>,
    },
    /// Teams taken by a `teams` rule, by the sum of their members' composites.
    Teams {
        /// The rule's name in the selection.
        rule: String,
    },
    /// Units of a tier by the sum of all their people's composites; `rules` names the selection rules whose people count.
    Units {
        /// The tier.
        tier: TierId,
        /// Names of selection rules.
        rules: Vec<String>,
    },
}

/// An award: places of a standing, or a decision of people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AwardPlan {
    /// Id used in this plan.
    pub id: ListId,
    /// Title as on the certificate.
    pub title: String,
    /// English title.
    pub title_en: String,
    /// Who gives it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub giver: Option<String>,
    /// The standing; none: decided by people with a document number (RULES.md §3.14).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standing: Option<ListId>,
    /// First place.
    #[serde(default)]
    pub from: u32,
    /// Last place.
    #[serde(default)]
    pub to: u32,
    /// An application 申报 that another authority decides.
    #[serde(default)]
    pub application: bool,
    /// Certificate template in assets/certificates.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub template: Option<String>,
}

/// A team sent on whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DelegationPlan {
    /// Id used in this plan.
    pub id: ListId,
    /// Chinese title.
    pub title: String,
    /// Standing of teams.
    pub standing: ListId,
    /// Its place.
    pub place: u32,
    /// How many of its members are substitutes 替补: those with the lowest composite.
    pub substitutes: u32,
}

/// Rooms, numbers and the clock of the day (RULES.md §5).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoomPlan {
    /// Seats of a standard room.
    pub standard: u16,
    /// Whether diagonal neighbours count, where numbers allow.
    pub diagonals: bool,
    /// Candidate-number template: `{year:2}{stage:1}{city:2}{site:2}{room:3}{seat:2}`.
    pub number: String,
    /// The clock.
    pub times: Times,
}
