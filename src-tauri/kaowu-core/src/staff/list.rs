//! Rows of a staff list: what is cleaned, what is a fault.

use super::fault::{StaffColumn, StaffRowFault, Told};
use super::{Role, staff_id};
use crate::facts::StaffFact;
use crate::identity::{PanelId, SiteCode, StageId, UnitCode};
use crate::plan::Plan;
use crate::roster::{RowFault, Severity, clean_name, clean_phone, unit_of};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// Longest running text that is kept.
const LONGEST: usize = 80;
/// Longest id of a panel.
const PANEL: usize = 8;

/// A row as it stands; empty text where a cell or a column is missing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RawStaff {
    /// Row as Excel shows it.
    pub row: u32,
    /// 姓名.
    pub name: String,
    /// 单位.
    pub workplace: String,
    /// 设区市.
    pub outer: String,
    /// 县（市、区）.
    pub inner: String,
    /// 岗位.
    pub role: String,
    /// 考点.
    pub site: String,
    /// 考官组.
    pub panel: String,
    /// 电话.
    pub phone: String,
    /// Cells that hold an error value or a formula without its result.
    pub broken: Vec<StaffColumn>,
}

/// A site that a list may name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownSite {
    /// Its code.
    pub code: SiteCode,
    /// Its name.
    pub name: String,
}

/// What a list says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StaffList {
    /// Rows that hold anything.
    pub rows: u32,
    /// Rows refused.
    pub refused: u32,
    /// Who was taken, by id.
    pub people: BTreeMap<String, StaffFact>,
    /// What was said.
    pub told: Vec<Told>,
}

/// Reads the rows of a list for a stage with these sites.
pub fn read_staff(rows: &[RawStaff], plan: &Plan, stage: &StageId, sites: &[KnownSite], source: &str) -> StaffList {
    let mut out = StaffList::default();
    for raw in rows {
        out.rows += 1;
        let Some(fact) = read_row(raw, plan, sites, source, &mut out.told) else {
            out.refused += 1;
            continue;
        };
        let site = fact.site.as_ref().map_or("", SiteCode::as_str);
        match out.people.entry(staff_id(stage.as_str(), site, &fact.workplace, &fact.name)) {
            Entry::Occupied(first) => {
                out.told.push(Told::staff(raw.row, StaffColumn::Name, StaffRowFault::StaffTwice { row: first.get().row }));
                out.refused += 1;
            }
            Entry::Vacant(place) => _ = place.insert(fact),
        }
    }
    out
}

/// Reads one row; whatever is wrong with it is said at once.
fn read_row(raw: &RawStaff, plan: &Plan, sites: &[KnownSite], source: &str, told: &mut Vec<Told>) -> Option<StaffFact> {
    let before = told.len();
    for column in &raw.broken {
        told.push(Told::person(raw.row, *column, RowFault::CellFormula));
    }
    let name = match clean_name(&raw.name) {
        Ok(name) => Some(name),
        Err(fault) => {
            told.push(Told::person(raw.row, StaffColumn::Name, fault));
            None
        }
    };
    let role = match (Role::read(&raw.role), tidy(&raw.role)) {
        (Some(role), _) => Some(role),
        (None, text) => {
            let fault = if text.is_empty() { StaffRowFault::StaffRoleEmpty } else { StaffRowFault::StaffRoleUnknown { text } };
            told.push(Told::staff(raw.row, StaffColumn::Role, fault));
            None
        }
    };
    let site = site_of(raw, sites, role, told);
    let unit = unit(raw, plan, told);
    let panel = Some(tidy(&raw.panel)).filter(|p| !p.is_empty()).map(|p| panel_of(&p));
    let panel = panel.and_then(|panel| match role {
        Some(Role::Judge | Role::Chief | Role::Secretary | Role::Checker) if panel.chars().count() <= PANEL => Some(PanelId(panel)),
        _ => {
            told.push(Told::staff(raw.row, StaffColumn::Panel, StaffRowFault::StaffPanelIgnored { text: panel }));
            None
        }
    });
    let phone = clean_phone(&raw.phone).unwrap_or_else(|fault| {
        told.push(Told::person(raw.row, StaffColumn::Phone, fault));
        tidy(&raw.phone)
    });
    let refused = told[before..].iter().any(|t| t.severity == Severity::Refused);
    let (name, role, site) = (name?, role?, site?);
    (!refused).then(|| StaffFact {
        name,
        unit,
        workplace: tidy(&raw.workplace),
        role,
        site,
        panel,
        phone,
        source: source.to_owned(),
        row: raw.row,
    })
}

