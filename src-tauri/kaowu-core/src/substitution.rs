//! Withdrawal after selection and who comes in (RULES.md §3.8).

use crate::identity::IdNumber;
use crate::selection::Selected;
use crate::standing::{Contender, ResultsFault, Rulings, rank};
use std::collections::BTreeSet;

/// One withdrawal with whoever came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Who went.
    pub leaves: IdNumber,
    /// Who came; none when nobody was left.
    pub comes: Option<IdNumber>,
}

/// The people after all changes: whoever comes takes the place, rule and team of whoever leaves. A chain of changes
/// (the substitute withdraws, too) is followed whatever the order in which the changes are given.
pub fn applied(selected: &[Selected], changes: &[Change]) -> Vec<Selected> {
    selected
        .iter()
        .filter_map(|place| {
            let mut place = place.clone();
            // No longer than the ledger of changes: a circle cannot hold the program up.
            for _ in 0..=changes.len() {
                match changes.iter().find(|c| c.leaves == place.id) {
                    None => return Some(place),
                    Some(Change { comes: Some(id), .. }) => place.id = id.clone(),
                    Some(Change { comes: None, .. }) => return None,
                }
            }
            None
        })
        .collect()
}

/// Everyone who is in or has ever left: none of them can come in.
pub fn spent(selected: &[Selected], changes: &[Change]) -> BTreeSet<IdNumber> {
    let mut out: BTreeSet<IdNumber> = selected.iter().map(|s| s.id.clone()).collect();
    out.extend(changes.iter().map(|c| c.leaves.clone()));
    out.extend(changes.iter().filter_map(|c| c.comes.clone()));
    out
}

/// The national team (RULES.md §2): four people named of one city, and the composite No. 1; if No. 1 is among the four,
/// the next-ranked who is not.
pub fn national_team(four: &[IdNumber], standing: Vec<Contender>, rulings: &Rulings) -> Result<Vec<IdNumber>, ResultsFault> {
    let rest: Vec<Contender> = standing.into_iter().filter(|c| !four.iter().any(|id| id.as_str() == c.id)).collect();
    let ranked = rank("national", rest, rulings);
    let mut team = four.to_vec();
    match ranked.rows.first() {
        Some(row) if row.tie.is_none() => team.push(row.id.as_str().into()),
        Some(row) => {
            let tie = ranked.held.iter().find(|t| Some(&t.id) == row.tie.as_ref());
            return Err(ResultsFault::NextHeld {
                tie: row.tie.clone().unwrap_or_default(),
                tied: tie.map(|t| t.tied.clone()).unwrap_or_default(),
            });
        }
        None => {}
    }
    Ok(team)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::Mark;

    #[test]
    fn places_pass_on() {
        let place = |id: &str| Selected { id: id.into(), rule: "个人".into(), group: "C".into(), team: None };
        let change = |leaves: &str, comes: &str| Change { leaves: leaves.into(), comes: (!comes.is_empty()).then(|| comes.into()) };
        let check = |changes: &[Change], want: &str| {
            let got: Vec<String> = applied(&[place("a"), place("b")], changes).into_iter().map(|s| s.id.0).collect();
            assert_eq!(got.join(" "), want);
        };
        check(&[], "a b");
        check(&[change("a", "c")], "c b");
        check(&[change("c", "d"), change("a", "c")], "d b");
        check(&[change("a", "")], "b");
        check(&[change("a", "c"), change("c", "a")], "b");
    }

    #[test]
    fn number_one_and_the_four() {
        let field = || [("a", 9), ("b", 8), ("c", 7)].map(|(id, m)| Contender { id: id.into(), total: Mark(m), keys: vec![] }).to_vec();
        let team = |four: &[&str]| {
            let four: Vec<IdNumber> = four.iter().map(|s| (*s).into()).collect();
            national_team(&four, field(), &Rulings::new()).unwrap().last().map(|id| id.0.clone())
        };
        assert_eq!(team(&["x", "y", "z", "w"]).as_deref(), Some("a"));
        assert_eq!(team(&["x", "a", "z", "w"]).as_deref(), Some("b"));
        assert_eq!(team(&["b", "a", "z", "w"]).as_deref(), Some("c"));
    }
}
