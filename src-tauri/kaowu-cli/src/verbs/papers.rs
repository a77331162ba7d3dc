//! Papers, certificates, workbooks.

use super::{Bench, stage_or_first, stage_part};
use crate::args::{CertificatesVerb, OutArgs, PaperArg, PapersArgs};
use clap::ValueEnum;
use kaowu_core::identity::{RoomNumber, SiteCode};
use kaowu_desk::{Adjust, Desk, DeskFault, HeldRun, PaperKind, PaperOf, PrintOrder, Result, write_file};
use serde_json::json;
use std::ops::ControlFlow;
use std::path::Path;

pub(super) fn papers(bench: &Bench<'_>, args: &PapersArgs) -> Result<()> {
    let (desk, ctx) = bench.desk()?;
    let kind = kind(args);
    // These are of no part; where none is named they take the first stage.
    let whole = matches!(kind, Some(PaperKind::DrawProof | PaperKind::Standings(_) | PaperKind::Awards));
    let (stage, part) = if whole {
        (stage_or_first(&desk, args.stage.as_ref()), Default::default())
    } else {
        stage_part(&desk, args.stage.as_ref(), args.part.as_ref())?
    };
    let (site, room) = (args.site.as_deref().map(SiteCode::from), args.room.as_deref().map(RoomNumber::from));
    let fonts = Desk::fonts(&args.fonts)?;
    let of = |kind| PaperOf { kind, stage: &stage, part: &part, site: site.as_ref(), room: room.as_ref() };
    let Some(kind) = kind else {
        let files = desk.papers_of_part(&ctx, &fonts, &of(&PaperKind::SignIn), &args.out)?;
        bench.voice.tell(&json!({ "out": files }), || files.iter().map(|f| f.display().to_string()).collect::<Vec<_>>().join("\n"));
        return Ok(());
    };
    let bytes = desk.paper(&ctx, &fonts, &of(&kind))?;
    write_file(&args.out, &bytes)?;
    bench.voice.tell(&json!({ "out": args.out, "bytes": bytes.len() }), || args.out.display().to_string());
    Ok(())
}

/// None for all of a part.
fn kind(args: &PapersArgs) -> Option<PaperKind> {
    if args.kind == PaperArg::Standings {
        return Some(PaperKind::Standings(args.list.as_str().into()));
    }
    args.kind.to_possible_value().and_then(|value| PaperKind::read(value.get_name()))
}

/// The folder, made where it is missing.
fn folder(out: &Path) -> Result<&Path> {
    std::fs::create_dir_all(out).map_err(|e| DeskFault::FileUnwritable { file: out.display().to_string(), detail: e.to_string() })?;
    Ok(out)
}

pub(super) fn certificates(bench: &Bench<'_>, verb: &CertificatesVerb) -> Result<()> {
    match verb {
        CertificatesVerb::Confirm { document } => {
            let (mut desk, ctx) = bench.desk()?;
            let rows = desk.confirm_awards(&ctx, document)?;
            bench.voice.tell(&rows, || format!("{} {}", bench.voice.pick("已确认", "confirmed"), rows.len()));
            Ok(())
        }
        CertificatesVerb::Print { out, award, fonts } => {
            let (desk, ctx) = bench.desk()?;
            folder(out)?;
            let fonts = Desk::fonts(fonts)?;
            let only = award.as_deref().map(Into::into);
            let mut progress = |done: usize, total: usize| {
                bench.voice.progress(&format!("{done}/{total}"));
                ControlFlow::Continue(())
            };
            let printed = desk.print_certificates(&ctx, &fonts, only.as_ref(), out, &mut progress)?;
            bench
                .voice
                .tell(&printed, || printed.iter().map(|p| format!("{}  {}", p.title, p.certificates)).collect::<Vec<_>>().join("\n"));
            Ok(())
        }
        CertificatesVerb::Run { award, from, template, right, down, to } => {
            let (mut desk, ctx) = bench.desk()?;
            let (award, adjust) = (award.as_str().into(), Adjust { right_um: *right, down_um: *down });
            let order = PrintOrder { award: &award, template: template.as_deref(), adjust, from: *from, folder: folder(&to.out)? };
            let mut progress = |done: usize, total: usize| {
                // A line for each sheet would bury what matters.
                if done.is_multiple_of(100) || done == total {
                    bench.voice.progress(&format!("{done}/{total}"));
                }
                ControlFlow::Continue(())
            };
            let run = desk.print_run(&ctx, &Desk::fonts(&to.fonts)?, &order, &mut progress)?;
            bench.voice.tell(&run, || format!("#{}  {} … {}  {}/{}", run.run, run.first, run.last, run.printed, run.total));
            Ok(())
        }
        CertificatesVerb::Runs => {
            let runs = bench.open()?.print_runs()?;
            let rows: Vec<_> = runs.iter().map(|(run, held)| json!({ "run": run, "did": held.value, "by": *held.by })).collect();
            bench.voice.tell(&rows, || {
                let line = |(run, held): &(u32, HeldRun)| {
                    let (did, by) = (&held.value, &held.by);
                    format!("#{run}  {}  {} … {}  {}/{}  {}  {}", did.award, did.first, did.last, did.printed, did.total, by.t, by.op)
                };
                runs.iter().map(line).collect::<Vec<_>>().join("\n")
            });
            Ok(())
        }
        CertificatesVerb::Void { number, reason } => {
            let (mut desk, ctx) = bench.desk()?;
            desk.void_sheet(&ctx, number, reason)
        }
        CertificatesVerb::Reprint { number, reason, to } => {
            let (mut desk, ctx) = bench.desk()?;
            let path = desk.reprint_sheet(&ctx, &Desk::fonts(&to.fonts)?, number, reason, folder(&to.out)?)?;
            bench.voice.tell(&json!({ "out": path }), || path.display().to_string());
            Ok(())
        }
        CertificatesVerb::Verify { text } => {
            let said = bench.open()?.verify_certificate(text)?;
            bench.voice.tell(&said, || format!("{}  {}  {}  {}", said.number, said.name, said.award, said.event));
            Ok(())
        }
    }
}

pub(super) fn results(bench: &Bench<'_>, args: &OutArgs) -> Result<()> {
    let sheets = bench.open()?.results_workbook(&args.out)?;
    bench.voice.tell(&json!({ "out": args.out, "sheets": sheets }), || args.out.display().to_string());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_paper_has_a_desk() {
        for arg in PaperArg::value_variants() {
            let value = arg.to_possible_value().map(|v| v.get_name().to_owned()).unwrap_or_default();
            let known = PaperKind::read(&value).is_some();
            assert_eq!(known, !matches!(arg, PaperArg::Standings | PaperArg::All), "{value}");
        }
    }
}
