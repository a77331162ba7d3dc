//! Practice 日日学、周周练、月月比.

use crate::shell::{Answer, Progress, Shell};
use kaowu_core::identity::UnitCode;
use kaowu_core::practice::PracticeKind;
use kaowu_desk::screen::{Both, ClaimRow, PracticeKindWord, PracticeListScreen, PracticeLookScreen, PracticeScreen, WhichPractice};
use kaowu_desk::write_file;
use std::path::Path;
use tauri::ipc::Channel;
use tauri::{AppHandle, State};

/// What the desk of practice starts with.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn practice(shell: State<'_, Shell>) -> Answer<PracticeScreen> {
    shell.read(|desk| desk.practice_screen())
}

/// Reads an export and compares it; writes nothing.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn look_at_practice(
    shell: State<'_, Shell>,
    kind: PracticeKindWord,
    of: String,
    file: String,
    progress: Channel<Progress>,
) -> Answer<PracticeLookScreen> {
    shell.begin();
    shell.read(|desk| {
        let what = Both::of("读取导出文件", "Reading the export");
        let look = desk.preview_practice(kind.into(), Some(&of), Path::new(file.trim()), &mut |done, total| {
            shell.tell(&progress, &what, thousandth(done, total), 1000)
        })?;
        Ok(desk.practice_look(look.summary(), look.known.is_some()))
    })
}

/// Imports an export; one that changes what stands there only with `accept`.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn import_practice(
    shell: State<'_, Shell>,
    kind: PracticeKindWord,
    of: String,
    file: String,
    accept: bool,
    progress: Channel<Progress>,
) -> Answer<PracticeLookScreen> {
    shell.begin();
    shell.act(|desk, ctx| {
        let what = Both::of("导入", "Importing");
        let done = desk.import_practice(ctx, kind.into(), Some(&of), Path::new(file.trim()), accept, &mut |done, total| {
            shell.tell(&progress, &what, thousandth(done, total), 1000)
        })?;
        Ok(desk.practice_look(done, true))
    })
}

/// Bytes of bytes in thousandths: the channel carries small numbers.
fn thousandth(done: u64, total: u64) -> usize {
    usize::try_from(done.saturating_mul(1000) / total.max(1)).unwrap_or(1000)
}

/// Takes an imported export back.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn remove_practice(shell: State<'_, Shell>, kind: PracticeKindWord, source: String, reason: String) -> Answer<()> {
    shell.act(|desk, ctx| desk.remove_practice(ctx, PracticeKind::from(kind), &source, &reason))
}

/// A list of practice; `of` is a week, a month, a tier, or empty.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn practice_list(shell: State<'_, Shell>, which: WhichPractice, of: String) -> Answer<PracticeListScreen> {
    shell.read(|desk| desk.practice_list_screen(which, &of))
}

/// Names without ID number.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn practice_claims(shell: State<'_, Shell>) -> Answer<Vec<ClaimRow>> {
    shell.read(|desk| desk.claim_rows())
}

/// Says who a name is; nobody given: somebody of their own.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn match_practice(shell: State<'_, Shell>, unit: String, name: String, person: Option<String>, reason: String) -> Answer<()> {
    shell.act(|desk, ctx| {
        let is = person.map(|handle| desk.person(&handle)).transpose()?;
        desk.match_practice(ctx, &UnitCode::from(unit.as_str()), &name, is.as_ref(), &reason)
    })
}

/// Every undecided name of which nobody is known is somebody of their own; how many.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn match_strangers(shell: State<'_, Shell>, reason: String) -> Answer<u32> {
    shell.act(|desk, ctx| Ok(u32::try_from(desk.match_strangers(ctx, &reason)?).unwrap_or(u32::MAX)))
}

/// Confirms the year's best.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn confirm_practice_year(shell: State<'_, Shell>, document: String) -> Answer<()> {
    shell.act(|desk, ctx| desk.confirm_practice_year(ctx, &document).map(|_| ()))
}

/// Records which units have the prize.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn decide_practice_prize(shell: State<'_, Shell>, units: Vec<String>, document: String) -> Answer<()> {
    let units: Vec<UnitCode> = units.iter().map(|u| u.as_str().into()).collect();
    shell.act(|desk, ctx| desk.decide_practice_prize(ctx, &units, &document).map(|_| ()))
}

/// A list as PDF, without ID numbers.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn save_practice_paper(app: AppHandle, shell: State<'_, Shell>, which: WhichPractice, of: String, out: String) -> Answer<()> {
    let fonts = crate::fonts::fonts(&app)?;
    shell.with(|open| {
        let bytes = open.desk.practice_paper(&open.reading_ctx(), &fonts, &which.query(&of))?;
        write_file(crate::roster::some_path(&out)?, &bytes)
    })
}

/// Every list as one workbook.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn save_practice_workbook(shell: State<'_, Shell>, out: String) -> Answer<u32> {
    shell.read(|desk| Ok(u32::try_from(desk.practice_workbook(crate::roster::some_path(&out)?)?).unwrap_or(u32::MAX)))
}
