//! What single cells of an export mean.

use super::PracticeKind;
use super::calendar::week_of;
use chrono::NaiveDate;

/// Words of a row that sums others up.
pub(super) const TOTALS: &[&str] = &["合计", "小计", "总计"];

/// The week of a day, by its Monday, or the month, by its first.
pub(super) fn period_of(kind: PracticeKind, day: NaiveDate) -> NaiveDate {
    match kind {
        PracticeKind::Daily => day,
        PracticeKind::Weekly => week_of(day),
        PracticeKind::Monthly => chrono::Datelike::with_day(&day, 1).unwrap_or(day),
    }
}

pub(super) fn mark_day(days: &mut Vec<u64>, from: NaiveDate, day: NaiveDate) {
    let Ok(at) = usize::try_from((day - from).num_days()) else { return };
    if days.len() <= at / 64 {
        days.resize(at / 64 + 1, 0);
    }
    days[at / 64] |= 1 << (at % 64);
}

/// Whether a cell of a day's column says that somebody was there: empty, 0 of anything and words of denial say no.
pub(super) fn was_there(cell: &str) -> bool {
    let text = cell.trim();
    let number = text.split(|c: char| !(c.is_ascii_digit() || c == '.')).next().unwrap_or("");
    let nothing = !number.is_empty() && number.chars().all(|c| matches!(c, '0' | '.'));
    !nothing && !matches!(text, "" | "否" | "无" | "×" | "x" | "X" | "-" | "—" | "/" | "未登录" | "未学习" | "FALSE")
}

/// Seconds: `345`, `5:45`, `0:05:45`, `5分45秒`, `1小时`; a cell of a clock time comes with a day before it.
pub(super) fn seconds_in(text: &str) -> Option<u32> {
    let text = text.rsplit(' ').next().unwrap_or(text);
    // The last unit that is named says how much is left of a minute or an hour.
    let unit = if text.ends_with('时') {
        3600
    } else if text.ends_with('分') || text.ends_with("分钟") {
        60
    } else {
        1
    };
    let plain = text.trim_end_matches(['秒', '钟']);
    let parts: Vec<&str> = plain.split([':', '：', '时', '分']).filter(|p| !p.is_empty()).collect();
    let mut total = 0_u32;
    for part in &parts {
        let part = part.trim().trim_end_matches('小');
        total = total.checked_mul(60)?.checked_add(part.parse().ok()?)?;
    }
    total.checked_mul(unit).filter(|_| !parts.is_empty() && parts.len() <= 3)
}
