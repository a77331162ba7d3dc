//! Units 参赛单位 and their tiers (RULES.md §1, §3.17–18).

use crate::identity::{TierId, UnitCode};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

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
    #[serde(default, skip_serializing_if = "Option::is_none", with = "super::text::date_or_none")]
    pub valid_from: Option<NaiveDate>,
    /// Last day it exists.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "super::text::date_or_none")]
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

/// Whether a unit exists on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Validity {
    /// It does.
    Valid,
    /// Not founded yet.
    NotYet,
    /// Merged or renamed before.
    Expired,
}

impl Unit {
    /// Whether the unit exists on that day; both ends of its validity are days on which it does.
    pub fn validity(&self, on: NaiveDate) -> Validity {
        match (self.valid_from, self.valid_to) {
            (Some(from), _) if on < from => Validity::NotYet,
            (_, Some(to)) if to < on => Validity::Expired,
            _ => Validity::Valid,
        }
    }

    /// Whether both exist on some day.
    pub(super) fn overlaps(&self, other: &Self) -> bool {
        let starts_in_time = |a: &Self, b: &Self| a.valid_from.zip(b.valid_to).is_none_or(|(from, to)| from <= to);
        starts_in_time(self, other) && starts_in_time(other, self)
    }

    /// Its name and every alias.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_str()).chain(self.aliases.iter().map(String::as_str))
    }
}
