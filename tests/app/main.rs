//! The use cases from outside: one binary over the desk.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod at_rest;
mod bad_input;
mod before;
mod certificates;
mod closing;
#[path = "../power/disk.rs"]
mod disk;
mod forged;
mod four_eyes;
mod gate;
mod hostile;
mod kept;
mod later;
mod long_day;
mod long_work;
mod operators;
mod packets;
mod papers;
mod power;
mod practice;
mod recruitment;
mod rekey;
mod replaced;
mod rosters;
mod seat_changes;
mod seat_proofs;
mod seats;
mod staff;
mod trust;
mod typing;
mod verifier;
mod world;
