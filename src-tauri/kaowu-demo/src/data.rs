//! The invented event's files, in the program itself: one that is installed has no repository beside it.

use crate::folders::unwritable;
use kaowu_desk::Result;
use std::path::Path;

macro_rules! files {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_bytes!(concat!("../../../tests/fixtures/jiangsu-2020/", $name)).as_slice())),*]
    };
}

/// Name within the folder, and content.
pub(crate) const FILES: &[(&str, &[u8])] = files![
    "exclusions-2019.xlsx",
    "expected/awards.csv",
    "expected/cities.csv",
    "expected/composite.csv",
    "expected/county-teams.csv",
    "expected/eligibility.csv",
    "expected/regional.csv",
    "expected/selected-179.csv",
    "marks/city-written-discrepancies.csv",
    "marks/city-written-second.xlsx",
    "marks/city-written.xlsx",
    "marks/interview.xlsx",
    "marks/province-written.xlsx",
    "rooms.xlsx",
    "rosters/3200-省厅本级.xlsx",
    "rosters/3201-南京市.xlsx",
    "rosters/3202-无锡市.xlsx",
    "rosters/3203-徐州市.xlsx",
    "rosters/3204-常州市.xlsx",
    "rosters/3205-苏州市.xlsx",
    "rosters/3206-南通市.xlsx",
    "rosters/3207-连云港市.xlsx",
    "rosters/3208-淮安市.xlsx",
    "rosters/3209-盐城市.xlsx",
    "rosters/3210-扬州市.xlsx",
    "rosters/3211-镇江市.xlsx",
    "rosters/3212-泰州市.xlsx",
    "rosters/3213-宿迁市.xlsx",
    "units.csv",
];

/// Writes the event's files into a folder: `rosters/`, `marks/`, `expected/`, rooms and exclusion list. A file of the same
/// name is replaced.
pub fn write_data(folder: &Path) -> Result<()> {
    for (name, content) in FILES {
        let path = folder.join(name);
        let parent = path.parent().unwrap_or(folder);
        std::fs::create_dir_all(parent).map_err(|e| unwritable(parent, &e))?;
        std::fs::write(&path, content).map_err(|e| unwritable(&path, &e))?;
    }
    Ok(())
}
