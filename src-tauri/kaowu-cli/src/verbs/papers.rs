//! Papers and workbooks.

use super::certificates::fonts;
use super::{Bench, stage_or_first, stage_part};
use crate::args::{OfArg, OutArgs, PaperArg, PapersArgs};
use clap::ValueEnum;
use kaowu_core::identity::{RoomNumber, SiteCode};
use kaowu_desk::{AnnouncementOf, PaperKind, PaperOf, Result, write_file};
use serde_json::json;

pub(super) fn papers(bench: &Bench<'_>, args: &PapersArgs) -> Result<()> {
    let (desk, ctx) = bench.desk()?;
    let kind = kind(args);
    // These are of no part; where none is named they take the first stage.
    let whole = matches!(
        kind,
        Some(
            PaperKind::DrawProof
                | PaperKind::Standings(_)
                | PaperKind::Awards
                | PaperKind::Announcement(_)
                | PaperKind::Team(_)
                | PaperKind::ClosingReport
        )
    );
    let (stage, part) = if whole {
        (stage_or_first(&desk, args.stage.as_ref()), Default::default())
    } else {
        stage_part(&desk, args.stage.as_ref(), args.part.as_ref())?
    };
    let (site, room) = (args.site.as_deref().map(SiteCode::from), args.room.as_deref().map(RoomNumber::from));
    if let (Some(PaperKind::Announcement(of)), Some("xlsx")) = (&kind, args.out.extension().and_then(|e| e.to_str())) {
        let rows = desk.announcement_workbook(&ctx, *of, &stage, &args.out)?;
        bench.voice.tell(&json!({ "out": args.out, "rows": rows }), || args.out.display().to_string());
        return Ok(());
    }
    let fonts = fonts(&args.fonts)?;
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
    match args.kind {
        PaperArg::Standings => return Some(PaperKind::Standings(args.list.as_str().into())),
        PaperArg::Team => return Some(PaperKind::Team(args.team.as_str().into())),
        PaperArg::Announcement => {
            return Some(PaperKind::Announcement(match args.of {
                OfArg::Roster => AnnouncementOf::Roster,
                OfArg::Selection => AnnouncementOf::Selection,
                OfArg::Awards => AnnouncementOf::Awards,
            }));
        }
        _ => {}
    }
    args.kind.to_possible_value().and_then(|value| PaperKind::read(value.get_name()))
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
            assert_eq!(known, !matches!(arg, PaperArg::Standings | PaperArg::Announcement | PaperArg::Team | PaperArg::All), "{value}");
        }
    }
}
