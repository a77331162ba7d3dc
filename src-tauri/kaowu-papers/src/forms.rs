//! The papers that are tables or cards: each says only what stands in it, the building blocks do the rest.

use crate::error::PaperError;
use crate::fonts::Fonts;
use crate::sheet::{Block, Cell, Column, Row, Sheet, Table, sheets};

mod absence;
mod announcement;
mod awards;
mod door_list;
mod duty;
mod incident;
mod interview;
mod judge;
mod labels;
mod lots;
mod report;
mod room_record;
mod sign_in;
mod slips;
mod standings;
mod team;
mod tickets;

pub use absence::{AbsenceList, absence_list};
pub use announcement::{Announced, AnnouncedGroup, Announcement, announcements, check_announcement};
pub use awards::{AwardGroup, AwardsList, Winner, awards_list};
pub use door_list::{DoorList, DoorPerson, door_lists};
pub use duty::{DutyCard, DutyCards, DutyRoster, duty_cards, duty_roster};
pub use incident::{IncidentForm, incident_forms};
pub use interview::{InterviewLine, InterviewSummary, TallySheet, interview_summary, tally_sheets};
pub use judge::{JudgeSheet, judge_sheets};
pub use labels::{DeskLabel, DeskLabels, desk_labels};
pub use lots::{LotLine, LotsSheet, lots_sheets};
pub use report::{ArchiveIndex, ClosingReport, Content, DeletionCertificate, Section, archive_index, closing_report, deletion_certificate};
pub use room_record::{RoomRecord, room_record};
pub use sign_in::{SignIn, SignInPerson, sign_in};
pub use slips::{PassphraseSlip, ReceiptSlip, WordsSlip, passphrase_slip, receipt_slip, words_slip};
pub use standings::{Standings, standings};
pub use team::{TeamList, TeamPerson, team_lists};
pub use tickets::{Ticket, Tickets, tickets};

/// Label and value.
pub type Fact = (String, String);

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
