//! An empty Tauri window: what our own start is measured against (`./x bench`).

fn main() -> Result<(), tauri::Error> {
    tauri::Builder::default().run(tauri::generate_context!("tests/desktop/empty/tauri.conf.json"))
}
