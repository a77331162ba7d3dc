//! Papers, certificates, workbooks.

use super::{Bench, stage_or_first, stage_part};
use crate::args::{CertificatesVerb, OutArgs, PaperArg, PapersArgs};
use kaowu_core::identity::SiteCode;
use kaowu_desk::{Desk, DeskFault, PaperKind, PaperOf, Result, write_file};
use serde_json::json;
use std::ops::ControlFlow;

pub(super) fn papers(bench: &Bench<'_>, args: &PapersArgs) -> Result<()> {
    let (desk, ctx) = bench.desk()?;
    let kind = match args.kind {
        PaperArg::SeatChart => PaperKind::SeatChart,
        PaperArg::SignIn => PaperKind::SignIn,
        PaperArg::RoomRecord => PaperKind::RoomRecord,
        PaperArg::DrawProof => PaperKind::DrawProof,
        PaperArg::InterviewSummary => PaperKind::InterviewSummary,
        PaperArg::Standings => PaperKind::Standings(args.list.as_str().into()),
    };
    let (stage, part) = if matches!(kind, PaperKind::DrawProof | PaperKind::Standings(_)) {
        (stage_or_first(&desk, args.stage.as_ref()), Default::default())
    } else {
        stage_part(&desk, args.stage.as_ref(), args.part.as_ref())?
    };
    let site = args.site.as_deref().map(SiteCode::from);
    let fonts = Desk::fonts(&args.fonts)?;
    let bytes = desk.paper(&ctx, &fonts, &PaperOf { kind: &kind, stage: &stage, part: &part, site: site.as_ref() })?;
    write_file(&args.out, &bytes)?;
    bench.voice.tell(&json!({ "out": args.out, "bytes": bytes.len() }), || args.out.display().to_string());
    Ok(())
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
            std::fs::create_dir_all(out)
                .map_err(|e| DeskFault::FileUnwritable { file: out.display().to_string(), detail: e.to_string() })?;
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
