//! Operators.

use super::certificates::SlipArgs;
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// Where six words come from. They are no argument: everybody on the machine sees those.
#[derive(Args)]
pub(crate) struct WordsArgs {
    /// File with the six words; else KAOWU_WORDS, else the terminal.
    #[arg(long)]
    pub(crate) words_file: Option<PathBuf>,
}

#[derive(Subcommand)]
pub(crate) enum OperatorsVerb {
    /// Protects an open event: --operator becomes headquarters' first, with their PIN; the database is encrypted. Shows the six
    /// words for the safe.
    Protect {
        #[command(flatten)]
        slip: SlipArgs,
    },
    /// Headquarters names an operator, or changes what somebody may do.
    Add {
        /// The name as it goes into the journal.
        name: String,
        /// hq, site-head, invigilator, secretary, checker, certificates, auditor; what the plan says where not given.
        #[arg(long = "role")]
        roles: Vec<String>,
        /// The site they work at; headquarters where not given.
        #[arg(long = "site")]
        sites: Vec<String>,
        /// File with their PIN; else KAOWU_NEW_PIN, else the terminal.
        #[arg(long)]
        new_pin_file: Option<PathBuf>,
    },
    /// Headquarters withdraws an operator.
    Withdraw {
        /// The name.
        name: String,
        /// Why.
        #[arg(long)]
        reason: String,
    },
    /// A new PIN: one's own, or somebody else's where they forgot it.
    Pin {
        /// The name; oneself where not given.
        name: Option<String>,
        /// File with the new PIN; else KAOWU_NEW_PIN, else the terminal.
        #[arg(long)]
        new_pin_file: Option<PathBuf>,
    },
    /// Who was named, what for and where.
    List,
    /// Gets in with the six words and takes a new PIN; at a site with those that headquarters tells.
    Recover {
        #[command(flatten)]
        words: WordsArgs,
        /// File with the new PIN; else KAOWU_NEW_PIN, else the terminal.
        #[arg(long)]
        new_pin_file: Option<PathBuf>,
    },
    /// Six new words for the safe; those before open nothing any more.
    Words {
        #[command(flatten)]
        slip: SlipArgs,
    },
    /// Headquarters tells the words with which a site's head, whose PIN is forgotten, gets in there.
    SiteWords {
        /// The post, as the merge board names it.
        #[arg(long)]
        post: String,
    },
}
