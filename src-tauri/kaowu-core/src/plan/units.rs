//! Finding units: by code, up and down the tree, and by the names that rosters use (RULES.md §1, §3.17). A name never
//! identifies a unit by itself: 鼓楼区 stands in two cities, 崇川区 twice in one, before and after July 2020.

use super::{CompositePlan, Part, Plan, SelectionPlan, SelectionRule, Stage, StandingPlan, Tier, Unit, Validity};
use crate::identity::{ListId, PartId, StageId, TierId, UnitCode};
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

/// What a name stands for under a parent on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Resolution {
    /// This unit.
    Found(UnitCode),
    /// This unit, which is founded only later: accepted with a warning.
    NotYet(UnitCode),
    /// This unit, which ended before: accepted with a warning.
    Expired(UnitCode),
    /// Several units answer to it.
    Ambiguous(Vec<UnitCode>),
    /// None does; these names come nearest.
    Unknown(Vec<String>),
}

impl Resolution {
    /// The one unit meant, warned of or not.
    pub fn unit(&self) -> Option<&UnitCode> {
        match self {
            Self::Found(code) | Self::NotYet(code) | Self::Expired(code) => Some(code),
            Self::Ambiguous(_) | Self::Unknown(_) => None,
        }
    }
}

/// Maps over a plan's units, made at the first question. A copy of a plan makes its own.
#[derive(Debug, Default)]
pub(super) struct Index(OnceLock<Maps>);

#[derive(Debug, Default)]
struct Maps {
    by_code: BTreeMap<UnitCode, usize>,
    children: BTreeMap<UnitCode, Vec<usize>>,
    names: BTreeMap<String, Vec<usize>>,
    aliases: BTreeMap<String, Vec<usize>>,
    stems: BTreeMap<String, Vec<usize>>,
}

impl Clone for Index {
    fn clone(&self) -> Self {
        Self::default()
    }
}
/// What follows from the units says nothing of its own: plans are equal when their units are.
impl PartialEq for Index {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}
impl Eq for Index {}

/// A name as it is compared: no spaces of any kind.
fn plain(name: &str) -> String {
    name.chars().filter(|c| !c.is_whitespace()).collect()
}

/// A name without its last 市, 区 or 县. A name of one character is left whole, 市 itself too.
fn stem(name: &str) -> &str {
    match name.strip_suffix(['市', '区', '县']) {
        Some(rest) if !rest.is_empty() => rest,
        _ => name,
    }
}

impl Maps {
    fn of(units: &[Unit]) -> Self {
        let mut maps = Self::default();
        for (i, unit) in units.iter().enumerate() {
            maps.by_code.insert(unit.code.clone(), i);
            if let Some(parent) = &unit.parent {
                maps.children.entry(parent.clone()).or_default().push(i);
            }
            let name = plain(&unit.name);
            maps.stems.entry(stem(&name).to_owned()).or_default().push(i);
            maps.names.entry(name).or_default().push(i);
            for alias in &unit.aliases {
                maps.aliases.entry(plain(alias)).or_default().push(i);
            }
        }
        maps
    }
}

impl Plan {
    fn maps(&self) -> &Maps {
        self.index.0.get_or_init(|| Maps::of(&self.units))
    }

    /// The unit of a code.
    pub fn unit(&self, code: &UnitCode) -> Option<&Unit> {
        self.maps().by_code.get(code).and_then(|i| self.units.get(*i))
    }

    /// The unit and everything above it, innermost first.
    pub fn lineage(&self, code: &UnitCode) -> impl Iterator<Item = &Unit> {
        // A plan that was read has no circle; the bound keeps one that was put together elsewhere from turning forever.
        std::iter::successors(self.unit(code), |u| u.parent.as_ref().and_then(|p| self.unit(p))).take(self.tiers.len())
    }

    /// The unit itself or the one above it that is of this tier.
    pub fn ancestor(&self, code: &UnitCode, tier: &TierId) -> Option<&Unit> {
        self.lineage(code).find(|u| u.tier == *tier)
    }

    /// The outermost unit: the city of a county, the agency of a post.
    pub fn top(&self, code: &UnitCode) -> Option<&Unit> {
        self.lineage(code).last()
    }

    /// Whether a unit is `outer` or stands under it.
    pub fn within(&self, code: &UnitCode, outer: &UnitCode) -> bool {
        self.lineage(code).any(|u| u.code == *outer)
    }

