//! Before the day: the event, rosters, rooms and seats.

use super::{ListArgs, SlipArgs, StageArgs};
use clap::{Args, Subcommand};
use std::path::PathBuf;

#[derive(Subcommand)]
pub(crate) enum EventVerb {
    /// Makes a new event. One that counts is protected from its first byte on: --operator becomes its first, with a PIN (--pin-file,
    /// KAOWU_PIN; else it is asked for), and the six words for the safe are shown.
    New {
        /// A bundled plan's name, or a plan file.
        #[arg(long)]
        plan: String,
        /// An exercise 演练.
        #[arg(long)]
        drill: bool,
        /// Open all the same: no PIN, nothing encrypted.
        #[arg(long)]
        open: bool,
        #[command(flatten)]
        slip: SlipArgs,
    },
    /// The event and its plan.
    Show,
    /// Checks a plan file.
    CheckPlan {
        /// The file.
        file: PathBuf,
    },
    /// The bundled plans.
    Plans,
}

#[derive(Subcommand)]
pub(crate) enum RosterVerb {
    /// Imports rosters.
    Import(ImportArgs),
    /// Closes the roster: from then on a change needs a reason and a second person.
    Close {
        /// Stage; the plan's first where not given.
        #[arg(long)]
        stage: Option<String>,
        /// Why, before the day on which it is due is over.
        #[arg(long, default_value = "")]
        reason: String,
    },
    /// Opens it again.
    Reopen {
        /// Stage; the plan's first where not given.
        #[arg(long)]
        stage: Option<String>,
        /// Why.
        #[arg(long)]
        reason: String,
        /// The second person.
        #[arg(long)]
        second: String,
    },
    /// Imports an exclusion list.
    Exclude {
        /// The list.
        file: PathBuf,
    },
    /// Who may not take part, who is suspect, which units are below their minimum.
    Findings(ListArgs),
    /// Clears a suspect.
    Clear(RulingArgs),
    /// Confirms a suspect as excluded.
    Confirm(RulingArgs),
    /// Takes one person off the roster.
    Withdraw(RulingArgs),
    /// Takes a withdrawal back.
    Reinstate(RulingArgs),
    /// Who withdrew.
    Withdrawn(ListArgs),
    /// Accepts that a unit enters fewer people than the plan asks for.
    AcceptBelow {
        /// Code of the unit.
        unit: String,
        /// Why.
        #[arg(long)]
        reason: String,
        /// Stage; the plan's first where not given.
        #[arg(long)]
        stage: Option<String>,
    },
    /// The people entered.
    List(ListArgs),
}

#[derive(Args)]
pub(crate) struct ImportArgs {
    /// Workbooks or CSV files.
    #[arg(required = true)]
    pub(crate) files: Vec<PathBuf>,
    /// Stage; the plan's first where not given.
    #[arg(long)]
    pub(crate) stage: Option<String>,
    /// A copy of the workbook with the faults marked (one file), or a folder for the copies.
    #[arg(long)]
    pub(crate) report: Option<PathBuf>,
    /// Takes over the changes of a file that was imported before.
    #[arg(long)]
    pub(crate) accept: bool,
    /// Why, once the roster is closed.
    #[arg(long, requires = "second")]
    pub(crate) reason: Option<String>,
    /// The second person, once the roster is closed.
    #[arg(long, requires = "reason")]
    pub(crate) second: Option<String>,
}

#[derive(Args)]
pub(crate) struct RulingArgs {
    /// ID number.
    pub(crate) id: String,
    /// Why.
    #[arg(long)]
    pub(crate) reason: String,
    /// Stage; the plan's first where not given.
    #[arg(long)]
    pub(crate) stage: Option<String>,
}

#[derive(Subcommand)]
pub(crate) enum RoomsVerb {
    /// Imports rooms.
    Import {
        /// The list of rooms.
        file: PathBuf,
    },
}

#[derive(Subcommand)]
pub(crate) enum SeatsVerb {
    /// Draws seats and candidate numbers.
    Draw {
        #[command(flatten)]
        stage: StageArgs,
        /// The published seed.
        #[arg(long)]
        seed: String,
        /// How the seed was chosen, for the proof sheet.
        #[arg(long, default_value = "")]
        how: String,
    },
    /// Checks the seats against the rules: those that stand, or a plan in a file, ours or not.
    Verify(VerifyArgs),
    /// Writes the draw as it is published: seed, rooms and units without ID numbers, and the seats.
    Publish {
        #[command(flatten)]
        stage: StageArgs,
        /// File to write.
        #[arg(long)]
        out: PathBuf,
    },
    /// Draws again from a published file and compares; needs no database.
    Replay {
        /// The file.
        file: PathBuf,
    },
    /// Gives a late entry a spare seat; nobody else moves.
    Late(PinArgs),
    /// Says what a person needs of a seat; without any, takes it back.
    Needs {
        #[command(flatten)]
        person: PinArgs,
        /// A seat in the front row.
        #[arg(long)]
        front_row: bool,
        /// A seat near the door.
        #[arg(long)]
        near_door: bool,
        /// A room of one's own.
        #[arg(long)]
        own_room: bool,
    },
    /// Draws one room again; all others stay.
    Redraw {
        #[command(flatten)]
        stage: StageArgs,
        /// Site.
        #[arg(long)]
        site: String,
        /// Room.
        #[arg(long)]
        room: String,
        /// A seed for this room.
        #[arg(long)]
        seed: String,
        /// Why; needed once a packet of the stage is issued.
        #[arg(long, default_value = "")]
        reason: String,
    },
    /// Two people of one site exchange seat and candidate number; again undoes it.
    Swap {
        #[command(flatten)]
        stage: StageArgs,
        /// ID number or candidate number.
        first: String,
        /// ID number or candidate number.
        second: String,
        /// Why; needed once a packet of the stage is issued.
        #[arg(long, default_value = "")]
        reason: String,
    },
    /// Pins a person where they sit: every later draw leaves them there.
    Pin(PinArgs),
    /// Takes a pin back.
    Unpin(PinArgs),
    /// The seats.
    List(ListArgs),
}

#[derive(Args)]
pub(crate) struct VerifyArgs {
    /// A workbook or CSV with room, seat, person and unit; without one, the seats that stand.
    pub(crate) file: Option<PathBuf>,
    /// Stage.
    #[arg(long, required_unless_present = "rooms")]
    pub(crate) stage: Option<String>,
    /// Checks against this list of rooms alone, without a database.
    #[arg(long, requires = "file", conflicts_with = "stage")]
    pub(crate) rooms: Option<PathBuf>,
    /// Counts diagonal neighbours too; only with --rooms, otherwise the plan says it.
    #[arg(long, requires = "rooms")]
    pub(crate) diagonals: bool,
}

#[derive(Args)]
pub(crate) struct PinArgs {
    #[command(flatten)]
    pub(crate) stage: StageArgs,
    /// ID number or candidate number.
    pub(crate) person: String,
    /// Why.
    #[arg(long)]
    pub(crate) reason: String,
}
