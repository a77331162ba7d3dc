//! The law of Kaowu, pure and exact: plans, candidates, rooms and seats, marks, standings, selection, awards.
//!
//! What is absent here: SQL, files, clocks, randomness, floating point and Tauri. Times, seeds and the outcome of lots
//! come in as arguments; everything that can be wrong comes out as an enum that names it.

pub mod award;
pub mod coded;
pub mod composite;
pub mod day;
pub mod eligibility;
pub mod facts;
pub mod figure;
pub mod hidden;
pub mod identity;
pub mod interview;
pub mod journal;
pub mod keys;
pub mod marks;
pub mod operators;
pub mod plan;
pub mod practice;
pub mod roster;
pub mod seating;
pub mod selection;
pub mod spread;
pub mod staff;
pub mod stages;
pub mod standing;
pub mod substitution;
pub mod why;
pub mod words;
