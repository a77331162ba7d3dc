//! The words of the command line.

mod before;
mod certificates;
mod day;
mod handover;
mod marks;
mod operators;
mod papers;
mod practice;
mod results;
mod staff;
mod stages;

pub(crate) use before::{EventVerb, ImportArgs, PinArgs, RoomsVerb, RosterVerb, RulingArgs, SeatsVerb, VerifyArgs};
pub(crate) use certificates::{CertificatesVerb, FontArgs, LookArgs, SlipArgs};
use chrono::{DateTime, FixedOffset};
use clap::{Args, Parser, Subcommand, ValueEnum};
pub(crate) use day::{CheckinArgs, IncidentVerb, RoomVerb, UndoArgs};
pub(crate) use handover::{BackupArgs, JournalVerb, KeyArg, KeysVerb, PacketVerb};
pub(crate) use marks::{InterviewVerb, MarksVerb};
pub(crate) use operators::{OperatorsVerb, WordsArgs};
pub(crate) use papers::{OfArg, PaperArg, PapersArgs};
pub(crate) use practice::{PracticeKindArg, PracticeListArg, PracticeListArgs, PracticeVerb};
pub(crate) use results::{HowArg, NominateArgs, StandingsArgs, SubstituteArgs, TiesVerb, WeightsArgs, WhyArgs};
pub(crate) use staff::{ArchiveVerb, OpenerArgs, PersonalDataVerb, StaffVerb};
pub(crate) use stages::{NameArgs, ResultArgs, StagesVerb};
use std::path::PathBuf;

/// 考务 Kaowu: exam-day administration without network.
#[derive(Parser)]
#[command(name = "kaowu-cli", version, about, disable_help_subcommand = true)]
pub(crate) struct Cli {
    /// The event's database.
    #[arg(long, global = true, env = "KAOWU_DB", default_value = "event.kaowu-db")]
    pub(crate) db: PathBuf,
    /// Who acts; the name goes into the journal.
    #[arg(long, global = true, env = "KAOWU_OPERATOR")]
    pub(crate) operator: Option<String>,
    /// File with the operator's PIN, in a protected event; else KAOWU_PIN, else it is asked for at the terminal. A PIN is no argument:
    /// everybody on the machine sees those.
    #[arg(long, global = true)]
    pub(crate) pin_file: Option<PathBuf>,
    /// The second person, where an act takes one in a protected event.
    #[arg(long, global = true)]
    pub(crate) second: Option<String>,
    /// File with the second person's PIN; else KAOWU_SECOND_PIN, else the terminal.
    #[arg(long, global = true)]
    pub(crate) second_pin_file: Option<PathBuf>,
    /// One JSON value on stdout.
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// Language of messages.
    #[arg(long, global = true, value_enum, default_value_t = LangArg::Zh)]
    pub(crate) lang: LangArg,
    /// Acts at this time (RFC 3339); only in a drill.
    #[arg(long, global = true)]
    pub(crate) at: Option<DateTime<FixedOffset>>,
    #[command(subcommand)]
    pub(crate) verb: Verb,
}

/// A language.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum LangArg {
    Zh,
    En,
}

impl From<LangArg> for kaowu_core::words::Lang {
    fn from(lang: LangArg) -> Self {
        match lang {
            LangArg::Zh => Self::Zh,
            LangArg::En => Self::En,
        }
    }
}

