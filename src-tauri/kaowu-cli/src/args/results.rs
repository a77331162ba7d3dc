//! Standings, ties, selection and what follows.

use clap::{Args, Subcommand, ValueEnum};

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
    /// What these weights would make of it instead; writes nothing.
    #[arg(long, num_args = 1.., conflicts_with = "csv")]
    pub(crate) what_if: Vec<String>,
}

#[derive(Args)]
pub(crate) struct WhyArgs {
    /// ID number or name.
    pub(crate) person: String,
    /// Stage of the composite; the last one where not given.
    #[arg(long)]
    pub(crate) stage: Option<String>,
}
