//! Before the day: the closed roster and what comes after it, withdrawals, units that entered too few (RULES.md §2, §3.8).

mod closing;
mod minimum;
mod withdrawal;

pub use closing::{LateGrounds, RosterState};
pub use minimum::BelowRow;
pub use withdrawal::WithdrawnRow;
