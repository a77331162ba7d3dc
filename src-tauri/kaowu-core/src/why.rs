//! Every step of a total in figures that a pocket calculator repeats.
//!
//! A step is a code with its figures as text; its words stand in `assets/messages/*/results.toml`.

use crate::composite::Composite;
use crate::figure::{Fraction, Mark, Places};
use crate::interview::PanelResult;
use crate::marks::MarkValue;
use crate::standing::Standing;
use crate::words::Lang;
use num_traits::ToPrimitive;
use serde::Serialize;

/// One step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum WhyStep {
    /// A written mark as keyed by two people or decided.
    WhyMark {
        /// Part, in words.
        part: String,
        /// The mark.
        mark: String,
    },
    /// A panel's mark.
    WhyPanel {
        /// Part, in words.
        part: String,
        /// The judges' totals, those struck out in brackets.
        judges: Vec<String>,
        /// What is kept, as a sum.
        kept: String,
        /// The sum.
        sum: String,
        /// How many are kept.
        count: u32,
        /// sum ÷ count with enough decimals to see the rounding.
        quotient: String,
        /// The published mark.
        mark: String,
    },
    /// A part that counts 0.
    WhyZero {
        /// Part, in words.
        part: String,
        /// 缺考 or 违纪取消.
        reason: String,
    },
    /// The composite.
    WhyTotal {
        /// `95.00×0.3 + 96.00×0.3 + 92.98×0.4`.
        terms: String,
        /// `28.500 + 28.800 + 37.192`.
        products: String,
        /// The exact sum.
        sum: String,
        /// The published total.
        total: String,
    },
    /// The rank.
    WhyRank {
        /// List, in words.
        list: String,
        /// The rank.
        rank: u32,
        /// How many are ranked.
        of: usize,
        /// How many are strictly better.
        better: usize,
        /// The total of the one above, where there is one.
        above: Option<String>,
        /// The total of the one below, where there is one.
        below: Option<String>,
    },
    /// A tie that is held.
    WhyHeld {
        /// The tie.
        tie: String,
    },
    /// A member of a team or a city, with what they bring to its sum.
    WhyMember {
        /// Who.
        name: String,
        /// The published total.
        total: String,
        /// The rank among people; 0 where people are not ranked.
        rank: u32,
    },
    /// The sum of a team or a city.
    WhySum {
        /// Whose, in words.
        of: String,
        /// The members' totals as a sum.
        members: String,
        /// The sum.
        total: String,
        /// Its rank.
        rank: u32,
    },
}
crate::coded!(WhyStep);

/// How a value is shown.
pub fn shown(value: MarkValue, places: Places) -> String {
    shown_in(Lang::Zh, value, places)
}

/// How a value is shown in a language.
pub fn shown_in(lang: Lang, value: MarkValue, places: Places) -> String {
    let (zh, en) = match value {
        MarkValue::Given(mark) => return mark.show(places),
        MarkValue::Absent => ("缺考", "absent"),
        MarkValue::Void => ("违纪取消", "void"),
    };
    if lang == Lang::Zh { zh } else { en }.to_owned()
}

/// The steps to one part's mark.
pub fn part_steps(lang: Lang, name: &str, value: MarkValue, panel: Option<&PanelResult>, places: Places) -> WhyStep {
    match (value, panel) {
        (MarkValue::Given(mark), Some(panel)) => {
            let kept: Vec<String> =
                panel.totals.iter().enumerate().filter(|(n, _)| !panel.dropped.contains(n)).map(|(_, m)| m.to_string()).collect();
            let judges =
                panel.totals.iter().enumerate().map(|(n, m)| if panel.dropped.contains(&n) { format!("({m})") } else { m.to_string() });
            WhyStep::WhyPanel {
                part: name.to_owned(),
                judges: judges.collect(),
                kept: kept.join(" + "),
                sum: panel.sum.to_string(),
                count: panel.kept,
                quotient: decimals(panel.sum.exact() / Fraction::from_integer(i128::from(panel.kept.max(1))), 5),
                mark: mark.show(places),
            }
        }
        (MarkValue::Given(mark), None) => WhyStep::WhyMark { part: name.to_owned(), mark: mark.show(places) },
        (MarkValue::Absent | MarkValue::Void, _) => WhyStep::WhyZero { part: name.to_owned(), reason: shown_in(lang, value, places) },
    }
}

/// The composite as a worked sum.
pub fn total_step(composite: &Composite, places: Places) -> WhyStep {
    let terms = composite.terms.iter().map(|t| format!("{}×{}", t.value.counts().show(places), t.weight)).collect::<Vec<_>>();
    let products = composite.terms.iter().map(|t| decimals(t.product(), 5)).collect::<Vec<_>>();
    let sum: Fraction = composite.terms.iter().map(super::composite::WeightedMark::product).sum();
    WhyStep::WhyTotal {
        terms: terms.join(" + "),
        products: products.join(" + "),
        sum: decimals(sum, 5),
        total: composite.total.show(places),
    }
}

