//! Door list 门贴: what hangs at the door of a room, readable from the corridor.

use super::{Fact, print};
use crate::error::PaperError;
use crate::fonts::Fonts;
use crate::foot::Foot;
use crate::sheet::{Block, Cell, Column, Row, Sheet, Table};
use serde::{Deserialize, Serialize};

/// Door list 门贴 of one room.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct DoorList {
    /// The foot.
    pub foot: Foot,
    /// The room in large letters: 第003考场.
    pub room: String,
    /// Site, time, range of the candidate numbers, head count.
    pub facts: Vec<Fact>,
    /// People in order of their seats.
    pub people: Vec<DoorPerson>,
    /// What candidates are told: when doors open, when they close.
    pub notes: Vec<String>,
}

/// A line of a door list: no ID number, no unit.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct DoorPerson {
    /// Seat number.
    pub seat: String,
    /// Candidate number.
    pub number: String,
    /// Name.
    pub name: String,
}

/// Prints door lists, a page a room; the seats run down the left half and then down the right.
pub fn door_lists(rooms: &[DoorList], fonts: &Fonts) -> Result<Vec<u8>, PaperError> {
    let sheet = |room: &DoorList| {
        let half = || [Column::new("座位号", 14), Column::new("准考证号", 40), Column::new("姓名", 34).names()];
        let cells = |person: Option<&DoorPerson>| match person {
            Some(p) => [&p.seat, &p.number, &p.name].map(|t| Cell::from(t.as_str())),
            None => [""; 3].map(Cell::from),
        };
        let lines = room.people.len().div_ceil(2);
        let row = |n: usize| {
            let (left, right) = (room.people.get(n), room.people.get(lines + n));
            let whose: Vec<&str> = left.into_iter().chain(right).map(|p| p.name.as_str()).collect();
            Row::of(&whose.join("、"), cells(left).into_iter().chain(cells(right)))
        };
        Sheet {
            title: "考场门贴".to_owned(),
            facts: room.facts.clone(),
            facts_a_line: 2,
            blocks: vec![
                Block::Poster { text: room.room.clone() },
                Block::Table(Table {
                    columns: half().into_iter().chain(half()).collect(),
                    headed: true,
                    rows: (0..lines).map(row).collect(),
                    row_height: 72,
                    stretch: 38,
                    text_size: 120,
                }),
            ],
            notes: room.notes.clone(),
            foot: room.foot.clone(),
            ..Sheet::default()
        }
    };
    print(rooms, sheet, fonts)
}
