//! Rows in which nobody stands.

use super::RawPerson;
use serde::Serialize;

/// Why nobody stands in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Skip {
    /// Nothing but perhaps a running number.
    Blank,
    /// 合计, 小计.
    Total,
    /// The header again, as at the top of each printed page.
    Header,
    /// 填表人, 注 and the like.
    Note,
}

/// A row nobody stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Skipped {
    /// Row as Excel shows it.
    pub row: u32,
    /// Why.
    pub why: Skip,
}

const TOTALS: &[&str] = &["合计", "小计", "总计", "共计", "总人数"];
const NOTES: &[&str] = &[
    "填表",
    "制表",
    "审核",
    "复核",
    "联系人",
    "负责人",
    "经办人：",
    "经办人:",
    "备注",
    "说明",
    "注：",
    "注:",
    "填报",
    "日期",
    "盖章",
    "（盖章",
    "单位（",
    "第",
];

/// Says whether a row holds nobody. A row with an ID number, or with a name beside other particulars, always holds somebody.
pub(super) fn nobody(raw: &RawPerson) -> Option<Skip> {
    let blank = |text: &str| text.chars().all(char::is_whitespace);
    let particulars = [&raw.sex, &raw.workplace, &raw.duty, &raw.phone, &raw.outer, &raw.inner];
    if !blank(&raw.id) {
        // A title that runs over the whole row is a header, a person's ID number never is one.
        return (plain(&raw.name) == "姓名" && !raw.id.chars().any(|c| c.is_ascii_digit())).then_some(Skip::Header);
    }
    let (name, serial) = (plain(&raw.name), plain(&raw.serial));
    let starts = |words: &[&str]| words.iter().any(|w| name.starts_with(w) || (name.is_empty() && serial.starts_with(w)));
    let filled = particulars.iter().filter(|t| !blank(t)).count();
    if name == "姓名" {
        Some(Skip::Header)
    } else if starts(TOTALS) {
        Some(Skip::Total)
    } else if filled <= 1 && starts(NOTES) {
        Some(Skip::Note)
    } else if name.is_empty() && filled == 0 && raw.odd.is_empty() {
        Some(Skip::Blank)
    } else {
        None
    }
}

fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
