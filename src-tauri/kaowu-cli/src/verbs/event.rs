//! The event and its plan.

use super::{Bench, Slip};
use crate::args::EventVerb;
use kaowu_core::journal::Mode;
use kaowu_core::plan::{Plan, bundled};
use kaowu_desk::{BUNDLED_PLANS, Desk, DeskFault, NewEvent, Result, WordsOpen};
use serde_json::json;
use std::path::Path;

pub(super) fn run(bench: &Bench<'_>, verb: &EventVerb) -> Result<()> {
    match verb {
        EventVerb::New { plan, drill, open, slip } => {
            let mode = if *drill { Mode::Drill } else { Mode::Live };
            let (ctx, text) = (bench.ctx(mode)?, plan_text(plan)?);
            let new = NewEvent { plan: &text, mode };
            if *drill || *open {
                return say_event(bench, &Desk::create(&bench.cli.db, &ctx, &new)?, None);
            }
            let on_paper = Slip::ready(slip)?;
            let (desk, words) = Desk::create_protected(&bench.cli.db, &ctx, &new, &bench.new_own_pin(&ctx.operator)?)?;
            say_event(bench, &desk, Some(&words))?;
            on_paper.write(|fonts| desk.words_slip(&ctx, fonts, WordsOpen::Event, &words))
        }
        EventVerb::Show => say_event(bench, &bench.open()?, None),
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

/// `words`: the six for the safe, where they were made just now.
fn say_event(bench: &Bench<'_>, desk: &Desk, words: Option<&str>) -> Result<()> {
    let event = desk.view().event()?;
    let protection = match (desk.is_protected(), event.mode) {
        (true, _) => bench.voice.pick("已加密，须登录", "protected: encrypted, opens for its operators"),
        (false, Mode::Drill) => "",
        (false, Mode::Live) => bench.voice.pick(
            "未设操作员：任何人都可操作，姓名未加密 → operators protect",
            "open: anybody can act, names lie unencrypted → operators protect",
        ),
    };
    let mut told = json!(event);
    if let Some(words) = words {
        told["words"] = json!(words);
    }
    bench.voice.tell(&told, || {
        let drill = if event.mode == Mode::Drill { bench.voice.pick("（演练）", " (drill)") } else { "" };
        let words = words.map(|words| super::operators::words_for_safe(bench, words)).unwrap_or_default();
        format!("{}{drill}\n{}\n{protection}\n{words}", event.title, event.id)
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
