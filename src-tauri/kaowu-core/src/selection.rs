//! Who goes on to the next stage (RULES.md §2, §3.2–7).

use crate::identity::{IdNumber, UnitCode};
use serde::{Deserialize, Serialize};

/// A person selected for a stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Selected {
    /// The person.
    pub id: IdNumber,
    /// Name of the rule that took them: 代表队, 个人, 省厅.
    #[serde(rename = "as")]
    pub rule: String,
    /// The unit of the rule's `per` tier the place belongs to: the city, the department, the post.
    pub group: UnitCode,
    /// The team, when the rule makes teams.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<UnitCode>,
}
