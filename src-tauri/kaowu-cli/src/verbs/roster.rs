//! Rosters, exclusion lists, findings.

use super::{Bench, stage_or_first};
use crate::args::{ImportArgs, RosterVerb, RulingArgs};
use kaowu_core::facts::{LateWhat, Verdict};
use kaowu_core::identity::StageId;
use kaowu_desk::{Ctx, Desk, DeskError, LateGrounds, Result, RosterImport, WithdrawnRow};
use serde_json::json;
use std::path::{Path, PathBuf};

pub(super) fn run(bench: &Bench<'_>, verb: &RosterVerb) -> Result<()> {
    match verb {
        RosterVerb::Import(args) => import(bench, args),
        RosterVerb::Close { stage, reason } => {
            let (mut desk, ctx) = bench.desk()?;
            let stage = stage_or_first(&desk, stage.as_ref());
            desk.close_roster(&ctx, &stage, reason)
        }
        RosterVerb::Reopen { stage, reason, second } => {
            let (mut desk, ctx) = bench.desk()?;
            let stage = stage_or_first(&desk, stage.as_ref());
            desk.reopen_roster(&ctx, &stage, &LateGrounds { reason: reason.clone(), second: second.as_str().into() })
        }
        RosterVerb::Exclude { file } => {
            let (mut desk, ctx) = bench.desk()?;
            let out = desk.import_exclusions(&ctx, file)?;
            bench.voice.tell(&out, || match bench.voice.lang() {
                kaowu_core::words::Lang::Zh => format!("{}：{} 行，其中 {} 行无身份证号", out.source, out.lines, out.without_id),
                kaowu_core::words::Lang::En => format!("{}: {} lines, {} without an ID number", out.source, out.lines, out.without_id),
            });
            Ok(())
        }
        RosterVerb::Findings(args) => {
            let desk = bench.open()?;
            let stage = stage_or_first(&desk, args.stage.as_ref());
            let (findings, below) = (desk.findings(&stage)?, desk.below_rows(&stage)?);
            if args.csv {
                let rows = findings.iter().map(|f| format!("{},{},{},{}\n", f.id, f.name, f.city, word(&f.finding)));
                bench.voice.print(&format!("id,name,city,finding\n{}", rows.collect::<String>()));
                return Ok(());
            }
            bench.voice.tell(&json!({ "findings": findings, "below_minimum": below }), || {
                let mut text: Vec<String> =
                    findings.iter().map(|f| format!("{}  {}  {}  {}  {}", f.id, f.name, f.city, word(&f.finding), f.activity)).collect();
                text.extend(below.iter().map(|row| {
                    let (b, accepted) = (&row.below, row.accepted.as_deref().unwrap_or(bench.voice.pick("待核定", "open")));
                    format!("{}  {}  {} < {}  {accepted}", b.unit, desk.view().full_name(&b.unit), b.people, b.minimum)
                }));
                text.join("\n")
            });
            Ok(())
        }
        RosterVerb::Clear(args) => rule(bench, args, Verdict::Cleared),
        RosterVerb::Confirm(args) => rule(bench, args, Verdict::Confirmed),
        RosterVerb::Withdraw(args) => {
            let (mut desk, ctx) = bench.desk()?;
            let stage = stage_or_first(&desk, args.stage.as_ref());
            desk.withdraw(&ctx, &stage, &args.id.as_str().into(), &args.reason)
        }
        RosterVerb::Reinstate(args) => {
            let (mut desk, ctx) = bench.desk()?;
            let stage = stage_or_first(&desk, args.stage.as_ref());
            let number = desk.reinstate(&ctx, &stage, &args.id.as_str().into(), &args.reason)?;
            bench.voice.tell(&json!({ "id": args.id, "number": number }), || number.map(|n| n.0).unwrap_or_default());
            Ok(())
        }
        RosterVerb::Withdrawn(args) => {
            let desk = bench.open()?;
            let rows = desk.withdrawn(&stage_or_first(&desk, args.stage.as_ref()))?;
            let line = |w: &WithdrawnRow| format!("{}  {}  {}  {}  {} {}", w.id, w.name, w.unit, w.reason, w.by, w.at);
            bench.voice.tell(&rows, || rows.iter().map(line).collect::<Vec<_>>().join("\n"));
            Ok(())
        }
        RosterVerb::AcceptBelow { unit, reason, stage } => {
            let (mut desk, ctx) = bench.desk()?;
            let stage = stage_or_first(&desk, stage.as_ref());
            let below = desk.accept_below(&ctx, &stage, &unit.as_str().into(), reason)?;
            bench.voice.tell(&below, || format!("{}  {} < {}", desk.view().full_name(&below.unit), below.people, below.minimum));
            Ok(())
        }
        RosterVerb::List(args) => {
            let desk = bench.open()?;
            let stage = stage_or_first(&desk, args.stage.as_ref());
            let (people, late) = (desk.view().candidates(&stage)?, desk.late_entries(&stage)?);
            let row = |(id, p): (&kaowu_core::identity::IdNumber, &kaowu_core::facts::Candidate)| {
                let mark = match late.get(id).map(|l| l.what) {
                    Some(LateWhat::Entered) => bench.voice.pick(",补报", ",late"),
                    Some(LateWhat::Changed) => bench.voice.pick(",截止后变更", ",changed late"),
                    None => "",
                };
                format!("{id},{},{}{mark}", p.name, desk.view().full_name(&p.unit))
            };
            bench.voice.tell(&people, || people.iter().map(row).collect::<Vec<_>>().join("\n"));
            Ok(())
        }
    }
}

