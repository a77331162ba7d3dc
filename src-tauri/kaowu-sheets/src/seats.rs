//! A plan of seats in a workbook, whoever made it.

use crate::error::SheetError;
use crate::file::read_book;
use crate::table::{Wanted, read_table};
use crate::tables::{ID, NAME, room_number};
use std::path::Path;

/// A person's seat as a row says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeatRow {
    /// Row as Excel shows it.
    pub row: u32,
    /// Site, name or code; empty where the list has none.
    pub site: String,
    /// Room.
    pub room: String,
    /// Seat number.
    pub seat: String,
    /// ID number; may be empty.
    pub id: String,
    /// Candidate number; may be empty.
    pub number: String,
    /// Name; may be empty.
    pub name: String,
    /// The unit whose people sit apart; may be empty.
    pub unit: String,
}

/// Reads a plan of seats; returns its source's name too.
pub fn read_seats(path: &Path) -> Result<(String, Vec<SeatRow>), SheetError> {
    let wanted = [
        Wanted::optional(&["考点", "考点名称", "考点代码", "site"]).merged(),
        Wanted::needed(&["考场号", "考场", "考场编号", "room"]).merged(),
        Wanted::needed(&["座位号", "座位", "座号", "座次", "seat"]),
        Wanted::optional(ID),
        Wanted::optional(&["准考证号", "准考证号码", "准考证", "考号", "number"]),
        Wanted::optional(NAME),
        Wanted::optional(&["单位代码", "县(市,区)", "县市区", "县区", "所属县区", "参赛单位", "单位", "unit"]).merged(),
    ];
    let table = read_table(read_book(path)?, &wanted)?;
    let rows = table.rows.iter().map(|row| {
        let text = |n: usize| row.cells[n].text().trim().to_owned();
        SeatRow {
            row: row.row,
            site: text(0),
            room: room_number(&row.cells[1]),
            seat: text(2),
            id: text(3),
            number: text(4),
            name: text(5),
            unit: text(6),
        }
    });
    Ok((table.source.clone(), rows.collect()))
}
