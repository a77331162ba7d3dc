//! Written marks, keyed twice.

use crate::roster::some_path;
use crate::shell::{Answer, Progress, Shell};
use kaowu_core::facts::Pass;
use kaowu_core::identity::{PartId, StageId};
use kaowu_core::marks::read_value;
use kaowu_desk::screen::{Both, Control, DifferenceRow, MarkKeyed, MarkSheet, MarksTaken};
use kaowu_desk::{Decision, DeskFault, MarkCounts};
use serde::Serialize;
use specta::Type;
use tauri::State;
use tauri::ipc::Channel;

/// How far a part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct MarkCountsRow {
    missing: u32,
    one_pass: u32,
    matched: u32,
    different: u32,
    decided: u32,
    unruled: u32,
    against_room: u32,
}

impl From<MarkCounts> for MarkCountsRow {
    fn from(c: MarkCounts) -> Self {
        Self {
            missing: c.missing,
            one_pass: c.one_pass,
            matched: c.matched,
            different: c.different,
            decided: c.decided,
            unruled: c.unruled,
            against_room: c.against_room,
        }
    }
}

/// First or second.
pub(crate) fn pass_of(pass: u8) -> Pass {
    Pass(if pass == 2 { 2 } else { 1 })
}

/// The grid of a pass, for whoever is signed in.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn mark_sheet(shell: State<'_, Shell>, stage: String, part: String, pass: u8) -> Answer<MarkSheet> {
    shell.with(|open| open.desk.mark_sheet(open.operator.as_ref(), &stage.as_str().into(), &part.as_str().into(), pass_of(pass)))
}

/// Keys one mark; it is on disk when this returns.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn key_mark(shell: State<'_, Shell>, stage: String, part: String, pass: u8, person: String, text: String) -> Answer<MarkKeyed> {
    let (stage, part, pass) = (StageId::from(stage), PartId::from(part), pass_of(pass));
    shell.act(|desk, ctx| {
        let value = desk.key_mark(ctx, &stage, &part, pass, &desk.person(&person)?, &text)?;
        desk.mark_keyed(&stage, &part, pass, value)
    })
}

/// Imports one pass from a workbook.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn import_marks(
    shell: State<'_, Shell>,
    stage: String,
    part: String,
    pass: u8,
    file: String,
    progress: Channel<Progress>,
) -> Answer<MarksTaken> {
    shell.long_act(&progress, &Both::of("导入成绩", "Importing marks"), |desk, ctx| {
        let done = desk.import_marks(ctx, &stage.as_str().into(), &part.as_str().into(), pass_of(pass), some_path(&file)?)?;
        Ok(done.into())
    })
}

/// Where the passes differ.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn mark_differences(shell: State<'_, Shell>, stage: String, part: String) -> Answer<Vec<DifferenceRow>> {
    shell.read(|desk| desk.difference_rows(&stage.as_str().into(), &part.as_str().into()))
}

/// Decides a mark against the paper.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn decide_mark(
    shell: State<'_, Shell>,
    stage: String,
    part: String,
    person: String,
    text: String,
    second: Option<String>,
    reason: String,
) -> Answer<()> {
    let (stage, part) = (StageId::from(stage), PartId::from(part));
    shell.act(|desk, ctx| {
        let id = desk.person(&person)?;
        let rules = desk.view().part(&stage, &part)?;
        let value = read_value(&text, rules.full, rules.step)?.ok_or_else(|| DeskFault::MarkEmpty { person: id.to_string() })?;
        let with = second.as_deref().map(str::trim).filter(|s| !s.is_empty()).map(Into::into);
        desk.decide_mark(ctx, &stage, &part, &Decision { id: &id, value, with, reason: &reason }).map(|_| ())
    })
}

/// How far a part is.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn mark_counts(shell: State<'_, Shell>, stage: String, part: String) -> Answer<MarkCountsRow> {
    shell.read(|desk| Ok(desk.mark_counts(&stage.as_str().into(), &part.as_str().into())?.into()))
}

/// Count and sum of every room in both passes.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn mark_controls(shell: State<'_, Shell>, stage: String, part: String) -> Answer<Vec<Control>> {
    shell.read(|desk| desk.mark_controls(&stage.as_str().into(), &part.as_str().into()))
}
