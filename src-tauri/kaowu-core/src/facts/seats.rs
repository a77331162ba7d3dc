//! Rooms, the draw, and each person's seat.

use crate::identity::{CandidateNumber, RoomNumber, SiteCode};
use crate::seating::{Need, Neighbours};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A room of a site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoomFact {
    /// Name of the site, as on papers.
    pub site_name: String,
    /// Seats of each column, left to right as the invigilator faces the room: `[7, 8, 8, 7]`.
    pub columns: Vec<u8>,
    /// Corner of seat 1: `front-left`, `front-right`, `back-left`, `back-right`.
    pub corner: String,
    /// `serpentine` or `straight`.
    pub numbering: String,
    /// Unusable places as `column-row`, counted from 1.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unusable: Vec<String>,
    /// Corner at which the door is, as `corner`; empty where nobody said.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub door: String,
}

/// The draw of a stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DrawFact {
    /// The seed as published.
    pub seed: String,
    /// People seated.
    pub people: u32,
    /// Rooms used.
    pub rooms: u32,
    /// Neighbouring pairs of one unit that remain.
    pub pairs: u32,
    /// Least number any plan can reach.
    pub bound: u32,
    /// Hash of the plan: candidate number and ID number of everybody.
    pub hash: String,
    /// How the seed was chosen, for the proof sheet: by lot before whom, or from which published number.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub how: String,
    /// Hash of the seats as they are published, without ID numbers ([`crate::seating::public_hash`]).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub public_hash: String,
}

/// What the draw came to in one room; key: stage, site, room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoomDrawFact {
    /// People seated.
    pub people: u32,
    /// Neighbouring pairs of one unit that remain.
    pub pairs: u32,
    /// Least number any arrangement of these people can reach.
    pub bound: u32,
    /// Who counts as a neighbour in these two figures.
    pub neighbours: Neighbours,
    /// The seed, where the room was drawn again by itself.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub seed: String,
    /// Why it was.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// What a person needs of a seat; key: stage, person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NeedFact {
    /// What.
    pub needs: BTreeSet<Need>,
    /// Why: the ground on which HQ granted it.
    pub reason: String,
}

/// Where a person sits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeatFact {
    /// Site.
    pub site: SiteCode,
    /// Room.
    pub room: RoomNumber,
    /// Seat number from 1.
    pub seat: u16,
    /// Candidate number 准考证号.
    pub number: CandidateNumber,
}

/// A person who keeps a seat at every draw; key: stage, person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PinFact {
    /// Site.
    pub site: SiteCode,
    /// Room.
    pub room: RoomNumber,
    /// Seat number from 1.
    pub seat: u16,
    /// Why.
    pub reason: String,
}
