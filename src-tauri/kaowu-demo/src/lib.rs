//! The invented event, played by the use cases themselves: whole, with everything compared with what must come out
//! ([`play`]), or up to a moment of it at which somebody learns the program ([`stage`]). A drill: its papers say so.
//!
//! Each step stands once, in `headquarters`, `trials` or `venue`; the play and the stages only say which steps there are.

mod clock;
mod compare;
mod data;
mod folders;
mod hand;
mod headquarters;
mod invent;
mod later;
mod play;
mod practice;
mod staff;
mod stage;
mod summary;
mod tie;
mod trials;
mod venue;

pub use data::write_data;
pub use hand::Progress;
pub use invent::{Invented, Invention, invent_practice};
pub use play::{Play, Played, play};
pub use stage::{DemoStage, Staged, stage};
pub use summary::StepRow;

#[cfg(test)]
mod handle_tests;
#[cfg(test)]
mod tests;
