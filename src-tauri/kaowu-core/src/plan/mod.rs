//! The plan 方案 of an event as data (RULES.md §1–§6). Nothing in the code knows a contest; a plan file does.

mod bundled;
mod check;
mod fault;
mod numbers;
mod outcome;
mod practice;
mod series;
mod sheet;
mod stage;
mod text;
mod unit;
mod units;
mod zone;

pub use bundled::{BUNDLED, bundled};
pub use fault::{FaultCode, PlanError, PlanFault};
pub use numbers::{NumberError, NumberField, NumberParts, NumberTemplate};
pub use outcome::{
    AwardPlan, CompositePlan, Count, Cut, DelegationPlan, NamedTeamPlan, SelectionPlan, SelectionRule, StandingOf, StandingPlan, Term,
};
pub use practice::{
    BestPlan, ContestDays, DailyPlan, Level, MissingMonth, MonthlyPlan, ParticipationPlan, PracticePlan, PrizePlan, YearPlan,
};
pub use series::Series;
pub use stage::{Criterion, DropBy, PanelPlan, Part, PartRef, Stage};
pub use unit::{Minimum, Tier, Unit, Validity};
pub use units::Resolution;

use crate::day::{Clause, Times};
use crate::figure::Places;
use crate::identity::{Operator, SiteCode};
use crate::operators::Role;
use crate::seating::Apart;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use sheet::Sheet;

/// A whole plan. Made only by [`Plan::read`], which refuses a plan that contradicts itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// The event itself.
    pub event: Event,
    /// How figures are published.
    pub arithmetic: Arithmetic,
    /// Tiers of units, outermost first.
    pub tiers: Vec<Tier>,
    /// Units by code.
    pub units: Vec<Unit>,
    /// Least number of entries a unit of a tier makes.
    #[serde(default)]
    pub minimums: Vec<Minimum>,
    /// Stages in order.
    pub stages: Vec<Stage>,
    /// Who goes from one stage to the next.
    #[serde(default)]
    pub selections: Vec<SelectionPlan>,
    /// Composite of a stage.
    #[serde(default)]
    pub composites: Vec<CompositePlan>,
    /// Ordered lists.
    #[serde(default)]
    pub standings: Vec<StandingPlan>,
    /// Places of standings that are honoured.
    #[serde(default)]
    pub awards: Vec<AwardPlan>,
    /// Teams sent on whole (the regional four).
    #[serde(default)]
    pub delegations: Vec<DelegationPlan>,
    /// Teams whose people headquarters names (the national five).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub named_teams: Vec<NamedTeamPlan>,
    /// The practice year, where the event has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub practice: Option<PracticePlan>,
    /// Rooms, numbers and the clock of the day.
    pub rooms: RoomPlan,
    /// The incident catalogue.
    #[serde(default)]
    pub clauses: Vec<Clause>,
    /// People who are to work with the program, where the plan names them; headquarters gives them their PINs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub operators: Vec<PlannedOperator>,
    #[serde(skip)]
    index: units::Index,
}

/// The event itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// Id: letters, digits, hyphens; part of file names.
    pub id: String,
    /// Full Chinese title, as papers carry it.
    pub title: String,
    /// English title.
    pub title_en: String,
    /// Who holds it and signs certificates.
    pub organiser: String,
    /// Rosters are due on this day; units are resolved by their validity on it.
    #[serde(with = "text::date")]
    pub entry_deadline: NaiveDate,
    /// Minutes without a key or click until the screen of a protected event locks; five where it is not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lock_after_minutes: Option<u16>,
    /// Months after the last part for which personal data is kept; none: the plan does not let it be deleted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retention_months: Option<u32>,
    /// A second signature under every packet, beside Ed25519.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub second_signature: Option<SecondSignature>,
}

/// By what a packet is signed a second time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum SecondSignature {
    /// SM2 over SM3 (GM/T 0003). Not certified cryptography.
    #[serde(rename = "sm2-sm3")]
    Sm2Sm3,
}

/// An operator the plan names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlannedOperator {
    /// Name as it goes into the journal.
    pub name: Operator,
    /// What for.
    pub roles: Vec<Role>,
    /// Where; headquarters where no site stands.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sites: Vec<SiteCode>,
}

/// How figures are published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Arithmetic {
    /// Decimals of a published figure, 0–3; rounding is half-up.
    pub places: Places,
}

/// Rooms, numbers and the clock of the day (RULES.md §5).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoomPlan {
    /// Seats of a standard room.
    pub standard: u16,
    /// Whether diagonal neighbours count: `false`, `true`, or `"where-possible"`, room by room.
    #[serde(with = "text::diagonals")]
    pub diagonals: Apart,
    /// Candidate-number template: `{year:2}{stage:1}{city:2}{site:2}{room:3}{seat:2}`.
    pub number: String,
    /// The clock.
    pub times: Times,
}

/// Minutes until an unattended screen locks.
const LOCK_AFTER: u16 = 5;

impl Plan {
    /// Minutes without a key or click until the screen of a protected event locks: at least one.
    pub fn idle_minutes(&self) -> u32 {
        u32::from(self.event.lock_after_minutes.unwrap_or(LOCK_AFTER).max(1))
    }

    /// Reads a plan from the text of its file. A plan that contradicts itself is refused with all its faults at once.
    pub fn read(text: &str) -> Result<Self, PlanError> {
        let mut sheet = Sheet::parse(text.strip_prefix('\u{feff}').unwrap_or(text))?;
        let (event, arithmetic) = (sheet.one("event"), sheet.one("arithmetic"));
        let (tiers, units, minimums) = (sheet.many("tiers", true), sheet.many("units", true), sheet.many("minimums", false));
        let (stages, selections) = (sheet.many("stages", true), sheet.many("selections", false));
        let (composites, standings) = (sheet.many("composites", false), sheet.many("standings", false));
        let (awards, delegations) = (sheet.many("awards", false), sheet.many("delegations", false));
        let (named_teams, practice) = (sheet.many("named_teams", false), sheet.maybe("practice"));
        let (rooms, clauses) = (sheet.one("rooms"), sheet.many("clauses", false));
        let operators = sheet.many("operators", false);
        let faults = sheet.finish();
        let (Some(event), Some(arithmetic), Some(rooms), true) = (event, arithmetic, rooms, faults.is_empty()) else {
            return Err(PlanError::of(faults));
        };
        let index = units::Index::default();
        let plan = Self {
            event,
            arithmetic,
            tiers,
            units,
            minimums,
            stages,
            selections,
            composites,
            standings,
            awards,
            delegations,
            named_teams,
            practice,
            rooms,
            clauses,
            operators,
            index,
        };
        let mut faults = check::faults(&plan);
        if faults.is_empty() {
            return Ok(plan);
        }
        for fault in &mut faults {
            fault.line = sheet.line(&fault.key);
        }
        Err(PlanError::of(faults))
    }
}

#[cfg(test)]
mod numbers_tests;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod units_tests;
