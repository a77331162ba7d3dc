//! From marks to awards (RULES.md §2–§4).

mod awards;
mod composites;
mod selection;
mod standings;
pub(crate) mod table;
mod ties;
mod titles;
mod why;

pub use awards::{AwardRow, DelegationRow, OpenAwards};
pub use composites::CompositeRow;
pub use selection::{SelectedRow, SubstitutionRow};
pub use standings::{GroupRow, WhatIf};
pub use table::ResultsTable;
pub(crate) use titles::deed_of;
pub use titles::{Ground, TitleRow};
