//! 日日学: who logged in on every day.

use super::packed::{LoginRows, days_of};
use super::people::People;
use crate::identity::UnitCode;
use crate::plan::PracticePlan;
use chrono::{Days, NaiveDate};
use std::collections::BTreeSet;

/// Who logged in on every day of the period so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Daily {
    /// The last day that counts so far: the last one exported, at most the period's last.
    pub until: Option<NaiveDate>,
    /// Days up to then that no export has, and days after it: with any, the list is not final.
    pub missing: Vec<NaiveDate>,
    /// Days after `until` that are still to come.
    pub to_come: usize,
    /// Places of people who were there on every exported day.
    pub stars: Vec<usize>,
    /// Days each person was there, by place.
    pub days: Vec<u32>,
}

/// Works it out. A block is a file's first day, the days its rows count from, its unit and its rows; `covered` are the days that some export
/// speaks of, whether or not anybody was there.
pub fn daily<'a>(
    plan: &PracticePlan,
    covered: &BTreeSet<NaiveDate>,
    blocks: impl IntoIterator<Item = (&'a str, NaiveDate, &'a UnitCode, &'a LoginRows)>,
    people: &mut People<'a>,
) -> Daily {
    let covered: BTreeSet<NaiveDate> = covered.range(plan.from.min(plan.to)..=plan.to).copied().collect();
    let length = usize::try_from((plan.to - plan.from).num_days() + 1).unwrap_or(0);
    let words = length.div_ceil(64);
    let place = |day: NaiveDate| usize::try_from((day - plan.from).num_days()).ok().filter(|n| *n < length);
    let mut wanted = vec![0_u64; words];
    for day in covered.iter().filter_map(|day| place(*day)) {
        wanted[day / 64] |= 1 << (day % 64);
    }
    let mut there: Vec<u64> = Vec::new();
    for (at, first, unit, rows) in blocks {
        let offset = (first - plan.from).num_days();
        for row in rows.rows() {
            let Some(person) = people.of(unit, row.id, row.name, at) else { continue };
            if there.len() < (person + 1) * words {
                there.resize((person + 1) * words, 0);
            }
            let own = &mut there[person * words..(person + 1) * words];
            for day in days_of(row.days) {
                let day = i64::try_from(day).unwrap_or(i64::MAX).saturating_add(offset);
                if let Some(day) = usize::try_from(day).ok().filter(|n| *n < length) {
                    own[day / 64] |= 1 << (day % 64);
                }
            }
        }
    }
    there.resize(people.all().len() * words, 0);
    let own = |person: usize| &there[person * words..(person + 1) * words];
    let every = |person: &usize| own(*person).iter().zip(&wanted).all(|(there, wanted)| there & wanted == *wanted);
    let until = covered.last().copied();
    let stars = if until.is_some() { (0..people.all().len()).filter(every).collect() } else { Vec::new() };
    let missing: Vec<NaiveDate> =
        plan.from.iter_days().take_while(|day| until.is_some_and(|until| *day <= until)).filter(|day| !covered.contains(day)).collect();
    let to_come = until
        .and_then(|until| until.checked_add_days(Days::new(1)))
        .map_or(length, |next| usize::try_from((plan.to - next).num_days() + 1).unwrap_or(0));
    let days = (0..people.all().len()).map(|person| own(person).iter().map(|word| word.count_ones()).sum()).collect();
    Daily { until, missing, to_come, stars, days }
}
