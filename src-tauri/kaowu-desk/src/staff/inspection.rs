//! What inspectors 巡考 note: a record beside everything, which changes nothing.

use crate::error::{DeskFault, Result};
use crate::{Ctx, Desk, View};
use chrono::{DateTime, FixedOffset};
use kaowu_core::day::report_id;
use kaowu_core::facts::{InspectionFact, state};
use kaowu_core::identity::{PartId, RoomNumber, SiteCode, StageId};
use kaowu_core::staff::StaffRefusal;
use kaowu_ledger::{Draft, Held};

/// What an inspector notes.
#[derive(Debug, Clone)]
pub struct InspectionReport {
    /// Stage.
    pub stage: StageId,
    /// Part.
    pub part: PartId,
    /// Site.
    pub site: SiteCode,
    /// Room; none: the site as a whole.
    pub room: Option<RoomNumber>,
    /// When it was seen; none: now.
    pub at: Option<DateTime<FixedOffset>>,
    /// Who saw it.
    pub inspector: String,
    /// What was seen.
    pub seen: String,
}

impl Desk {
    /// Records what an inspector saw; returns its id.
    pub fn inspect_room(&mut self, ctx: &Ctx, report: &InspectionReport) -> Result<String> {
        let (inspector, seen) = (report.inspector.trim(), report.seen.trim());
        if inspector.is_empty() {
            return Err(StaffRefusal::InspectorUnnamed.into());
        }
        if seen.is_empty() {
            return Err(StaffRefusal::InspectionEmpty.into());
        }
        self.record(ctx, |view| {
            view.part(&report.stage, &report.part)?;
            let sites = view.known_sites(&report.stage)?;
            let rooms = view.rooms(&report.stage)?;
            let room = report.room.clone().unwrap_or_default();
            let there = match &report.room {
                Some(room) => rooms.contains_key(&(report.site.clone(), room.clone())),
                None => sites.iter().any(|s| s.code == report.site),
            };
            if !there {
                return Err(DeskFault::NoSuchRoom { site: report.site.clone(), room }.into());
            }
            let fact = InspectionFact {
                stage: report.stage.clone(),
                part: report.part.clone(),
                site: report.site.clone(),
                room: report.room.clone(),
                at: report.at.unwrap_or(ctx.now).to_rfc3339(),
                inspector: inspector.to_owned(),
                seen: seen.to_owned(),
            };
            let id = report_id(view.reader().device(), view.reader().next_seq()?);
            Ok((Draft::new("inspection.noted").with("inspector", inspector).fact(state(&id, &fact)), id))
        })
    }
}

impl View<'_> {
    /// What inspectors noted, in the order of their times.
    pub fn inspections(&self) -> Result<Vec<(String, Held<InspectionFact>)>> {
        let mut all = self.under::<InspectionFact>("")?;
        all.sort_by_cached_key(|(id, held)| (DateTime::parse_from_rfc3339(&held.value.at).ok(), id.clone()));
        Ok(all)
    }
}
