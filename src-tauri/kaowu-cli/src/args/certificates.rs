//! Certificates, and the fonts of everything that is printed.

use clap::{Args, Subcommand};
use std::path::PathBuf;

/// Which fonts papers are set in.
#[derive(Args)]
pub(crate) struct FontArgs {
    /// Folder of the fonts.
    #[arg(long, env = "KAOWU_FONTS", default_value = "assets/fonts")]
    pub(crate) fonts: PathBuf,
    /// A font file (TTF or OTF) of one's own, for characters that no other has; may be given more than once.
    #[arg(long, value_name = "FILE")]
    pub(crate) font: Vec<PathBuf>,
}

/// The words on paper.
#[derive(Args)]
pub(crate) struct SlipArgs {
    /// Writes the words on a slip for the safe or the courier, too: a PDF that the program writes here and keeps nowhere.
    #[arg(long, value_name = "PDF")]
    pub(crate) slip: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) fonts: FontArgs,
}

#[derive(Args)]
pub(crate) struct PrintArgs {
    #[command(flatten)]
    pub(crate) fonts: FontArgs,
    /// Folder for the PDFs.
    #[arg(long)]
    pub(crate) out: PathBuf,
}

/// On what certificates are printed, where it is not the award's own template.
#[derive(Args)]
pub(crate) struct LookArgs {
    /// Another template: one of the program's by its id, or the path of your own .toml file.
    #[arg(long)]
    pub(crate) template: Option<String>,
    /// Picture of the seal (PNG).
    #[arg(long, value_name = "PNG")]
    pub(crate) seal: Option<PathBuf>,
    /// Picture behind everything (PNG).
    #[arg(long, value_name = "PNG")]
    pub(crate) background: Option<PathBuf>,
    /// Moves everything to the right, in micrometres.
    #[arg(long, default_value_t = 0, allow_negative_numbers = true)]
    pub(crate) right: i32,
    /// Moves everything down, in micrometres.
    #[arg(long, default_value_t = 0, allow_negative_numbers = true)]
    pub(crate) down: i32,
}

#[derive(Subcommand)]
pub(crate) enum CertificatesVerb {
    /// Confirms awards that follow from standings, all in one entry: every one, or those named.
    Confirm {
        /// Only this award of the plan; may be given more than once.
        #[arg(long)]
        award: Vec<String>,
        /// Number of the document.
        #[arg(long)]
        document: String,
    },
    /// Prints what is not on paper yet, a numbered run for each confirmed award.
    Print {
        /// Only this award of the plan.
        #[arg(long)]
        award: Option<String>,
        #[command(flatten)]
        to: PrintArgs,
    },
    /// Prints one award as a numbered run, from a sheet on: what is on paper already is left out.
    Run {
        /// The award.
        award: String,
        /// The sheet to begin with.
        #[arg(long, default_value_t = 1)]
        from: usize,
        #[command(flatten)]
        look: LookArgs,
        #[command(flatten)]
        to: PrintArgs,
    },
    /// One certificate as it would be printed, marked 样张: no entry, and a code that verifies nowhere.
    Preview {
        /// The award.
        award: String,
        /// Which of its certificates.
        #[arg(long, default_value_t = 1)]
        sheet: usize,
        #[command(flatten)]
        look: LookArgs,
        #[command(flatten)]
        fonts: FontArgs,
        /// PDF to write.
        #[arg(long)]
        out: PathBuf,
    },
    /// Names that no font can draw, over all confirmed awards.
    Glyphs {
        #[command(flatten)]
        fonts: FontArgs,
    },
    /// Writes a template of the program into a file, to make your own of it.
    CopyTemplate {
        /// Its id: personal-honour, personal-honour-vertical, team-honour, medal-application.
        id: String,
        /// TOML file to write.
        #[arg(long)]
        out: PathBuf,
    },
    /// Reads a template file of your own and says what is wrong with it.
    CheckTemplate {
        /// The file.
        file: PathBuf,
    },
    /// Runs so far.
    Runs,
    /// Declares a printed certificate void.
    Void {
        /// Its number.
        number: String,
        /// Why.
        #[arg(long)]
        reason: String,
    },
    /// Prints one certificate again.
    Reprint {
        /// Its number.
        number: String,
        /// Why.
        #[arg(long)]
        reason: String,
        #[command(flatten)]
        to: PrintArgs,
    },
    /// Has sheets of an award that are on paper printed again by the next run, e.g. after a jam. Their codes are no longer good.
    Again {
        /// The award.
        award: String,
        /// The first sheet.
        #[arg(long)]
        from: usize,
        /// The last sheet; without it to the end.
        #[arg(long)]
        to: Option<usize>,
        /// Why.
        #[arg(long)]
        reason: String,
    },
    /// Checks the text of a certificate's code.
    Verify {
        /// The text read from the code.
        text: String,
    },
}
