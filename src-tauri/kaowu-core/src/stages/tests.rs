use super::*;
use crate::award::substitutes;
use crate::figure::Mark;
use crate::standing::{Contender, rank};
use proptest::prelude::*;

fn plan(named: u32, best: u32) -> NamedTeamPlan {
    NamedTeamPlan {
        id: "national".into(),
        title: "全国赛代表队".into(),
        title_en: None,
        stage: "national".into(),
        standing: "people".into(),
        tier: "city".into(),
        named,
        best,
        after: None,
        award: None,
    }
}

fn name(n: usize) -> String {
    format!("p{n:02}")
}

fn standing(totals: &[i64], rulings: &Rulings) -> Standing {
    let contender = |(n, total): (usize, &i64)| Contender { id: name(n), total: Mark(*total), keys: vec![] };
    rank("people/", totals.iter().enumerate().map(contender).collect(), rulings)
}

/// Every order of everybody that the totals allow.
fn orders(totals: &[i64]) -> Vec<Vec<usize>> {
    fn go(left: &[usize], totals: &[i64]) -> Vec<Vec<usize>> {
        let Some(best) = left.iter().map(|n| totals[*n]).max() else { return vec![vec![]] };
        let firsts = left.iter().filter(|n| totals[**n] == best);
        let after = |first: &usize| {
            let first = *first;
            let rest: Vec<usize> = left.iter().filter(|n| **n != first).copied().collect();
            go(&rest, totals).into_iter().map(move |tail| std::iter::once(first).chain(tail).collect::<Vec<_>>())
        };
        firsts.flat_map(after).collect()
    }
    go(&(0..totals.len()).collect::<Vec<_>>(), totals)
}

fn ids(of: impl IntoIterator<Item = usize>) -> Vec<IdNumber> {
    of.into_iter().map(|n| name(n).into()).collect()
}

/// One answer whatever the order of the level, or a held tie between those over whom orders differ.
fn settled(answers: impl Iterator<Item = BTreeSet<usize>>) -> Result<BTreeSet<usize>, BTreeSet<usize>> {
    let all: Vec<BTreeSet<usize>> = answers.collect();
    let always = all.iter().skip(1).fold(all[0].clone(), |a, b| &a & b);
    let ever = all.iter().fold(BTreeSet::new(), |a, b| &a | b);
    if always == ever { Ok(always) } else { Err(&ever - &always) }
}

fn read(got: Result<Vec<IdNumber>, HeldTie>) -> Result<BTreeSet<usize>, BTreeSet<usize>> {
    let number = |id: &str| id[1..].parse::<usize>().unwrap();
    got.map(|team| team.iter().map(|id| number(id.as_str())).collect()).map_err(|tie| tie.tied.iter().map(|id| number(id)).collect())
}

proptest! {
    /// Whoever is next-ranked beside the named is so in every order that the totals allow; else the tie names all of them.
    #[test]
    fn next_ranked(totals in prop::collection::vec(0_i64..4, 1..7), named in prop::collection::btree_set(0_usize..7, 0..5), best in 1_u32..3) {
        let named: Vec<usize> = named.into_iter().filter(|n| *n < totals.len()).collect();
        let count = usize::try_from(best).unwrap();
        let free = |order: &Vec<usize>| order.iter().filter(|n| !named.contains(n)).take(count).copied().collect::<BTreeSet<_>>();
        let all = orders(&totals);
        let wanted = settled(all.iter().map(free));
        let people = ids(named.iter().copied());
        let made = named_team(&plan(4, best), &people, &standing(&totals, &Rulings::new()), &Rulings::new());
        if let Ok(team) = &made {
            // Four of the one, one of the other: the named first, nobody twice.
            prop_assert_eq!(&team[..people.len()], people.as_slice());
            prop_assert_eq!(team.iter().collect::<BTreeSet<_>>().len(), team.len());
            prop_assert!(team.len() <= people.len() + count);
        }
        let joined = made.map(|team| team[people.len()..].to_vec());
        match (&joined, &wanted) {
            // The tie is all who are level at the cut, among them those for whom every order agrees by nature.
            (Err(tie), Err(open)) => prop_assert_eq!(&read(Err(tie.clone())).unwrap_err(), open),
            _ => prop_assert_eq!(read(joined.clone()), wanted.clone()),
        }
        // Resolved, it is the order of the ruling; a tie resolved in the standing itself is no question here.
        if let Err(tie) = joined {
            let mut order = tie.tied.clone();
            order.reverse();
            let rulings = Rulings::from([(tie.id.clone(), order.clone())]);
            let team = named_team(&plan(4, best), &people, &standing(&totals, &Rulings::new()), &rulings).unwrap();
            prop_assert!(team.iter().any(|id| id.as_str() == order[0]));
            for tie in &standing(&totals, &Rulings::new()).held {
                let rulings = Rulings::from([(tie.id.clone(), tie.tied.clone())]);
                let ruled = standing(&totals, &rulings);
                if let Ok(team) = named_team(&plan(4, best), &people, &ruled, &rulings) {
                    let fits = |order: &&Vec<usize>| {
                        let place = |id: &String| order.iter().position(|n| name(*n) == *id);
                        tie.tied.windows(2).all(|two| place(&two[0]) < place(&two[1]))
                    };
                    prop_assert!(all.iter().filter(fits).any(|order| ids(free(order)).iter().all(|id| team.contains(id))));
                }
            }
        }
    }

    /// The substitute is last in every order that the composites allow; else those who may be are held.
    #[test]
    fn substitute(totals in prop::collection::vec(0_i64..4, 1..6), count in 1_u32..3) {
        let n = usize::try_from(count).unwrap();
        prop_assume!(n < totals.len());
        let wanted = settled(orders(&totals).iter().map(|order| order.iter().rev().take(n).copied().collect()));
        prop_assert_eq!(read(substitutes(&standing(&totals, &Rulings::new()), count)), wanted);
    }

    /// Whoever reached the places, and never more of them than there are.
    #[test]
    fn places_elsewhere(places in prop::collection::vec(prop::option::of(1_u32..6), 1..6), to in 1_u32..4) {
        let results: Vec<MemberResult> =
            places.iter().enumerate().map(|(n, place)| MemberResult { id: name(n).into(), role: String::new(), place: *place, result: String::new() }).collect();
        let reached: Vec<(u32, usize)> = {
            let mut all: Vec<_> = places.iter().enumerate().filter_map(|(n, p)| p.map(|p| (p, n))).filter(|(p, _)| *p <= to).collect();
            all.sort_unstable();
            all
        };
        let most = usize::try_from(to).unwrap();
        let got = placed("national/place", &results, 1, to, &Rulings::new());
        let better = |place: u32| reached.iter().filter(|(p, _)| *p <= place).count();
        let over = reached.iter().map(|(p, _)| *p).find(|p| better(*p) > most);
        match over {
            None => prop_assert_eq!(got.unwrap(), reached.iter().map(|(p, n)| (name(*n).into(), *p)).collect::<Vec<_>>()),
            Some(place) => {
                let before = better(place - 1);
                let level: Vec<String> = reached.iter().filter(|(p, _)| *p == place).map(|(_, n)| name(*n)).collect();
                if before == most {
                    prop_assert_eq!(got.unwrap().len(), most);
                } else {
                    let tie = got.unwrap_err();
                    prop_assert_eq!((&tie.tied, tie.rank), (&level, place));
                    let mut order = level.clone();
                    order.reverse();
                    let ruled = placed("national/place", &results, 1, to, &Rulings::from([(tie.id, order.clone())])).unwrap();
                    prop_assert_eq!(ruled.len(), most);
                    prop_assert!(ruled.iter().any(|(id, _)| id.as_str() == order[0]));
                }
            }
        }
    }
}

