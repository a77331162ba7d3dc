//! Dates as certificates carry them.

pub(crate) const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// `2020-07-25` as `二〇二〇年七月二十五日`; None if it is no date of that form.
pub fn chinese_date(iso: &str) -> Option<String> {
    let mut parts = iso.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || year.len() != 4 || month.len() != 2 || day.len() != 2 {
        return None;
    }
    let year: String = year.chars().map(|c| c.to_digit(10).and_then(digit)).collect::<Option<_>>()?;
    let (month, day) = (month.parse().ok()?, day.parse().ok()?);
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then(|| format!("{year}年{}月{}日", below_hundred(month), below_hundred(day)))
}

fn digit(n: u32) -> Option<char> {
    DIGITS.get(usize::try_from(n).ok()?).copied()
}

/// 1–99 in characters: 十, 十一, 二十, 二十五.
pub fn below_hundred(n: u32) -> String {
    let (tens, ones) = (n / 10, n % 10);
    let mut out = String::new();
    if tens > 1 {
        out.extend(digit(tens));
    }
    if tens > 0 {
        out.push('十');
    }
    if ones > 0 || tens == 0 {
        out.extend(digit(ones));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates() {
        let check = |iso: &str, expected: Option<&str>| assert_eq!(chinese_date(iso).as_deref(), expected, "{iso}");
        check("2020-07-25", Some("二〇二〇年七月二十五日"));
        check("2020-10-10", Some("二〇二〇年十月十日"));
        check("2021-12-31", Some("二〇二一年十二月三十一日"));
        check("2020-01-20", Some("二〇二〇年一月二十日"));
        check("2020-13-01", None);
        check("2020-7-5", None);
        check("25.07.2020", None);
    }
}
