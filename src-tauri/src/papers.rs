//! Papers of the day and of the results, as files and as previews.

use crate::fonts::{font_folder, fonts};
use crate::roster::some_path;
use crate::shell::{Answer, Progress, Shell};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use kaowu_core::identity::{PartId, RoomNumber, SiteCode, StageId};
use kaowu_desk::screen::{Both, Refused};
use kaowu_desk::{AnnouncementOf, DeskError, DeskFault, PaperKind, PaperOf, Result, write_file};
use serde::Deserialize;
use specta::Type;
use std::path::PathBuf;
use tauri::ipc::Channel;
use tauri::{AppHandle, State};

/// A font of the papers, for characters that the machine's own cannot draw on a screen either.
pub(crate) fn screen_font(app: &AppHandle, path: &str) -> Option<Vec<u8>> {
    let file = match path {
        "/text" => "NotoSerifSC-Regular.ttf",
        "/text-bold" => "NotoSerifSC-Bold.ttf",
        "/common" => "LXGWWenKai-Regular.ttf",
        "/rare" => "HanaMinB.ttf",
        _ => return None,
    };
    std::fs::read(font_folder(app).join(file)).ok()
}

pub(crate) fn base64(bytes: &[u8]) -> String {
    BASE64_STANDARD.encode(bytes)
}

/// Which paper, of what: as the pages say it.
#[derive(Debug, Clone, Deserialize, Type)]
pub(crate) struct PaperWanted {
    /// `sign-in`, `standing:people`; for all papers of a part any.
    kind: String,
    stage: String,
    part: String,
    site: Option<String>,
    room: Option<String>,
}

impl PaperWanted {
    fn with<O>(&self, work: impl FnOnce(&PaperOf<'_>) -> Result<O>) -> Result<O> {
        let kind = PaperKind::read(&self.kind).ok_or(DeskFault::NothingToPrint)?;
        let (stage, part) = (StageId::from(self.stage.as_str()), PartId::from(self.part.as_str()));
        let (site, room) = (self.site.as_deref().map(SiteCode::from), self.room.as_deref().map(RoomNumber::from));
        work(&PaperOf { kind: &kind, stage: &stage, part: &part, site: site.as_ref(), room: room.as_ref() })
    }
}

fn making() -> Both {
    Both::of("生成表单", "Making papers")
}

fn paper(app: &AppHandle, shell: &Shell, wanted: &PaperWanted, progress: &Channel<Progress>) -> std::result::Result<Vec<u8>, Refused> {
    let fonts = fonts(app)?;
    shell.long(progress, &making(), |open| wanted.with(|of| open.desk.paper(&open.reading_ctx(), &fonts, of)))
}

/// A paper as base64.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn preview_paper(app: AppHandle, shell: State<'_, Shell>, wanted: PaperWanted, progress: Channel<Progress>) -> Answer<String> {
    Ok(base64(&paper(&app, &shell, &wanted, &progress)?))
}

/// A paper as a file.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn save_paper(
    app: AppHandle,
    shell: State<'_, Shell>,
    wanted: PaperWanted,
    out: String,
    progress: Channel<Progress>,
) -> Answer<()> {
    let bytes = paper(&app, &shell, &wanted, &progress)?;
    let write = || write_file(some_path(&out)?, &bytes);
    write().map_err(|e: DeskError| e.into())
}

/// Every paper of a part into a folder; the names of the files.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn save_papers(
    app: AppHandle,
    shell: State<'_, Shell>,
    wanted: PaperWanted,
    folder: String,
    progress: Channel<Progress>,
) -> Answer<Vec<String>> {
    let fonts = fonts(&app)?;
    let name = |path: PathBuf| path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    shell.long(&progress, &making(), |open| {
        let files = wanted.with(|of| open.desk.papers_of_part(&open.reading_ctx(), &fonts, of, some_path(&folder)?))?;
        Ok(files.into_iter().map(name).collect())
    })
}

/// All results as one workbook; how many sheets.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn save_results(shell: State<'_, Shell>, out: String, progress: Channel<Progress>) -> Answer<u32> {
    let said = Both::of("汇总成绩", "Gathering the results");
    shell.long(&progress, &said, |open| Ok(u32::try_from(open.desk.results_workbook(some_path(&out)?)?).unwrap_or(u32::MAX)))
}

/// An announcement as a workbook; how many stand in it.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn save_announcement(
    shell: State<'_, Shell>,
    of: String,
    stage: String,
    out: String,
    progress: Channel<Progress>,
) -> Answer<u32> {
    shell.long(&progress, &making(), |open| {
        let of = AnnouncementOf::ALL.into_iter().find(|one| one.name() == of).ok_or(DeskFault::NothingToPrint)?;
        let rows = open.desk.announcement_workbook(&open.reading_ctx(), of, &stage.as_str().into(), some_path(&out)?)?;
        Ok(u32::try_from(rows).unwrap_or(u32::MAX))
    })
}