#[derive(Subcommand)]
pub(crate) enum Verb {
    /// The event: make one, look at it.
    #[command(subcommand)]
    Event(EventVerb),
    /// Operators, their roles and PINs; encryption.
    #[command(subcommand)]
    Operators(OperatorsVerb),
    /// Rosters, exclusion lists, findings.
    #[command(subcommand)]
    Roster(RosterVerb),
    /// Rooms.
    #[command(subcommand)]
    Rooms(RoomsVerb),
    /// The draw of seats.
    #[command(subcommand)]
    Seats(SeatsVerb),
    /// Check-in at a room door.
    Checkin(CheckinArgs),
    /// Takes a check-in back.
    CheckinUndo(UndoArgs),
    /// Fixes as absent who has not come to a room.
    Absence(RoomArgs),
    /// Takes an absence back.
    AbsenceUndo(UndoArgs),
    /// Incidents.
    #[command(subcommand)]
    Incident(IncidentVerb),
    /// Room records and signatures.
    #[command(subcommand)]
    Room(RoomVerb),
    /// Written marks.
    #[command(subcommand)]
    Marks(MarksVerb),
    /// Interview: lots and judges' sheets.
    #[command(subcommand)]
    Interview(InterviewVerb),
    /// Confirms the weights of a composite.
    Weights(WeightsArgs),
    /// HQ's own choice of a city's teams, with a reason.
    Nominate(NominateArgs),
    /// Selects the people of a stage.
    Select(StageArgs),
    /// Someone withdraws after selection; the next comes in.
    Substitute(SubstituteArgs),
    /// Held ties and their resolution.
    #[command(subcommand)]
    Ties(TiesVerb),
    /// A standing of people, counties or cities.
    Standings(StandingsArgs),
    /// Who was selected.
    Selected(ListArgs),
    /// Awards.
    Awards(ListArgs),
    /// Every title with its grounds: one that somebody has won twice is one.
    Titles(ListArgs),
    /// The teams sent on whole.
    Delegations(ListArgs),
    /// The stages that others hold: teams, substitutes, results, what members get.
    #[command(subcommand)]
    Stages(StagesVerb),
    /// People on duty: their list, the draw of invigilators, recusals, inspectors.
    #[command(subcommand)]
    Staff(StaffVerb),
    /// The whole event as one file for the records office.
    #[command(subcommand)]
    Archive(ArchiveVerb),
    /// Personal data after the time it had to be kept.
    #[command(subcommand)]
    PersonalData(PersonalDataVerb),
    /// Practice 日日学、周周练、月月比.
    #[command(subcommand)]
    Practice(PracticeVerb),
    /// Every step of a person's total.
    Why(WhyArgs),
    /// A paper as PDF.
    Papers(PapersArgs),
    /// Certificates: print, verify.
    #[command(subcommand)]
    Certificates(CertificatesVerb),
    /// All results as one workbook.
    Results(OutArgs),
    /// Packets on USB.
    #[command(subcommand)]
    Packet(PacketVerb),
    /// The keys of the event on sticks.
    #[command(subcommand)]
    Keys(KeysVerb),
    /// The journal.
    #[command(subcommand)]
    Journal(JournalVerb),
    /// Copies the database safely, once or into a ring.
    Backup(BackupArgs),
    /// Makes a database (--db) from a backup; then `journal continue`.
    Restore {
        /// The backup; it stays as it is.
        from: PathBuf,
    },
    /// Plays the whole event in a fresh folder.
    Demo(DemoArgs),
}

#[derive(Args)]
pub(crate) struct StageArgs {
    /// Stage.
    #[arg(long)]
    pub(crate) stage: String,
}

#[derive(Args)]
pub(crate) struct PartArgs {
    /// Stage; at a site that of its packet.
    #[arg(long)]
    pub(crate) stage: Option<String>,
    /// Part; at a site that of its packet.
    #[arg(long)]
    pub(crate) part: Option<String>,
}

#[derive(Args)]
pub(crate) struct RoomArgs {
    #[command(flatten)]
    pub(crate) part: PartArgs,
    /// Site; at a site its own.
    #[arg(long)]
    pub(crate) site: Option<String>,
    /// Room.
    #[arg(long)]
    pub(crate) room: String,
}

#[derive(Args)]
pub(crate) struct ListArgs {
    /// Stage, where the list has one.
    #[arg(long)]
    pub(crate) stage: Option<String>,
    /// CSV on stdout.
    #[arg(long)]
    pub(crate) csv: bool,
}

#[derive(Args)]
pub(crate) struct OutArgs {
    /// File to write.
    #[arg(long)]
    pub(crate) out: PathBuf,
}

#[derive(Args)]
pub(crate) struct DemoArgs {
    /// A fresh folder.
    #[arg(long, default_value = "demo")]
    pub(crate) out: PathBuf,
    /// The event's files; those in the program where none are named.
    #[arg(long)]
    pub(crate) data: Option<PathBuf>,
    /// Fonts.
    #[arg(long, env = "KAOWU_FONTS", default_value = "assets/fonts")]
    pub(crate) fonts: PathBuf,
}
