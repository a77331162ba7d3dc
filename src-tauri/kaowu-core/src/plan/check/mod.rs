//! What makes a plan contradict itself. Every check adds its faults; none stops the next.

mod operators;
mod outcome;
mod practice;
mod rooms;
mod selection;
mod stages;
mod units;

use super::{FaultCode, Plan, PlanFault};
use crate::identity::TierId;
use std::collections::BTreeMap;
use std::fmt::Display;

/// All faults of a plan that was read; their lines are filled in by the reader, which has the text.
pub(super) fn faults(plan: &Plan) -> Vec<PlanFault> {
    let mut check = Check { plan, faults: Vec::new() };
    check.event();
    check.units();
    check.stages();
    check.selections();
    check.outcome();
    check.practice();
    check.rooms();
    check.operators();
    check.faults
}

struct Check<'p> {
    plan: &'p Plan,
    faults: Vec<PlanFault>,
}

impl Check<'_> {
    fn fault(&mut self, code: FaultCode, key: impl Into<String>, value: impl Display, wants: impl Display) {
        let wants = Some(wants.to_string()).filter(|w| !w.is_empty()).unwrap_or_else(|| "—".to_owned());
        self.faults.push(PlanFault { code, key: key.into(), line: 0, value: value.to_string(), wants });
    }

    fn event(&mut self) {
        let event = &self.plan.event;
        self.id("event.id", &event.id);
        for (key, text) in [("event.title", &event.title), ("event.title_en", &event.title_en), ("event.organiser", &event.organiser)] {
            self.text(key, text);
        }
        if let Some(minutes) = event.lock_after_minutes {
            self.at_least_one("event.lock_after_minutes", minutes);
        }
        let places = self.plan.arithmetic.places.0;
        if places > 3 {
            self.fault(FaultCode::PlanPlaces, "arithmetic.places", places, "0, 1, 2, 3");
        }
    }

    /// Ids go into file names and into the keys of the journal, where `/` parts one from the next.
    fn id(&mut self, key: impl Into<String>, id: &str) {
        if id.is_empty() || !id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
            self.fault(FaultCode::PlanIdForm, key, id, "a–z, A–Z, 0–9, -");
        }
    }

    fn text(&mut self, key: impl Into<String>, text: &str) {
        if text.trim().is_empty() {
            self.fault(FaultCode::PlanTextEmpty, key, text, "");
        }
    }

    fn not_empty<T>(&mut self, key: impl Into<String>, items: &[T]) {
        if items.is_empty() {
            self.fault(FaultCode::PlanEmpty, key, "[]", "");
        }
    }

    fn at_least_one(&mut self, key: impl Into<String>, count: impl Into<u64>) {
        if count.into() == 0 {
            self.fault(FaultCode::PlanCountZero, key, 0, "1");
        }
    }

    /// Each second use of a name, with the key of the first.
    fn once<T: Ord + Display>(&mut self, names: impl IntoIterator<Item = (String, T)>) {
        let mut seen: BTreeMap<T, String> = BTreeMap::new();
        for (key, name) in names {
            match seen.get(&name) {
                Some(first) => self.fault(FaultCode::PlanTwice, key, &name, first.clone()),
                None => {
                    seen.insert(name, key);
                }
            }
        }
    }

    /// How far out a tier stands, 0 the outermost; a tier the plan has not is a fault here.
    fn tier(&mut self, key: impl Into<String>, tier: &TierId) -> Option<usize> {
        let found = self.depth(tier);
        if found.is_none() {
            let known = list(self.plan.tiers.iter().map(|t| &t.id));
            self.fault(FaultCode::PlanTierUnknown, key, tier, known);
        }
        found
    }

    fn depth(&self, tier: &TierId) -> Option<usize> {
        self.plan.tiers.iter().position(|t| t.id == *tier)
    }
}

/// Names beside each other, for the remedy of a fault.
fn list<T: Display>(names: impl IntoIterator<Item = T>) -> String {
    names.into_iter().map(|n| n.to_string()).collect::<Vec<_>>().join(", ")
}
