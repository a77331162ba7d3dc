//! The stages that others hold: who is sent, what they brought home.

use clap::{Args, Subcommand};

#[derive(Subcommand)]
pub(crate) enum StagesVerb {
    /// A team of the plan (`regional`, `national`) as it stands, with its results; all of them where none is named.
    Show {
        /// The team.
        team: Option<String>,
        /// CSV on stdout.
        #[arg(long, requires = "team")]
        csv: bool,
    },
    /// Makes others than those with the lowest composite the substitutes.
    Substitute {
        /// The team.
        team: String,
        /// ID numbers.
        #[arg(required = true)]
        people: Vec<String>,
        /// Why.
        #[arg(long)]
        reason: String,
    },
    /// Records whom the department named for a team.
    Name(NameArgs),
    /// Enters what a team brought home.
    Result(ResultArgs),
    /// Gives a team's members their award: those found outstanding, or those who reached its places.
    Honour {
        /// The team.
        team: String,
        /// ID numbers; nobody where places decide.
        people: Vec<String>,
        /// Number of the document.
        #[arg(long)]
        document: String,
    },
}

#[derive(Args)]
pub(crate) struct NameArgs {
    /// The team.
    pub(crate) team: String,
    /// Code of the city.
    #[arg(long)]
    pub(crate) unit: String,
    /// ID numbers; the city's best by composite where not given.
    #[arg(long, num_args = 1..)]
    pub(crate) people: Vec<String>,
    /// Number of the document.
    #[arg(long)]
    pub(crate) document: String,
    /// Why, when they are named anew.
    #[arg(long, default_value = "")]
    pub(crate) reason: String,
}

#[derive(Args)]
pub(crate) struct ResultArgs {
    /// The team.
    pub(crate) team: String,
    /// The team's place.
    #[arg(long)]
    pub(crate) place: u32,
    /// It goes on to the next stage.
    #[arg(long)]
    pub(crate) promoted: bool,
    /// A member's result, as ID=PLACE, ID=PLACE:WORDS or ID=:WORDS; whoever is not named has none.
    #[arg(long = "member", num_args = 1.., value_parser = member)]
    pub(crate) members: Vec<Member>,
    /// Number of the document.
    #[arg(long)]
    pub(crate) document: String,
    /// Why, when they are entered anew.
    #[arg(long, default_value = "")]
    pub(crate) reason: String,
}

/// ID number, place, words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Member {
    pub(crate) id: String,
    pub(crate) place: Option<u32>,
    pub(crate) result: String,
}

fn member(text: &str) -> Result<Member, &'static str> {
    const FORM: &str = "ID=PLACE, ID=PLACE:WORDS, ID=:WORDS";
    let (id, rest) = text.split_once('=').ok_or(FORM)?;
    let (place, result) = rest.split_once(':').unwrap_or((rest, ""));
    let place = match place.trim() {
        "" => None,
        digits => Some(digits.parse().map_err(|_| FORM)?),
    };
    Ok(Member { id: id.trim().to_owned(), place, result: result.trim().to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_are_read() {
        let check = |text: &str, wanted: Option<(&str, Option<u32>, &str)>| {
            let got = member(text).ok().map(|m| (m.id, m.place, m.result));
            assert_eq!(got, wanted.map(|(id, place, words)| (id.to_owned(), place, words.to_owned())), "{text}");
        };
        check("3201=2", Some(("3201", Some(2), "")));
        check("3201=2:96.5 分", Some(("3201", Some(2), "96.5 分")));
        check("3201=:优秀", Some(("3201", None, "优秀")));
        check("3201=", Some(("3201", None, "")));
        check("3201", None);
        check("3201=first", None);
    }
}
