//! Who works with the program.

use crate::identity::SiteCode;
use crate::operators::Role;
use serde::{Deserialize, Serialize};

/// An operator, as headquarters named them; key: the name as it goes into the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OperatorFact {
    /// What for.
    pub roles: Vec<Role>,
    /// Where; headquarters where no site stands.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sites: Vec<SiteCode>,
    /// Works no more.
    #[serde(default)]
    pub withdrawn: bool,
}
