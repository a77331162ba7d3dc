//! Checks that the pages of the window are built, then lets Tauri read its configuration.

use std::{path::Path, process::ExitCode};
use tauri_build::{AppManifest, Attributes, try_build};

const PAGES: &str = "ui/dist/index.html";
const CAPABILITIES: &str = "./src-tauri/capabilities/**/*";
const PERMISSIONS: &str = "./src-tauri/permissions/**/*";

fn main() -> ExitCode {
    for path in [PAGES, "src-tauri/capabilities", "src-tauri/permissions"] {
        println!("cargo::rerun-if-changed={path}");
    }
    if !Path::new(PAGES).exists() {
        println!("cargo::error=the pages of the window are not built ({PAGES} is missing); build them with: ./x setup");
        return ExitCode::FAILURE;
    }
    let manifest = AppManifest::new().permissions_path_pattern(PERMISSIONS);
    match try_build(Attributes::new().app_manifest(manifest).capabilities_path_pattern(CAPABILITIES)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            println!("cargo::error={}", format!("{e:#}").replace('\n', " "));
            ExitCode::FAILURE
        }
    }
}
