//! The papers that are tables or cards: each says only what stands in it, the building blocks do the rest.

use crate::error::PaperError;
use crate::fonts::Fonts;
use crate::foot::Foot;
use crate::sheet::{Block, Cell, Column, Row, Sheet, Table, sheets};
use serde::{Deserialize, Serialize};

mod absence;
mod awards;
mod door_list;
mod incident;
mod interview;
mod judge;
mod labels;
mod lots;
mod room_record;
mod sign_in;
mod slips;
mod standings;
mod tickets;

pub use absence::{AbsenceList, absence_list};
pub use awards::{AwardGroup, AwardsList, Winner, awards_list};
pub use door_list::{DoorList, DoorPerson, door_lists};
pub use incident::{IncidentForm, incident_forms};
pub use interview::{InterviewLine, InterviewSummary, TallySheet, interview_summary, tally_sheets};
pub use judge::{JudgeSheet, judge_sheets};
pub use labels::{DeskLabel, DeskLabels, desk_labels};
pub use lots::{LotLine, LotsSheet, lots_sheets};
pub use room_record::{RoomRecord, room_record};
pub use sign_in::{SignIn, SignInPerson, sign_in};
pub use slips::{PassphraseSlip, ReceiptSlip, passphrase_slip, receipt_slip};
pub use standings::{Standings, standings};
pub use tickets::{Ticket, Tickets, tickets};

/// Label and value.
pub type Fact = (String, String);

/// Draw proof sheet 座位抽签单: from which seed the seats were drawn, and how anyone repeats it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct DrawProof {
    /// The foot.
    pub foot: Foot,
    /// Seed, people, rooms, pairs left beside the bound, hash of the plan: label and value.
    pub lines: Vec<Fact>,
    /// Rooms: name, seats, people, pairs left; may be empty.
    pub rooms: Vec<[String; 4]>,
    /// How to replay it, in sentences.
    pub replay: String,
}

/// Prints draw proof sheets.
pub fn draw_proof(papers: &[DrawProof], fonts: &Fonts) -> Result<Vec<u8>, PaperError> {
    let sheet = |paper: &DrawProof| {
        let mut blocks = vec![facts_table(&paper.lines)];
        if !paper.rooms.is_empty() {
            let columns =
                vec![Column::new("考场", 40), Column::new("座位", 20), Column::new("人数", 20), Column::new("同单位相邻对数", 30)];
            blocks.push(Block::Heading { text: "各考场情况".to_owned() });
            blocks.push(table(columns, paper.rooms.iter().map(|r| Row::new(r.iter().map(|t| t.as_str().into()))).collect(), 65));
        }
        blocks.push(Block::Heading { text: "复核方法".to_owned() });
        blocks.push(Block::Text { text: paper.replay.clone() });
        Sheet {
            title: "座位抽签单".to_owned(),
            blocks,
            signatures: words(&["抽签人", "监督人", "日期"]),
            foot: paper.foot.clone(),
            ..Sheet::default()
        }
    };
    print(papers, sheet, fonts)
}

pub(crate) fn print<T>(papers: &[T], sheet: impl Fn(&T) -> Sheet, fonts: &Fonts) -> Result<Vec<u8>, PaperError> {
    sheets(&papers.iter().map(sheet).collect::<Vec<_>>(), fonts)
}

pub(crate) fn table(columns: Vec<Column>, rows: Vec<Row>, row_height: u16) -> Block {
    Block::Table(Table { columns, headed: true, rows, row_height, text_size: 100, ..Table::default() })
}

/// Label and value side by side.
pub(crate) fn facts_table(lines: &[Fact]) -> Block {
    let columns = vec![Column::new("", 45), Column::new("", 135).left().wraps()];
    let rows = lines.iter().map(|(label, value)| Row::new([Cell::heading(label), value.as_str().into()])).collect();
    Block::Table(Table { columns, headed: false, rows, row_height: 80, text_size: 105, ..Table::default() })
}

pub(crate) fn words(list: &[&str]) -> Vec<String> {
    list.iter().map(|w| (*w).to_owned()).collect()
}
