//! Operators the plan names: each once, with a role, at sites that can be.

use super::{Check, FaultCode};
use crate::hidden::first_hidden;

impl Check<'_> {
    pub(super) fn operators(&mut self) {
        let plan = self.plan;
        self.once(plan.operators.iter().enumerate().map(|(i, o)| (format!("operators[{i}].name"), o.name.as_str())));
        for (i, operator) in plan.operators.iter().enumerate() {
            let key = format!("operators[{i}].name");
            self.text(key.clone(), operator.name.as_str());
            if first_hidden(operator.name.as_str()).is_some() || operator.name.as_str().trim() != operator.name.as_str() {
                self.fault(FaultCode::PlanValueWrong, key, &operator.name, operator.name.as_str().trim());
            }
            self.not_empty(format!("operators[{i}].roles"), &operator.roles);
            for (n, site) in operator.sites.iter().enumerate() {
                let key = format!("operators[{i}].sites[{n}]");
                // As rooms are numbered: the city's code, and two digits within the city.
                let Some((city, number)) = site.as_str().split_once('-') else {
                    self.fault(FaultCode::PlanValueWrong, key, site, "3201-01");
                    continue;
                };
                if city.is_empty() || number.len() < 2 || !number.bytes().all(|b| b.is_ascii_digit()) {
                    self.fault(FaultCode::PlanValueWrong, key, site, "3201-01");
                } else if plan.units.iter().all(|unit| unit.code.as_str() != city && !unit.code.as_str().starts_with(city)) {
                    self.fault(FaultCode::PlanUnitUnknown, key, city, "");
                }
            }
        }
    }
}
