//! Lots and judges' sheets.

use crate::marks::pass_of;
use crate::roster::some_path;
use crate::shell::{Answer, Progress, Shell};
use kaowu_core::identity::{IdNumber, Operator, PanelId, PartId, StageId};
use kaowu_core::interview::read_sheet;
use kaowu_desk::screen::{Both, Lots, MarksTaken, PanelRow, PanelScreen, SheetDifference};
use kaowu_desk::{DeskFault, DrawLots, Result, SheetDecision};
use tauri::State;
use tauri::ipc::Channel;

/// Lots of a part, and everyone they are drawn for.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn lots(shell: State<'_, Shell>, stage: String, part: String) -> Answer<Lots> {
    shell.read(|desk| desk.lots_screen(&stage.as_str().into(), &part.as_str().into()))
}

/// Draws lots before witnesses.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn draw_lots(
    shell: State<'_, Shell>,
    stage: String,
    part: String,
    panels: Vec<String>,
    seed: String,
    witnesses: Vec<String>,
    missing: Vec<String>,
) -> Answer<Lots> {
    let (stage, part) = (StageId::from(stage), PartId::from(part));
    let panels: Vec<PanelId> = panels.iter().map(|p| p.trim().into()).collect();
    let witnesses: Vec<Operator> = witnesses.iter().map(|w| w.trim().into()).collect();
    shell.act(|desk, ctx| {
        let missing: Vec<IdNumber> = missing.iter().map(|who| desk.person(who)).collect::<Result<_>>()?;
        let draw = DrawLots { stage: &stage, part: &part, panels: &panels, seed: seed.trim(), witnesses: &witnesses, missing: &missing };
        desk.draw_lots(ctx, &draw)?;
        desk.lots_screen(&stage, &part)
    })
}

/// A lot for somebody who missed the roll call.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn late_lot(
    shell: State<'_, Shell>,
    stage: String,
    part: String,
    person: String,
    panel: String,
    reason: String,
) -> Answer<Lots> {
    let (stage, part) = (StageId::from(stage), PartId::from(part));
    shell.act(|desk, ctx| {
        desk.late_lot(ctx, &stage, &part, &desk.person(&person)?, &panel.as_str().into(), &reason)?;
        desk.lots_screen(&stage, &part)
    })
}

/// The panel's grid, for whoever is signed in.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn panel_sheet(shell: State<'_, Shell>, stage: String, part: String, pass: u8) -> Answer<PanelScreen> {
    shell.with(|open| open.desk.panel_screen(open.operator.as_ref(), &stage.as_str().into(), &part.as_str().into(), pass_of(pass)))
}

/// Keys one person's sheets; the row as it stands then.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn key_sheet(
    shell: State<'_, Shell>,
    stage: String,
    part: String,
    pass: u8,
    person: String,
    marks: Vec<String>,
) -> Answer<PanelRow> {
    let (stage, part, pass) = (StageId::from(stage), PartId::from(part), pass_of(pass));
    shell.act(|desk, ctx| {
        desk.key_sheet(ctx, &stage, &part, pass, &desk.person(&person)?, &marks)?;
        let screen = desk.panel_screen(Some(&ctx.operator), &stage, &part, pass)?;
        let row = screen.rows.into_iter().find(|row| row.person == person);
        Ok(row.ok_or_else(|| DeskFault::NoSuchPerson { person: person.clone() })?)
    })
}

/// Imports one pass from a workbook.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn import_sheets(
    shell: State<'_, Shell>,
    stage: String,
    part: String,
    pass: u8,
    file: String,
    progress: Channel<Progress>,
) -> Answer<MarksTaken> {
    shell.long_act(&progress, &Both::of("导入评分表", "Importing judges' sheets"), |desk, ctx| {
        let done = desk.import_sheets(ctx, &stage.as_str().into(), &part.as_str().into(), pass_of(pass), some_path(&file)?)?;
        Ok(done.into())
    })
}

/// Keyings that differ.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn sheet_differences(shell: State<'_, Shell>, stage: String, part: String) -> Answer<Vec<SheetDifference>> {
    shell.read(|desk| desk.sheet_difference_rows(&stage.as_str().into(), &part.as_str().into()))
}

/// Decides a person's sheets against the paper.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn decide_sheet(
    shell: State<'_, Shell>,
    stage: String,
    part: String,
    person: String,
    marks: Vec<String>,
    second: Option<String>,
    reason: String,
) -> Answer<()> {
    let (stage, part) = (StageId::from(stage), PartId::from(part));
    shell.act(|desk, ctx| {
        let id = desk.person(&person)?;
        let view = desk.view();
        let (rules, panel) = view.panel_part(&stage, &part)?;
        let sheet = read_sheet(panel, rules.full, rules.step, &marks)?.ok_or_else(|| DeskFault::MarkEmpty { person: id.to_string() })?;
        let with = second.as_deref().map(str::trim).filter(|s| !s.is_empty()).map(Into::into);
        desk.decide_sheet(ctx, &stage, &part, &SheetDecision { id: &id, sheet, with, reason: &reason }).map(|_| ())
    })
}
