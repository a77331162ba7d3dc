//! Days, weeks and months of a practice year.

use crate::plan::{ContestDays, PracticePlan};
use chrono::{Datelike, Days, NaiveDate, Weekday};
use std::fmt;

/// A month of a year; as text `2020-05`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    /// Year.
    pub year: i32,
    /// Month, 1–12.
    pub month: u32,
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

impl Month {
    /// Reads `2020-05`, `2020年5月`, `202005`.
    pub fn read(text: &str) -> Option<Self> {
        let numbers = numbers(text);
        let (year, month) = match numbers.as_slice() {
            [year, month, ..] => (*year, *month),
            [both] => (both / 100, both % 100),
            [] => return None,
        };
        let year = i32::try_from(year).ok().filter(|y| (1900..2200).contains(y))?;
        (1..=12).contains(&month).then_some(Self { year, month })
    }

    fn next(self) -> Self {
        if self.month == 12 { Self { year: self.year + 1, month: 1 } } else { Self { month: self.month + 1, ..self } }
    }

    fn first(self) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(self.year, self.month, 1)
    }

    fn last(self) -> Option<NaiveDate> {
        self.next().first()?.pred_opt()
    }
}

/// The month of a day.
pub fn month_of(day: NaiveDate) -> Month {
    Month { year: day.year(), month: day.month() }
}

/// The months of the period whose contest lies in it.
pub fn months(plan: &PracticePlan) -> impl Iterator<Item = Month> {
    let (from, to) = (plan.from, plan.to);
    let rule = plan.monthly.days;
    std::iter::successors(Some(month_of(from)), |m| Some(m.next()))
        .take_while(move |m| m.first().is_some_and(|first| first <= to))
        .filter(move |m| contest_days(rule, *m).iter().any(|day| *day >= from && *day <= to))
}

/// The days of a month on which its contest is. The last weekend is the last Saturday and Sunday that both lie in the month:
/// 31 October 2020 is a Saturday, so October's contest was on 24 and 25 October (RULES.md §3.15).
pub fn contest_days(rule: ContestDays, month: Month) -> Vec<NaiveDate> {
    let (Some(first), Some(last)) = (month.first(), month.last()) else { return Vec::new() };
    match rule {
        ContestDays::AnyDay => first.iter_days().take_while(|day| *day <= last).collect(),
        ContestDays::LastWeekend => {
            let sunday = last.checked_sub_days(Days::new(u64::from(last.weekday().num_days_from_sunday())));
            sunday.and_then(|sunday| Some(vec![sunday.pred_opt()?, sunday])).unwrap_or_default()
        }
    }
}

/// The Monday of a day's week.
pub fn week_of(day: NaiveDate) -> NaiveDate {
    day.week(Weekday::Mon).checked_first_day().unwrap_or(day)
}

/// The Mondays of all weeks that touch the period.
pub fn weeks(plan: &PracticePlan) -> impl Iterator<Item = NaiveDate> {
    let to = plan.to;
    std::iter::successors(Some(week_of(plan.from)), |monday| monday.checked_add_days(Days::new(7))).take_while(move |monday| *monday <= to)
}

/// The first day that a text names: `2020-05-04`, `2020/5/4 08:31`, `2020年5月4日`, `20200504`; without a year (`5月4日`) the one
/// such day of the period.
pub fn day_in(text: &str, from: NaiveDate, to: NaiveDate) -> Option<NaiveDate> {
    if let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text.as_bytes() {
        let digits = [y1, y2, y3, y4, m1, m2, d1, d2];
        if digits.iter().all(|b| b.is_ascii_digit()) {
            let at = |b: &u8| u32::from(b - b'0');
            let year = i32::try_from(at(y1) * 1000 + at(y2) * 100 + at(y3) * 10 + at(y4)).ok()?;
            return NaiveDate::from_ymd_opt(year, at(m1) * 10 + at(m2), at(d1) * 10 + at(d2));
        }
    }
    let numbers = numbers(text);
    match numbers.as_slice() {
        [whole, ..] if *whole >= 19_000_101 => NaiveDate::from_ymd_opt(i32::try_from(whole / 10_000).ok()?, whole / 100 % 100, whole % 100),
        [year, month, day, ..] if (1900..2200).contains(year) => NaiveDate::from_ymd_opt(i32::try_from(*year).ok()?, *month, *day),
        [month, day] if text.contains('月') => {
            let mut there = (from.year()..=to.year())
                .filter_map(|year| NaiveDate::from_ymd_opt(year, *month, *day))
                .filter(|found| *found >= from && *found <= to);
            there.next().filter(|_| there.next().is_none())
        }
        _ => None,
    }
}

/// The runs of digits in a text, full-width ones too.
fn numbers(text: &str) -> Vec<u32> {
    let half = |c: char| match c {
        '０'..='９' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        c => c,
    };
    let plain: String = text.chars().take(60).map(half).collect();
    plain.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty()).map_while(|run| run.parse().ok()).collect()
}
