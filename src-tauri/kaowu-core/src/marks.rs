//! Written marks: two passes, differences, decisions (RULES.md §7).

use crate::figure::Mark;
use serde::{Deserialize, Serialize};

/// What a sheet says of one person in one part. A mark that is *missing* is the absence of this value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MarkValue {
    /// A mark.
    Given(Mark),
    /// 缺考.
    Absent,
    /// 违纪取消.
    Void,
}
