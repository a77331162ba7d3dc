//! Events opened on this machine: a small file beside the window's other settings.

use kaowu_desk::screen::Both;
use serde::{Deserialize, Serialize};
use specta::Type;
use std::path::{Path, PathBuf};
use tauri::{AppHandle, Manager};

/// An event opened before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Recent {
    path: String,
    title: String,
    #[serde(default)]
    title_en: String,
    drill: bool,
    post: Option<String>,
    /// Stage and part of the post in words; none in lists of older versions.
    #[serde(default)]
    post_of: Option<Both>,
    opened: String,
    /// Whether the file still lies there.
    #[serde(default)]
    there: bool,
}

const MOST: usize = 12;

fn file(app: &AppHandle) -> Option<PathBuf> {
    app.path().app_config_dir().ok().map(|folder| folder.join("recent.json"))
}

fn read(path: &Path) -> Vec<Recent> {
    std::fs::read(path).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
}

/// The latest first.
pub(crate) fn list(app: &AppHandle) -> Vec<Recent> {
    let mut all = file(app).map(|path| read(&path)).unwrap_or_default();
    for one in &mut all {
        one.there = Path::new(&one.path).exists();
    }
    all
}

/// Notes an event. A list that cannot be written is no reason to refuse the event.
pub(crate) fn note(app: &AppHandle, path: &str, title: &Both, drill: bool, post: Option<(&str, Both)>) {
    let Some(file) = file(app) else { return };
    let mut all = read(&file);
    all.retain(|one| one.path != path);
    let opened = chrono::Local::now().format("%Y-%m-%d %H:%M").to_string();
    let one = Recent {
        path: path.to_owned(),
        title: title.zh.clone(),
        title_en: title.en.clone(),
        drill,
        post: post.as_ref().map(|(post, _)| (*post).to_owned()),
        post_of: post.map(|(_, of)| of),
        opened,
        there: true,
    };
    all.insert(0, one);
    all.truncate(MOST);
    let text = serde_json::to_vec_pretty(&all).unwrap_or_default();
    if let Some(folder) = file.parent() {
        let _ = std::fs::create_dir_all(folder).and_then(|()| std::fs::write(&file, text));
    }
}
