//! The window itself: plugins, and the file it was started with.

use crate::commands;
use crate::papers;
use crate::shell::{Open, Shell};
use kaowu_desk::{Desk, DeskError, DeskFault};
use std::path::{Path, PathBuf};
use std::time::Duration;
use tauri::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue};
use tauri::http::{Response, StatusCode};
use tauri::{AppHandle, Builder, Emitter, Manager, WindowEvent, Wry};

/// When the first screen stands, as a rule.
const SETTLED: Duration = Duration::from_secs(3);

/// The program, ready to run.
pub(crate) fn window() -> Builder<Wry> {
    let commands = commands::builder();
    Builder::default()
        // First: a second start ends here and tells the first.
        .plugin(tauri_plugin_single_instance::init(|app, args, folder| {
            if let Some(window) = app.get_webview_window("main") {
                let _ = window.unminimize().and_then(|()| window.set_focus());
            }
            take_file(app, args.get(1).map(|file| Path::new(&folder).join(file)));
        }))
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_window_state::Builder::default().build())
        .register_asynchronous_uri_scheme_protocol("font", |context, request, responder| {
            let (app, path) = (context.app_handle().clone(), request.uri().path().to_owned());
            std::thread::spawn(move || responder.respond(font(papers::screen_font(&app, &path))));
        })
        .manage(commands::state())
        .manage(crate::backups::Keeper::default())
        .invoke_handler(commands.invoke_handler())
        .setup(|app| {
            take_file(app.handle(), std::env::args_os().nth(1).map(PathBuf::from));
            crate::backups::begin(app.handle());
            Ok(())
        })
        .on_window_event(|window, event| {
            // The words of packets are kept nowhere else: the page asks first.
            if let WindowEvent::CloseRequested { api, .. } = event
                && window.state::<Shell>().slips_unsaved()
            {
                api.prevent_close();
                let _ = window.emit("closing", ());
            }
            if let WindowEvent::Destroyed = event {
                window.state::<Shell>().keep_glance();
            }
        })
        .on_menu_event(|app, event| crate::menu::chosen(app, event.id().as_ref()))
}

/// Fonts are fetched across origins, even our own.
fn font(bytes: Option<Vec<u8>>) -> Response<Vec<u8>> {
    let status = if bytes.is_some() { StatusCode::OK } else { StatusCode::NOT_FOUND };
    let mut response = Response::new(bytes.unwrap_or_default());
    *response.status_mut() = status;
    response.headers_mut().insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    response
}

/// Opens a database the program was given, while the window comes up; a packet is left to the page, which asks for its
/// words, and so is a database that does not open, for the page to say why.
fn take_file(app: &AppHandle, file: Option<PathBuf>) {
    let Some(file) = file.filter(|f| f.is_file()) else { return };
    if file.extension().is_some_and(|e| e == "kaowu") {
        offer(app, file);
    } else {
        let told = app.clone();
        app.state::<Shell>().opening(std::thread::spawn(move || {
            let desk = match Desk::open(&file) {
                Ok(desk) => desk,
                Err(DeskError::Desk(DeskFault::SignInNeeded { .. })) => {
                    told.state::<Shell>().ask_at_door(Some(file));
                    let _ = told.emit("opened", ());
                    return None;
                }
                Err(_) => {
                    offer(&told, file);
                    return None;
                }
            };
            let open = Open::new(desk);
            // What the first screen asks for is then at hand. If it cannot be read, the screen says why.
            if !matches!(open.desk.glance(open.now()), Ok(Some(_))) {
                let _ready = open.desk.overview(open.now());
            }
            let _ = told.emit("opened", ());
            Some(open)
        }));
        let app = app.clone();
        std::thread::spawn(move || {
            std::thread::sleep(SETTLED);
            // Closed again, or not to be read: whoever asks then is told.
            let _at_hand = app.state::<Shell>().read(Desk::read_ahead);
        });
    }
}

/// Leaves a file to the first screen.
fn offer(app: &AppHandle, file: PathBuf) {
    let _ = app.emit("packet", file.display().to_string());
    app.state::<Shell>().offer(file);
}
