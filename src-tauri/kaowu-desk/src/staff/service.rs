//! Who served where and when.

use crate::error::Result;
use crate::papers::{part_time, room_name};
use crate::screen::Both;
use crate::{Desk, View};
use kaowu_core::facts::StaffFact;
use kaowu_core::identity::{PanelId, PartId, RoomNumber, SiteCode, StageId};
use kaowu_core::staff::Role;
use serde::Serialize;
use std::collections::BTreeMap;

/// A person's service at a part.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct ServiceRow {
    /// Site; empty for who goes from site to site.
    pub site: String,
    /// What they do.
    pub role: Role,
    /// Where.
    pub place: Place,
    /// Place among those of a panel; 0 for nobody's.
    pub number: u32,
    /// Name.
    pub name: String,
    /// Id.
    pub id: String,
    /// Name of the site.
    pub site_name: String,
    /// Their unit or workplace.
    pub unit: String,
    /// The part's name.
    pub part: String,
    /// When.
    pub time: String,
    /// `on` duty, in `reserve`, or `left`: replaced.
    pub standing: Standing,
    /// Who serves instead of them.
    pub replaced_by: Option<String>,
    /// Why somebody else serves; empty where nobody does.
    pub reason: String,
    /// In whose places they serve.
    pub stands_for: Vec<String>,
    /// Telephone.
    pub phone: String,
}

/// Where somebody serves.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// Wherever they are needed.
    #[default]
    Site,
    /// In a room.
    Room(RoomNumber),
    /// In a panel.
    Panel(PanelId),
}

impl Place {
    /// As lists name it; empty for the whole site.
    pub fn words(&self) -> Both {
        match self {
            Self::Site => Both::same(""),
            Self::Room(room) => room_words(room),
            Self::Panel(panel) => Both::of(format!("第{panel}考官组"), format!("Panel {panel}")),
        }
    }
}

/// A room as lists name it: 第003考场. What is no number is a name of its own.
pub(crate) fn room_words(room: &RoomNumber) -> Both {
    let numbered = room.as_str().bytes().all(|b| b.is_ascii_digit());
    Both::of(room_name(room), if numbered { format!("Room {room}") } else { room.to_string() })
}

impl ServiceRow {
    /// Who serves instead, or in whose place, as papers say it.
    pub fn remark(&self) -> String {
        match &self.replaced_by {
            Some(by) => format!("由 {by} 顶替：{}", self.reason),
            None if self.stands_for.is_empty() => String::new(),
            None => format!("顶替 {}", self.stands_for.join("、")),
        }
    }
}

/// Whether somebody serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// Serves.
    On,
    /// May be called.
    Reserve,
    /// Was replaced.
    Left,
}

impl Desk {
    /// Everybody on duty at a part with their place, by site and role.
    pub fn services(&self, stage: &StageId, part: &PartId) -> Result<Vec<ServiceRow>> {
        self.view().services(stage, part)
    }
}

impl View<'_> {
    pub(crate) fn services(&self, stage: &StageId, part: &PartId) -> Result<Vec<ServiceRow>> {
        let of = self.part(stage, part)?;
        let staff = self.staff(stage)?;
        let sites: BTreeMap<SiteCode, String> = self.known_sites(stage)?.into_iter().map(|s| (s.code, s.name)).collect();
        let mut places: BTreeMap<String, (Place, u32)> = BTreeMap::new();
        for ((_, room), two) in self.duties(stage, part)? {
            places.extend(two.into_iter().zip(1..).map(|(id, n)| (id, (Place::Room(room.clone()), n))));
        }
        if let Some(rules) = &of.panel {
            for (panel, role) in self.panel_roles(&staff) {
                let most = if role == Role::Judge { usize::from(rules.judges) } else { usize::MAX };
                let on = self.panel_staff(stage, part, &panel, role)?.into_iter().take(most);
                places.extend(on.zip(1..).map(|((id, _), n)| (id, (Place::Panel(panel.clone()), n))));
            }
        }
        let instead = self.stand_ins(stage, part)?;
        let name = |id: &str| staff.get(id).map(|p| p.name.clone()).unwrap_or_default();
        let mut rows = Vec::new();
        for (id, person) in &staff {
            if person.role.at_interviews().is_some_and(|at| at != of.panel.is_some()) {
                continue;
            }
            let site = person.site.clone().unwrap_or_default();
            let left = instead.get(&(site.clone(), id.clone()));
            let stands_for: Vec<String> = instead.iter().filter(|(_, s)| s.by == *id).map(|((_, out), _)| name(out)).collect();
            let everywhere = person.role.at_interviews().is_none();
            let standing = match (left, places.get(id)) {
                (Some(_), _) => Standing::Left,
                (None, Some(_)) => Standing::On,
                (None, None) if everywhere => Standing::On,
                (None, None) => Standing::Reserve,
            };
            let (place, number) = if standing == Standing::On { places.get(id).cloned().unwrap_or_default() } else { Default::default() };
            rows.push(ServiceRow {
                site_name: sites.get(&site).cloned().unwrap_or_default(),
                site: site.0,
                role: person.role,
                place,
                number,
                name: person.name.clone(),
                id: id.clone(),
                unit: self.unit_words(person),
                part: of.name.clone(),
                time: part_time(of),
                standing,
                replaced_by: left.map(|by| name(&by.by)),
                reason: left.map(|by| by.reason.clone()).unwrap_or_default(),
                stands_for,
                phone: person.phone.clone(),
            });
        }
        rows.sort();
        Ok(rows)
    }

    fn panel_roles(&self, staff: &BTreeMap<String, StaffFact>) -> std::collections::BTreeSet<(PanelId, Role)> {
        let sits = |p: &&StaffFact| p.role.at_interviews() == Some(true);
        staff.values().filter(sits).map(|p| (p.panel.clone().unwrap_or_else(|| "1".into()), p.role)).collect()
    }

    /// The workplace as the list has it, else the unit.
    pub(crate) fn unit_words(&self, person: &StaffFact) -> String {
        match (&person.unit, person.workplace.is_empty()) {
            (Some(unit), true) => self.full_name(unit),
            _ => person.workplace.clone(),
        }
    }
}