#[test]
fn number_one_and_the_four() {
    let check = |totals: &[i64], four: &[usize], wanted: &str| {
        let team = named_team(&plan(4, 1), &ids(four.iter().copied()), &standing(totals, &Rulings::new()), &Rulings::new());
        let said = team.map_or_else(|tie| tie.tied.join("="), |team| team.last().map(|id| id.0.clone()).unwrap_or_default());
        assert_eq!(said, wanted, "{totals:?} {four:?}");
    };
    check(&[9, 8, 7, 6, 5, 4], &[2, 3, 4, 5], "p00");
    check(&[9, 8, 7, 6, 5, 4], &[0, 3, 4, 5], "p01");
    check(&[9, 8, 7, 6, 5, 4], &[0, 1, 2, 5], "p03");
    // Level at the top: held, unless only one of them is left.
    check(&[9, 9, 7, 6, 5, 4], &[2, 3, 4, 5], "p00=p01");
    check(&[9, 9, 7, 6, 5, 4], &[0, 3, 4, 5], "p01");
    check(&[9, 8, 8, 8, 5, 4], &[0, 1, 4, 5], "p02=p03");
}

#[test]
fn who_may_be_named() {
    let list = standing(&[9, 8, 7, 6, 5], &Rulings::new());
    let check = |people: &[usize], wanted: &str| {
        let done = check_named(&plan(4, 1), &"3205".into(), &ids(people.iter().copied()), &list, |id| id.as_str() != "p04");
        assert_eq!(done.map_or_else(|e| crate::coded::Coded::code(&e), |()| "ok".to_owned()), wanted, "{people:?}");
    };
    check(&[0, 1, 2, 3], "ok");
    check(&[0, 1, 2], "named-count");
    check(&[0, 1, 2, 2], "named-twice");
    check(&[0, 1, 2, 4], "named-unit");
    check(&[0, 1, 2, 8], "named-not-ranked");
}

#[test]
fn results_speak_of_each_member_once() {
    let members = ids(0..4);
    let result = |n: usize, place: Option<u32>| MemberResult { id: name(n).into(), role: String::new(), place, result: "优秀".into() };
    let check = |place: u32, people: &[(usize, Option<u32>)], wanted: &str| {
        let results: Vec<MemberResult> = people.iter().map(|(n, place)| result(*n, *place)).collect();
        let done = check_result(&"regional".into(), &members, place, &results);
        assert_eq!(done.map_or_else(|e| crate::coded::Coded::code(&e), |()| "ok".to_owned()), wanted, "{place} {people:?}");
    };
    let all = [(0, Some(1)), (1, None), (2, Some(7)), (3, Some(7))];
    check(1, &all, "ok");
    check(0, &all, "place-zero");
    check(1, &all[..3], "result-incomplete");
    check(1, &[all[0], all[0], all[2], all[3]], "result-incomplete");
    check(1, &[all[0], all[1], all[2], all[3], (5, None)], "not-of-team");
    check(1, &[(0, Some(0)), all[1], all[2], all[3]], "place-zero");
    let subs = |chosen: &[usize], wanted: &str| {
        let done = check_substitutes(&"regional".into(), &members, &ids(chosen.iter().copied()), 1);
        assert_eq!(done.map_or_else(|e| crate::coded::Coded::code(&e), |()| "ok".to_owned()), wanted, "{chosen:?}");
    };
    subs(&[2], "ok");
    subs(&[], "substitute-count");
    subs(&[1, 2], "substitute-count");
    subs(&[7], "not-of-team");
}
