//! Where the day stands.

use crate::shell::{Answer, Shell};
use kaowu_desk::screen::{ClockNotice, Overview};
use tauri::State;

/// The plan's times, the steps, and what blocks them.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn overview(shell: State<'_, Shell>) -> Answer<Overview> {
    shell.with(|open| {
        let day = open.desk.overview(open.now())?;
        // Where nothing can be kept, the next start reads.
        let _kept = open.desk.keep_glance(&day);
        Ok(day)
    })
}

/// The overview as it last stood, for the first screen; none where an entry has come since.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn glance(shell: State<'_, Shell>) -> Answer<Option<Overview>> {
    shell.with(|open| open.desk.glance(open.now()))
}

/// Clocks that were set back.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn clock_notices(shell: State<'_, Shell>) -> Answer<Vec<ClockNotice>> {
    shell.with(|open| open.desk.clock_notices(&open.reading_ctx()))
}
