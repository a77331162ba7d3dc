//! Papers of the day and of the results, as files and as previews.

use crate::roster::some_path;
use crate::shell::{Answer, Progress, Shell};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use kaowu_core::identity::{PartId, SiteCode, StageId};
use kaowu_desk::screen::{Both, Refused};
use kaowu_desk::{Desk, DeskError, DeskFault, Fonts, PaperKind, PaperOf, Result, write_file};
use std::path::PathBuf;
use std::sync::OnceLock;
use tauri::ipc::Channel;
use tauri::{AppHandle, Manager, State};

/// Fonts are parsed once a program: they are large.
static FONTS: OnceLock<Fonts> = OnceLock::new();

/// Where the fonts lie: with the installed program, or in its source.
fn font_folder(app: &AppHandle) -> PathBuf {
    let installed = app.path().resource_dir().map(|folder| folder.join("fonts"));
    let source = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/fonts"));
    installed.ok().filter(|folder| folder.is_dir()).unwrap_or(source)
}

/// A font of the papers, for characters that the machine's own cannot draw on a screen either.
pub(crate) fn screen_font(app: &AppHandle, path: &str) -> Option<Vec<u8>> {
    let file = match path {
        "/common" => "LXGWWenKai-Regular.ttf",
        "/rare" => "HanaMinB.ttf",
        _ => return None,
    };
    std::fs::read(font_folder(app).join(file)).ok()
}

pub(crate) fn fonts(app: &AppHandle) -> std::result::Result<&'static Fonts, Refused> {
    if let Some(fonts) = FONTS.get() {
        return Ok(fonts);
    }
    let loaded = Desk::fonts(&font_folder(app))?;
    Ok(FONTS.get_or_init(|| loaded))
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
    progress: &Channel<Progress>,
) -> std::result::Result<Vec<u8>, Refused> {
    let fonts = fonts(app)?;
    let (stage, part, site) = (StageId::from(stage), PartId::from(part), site.map(SiteCode::from));
    shell.long(progress, &Both::of("生成表单", "Making papers"), |open| {
        let kind = kind_of(kind)?;
        let of = PaperOf { kind: &kind, stage: &stage, part: &part, site: site.as_ref() };
        open.desk.paper(&open.reading_ctx(), fonts, &of)
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
    progress: Channel<Progress>,
) -> Answer<String> {
    Ok(base64(&paper(&app, &shell, &kind, stage, part, site, &progress)?))
}

/// A paper as a file.
#[tauri::command(async)]
#[specta::specta]
#[allow(clippy::too_many_arguments)] // one each for what the page asks
pub(crate) fn save_paper(
    app: AppHandle,
    shell: State<'_, Shell>,
    kind: String,
    stage: String,
    part: String,
    site: Option<String>,
    out: String,
    progress: Channel<Progress>,
) -> Answer<()> {
    let bytes = paper(&app, &shell, &kind, stage, part, site, &progress)?;
    let write = || write_file(some_path(&out)?, &bytes);
    write().map_err(|e: DeskError| e.into())
}

/// All results as one workbook; how many sheets.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn save_results(shell: State<'_, Shell>, out: String, progress: Channel<Progress>) -> Answer<u32> {
    let said = Both::of("汇总成绩", "Gathering the results");
    shell.long(&progress, &said, |open| Ok(u32::try_from(open.desk.results_workbook(some_path(&out)?)?).unwrap_or(u32::MAX)))
}
