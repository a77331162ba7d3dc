//! The composite 综合成绩 of published part marks (RULES.md §2, §4).

use crate::figure::{Fraction, Mark, Places};
use crate::identity::IdNumber;
use crate::marks::MarkValue;
use crate::plan::{CompositePlan, PartRef};
use crate::standing::ResultsFault;
use serde::Serialize;
use std::collections::BTreeMap;

/// One weighted mark of a composite.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WeightedMark {
    /// Where the mark is from.
    pub of: PartRef,
    /// The published mark, or why there is none.
    pub value: MarkValue,
    /// Its weight.
    pub weight: Mark,
}

impl WeightedMark {
    /// Weight × mark, exact.
    pub fn product(&self) -> Fraction {
        self.weight.exact() * self.value.counts().exact()
    }
}

/// A person's composite with its working.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Composite {
    /// Who.
    pub id: IdNumber,
    /// The terms in the plan's order.
    pub terms: Vec<WeightedMark>,
    /// The published total.
    pub total: Mark,
    /// Marks that tell level totals apart, in the plan's order of keys.
    pub keys: Vec<Mark>,
    /// Parts of the composite's own stage that count 0: absent or void (RULES.md §3.11).
    pub flags: Vec<(PartRef, MarkValue)>,
}

/// Marks of every part by person.
pub type PartMarks = BTreeMap<PartRef, BTreeMap<IdNumber, MarkValue>>;

/// The composites of these people under these weights. A missing mark blocks all of them, naming who is missing.
pub fn composites(
    plan: &CompositePlan,
    weights: &[Mark],
    places: Places,
    people: impl IntoIterator<Item = IdNumber>,
    marks: &PartMarks,
) -> Result<Vec<Composite>, ResultsFault> {
    let mut missing: BTreeMap<PartRef, Vec<IdNumber>> = BTreeMap::new();
    let mut out = Vec::new();
    for id in people {
        let mut terms = Vec::with_capacity(plan.terms.len());
        for (term, weight) in plan.terms.iter().zip(weights) {
            let of = PartRef { stage: term.stage.clone(), part: term.part.clone() };
            match marks.get(&of).and_then(|m| m.get(&id)) {
                Some(value) => terms.push(WeightedMark { of, value: *value, weight: *weight }),
                None => missing.entry(of).or_default().push(id.clone()),
            }
        }
        let exact: Fraction = terms.iter().map(WeightedMark::product).sum();
        let total = Mark::rounded(exact, places).ok_or(ResultsFault::FigureOverflow)?;
        let keys = plan.keys.iter().map(|key| marks.get(key).and_then(|m| m.get(&id)).map_or(Mark(0), |v| v.counts())).collect();
        let flags = terms
            .iter()
            .filter(|t| t.of.stage == plan.stage && !matches!(t.value, MarkValue::Given(_)))
            .map(|t| (t.of.clone(), t.value))
            .collect();
        out.push(Composite { id, terms, total, keys, flags });
    }
    match missing.into_iter().next() {
        Some((of, people)) => Err(ResultsFault::MarksMissing {
            stage: of.stage,
            part: of.part,
            count: people.len(),
            people: people.into_iter().take(5).collect(),
        }),
        None => Ok(out),
    }
}

/// Whether weights fit a composite: as many as it has terms, none negative, summing to 1.
pub fn check_weights(plan: &CompositePlan, weights: &[Mark]) -> Result<(), ResultsFault> {
    let sum: i64 = weights.iter().map(|w| w.0).sum();
    if weights.len() == plan.terms.len() && weights.iter().all(|w| w.0 >= 0) && sum == Mark::UNIT {
        Ok(())
    } else {
        Err(ResultsFault::WeightsWrong { given: weights.iter().map(ToString::to_string).collect(), terms: plan.terms.len() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Term;

    fn plan() -> CompositePlan {
        let term = |stage: &str, part: &str, weight| Term { stage: stage.into(), part: part.into(), weight: Mark(weight) };
        CompositePlan {
            stage: "province".into(),
            terms: vec![term("city", "written", 300), term("province", "written", 300), term("province", "interview", 400)],
            keys: vec![],
            needs_confirmation: true,
        }
    }

    fn marks(values: [Option<MarkValue>; 3]) -> PartMarks {
        let of = |t: &Term| PartRef { stage: t.stage.clone(), part: t.part.clone() };
        plan().terms.iter().zip(values).map(|(t, v)| (of(t), v.map(|v| ("p".into(), v)).into_iter().collect())).collect()
    }

    #[test]
    fn from_published_marks() {
        let given = |m: &str| Some(MarkValue::Given(Mark::parse(m).unwrap()));
        let weights = [Mark(300), Mark(300), Mark(400)];
        let check = |values: [Option<MarkValue>; 3], want: Result<(&str, usize), &str>| {
            let got = composites(&plan(), &weights, Places(2), ["p".into()], &marks(values));
            let got = got.map(|c| (c[0].total.show(Places(2)), c[0].flags.len())).map_err(|e| crate::coded::Coded::code(&e));
            assert_eq!(got, want.map(|(t, f)| (t.to_owned(), f)).map_err(str::to_owned));
        };
        check([given("95"), given("96"), given("92.98")], Ok(("94.49", 0)));
        check([given("95"), given("87"), Some(MarkValue::Absent)], Ok(("54.60", 1)));
        check([given("95"), Some(MarkValue::Void), given("90")], Ok(("64.50", 1)));
        check([Some(MarkValue::Absent), given("90"), given("90")], Ok(("63.00", 0)));
        check([given("95"), None, given("90")], Err("marks-missing"));
    }

    #[test]
    fn weights_sum_to_one() {
        assert!(check_weights(&plan(), &[Mark(300), Mark(300), Mark(400)]).is_ok());
        for wrong in [vec![Mark(300), Mark(300)], vec![Mark(300), Mark(300), Mark(300)], vec![Mark(-100), Mark(700), Mark(400)]] {
            assert!(check_weights(&plan(), &wrong).is_err(), "{wrong:?}");
        }
    }
}
