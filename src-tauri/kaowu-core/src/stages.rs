//! The stages that others hold: who is sent to them, and what their results mean (RULES.md §2 S3–S4, §3.13–14).

use crate::coded;
use crate::facts::MemberResult;
use crate::figure::Mark;
use crate::identity::{IdNumber, ListId, UnitCode};
use crate::plan::NamedTeamPlan;
use crate::standing::{HeldTie, Row, Rulings, Standing, places, tie_id};
use serde::Serialize;
use std::collections::BTreeSet;

/// Why a team or its results cannot stand so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum StageFault {
    /// Too few or too many people were named.
    NamedCount {
        /// So many were named.
        given: usize,
        /// So many are asked for.
        wanted: u32,
    },
    /// Somebody was named twice.
    NamedTwice {
        /// Who.
        person: IdNumber,
    },
    /// Somebody is of another unit.
    NamedUnit {
        /// Who.
        person: IdNumber,
        /// The unit that was named.
        unit: UnitCode,
    },
    /// The unit is none of those from which a team comes.
    NamedTier {
        /// The unit.
        unit: UnitCode,
    },
    /// Somebody has no place in the standing.
    NamedNotRanked {
        /// Who.
        person: IdNumber,
    },
    /// The unit's best are not told apart: the department says who goes.
    ProposalHeld {
        /// The unit.
        unit: UnitCode,
        /// Who is level.
        tied: Vec<String>,
    },
    /// Nobody has been named.
    TeamNotNamed {
        /// The team.
        team: ListId,
    },
    /// The team before this one has not been promoted.
    NotPromoted {
        /// That team.
        team: ListId,
    },
    /// Too few or too many substitutes.
    SubstituteCount {
        /// So many were named.
        given: usize,
        /// So many are asked for.
        wanted: u32,
    },
    /// Somebody is not of the team.
    NotOfTeam {
        /// Who.
        person: IdNumber,
        /// The team.
        team: ListId,
    },
    /// A team with one person twice, or with somebody left out, in its results.
    ResultIncomplete {
        /// The first who is missing or stands there twice.
        person: IdNumber,
    },
    /// A place of 0.
    PlaceZero,
    /// The results are entered: the team that went stays the team.
    ResultEntered {
        /// The team.
        team: ListId,
    },
    /// No results were entered.
    NoTeamResult {
        /// The team.
        team: ListId,
    },
    /// Nobody's result reaches the award.
    NobodyPlaced {
        /// The team.
        team: ListId,
        /// The last place that counts.
        to: u32,
    },
    /// The plan gives the team's members no award.
    TeamWithoutAward {
        /// The team.
        team: ListId,
    },
}
coded!(StageFault);

/// The best `count` of a standing among those kept, as the standing has them: ties that were resolved there stay
/// resolved, those that remain among the kept are a question of their own. Held where one reaches over the cut.
pub fn best_of(
    question: &str,
    standing: &Standing,
    count: u32,
    keep: impl Fn(&str) -> bool,
    rulings: &Rulings,
) -> Result<Vec<IdNumber>, HeldTie> {
    let mut rest = Standing::default();
    let kept: Vec<&Row> = standing.rows.iter().filter(|row| keep(&row.id)).collect();
    let mut place = 1_u32;
    for group in kept.chunk_by(|a, b| a.tie.is_some() && a.tie == b.tie) {
        let mut tied: Vec<String> = group.iter().map(|row| row.id.clone()).collect();
        tied.sort_unstable();
        let id = tie_id(question, &tied);
        let row = |rank, id: &String, tie| Row { rank, id: id.clone(), total: group[0].total, tie };
        match ruled(rulings, &id, &tied) {
            _ if tied.len() == 1 => rest.rows.push(row(place, &tied[0], None)),
            Some(order) => rest.rows.extend((place..).zip(order).map(|(rank, id)| row(rank, id, None))),
            None => {
                rest.rows.extend(tied.iter().map(|one| row(place, one, Some(id.clone()))));
                rest.held.push(HeldTie { id, question: question.to_owned(), rank: place, tied, total: group[0].total, keys: vec![] });
            }
        }
        place = place.saturating_add(u32::try_from(group.len()).unwrap_or(u32::MAX));
    }
    let (rows, held) = places(&rest, 1, count);
    match held.into_iter().next() {
        Some(tie) => Err(tie),
        None => Ok(rows.into_iter().map(|row| row.id.into()).collect()),
    }
}

/// The order in which exactly these were put.
fn ruled<'r>(rulings: &'r Rulings, tie: &str, tied: &[String]) -> Option<&'r Vec<String>> {
    rulings.get(tie).filter(|order| {
        let mut sorted = (*order).clone();
        sorted.sort_unstable();
        sorted == tied
    })
}

