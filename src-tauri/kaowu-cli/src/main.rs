//! `kaowu-cli`: the headless door onto the desks. Exit 0 done, 1 refused, 2 wrong usage.

mod args;
mod pin;
mod say;
mod verbs;

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let cli = args::Cli::parse();
    let voice = say::Voice::new(cli.lang.into(), cli.json);
    match verbs::run(&cli, &voice) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            voice.refuse(&error);
            ExitCode::FAILURE
        }
    }
}
