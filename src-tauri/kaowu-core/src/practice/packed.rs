//! Rows as the journal keeps them: one fact a file and unit, so that a year of 40,000 people is thousands of facts and not
//! millions. A row is `id,name,…`, rows are parted by `;`; neither sign stands in a name.

use crate::figure::Mark;
use crate::identity::IdNumber;
use serde::{Deserialize, Serialize};

/// Days on which people of one unit logged in, from one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(try_from = "String", into = "String")]
pub struct LoginRows(String);

/// Scores of one unit in one week or contest, from one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(try_from = "String", into = "String")]
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

/// Whether a person's part of a row can be packed and read back.
fn plain(id: &str, name: &str) -> bool {
    let id_fits = id.is_empty() || (id.len() == 18 && id.bytes().all(|b| b.is_ascii_digit() || b == b'X'));
    id_fits && !name.is_empty() && !name.contains([',', ';'])
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
        let (id, rest) = text.split_once(',')?;
        let (name, days) = rest.split_once(',')?;
        let hex = days.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        (hex && plain(id, name)).then_some(Self { id, name, days })
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
        let (id, rest) = text.split_once(',')?;
        let (name, rest) = rest.split_once(',')?;
        let (mark, seconds) = rest.split_once(',')?;
        let seconds = if seconds.is_empty() { None } else { Some(seconds.parse().ok()?) };
        plain(id, name).then_some(Self { id, name, mark: Mark(mark.parse().ok()?), seconds })
    }
}

/// What stands in the journal reads row by row, or not at all.
#[derive(Debug)]
pub struct NoRow;

impl std::fmt::Display for NoRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("not a row of practice")
    }
}

macro_rules! packed {
    ($rows:ident, $row:ident) => {
        impl TryFrom<String> for $rows {
            type Error = NoRow;
            fn try_from(text: String) -> Result<Self, NoRow> {
                let whole = text.is_empty() || text.ends_with(';');
                if whole && text.split_terminator(';').all(|row| $row::read(row).is_some()) { Ok(Self(text)) } else { Err(NoRow) }
            }
        }
        impl From<$rows> for String {
            fn from(rows: $rows) -> Self {
                rows.0
            }
        }
    };
}
packed!(LoginRows, LoginRow);
packed!(ScoreRows, ScoreRow);

/// An ID number that stands in a row.
pub(super) fn id_of(id: &str) -> Option<IdNumber> {
    (!id.is_empty()).then(|| id.into())
}
