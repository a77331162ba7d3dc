//! The unit a row names: the outer one by itself, the inner one only within it (鼓楼区 stands in two cities).

use super::clean::{clean_text, half, shown};
use super::fault::{Field, RowFault};
use crate::identity::UnitCode;
use crate::plan::{Plan, Resolution};
use std::collections::BTreeMap;

/// The units of a roster's rows. Most rows name the same few; each pair of names is looked up once.
pub(super) struct Units<'a> {
    pub(super) plan: &'a Plan,
    known: BTreeMap<(&'a str, &'a str), Known>,
}

/// The unit of two names, and what is said of them.
pub(crate) type Known = (Option<UnitCode>, Vec<(Field, RowFault)>);

impl<'a> Units<'a> {
    pub(super) fn new(plan: &'a Plan) -> Self {
        Self { plan, known: BTreeMap::new() }
    }

    /// The unit of entry; everything that is to be said of the two cells goes to `say`.
    pub(super) fn read(&mut self, outer: &'a str, inner: &'a str, say: &mut impl FnMut(Field, RowFault)) -> Option<UnitCode> {
        let (unit, said) = self.known.entry((outer, inner)).or_insert_with(|| {
            let mut said = Vec::new();
            (read_unit(outer, inner, self.plan, &mut |field, fault| said.push((field, fault))), said)
        });
        for (field, fault) in said {
            say(*field, fault.clone());
        }
        unit.clone()
    }
}

/// The unit of two cells and what is to be said of them; a single cell may name both (南京市玄武区).
pub(crate) fn unit_of(outer: &str, inner: &str, plan: &Plan) -> Known {
    let mut said = Vec::new();
    let whole = clean_text(outer, 60);
    if clean_text(inner, 60).is_empty()
        && !whole.is_empty()
        && by_code(&whole, plan).is_none()
        && plan.resolve_city(&whole).unit().is_none()
        && let Resolution::Found(code) = plan.resolve(None, &whole, plan.event.entry_deadline)
    {
        return (Some(code), said);
    }
    let unit = read_unit(outer, inner, plan, &mut |field, fault| said.push((field, fault)));
    (unit, said)
}

fn read_unit(outer: &str, inner: &str, plan: &Plan, say: &mut impl FnMut(Field, RowFault)) -> Option<UnitCode> {
    let city = read_outer(outer, plan, say)?;
    let has_inner = plan.children(&city).next().is_some();
    let text = clean_text(inner, 60);
    if text.is_empty() {
        if has_inner {
            say(Field::Inner, RowFault::UnitEmpty);
            return None;
        }
        return Some(city);
    }
    if !has_inner {
        if plan.resolve_city(&text).unit() != Some(&city) {
            let unit = name(plan, &city);
            say(Field::Inner, RowFault::UnitIgnored { text: shown(inner), unit });
        }
        return Some(city);
    }
    if let Some(code) = by_code(&text, plan).filter(|code| plan.within(code, &city)) {
        return Some(code);
    }
    match plan.resolve(Some(&city), &text, plan.event.entry_deadline) {
        Resolution::Unknown(near) => {
            say(Field::Inner, unknown(inner, &text, near, &city, plan));
            None
        }
        resolution => found(Field::Inner, inner, resolution, plan, say),
    }
}

fn read_outer(outer: &str, plan: &Plan, say: &mut impl FnMut(Field, RowFault)) -> Option<UnitCode> {
    let text = clean_text(outer, 60);
    if text.is_empty() {
        say(Field::Outer, RowFault::UnitEmpty);
        return None;
    }
    if let Some(code) = by_code(&text, plan).filter(|code| plan.unit(code).is_some_and(|u| u.parent.is_none())) {
        return Some(code);
    }
    found(Field::Outer, outer, plan.resolve_city(&text), plan, say)
}

/// A cell that holds a unit's code, as rosters of a recruitment do.
fn by_code(text: &str, plan: &Plan) -> Option<UnitCode> {
    let code: UnitCode = text.chars().map(half).collect::<String>().into();
    plan.unit(&code).map(|u| u.code.clone())
}

fn found(field: Field, was: &str, resolution: Resolution, plan: &Plan, say: &mut impl FnMut(Field, RowFault)) -> Option<UnitCode> {
    match resolution {
        Resolution::Found(code) => {
            let now = name(plan, &code);
            if now != was {
                say(field, RowFault::Cleaned { was: shown(was), now });
            }
            Some(code)
        }
        Resolution::NotYet(code) | Resolution::Expired(code) => {
            say(field, RowFault::UnitNotValid { unit: name(plan, &code) });
            Some(code)
        }
        Resolution::Ambiguous(codes) => {
            say(field, RowFault::UnitAmbiguous { text: shown(was), codes });
            None
        }
        Resolution::Unknown(near) if near.is_empty() => {
            say(field, RowFault::UnitUnknown { text: shown(was) });
            None
        }
        Resolution::Unknown(near) => {
            say(field, RowFault::UnitUnknownNear { text: shown(was), near });
            None
        }
    }
}

/// Why no unit under the city answers: it may stand in another city, or be misspelt.
fn unknown(was: &str, text: &str, near: Vec<String>, city: &UnitCode, plan: &Plan) -> RowFault {
    let (was, on) = (shown(was), plan.event.entry_deadline);
    let elsewhere: Vec<String> = plan
        .units
        .iter()
        .filter(|u| u.parent.is_none() && u.code != *city && plan.resolve(Some(&u.code), text, on).unit().is_some())
        .map(|u| u.name.clone())
        .collect();
    if !elsewhere.is_empty() {
        return RowFault::UnitNotThere { text: was, outer: name(plan, city), elsewhere };
    }
    if near.is_empty() { RowFault::UnitUnknown { text: was } } else { RowFault::UnitUnknownNear { text: was, near } }
}

fn name(plan: &Plan, code: &UnitCode) -> String {
    plan.unit(code).map(|u| u.name.clone()).unwrap_or_default()
}