    /// Names from the outermost in: 盐城市滨海县, 南京市本级.
    pub fn full_name(&self, code: &UnitCode) -> String {
        let mut names: Vec<&str> = self.lineage(code).map(|u| u.name.as_str()).collect();
        names.reverse();
        names.into_iter().fold(String::new(), |outer, inner| joined(&outer, inner))
    }

    /// Units right under this one, in the plan's order.
    pub fn children(&self, code: &UnitCode) -> impl Iterator<Item = &Unit> {
        self.maps().children.get(code).into_iter().flatten().filter_map(|i| self.units.get(*i))
    }

    /// Units of a tier, in the plan's order.
    pub fn units_of(&self, tier: &TierId) -> impl Iterator<Item = &Unit> {
        self.units.iter().filter(move |u| u.tier == *tier)
    }

    /// The unit a name stands for: among those under `parent`, or anywhere; on that day.
    ///
    /// A name is tried whole, then as an alias, then without 市, 区 or 县 at its end (only where one name comes out), then
    /// with the parent's own name in front of it, or as the full name. Of two units with one name the day decides.
    pub fn resolve(&self, parent: Option<&UnitCode>, name: &str, on: NaiveDate) -> Resolution {
        let scope = |u: &Unit| parent.is_none_or(|p| u.code != *p && self.within(&u.code, p));
        let name = plain(name);
        if let Some(found) = self.lookup(&name, on, &scope) {
            return found;
        }
        let fronts = self.units.iter().filter(|u| parent.map_or(u.parent.is_none(), |p| u.code == *p));
        for front in fronts {
            let rest = front.names().filter_map(|n| name.strip_prefix(&plain(n)).filter(|r| !r.is_empty())).next();
            let inside = |u: &Unit| u.code != front.code && self.within(&u.code, &front.code);
            if let Some(found) = rest.and_then(|rest| self.lookup(rest, on, &inside)) {
                return found;
            }
        }
        // What lists print is read again: 南京市本级 too, where no alias says so.
        let full: Vec<&Unit> = self.units.iter().filter(|u| scope(u) && plain(&self.full_name(&u.code)) == name).collect();
        if full.is_empty() { Resolution::Unknown(self.nearest(&name, &scope)) } else { decide(&full, on) }
    }

    /// The outermost unit a roster's city column names (also the department or an agency), on the day rosters are due.
    pub fn resolve_city(&self, name: &str) -> Resolution {
        let scope = |u: &Unit| u.parent.is_none();
        let name = plain(name);
        self.lookup(&name, self.event.entry_deadline, &scope).unwrap_or_else(|| Resolution::Unknown(self.nearest(&name, &scope)))
    }

    fn lookup(&self, name: &str, on: NaiveDate, scope: &dyn Fn(&Unit) -> bool) -> Option<Resolution> {
        let maps = self.maps();
        let hits = |map: &BTreeMap<String, Vec<usize>>, key: &str| -> Vec<&Unit> {
            map.get(key).into_iter().flatten().filter_map(|i| self.units.get(*i)).filter(|u| scope(u)).collect()
        };
        let whole = hits(&maps.names, name);
        let whole = if whole.is_empty() { hits(&maps.aliases, name) } else { whole };
        if !whole.is_empty() {
            return Some(decide(&whole, on));
        }
        let short = hits(&maps.stems, stem(name));
        let names: BTreeSet<&str> = short.iter().map(|u| u.name.as_str()).collect();
        // A name that ends in its own 市, 区 or 县 is not that of a unit which ends in another: 海门县 is not 海门市.
        if short.is_empty() || stem(name) != name {
            return None;
        }
        Some(if names.len() > 1 { Resolution::Ambiguous(short.iter().map(|u| u.code.clone()).collect()) } else { decide(&short, on) })
    }

    fn nearest(&self, name: &str, scope: &dyn Fn(&Unit) -> bool) -> Vec<String> {
        let wanted: Vec<char> = stem(name).chars().collect();
        let mut near: Vec<(usize, usize, &str)> = Vec::new();
        for (i, unit) in self.units.iter().enumerate().filter(|(_, u)| scope(u)) {
            for other in unit.names() {
                let other: Vec<char> = stem(other).chars().collect();
                let apart = distance(&wanted, &other);
                // At least one character must agree, or every name of two would be near every other.
                if apart <= 2 && apart < wanted.len().max(other.len()) {
                    near.push((apart, i, unit.name.as_str()));
                }
            }
        }
        near.sort_unstable();
        let mut names: Vec<String> = Vec::new();
        for (_, _, name) in near {
            if names.len() < 3 && !names.iter().any(|n| n == name) {
                names.push(name.to_owned());
            }
        }
        names
    }

