//! Composites, standings, awards and delegations (RULES.md §2–§4).

use super::{Check, FaultCode, list};
use crate::figure::Mark;
use crate::identity::{ListId, StageId};
use crate::plan::{AwardPlan, CompositePlan, DelegationPlan, NamedTeamPlan, SelectionRule, Series, StandingOf, StandingPlan};

impl Check<'_> {
    pub(super) fn outcome(&mut self) {
        let plan = self.plan;
        self.once(plan.composites.iter().enumerate().map(|(i, c)| (format!("composites[{i}].stage"), &c.stage)));
        self.once(plan.standings.iter().enumerate().map(|(i, s)| (format!("standings[{i}].id"), &s.id)));
        self.once(plan.awards.iter().enumerate().map(|(i, a)| (format!("awards[{i}].id"), &a.id)));
        let delegations = plan.delegations.iter().enumerate().map(|(i, d)| (format!("delegations[{i}].id"), &d.id));
        self.once(delegations.chain(plan.named_teams.iter().enumerate().map(|(i, t)| (format!("named_teams[{i}].id"), &t.id))));
        for (i, composite) in plan.composites.iter().enumerate() {
            self.composite(&format!("composites[{i}]"), composite);
        }
        for (i, standing) in plan.standings.iter().enumerate() {
            self.standing(&format!("standings[{i}]"), standing);
        }
        for (i, award) in plan.awards.iter().enumerate() {
            self.award(&format!("awards[{i}]"), award);
        }
        for (i, delegation) in plan.delegations.iter().enumerate() {
            self.delegation(&format!("delegations[{i}]"), delegation);
        }
        for (i, team) in plan.named_teams.iter().enumerate() {
            self.named_team(&format!("named_teams[{i}]"), team);
        }
    }

    fn composite(&mut self, at: &str, composite: &CompositePlan) {
        let own = self.stage_ref(format!("{at}.stage"), &composite.stage);
        self.not_empty(format!("{at}.terms"), &composite.terms);
        let mut sum = Mark(0);
        for (i, term) in composite.terms.iter().enumerate() {
            let at = format!("{at}.terms[{i}]");
            self.mark_by(&at, own, &term.stage, &term.part);
            if term.weight.0 <= 0 {
                self.fault(FaultCode::PlanWeight, format!("{at}.weight"), term.weight, "");
            }
            sum.0 = sum.0.saturating_add(term.weight.0);
        }
        if sum.0 != Mark::UNIT && !composite.terms.is_empty() {
            self.fault(FaultCode::PlanWeightsSum, format!("{at}.terms"), sum, 1);
        }
        let name = |stage, part| format!("{stage} {part}");
        self.once(composite.terms.iter().enumerate().map(|(i, t)| (format!("{at}.terms[{i}]"), name(&t.stage, &t.part))));
        self.once(composite.keys.iter().enumerate().map(|(i, k)| (format!("{at}.keys[{i}]"), name(&k.stage, &k.part))));
        for (i, key) in composite.keys.iter().enumerate() {
            self.mark_by(&format!("{at}.keys[{i}]"), own, &key.stage, &key.part);
        }
    }

    /// A mark that exists by the time the composite of stage `own` is made.
    fn mark_by(&mut self, at: &str, own: Option<usize>, stage: &StageId, part: &crate::identity::PartId) {
        if let Some((found, _)) = self.part_ref(at, stage, part)
            && own.is_some_and(|own| found > own)
        {
            let known = list(self.plan.stages.iter().take(own.map_or(0, |o| o + 1)).map(|s| &s.id));
            self.fault(FaultCode::PlanMarkLater, format!("{at}.stage"), stage, known);
        }
    }

    fn standing(&mut self, at: &str, standing: &StandingPlan) {
        self.id(format!("{at}.id"), standing.id.as_str());
        self.text(format!("{at}.title"), &standing.title);
        self.text(format!("{at}.title_en"), &standing.title_en);
        let known = self.stage_ref(format!("{at}.stage"), &standing.stage).is_some();
        if known && !self.plan.composites.iter().any(|c| c.stage == standing.stage) {
            let with = list(self.plan.composites.iter().map(|c| &c.stage));
            self.fault(FaultCode::PlanCompositeMissing, format!("{at}.stage"), &standing.stage, with);
        }
        match &standing.of {
            StandingOf::People { within: Some(tier) } => {
                self.tier(format!("{at}.of.within"), tier);
            }
            StandingOf::People { within: None } => {}
            StandingOf::Teams { rule } => {
                if let Some(SelectionRule::Best { .. }) = self.rule_ref(format!("{at}.of.rule"), &standing.stage, rule) {
                    self.fault(FaultCode::PlanRuleNotTeams, format!("{at}.of.rule"), rule, "");
                }
            }
            StandingOf::Units { tier, rules } => {
                self.tier(format!("{at}.of.tier"), tier);
                self.not_empty(format!("{at}.of.rules"), rules);
                for (i, rule) in rules.iter().enumerate() {
                    self.rule_ref(format!("{at}.of.rules[{i}]"), &standing.stage, rule);
                }
                self.once(rules.iter().enumerate().map(|(i, r)| (format!("{at}.of.rules[{i}]"), r)));
            }
        }
    }

    /// A rule of a selection that leads to the stage.
    fn rule_ref(&mut self, key: String, stage: &StageId, name: &str) -> Option<SelectionRule> {
        let rules: Vec<&SelectionRule> = self.plan.selections.iter().filter(|s| s.to == *stage).flat_map(|s| &s.rules).collect();
        let found = rules.iter().find(|r| r.name() == name).map(|r| (*r).clone());
        if found.is_none() {
            self.fault(FaultCode::PlanRuleUnknown, key, name, list(rules.iter().map(|r| r.name())));
        }
        found
    }

    fn standing_ref(&mut self, key: String, id: &ListId) -> Option<StandingPlan> {
        let found = self.plan.standings.iter().find(|s| s.id == *id).cloned();
        if found.is_none() {
            self.fault(FaultCode::PlanStandingUnknown, key, id, list(self.plan.standings.iter().map(|s| &s.id)));
        }
        found
    }

    /// Places of a standing from 1; an award that people decide names how many there are at most, or nothing.
    fn award(&mut self, at: &str, award: &AwardPlan) {
        self.id(format!("{at}.id"), award.id.as_str());
        self.text(format!("{at}.title"), &award.title);
        self.text(format!("{at}.title_en"), &award.title_en);
        if let Some(id) = &award.standing {
            self.standing_ref(format!("{at}.standing"), id);
        }
        let open = award.standing.is_none() && award.from == 0 && award.to == 0;
        if !open && award.from == 0 {
            self.fault(FaultCode::PlanAwardPlaces, format!("{at}.from"), award.from, format!("1 – {}", award.to.max(1)));
        } else if award.to < award.from {
            self.fault(FaultCode::PlanAwardPlaces, format!("{at}.to"), award.to, format!("≥ {}", award.from));
        }
        if let Some(form) = &award.number
            && Series::parse(form, "").is_none()
        {
            self.fault(FaultCode::PlanSeries, format!("{at}.number"), form, Series::USUAL);
        }
        if let Some(name) = &award.template {
            let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'));
            if !plain || name.is_empty() || name.starts_with('.') || name.contains("..") {
                self.fault(FaultCode::PlanTemplateName, format!("{at}.template"), name, "a–z, A–Z, 0–9, -, _");
            }
        }
    }

    fn delegation(&mut self, at: &str, delegation: &DelegationPlan) {
        self.id(format!("{at}.id"), delegation.id.as_str());
        self.text(format!("{at}.title"), &delegation.title);
        self.at_least_one(format!("{at}.place"), delegation.place);
        if let Some(stage) = &delegation.stage {
            self.stage_ref(format!("{at}.stage"), stage);
        }
        if let Some(award) = &delegation.award {
            self.people_award(format!("{at}.award"), award);
        }
        let Some(standing) = self.standing_ref(format!("{at}.standing"), &delegation.standing) else { return };
        let StandingOf::Teams { rule } = &standing.of else {
            self.fault(FaultCode::PlanStandingNotTeams, format!("{at}.standing"), &delegation.standing, "");
            return;
        };
        let rules = self.plan.selections.iter().filter(|s| s.to == standing.stage).flat_map(|s| &s.rules);
        let size = rules.filter(|r| r.name() == rule).find_map(|r| match r {
            SelectionRule::Teams { size, .. } => Some(*size),
            SelectionRule::Best { .. } => None,
        });
        if let Some(size) = size.filter(|size| delegation.substitutes >= *size) {
            self.fault(FaultCode::PlanSubstitutes, format!("{at}.substitutes"), delegation.substitutes, size);
        }
    }

    fn named_team(&mut self, at: &str, team: &NamedTeamPlan) {
        self.id(format!("{at}.id"), team.id.as_str());
        self.text(format!("{at}.title"), &team.title);
        self.stage_ref(format!("{at}.stage"), &team.stage);
        self.tier(format!("{at}.tier"), &team.tier);
        self.at_least_one(format!("{at}.named"), team.named);
        if let Some(standing) = self.standing_ref(format!("{at}.standing"), &team.standing)
            && !matches!(standing.of, StandingOf::People { within: None })
        {
            self.fault(FaultCode::PlanStandingNotPeople, format!("{at}.standing"), &team.standing, "");
        }
        if let Some(after) = team.after.as_ref().filter(|id| !self.plan.delegations.iter().any(|d| d.id == **id)) {
            let known = list(self.plan.delegations.iter().map(|d| &d.id));
            self.fault(FaultCode::PlanDelegationUnknown, format!("{at}.after"), after, known);
        }
        if let Some(award) = &team.award {
            self.people_award(format!("{at}.award"), award);
        }
    }

    /// An award that follows from no standing.
    fn people_award(&mut self, key: String, id: &ListId) {
        if !self.plan.awards.iter().any(|a| a.id == *id && a.standing.is_none()) {
            let known = list(self.plan.awards.iter().filter(|a| a.standing.is_none()).map(|a| &a.id));
            self.fault(FaultCode::PlanAwardUnknown, key, id, known);
        }
    }
}
