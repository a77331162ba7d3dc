//! The day: the door, incidents, room records.

use super::{PartArgs, RoomArgs};
use clap::{Args, Subcommand};

#[derive(Args)]
pub(crate) struct CheckinArgs {
    #[command(flatten)]
    pub(crate) room: RoomArgs,
    /// Candidate number or ID number.
    #[arg(required = true)]
    pub(crate) documents: Vec<String>,
}

#[derive(Args)]
pub(crate) struct UndoArgs {
    #[command(flatten)]
    pub(crate) part: PartArgs,
    /// Candidate number or ID number.
    pub(crate) document: String,
    /// Why.
    #[arg(long)]
    pub(crate) reason: String,
}

#[derive(Subcommand)]
pub(crate) enum IncidentVerb {
    /// Reports an incident.
    Report {
        #[command(flatten)]
        part: PartArgs,
        /// Candidate number or ID number.
        document: String,
        /// Clause of the catalogue.
        #[arg(long)]
        clause: String,
        /// What happened.
        #[arg(long)]
        facts: String,
        /// Invigilators, two.
        #[arg(long, num_args = 2, required = true)]
        invigilators: Vec<String>,
        /// Why the candidate did not sign; signed where not given.
        #[arg(long)]
        unsigned: Option<String>,
    },
    /// HQ upholds an incident.
    Uphold {
        /// Id of the incident.
        incident: String,
        /// Why.
        #[arg(long)]
        reason: String,
    },
    /// HQ dismisses an incident.
    Dismiss {
        /// Id of the incident.
        incident: String,
        /// Why.
        #[arg(long)]
        reason: String,
    },
    /// All incidents.
    List,
}

#[derive(Subcommand)]
pub(crate) enum RoomVerb {
    /// Who is there, absent, awaited.
    Status(RoomArgs),
    /// Writes the room record.
    Record {
        #[command(flatten)]
        room: RoomArgs,
        /// Papers issued.
        #[arg(long)]
        issued: u32,
        /// Papers used.
        #[arg(long)]
        used: u32,
        /// Papers of absent people.
        #[arg(long)]
        absent_papers: u32,
        /// Spare papers.
        #[arg(long)]
        spare: u32,
        /// Papers returned.
        #[arg(long)]
        returned: u32,
        /// People present as counted; what was checked in where not given.
        #[arg(long)]
        present: Option<u32>,
        /// Invigilators, two.
        #[arg(long, num_args = 2, required = true)]
        invigilators: Vec<String>,
    },
    /// Signs a room off.
    Sign {
        #[command(flatten)]
        room: RoomArgs,
        /// Who signs.
        #[arg(long, num_args = 1.., required = true)]
        signers: Vec<String>,
    },
}
