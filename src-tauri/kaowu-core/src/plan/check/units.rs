//! Tiers, units and minimums (RULES.md §1, §3.17–18).

use super::{Check, FaultCode};
use crate::identity::UnitCode;
use crate::plan::Unit;
use std::collections::{BTreeMap, BTreeSet};

impl Check<'_> {
    pub(super) fn units(&mut self) {
        let plan = self.plan;
        self.not_empty("tiers", &plan.tiers);
        self.not_empty("units", &plan.units);
        for (i, tier) in plan.tiers.iter().enumerate() {
            self.id(format!("tiers[{i}].id"), tier.id.as_str());
            self.text(format!("tiers[{i}].name"), &tier.name);
            self.text(format!("tiers[{i}].name_en"), &tier.name_en);
        }
        self.once(plan.tiers.iter().enumerate().map(|(i, t)| (format!("tiers[{i}].id"), &t.id)));
        self.once(plan.units.iter().enumerate().map(|(i, u)| (format!("units[{i}].code"), &u.code)));
        self.once(plan.minimums.iter().enumerate().map(|(i, m)| (format!("minimums[{i}].tier"), &m.tier)));
        for (i, minimum) in plan.minimums.iter().enumerate() {
            self.tier(format!("minimums[{i}].tier"), &minimum.tier);
            self.at_least_one(format!("minimums[{i}].people"), minimum.people);
        }
        let by_code: BTreeMap<&UnitCode, &Unit> = plan.units.iter().map(|u| (&u.code, u)).collect();
        for (i, unit) in plan.units.iter().enumerate() {
            self.unit(i, unit, &by_code);
        }
        self.names();
        self.sites(&by_code);
    }

    fn unit(&mut self, i: usize, unit: &Unit, by_code: &BTreeMap<&UnitCode, &Unit>) {
        self.id(format!("units[{i}].code"), unit.code.as_str());
        self.text(format!("units[{i}].name"), &unit.name);
        for (j, alias) in unit.aliases.iter().enumerate() {
            self.text(format!("units[{i}].aliases[{j}]"), alias);
        }
        if let (Some(from), Some(to)) = (unit.valid_from, unit.valid_to)
            && to < from
        {
            self.fault(FaultCode::PlanValidityOrder, format!("units[{i}].valid_to"), to, from);
        }
        if unit.openings == Some(0) {
            self.at_least_one(format!("units[{i}].openings"), 0_u32);
        }
        let depth = self.tier(format!("units[{i}].tier"), &unit.tier);
        // Parents stand strictly further out, so the units form a tree: no circle can keep that order.
        if let Some(code) = &unit.parent {
            match by_code.get(code) {
                None => self.fault(FaultCode::PlanUnitUnknown, format!("units[{i}].parent"), code, ""),
                Some(parent) => {
                    let above = self.depth(&parent.tier);
                    if above.zip(depth).is_some_and(|(above, below)| above >= below) {
                        let wants = self.plan.tiers.iter().take(depth.unwrap_or(0)).map(|t| &t.id);
                        let wants = super::list(wants);
                        self.fault(FaultCode::PlanParentTier, format!("units[{i}].parent"), code, wants);
                    }
                }
            }
        }
        if let Some(code) = unit.sits_at.as_ref().filter(|c| !by_code.contains_key(c)) {
            self.fault(FaultCode::PlanUnitUnknown, format!("units[{i}].sits_at"), code, "");
        }
    }

    /// No two units under one parent answer to one name on one day.
    fn names(&mut self) {
        let plan = self.plan;
        let mut named: BTreeMap<(Option<&UnitCode>, &str), Vec<&Unit>> = BTreeMap::new();
        for (i, unit) in plan.units.iter().enumerate() {
            for (j, name) in unit.names().enumerate() {
                let others = named.entry((unit.parent.as_ref(), name)).or_default();
                let key = if j == 0 { format!("units[{i}].name") } else { format!("units[{i}].aliases[{}]", j - 1) };
                if let Some(other) = others.iter().find(|o| o.overlaps(unit)) {
                    self.fault(FaultCode::PlanNameTwice, key, name, format!("{} {}", other.code, other.name));
                }
                others.push(unit);
            }
        }
    }

    /// Whoever enters must have somewhere to sit, in every stage whose sites belong to a tier.
    fn sites(&mut self, by_code: &BTreeMap<&UnitCode, &Unit>) {
        let plan = self.plan;
        let parents: BTreeSet<&UnitCode> = plan.units.iter().filter_map(|u| u.parent.as_ref()).collect();
        let tiers: BTreeSet<_> = plan.stages.iter().filter_map(|s| s.sites_of.as_ref()).collect();
        for tier in tiers.into_iter().filter(|t| plan.tiers.iter().any(|known| known.id == **t)) {
            let under = |code: &UnitCode| {
                let line = std::iter::successors(by_code.get(code), |u| u.parent.as_ref().and_then(|p| by_code.get(p)));
                line.take(plan.tiers.len()).any(|u| u.tier == *tier)
            };
            for (i, unit) in plan.units.iter().enumerate().filter(|(_, u)| !parents.contains(&u.code)) {
                let line = std::iter::successors(Some(unit), |u| u.parent.as_ref().and_then(|p| by_code.get(p)).copied());
                let sits_at = line.take(plan.tiers.len()).find_map(|u| u.sits_at.as_ref());
                if !under(&unit.code) && !sits_at.is_some_and(under) {
                    self.fault(FaultCode::PlanSiteMissing, format!("units[{i}]"), format!("{} {}", unit.code, unit.name), tier);
                }
            }
        }
    }
}
