//! Papers.

use super::certificates::FontArgs;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

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
    #[command(flatten)]
    pub(crate) fonts: FontArgs,
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