/// The site of a row; none within for who goes from site to site; none at all where it is a fault.
fn site_of(raw: &RawStaff, sites: &[KnownSite], role: Option<Role>, told: &mut Vec<Told>) -> Option<Option<SiteCode>> {
    let text = tidy(&raw.site);
    if text.is_empty() {
        // An interview is held in one place; an inspector goes from site to site.
        return match (role, sites) {
            (Some(Role::Invigilator | Role::SiteHead), [_, _, ..] | []) => {
                told.push(Told::staff(raw.row, StaffColumn::Site, StaffRowFault::StaffSiteEmpty));
                None
            }
            (Some(Role::Inspector), _) | (None, _) => Some(None),
            (Some(_), sites) => Some(sites.first().map(|s| s.code.clone())),
        };
    }
    let bare = |name: &str| name.trim_end_matches("考点").to_owned();
    let found: Vec<&KnownSite> =
        sites.iter().filter(|s| s.code.as_str() == text || s.name == text || bare(&s.name) == bare(&text)).collect();
    match found[..] {
        [one] => Some(Some(one.code.clone())),
        _ => {
            let known = sites.iter().map(|s| format!("{} {}", s.code, s.name)).take(20).collect();
            told.push(Told::staff(raw.row, StaffColumn::Site, StaffRowFault::StaffSiteUnknown { text, known }));
            None
        }
    }
}

/// The plan's unit that somebody is of: by its own columns, else where the workplace begins with one's name. Somebody of
/// none is a stranger everywhere, which is said.
fn unit(raw: &RawStaff, plan: &Plan, told: &mut Vec<Told>) -> Option<UnitCode> {
    let (outer, inner, work) = (tidy(&raw.outer), tidy(&raw.inner), tidy(&raw.workplace));
    if !outer.is_empty() || !inner.is_empty() {
        let city = plan.resolve_city(&outer);
        let found = match (inner.is_empty(), city.unit()) {
            (true, Some(city)) => Some(city.clone()),
            _ => unit_of(&outer, &inner, plan).0,
        };
        if found.is_none() {
            let column = if inner.is_empty() { StaffColumn::Outer } else { StaffColumn::Inner };
            told.push(Told::staff(raw.row, column, StaffRowFault::StaffUnitUnknown { text: format!("{outer}{inner}") }));
        }
        return found;
    }
    // The longest name wins: 南京市江宁区… is of 江宁区.
    let named = |u: &&crate::plan::Unit| u.valid_from.is_none() && work.starts_with(&plan.full_name(&u.code));
    let found = plan.units.iter().filter(named).max_by_key(|u| (plan.full_name(&u.code).chars().count(), &u.code));
    if found.is_none() {
        told.push(Told::staff(raw.row, StaffColumn::Workplace, StaffRowFault::StaffUnitUnknown { text: work }));
    }
    found.map(|u| u.code.clone())
}

/// 第一考官组, 第1组, 1: the panel as lots name it.
fn panel_of(text: &str) -> String {
    const DIGITS: [&str; 9] = ["一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let bare = text.trim_start_matches('第').trim_end_matches('组').trim_end_matches("考官").trim_end_matches('号').trim();
    DIGITS.iter().position(|d| *d == bare).map_or_else(|| bare.to_owned(), |n| (n + 1).to_string())
}

/// On one line, without what cannot be seen.
fn tidy(text: &str) -> String {
    let seen: String = text
        .chars()
        .filter(|c| c.is_control() || !crate::hidden::hidden(*c))
        .map(|c| if c.is_control() || c.is_whitespace() || c == '/' { if c == '/' { '／' } else { ' ' } } else { c })
        .collect();
    seen.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(LONGEST).collect()
}
