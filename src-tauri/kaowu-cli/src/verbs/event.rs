//! The event and its plan.

use super::Bench;
use crate::args::EventVerb;
use kaowu_core::journal::Mode;
use kaowu_core::plan::{Plan, bundled};
use kaowu_desk::{BUNDLED_PLANS, Desk, DeskFault, NewEvent, Result};
use serde_json::json;
use std::path::Path;

pub(super) fn run(bench: &Bench<'_>, verb: &EventVerb) -> Result<()> {
    match verb {
        EventVerb::New { plan, drill } => {
            let mode = if *drill { Mode::Drill } else { Mode::Live };
            let text = plan_text(plan)?;
            let desk = Desk::create(&bench.cli.db, &bench.ctx(mode)?, &NewEvent { plan: &text, mode })?;
            say_event(bench, &desk)
        }
        EventVerb::Show => say_event(bench, &bench.open()?),
        EventVerb::CheckPlan { file } => {
            let text = std::fs::read_to_string(file).map_err(|e| unreadable(file, &e))?;
            match Plan::read(&text) {
                Ok(plan) => {
                    bench.voice.tell(&json!({ "event": plan.event.id, "units": plan.units.len() }), || {
                        let ok = bench.voice.pick("方案正确", "the plan is right");
                        format!("{}: {ok}", plan.event.title)
                    });
                    Ok(())
                }
                Err(error) => {
                    for said in error.said(bench.voice.lang()) {
                        bench.voice.progress(&format!("{} → {}", said.what, said.remedy));
                    }
                    Err(error.into())
                }
            }
        }
        EventVerb::Plans => {
            let names: Vec<&str> = BUNDLED_PLANS.iter().map(|(name, _)| *name).collect();
            bench.voice.tell(&names, || names.join("\n"));
            Ok(())
        }
    }
}

fn say_event(bench: &Bench<'_>, desk: &Desk) -> Result<()> {
    let event = desk.view().event()?;
    let protection = match (desk.is_protected(), event.mode) {
        (true, _) => bench.voice.pick("已加密，须登录", "protected: encrypted, opens for its operators"),
        (false, Mode::Drill) => "",
        (false, Mode::Live) => bench.voice.pick(
            "未设操作员：任何人都可操作，姓名未加密 → operators protect",
            "open: anybody can act, names lie unencrypted → operators protect",
        ),
    };
    bench.voice.tell(&event, || {
        let drill = if event.mode == Mode::Drill { bench.voice.pick("（演练）", " (drill)") } else { "" };
        format!("{}{drill}\n{}\n{protection}", event.title, event.id)
    });
    Ok(())
}

/// A bundled plan by name, or a plan file.
fn plan_text(plan: &str) -> Result<String> {
    if let Some(text) = bundled(plan) {
        return Ok(text.to_owned());
    }
    let path = Path::new(plan);
    if !path.exists() {
        let known = BUNDLED_PLANS.iter().map(|(name, _)| (*name).to_owned()).collect();
        return Err(DeskFault::NoSuchPlan { plan: plan.to_owned(), known }.into());
    }
    std::fs::read_to_string(path).map_err(|e| unreadable(path, &e).into())
}

fn unreadable(file: &Path, error: &std::io::Error) -> DeskFault {
    DeskFault::FileUnreadable { file: file.display().to_string(), detail: error.to_string() }
}
