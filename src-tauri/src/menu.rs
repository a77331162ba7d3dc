//! The menu of the window. It shows in the words of the page, which knows the language and which desks there are.

use serde::Deserialize;
use specta::Type;
use tauri::menu::{Menu, MenuItem, PredefinedMenuItem, Submenu};
use tauri::{AppHandle, Emitter, Manager, Wry};

/// Where the pages go when a menu is chosen: the desk's name follows.
const GO: &str = "go:";
/// The way to end the program.
const QUIT: &str = "quit";

/// What the menu says, in one language.
#[derive(Debug, Clone, Deserialize, Type)]
pub(crate) struct MenuWords {
    file: String,
    /// How an event is closed; none where none is open.
    close: Option<String>,
    quit: String,
    go: String,
    desks: Vec<MenuDesk>,
}

/// A desk that can be gone to.
#[derive(Debug, Clone, Deserialize, Type)]
pub(crate) struct MenuDesk {
    desk: String,
    text: String,
}

/// Shows the menu in these words.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn say_menu(app: AppHandle, words: MenuWords) {
    // Whatever a menu does, a button does, too: a window without one still serves.
    let _shown = menu(&app, &words).and_then(|menu| app.set_menu(menu));
}

/// Does what was chosen.
pub(crate) fn chosen(app: &AppHandle, id: &str) {
    if id == QUIT {
        // As the window's own button does, so that the same is asked.
        if let Some(window) = app.get_webview_window("main") {
            let _ = window.close();
        }
    }
    if let Some(desk) = id.strip_prefix(GO) {
        // A window that is gone needs no menu.
        let _ = app.emit("go", desk);
    }
}

fn menu(app: &AppHandle, words: &MenuWords) -> tauri::Result<Menu<Wry>> {
    let file = Submenu::new(app, &words.file, true)?;
    if let Some(close) = &words.close {
        file.append(&MenuItem::with_id(app, format!("{GO}close"), close, true, Some("CmdOrCtrl+W"))?)?;
        file.append(&PredefinedMenuItem::separator(app)?)?;
    }
    file.append(&MenuItem::with_id(app, QUIT, &words.quit, true, Some("CmdOrCtrl+Q"))?)?;
    let menu = Menu::with_items(app, &[&file])?;
    if !words.desks.is_empty() {
        let go = Submenu::new(app, &words.go, true)?;
        for one in &words.desks {
            go.append(&MenuItem::with_id(app, format!("{GO}{}", one.desk), &one.text, true, None::<&str>)?)?;
        }
        menu.append(&go)?;
    }
    Ok(menu)
}
