//! The keys of an event on sticks.

use crate::roster::some_path;
use crate::shell::{Answer, Shell};
use kaowu_desk::{Desk, KeyKind, KeyPlaces};
use tauri::State;

/// Where the keys are.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn key_places(shell: State<'_, Shell>) -> Answer<KeyPlaces> {
    shell.read(Desk::key_places)
}

/// Six fresh words.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn new_words() -> String {
    Desk::new_words()
}

/// Saves a key onto a stick; gives where it lies.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn save_key(shell: State<'_, Shell>, key: KeyKind, folder: String, words: String) -> Answer<String> {
    shell.act(|desk, ctx| Ok(desk.save_key(ctx, key, some_path(&folder)?, &words)?.path.display().to_string()))
}

/// Takes the escrow key out of this database.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn take_out_escrow(shell: State<'_, Shell>) -> Answer<()> {
    shell.act(Desk::take_out_escrow)
}