fn rule(bench: &Bench<'_>, args: &RulingArgs, verdict: Verdict) -> Result<()> {
    let (mut desk, ctx) = bench.desk()?;
    let stage = stage_or_first(&desk, args.stage.as_ref());
    desk.rule_suspect(&ctx, &stage, &args.id.as_str().into(), verdict, &args.reason)
}

/// Imports each file by itself: one that is refused does not stop the others, and the first refusal is the exit.
fn import(bench: &Bench<'_>, args: &ImportArgs) -> Result<()> {
    let (mut desk, ctx) = bench.desk()?;
    let stage = stage_or_first(&desk, args.stage.as_ref());
    let state = desk.roster_state(&ctx, &stage)?;
    if state.overdue && state.closed.is_none() {
        let (zh, en) = ("名单报送截止日已过，尚未截止（roster close）", "the roster was due and is not closed yet (roster close)");
        bench.voice.progress(&format!("[roster-overdue] {}：{}", bench.voice.pick(zh, en), state.due));
    }
    let mut done: Vec<RosterImport> = Vec::new();
    let mut first: Option<DeskError> = None;
    for (n, file) in args.files.iter().enumerate() {
        bench.voice.progress(&format!("[{}/{}] {}", n + 1, args.files.len(), file.display()));
        match one(bench, &mut desk, (&ctx, &stage), file, args) {
            Ok(out) => done.push(out),
            Err(error) => {
                bench.voice.progress(&bench.voice.words(&error));
                first.get_or_insert(error);
            }
        }
    }
    bench.voice.tell(&done, || done.iter().map(|out| in_words(bench, out)).collect::<Vec<_>>().join("\n"));
    first.map_or(Ok(()), Err)
}

fn one(bench: &Bench<'_>, desk: &mut Desk, (ctx, stage): (&Ctx, &StageId), file: &Path, args: &ImportArgs) -> Result<RosterImport> {
    let grounds = args.reason.as_ref().zip(args.second.as_ref());
    let grounds = grounds.map(|(reason, second)| LateGrounds { reason: reason.clone(), second: second.as_str().into() });
    let (preview, out) = desk.import_late_roster(ctx, stage, file, args.accept, grounds.as_ref())?;
    let report = args.report.as_deref().map(|r| marked_name(r, file, args.files.len()));
    if let Some(path) = report.filter(|_| !out.told.is_empty()) {
        preview.write_marked(file, &path, bench.voice.lang())?;
    }
    Ok(out)
}

fn marked_name(report: &Path, file: &Path, count: usize) -> PathBuf {
    if count == 1 && report.extension().is_some() {
        return report.to_owned();
    }
    let stem = file.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
    report.join(format!("{stem}-问题.xlsx"))
}

fn in_words(bench: &Bench<'_>, out: &RosterImport) -> String {
    let head = match bench.voice.lang() {
        kaowu_core::words::Lang::Zh => format!(
            "{}：{} 行，导入 {}，未导入 {}，提醒 {}，已清理 {}；新增 {}，变更 {}，退出 {}，不变 {}",
            out.source,
            out.rows,
            out.taken,
            out.refused,
            out.warned,
            out.cleaned,
            out.changes.added.len(),
            out.changes.changed.len(),
            out.changes.withdrawn.len(),
            out.changes.unchanged
        ),
        kaowu_core::words::Lang::En => format!(
            "{}: {} rows, {} taken, {} refused, {} with a warning, {} cleaned; {} added, {} changed, {} withdrawn, {} unchanged",
            out.source,
            out.rows,
            out.taken,
            out.refused,
            out.warned,
            out.cleaned,
            out.changes.added.len(),
            out.changes.changed.len(),
            out.changes.withdrawn.len(),
            out.changes.unchanged
        ),
    };
    let told = out.told.iter().map(|(row, text)| format!("\n  {row}: {text}"));
    head + &told.collect::<String>()
}

fn word(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}
