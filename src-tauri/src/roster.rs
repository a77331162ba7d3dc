//! Rosters, exclusion lists, findings.

use crate::shell::{Answer, Progress, Shell};
use kaowu_core::facts::Verdict;
use kaowu_core::words::Lang;
use kaowu_desk::screen::{BelowMinimumRow, Both, FindingRow, PeoplePage, RosterFileRow, RosterLook, RosterStateRow, WithdrawnLine};
use kaowu_desk::{DeskFault, LateGrounds, Result};
use serde::{Deserialize, Serialize};
use specta::Type;
use std::path::Path;
use tauri::State;
use tauri::ipc::Channel;

/// An exclusion list taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ExclusionsTaken {
    source: String,
    lines: u32,
    without_id: u32,
    doubtful: Vec<u32>,
}

/// On what a change of a closed roster rests.
#[derive(Debug, Clone, Deserialize, Type)]
pub(crate) struct Late {
    reason: String,
    second: String,
}

impl From<Late> for LateGrounds {
    fn from(late: Late) -> Self {
        Self { reason: late.reason, second: late.second.as_str().into() }
    }
}

/// Rosters that stand.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn roster_files(shell: State<'_, Shell>) -> Answer<Vec<RosterFileRow>> {
    shell.read(|desk| desk.roster_files())
}

/// Reads a roster and compares it; writes nothing.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn look_at_roster(shell: State<'_, Shell>, stage: String, file: String, progress: Channel<Progress>) -> Answer<RosterLook> {
    let said = Both::of(format!("查看名单 {}", file_name(&file)), format!("Looking at the roster {}", file_name(&file)));
    shell.long(&progress, &said, |open| {
        let preview = open.desk.preview_roster(&stage.as_str().into(), Path::new(&file))?;
        Ok(open.desk.roster_look(&file, &preview, None))
    })
}

/// Imports a roster; one that changes people who stand there only with `accept`, and after the closing only with `late`.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn import_roster(
    shell: State<'_, Shell>,
    stage: String,
    file: String,
    accept: bool,
    late: Option<Late>,
    progress: Channel<Progress>,
) -> Answer<RosterLook> {
    let said = Both::of(format!("导入名单 {}", file_name(&file)), format!("Importing the roster {}", file_name(&file)));
    shell.long_act(&progress, &said, |desk, ctx| {
        let grounds = late.map(LateGrounds::from);
        let (preview, done) = desk.import_late_roster(ctx, &stage.as_str().into(), Path::new(&file), accept, grounds.as_ref())?;
        Ok(desk.roster_look(&file, &preview, Some(&done)))
    })
}

/// Writes a copy of the workbook with its faults marked.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn save_marked_roster(shell: State<'_, Shell>, stage: String, file: String, out: String) -> Answer<()> {
    shell.read(|desk| {
        desk.preview_roster(&stage.as_str().into(), Path::new(&file))?.write_marked(Path::new(&file), Path::new(&out), Lang::Zh)
    })
}

/// People who fit what was typed.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn people(shell: State<'_, Shell>, stage: String, wanted: String, offset: u32, limit: u32) -> Answer<PeoplePage> {
    let size = |n: u32| usize::try_from(n).unwrap_or(0);
    shell.read(|desk| desk.people_page(&stage.as_str().into(), &wanted, size(offset), size(limit)))
}

/// Takes a person off the roster.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn withdraw(shell: State<'_, Shell>, stage: String, person: String, reason: String) -> Answer<()> {
    shell.act(|desk, ctx| desk.withdraw(ctx, &stage.as_str().into(), &desk.person(&person)?, &reason))
}

/// The whole ID number of a person; that it was shown is in the journal.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn uncover(shell: State<'_, Shell>, stage: String, person: String, reason: String) -> Answer<String> {
    shell.act(|desk, ctx| {
        let id = desk.person(&person)?;
        desk.uncover(ctx, &stage.as_str().into(), &id, &reason)?;
        Ok(id.0)
    })
}

/// Imports an exclusion list.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn import_exclusions(shell: State<'_, Shell>, file: String, progress: Channel<Progress>) -> Answer<ExclusionsTaken> {
    shell.long_act(&progress, &Both::of("导入禁参名单", "Importing the exclusion list"), |desk, ctx| {
        let done = desk.import_exclusions(ctx, Path::new(&file))?;
        Ok(ExclusionsTaken { source: done.source, lines: done.lines, without_id: done.without_id, doubtful: done.doubtful })
    })
}

/// Everyone a list touches.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn findings(shell: State<'_, Shell>, stage: String) -> Answer<Vec<FindingRow>> {
    shell.read(|desk| desk.finding_rows(&stage.as_str().into()))
}

/// HQ's word on a suspect.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn rule_suspect(shell: State<'_, Shell>, stage: String, person: String, confirmed: bool, reason: String) -> Answer<()> {
    let verdict = if confirmed { Verdict::Confirmed } else { Verdict::Cleared };
    shell.act(|desk, ctx| desk.rule_suspect(ctx, &stage.as_str().into(), &desk.person(&person)?, verdict, &reason))
}

/// Units with too few people.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn below_minimum(shell: State<'_, Shell>, stage: String) -> Answer<Vec<BelowMinimumRow>> {
    shell.read(|desk| desk.below_minimum_rows(&stage.as_str().into()))
}

/// Accepts that a unit enters so few.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn accept_below(shell: State<'_, Shell>, stage: String, unit: String, reason: String) -> Answer<()> {
    shell.act(|desk, ctx| desk.accept_below(ctx, &stage.as_str().into(), &unit.as_str().into(), &reason).map(|_| ()))
}

/// Whether a roster is open.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn roster_state(shell: State<'_, Shell>, stage: String) -> Answer<RosterStateRow> {
    shell.with(|open| open.desk.roster_state_row(&open.reading_ctx(), &stage.as_str().into()))
}

/// Closes a roster.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn close_roster(shell: State<'_, Shell>, stage: String, reason: String) -> Answer<()> {
    shell.act(|desk, ctx| desk.close_roster(ctx, &stage.as_str().into(), &reason))
}

/// Opens a closed roster again.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn reopen_roster(shell: State<'_, Shell>, stage: String, late: Late) -> Answer<()> {
    shell.act(|desk, ctx| desk.reopen_roster(ctx, &stage.as_str().into(), &late.into()))
}

/// Who withdrew.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn withdrawn(shell: State<'_, Shell>, stage: String) -> Answer<Vec<WithdrawnLine>> {
    shell.read(|desk| desk.withdrawn_rows(&stage.as_str().into()))
}

/// Takes a withdrawal back; the number of the seat that is the person's again.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn reinstate(shell: State<'_, Shell>, stage: String, person: String, reason: String) -> Answer<Option<String>> {
    shell.act(|desk, ctx| Ok(desk.reinstate(ctx, &stage.as_str().into(), &desk.person(&person)?, &reason)?.map(|n| n.0)))
}

/// People while someone types at a door.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn find_people(shell: State<'_, Shell>, stage: String, wanted: String) -> Answer<Vec<kaowu_desk::screen::PersonRow>> {
    shell.read(|desk| desk.find_people(&stage.as_str().into(), &wanted, 20))
}

/// The last piece of a path.
fn file_name(path: &str) -> String {
    Path::new(path).file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// A path that was left empty is said in words, not as a fault of the system.
pub(crate) fn some_path(text: &str) -> Result<&Path> {
    let text = text.trim();
    if text.is_empty() { Err(DeskFault::PathNeeded.into()) } else { Ok(Path::new(text)) }
}
