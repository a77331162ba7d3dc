//! The use cases from outside: one binary over the desk.

mod bad_input;
mod packets;
mod recruitment;
mod rosters;
mod world;