    /// The groups of which neighbours in a room must differ, one for each of the stage's `separate` tiers and in their order.
    ///
    /// A person whose unit stands in no unit of a tier (the city office has no county, the department no city) is told
    /// apart by their own unit there, so that colleagues of one office do not sit together either.
    pub fn neighbour_groups(&self, unit: &UnitCode, stage: &StageId) -> Vec<UnitCode> {
        let tiers = self.stage(stage).map_or(&[][..], |s| s.separate.as_slice());
        tiers.iter().map(|tier| self.ancestor(unit, tier).map_or_else(|| unit.clone(), |u| u.code.clone())).collect()
    }

    /// The unit at whose sites a unit's people sit in a stage: its own of the tier that has sites, or the one `sits_at`
    /// names; none where the stage has central sites.
    pub fn seat_unit(&self, unit: &UnitCode, stage: &StageId) -> Option<&Unit> {
        let tier = self.stage(stage)?.sites_of.as_ref()?;
        self.ancestor(unit, tier).or_else(|| self.lineage(unit).find_map(|u| u.sits_at.as_ref()).and_then(|code| self.ancestor(code, tier)))
    }

    /// A tier by its id.
    pub fn tier(&self, id: &TierId) -> Option<&Tier> {
        self.tiers.iter().find(|t| t.id == *id)
    }

    /// A stage by its id.
    pub fn stage(&self, id: &StageId) -> Option<&Stage> {
        self.stages.iter().find(|s| s.id == *id)
    }

    /// A part of a stage.
    pub fn part(&self, stage: &StageId, part: &PartId) -> Option<&Part> {
        self.stage(stage)?.parts.iter().find(|p| p.id == *part)
    }

    /// The composite of a stage.
    pub fn composite(&self, stage: &StageId) -> Option<&CompositePlan> {
        self.composites.iter().find(|c| c.stage == *stage)
    }

    /// A standing by its id.
    pub fn standing(&self, id: &ListId) -> Option<&StandingPlan> {
        self.standings.iter().find(|s| s.id == *id)
    }

    /// The selection that leads to a stage; to its later parts, where the stage selects within itself.
    pub fn selection_to(&self, stage: &StageId) -> Option<&SelectionPlan> {
        self.selections.iter().find(|s| s.to == *stage)
    }

    /// A rule of the selection that leads to a stage, by its name.
    pub fn rule(&self, stage: &StageId, name: &str) -> Option<&SelectionRule> {
        self.selections.iter().filter(|s| s.to == *stage).flat_map(|s| &s.rules).find(|r| r.name() == name)
    }
}

/// A unit's name behind that of the one above it. The 市 of 市本级 is the city's own, whose name ends with it already; that of
/// 市北区 is not.
pub(super) fn joined(outer: &str, name: &str) -> String {
    let level = name.strip_suffix("本级").filter(|level| !level.is_empty());
    let rest = level.filter(|level| outer.ends_with(level)).and_then(|level| name.strip_prefix(level));
    format!("{outer}{}", rest.unwrap_or(name))
}

/// Which of the units that answer to a name is meant on a day.
fn decide(units: &[&Unit], on: NaiveDate) -> Resolution {
    let valid: Vec<&&Unit> = units.iter().filter(|u| u.validity(on) == Validity::Valid).collect();
    match (valid.as_slice(), units) {
        ([one], _) => Resolution::Found(one.code.clone()),
        ([], [one]) if one.validity(on) == Validity::NotYet => Resolution::NotYet(one.code.clone()),
        ([], [one]) => Resolution::Expired(one.code.clone()),
        ([], all) => Resolution::Ambiguous(all.iter().map(|u| u.code.clone()).collect()),
        (several, _) => Resolution::Ambiguous(several.iter().map(|u| u.code.clone()).collect()),
    }
}

/// Characters to change, add or leave out to make one name of the other.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.iter().enumerate() {
        let mut corner = std::mem::replace(&mut row[0], i + 1);
        for (j, cb) in b.iter().enumerate() {
            let kept = corner + usize::from(ca != cb);
            corner = row[j + 1];
            row[j + 1] = kept.min(row[j] + 1).min(corner + 1);
        }
    }
    row[b.len()]
}
