//! People on duty, and what comes after the event.

use super::certificates::FontArgs;
use super::{PartArgs, StageArgs};
use chrono::{DateTime, FixedOffset};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand};
use kaowu_core::staff::Role;
use std::path::PathBuf;

#[derive(Subcommand)]
pub(crate) enum StaffVerb {
    /// Imports a list of people on duty in a stage.
    Import {
        /// Workbook or CSV.
        file: PathBuf,
        #[command(flatten)]
        stage: StageArgs,
        /// Says what would come of it and writes nothing.
        #[arg(long)]
        look: bool,
        /// A copy of the workbook with the faults marked.
        #[arg(long)]
        report: Option<PathBuf>,
    },
    /// Who serves where and when.
    List {
        #[command(flatten)]
        part: PartArgs,
        /// Only this role.
        #[arg(long, value_parser = roles())]
        role: Option<Role>,
        /// CSV on stdout.
        #[arg(long)]
        csv: bool,
    },
    /// Draws the invigilators of a written part from a recorded seed.
    Draw {
        #[command(flatten)]
        part: PartArgs,
        /// The seed, as published.
        #[arg(long)]
        seed: String,
        /// How it was chosen.
        #[arg(long, default_value = "")]
        how: String,
        /// Why it is drawn again.
        #[arg(long, default_value = "")]
        reason: String,
    },
    /// Draws again from what the draw was made from, and compares.
    Verify {
        #[command(flatten)]
        part: PartArgs,
    },
    /// One cannot serve; another does.
    Replace {
        #[command(flatten)]
        part: PartArgs,
        /// Name or id of who does not serve.
        #[arg(long)]
        leaves: String,
        /// Name or id of who serves instead.
        #[arg(long)]
        by: String,
        /// Why.
        #[arg(long)]
        reason: String,
    },
    /// A judge does not mark a candidate or a unit.
    Recuse {
        #[command(flatten)]
        part: PartArgs,
        /// Name or id of the judge.
        #[arg(long)]
        judge: String,
        #[command(flatten)]
        from: FromArgs,
        /// Why.
        #[arg(long)]
        reason: String,
    },
    /// What an inspector noted; it changes nothing.
    Inspect {
        #[command(flatten)]
        part: PartArgs,
        /// Site; at a site its own.
        #[arg(long)]
        site: Option<String>,
        /// Room; none: the site as a whole.
        #[arg(long)]
        room: Option<String>,
        /// When it was seen; none: now.
        #[arg(long)]
        seen_at: Option<DateTime<FixedOffset>>,
        /// The inspector's name.
        #[arg(long)]
        inspector: String,
        /// What was seen.
        seen: String,
    },
}

#[derive(Args)]
#[group(required = true, multiple = false)]
pub(crate) struct FromArgs {
    /// ID number or candidate number.
    #[arg(long)]
    pub(crate) candidate: Option<String>,
    /// Code of a unit.
    #[arg(long)]
    pub(crate) unit: Option<String>,
}

/// The roles, as core names them.
fn roles() -> impl TypedValueParser<Value = Role> {
    PossibleValuesParser::new(Role::ALL.map(Role::word)).try_map(|word| Role::of(&word).ok_or("?"))
}

#[derive(Subcommand)]
pub(crate) enum ArchiveVerb {
    /// Writes the archive into a folder.
    Make {
        /// The folder.
        #[arg(long)]
        out: PathBuf,
        #[command(flatten)]
        fonts: FontArgs,
    },
    /// Opens an archive into a new database (--db) that can be read only.
    Open {
        /// The archive.
        file: PathBuf,
        #[command(flatten)]
        key: OpenerArgs,
        /// Not encrypted, for anybody to read, though the event had operators. Without it --operator takes a PIN then.
        #[arg(long)]
        plain: bool,
    },
    /// Checks an archive.
    Verify {
        /// The archive.
        file: PathBuf,
        #[command(flatten)]
        key: OpenerArgs,
    },
}

#[derive(Args)]
pub(crate) struct OpenerArgs {
    /// The key's file: the archive's, the escrow's or the root's, under its words.
    #[arg(long)]
    pub(crate) identity: PathBuf,
    #[command(flatten)]
    pub(crate) words: super::WordsArgs,
    /// File with the root key that headquarters published.
    #[arg(long)]
    pub(crate) root: Option<PathBuf>,
}

#[derive(Subcommand)]
pub(crate) enum PersonalDataVerb {
    /// Deletes it: after the time the plan sets, by two people, with a document number. The database is replaced.
    Delete {
        /// The second person.
        #[arg(long)]
        with: String,
        /// Number of the document.
        #[arg(long)]
        document: String,
        /// The certificate as PDF.
        #[arg(long)]
        certificate: PathBuf,
        #[command(flatten)]
        fonts: FontArgs,
    },
    /// What is left: who deleted, and the figures.
    Show,
}
