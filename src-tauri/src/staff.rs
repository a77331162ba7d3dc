//! People on duty, and what comes after the event.

use crate::roster::some_path;
use crate::session::{Session, WithPin, session_of};
use crate::shell::{Answer, Open, Progress, Shell, wall_ctx};
use kaowu_core::facts::Recused;
use kaowu_core::identity::{PartId, RoomNumber, StageId, UnitCode};
use kaowu_desk::screen::{Both, ClosingScreen, StaffLook, StaffScreen};
use kaowu_desk::{ArchiveDoor, ArchiveOpened, DeletionOrder, Desk, DeskFault, InspectionReport, Pin, Result, Seed};
use serde::{Deserialize, Serialize};
use specta::Type;
use std::path::Path;
use tauri::ipc::Channel;
use tauri::{AppHandle, State};

fn ids(stage: &str, part: &str) -> (StageId, PartId) {
    (stage.into(), part.into())
}

/// People on duty at a part.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn staff(shell: State<'_, Shell>, stage: String, part: String) -> Answer<StaffScreen> {
    let (stage, part) = ids(&stage, &part);
    shell.read(|desk| desk.staff_screen(&stage, &part))
}

/// Reads a list; writes nothing.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn look_at_staff(shell: State<'_, Shell>, stage: String, file: String) -> Answer<StaffLook> {
    shell.read(|desk| Ok(desk.preview_staff(&StageId::from(stage.as_str()), Path::new(file.trim()))?.look()))
}

/// Takes a list.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn import_staff(shell: State<'_, Shell>, stage: String, file: String) -> Answer<StaffLook> {
    shell.act(|desk, ctx| Ok(desk.import_staff(ctx, &StageId::from(stage.as_str()), Path::new(file.trim()))?.0.look()))
}

/// Draws the invigilators of a written part.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn draw_invigilators(
    shell: State<'_, Shell>,
    stage: String,
    part: String,
    seed: String,
    how: String,
    reason: String,
) -> Answer<()> {
    let (stage, part) = ids(&stage, &part);
    shell.act(|desk, ctx| desk.draw_invigilators(ctx, &stage, &part, Seed { text: seed.trim(), how: &how }, &reason).map(|_| ()))
}

/// Draws again from what each draw was made from; sites that come out differently.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn verify_duties(shell: State<'_, Shell>, stage: String, part: String) -> Answer<Vec<String>> {
    let (stage, part) = ids(&stage, &part);
    shell.read(|desk| Ok(desk.verify_duties(&stage, &part)?.into_iter().map(|s| s.0).collect()))
}

/// One cannot serve, another does; whether candidates of their own unit sit in that room.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn replace_staff(
    shell: State<'_, Shell>,
    stage: String,
    part: String,
    leaves: String,
    by: String,
    reason: String,
) -> Answer<bool> {
    let (stage, part) = ids(&stage, &part);
    shell.act(|desk, ctx| Ok(desk.replace_staff(ctx, &stage, &part, &leaves, &by, &reason)?.own))
}

/// A judge does not mark somebody (candidate number or ID number), or a unit; how many of them the lots bring before them.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn recuse(
    shell: State<'_, Shell>,
    stage: String,
    part: String,
    judge: String,
    candidate: String,
    unit: String,
    reason: String,
) -> Answer<u32> {
    let (stage, part) = ids(&stage, &part);
    shell.act(|desk, ctx| {
        let from = match candidate.trim() {
            "" => Recused::Unit(UnitCode::from(unit.trim())),
            document => {
                let found = desk.view().reader().person_by_document(&stage, document)?;
                Recused::Candidate(found.ok_or_else(|| DeskFault::NoSuchPerson { person: document.to_owned() })?)
            }
        };
        Ok(u32::try_from(desk.recuse(ctx, &stage, &part, &judge, &from, &reason)?.len()).unwrap_or(u32::MAX))
    })
}

/// What an inspector saw; it changes nothing.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn inspect_room(
    shell: State<'_, Shell>,
    stage: String,
    part: String,
    site: String,
    room: String,
    inspector: String,
    seen: String,
) -> Answer<()> {
    let (stage, part) = ids(&stage, &part);
    let room = Some(room.trim()).filter(|r| !r.is_empty()).map(RoomNumber::from);
    let report = InspectionReport { stage, part, site: site.as_str().into(), room, at: None, inspector, seen };
    shell.act(|desk, ctx| desk.inspect_room(ctx, &report).map(|_| ()))
}