/// The rank of one in a standing.
pub fn rank_steps(list: &str, standing: &Standing, id: &str, places: Places) -> Vec<WhyStep> {
    let Some(at) = standing.rows.iter().position(|row| row.id == id) else { return vec![] };
    let row = &standing.rows[at];
    let better = standing.rows.iter().filter(|r| r.rank < row.rank).count();
    let above = at.checked_sub(1).map(|n| standing.rows[n].total.show(places));
    let below = standing.rows.get(at + 1).map(|r| r.total.show(places));
    let mut out = vec![WhyStep::WhyRank { list: list.to_owned(), rank: row.rank, of: standing.rows.len(), better, above, below }];
    out.extend(row.tie.iter().map(|tie| WhyStep::WhyHeld { tie: tie.clone() }));
    out
}

/// Every step of a team's or a city's rank: who brings what, the sum, the rank.
pub fn group_steps(of: &str, list: &str, members: &[(String, Mark, u32)], standing: &Standing, id: &str, places: Places) -> Vec<WhyStep> {
    let Some(row) = standing.rows.iter().find(|row| row.id == id) else { return vec![] };
    let member =
        |(name, total, rank): &(String, Mark, u32)| WhyStep::WhyMember { name: name.clone(), total: total.show(places), rank: *rank };
    let totals: Vec<Mark> = members.iter().map(|(_, total, _)| *total).collect();
    let mut steps: Vec<WhyStep> = members.iter().map(member).collect();
    steps.push(sum_step(of, &totals, row.total, row.rank, places));
    steps.extend(rank_steps(list, standing, id, places));
    steps
}

/// A team's or a city's sum.
pub fn sum_step(of: &str, members: &[Mark], total: Mark, rank: u32, places: Places) -> WhyStep {
    let members = members.iter().map(|m| m.show(places)).collect::<Vec<_>>().join(" + ");
    WhyStep::WhySum { of: of.to_owned(), members, total: total.show(places), rank }
}

/// At most `n` decimals, cut, trailing zeros left out beyond the second.
fn decimals(value: Fraction, n: u32) -> String {
    let scaled = (value * Fraction::from_integer(10_i128.pow(n))).to_integer().to_i128().unwrap_or(0);
    let (sign, scaled) = if scaled < 0 { ("-", -scaled) } else { ("", scaled) };
    let unit = 10_i128.pow(n);
    let mut part = format!("{:0width$}", scaled % unit, width = usize::try_from(n).unwrap_or(0));
    while part.len() > 2 && part.ends_with('0') {
        part.pop();
    }
    format!("{sign}{}.{part}", scaled / unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_teams_rank_is_its_members_sum() {
        let row = |id: &str, rank, total| crate::standing::Row { rank, id: id.to_owned(), total: Mark(total), tie: None };
        let standing = Standing { rows: vec![row("a", 1, 170_300), row("b", 2, 150_000), row("c", 3, 100_000)], held: vec![] };
        let people = [("甲".to_owned(), Mark(80_250), 4), ("乙".to_owned(), Mark(69_750), 9)];
        let steps = group_steps("鼓楼区", "县队", &people, &standing, "b", Places(2));
        let wanted = [
            WhyStep::WhyMember { name: "甲".into(), total: "80.25".into(), rank: 4 },
            WhyStep::WhyMember { name: "乙".into(), total: "69.75".into(), rank: 9 },
            WhyStep::WhySum { of: "鼓楼区".into(), members: "80.25 + 69.75".into(), total: "150.00".into(), rank: 2 },
            WhyStep::WhyRank {
                list: "县队".into(), rank: 2, of: 3, better: 1, above: Some("170.30".into()), below: Some("100.00".into())
            },
        ];
        assert_eq!(steps, wanted);
        assert_eq!(group_steps("无", "县队", &people, &standing, "z", Places(2)), []);
    }

    #[test]
    fn figures_as_a_calculator_shows_them() {
        let panel = PanelResult {
            totals: [80_400, 76_400, 84_500, 77_400, 81_600, 76_700, 81_100].map(Mark).to_vec(),
            dropped: vec![1, 2],
            sum: Mark(397_200),
            kept: 5,
            published: Mark(79_440),
        };
        match part_steps(Lang::Zh, "面试", MarkValue::Given(panel.published), Some(&panel), Places(2)) {
            WhyStep::WhyPanel { judges, kept, sum, quotient, mark, .. } => {
                assert_eq!(judges.join(" "), "80.4 (76.4) (84.5) 77.4 81.6 76.7 81.1");
                assert_eq!(
                    (kept.as_str(), sum.as_str(), quotient.as_str(), mark.as_str()),
                    ("80.4 + 77.4 + 81.6 + 76.7 + 81.1", "397.2", "79.44", "79.44")
                );
            }
            other => panic!("{other:?}"),
        }
        assert_eq!(decimals(Fraction::new(1, 3), 5), "0.33333");
        assert_eq!(decimals(Fraction::new(-5, 2), 5), "-2.50");
    }
}
