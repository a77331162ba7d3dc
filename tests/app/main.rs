//! The use cases from outside: one binary over the desk.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod bad_input;
mod certificates;
mod kept;
mod long_work;
mod packets;
mod recruitment;
mod rosters;
mod seats;
mod world;
