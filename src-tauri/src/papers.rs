//! Papers of the day and of the results, as files and as previews.

use crate::fonts::{font_folder, fonts};
use crate::roster::some_path;
use crate::shell::{Answer, Shell};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use kaowu_core::identity::{PartId, SiteCode, StageId};
use kaowu_desk::screen::Refused;
use kaowu_desk::{DeskError, DeskFault, PaperKind, PaperOf, Result, write_file};
use tauri::{AppHandle, State};

/// A font of the papers, for characters that the machine's own cannot draw on a screen either.
pub(crate) fn screen_font(app: &AppHandle, path: &str) -> Option<Vec<u8>> {
    let file = match path {
        "/common" => "LXGWWenKai-Regular.ttf",
        "/rare" => "HanaMinB.ttf",
        _ => return None,
    };
    std::fs::read(font_folder(app).join(file)).ok()
}

pub(crate) fn base64(bytes: &[u8]) -> String {
    BASE64_STANDARD.encode(bytes)
}

fn kind_of(text: &str) -> Result<PaperKind> {
    Ok(match text {
        "seat-chart" => PaperKind::SeatChart,
        "sign-in" => PaperKind::SignIn,
        "room-record" => PaperKind::RoomRecord,
        "draw-proof" => PaperKind::DrawProof,
        "interview-summary" => PaperKind::InterviewSummary,
        other => match other.strip_prefix("standing:") {
            Some(list) => PaperKind::Standings(list.into()),
            None => return Err(DeskFault::NothingToPrint.into()),
        },
    })
}

fn paper(
    app: &AppHandle,
    shell: &Shell,
    kind: &str,
    stage: String,
    part: String,
    site: Option<String>,
) -> std::result::Result<Vec<u8>, Refused> {
    let fonts = fonts(app)?;
    let (stage, part, site) = (StageId::from(stage), PartId::from(part), site.map(SiteCode::from));
    shell.with(|open| {
        let kind = kind_of(kind)?;
        let of = PaperOf { kind: &kind, stage: &stage, part: &part, site: site.as_ref() };
        open.desk.paper(&open.reading_ctx(), &fonts, &of)
    })
}

/// A paper as base64.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn preview_paper(
    app: AppHandle,
    shell: State<'_, Shell>,
    kind: String,
    stage: String,
    part: String,
    site: Option<String>,
) -> Answer<String> {
    Ok(base64(&paper(&app, &shell, &kind, stage, part, site)?))
}

/// A paper as a file.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn save_paper(
    app: AppHandle,
    shell: State<'_, Shell>,
    kind: String,
    stage: String,
    part: String,
    site: Option<String>,
    out: String,
) -> Answer<()> {
    let bytes = paper(&app, &shell, &kind, stage, part, site)?;
    let write = || write_file(some_path(&out)?, &bytes);
    write().map_err(|e: DeskError| e.into())
}

/// All results as one workbook; how many sheets.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn save_results(shell: State<'_, Shell>, out: String) -> Answer<u32> {
    shell.read(|desk| Ok(u32::try_from(desk.results_workbook(some_path(&out)?)?).unwrap_or(u32::MAX)))
}
