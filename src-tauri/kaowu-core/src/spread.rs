//! How figures are spread: for charts and reports. Nothing is decided by it.

use crate::figure::Mark;
use serde::{Deserialize, Serialize};

/// Least, quartiles, greatest: each is one of the figures themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spread {
    /// How many figures.
    pub n: u32,
    /// Least.
    pub min: Mark,
    /// First quartile.
    pub q1: Mark,
    /// Median.
    pub median: Mark,
    /// Third quartile.
    pub q3: Mark,
    /// Greatest.
    pub max: Mark,
}

impl Spread {
    /// Of some figures; none of no figure.
    pub fn of(figures: &[Mark]) -> Option<Self> {
        let mut sorted = figures.to_vec();
        sorted.sort_unstable();
        let at = |quarter: usize| sorted.get(sorted.len().saturating_sub(1) * quarter / 4).copied();
        let n = u32::try_from(sorted.len()).unwrap_or(u32::MAX);
        Some(Self { n, min: at(0)?, q1: at(1)?, median: at(2)?, q3: at(3)?, max: at(4)? })
    }
}

/// A bar of a histogram: figures from `from`, below `to`; in the last also `to` itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bar {
    /// From.
    pub from: Mark,
    /// To.
    pub to: Mark,
    /// How many.
    pub n: u32,
}

/// Counts figures in `bars` bars of equal width over 0 to `full`, cut to those from the first to the last that holds any.
pub fn histogram(figures: &[Mark], full: Mark, bars: u32) -> Vec<Bar> {
    let count = i64::from(bars.max(1));
    let edge = |n: i64| Mark(full.0 * n / count);
    let mut out: Vec<Bar> = (0..count).map(|n| Bar { from: edge(n), to: edge(n + 1), n: 0 }).collect();
    for figure in figures {
        let at = out.iter().position(|bar| figure.0 < bar.to.0).unwrap_or(out.len() - 1);
        out[at].n += 1;
    }
    let first = out.iter().position(|bar| bar.n > 0);
    let last = out.iter().rposition(|bar| bar.n > 0);
    first.zip(last).map(|(a, b)| out[a..=b].to_vec()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quartiles_are_figures() {
        let of = |list: &[i64]| Spread::of(&list.iter().map(|n| Mark(*n)).collect::<Vec<_>>());
        assert_eq!(of(&[]), None);
        let five = |s: Spread| [s.min.0, s.q1.0, s.median.0, s.q3.0, s.max.0];
        assert_eq!(five(of(&[7]).unwrap()), [7; 5]);
        assert_eq!(five(of(&[5, 1, 4, 2, 3]).unwrap()), [1, 2, 3, 4, 5]);
        assert_eq!(five(of(&[4, 3, 2, 1]).unwrap()), [1, 1, 2, 3, 4]);
    }

    #[test]
    fn every_figure_is_in_one_bar() {
        let marks: Vec<Mark> = [0, 4_999, 5_000, 99_999, 100_000, 72_500].map(Mark).to_vec();
        let bars = histogram(&marks, Mark(100_000), 20);
        assert_eq!(bars.iter().map(|b| b.n).sum::<u32>(), 6);
        assert_eq!((bars.first().unwrap().n, bars.last().unwrap().n, bars.len()), (2, 2, 20));
        assert_eq!(histogram(&[Mark(50_000)], Mark(100_000), 20), [Bar { from: Mark(50_000), to: Mark(55_000), n: 1 }]);
        assert_eq!(histogram(&[], Mark(100_000), 20), []);
    }
}
