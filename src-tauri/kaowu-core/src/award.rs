//! Awards: named counts of places in a standing (RULES.md §2, §3.10).

use crate::identity::{IdNumber, ListId};
use crate::plan::AwardPlan;
use crate::standing::{HeldTie, Row, Standing, places};
use serde::Serialize;
use std::collections::BTreeMap;

/// An award and one who has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Awarded {
    /// The award.
    pub award: ListId,
    /// Its title.
    pub title: String,
    /// The standing it comes from.
    pub standing: ListId,
    /// ID number of a person or code of a unit.
    pub winner: String,
    /// Place in the standing.
    pub rank: u32,
}

/// Awards by standing, then rank, then in the plan's order; and the ties over the edge of an award's places, which leave
/// it open. Overlapping awards are cumulative; the same title from two standings stays twice here and becomes one on
/// paper, with both grounds ([`merged`]).
pub fn awards(plan: &[AwardPlan], standings: &BTreeMap<ListId, Standing>) -> (Vec<Awarded>, Vec<(ListId, HeldTie)>) {
    let mut order: Vec<&ListId> = Vec::new();
    for standing in plan.iter().filter_map(|a| a.standing.as_ref()) {
        if !order.contains(&standing) {
            order.push(standing);
        }
    }
    let (mut given, mut held) = (Vec::new(), Vec::new());
    for id in order {
        let Some(standing) = standings.get(id) else { continue };
        let mut of_standing: Vec<(usize, Awarded)> = Vec::new();
        for (at, award) in plan.iter().enumerate().filter(|(_, a)| a.standing.as_ref() == Some(id)) {
            let (rows, ties) = places(standing, award.from, award.to);
            held.extend(ties.into_iter().map(|tie| (award.id.clone(), tie)));
            of_standing.extend(rows.into_iter().map(|Row { rank, id: winner, .. }| {
                (at, Awarded { award: award.id.clone(), title: award.title.clone(), standing: id.clone(), winner, rank })
            }));
        }
        let place: BTreeMap<&str, usize> = standing.rows.iter().enumerate().map(|(n, row)| (row.id.as_str(), n)).collect();
        of_standing.sort_by_key(|(at, a)| (place.get(a.winner.as_str()).copied().unwrap_or(usize::MAX), *at));
        given.extend(of_standing.into_iter().map(|(_, a)| a));
    }
    (given, held)
}

/// One title a winner, however often it was won (RULES.md §3.10): the grounds of each, in the order in which they are
/// given; `of` says title and winner.
pub fn merged<T, K: Ord>(given: impl IntoIterator<Item = T>, of: impl Fn(&T) -> K) -> Vec<Vec<T>> {
    let mut at: BTreeMap<K, usize> = BTreeMap::new();
    let mut out: Vec<Vec<T>> = Vec::new();
    for one in given {
        let place = *at.entry(of(&one)).or_insert(out.len());
        match out.get_mut(place) {
            Some(grounds) => grounds.push(one),
            None => out.push(vec![one]),
        }
    }
    out
}

/// Who of a team is substitute 替补: those with the lowest composite (RULES.md §3.13), in order of the team. `members`
/// come with their standing rows; a held tie at the edge is returned.
pub fn substitutes(members: &Standing, count: u32) -> Result<Vec<IdNumber>, HeldTie> {
    let size = u32::try_from(members.rows.len()).unwrap_or(u32::MAX);
    let from = size.saturating_sub(count) + 1;
    let (rows, ties) = places(members, from, size);
    match ties.into_iter().next() {
        Some(tie) => Err(tie),
        None => Ok(rows.into_iter().map(|row| row.id.into()).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::Mark;
    use crate::standing::{Contender, Rulings, rank};

    fn award(id: &str, title: &str, standing: &str, from: u32, to: u32) -> AwardPlan {
        AwardPlan {
            id: id.into(),
            title: title.into(),
            title_en: String::new(),
            giver: None,
            standing: Some(standing.into()),
            from,
            to,
            application: false,
            template: None,
            number: None,
        }
    }

    fn standing(marks: &[(&str, i64)]) -> Standing {
        rank("q", marks.iter().map(|(id, m)| Contender { id: (*id).into(), total: Mark(*m), keys: vec![] }).collect(), &Rulings::new())
    }

    #[test]
    fn cumulative_and_in_order() {
        let plan = [award("know", "知识通", "people", 1, 3), award("hand", "能手", "people", 1, 2), award("team", "团队", "county", 1, 1)];
        let standings = BTreeMap::from([
            ("people".into(), standing(&[("a", 9), ("b", 8), ("c", 7)])),
            ("county".into(), standing(&[("x", 5), ("y", 5)])),
        ]);
        let (given, held) = awards(&plan, &standings);
        let text = given.iter().map(|a| format!("{}{}{}", a.rank, a.winner, a.title)).collect::<Vec<_>>().join(" ");
        assert_eq!(text, "1a知识通 1a能手 2b知识通 2b能手 3c知识通");
        assert_eq!(held.len(), 1, "two level counties for one place");
    }

    #[test]
    fn one_title_both_grounds() {
        let plan = [award("p1", "能手", "people", 1, 1), award("r1", "能手", "regional", 1, 1)];
        let one = standing(&[("a", 9)]);
        let standings = BTreeMap::from([("people".into(), one.clone()), ("regional".into(), one)]);
        let (given, _) = awards(&plan, &standings);
        let merged = merged(&given, |one| (one.title.clone(), one.winner.clone()));
        assert_eq!((given.len(), merged.len(), merged[0].len()), (2, 1, 2));
        assert_eq!(merged[0].iter().map(|one| one.award.as_str()).collect::<Vec<_>>(), ["p1", "r1"]);
    }

    #[test]
    fn the_lowest_is_substitute() {
        assert_eq!(substitutes(&standing(&[("a", 9), ("b", 8), ("c", 7), ("d", 6)]), 1).unwrap(), ["d".into()]);
        assert!(substitutes(&standing(&[("a", 9), ("b", 8), ("c", 6), ("d", 6)]), 1).is_err());
        assert_eq!(substitutes(&standing(&[("a", 9), ("b", 8), ("c", 6), ("d", 6)]), 2).unwrap().len(), 2);
    }
}
