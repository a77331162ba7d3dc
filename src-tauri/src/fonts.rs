//! The fonts of papers: those of the program, and font files that were added on this machine.

use crate::roster::some_path;
use crate::shell::Answer;
use kaowu_desk::screen::Refused;
use kaowu_desk::{DeskError, DeskFault, Fonts, check_font, font_files};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use tauri::{AppHandle, Manager};

/// Fonts are read once a program: they are large. A font that is added makes them be read anew.
static FONTS: Mutex<Option<Arc<Fonts>>> = Mutex::new(None);

/// Where the fonts lie: with the installed program, or in its source.
pub(crate) fn font_folder(app: &AppHandle) -> PathBuf {
    let installed = app.path().resource_dir().map(|folder| folder.join("fonts"));
    let source = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/fonts"));
    installed.ok().filter(|folder| folder.is_dir()).unwrap_or(source)
}

/// Where added fonts are kept: a stick they came on may be pulled.
fn added(app: &AppHandle) -> PathBuf {
    app.path().app_data_dir().unwrap_or_else(|_| font_folder(app)).join("fonts")
}

pub(crate) fn fonts(app: &AppHandle) -> std::result::Result<Arc<Fonts>, Refused> {
    let mut held = FONTS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(fonts) = held.as_ref() {
        return Ok(fonts.clone());
    }
    let loaded = Fonts::load_with(&font_folder(app), &font_files(&added(app))).map_err(DeskError::from)?;
    Ok(held.insert(Arc::new(loaded)).clone())
}

fn names(app: &AppHandle) -> Vec<String> {
    let name = |path: &PathBuf| path.file_name().map(|n| n.to_string_lossy().into_owned());
    font_files(&added(app)).iter().filter_map(name).collect()
}

fn change(app: &AppHandle, work: impl FnOnce(&Path) -> std::io::Result<()>) -> Answer<Vec<String>> {
    let folder = added(app);
    let unwritable = |e: std::io::Error| DeskFault::FileUnwritable { file: folder.display().to_string(), detail: e.to_string() };
    std::fs::create_dir_all(&folder).and_then(|()| work(&folder)).map_err(|e| DeskError::from(unwritable(e)))?;
    *FONTS.lock().unwrap_or_else(PoisonError::into_inner) = None;
    Ok(names(app))
}

/// Font files that were added, by name.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn added_fonts(app: AppHandle) -> Vec<String> {
    names(&app)
}

/// Adds a font file, for characters that no other font has; all that are added.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn add_font(app: AppHandle, path: String) -> Answer<Vec<String>> {
    let path = some_path(&path)?;
    check_font(path).map_err(DeskError::from)?;
    change(&app, |folder| std::fs::copy(path, folder.join(path.file_name().unwrap_or_default())).map(|_| ()))
}

/// Takes an added font away again.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn remove_font(app: AppHandle, name: String) -> Answer<Vec<String>> {
    let known = names(&app).contains(&name);
    change(&app, |folder| if known { std::fs::remove_file(folder.join(&name)) } else { Ok(()) })
}
