//! Names of things: people, units, stages, parts, sites, rooms (RULES.md §1). All of them are text; none is a number.

use crate::hidden::folded;
use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Default)]
        #[serde(transparent)]
        pub struct $name(pub String);
        impl $name {
            /// The text itself.
            pub fn as_str(&self) -> &str { &self.0 }
        }
        impl From<&str> for $name { fn from(s: &str) -> Self { Self(s.to_owned()) } }
        impl From<String> for $name { fn from(s: String) -> Self { Self(s) } }
        impl fmt::Display for $name { fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(&self.0) } }
        impl AsRef<str> for $name { fn as_ref(&self) -> &str { &self.0 } }
    };
}

text_id! { /// An ID number 身份证号, 18 characters, upper-case X. Made from foreign text only by [`crate::roster`].
IdNumber }
text_id! { /// A unit's code (GB/T 2260 or one of the plan's own): the only thing that identifies a unit.
UnitCode }
text_id! { /// A stage of the event, as the plan names it: `city`, `province`.
StageId }
text_id! { /// A part within a stage: `written`, `interview`.
PartId }
text_id! { /// A site 考点: the city code and a two-digit number within the city, `3201-01`.
SiteCode }
text_id! { /// A room 考场 within its site: `001`.
RoomNumber }
text_id! { /// A candidate number 准考证号, always text.
CandidateNumber }
text_id! { /// A panel of judges: `1`, `A`.
PanelId }
text_id! { /// A person who works with the program: the name as it goes into the journal.
Operator }
text_id! { /// A tier of units in the plan: `city`, `county`, `post`.
TierId }
text_id! { /// A list of the plan by its own name: a standing, an award, a delegation.
ListId }
text_id! { /// A device: the SHA-256 of its public key, in hex.
DeviceId }
text_id! { /// A journal entry: the SHA-256 of its stored bytes, in hex.
EntryId }

impl Operator {
    /// Whether both names are one person's: spaces, widths and cases make no second one.
    pub fn is_same_person(&self, other: &Self) -> bool {
        // Nearly every name is ideographs, which fold to themselves.
        let plain = |name: &str| name.chars().all(|c| matches!(c, '\u{4E00}'..='\u{9FFF}'));
        self == other || (!(plain(&self.0) && plain(&other.0)) && folded(&self.0) == folded(&other.0))
    }
}
