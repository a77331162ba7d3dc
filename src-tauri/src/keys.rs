//! The keys of an event on sticks.

use crate::fonts::fonts;
use crate::roster::some_path;
use crate::shell::{Answer, Shell};
use kaowu_desk::{Desk, KeyKind, KeyPlaces, WordsOpen, write_file};
use tauri::{AppHandle, State};

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

/// Writes six words that are on the screen on a slip for the safe. They are kept nowhere, so the page gives them.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn save_words_slip(app: AppHandle, shell: State<'_, Shell>, opens: WordsOpen, words: String, out: String) -> Answer<()> {
    let fonts = fonts(&app)?;
    shell.with(|open| write_file(some_path(&out)?, &open.desk.words_slip(&open.reading_ctx(), &fonts, opens, &words)?))
}
