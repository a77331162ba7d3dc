//! Papers of the day and of the results: ready text for `kaowu-papers`.

use crate::error::{DeskFault, Result};
use crate::{Ctx, Desk, View};
use kaowu_core::identity::{PartId, RoomNumber, SiteCode, StageId};
use kaowu_core::journal::{Mode, check_code};
use kaowu_papers::{
    Fonts, Foot, absence_list, announcements, awards_list, closing_report, desk_labels, door_lists, draw_proof, duty_cards, duty_roster,
    incident_forms, interview_summary, judge_sheets, lots_sheets, receipt_slip, room_record, seat_charts, sign_in, standings, tally_sheets,
    team_lists, tickets,
};
use std::path::Path;

mod announcement;
mod day;
mod duty;
mod folder;
mod kind;
mod panel;
mod result;
mod rooms;
mod slips;
mod team;

pub(crate) use rooms::part_time;

pub use kind::{AnnouncementOf, PaperKind};
pub use slips::WordsOpen;

/// What a paper is about.
#[derive(Debug, Clone)]
pub struct PaperOf<'a> {
    /// Which.
    pub kind: &'a PaperKind,
    /// Stage.
    pub stage: &'a StageId,
    /// Part.
    pub part: &'a PartId,
    /// Only this site.
    pub site: Option<&'a SiteCode>,
    /// Only this room of it.
    pub room: Option<&'a RoomNumber>,
}

impl Desk {
    /// Fonts from their folder.
    pub fn fonts(folder: &Path) -> Result<Fonts> {
        Ok(Fonts::load(folder)?)
    }

    /// A paper as PDF.
    pub fn paper(&self, ctx: &Ctx, fonts: &Fonts, of: &PaperOf<'_>) -> Result<Vec<u8>> {
        let view = self.view();
        Ok(match of.kind {
            PaperKind::DoorList => door_lists(&view.door_lists(ctx, of)?, fonts)?,
            PaperKind::SeatChart => seat_charts(&view.charts(ctx, of)?, fonts)?,
            PaperKind::DeskLabels => desk_labels(&view.desk_labels(ctx, of)?, fonts)?,
            PaperKind::Tickets => tickets(&view.tickets(ctx, of)?, fonts)?,
            PaperKind::SignIn => sign_in(&view.sign_ins(ctx, of)?, fonts)?,
            PaperKind::RoomRecord => room_record(&view.records(ctx, of)?, fonts)?,
            PaperKind::Incidents => incident_forms(&view.incident_forms(ctx, of)?, fonts)?,
            PaperKind::IncidentBlank => incident_forms(&view.blank_incidents(ctx, of)?, fonts)?,
            PaperKind::Absences => absence_list(&view.absence_lists(ctx, of)?, fonts)?,
            PaperKind::DrawProof => draw_proof(&[view.proof(ctx, of.stage)?], fonts)?,
            PaperKind::Lots => lots_sheets(&view.lots_papers(ctx, of)?, fonts)?,
            PaperKind::JudgeSheets => judge_sheets(&view.judge_papers(ctx, of)?, fonts)?,
            PaperKind::TallySheet => tally_sheets(&view.tally_papers(ctx, of)?, fonts)?,
            PaperKind::InterviewSummary => interview_summary(&view.summaries(ctx, of)?, fonts)?,
            PaperKind::Standings(list) => standings(&[self.published_standing(ctx, list)?], fonts)?,
            PaperKind::Awards => awards_list(&[view.published_awards(ctx)?], fonts)?,
            PaperKind::Receipts => receipt_slip(&view.receipts(ctx, of)?, fonts)?,
            PaperKind::Announcement(what) => announcements(&view.announcements(ctx, *what, of)?, fonts)?,
            PaperKind::Team(team) => team_lists(&[view.team_list(ctx, team)?], fonts)?,
            PaperKind::DutyCards => duty_cards(&view.duty_cards(ctx, of)?, fonts)?,
            PaperKind::DutyRoster => duty_roster(&view.duty_rosters(ctx, of)?, fonts)?,
            PaperKind::ClosingReport => closing_report(&[self.report(ctx)?], fonts)?,
        })
    }
}

impl View<'_> {
    pub(crate) fn foot(&self, ctx: &Ctx, part: &str, site: &str, room: &str) -> Result<Foot> {
        let event = self.event()?;
        Ok(Foot {
            event: event.title,
            part: part.to_owned(),
            site: site.to_owned(),
            room: room.to_owned(),
            printed: self.plan().clock(&ctx.now.to_rfc3339()),
            check: check_code(&self.reader().own_head()?),
            drill: event.mode == Mode::Drill,
        })
    }
}

/// A room as papers call it: 第003考场.
pub(crate) fn room_name(room: &RoomNumber) -> String {
    if room.as_str().bytes().all(|b| b.is_ascii_digit()) { format!("第{room}考场") } else { room.to_string() }
}

/// Label and value.
pub(crate) fn fact(label: &str, value: impl Into<String>) -> (String, String) {
    (label.to_owned(), value.into())
}

/// A list of papers that is not empty.
fn some<T>(papers: Vec<T>) -> Result<Vec<T>> {
    if papers.is_empty() { Err(DeskFault::NothingToPrint.into()) } else { Ok(papers) }
}

/// Puts a file in its place whole or not at all.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<()> {
    kaowu_disk::export(path, bytes).map_err(|e| DeskFault::unwritable(path, &e))
}
