//! Rooms, the draw, the picture of a room.

use crate::roster::some_path;
use crate::shell::{Answer, Progress, Shell};
use kaowu_core::identity::{IdNumber, StageId};
use kaowu_core::seating::Need;
use kaowu_desk::screen::{Beside, Both, DrawRow, NeedWord, Refused, RoomPicture, RoomRow};
use kaowu_desk::{Desk, DeskFault, Result, Seed};
use serde::Serialize;
use specta::Type;
use tauri::State;
use tauri::ipc::Channel;

/// Rooms of a stage taken from a workbook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub(crate) struct StageRooms {
    stage: String,
    rooms: u32,
    seats: u32,
}

/// What an import of rooms did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub(crate) struct RoomsTaken {
    stages: Vec<StageRooms>,
    unchanged: u32,
}

/// Imports rooms.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn import_rooms(shell: State<'_, Shell>, file: String, progress: Channel<Progress>) -> Answer<RoomsTaken> {
    shell.long_act(&progress, &Both::of("导入考场", "Importing rooms"), |desk, ctx| {
        let done = desk.import_rooms(ctx, some_path(&file)?)?;
        let name = |id: &StageId| desk.plan().stages.iter().find(|s| s.id == *id).map(|s| s.name.clone()).unwrap_or_default();
        let row =
            |(id, rooms): (&StageId, &u32)| StageRooms { stage: name(id), rooms: *rooms, seats: done.seats.get(id).copied().unwrap_or(0) };
        Ok(RoomsTaken { stages: done.rooms.iter().map(row).collect(), unchanged: done.unchanged })
    })
}

/// Rooms of a stage.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn rooms(shell: State<'_, Shell>, stage: String) -> Answer<Vec<RoomRow>> {
    shell.read(|desk| desk.room_rows(&stage.as_str().into()))
}

/// The draw of a stage, once there is one.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn draw(shell: State<'_, Shell>, stage: String) -> Answer<Option<DrawRow>> {
    shell.read(|desk| desk.draw_row(&stage.as_str().into()))
}

/// Draws seats and numbers.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn draw_seats(
    shell: State<'_, Shell>,
    stage: String,
    seed: String,
    how: String,
    progress: Channel<Progress>,
) -> Answer<DrawRow> {
    let stage = StageId::from(stage);
    shell.long_act(&progress, &Both::of("编排座位", "Drawing seats"), |desk, ctx| {
        desk.draw_seats(ctx, &stage, Seed { text: seed.trim(), how: &how })?;
        Ok(desk.draw_row(&stage)?.ok_or(DeskFault::NotDrawn { stage: stage.clone() })?)
    })
}

/// Checks the seats that stand against the rules.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn verify_seats(shell: State<'_, Shell>, stage: String) -> Answer<Vec<Refused>> {
    shell.read(|desk| Ok(desk.verify_seats(&stage.as_str().into())?.iter().map(Refused::of).collect()))
}

/// One room with everyone in it.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn room_picture(shell: State<'_, Shell>, stage: String, site: String, room: String) -> Answer<RoomPicture> {
    shell.read(|desk| desk.room_picture(&stage.as_str().into(), &site.as_str().into(), &room.as_str().into()))
}

fn picture_of(desk: &Desk, stage: &StageId, id: &IdNumber) -> Result<RoomPicture> {
    let seat = desk.view().seat(stage, id)?.ok_or_else(|| DeskFault::NoSuchPerson { person: id.to_string() })?;
    desk.room_picture(stage, &seat.site, &seat.room)
}

/// Two people exchange their seats.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn swap_seats(shell: State<'_, Shell>, stage: String, first: String, second: String, reason: String) -> Answer<RoomPicture> {
    let stage = StageId::from(stage);
    shell.act(|desk, ctx| {
        let (first, second) = (desk.person(&first)?, desk.person(&second)?);
        desk.swap_seats(ctx, &stage, &first, &second, &reason)?;
        picture_of(desk, &stage, &first)
    })
}

/// Keeps a person at their seat in later draws, or lets them go again.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn pin_seat(shell: State<'_, Shell>, stage: String, person: String, pinned: bool, reason: String) -> Answer<RoomPicture> {
    let stage = StageId::from(stage);
    shell.act(|desk, ctx| {
        let id = desk.person(&person)?;
        if pinned {
            desk.pin_seat(ctx, &stage, &id, &reason)?;
        } else {
            desk.unpin_seat(ctx, &stage, &id, &reason)?;
        }
        picture_of(desk, &stage, &id)
    })
}

/// Who needs something of a seat, and who has none.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn beside_draw(shell: State<'_, Shell>, stage: String) -> Answer<Beside> {
    shell.read(|desk| desk.beside_draw(&stage.as_str().into()))
}

/// Says what a person, named by ID number or candidate number, needs of a seat; nothing takes it back.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn set_needs(shell: State<'_, Shell>, stage: String, document: String, needs: Vec<NeedWord>, reason: String) -> Answer<Beside> {
    let stage = StageId::from(stage);
    shell.act(|desk, ctx| {
        let found = desk.view().reader().person_by_document(&stage, desk.person_or_text(&document).trim())?;
        let id = found.ok_or_else(|| DeskFault::NoSuchPerson { person: document.clone() })?;
        desk.set_needs(ctx, &stage, &id, needs.iter().copied().map(Need::from).collect(), &reason)?;
        desk.beside_draw(&stage)
    })
}

/// Gives a late entry a spare seat.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn seat_late(shell: State<'_, Shell>, stage: String, person: String, reason: String) -> Answer<RoomPicture> {
    let stage = StageId::from(stage);
    shell.act(|desk, ctx| {
        let id = desk.person(&person)?;
        desk.seat_late(ctx, &stage, &id, &reason)?;
        picture_of(desk, &stage, &id)
    })
}

/// Draws one room again; all others stay.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn redraw_room(
    shell: State<'_, Shell>,
    stage: String,
    site: String,
    room: String,
    seed: String,
    reason: String,
) -> Answer<RoomPicture> {
    let (stage, site, room) = (StageId::from(stage), site.as_str().into(), room.as_str().into());
    shell.act(|desk, ctx| {
        desk.redraw_room(ctx, &stage, (&site, &room), seed.trim(), &reason)?;
        desk.room_picture(&stage, &site, &room)
    })
}

/// Writes the draw as it is published, for anyone to replay.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn publish_draw(shell: State<'_, Shell>, stage: String, out: String) -> Answer<()> {
    shell.read(|desk| desk.publish_draw(&stage.as_str().into(), Some(some_path(&out)?)).map(|_| ()))
}
