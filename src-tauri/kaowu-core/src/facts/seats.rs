//! Rooms, the draw, and each person's seat.

use crate::identity::{CandidateNumber, RoomNumber, SiteCode};
use serde::{Deserialize, Serialize};

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
    /// Hash of the plan.
    pub hash: String,
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
