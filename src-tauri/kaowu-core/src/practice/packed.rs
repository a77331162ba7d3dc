//! Rows as the journal keeps them: one fact a file and unit, so that a year of 40,000 people is thousands of facts and not
//! millions. A row is `id,name,…`, rows are parted by `;`; neither sign stands in a name.

use crate::figure::Mark;
use crate::identity::IdNumber;
use serde::{Deserialize, Serialize};

/// Days on which people of one unit logged in, from one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(transparent)]
pub struct LoginRows(String);

/// Scores of one unit in one week or contest, from one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(transparent)]
pub struct ScoreRows(String);

/// A person's days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LoginRow<'a> {
    /// ID number; empty where the export has none.
    pub id: &'a str,
    /// Name.
    pub name: &'a str,
    /// A hex digit for each four days from the file's first on; the lowest bit is the first of them.
    pub days: &'a str,
}

/// A person's score.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScoreRow<'a> {
    /// ID number; empty where the export has none.
    pub id: &'a str,
    /// Name.
    pub name: &'a str,
    /// The score.
    pub mark: Mark,
    /// Seconds used, where the export says so.
    pub seconds: Option<u32>,
}

/// Days after the first, as hex digits.
pub fn day_bits(days: impl IntoIterator<Item = usize>) -> String {
    let mut digits: Vec<u32> = Vec::new();
    for day in days {
        if digits.len() <= day / 4 {
            digits.resize(day / 4 + 1, 0);
        }
        digits[day / 4] |= 1 << (day % 4);
    }
    digits.into_iter().filter_map(|digit| char::from_digit(digit, 16)).collect()
}

/// The days of hex digits, counted from 0.
pub fn days_of(bits: &str) -> impl Iterator<Item = usize> + '_ {
    bits.bytes().enumerate().flat_map(|(at, digit)| {
        let digit = char::from(digit).to_digit(16).unwrap_or(0);
        (0..4).filter(move |bit| digit & (1 << bit) != 0).map(move |bit| 4 * at + bit)
    })
}

/// Whether an ID number or its absence, and a name, can be packed and read back.
fn plain(id: &str, name: &str) -> bool {
    fits(id) && !name.is_empty() && !name.contains([',', ';'])
}

fn fits(id: &str) -> bool {
    id.is_empty() || (id.len() == 18 && id.bytes().all(|b| b.is_ascii_digit() || b == b'X'))
}

/// Parts a text at its first comma. Millions of rows are read for one list, and most parts are a few bytes long.
fn cell(text: &str) -> Option<(&str, &str)> {
    let at = text.as_bytes().iter().position(|b| *b == b',')?;
    Some((text.get(..at)?, text.get(at + 1..)?))
}

impl LoginRows {
    /// Packs rows; one that cannot be read back (no name, or a sign of ours in it) is left out.
    pub fn pack<'a>(rows: impl IntoIterator<Item = LoginRow<'a>>) -> Self {
        let rows = rows.into_iter().filter(|row| plain(row.id, row.name));
        Self(rows.map(|row| format!("{},{},{};", row.id, row.name, row.days)).collect())
    }

    /// The rows.
    pub fn rows(&self) -> impl Iterator<Item = LoginRow<'_>> + Clone {
        self.0.split_terminator(';').filter_map(LoginRow::read)
    }
}

impl<'a> LoginRow<'a> {
    fn read(text: &'a str) -> Option<Self> {
        let (id, rest) = cell(text)?;
        let (name, days) = cell(rest)?;
        Some(Self { id, name, days })
    }

    fn whole(&self) -> bool {
        let hex = self.days.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        hex && fits(self.id) && !self.name.is_empty()
    }
}

impl ScoreRows {
    /// Packs rows; one that cannot be read back (no name, or a sign of ours in it) is left out.
    pub fn pack<'a>(rows: impl IntoIterator<Item = ScoreRow<'a>>) -> Self {
        let rows = rows.into_iter().filter(|row| plain(row.id, row.name));
        let seconds = |row: &ScoreRow<'_>| row.seconds.map(|s| s.to_string()).unwrap_or_default();
        Self(rows.map(|row| format!("{},{},{},{};", row.id, row.name, row.mark.0, seconds(&row))).collect())
    }

    /// The rows.
    pub fn rows(&self) -> impl Iterator<Item = ScoreRow<'_>> + Clone {
        self.0.split_terminator(';').filter_map(ScoreRow::read)
    }
}

impl<'a> ScoreRow<'a> {
    fn read(text: &'a str) -> Option<Self> {
        let (id, rest) = cell(text)?;
        let (name, rest) = cell(rest)?;
        let (mark, seconds) = cell(rest)?;
        let seconds = if seconds.is_empty() { None } else { Some(seconds.parse().ok()?) };
        Some(Self { id, name, mark: Mark(mark.parse().ok()?), seconds })
    }

    fn whole(&self) -> bool {
        fits(self.id) && !self.name.is_empty()
    }
}

macro_rules! sound {
    ($rows:ident, $row:ident) => {
        impl $rows {
            /// Whether all of the text is rows. Asked where a fact enters the journal, not at each reading of it: a year has
            /// millions of rows.
            pub(crate) fn sound(&self) -> bool {
                let whole = self.0.is_empty() || self.0.ends_with(';');
                whole && self.0.split_terminator(';').all(|row| $row::read(row).is_some_and(|row| row.whole()))
            }
        }
    };
}
sound!(LoginRows, LoginRow);
sound!(ScoreRows, ScoreRow);

/// An ID number that stands in a row.
pub(super) fn id_of(id: &str) -> Option<IdNumber> {
    (!id.is_empty()).then(|| id.into())
}
