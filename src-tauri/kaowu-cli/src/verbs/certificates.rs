//! Certificates.

use super::Bench;
use crate::args::{CertificatesVerb, FontArgs, LookArgs};
use kaowu_desk::{Adjust, DeskFault, Fonts, HeldRun, Look, PrintOrder, PrintedRun, Result, check_template, copy_template, write_file};
use serde_json::json;
use std::ops::ControlFlow;
use std::path::Path;

/// The fonts that were named.
pub(super) fn fonts(args: &FontArgs) -> Result<Fonts> {
    Ok(Fonts::load_with(&args.fonts, &args.font)?)
}

/// The folder, made where it is missing.
fn folder(out: &Path) -> Result<&Path> {
    std::fs::create_dir_all(out).map_err(|e| DeskFault::FileUnwritable { file: out.display().to_string(), detail: e.to_string() })?;
    Ok(out)
}

impl LookArgs {
    fn look(&self) -> Look<'_> {
        Look { template: self.template.as_deref(), seal: self.seal.as_deref(), background: self.background.as_deref() }
    }

    fn adjust(&self) -> Adjust {
        Adjust { right_um: self.right, down_um: self.down }
    }
}

fn line(bench: &Bench<'_>, run: &PrintedRun) -> String {
    let left = |n: usize, zh: &str, en: &str| if n > 0 { format!("  {} {n}", bench.voice.pick(zh, en)) } else { String::new() };
    let on_paper = left(run.on_paper, "已在纸上，略过", "on paper already, left out");
    let void = left(run.void, "已作废，略过", "void, left out");
    format!("#{}  {} … {}  {}/{}{on_paper}{void}", run.run, run.first, run.last, run.printed, run.total)
}

pub(super) fn certificates(bench: &Bench<'_>, verb: &CertificatesVerb) -> Result<()> {
    // A line for each sheet would bury what matters.
    let mut progress = |done: usize, total: usize| {
        if done.is_multiple_of(100) || done == total {
            bench.voice.progress(&format!("{done}/{total}"));
        }
        ControlFlow::Continue(())
    };
    match verb {
        CertificatesVerb::Confirm { award, document } => {
            let (mut desk, ctx) = bench.desk()?;
            let only: Vec<_> = award.iter().map(|id| id.as_str().into()).collect();
            let rows = desk.confirm_awards(&ctx, &only, document)?;
            bench.voice.tell(&rows, || format!("{} {}", bench.voice.pick("已确认", "confirmed"), rows.len()));
        }
        CertificatesVerb::Print { award, to } => {
            let (mut desk, ctx) = bench.desk()?;
            let only = award.as_deref().map(Into::into);
            let runs = desk.print_certificates(&ctx, &fonts(&to.fonts)?, only.as_ref(), folder(&to.out)?, &mut progress)?;
            bench.voice.tell(&runs, || runs.iter().map(|run| line(bench, run)).collect::<Vec<_>>().join("\n"));
        }
        CertificatesVerb::Run { award, from, look, to } => {
            let (mut desk, ctx) = bench.desk()?;
            let award = award.as_str().into();
            let order = PrintOrder { award: &award, look: look.look(), adjust: look.adjust(), from: *from, folder: folder(&to.out)? };
            let run = desk.print_run(&ctx, &fonts(&to.fonts)?, &order, &mut progress)?;
            bench.voice.tell(&run, || line(bench, &run));
        }
        CertificatesVerb::Preview { award, sheet, look, fonts: with, out } => {
            let (desk, ctx) = bench.desk()?;
            let (award, fonts) = (award.as_str().into(), fonts(with)?);
            let bytes = desk.preview_certificate(&ctx, &fonts, &award, sheet.saturating_sub(1), &look.look(), look.adjust())?;
            write_file(out, &bytes)?;
            bench.voice.tell(&json!({ "out": out, "bytes": bytes.len() }), || out.display().to_string());
        }
        CertificatesVerb::Glyphs { fonts: with } => {
            let (desk, ctx) = bench.desk()?;
            let found = desk.glyph_check(&ctx, &fonts(with)?)?;
            bench.voice.tell(&found, || found.iter().map(|p| bench.voice.words(&p.fault)).collect::<Vec<_>>().join("\n"));
        }
        CertificatesVerb::CopyTemplate { id, out } => {
            copy_template(id, out)?;
            bench.voice.tell(&json!({ "out": out }), || out.display().to_string());
        }
        CertificatesVerb::CheckTemplate { file } => {
            let name = check_template(file)?;
            bench.voice.tell(&json!({ "name": name }), || name.clone());
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
        }
        CertificatesVerb::Void { number, reason } => {
            let (mut desk, ctx) = bench.desk()?;
            desk.void_sheet(&ctx, number, reason)?;
        }
        CertificatesVerb::Reprint { number, reason, to } => {
            let (mut desk, ctx) = bench.desk()?;
            let path = desk.reprint_sheet(&ctx, &fonts(&to.fonts)?, number, reason, folder(&to.out)?)?;
            bench.voice.tell(&json!({ "out": path }), || path.display().to_string());
        }
        CertificatesVerb::Again { award, from, to, reason } => {
            let (mut desk, ctx) = bench.desk()?;
            let numbers = desk.print_again(&ctx, &award.as_str().into(), *from..=to.unwrap_or(usize::MAX), reason)?;
            bench.voice.tell(&numbers, || numbers.join("\n"));
        }
        CertificatesVerb::Verify { text } => {
            let said = bench.open()?.verify_certificate(text)?;
            bench.voice.tell(&said, || format!("{}  {}  {}  {}", said.number, said.name, said.award, said.event));
        }
    }
    Ok(())
}
