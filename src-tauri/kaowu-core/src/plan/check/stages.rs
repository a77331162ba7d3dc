//! Stages, parts and panels (RULES.md §1, §4, §6).

use super::{Check, FaultCode, list};
use crate::figure::Mark;
use crate::identity::{PartId, StageId};
use crate::plan::{DropBy, PanelPlan, Part, Stage};

impl Check<'_> {
    pub(super) fn stages(&mut self) {
        let plan = self.plan;
        self.not_empty("stages", &plan.stages);
        // Both stand in names of packets, and sticks know no case.
        self.once(plan.stages.iter().enumerate().map(|(i, s)| (format!("stages[{i}].id"), s.id.as_str().to_ascii_lowercase())));
        self.once(plan.stages.iter().enumerate().map(|(i, s)| (format!("stages[{i}].digit"), s.digit)));
        for (i, stage) in plan.stages.iter().enumerate() {
            self.stage(i, stage);
        }
        if !plan.stages.is_empty() && plan.stages.iter().all(|s| s.parts.is_empty()) {
            self.fault(FaultCode::PlanEmpty, "stages[0].parts", "[]", "");
        }
        // Rosters are due before anyone sits down.
        for (i, part) in plan.stages.iter().enumerate().filter_map(|(i, s)| s.parts.first().map(|p| (i, p))) {
            if part.start.date_naive() < plan.event.entry_deadline {
                self.fault(FaultCode::PlanTimeOrder, format!("stages[{i}].parts[0].start"), part.start, plan.event.entry_deadline);
            }
        }
    }

    fn stage(&mut self, i: usize, stage: &Stage) {
        let at = format!("stages[{i}]");
        self.id(format!("{at}.id"), stage.id.as_str());
        self.text(format!("{at}.name"), &stage.name);
        self.text(format!("{at}.name_en"), &stage.name_en);
        self.at_least_one(format!("{at}.digit"), stage.digit);
        if let Some(tier) = &stage.sites_of {
            self.tier(format!("{at}.sites_of"), tier);
        }
        for (j, tier) in stage.separate.iter().enumerate() {
            self.tier(format!("{at}.separate[{j}]"), tier);
        }
        self.once(stage.separate.iter().enumerate().map(|(j, t)| (format!("{at}.separate[{j}]"), t)));
        self.once(stage.parts.iter().enumerate().map(|(j, p)| (format!("{at}.parts[{j}].id"), p.id.as_str().to_ascii_lowercase())));
        for (j, part) in stage.parts.iter().enumerate() {
            self.one_part(&format!("{at}.parts[{j}]"), part);
        }
        for (j, pair) in stage.parts.windows(2).enumerate() {
            if let [before, after] = pair
                && after.start < before.start
            {
                self.fault(FaultCode::PlanTimeOrder, format!("{at}.parts[{}].start", j + 1), after.start, before.start);
            }
        }
    }

    fn one_part(&mut self, at: &str, part: &Part) {
        self.id(format!("{at}.id"), part.id.as_str());
        self.text(format!("{at}.name"), &part.name);
        self.text(format!("{at}.name_en"), &part.name_en);
        self.at_least_one(format!("{at}.minutes"), part.minutes);
        self.full_marks(format!("{at}.full"), part.full);
        let full = if part.full.0 > 0 { part.full } else { Mark(0) };
        if !full.on_step(part.step) {
            self.fault(FaultCode::PlanStep, format!("{at}.step"), part.step, full);
        }
        if let Some(panel) = &part.panel {
            self.panel(&format!("{at}.panel"), panel, part);
        }
    }

    fn full_marks(&mut self, key: String, full: Mark) {
        if full.0 <= 0 {
            self.fault(FaultCode::PlanFullMarks, key, full, "");
        }
    }

    fn panel(&mut self, at: &str, panel: &PanelPlan, part: &Part) {
        let dropped = u16::from(panel.drop_high) + u16::from(panel.drop_low);
        if dropped >= u16::from(panel.judges) {
            self.fault(FaultCode::PlanDrops, format!("{at}.judges"), panel.judges, dropped + 1);
        }
        if panel.criteria.is_empty() {
            if panel.drop_by == DropBy::Criterion {
                self.fault(FaultCode::PlanCriteriaMissing, format!("{at}.drop_by"), "criterion", "total");
            }
            return;
        }
        self.once(panel.criteria.iter().enumerate().map(|(i, c)| (format!("{at}.criteria[{i}].name"), &c.name)));
        let mut sum = Mark(0);
        for (i, criterion) in panel.criteria.iter().enumerate() {
            self.text(format!("{at}.criteria[{i}].name"), &criterion.name);
            self.full_marks(format!("{at}.criteria[{i}].full"), criterion.full);
            if part.step.0 > 0 && !criterion.full.on_step(part.step) {
                self.fault(FaultCode::PlanStep, format!("{at}.criteria[{i}].full"), criterion.full, part.step);
            }
            sum.0 = sum.0.saturating_add(criterion.full.0);
        }
        if sum != part.full {
            self.fault(FaultCode::PlanCriteriaSum, format!("{at}.criteria"), sum, part.full);
        }
    }

    /// Where a stage stands in the order of the plan.
    pub(super) fn stage_ref(&mut self, key: impl Into<String>, id: &StageId) -> Option<usize> {
        let found = self.plan.stages.iter().position(|s| s.id == *id);
        if found.is_none() {
            let known = list(self.plan.stages.iter().map(|s| &s.id));
            self.fault(FaultCode::PlanStageUnknown, key, id, known);
        }
        found
    }

    /// Where a part stands: stage and place within it.
    pub(super) fn part_ref(&mut self, at: &str, stage: &StageId, part: &PartId) -> Option<(usize, usize)> {
        let index = self.stage_ref(format!("{at}.stage"), stage)?;
        self.part_of(format!("{at}.part"), index, part).map(|p| (index, p))
    }

    /// A part within a stage.
    pub(super) fn part_of(&mut self, key: impl Into<String>, stage: usize, part: &PartId) -> Option<usize> {
        let parts = self.plan.stages.get(stage).map_or(&[][..], |s| s.parts.as_slice());
        let found = parts.iter().position(|p| p.id == *part);
        if found.is_none() {
            let known = list(parts.iter().map(|p| &p.id));
            self.fault(FaultCode::PlanPartUnknown, key, part, known);
        }
        found
    }
}
