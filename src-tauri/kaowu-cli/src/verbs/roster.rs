//! Rosters, exclusion lists, findings.

use super::{Bench, stage_or_first};
use crate::args::{RosterVerb, RulingArgs};
use kaowu_core::facts::Verdict;
use kaowu_desk::{Desk, DeskError, Result, RosterImport};
use serde_json::json;
use std::path::{Path, PathBuf};

pub(super) fn run(bench: &Bench<'_>, verb: &RosterVerb) -> Result<()> {
    match verb {
        RosterVerb::Import { files, stage, report, accept } => import(bench, files, stage.as_ref(), report.as_deref(), *accept),
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
            let (findings, below) = (desk.findings(&stage)?, desk.below_minimum(&stage)?);
            if args.csv {
                let rows = findings.iter().map(|f| format!("{},{},{},{}\n", f.id, f.name, f.city, word(&f.finding)));
                bench.voice.print(&format!("id,name,city,finding\n{}", rows.collect::<String>()));
                return Ok(());
            }
            bench.voice.tell(&json!({ "findings": findings, "below_minimum": below }), || {
                let mut text: Vec<String> =
                    findings.iter().map(|f| format!("{}  {}  {}  {}  {}", f.id, f.name, f.city, word(&f.finding), f.activity)).collect();
                text.extend(below.iter().map(|b| format!("{}  {} < {}", desk.view().full_name(&b.unit), b.people, b.minimum)));
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
        RosterVerb::List(args) => {
            let desk = bench.open()?;
            let stage = stage_or_first(&desk, args.stage.as_ref());
            let people = desk.view().candidates(&stage)?;
            let row = |(id, p): (&kaowu_core::identity::IdNumber, &kaowu_core::facts::Candidate)| {
                format!("{id},{},{}", p.name, desk.view().full_name(&p.unit))
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
fn import(bench: &Bench<'_>, files: &[PathBuf], stage: Option<&String>, report: Option<&Path>, accept: bool) -> Result<()> {
    let (mut desk, ctx) = bench.desk()?;
    let stage = stage_or_first(&desk, stage);
    let mut done: Vec<RosterImport> = Vec::new();
    let mut first: Option<DeskError> = None;
    for (n, file) in files.iter().enumerate() {
        bench.voice.progress(&format!("[{}/{}] {}", n + 1, files.len(), file.display()));
        match one(bench, &mut desk, &ctx, &stage, file, report.map(|r| marked_name(r, file, files.len())), accept) {
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

fn one(
    bench: &Bench<'_>,
    desk: &mut Desk,
    ctx: &kaowu_desk::Ctx,
    stage: &kaowu_core::identity::StageId,
    file: &Path,
    report: Option<PathBuf>,
    accept: bool,
) -> Result<RosterImport> {
    let (preview, out) = desk.import_roster(ctx, stage, file, accept)?;
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
