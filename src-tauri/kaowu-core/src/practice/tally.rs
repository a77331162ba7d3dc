//! Who takes part where: figures for the goal, and for people to decide the prize by.

use super::people::People;
use crate::identity::{TierId, UnitCode};
use crate::plan::Plan;
use serde::Serialize;
use std::collections::BTreeMap;

/// What a unit's people did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Default)]
pub struct Tally {
    /// People in any export.
    pub people: u32,
    /// Of them, those who logged in on every day so far.
    pub stars: u32,
    /// Days on which they logged in, all together.
    pub days: u64,
    /// Weeks scored, all together.
    pub weeks: u32,
    /// Contests scored, all together.
    pub contests: u32,
}

impl Tally {
    /// Adds another's.
    pub fn add(&mut self, other: &Self) {
        self.people += other.people;
        self.stars += other.stars;
        self.days += other.days;
        self.weeks += other.weeks;
        self.contests += other.contests;
    }
}

/// What each unit's people did; `each` is a tally a person, by place. Units of the tier that have nobody stand there with
/// zeros. A person whose unit lies in none of the tier stands under their own unit.
pub fn tally(plan: &Plan, tier: &TierId, people: &People<'_>, each: &[Tally]) -> BTreeMap<UnitCode, Tally> {
    let mut own: BTreeMap<&UnitCode, Tally> = BTreeMap::new();
    for (person, tally) in people.all().iter().zip(each) {
        own.entry(person.unit).or_default().add(tally);
    }
    let mut out: BTreeMap<UnitCode, Tally> = plan.units_of(tier).map(|unit| (unit.code.clone(), Tally::default())).collect();
    for (unit, tally) in own {
        let unit = plan.ancestor(unit, tier).map_or_else(|| unit.clone(), |u| u.code.clone());
        out.entry(unit).or_default().add(&tally);
    }
    out
}
