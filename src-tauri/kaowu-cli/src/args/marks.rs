//! Written marks and the interview.

use super::PartArgs;
use clap::Subcommand;
use std::path::PathBuf;

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
    /// Keys one person's sheet of one pass.
    Key {
        #[command(flatten)]
        part: PartArgs,
        /// Which pass.
        #[arg(long, value_parser = clap::value_parser!(u8).range(1..=2))]
        pass: u8,
        /// ID number or candidate number.
        person: String,
        /// The judges' marks in order, or 缺考.
        #[arg(required = true)]
        marks: Vec<String>,
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
