//! Practice (RULES.md §2): a period with an end, honours with places, units and awards that the plan has.

use super::{Check, FaultCode, list};
use crate::identity::ListId;
use crate::plan::PracticePlan;
use crate::practice::months;

impl Check<'_> {
    pub(super) fn practice(&mut self) {
        let Some(practice) = &self.plan.practice else { return };
        if practice.to < practice.from {
            self.fault(FaultCode::PlanTimeOrder, "practice.to", practice.to, format!("≥ {}", practice.from));
        }
        if practice.full.0 <= 0 {
            self.fault(FaultCode::PlanFullMarks, "practice.full", practice.full, "");
        }
        for (key, title, title_en) in [
            ("daily", &practice.daily.title, &practice.daily.title_en),
            ("weekly", &practice.weekly.title, &practice.weekly.title_en),
            ("monthly", &practice.monthly.title, &practice.monthly.title_en),
            ("year", &practice.year.title, &practice.year.title_en),
        ] {
            self.text(format!("practice.{key}.title"), title);
            self.text(format!("practice.{key}.title_en"), title_en);
        }
        self.at_least_one("practice.weekly.best", practice.weekly.best);
        self.at_least_one("practice.monthly.best", practice.monthly.best);
        self.at_least_one("practice.year.best", practice.year.best);
        self.counting_months(practice);
        self.at_least_one("practice.participation.goal", practice.participation.goal);
        self.not_empty("practice.participation.tiers", &practice.participation.tiers);
        for (i, tier) in practice.participation.tiers.iter().enumerate() {
            self.tier(format!("practice.participation.tiers[{i}]"), tier);
        }
        self.tier("practice.prize.tier", &practice.prize.tier);
        self.people_decide("practice.prize.award", &practice.prize.award);
        if let Some(award) = &practice.year.award {
            self.people_decide("practice.year.award", award);
        }
    }

    fn counting_months(&mut self, practice: &PracticePlan) {
        let Some(count) = practice.year.best_months else { return };
        self.at_least_one("practice.year.best_months", count);
        let there = months(practice).count();
        if practice.from <= practice.to && usize::try_from(count).is_ok_and(|count| count > there) {
            self.fault(FaultCode::PlanMonths, "practice.year.best_months", count, format!("1 – {there}"));
        }
    }

    /// An award that follows from no standing: practice names its winners.
    fn people_decide(&mut self, key: &str, id: &ListId) {
        match self.plan.awards.iter().find(|a| a.id == *id) {
            Some(award) if award.standing.is_none() && award.to > 0 => {}
            _ => {
                let open = self.plan.awards.iter().filter(|a| a.standing.is_none() && a.to > 0);
                let known = list(open.map(|a| &a.id));
                self.fault(FaultCode::PlanAwardUnknown, key, id, known);
            }
        }
    }
}
