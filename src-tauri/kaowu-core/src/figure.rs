//! Figures that a pocket calculator repeats (RULES.md §4): thousandths inside a mark, exact fractions between marks,
//! half-up rounding at every published figure, no floating point anywhere.

use num_rational::Ratio;
use serde::{Deserialize, Serialize};
use std::fmt;

/// An exact fraction.
pub type Fraction = Ratio<i128>;

/// A figure in thousandths: 92.5 is `Mark(92_500)`. Marks, published figures, totals and weights alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Default)]
#[serde(transparent)]
pub struct Mark(pub i64);

/// How many decimals a plan publishes: 0 to 3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Places(pub u8);

/// A text that is no decimal number with at most three places.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum FigureError {
    /// Not a plain decimal number.
    NotANumber {
        /// The text as it stood.
        text: String,
    },
    /// More than three decimals, or beyond what a mark holds.
    TooFine {
        /// The text as it stood.
        text: String,
    },
}
crate::coded!(FigureError);

impl Mark {
    /// Thousandths in one mark.
    pub const UNIT: i64 = 1000;

    /// Reads `92`, `92.5`, `-3.125`; no exponent, no thousands separator, at most three decimals.
    pub fn parse(text: &str) -> Result<Self, FigureError> {
        let wrong = || FigureError::NotANumber { text: text.to_owned() };
        let fine = || FigureError::TooFine { text: text.to_owned() };
        let t = text.trim();
        let (negative, digits) = t.strip_prefix('-').map_or((false, t), |d| (true, d));
        let (whole, rest) = digits.split_once('.').unwrap_or((digits, ""));
        if whole.is_empty() || !whole.bytes().chain(rest.bytes()).all(|b| b.is_ascii_digit()) || digits.ends_with('.') {
            return Err(wrong());
        }
        let rest = rest.trim_end_matches('0');
        if rest.len() > 3 || whole.len() > 12 {
            return Err(fine());
        }
        let whole: i64 = whole.parse().map_err(|_| fine())?;
        let part: i64 = format!("{rest:0<3}").parse().map_err(|_| wrong())?;
        let value = whole * Self::UNIT + part;
        Ok(Self(if negative { -value } else { value }))
    }

    /// The exact value.
    pub fn exact(self) -> Fraction {
        Fraction::new(i128::from(self.0), i128::from(Self::UNIT))
    }

    /// Rounds half-up 四舍五入 (halves away from zero) to `places`; `None` when the figure is beyond what a mark holds.
    pub fn rounded(value: Fraction, places: Places) -> Option<Self> {
        let scale = 10_i128.pow(u32::from(places.0.min(3)));
        let scaled = value * Fraction::from_integer(scale);
        let (num, den) = (*scaled.numer(), *scaled.denom());
        let units = (2 * num.abs() + den) / (2 * den) * num.signum();
        i64::try_from(units * (i128::from(Self::UNIT) / scale)).ok().map(Self)
    }

    /// Whether the mark is a whole multiple of `step`.
    pub fn on_step(self, step: Self) -> bool {
        step.0 > 0 && self.0 % step.0 == 0
    }

    /// The figure with exactly `places` decimals, as it is printed. Digits beyond are cut, so round first.
    pub fn show(self, places: Places) -> String {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, part) = (self.0.abs() / Self::UNIT, self.0.abs() % Self::UNIT);
        let part = format!("{part:03}");
        let kept = &part[..usize::from(places.0.min(3))];
        if kept.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{kept}") }
    }
}

impl fmt::Display for Mark {
    /// The shortest exact text: `92.5`, `70`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.show(Places(3));
        f.write_str(text.trim_end_matches('0').trim_end_matches('.'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_and_prints() {
        for (text, want) in [("92", 92_000), ("92.5", 92_500), ("0.125", 125), ("-3.10", -3_100), ("100.0000", 100_000)] {
            assert_eq!(Mark::parse(text), Ok(Mark(want)), "{text}");
        }
        for text in ["", ".", "1.", "1e3", "１", "1,000", "--1", "1.0001", "9999999999999"] {
            assert!(Mark::parse(text).is_err(), "{text}");
        }
        assert_eq!(Mark(92_500).to_string(), "92.5");
        assert_eq!(Mark(70_000).to_string(), "70");
        assert_eq!(Mark(70_000).show(Places(2)), "70.00");
    }

    #[test]
    fn rounds_half_up() {
        for (num, den, want) in [(1, 8, 130), (1, 200, 10), (-1, 200, -10), (249, 100_000, 0), (2, 3, 670)] {
            assert_eq!(Mark::rounded(Fraction::new(num, den), Places(2)), Some(Mark(want)), "{num}/{den}");
        }
    }
}