/// The team of those named and the standing's best who are not among them (RULES.md §2, S4): where No. 1 is named, the
/// next-ranked comes in.
pub fn named_team(plan: &NamedTeamPlan, named: &[IdNumber], standing: &Standing, rulings: &Rulings) -> Result<Vec<IdNumber>, HeldTie> {
    let keep = |id: &str| !named.iter().any(|one| one.as_str() == id);
    let best = best_of(&format!("{}/", plan.id), standing, plan.best, keep, rulings)?;
    Ok(named.iter().cloned().chain(best).collect())
}

/// Whether these people may be named: as many as the plan says, each once, each ranked, all of the unit.
pub fn check_named(
    plan: &NamedTeamPlan,
    unit: &UnitCode,
    people: &[IdNumber],
    standing: &Standing,
    of_unit: impl Fn(&IdNumber) -> bool,
) -> Result<(), StageFault> {
    if usize::try_from(plan.named) != Ok(people.len()) {
        return Err(StageFault::NamedCount { given: people.len(), wanted: plan.named });
    }
    let mut seen = BTreeSet::new();
    for id in people {
        let person = id.clone();
        if !seen.insert(id) {
            return Err(StageFault::NamedTwice { person });
        }
        if !standing.rows.iter().any(|row| row.id == id.as_str()) {
            return Err(StageFault::NamedNotRanked { person });
        }
        if !of_unit(id) {
            return Err(StageFault::NamedUnit { person, unit: unit.clone() });
        }
    }
    Ok(())
}

/// Whether these may be a team's substitutes.
pub fn check_substitutes(team: &ListId, members: &[IdNumber], chosen: &[IdNumber], count: u32) -> Result<(), StageFault> {
    let once: BTreeSet<&IdNumber> = chosen.iter().collect();
    if usize::try_from(count) != Ok(chosen.len()) || once.len() != chosen.len() {
        return Err(StageFault::SubstituteCount { given: once.len(), wanted: count });
    }
    of_team(team, members, chosen)
}

/// Whether all of them are of the team.
pub fn of_team(team: &ListId, members: &[IdNumber], people: &[IdNumber]) -> Result<(), StageFault> {
    match people.iter().find(|id| !members.contains(id)) {
        Some(person) => Err(StageFault::NotOfTeam { person: person.clone(), team: team.clone() }),
        None => Ok(()),
    }
}

/// Whether results say something of each member once, and of nobody else.
pub fn check_result(team: &ListId, members: &[IdNumber], place: u32, results: &[MemberResult]) -> Result<(), StageFault> {
    if place == 0 || results.iter().any(|r| r.place == Some(0)) {
        return Err(StageFault::PlaceZero);
    }
    let people: Vec<IdNumber> = results.iter().map(|r| r.id.clone()).collect();
    of_team(team, members, &people)?;
    match members.iter().find(|id| people.iter().filter(|one| one == id).count() != 1) {
        Some(person) => Err(StageFault::ResultIncomplete { person: person.clone() }),
        None => Ok(()),
    }
}

/// Who of a team reached places `from..=to`, best first. Places of other teams' people lie between ours, so a tie shows
/// only where more of ours stand there than there are places: then it is held.
pub fn placed(question: &str, results: &[MemberResult], from: u32, to: u32, rulings: &Rulings) -> Result<Vec<(IdNumber, u32)>, HeldTie> {
    let mut reached: Vec<(u32, &IdNumber)> =
        results.iter().filter_map(|r| r.place.map(|place| (place, &r.id))).filter(|(place, _)| (from..=to).contains(place)).collect();
    reached.sort_unstable();
    let most = usize::try_from(to.saturating_sub(from).saturating_add(1)).unwrap_or(usize::MAX);
    // Level people who all fit are no tie, whoever comes after them.
    let next = reached.get(most).map(|(place, _)| *place);
    let straddles = |(last, _): &(u32, &IdNumber)| next == Some(*last);
    if let Some((last, _)) = most.checked_sub(1).and_then(|n| reached.get(n)).copied().filter(straddles) {
        let tied: Vec<String> = reached.iter().filter(|(place, _)| *place == last).map(|(_, id)| id.to_string()).collect();
        let id = tie_id(question, &tied);
        let Some(order) = ruled(rulings, &id, &tied) else {
            return Err(HeldTie { id, question: question.to_owned(), rank: last, tied, total: Mark::default(), keys: vec![] });
        };
        let better = reached.iter().take_while(|(place, _)| *place < last).map(|(place, id)| ((*id).clone(), *place));
        return Ok(better.chain(order.iter().map(|id| (id.as_str().into(), last))).take(most).collect());
    }
    Ok(reached.into_iter().take(most).map(|(place, id)| (id.clone(), place)).collect())
}

#[cfg(test)]
mod tests;
