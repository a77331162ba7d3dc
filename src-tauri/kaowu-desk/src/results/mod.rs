//! From marks to awards (RULES.md §2–§4).

mod awards;
mod composites;
mod selection;
mod standings;
mod table;
mod ties;
mod why;

pub use awards::{AwardRow, DelegationRow, OpenAwards};
pub use composites::CompositeRow;
pub use selection::{SelectedRow, SubstitutionRow};
pub use standings::{GroupRow, WhatIf};
pub use table::ResultsTable;
