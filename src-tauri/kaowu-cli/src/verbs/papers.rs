//! Papers and workbooks.

use super::certificates::fonts;
use super::{Bench, stage_or_first, stage_part};
use crate::args::{OutArgs, PaperArg, PapersArgs};
use kaowu_core::identity::SiteCode;
use kaowu_desk::{PaperKind, PaperOf, Result, write_file};
use serde_json::json;

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
    let fonts = fonts(&args.fonts)?;
    let bytes = desk.paper(&ctx, &fonts, &PaperOf { kind: &kind, stage: &stage, part: &part, site: site.as_ref() })?;
    write_file(&args.out, &bytes)?;
    bench.voice.tell(&json!({ "out": args.out, "bytes": bytes.len() }), || args.out.display().to_string());
    Ok(())
}

pub(super) fn results(bench: &Bench<'_>, args: &OutArgs) -> Result<()> {
    let sheets = bench.open()?.results_workbook(&args.out)?;
    bench.voice.tell(&json!({ "out": args.out, "sheets": sheets }), || args.out.display().to_string());
    Ok(())
}
