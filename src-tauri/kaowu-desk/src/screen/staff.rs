//! People on duty, who serves where, recusals, inspectors' notes; and what there is after the event.

use super::{Both, FaultRow, FaultSeverity, Spread, count, stage_and_part};
use crate::error::Result;
use crate::staff::room_words;
use crate::{Ctx, Desk, Place, StaffPreview, Standing};
use kaowu_core::facts::{DutyDraw, PartFigure};
use kaowu_core::figure::Mark;
use kaowu_core::identity::{PartId, StageId};
use kaowu_core::roster::Severity;
use kaowu_core::staff::Role;
use kaowu_core::words::Lang;
use serde::Serialize;
use specta::Type;

/// What somebody on duty does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)] // as Role of core
pub enum RoleWord {
    SiteHead,
    Chief,
    Invigilator,
    Judge,
    Secretary,
    Checker,
    Inspector,
}

impl From<Role> for RoleWord {
    fn from(role: Role) -> Self {
        match role {
            Role::SiteHead => Self::SiteHead,
            Role::Chief => Self::Chief,
            Role::Invigilator => Self::Invigilator,
            Role::Judge => Self::Judge,
            Role::Secretary => Self::Secretary,
            Role::Checker => Self::Checker,
            Role::Inspector => Self::Inspector,
        }
    }
}

/// Somebody on duty at a part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StaffLine {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// What they do.
    pub role: RoleWord,
    /// Site; empty for who goes from site to site.
    pub site: String,
    /// Its name.
    pub site_name: String,
    /// Room or panel in words; empty for the whole site.
    pub place: Both,
    /// The room's number, where it is one.
    pub room: Option<String>,
    /// Unit or workplace.
    pub unit: String,
    /// Whether they serve.
    pub standing: Standing,
    /// Who serves instead of them.
    pub replaced_by: Option<String>,
    /// Why somebody else serves.
    pub reason: String,
    /// In whose places they serve.
    pub stands_for: Vec<String>,
}

/// The draw of a site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DutyDrawLine {
    /// Site.
    pub site: String,
    /// Its name.
    pub site_name: String,
    /// Rooms.
    pub rooms: u32,
    /// Invigilators it was drawn from.
    pub people: u32,
    /// Rooms with somebody of a candidate's own unit.
    pub own: u32,
    /// No draw has fewer.
    pub bound: u32,
    /// Seed.
    pub seed: String,
    /// Why it was drawn again.
    pub reason: String,
}

/// A recusal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct RecusalLine {
    /// The judge.
    pub judge: String,
    /// Whom.
    pub from: Both,
    /// Why.
    pub reason: String,
}

/// An inspector's note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct InspectionLine {
    /// When.
    pub at: String,
    /// Who.
    pub inspector: String,
    /// Name of the site.
    pub site_name: String,
    /// Room in words; empty for the site as a whole.
    pub room: Both,
    /// What was seen.
    pub seen: String,
}

/// A site that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct SiteLine {
    /// Code.
    pub site: String,
    /// Name.
    pub name: String,
}

/// People on duty at a part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct StaffScreen {
    /// Whether it is an interview.
    pub interview: bool,
    /// Everybody, by site and role.
    pub people: Vec<StaffLine>,
    /// Draws by site.
    pub draws: Vec<DutyDrawLine>,
    /// Recusals.
    pub recusals: Vec<RecusalLine>,
    /// Notes.
    pub inspections: Vec<InspectionLine>,
    /// Sites of the stage.
    pub sites: Vec<SiteLine>,
}

/// A list looked at or imported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct StaffLook {
    /// The file's name.
    pub source: String,
    /// Rows.
    pub rows: u32,
    /// People.
    pub taken: u32,
    /// Rows refused.
    pub refused: u32,
    /// What was said.
    pub faults: Vec<FaultRow>,
}

impl StaffPreview {
    /// As the page shows it.
    pub fn look(&self) -> StaffLook {
        let row = |told: &kaowu_core::staff::Told| FaultRow {
            row: told.row,
            column: told.column.title().to_owned(),
            severity: match told.severity {
                Severity::Cleaned => FaultSeverity::Cleaned,
                Severity::Warning => FaultSeverity::Warning,
                Severity::Refused => FaultSeverity::Refused,
            },
            zh: told.said(Lang::Zh).into(),
            en: told.said(Lang::En).into(),
        };
        StaffLook {
            source: self.source.clone(),
            rows: self.list.rows,
            taken: count(self.list.people.len()),
            refused: self.list.refused,
            faults: self.list.told.iter().map(row).collect(),
        }
    }
}

/// A unit's turnout.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct TurnoutLine {
    /// Unit.
    pub unit: String,
    /// Expected.
    pub expected: u32,
    /// Present.
    pub present: u32,
    /// Absent.
    pub absent: u32,
    /// Void.
    pub void: u32,
}

/// A part's figures.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
pub struct ClosingPart {
    /// Stage and part.
    pub title: Both,
    /// Turnout by unit.
    pub units: Vec<TurnoutLine>,
    /// Marks by outermost unit.
    pub spreads: Vec<Spread>,
}

/// A place of a standing without names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct PlaceLine {
    /// Rank.
    pub rank: u32,
    /// Unit.
    pub unit: String,
    /// Figure.
    pub total: String,
}

/// A standing without names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct ClosingList {
    /// Title.
    pub title: Both,
    /// Places.
    pub rows: Vec<PlaceLine>,
}

