//! Practice 日日学、周周练、月月比.

use clap::{Args, Subcommand, ValueEnum};
use std::path::PathBuf;

#[derive(Subcommand)]
pub(crate) enum PracticeVerb {
    /// Imports exports of the platform; each file is one entry.
    Import {
        /// Workbooks or CSV files.
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// What they hold.
        #[arg(long, value_enum)]
        kind: PracticeKindArg,
        /// Week (any of its days) or month of rows that name none; the file's name says it where not given.
        #[arg(long)]
        of: Option<String>,
        /// Takes over the changes of a file that was imported before.
        #[arg(long)]
        accept: bool,
        /// Reads and compares only; writes nothing.
        #[arg(long)]
        look: bool,
    },
    /// Takes an imported export back.
    Remove {
        /// The file's name.
        file: String,
        /// What it held.
        #[arg(long, value_enum)]
        kind: PracticeKindArg,
        /// Why.
        #[arg(long)]
        reason: String,
    },
    /// Imported exports.
    Files,
    /// A list of honours, or participation.
    List(PracticeListArgs),
    /// Names without ID number, and whom they may mean.
    Suspects,
    /// Says who a name without ID number is.
    Match {
        /// Code of the unit; not with --strangers.
        #[arg(long, required_unless_present = "strangers")]
        unit: Option<String>,
        /// The name.
        #[arg(long, required_unless_present = "strangers")]
        name: Option<String>,
        /// The person's ID number; somebody of their own where not given.
        #[arg(long)]
        is: Option<String>,
        /// Every undecided name of which nobody is known is somebody of their own.
        #[arg(long, conflicts_with_all = ["unit", "name", "is"])]
        strangers: bool,
        /// Why.
        #[arg(long)]
        reason: String,
    },
    /// Held ties of weeks, contests and the year; resolved by `ties resolve`.
    Ties,
    /// Confirms the year's best with the number of a document.
    Confirm {
        /// Number of the document.
        #[arg(long)]
        document: String,
    },
    /// Records which units have the prize for organising practice.
    Decide {
        /// Codes of the units.
        #[arg(long, num_args = 1.., required = true)]
        units: Vec<String>,
        /// Number of the document.
        #[arg(long)]
        document: String,
    },
    /// All lists as one workbook.
    Workbook {
        /// File to write.
        #[arg(long)]
        out: PathBuf,
    },
    /// A list as PDF for the notice board, without ID numbers.
    Paper {
        #[command(flatten)]
        list: PracticeListArgs,
        /// File to write.
        #[arg(long)]
        out: PathBuf,
        /// Fonts.
        #[arg(long, env = "KAOWU_FONTS", default_value = "assets/fonts")]
        fonts: PathBuf,
    },
    /// Writes invented exports of any size, to try things with.
    Invent {
        /// Folder.
        #[arg(long)]
        out: PathBuf,
        /// The plan; jiangsu-2020 where not given.
        #[arg(long, default_value = "jiangsu-2020")]
        plan: String,
        /// People.
        #[arg(long, default_value_t = 40_000)]
        people: usize,
        /// Days from the first of the period on.
        #[arg(long, default_value_t = 366)]
        days: u32,
        /// Weeks from the first of the period on.
        #[arg(long, default_value_t = 53)]
        weeks: usize,
        /// Of how many people the score exports lack the ID number.
        #[arg(long, default_value_t = 0)]
        unnamed: usize,
    },
}

#[derive(Args)]
pub(crate) struct PracticeListArgs {
    /// Which list.
    #[arg(long, value_enum)]
    pub(crate) kind: PracticeListArg,
    /// A week (any of its days) or a month; all there are where not given.
    #[arg(long)]
    pub(crate) of: Option<String>,
    /// Tier of units for participation; the plan's first where not given.
    #[arg(long)]
    pub(crate) tier: Option<String>,
    /// CSV on stdout.
    #[arg(long)]
    pub(crate) csv: bool,
}

/// What an export holds.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum PracticeKindArg {
    Daily,
    Weekly,
    Monthly,
}

/// Which list.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum PracticeListArg {
    Daily,
    Weekly,
    Monthly,
    Year,
    Participation,
}
