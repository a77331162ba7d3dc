//! A table in a text file, through every reader of tables.
#![no_main]
use kaowu_sheets::tables::{read_exclusions, read_marks, read_panel_marks, read_rooms, read_roster};
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let path = std::env::temp_dir().join(format!("kaowu-fuzz-{}.csv", std::process::id()));
    std::fs::write(&path, bytes).unwrap();
    let _ = read_roster(&path);
    let _ = read_exclusions(&path);
    let _ = read_rooms(&path);
    let _ = read_marks(&path);
    let _ = read_panel_marks(&path, 7);
});
