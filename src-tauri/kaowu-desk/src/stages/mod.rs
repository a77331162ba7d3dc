//! The stages that others hold: who is sent, what they brought home, and what follows (RULES.md §2 S3–S4, §3.13–14).

mod record;
mod teams;

pub use record::{NewResult, TeamNaming};
pub(crate) use teams::{SUBSTITUTE, TeamPlan};
pub use teams::{TeamMember, TeamRow};
