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
    /// A number written as `3.2E+17`.
    IdScientific,
    /// The last digits are zeros and the check digit does not fit: a workbook has rounded the number.
    IdDigitsLost,
    /// Something that is no digit.
    IdCharacter {
        /// What.
        character: String,
    },
    /// No province has these first digits.
    IdRegion {
        /// They.
        region: String,
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
    let bytes = text.as_bytes();
    match text.chars().count() {
        0 => return Err(IdFault::IdEmpty),
        _ if scientific(text) => return Err(IdFault::IdScientific),
        15 if bytes.iter().all(u8::is_ascii_digit) => return Err(IdFault::IdOldForm),
        18 => {}
        length => return Err(IdFault::IdLength { length }),
    }
    let odd = text.chars().enumerate().find(|(at, c)| !(c.is_ascii_digit() || (*at == 17 && *c == 'X')));
    if let Some((_, c)) = odd {
        return Err(IdFault::IdCharacter { character: c.escape_debug().to_string() });
    }
    if !region(bytes) {
        return Err(IdFault::IdRegion { region: text[..2].to_owned() });
    }
    if !birth_date(text).is_some_and(|date| date.year() >= 1900 && date < on) {
        return Err(IdFault::IdBirth { date: text[6..14].to_owned() });
    }
    // Weights are 2^(17−i) mod 11.
    let sum: u32 = bytes[..17].iter().enumerate().map(|(i, b)| u32::from(b - b'0') * ((1_u32 << (17 - i)) % 11)).sum();
    let wanted = match (12 - sum % 11) % 11 {
        10 => 'X',
        n => char::from_digit(n, 10).unwrap_or('0'),
    };
    if !text.ends_with(wanted) {
        return Err(if text.ends_with("000") { IdFault::IdDigitsLost } else { IdFault::IdCheckDigit { wanted: wanted.to_string() } });
    }
    Ok(if bytes[16] % 2 == 1 { Sex::Male } else { Sex::Female })
}

/// The date of birth in a text of 18 characters; none where no such day is.
pub fn birth_date(text: &str) -> Option<NaiveDate> {
    let part = |from: usize, to: usize| text.get(from..to).filter(|p| p.bytes().all(|b| b.is_ascii_digit()));
    NaiveDate::from_ymd_opt(part(6, 10)?.parse().ok()?, part(10, 12)?.parse().ok()?, part(12, 14)?.parse().ok()?)
}

/// Whole years between the date of birth of a checked ID number and a day.
pub fn age(text: &str, on: NaiveDate) -> Option<u32> {
    on.years_since(birth_date(text)?)
}

/// Provinces by GB/T 2260, Hong Kong, Macao and Taiwan residents; foreigners' permanent cards put a 9 before the province.
fn region(bytes: &[u8]) -> bool {
    let province = |a: u8, b: u8| {
        matches!(
            (a, b),
            (b'1', b'1'..=b'5')
                | (b'2', b'1'..=b'3')
                | (b'3', b'1'..=b'7')
                | (b'4', b'1'..=b'6')
                | (b'5', b'0'..=b'4')
                | (b'6', b'1'..=b'5')
                | (b'7', b'1')
                | (b'8', b'1'..=b'3')
        )
    };
    province(bytes[0], bytes[1]) || (bytes[0] == b'9' && (bytes[1] == b'1' || province(bytes[1], bytes[2])))
}

fn scientific(text: &str) -> bool {
    text.split_once('E').is_some_and(|(mantissa, exponent)| {
        let exponent = exponent.trim_start_matches('+');
        let digits = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
        digits(exponent)
            && mantissa.split_once('.').map_or(digits(mantissa), |(whole, part)| digits(whole) && part.bytes().all(|b| b.is_ascii_digit()))
    })
}