/// What there is after the event.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn closing(shell: State<'_, Shell>) -> Answer<ClosingScreen> {
    shell.with(|open| open.desk.closing_screen(&open.reading_ctx()))
}

/// Writes the archive into a folder; its path.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn make_archive(app: AppHandle, shell: State<'_, Shell>, folder: String, progress: Channel<Progress>) -> Answer<String> {
    let fonts = crate::fonts::fonts(&app)?;
    let said = Both::of("形成档案包", "Making the archive");
    shell.long_act(&progress, &said, |desk, ctx| Ok(desk.make_archive(ctx, &fonts, some_path(&folder)?)?.path.display().to_string()))
}

/// An archive in the window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ArchiveShown {
    session: Session,
    /// Code of the root key it stands under.
    root_code: String,
    /// Whether that key was compared with one from elsewhere; if not, somebody compares the code.
    root_known: bool,
}

/// What opens an archive.
#[derive(Debug, Clone, Deserialize, Type)]
pub(crate) struct ArchiveKey {
    /// The key's file.
    file: String,
    /// The words it lies under.
    words: String,
    /// File with the root key headquarters published, where one has it.
    root: Option<String>,
}

/// Opens an archive into a new database, and shows it.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn open_archive(
    shell: State<'_, Shell>,
    file: String,
    key: ArchiveKey,
    db: String,
    who: Option<WithPin>,
    plain: bool,
) -> Answer<ArchiveShown> {
    let text = |path: &str| -> Result<String> {
        let path = some_path(path)?;
        Ok(std::fs::read_to_string(path)
            .map_err(|e| DeskFault::FileUnreadable { file: path.display().to_string(), detail: e.to_string() })?)
    };
    let ArchiveKey { file: key, words, root } = key;
    let opened = || -> Result<(Desk, ArchiveOpened)> {
        let root = root.as_deref().filter(|path| !path.trim().is_empty()).map(text).transpose()?;
        let who = who.map(|who| (wall_ctx(who.operator.trim().into()), Pin::new(&who.pin)));
        let door = match &who {
            Some((ctx, pin)) => ArchiveDoor::Pin(ctx, pin),
            None if plain => ArchiveDoor::Plain,
            None => ArchiveDoor::AsEvent,
        };
        let key = Desk::archive_opener(some_path(&key)?, || Ok(words))?;
        Desk::open_archive(some_path(&db)?, some_path(&file)?, &key, root.as_deref().map(str::trim), door)
    };
    let (desk, told) = opened()?;
    let open = Open::new(desk);
    let session = session_of(&open)?;
    shell.put(Some(open));
    Ok(ArchiveShown { session, root_code: told.root_code, root_known: root.is_some_and(|path| !path.trim().is_empty()) })
}

/// Deletes personal data; the window then shows what is left. The certificate is written beside it.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn delete_personal(
    app: AppHandle,
    shell: State<'_, Shell>,
    second: String,
    document: String,
    certificate: String,
) -> Answer<()> {
    let fonts = crate::fonts::fonts(&app)?;
    some_path(&certificate)?;
    let (paper, prepared) = shell.with(|open| {
        let ctx = open.ctx()?;
        let prepared = open.desk.prepare_deletion(&ctx, &DeletionOrder { with: second.trim().into(), document: &document })?;
        let paper = Desk::certify_deletion(&ctx, &fonts, &prepared, some_path(&certificate)?)?;
        Ok((paper, prepared))
    })?;
    // The file is replaced: nobody may have it open meanwhile.
    shell.anew(|desk| {
        let path = desk.path().to_owned();
        if let Err(error) = desk.delete_prepared(prepared) {
            // What was there is there still; an encrypted one is opened again at its door.
            return match Desk::open(&path) {
                Ok(desk) => Ok((desk, Err(error))),
                Err(_) => Err(error),
            };
        }
        Ok((Desk::open(&path)?, paper.place()))
    })??;
    Ok(())
}