/// Who deleted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct ClosedLine {
    /// The two.
    pub by: Vec<String>,
    /// Document.
    pub document: String,
    /// When.
    pub at: String,
    /// Entries there were.
    pub entries: u32,
}

/// After the event.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ClosingScreen {
    /// Whether this is an archive that was opened.
    pub archive: bool,
    /// The deletion, where there was one.
    pub closed: Option<ClosedLine>,
    /// Until when personal data is kept; none where the plan does not say.
    pub kept_until: Option<String>,
    /// Whether that day has come.
    pub may_delete: bool,
    /// Figures of parts.
    pub parts: Vec<ClosingPart>,
    /// Standings without names.
    pub lists: Vec<ClosingList>,
}

impl Desk {
    /// People on duty at a part.
    pub fn staff_screen(&self, stage: &StageId, part: &PartId) -> Result<StaffScreen> {
        let view = self.view();
        let interview = view.part(stage, part)?.panel.is_some();
        let sites = view.known_sites(stage)?;
        let site_name = |code: &str| sites.iter().find(|s| s.code.as_str() == code).map(|s| s.name.clone()).unwrap_or_default();
        let line = |r: crate::ServiceRow| StaffLine {
            id: r.id,
            name: r.name,
            role: r.role.into(),
            site: r.site,
            site_name: r.site_name,
            room: if let Place::Room(room) = &r.place { Some(room.to_string()) } else { None },
            place: r.place.words(),
            unit: r.unit,
            standing: r.standing,
            replaced_by: r.replaced_by,
            reason: r.reason,
            stands_for: r.stands_for,
        };
        let draws = view.under::<DutyDraw>(&format!("{stage}/{part}/"))?.into_iter().map(|((_, _, site), held)| DutyDrawLine {
            site_name: site_name(site.as_str()),
            seed: held.value.published((stage, part, &site)).to_owned(),
            site: site.0,
            rooms: count(held.value.inputs.rooms.len()),
            people: count(held.value.inputs.people.len()),
            own: held.value.own,
            bound: held.value.bound,
            reason: held.value.reason,
        });
        let recusals = if interview { view.recusals(stage, part)? } else { vec![] };
        let notes = view.inspections()?.into_iter().filter(|(_, held)| held.value.stage == *stage && held.value.part == *part);
        Ok(StaffScreen {
            interview,
            people: self.services(stage, part)?.into_iter().map(line).collect(),
            draws: draws.collect(),
            recusals: recusals.into_iter().map(|r| RecusalLine { judge: r.name, from: r.from, reason: r.reason }).collect(),
            inspections: notes
                .map(|(_, held)| InspectionLine {
                    at: view.plan().clock(&held.value.at),
                    inspector: held.value.inspector,
                    site_name: site_name(held.value.site.as_str()),
                    room: held.value.room.as_ref().map_or_else(|| Both::same(""), room_words),
                    seen: held.value.seen,
                })
                .collect(),
            sites: sites.iter().map(|s| SiteLine { site: s.code.to_string(), name: s.name.clone() }).collect(),
        })
    }

    /// What there is after the event.
    pub fn closing_screen(&self, ctx: &Ctx) -> Result<ClosingScreen> {
        let view = self.view();
        let kept_until = view.kept_until()?;
        let (closed, figures) = match self.closing()? {
            Some((closing, figures)) => {
                let entries = u32::try_from(self.verify_closing()?).unwrap_or(u32::MAX);
                let by = closing.by.iter().map(ToString::to_string).collect();
                (Some(ClosedLine { by, document: closing.document, at: view.plan().clock(&closing.at), entries }), figures)
            }
            None => (None, self.closing_figures()?),
        };
        let places = self.plan().arithmetic.places;
        let lists = figures.lists.iter().map(|list| ClosingList {
            title: view.standing_plan(&list.list).map_or_else(|_| Both::same(list.list.as_str()), Both::from),
            rows: list
                .rows
                .iter()
                .map(|r| PlaceLine { rank: r.rank, unit: view.full_name(&r.unit), total: r.total.show(places) })
                .collect(),
        });
        Ok(ClosingScreen {
            archive: self.is_archive(),
            closed,
            may_delete: kept_until.is_some_and(|until| until <= ctx.now),
            kept_until: kept_until.map(|until| until.format("%Y-%m-%d").to_string()),
            parts: figures.parts.iter().map(|part| self.closing_part(part)).collect(),
            lists: lists.collect(),
        })
    }

    fn closing_part(&self, part: &PartFigure) -> ClosingPart {
        let view = self.view();
        let named = view.stage(&part.stage).ok().zip(view.part(&part.stage, &part.part).ok());
        let unit = |u: &kaowu_core::facts::UnitFigure| TurnoutLine {
            unit: view.full_name(&u.unit),
            expected: u.expected,
            present: u.present(),
            absent: u.absent,
            void: u.void,
        };
        let figure = |m: Mark| super::results::figure(m);
        let spread = |s: &kaowu_core::facts::SpreadFigure| Spread {
            unit: view.full_name(&s.unit),
            n: s.of.n,
            min: figure(s.of.min),
            q1: figure(s.of.q1),
            median: figure(s.of.median),
            q3: figure(s.of.q3),
            max: figure(s.of.max),
        };
        ClosingPart {
            title: named.map_or_else(|| Both::same(part.part.as_str()), |(stage, part)| stage_and_part(stage, part)),
            units: part.units.iter().map(unit).collect(),
            spreads: part.spreads.iter().map(spread).collect(),
        }
    }
}
