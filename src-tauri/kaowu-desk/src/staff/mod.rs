//! People on duty 考务人员: their list, who serves where, recusals, what inspectors note (RULES.md §5, §6).

mod duty;
mod import;
mod inspection;
mod recusal;
mod service;

pub use duty::{DutyOutcome, Replaced};
pub use import::{StaffImport, StaffPreview};
pub use inspection::InspectionReport;
pub use recusal::RecusalRow;
pub(crate) use service::room_words;
pub use service::{Place, ServiceRow, Standing};

use crate::error::Result;
use crate::{Desk, View};
use kaowu_core::facts::{DutyFact, StaffFact, StandIn, Topic};
use kaowu_core::identity::{PanelId, PartId, RoomNumber, SiteCode, StageId};
use kaowu_core::staff::{Role, StaffRefusal};
use std::collections::BTreeMap;

/// Somebody on duty: their id and who they are.
pub type OnDuty = (String, StaffFact);

impl Desk {
    /// Everybody for whom a name to sign in with can be made: name, role, site.
    pub fn staff_for_operators(&self, stage: &StageId) -> Result<Vec<(String, Role, Option<SiteCode>)>> {
        let signs = |role: Role| !matches!(role, Role::Judge | Role::Inspector);
        let mut out: Vec<_> = self.view().staff(stage)?.into_values().filter(|p| signs(p.role)).map(|p| (p.name, p.role, p.site)).collect();
        out.sort();
        out.dedup();
        Ok(out)
    }
}

impl View<'_> {
    /// People on duty in a stage, by id.
    pub fn staff(&self, stage: &StageId) -> Result<BTreeMap<String, StaffFact>> {
        Ok(self.under::<StaffFact>(&format!("{stage}/"))?.into_iter().map(|((_, id), held)| (id, held.value)).collect())
    }

    /// The one person on duty of this id or name.
    pub(crate) fn one_staff(&self, stage: &StageId, staff: &str) -> Result<OnDuty> {
        let (text, mut all) = (staff.trim(), self.staff(stage)?);
        if let Some(found) = all.remove_entry(text) {
            return Ok(found);
        }
        let mut named: Vec<OnDuty> = all.into_iter().filter(|(_, p)| p.name == text).collect();
        match (named.pop(), named.is_empty()) {
            (Some(one), true) => Ok(one),
            (None, _) => Err(StaffRefusal::NoSuchStaff { staff: text.to_owned() }.into()),
            (Some(one), false) => {
                let ids = named.iter().map(|(id, _)| id.clone()).chain([one.0]).collect();
                Err(StaffRefusal::SeveralStaff { staff: text.to_owned(), ids }.into())
            }
        }
    }

    /// Who stands in for whom at a part: by site and the id of who does not serve.
    pub fn stand_ins(&self, stage: &StageId, part: &PartId) -> Result<BTreeMap<(SiteCode, String), StandIn>> {
        let all = self.under::<StandIn>(&format!("{stage}/{part}/"))?;
        Ok(all.into_iter().map(|((_, _, site, id), held)| ((site, id), held.value)).collect())
    }

    /// The invigilators of every room of a part, stand-ins in the places of those they replace.
    pub fn duties(&self, stage: &StageId, part: &PartId) -> Result<BTreeMap<(SiteCode, RoomNumber), Vec<String>>> {
        let instead = self.stand_ins(stage, part)?;
        let duties = self.under::<DutyFact>(&format!("{stage}/{part}/"))?;
        Ok(duties
            .into_iter()
            .map(|((_, _, site, room), held)| {
                let now = held.value.staff.into_iter().map(|id| serving(&instead, &site, id)).collect();
                ((site, room), now)
            })
            .collect())
    }

    /// The names of the invigilators of a room; none where none were drawn.
    pub(crate) fn invigilators(&self, stage: &StageId, part: &PartId, site: &SiteCode, room: &RoomNumber) -> Result<Vec<String>> {
        let key = (stage.clone(), part.clone(), site.clone(), room.clone());
        let Some(duty) = self.one::<DutyFact>(&key)? else { return Ok(vec![]) };
        let (instead, staff) = (self.stand_ins(stage, part)?, self.staff(stage)?);
        let name = |id: String| staff.get(&serving(&instead, site, id)).map(|p| p.name.clone());
        Ok(duty.value.staff.into_iter().filter_map(name).collect())
    }

    /// Those of a role in a panel in the order of their numbers, stand-ins in the places of those they replace, then the
    /// reserves. Who has no panel is of the first.
    pub fn panel_staff(&self, stage: &StageId, part: &PartId, panel: &PanelId, role: Role) -> Result<Vec<OnDuty>> {
        let (instead, staff) = (self.stand_ins(stage, part)?, self.staff(stage)?);
        let first = PanelId::from("1");
        let of = |p: &StaffFact| p.role == role && p.panel.as_ref().unwrap_or(&first) == panel;
        let mut here: Vec<(u32, String)> = staff.iter().filter(|(_, p)| of(p)).map(|(id, p)| (p.row, id.clone())).collect();
        here.sort();
        let mut out: Vec<OnDuty> = Vec::new();
        for (_, id) in here {
            let site = staff.get(&id).and_then(|p| p.site.clone()).unwrap_or_default();
            let now = serving(&instead, &site, id);
            if let Some(p) = staff.get(&now).filter(|_| out.iter().all(|(other, _)| *other != now)) {
                out.push((now, p.clone()));
            }
        }
        Ok(out)
    }

    /// Whether a topic of staff says anything in a stage.
    pub(crate) fn says<T: Topic>(&self, prefix: &str) -> Result<bool> {
        Ok(!self.under::<T>(prefix)?.is_empty())
    }
}

/// Who serves in somebody's place, themselves included.
fn serving(instead: &BTreeMap<(SiteCode, String), StandIn>, site: &SiteCode, id: String) -> String {
    let mut now = id;
    // No longer chain than there are people who were replaced: two copies of a journal could make a circle.
    for _ in 0..=instead.len() {
        match instead.get(&(site.clone(), now.clone())) {
            Some(by) => now.clone_from(&by.by),
            None => break,
        }
    }
    now
}
