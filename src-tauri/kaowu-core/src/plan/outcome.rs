//! What follows from marks: selections, composites, standings, awards, delegations (RULES.md §2, §3).

use super::PartRef;
use crate::figure::Mark;
use crate::identity::{ListId, PartId, StageId, TierId};
use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

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
    #[serde(with = "super::text::items")]
    pub rules: Vec<SelectionRule>,
    /// Last moment for withdrawals and substitutions.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "super::text::moment_or_none")]
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
        /// The same in English.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name_en: Option<String>,
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
        /// The same in English.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name_en: Option<String>,
        /// The people of each unit of this tier, units below it included.
        per: TierId,
        /// How many.
        count: Count,
        /// What happens when a tie straddles the cut.
        cut: Cut,
    },
}

impl SelectionRule {
    /// Words for it.
    pub fn name(&self) -> &str {
        match self {
            Self::Teams { name, .. } | Self::Best { name, .. } => name,
        }
    }

    /// The same in English, where the plan has it.
    pub fn name_en(&self) -> &str {
        match self {
            Self::Teams { name, name_en, .. } | Self::Best { name, name_en, .. } => name_en.as_ref().unwrap_or(name),
        }
    }
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
    #[serde(with = "super::text::decimal")]
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
    /// How its certificates are numbered, see [`super::Series`]: `苏人社练兵〔2020〕{n:3}号`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
}

/// A team sent on whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DelegationPlan {
    /// Id used in this plan.
    pub id: ListId,
    /// Chinese title.
    pub title: String,
    /// English title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title_en: Option<String>,
    /// Standing of teams.
    pub standing: ListId,
    /// Its place.
    pub place: u32,
    /// How many of its members are substitutes 替补: those with the lowest composite.
    pub substitutes: u32,
    /// The stage it is sent to, whose results are entered by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<StageId>,
    /// What its outstanding members get: people decide (RULES.md §3.14).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub award: Option<ListId>,
}

/// A team of people whom headquarters names, all of one unit, and of the best of a standing who are not among them
/// (RULES.md §2, S4).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NamedTeamPlan {
    /// Id used in this plan.
    pub id: ListId,
    /// Chinese title.
    pub title: String,
    /// English title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title_en: Option<String>,
    /// The stage it is sent to, whose results are entered by hand.
    pub stage: StageId,
    /// Standing of people from which all of them come.
    pub standing: ListId,
    /// Those named are of one unit of this tier.
    pub tier: TierId,
    /// How many are named.
    pub named: u32,
    /// How many of the standing's best join them.
    pub best: u32,
    /// The delegation that must have been promoted before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<ListId>,
    /// What members get for their place in the stage: the award's places are places there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub award: Option<ListId>,
}
