//! Small events made of invented people.

use chrono::{DateTime, FixedOffset};
use kaowu_core::journal::Mode;
use kaowu_core::plan::bundled;
use kaowu_desk::{Ctx, Desk, NewEvent};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

pub(crate) fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures").join(name)
}

pub(crate) fn ctx(who: &str, at: &str) -> Ctx {
    let now: DateTime<FixedOffset> = DateTime::parse_from_rfc3339(at).unwrap();
    Ctx { now, mono: 1, boot: "test".into(), operator: who.into() }
}

/// Somebody at headquarters before the event.
pub(crate) fn hq() -> Ctx {
    ctx("考务处", "2020-06-20T09:00:00+08:00")
}

pub(crate) fn new_event(folder: &TempDir, plan: &str, mode: Mode) -> Desk {
    Desk::create(&folder.path().join("hq.kaowu-db"), &hq(), &NewEvent { plan: bundled(plan).unwrap(), mode }).unwrap()
}

/// A valid ID number: the n-th of an invented birthday.
pub(crate) fn id(n: usize) -> String {
    let body = format!("320102{}{:02}{:02}{:03}", 1970 + n / 28 % 30, n % 12 + 1, n % 28 + 1, n % 999);
    let sum: u32 = body.chars().enumerate().map(|(i, c)| c.to_digit(10).unwrap() * (2_u32.pow(17 - u32::try_from(i).unwrap()) % 11)).sum();
    format!("{body}{}", ["1", "0", "X", "9", "8", "7", "6", "5", "4", "3", "2"][(sum % 11) as usize])
}

pub(crate) fn write(folder: &TempDir, name: &str, text: &str) -> PathBuf {
    let path = folder.path().join(name);
    std::fs::write(&path, text).unwrap();
    path
}

/// Headquarters of Jiangsu with three cities entered and seated.
pub(crate) fn seated(folder: &TempDir, mode: Mode) -> Desk {
    let mut desk = new_event(folder, "jiangsu-2020", mode);
    for name in ["3201-南京市", "3204-常州市", "3211-镇江市"] {
        desk.import_roster(&hq(), &"city".into(), &fixture(&format!("jiangsu-2020/rosters/{name}.xlsx")), false).unwrap();
    }
    desk.import_rooms(&hq(), &fixture("jiangsu-2020/rooms.xlsx")).unwrap();
    desk.draw_seats(&hq(), &"city".into(), "种子").unwrap();
    desk
}
