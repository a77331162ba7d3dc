//! Interview marks: trimmed mean of a panel (RULES.md §4, §6).

use crate::figure::Mark;
use serde::{Deserialize, Serialize};

/// What the judges' sheets say of one person: absent, or per judge (outer) per criterion (inner; one value when judges
/// give a total) a mark, `None` where it is missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PanelSheet {
    /// 缺考.
    Absent,
    /// Judges in order of their numbers.
    Judges(Vec<Vec<Option<Mark>>>),
}
