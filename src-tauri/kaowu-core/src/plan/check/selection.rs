//! Selections (RULES.md §2, §3.2–8).

use super::{Check, FaultCode, list};
use crate::plan::{Count, SelectionPlan, SelectionRule};

impl Check<'_> {
    pub(super) fn selections(&mut self) {
        let plan = self.plan;
        // One way into a stage, and one into later parts of it: two would leave open which list counts.
        let ways = plan.selections.iter().enumerate();
        self.once(ways.map(|(i, s)| (format!("selections[{i}].to"), format!("{} {}", s.to, list(&s.to_parts)).trim().to_owned())));
        // Standings name a rule by stage and name alone.
        let rules = plan.selections.iter().enumerate().flat_map(|(i, s)| s.rules.iter().enumerate().map(move |(j, r)| (i, j, s, r)));
        self.once(rules.map(|(i, j, s, r)| (format!("selections[{i}].rules[{j}].name"), format!("{} {}", s.to, r.name()))));
        for (i, selection) in plan.selections.iter().enumerate() {
            let at = format!("selections[{i}]");
            self.target(&at, selection);
            self.not_empty(format!("{at}.rules"), &selection.rules);
            for (j, rule) in selection.rules.iter().enumerate() {
                self.rule(&format!("{at}.rules[{j}]"), rule);
            }
        }
    }

    /// Forward to a later stage, or within one stage to later parts of it; frozen between the two.
    fn target(&mut self, at: &str, selection: &SelectionPlan) {
        let from = self.part_ref(&format!("{at}.by"), &selection.by.stage, &selection.by.part);
        let to = self.stage_ref(format!("{at}.to"), &selection.to);
        let (Some((stage, part)), Some(to)) = (from, to) else { return };
        let mut entered = Vec::new();
        for (j, id) in selection.to_parts.iter().enumerate() {
            let key = format!("{at}.to_parts[{j}]");
            let Some(place) = self.part_of(key.clone(), to, id) else { continue };
            if to == stage && place <= part {
                self.fault(FaultCode::PlanSelectionTarget, key, id, &selection.by.part);
            }
            entered.push(place);
        }
        self.once(selection.to_parts.iter().enumerate().map(|(j, id)| (format!("{at}.to_parts[{j}]"), id)));
        let inside = to == stage;
        if to < stage || inside == selection.to_parts.is_empty() {
            let later = list(self.plan.stages.iter().skip(stage + 1).map(|s| &s.id));
            self.fault(FaultCode::PlanSelectionTarget, format!("{at}.to"), &selection.to, later);
        }
        let Some(freeze) = selection.freeze else { return };
        let parts = self.plan.stages.get(to).map_or(&[][..], |s| s.parts.as_slice());
        let opens = parts.iter().enumerate().filter(|(p, _)| !inside || entered.contains(p)).map(|(_, p)| p.start).min();
        let marked = self.plan.stages.get(stage).and_then(|s| s.parts.get(part)).map(|p| p.start);
        let key = format!("{at}.freeze");
        if let Some(opens) = opens.filter(|opens| *opens < freeze) {
            self.fault(FaultCode::PlanTimeOrder, key, opens, freeze);
        } else if let Some(marked) = marked.filter(|marked| freeze < *marked) {
            self.fault(FaultCode::PlanTimeOrder, key, freeze, marked);
        }
    }

    fn rule(&mut self, at: &str, rule: &SelectionRule) {
        self.text(format!("{at}.name"), rule.name());
        match rule {
            SelectionRule::Teams { per, of, teams, size, .. } => {
                let outer = self.tier(format!("{at}.per"), per);
                let inner = self.tier(format!("{at}.of"), of);
                if outer.zip(inner).is_some_and(|(outer, inner)| inner <= outer) {
                    self.fault(FaultCode::PlanTierInside, format!("{at}.of"), of, per);
                }
                self.at_least_one(format!("{at}.teams"), *teams);
                self.at_least_one(format!("{at}.size"), *size);
            }
            SelectionRule::Best { per, count, .. } => {
                self.tier(format!("{at}.per"), per);
                let (Count::Fixed(n) | Count::PerOpening(n)) = count;
                self.at_least_one(format!("{at}.count"), *n);
                if let Count::PerOpening(_) = count {
                    let without = self.plan.units.iter().filter(|u| u.tier == *per && u.openings.is_none());
                    let without = list(without.map(|u| &u.code));
                    if !without.is_empty() {
                        self.fault(FaultCode::PlanOpeningsMissing, format!("{at}.count"), per, without);
                    }
                }
            }
        }
    }
}
