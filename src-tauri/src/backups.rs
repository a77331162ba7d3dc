//! Backups that nobody has to think of: every ten minutes of work, into a ring at a second place, and onto a stick that was
//! made ready for it. They read beside the work that goes on.

use crate::shell::{Answer, Shell};
use kaowu_desk::screen::Refused;
use kaowu_desk::{Desk, DeskFault, Result};
use serde::{Deserialize, Serialize};
use specta::Type;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Duration;
use tauri::{AppHandle, Manager, State};

/// How often is looked whether something was written.
const LOOK: Duration = Duration::from_secs(30);
/// Looks between two backups: ten minutes.
const BETWEEN: u32 = 20;
/// Looks before the first of an event: a minute.
const FIRST: u32 = 2;
/// How many stay in a ring.
const KEEP: usize = 12;
/// Whoever makes this folder on a stick wants backups there.
const STICK_FOLDER: &str = "kaowu-backup";

/// Where backups go, and how the last went.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct BackupPlaces {
    /// The second place.
    folder: String,
    /// Whether it is this machine's own, which helps against a damaged file and not against a lost laptop.
    own: bool,
    /// The folder that makes a stick a place of backups.
    stick_folder: String,
    /// The last ones: file and time.
    last: Vec<BackupDone>,
    /// Why the last did not succeed.
    fault: Option<Refused>,
}

/// A backup that was read back and checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub(crate) struct BackupDone {
    file: String,
    at: String,
    entries: u32,
}

/// What the keeper knows.
#[derive(Default)]
pub(crate) struct Keeper {
    last: Mutex<Vec<BackupDone>>,
    fault: Mutex<Option<Refused>>,
}

#[derive(Default, Serialize, Deserialize)]
struct Setting {
    folder: PathBuf,
}

fn setting(app: &AppHandle) -> Option<PathBuf> {
    app.path().app_config_dir().ok().map(|folder| folder.join("backups.json"))
}

/// The second place: what was chosen, else a folder among this program's own data.
fn folder(app: &AppHandle) -> (PathBuf, bool) {
    let chosen = setting(app).and_then(|file| std::fs::read(file).ok()).and_then(|bytes| serde_json::from_slice::<Setting>(&bytes).ok());
    match chosen {
        Some(chosen) if !chosen.folder.as_os_str().is_empty() => (chosen.folder, false),
        _ => (app.path().app_data_dir().map_or_else(|_| PathBuf::from("kaowu-backup"), |data| data.join("backups")), true),
    }
}

/// Runs beside the window until it closes.
pub(crate) fn begin(app: &AppHandle) {
    let app = app.clone();
    std::thread::spawn(move || {
        let (mut of, mut kept, mut looks) = (PathBuf::new(), 0, 0);
        loop {
            std::thread::sleep(LOOK);
            // Only looked at: whoever works is not made to wait.
            let Ok(Some((path, written, demo))) = app.state::<Shell>().peek(|open| {
                let desk = &open.desk;
                Ok((desk.path().to_owned(), desk.written()?, open.demo.is_some()))
            }) else {
                continue;
            };
            if path != of {
                (of, kept, looks) = (path, 0, BETWEEN - FIRST);
            }
            looks += 1;
            if demo || written == kept || looks < BETWEEN {
                continue;
            }
            (kept, looks) = (written, 0);
            back_up(&app);
        }
    });
}

/// Into every place there is. One that fails does not keep the others from theirs.
fn back_up(app: &AppHandle) {
    let (shell, keeper) = (app.state::<Shell>(), app.state::<Keeper>());
    let mut done = Vec::new();
    let mut fault = None;
    // A locked screen is no reason to lose what was written before it locked.
    let second = match shell.peek(|open| open.desk.second()) {
        Ok(Some(second)) => second,
        Ok(None) => return,
        Err(refused) => return set(&keeper.fault, Some(refused)),
    };
    let sticks = crate::packet::sticks().into_iter().map(|stick| Path::new(&stick.path).join(STICK_FOLDER)).filter(|place| place.is_dir());
    for place in std::iter::once(folder(app).0).chain(sticks) {
        match kept_in(&second, &place) {
            Ok(one) => done.push(one),
            Err(error) => fault = Some(Refused::from(error)),
        }
    }
    if !done.is_empty() {
        set(&keeper.last, done);
    }
    set(&keeper.fault, fault);
}

fn kept_in(desk: &Desk, place: &Path) -> Result<BackupDone> {
    std::fs::create_dir_all(place).map_err(|e| DeskFault::unwritable(place, &e))?;
    let kept = desk.backup_in_ring(place, KEEP)?;
    let at = desk.plan().here(chrono::Local::now().fixed_offset()).format("%Y-%m-%d %H:%M").to_string();
    Ok(BackupDone { file: kept.file.display().to_string(), at, entries: u32::try_from(kept.entries).unwrap_or(u32::MAX) })
}

fn set<T>(of: &Mutex<T>, value: T) {
    *of.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = value;
}

fn places(app: &AppHandle) -> BackupPlaces {
    let keeper = app.state::<Keeper>();
    let (folder, own) = folder(app);
    let got = |of: &Mutex<Vec<BackupDone>>| of.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clone();
    BackupPlaces {
        folder: folder.display().to_string(),
        own,
        stick_folder: STICK_FOLDER.to_owned(),
        last: got(&keeper.last),
        fault: keeper.fault.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clone(),
    }
}

/// Where backups go by themselves.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn backup_places(app: AppHandle) -> BackupPlaces {
    places(&app)
}

/// Chooses the second place, and makes the first backup there at once.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn set_backup_folder(app: AppHandle, shell: State<'_, Shell>, folder: String) -> Answer<BackupPlaces> {
    let chosen = crate::roster::some_path(&folder).map(Path::to_owned).map_err(Refused::from)?;
    let done = kept_in(&shell.read(Desk::second)?, &chosen).map_err(Refused::from)?;
    if let Some(file) = setting(&app) {
        let text = serde_json::to_vec_pretty(&Setting { folder: chosen }).unwrap_or_default();
        let written = file.parent().map_or(Ok(()), std::fs::create_dir_all).and_then(|()| std::fs::write(&file, text));
        written.map_err(|e| Refused::from(DeskFault::unwritable(&file, &e)))?;
    }
    let keeper = app.state::<Keeper>();
    set(&keeper.last, vec![done]);
    set(&keeper.fault, None);
    Ok(places(&app))
}
