//! The desktop window: binds the use cases of `kaowu-desk` to the pages in `ui/`. No rule of the domain stands here.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod backups;
mod certificates;
mod commands;
mod drafts;
mod fonts;
mod interview;
mod journal;
mod keys;
mod marks;
mod menu;
mod operators;
mod overview;
mod packet;
mod papers;
mod practice;
mod recent;
mod room;
mod roster;
mod seating;
mod session;
mod shell;
mod staff;
mod stages;
mod standing;
mod start;

use std::process::ExitCode;

fn main() -> ExitCode {
    if cfg!(target_os = "linux") && !display_is_there() {
        eprintln!("kaowu: no display: neither DISPLAY nor WAYLAND_DISPLAY is set; start it on a desktop, or use kaowu-cli");
        return ExitCode::FAILURE;
    }
    match start::window().run(tauri::generate_context!()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("kaowu: the window did not open: {e}");
            ExitCode::FAILURE
        }
    }
}

/// Asked before Tauri does: its toolkit ends the program with a panic where there is no display.
fn display_is_there() -> bool {
    ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| std::env::var_os(name).is_some_and(|v| !v.is_empty()))
}
