//! The journal: searching, checking, copying.

use crate::roster::some_path;
use crate::shell::{Answer, Progress, Shell};
use kaowu_desk::DeskFault;
use kaowu_desk::screen::{Both, HealthScreen, JournalFilter, JournalPage};
use tauri::State;
use tauri::ipc::Channel;

/// Entries that fit, newest first.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn journal(shell: State<'_, Shell>, filter: JournalFilter, offset: u32, limit: u32) -> Answer<JournalPage> {
    shell.read(|desk| {
        let person = filter.person.as_deref().map(|who| desk.person_or_text(who));
        desk.journal_page(&JournalFilter { person, ..filter.clone() }, offset, limit.min(500))
    })
}

/// A stored line, laid out for reading.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn entry(shell: State<'_, Shell>, id: String) -> Answer<String> {
    shell.with(|open| {
        let text = open.desk.entry_text(&id, open.operator.as_ref())?;
        Ok(text.ok_or_else(|| DeskFault::NoSuchEntry { entry: id.clone() })?)
    })
}

/// Checks hash, chain and signature of every entry.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn verify_journal(shell: State<'_, Shell>, progress: Channel<Progress>) -> Answer<HealthScreen> {
    shell.long(&progress, &Both::of("核验日志", "Checking the journal"), |open| Ok(open.desk.verify_journal()?.into()))
}

/// Copies the database, checks the copy, and only then puts it in place.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn backup(shell: State<'_, Shell>, to: String, progress: Channel<Progress>) -> Answer<()> {
    shell.long(&progress, &Both::of("备份", "Backing up"), |open| open.desk.backup(some_path(&to)?))
}
