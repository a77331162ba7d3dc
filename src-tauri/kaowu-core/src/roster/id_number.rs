//! ID numbers 身份证号: GB 11643, check digit by ISO 7064 MOD 11-2.

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

/// Sex as the 17th digit says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Sex {
    /// 男.
    Male,
    /// 女.
    Female,
}

impl Sex {
    /// 男, 女.
    pub fn word(self) -> &'static str {
        match self {
            Self::Male => "男",
            Self::Female => "女",
        }
    }
}

/// Why a text is no ID number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum IdFault {
    /// Nothing stands there.
    IdEmpty,
    /// Not 18 characters.
    IdLength {
        /// How many.
        length: usize,
    },
    /// The old form of 15 digits.
    IdOldForm,
    /// Something that is no digit.
    IdCharacter {
        /// What.
        character: String,
    },
    /// A date of birth that does not exist, or lies in the future.
    IdBirth {
        /// As it stands.
        date: String,
    },
    /// The check digit does not fit.
    IdCheckDigit {
        /// What would fit.
        wanted: String,
    },
}
crate::coded!(IdFault);

/// Checks a cleaned ID number; gives the sex it says.
pub fn check_id(text: &str, on: NaiveDate) -> Result<Sex, IdFault> {
    let chars: Vec<char> = text.chars().collect();
    match chars.len() {
        0 => return Err(IdFault::IdEmpty),
        15 if chars.iter().all(char::is_ascii_digit) => return Err(IdFault::IdOldForm),
        18 => {}
        length => return Err(IdFault::IdLength { length }),
    }
    let digits: Vec<u32> = chars[..17]
        .iter()
        .map(|c| c.to_digit(10).ok_or_else(|| IdFault::IdCharacter { character: c.to_string() }))
        .collect::<Result<_, _>>()?;
    let number = |range: std::ops::Range<usize>| digits[range].iter().fold(0, |n, d| n * 10 + d);
    let birth = i32::try_from(number(6..10)).ok().and_then(|year| NaiveDate::from_ymd_opt(year, number(10..12), number(12..14)));
    if !birth.is_some_and(|date| date.year() >= 1900 && date < on) {
        return Err(IdFault::IdBirth { date: text[6..14].to_owned() });
    }
    // Weights are 2^(17−i) mod 11.
    let sum: u32 = digits.iter().enumerate().map(|(i, d)| d * ((1_u32 << (17 - i)) % 11)).sum();
    let wanted = match (12 - sum % 11) % 11 {
        10 => 'X',
        n => char::from_digit(n, 10).unwrap_or('0'),
    };
    if chars[17] != wanted {
        return Err(if chars[17].is_ascii_digit() || chars[17] == 'X' {
            IdFault::IdCheckDigit { wanted: wanted.to_string() }
        } else {
            IdFault::IdCharacter { character: chars[17].to_string() }
        });
    }
    Ok(if digits[16] % 2 == 1 { Sex::Male } else { Sex::Female })
}
