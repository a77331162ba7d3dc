//! The best of a week, of a month's contest, of the year. Level scores that reach over the last place are held, as in
//! every standing.

use super::packed::ScoreRows;
use super::people::People;
use crate::figure::Mark;
use crate::identity::UnitCode;
use crate::plan::{Level, MissingMonth, YearPlan};
use crate::standing::{Contender, HeldTie, Row, Rulings, places, rank};
use std::collections::BTreeMap;

/// A person's score in one week or contest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scored {
    /// Place among [`People`].
    pub person: usize,
    /// The score.
    pub mark: Mark,
    /// Seconds used.
    pub seconds: Option<u32>,
}

/// The best, and what is not decided.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BestList {
    /// Honoured, best first.
    pub rows: Vec<Row>,
    /// Ties over the last place.
    pub held: Vec<HeldTie>,
}

/// Everybody's score in one week or contest, in order of places; and those for whom exports give differing scores, who
/// have none until people have mended that.
pub fn scored<'a>(
    blocks: impl IntoIterator<Item = (&'a str, &'a UnitCode, &'a ScoreRows)>,
    people: &mut People<'a>,
) -> (Vec<Scored>, Vec<usize>) {
    let mut found: Vec<Scored> = Vec::new();
    for (at, unit, rows) in blocks {
        for row in rows.rows() {
            if let Some(person) = people.of(unit, row.id, row.name, at) {
                found.push(Scored { person, mark: row.mark, seconds: row.seconds });
            }
        }
    }
    found.sort_by_key(|one| (one.person, one.mark, one.seconds));
    let mut differing: Vec<usize> =
        found.windows(2).filter(|pair| pair[0].person == pair[1].person && pair[0] != pair[1]).map(|pair| pair[0].person).collect();
    differing.dedup();
    found.dedup();
    found.retain(|one| differing.binary_search(&one.person).is_err());
    (found, differing)
}

/// As contenders: level scores are told apart as the plan says.
pub fn contender(people: &People<'_>, one: &Scored, level: Level) -> Contender {
    let keys = match level {
        Level::Held => Vec::new(),
        // A shorter time is better; none at all comes after every other.
        Level::Time => vec![Mark(one.seconds.map_or(i64::MIN, |s| -i64::from(s)))],
    };
    Contender { id: people.all()[one.person].who().text(), total: one.mark, keys }
}

/// Those among whom the first `count` places are decided: everyone at least as good as the last of them.
pub fn among(scores: &[Scored], count: u32, level: Level) -> Vec<Scored> {
    let worth = |one: &Scored| (one.mark, if level == Level::Time { one.seconds.map_or(i64::MIN, |s| -i64::from(s)) } else { 0 });
    let count = usize::try_from(count).unwrap_or(usize::MAX);
    if count == 0 {
        return Vec::new();
    }
    if scores.len() <= count {
        return scores.to_vec();
    }
    let mut sorted: Vec<_> = scores.iter().map(worth).collect();
    let least = *sorted.select_nth_unstable_by(count - 1, |a, b| b.cmp(a)).1;
    scores.iter().filter(|one| worth(one) >= least).copied().collect()
}

/// The same as contenders.
pub fn leaders(people: &People<'_>, scores: &[Scored], count: u32, level: Level) -> Vec<Contender> {
    among(scores, count, level).iter().map(|one| contender(people, one, level)).collect()
}

/// The first `count` places. `contenders` may leave out whoever is worse than all of them ([`leaders`]).
pub fn best(question: &str, contenders: Vec<Contender>, count: u32, rulings: &Rulings) -> BestList {
    let standing = rank(question, contenders, rulings);
    let (rows, held) = places(&standing, 1, count);
    BestList { rows, held }
}

/// A person's year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearRow {
    /// Place among [`People`].
    pub person: usize,
    /// What counts.
    pub total: Mark,
    /// Scores of the contests taken part in, by month as given.
    pub months: BTreeMap<usize, Mark>,
}

/// Everybody's year from the contests held, in order of places. Who lacks a contest that counts is left out where the plan says so.
pub fn year(plan: &YearPlan, contests: &[Vec<Scored>]) -> Vec<YearRow> {
    let mut months: BTreeMap<usize, BTreeMap<usize, Mark>> = BTreeMap::new();
    for (at, contest) in contests.iter().enumerate() {
        for one in contest {
            months.entry(one.person).or_default().insert(at, one.mark);
        }
    }
    let counting = plan.best_months.map_or(contests.len(), |k| usize::try_from(k).unwrap_or(usize::MAX).min(contests.len()));
    months
        .into_iter()
        .filter(|(_, months)| match plan.missing {
            MissingMonth::Zero => true,
            MissingMonth::Out => months.len() >= counting,
        })
        .map(|(person, months)| {
            let mut marks: Vec<i64> = months.values().map(|mark| mark.0).collect();
            marks.sort_unstable_by(|a, b| b.cmp(a));
            YearRow { person, total: Mark(marks.iter().take(counting).sum()), months }
        })
        .collect()
}
