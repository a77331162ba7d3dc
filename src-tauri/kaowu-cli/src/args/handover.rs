//! Packets, the journal, backups.

use super::WordsArgs;
use super::certificates::SlipArgs;
use clap::{Args, Subcommand};
use std::path::PathBuf;

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
        #[command(flatten)]
        slip: SlipArgs,
    },
    /// A laptop opens a site packet into a new database (--db), or again into its own.
    Open {
        /// The packet.
        file: PathBuf,
        #[command(flatten)]
        words: WordsArgs,
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
    /// A site reads a receipt of HQ and takes over what was settled there.
    ReadReceipt {
        /// The receipt.
        file: PathBuf,
    },
    /// A laptop goes on where another of its site stopped, from the last handover that can be found.
    TakeOver {
        /// The handover of the laptop that stopped.
        file: PathBuf,
    },
    /// What contradicts itself after merging.
    Conflicts,
    /// HQ settles a contradiction: one of the values holds. By somebody who stated none of them.
    Settle {
        /// The topic, as `packet conflicts` names it.
        #[arg(long)]
        topic: String,
        /// The key, as `packet conflicts` names it.
        #[arg(long)]
        key: String,
        /// The entry whose value holds.
        #[arg(long)]
        holds: String,
        /// Why: which paper was looked at.
        #[arg(long)]
        reason: String,
    },
    /// What a packet says of itself.
    Inspect {
        /// The packet.
        file: PathBuf,
        #[command(flatten)]
        words: WordsArgs,
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
    /// Lets a restored or copied database go on under a key of its own.
    Continue,
    /// Makes a new database of what can be read in a damaged one (--db) and in backups; says what is in doubt.
    Mend {
        /// Backups, or folders of them.
        #[arg(long)]
        from: Vec<PathBuf>,
        /// The new database.
        #[arg(long)]
        out: PathBuf,
    },
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
#[command(group = clap::ArgGroup::new("where").required(true))]
pub(crate) struct BackupArgs {
    /// File to write.
    #[arg(long, group = "where")]
    pub(crate) out: Option<PathBuf>,
    /// Folder in which the last backups are kept, at another place than the database.
    #[arg(long, group = "where")]
    pub(crate) ring: Option<PathBuf>,
    /// How many stay in the ring.
    #[arg(long, default_value_t = 12)]
    pub(crate) keep: usize,
}

/// A key.
#[derive(Clone, Copy, clap::ValueEnum)]
pub(crate) enum KeyArg {
    /// The root key and headquarters' box.
    Root,
    /// The escrow key.
    Escrow,
    /// Headquarters' own, which opens archives: to be kept away from them.
    Archive,
}

#[derive(Subcommand)]
pub(crate) enum KeysVerb {
    /// Saves a key onto sticks, each read back and opened again. Where no words are given new ones are made, and said once.
    Save {
        /// Which.
        #[arg(value_enum)]
        key: KeyArg,
        /// Folders, usually two sticks.
        #[arg(long, required = true, num_args = 1..)]
        out: Vec<PathBuf>,
        #[command(flatten)]
        words: WordsArgs,
        #[command(flatten)]
        slip: SlipArgs,
    },
    /// Takes the escrow key out of this database, once it lies on a stick.
    TakeOutEscrow,
    /// Where the keys are.
    Show,
    /// Sets the event up again (--db) from its root key, when headquarters' database and all its backups are lost. With a PIN
    /// (--pin-file, KAOWU_PIN; asked for where the lost one was protected) --operator becomes its first, and it is encrypted.
    Again {
        /// The root key's file.
        file: PathBuf,
        #[command(flatten)]
        words: WordsArgs,
        /// Open all the same: no PIN, nothing encrypted.
        #[arg(long)]
        open: bool,
    },
}
