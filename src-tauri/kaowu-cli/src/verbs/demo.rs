//! The whole event, played.

use super::Bench;
use crate::args::DemoArgs;
use kaowu_demo::{Play, play};
use kaowu_desk::{DeskFault, Result};
use serde_json::json;

pub(super) fn run(bench: &Bench<'_>, args: &DemoArgs) -> Result<()> {
    let what = Play { out: &args.out, data: args.data.as_deref(), fonts: &args.fonts };
    let played = play(&what, &mut |line| bench.voice.progress(line))?;
    bench.voice.tell(&json!({ "out": args.out, "agrees": played.agrees, "steps": played.steps }), || played.text.clone());
    if played.agrees { Ok(()) } else { Err(DeskFault::DemoDiffers { lists: played.differing }.into()) }
}
