//! The words of the command line.

use chrono::{DateTime, FixedOffset};
use clap::{Args, Parser, Subcommand, ValueEnum};
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
    /// The teams sent on whole.
    Delegations(ListArgs),
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
    /// The journal.
    #[command(subcommand)]
    Journal(JournalVerb),
    /// Copies the database safely.
    Backup(OutArgs),
    /// Plays the whole event in a fresh folder.
    Demo(DemoArgs),
}

#[derive(Subcommand)]
pub(crate) enum EventVerb {
    /// Makes a new event.
    New {
        /// A bundled plan's name, or a plan file.
        #[arg(long)]
        plan: String,
        /// An exercise 演练.
        #[arg(long)]
        drill: bool,
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
    Import {
        /// Workbooks or CSV files.
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// Stage; the plan's first where not given.
        #[arg(long)]
        stage: Option<String>,
        /// A copy of the workbook with the faults marked (one file), or a folder for the copies.
        #[arg(long)]
        report: Option<PathBuf>,
        /// Takes over the changes of a file that was imported before.
        #[arg(long)]
        accept: bool,
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
    /// The people entered.
    List(ListArgs),
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
    },
    /// Checks the seats against the rules.
    Verify(StageArgs),
    /// The seats.
    List(ListArgs),
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

#[derive(Subcommand)]
pub(crate) enum MarksVerb {
    /// Imports one pass.
    Import {
        #[command(flatten)]
        part: PartArgs,
        /// Which pass.
        #[arg(long, value_parser = clap::value_parser!(u8).range(1..=2))]
        pass: u8,
        /// The workbook.
        file: PathBuf,
    },
    /// Keys one mark.
    Key {
        #[command(flatten)]
        part: PartArgs,
        /// Which pass.
        #[arg(long, value_parser = clap::value_parser!(u8).range(1..=2))]
        pass: u8,
        /// ID number or candidate number.
        person: String,
        /// The mark, 缺考 or 违纪.
        mark: String,
    },
    /// Where the passes differ.
    Differences(PartArgs),
    /// Decides a mark against the paper, or corrects one.
    Decide {
        #[command(flatten)]
        part: PartArgs,
        /// ID number or candidate number.
        person: String,
        /// The mark, 缺考 or 违纪.
        mark: String,
        /// Who else decides.
        #[arg(long)]
        with: Option<String>,
        /// Why.
        #[arg(long)]
        reason: String,
    },
    /// How far the keying is.
    Status(PartArgs),
}

#[derive(Subcommand)]
pub(crate) enum InterviewVerb {
    /// Draws lots before witnesses.
    Lots {
        #[command(flatten)]
        part: PartArgs,
        /// Panels.
        #[arg(long, num_args = 1.., default_value = "1")]
        panels: Vec<String>,
        /// Public seed.
        #[arg(long)]
        seed: String,
        /// Witnesses.
        #[arg(long, num_args = 1.., required = true)]
        witnesses: Vec<String>,
        /// Who missed the roll call.
        #[arg(long, num_args = 1..)]
        missing: Vec<String>,
    },
    /// HQ lets a late person in.
    Late {
        #[command(flatten)]
        part: PartArgs,
        /// ID number or candidate number.
        person: String,
        /// Panel.
        #[arg(long, default_value = "1")]
        panel: String,
        /// Why.
        #[arg(long)]
        reason: String,
    },
    /// Imports one pass over the judges' sheets.
    Import {
        #[command(flatten)]
        part: PartArgs,
        /// Which pass.
        #[arg(long, value_parser = clap::value_parser!(u8).range(1..=2))]
        pass: u8,
        /// The workbook.
        file: PathBuf,
    },
    /// Whose sheets differ.
    Differences(PartArgs),
    /// Decides a person's sheets against the paper, or corrects them.
    Decide {
        #[command(flatten)]
        part: PartArgs,
        /// ID number or candidate number.
        person: String,
        /// The judges' marks in order, or 缺考.
        #[arg(required = true)]
        marks: Vec<String>,
        /// Who else decides.
        #[arg(long)]
        with: Option<String>,
        /// Why.
        #[arg(long)]
        reason: String,
    },
}

#[derive(Args)]
pub(crate) struct WeightsArgs {
    /// Stage of the composite.
    #[arg(long)]
    pub(crate) stage: String,
    /// Weights in the plan's order, as 0.3 0.3 0.4; the plan's own where not given.
    #[arg(long, num_args = 1..)]
    pub(crate) weights: Vec<String>,
    /// The second person.
    #[arg(long)]
    pub(crate) with: Option<String>,
    /// Why.
    #[arg(long, default_value = "")]
    pub(crate) reason: String,
}

#[derive(Args)]
pub(crate) struct NominateArgs {
    /// Stage selected for.
    #[arg(long)]
    pub(crate) stage: String,
    /// Code of the city.
    #[arg(long)]
    pub(crate) city: String,
    /// Codes of the teams.
    #[arg(long, num_args = 1.., required = true)]
    pub(crate) teams: Vec<String>,
    /// Why.
    #[arg(long)]
    pub(crate) reason: String,
}

#[derive(Args)]
pub(crate) struct SubstituteArgs {
    /// Stage selected for.
    #[arg(long)]
    pub(crate) stage: String,
    /// ID number of who withdraws.
    pub(crate) id: String,
    /// Who approved.
    #[arg(long)]
    pub(crate) approver: String,
    /// Why.
    #[arg(long)]
    pub(crate) reason: String,
}

#[derive(Subcommand)]
pub(crate) enum TiesVerb {
    /// Held ties.
    List,
    /// Records how a held tie was resolved outside the program.
    Resolve {
        /// Id of the tie.
        tie: String,
        /// ID numbers or unit codes, best first.
        #[arg(long, num_args = 2.., required = true)]
        order: Vec<String>,
        /// By what.
        #[arg(long, value_enum)]
        how: HowArg,
        /// Who watched or decided.
        #[arg(long, num_args = 1.., required = true)]
        by: Vec<String>,
        /// Record or document it rests on.
        #[arg(long)]
        reason: String,
    },
}

/// By what a tie was resolved.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum HowArg {
    Key,
    ExtraTest,
    Lots,
}

#[derive(Args)]
pub(crate) struct StandingsArgs {
    /// Id of the standing in the plan: people, county, city.
    #[arg(long)]
    pub(crate) kind: String,
    /// CSV on stdout.
    #[arg(long)]
    pub(crate) csv: bool,
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
pub(crate) struct WhyArgs {
    /// ID number or name.
    pub(crate) person: String,
    /// Stage of the composite; the last one where not given.
    #[arg(long)]
    pub(crate) stage: Option<String>,
}

#[derive(Args)]
pub(crate) struct OutArgs {
    /// File to write.
    #[arg(long)]
    pub(crate) out: PathBuf,
}

#[derive(Args)]
pub(crate) struct PapersArgs {
    /// Which paper.
    #[arg(value_enum)]
    pub(crate) kind: PaperArg,
    /// Stage.
    #[arg(long)]
    pub(crate) stage: Option<String>,
    /// Part.
    #[arg(long)]
    pub(crate) part: Option<String>,
    /// Only this site.
    #[arg(long)]
    pub(crate) site: Option<String>,
    /// Id of the standing, for standings.
    #[arg(long, default_value = "people")]
    pub(crate) list: String,
    /// Folder of the fonts.
    #[arg(long, env = "KAOWU_FONTS", default_value = "assets/fonts")]
    pub(crate) fonts: PathBuf,
    /// PDF to write.
    #[arg(long)]
    pub(crate) out: PathBuf,
}

/// A paper.
#[derive(Clone, Copy, ValueEnum, PartialEq, Eq)]
pub(crate) enum PaperArg {
    SeatChart,
    SignIn,
    RoomRecord,
    DrawProof,
    InterviewSummary,
    Standings,
}

#[derive(Subcommand)]
pub(crate) enum CertificatesVerb {
    /// Confirms every award that follows from standings.
    Confirm {
        /// Number of the document.
        #[arg(long)]
        document: String,
    },
    /// Prints the certificates of confirmed awards.
    Print {
        /// Folder of the fonts.
        #[arg(long, env = "KAOWU_FONTS", default_value = "assets/fonts")]
        fonts: PathBuf,
        /// Folder for the PDFs.
        #[arg(long)]
        out: PathBuf,
        /// Only this award of the plan.
        #[arg(long)]
        award: Option<String>,
    },
    /// Checks the text of a certificate's code.
    Verify {
        /// The text read from the code.
        text: String,
    },
}

#[derive(Subcommand)]
pub(crate) enum PacketVerb {
    /// HQ issues the packet of a site.
    Issue {
        /// Stage.
        #[arg(long)]
        stage: String,
        /// Part.
        #[arg(long)]
        part: String,
        /// Site; every site of the stage where not given.
        #[arg(long)]
        site: Option<String>,
        /// Folder for the packets.
        #[arg(long)]
        out: PathBuf,
    },
    /// A laptop opens a site packet into a new database (--db), or again into its own.
    Open {
        /// The packet.
        file: PathBuf,
        /// The six words.
        #[arg(long, env = "KAOWU_WORDS")]
        words: String,
    },
    /// Writes the handover.
    Export {
        /// Folder, usually the stick.
        #[arg(long)]
        out: PathBuf,
    },
    /// HQ merges handovers.
    Merge {
        /// The handovers.
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// HQ writes the receipt of a post.
    Receipt {
        /// The post, as the merge board names it.
        #[arg(long)]
        post: String,
        /// Folder.
        #[arg(long)]
        out: PathBuf,
    },
    /// A site reads a receipt of HQ.
    ReadReceipt {
        /// The receipt.
        file: PathBuf,
    },
    /// What a packet says of itself.
    Inspect {
        /// The packet.
        file: PathBuf,
        /// The six words, where it has them.
        #[arg(long)]
        words: Option<String>,
    },
    /// The merge board.
    Board,
}

#[derive(Subcommand)]
pub(crate) enum JournalVerb {
    /// Checks every entry: hash, chain, signature.
    Verify,
    /// Makes all views anew.
    Rebuild,
    /// Lets a restored or copied database of headquarters go on under a key of its own.
    Continue,
    /// Entries about a person, seat or operator.
    Show {
        /// Text to look for.
        #[arg(default_value = "")]
        text: String,
        /// At most so many, newest last.
        #[arg(long, default_value_t = 50)]
        limit: u32,
    },
}

#[derive(Args)]
pub(crate) struct DemoArgs {
    /// A fresh folder.
    #[arg(long, default_value = "demo")]
    pub(crate) out: PathBuf,
    /// The event's files.
    #[arg(long, default_value = "tests/fixtures/jiangsu-2020")]
    pub(crate) data: PathBuf,
    /// Fonts.
    #[arg(long, env = "KAOWU_FONTS", default_value = "assets/fonts")]
    pub(crate) fonts: PathBuf,
}
