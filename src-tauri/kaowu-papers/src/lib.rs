//! Papers: everything that is printed, as PDF.
//!
//! A paper is a function from a plain struct (ready text, ready figures, no rules) to the bytes of a file. In between
//! stands a list of what to draw ([`list`]), in millimetres; [`pdf`] turns the list into a file and knows nothing of
//! papers. Every text passes the glyph check while that list is made, so no page exists before all of them can be drawn.
//! The same input gives the same bytes: no clock, no random numbers, no order of a hash map.

#![allow(clippy::float_arithmetic, reason = "millimetres of a page; marks come here as text")]

pub mod certificate;
pub mod chart;
pub mod error;
pub mod fonts;
pub mod forms;
pub mod list;
pub mod numerals;
pub mod pdf;
pub mod pen;
pub mod proof;
pub mod run;
pub mod sheet;
pub mod template;

mod archive;
mod cards;
mod flow;
mod foot;
mod frame;
mod head;
mod place;
mod qr;
mod seal;
mod setting;
mod wrap;

pub use certificate::{Adjust, Applicant, Certificate, Purpose, certificate, check as check_certificate};
pub use chart::{Cell as SeatCell, Door, SeatChart, seat_charts};
pub use error::PaperError;
pub use fonts::{Face, Fonts};
pub use foot::Foot;
pub use forms::{
    AbsenceList, Announcement, ArchiveIndex, AwardsList, ClosingReport, DeletionCertificate, DeskLabels, DoorList, DutyCards, DutyRoster,
    IncidentForm, InterviewSummary, JudgeSheet, LotsSheet, PassphraseSlip, ReceiptSlip, RoomRecord, SignIn, Standings, TallySheet,
    TeamList, Tickets, WordsSlip, absence_list, announcements, archive_index, awards_list, closing_report, deletion_certificate,
    desk_labels, door_lists, duty_cards, duty_roster, incident_forms, interview_summary, judge_sheets, lots_sheets, passphrase_slip,
    receipt_slip, room_record, sign_in, standings, tally_sheets, team_lists, tickets, words_slip,
};
pub use proof::{DrawProof, ProofRoom, draw_proof};
pub use run::{CertificateRun, FileNo, Printed, certificate_file, certificates, check_all as check_certificates};
pub use sheet::{Align, Block, Cell, Column, PageKind, PlotBar, PlotBox, Row, Scale, Sheet, Table, sheets};
pub use template::Template;

/// How many pages a PDF has; 0 for what is none.
pub fn pages(pdf: &[u8]) -> usize {
    lopdf::Document::load_mem(pdf).map_or(0, |document| document.get_pages().len())
}
