//! Withdrawal after selection and who comes in (RULES.md §3.8).

use crate::identity::IdNumber;
use crate::selection::Selected;
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

#[cfg(test)]
mod tests {
    use super::*;

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
}
