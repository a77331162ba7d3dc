//! Rooms, candidate numbers, the clock of the day, and the incident catalogue (RULES.md §5).

use super::{Check, FaultCode, list};
use crate::plan::{NumberError, NumberField, NumberTemplate};
use std::collections::BTreeMap;

impl Check<'_> {
    pub(super) fn rooms(&mut self) {
        let plan = self.plan;
        self.at_least_one("rooms.standard", plan.rooms.standard);
        match NumberTemplate::parse(&plan.rooms.number) {
            Ok(template) => self.number(&template),
            Err(NumberError::NumberTemplateUnreadable { piece }) => {
                let fields = NumberField::ALL.iter().map(|(field, _)| field.usual());
                self.fault(FaultCode::PlanNumberTemplate, "rooms.number", piece, fields.collect::<String>());
            }
            Err(_) => self.fault(FaultCode::PlanNumberTemplate, "rooms.number", &plan.rooms.number, ""),
        }
        self.clock();
        self.once(plan.clauses.iter().enumerate().map(|(i, c)| (format!("clauses[{i}].id"), &c.id)));
        for (i, clause) in plan.clauses.iter().enumerate() {
            self.id(format!("clauses[{i}].id"), &clause.id);
            self.text(format!("clauses[{i}].article"), &clause.article);
            self.text(format!("clauses[{i}].text"), &clause.text);
        }
    }

    /// Two people never get one number: every field that tells them apart is there and wide enough.
    fn number(&mut self, template: &NumberTemplate) {
        let plan = self.plan;
        let sat: Vec<_> = plan.stages.iter().filter(|s| s.parts.iter().any(|p| p.panel.is_none())).collect();
        let mut needed = vec![NumberField::Site, NumberField::Room, NumberField::Seat];
        if sat.len() > 1 {
            needed.push(NumberField::Stage);
        }
        if sat.iter().any(|s| s.sites_of.is_some()) {
            needed.push(NumberField::City);
        }
        for field in needed.into_iter().filter(|f| template.width(*f).is_none()) {
            self.fault(FaultCode::PlanNumberField, "rooms.number", &plan.rooms.number, field.usual());
        }
        let digits = |n: &dyn ToString| n.to_string().len();
        if let Some(width) = template.width(NumberField::Year).filter(|w| *w != 2 && *w != 4) {
            self.fault(FaultCode::PlanNumberWidth, "rooms.number", format!("{{year:{width}}}"), "{year:2}, {year:4}");
        }
        let widest = plan.stages.iter().map(|s| digits(&s.digit)).max().unwrap_or(1);
        for (field, least) in [(NumberField::Stage, widest), (NumberField::Seat, digits(&plan.rooms.standard))] {
            if let Some(width) = template.width(field).filter(|w| *w < least) {
                let (name, key) = (field.name(), "rooms.number");
                self.fault(FaultCode::PlanNumberWidth, key, format!("{{{name}:{width}}}"), format!("{{{name}:{least}}}"));
            }
        }
        if let Some(width) = template.width(NumberField::City) {
            self.city_digits(width);
        }
    }

    /// The last digits of a city's code stand in the number: they must differ from city to city.
    fn city_digits(&mut self, width: usize) {
        let plan = self.plan;
        for tier in plan.stages.iter().filter_map(|s| s.sites_of.as_ref()).collect::<std::collections::BTreeSet<_>>() {
            let mut cities: BTreeMap<Option<&str>, Vec<&str>> = BTreeMap::new();
            for unit in plan.units.iter().filter(|u| u.tier == *tier) {
                let code = unit.code.as_str();
                let digits = code.get(..4).and_then(|prefix| prefix.get(4_usize.saturating_sub(width)..)).filter(|_| width <= 4);
                cities.entry(digits.filter(|d| d.bytes().all(|b| b.is_ascii_digit()))).or_default().push(code);
            }
            for (_, alike) in cities.into_iter().filter(|(digits, alike)| digits.is_none() || alike.len() > 1) {
                self.fault(FaultCode::PlanNumberCities, "rooms.number", format!("{{city:{width}}}"), list(alike));
            }
        }
    }

    /// Doors, start, last entry, first hand-in, reminder, end: in this order. Nobody may enter after another has left.
    fn clock(&mut self) {
        let times = self.plan.rooms.times;
        let shortest = self.plan.stages.iter().flat_map(|s| &s.parts).filter(|p| p.panel.is_none()).map(|p| i64::from(p.minutes)).min();
        let shortest = shortest.unwrap_or(i64::MAX);
        for (name, value, ok, wants) in [
            ("doors", times.doors, times.doors <= 0, "≤ 0".to_owned()),
            ("last_entry", times.last_entry, times.last_entry >= 0, "≥ 0".to_owned()),
            (
                "earliest_hand_in",
                times.earliest_hand_in,
                times.earliest_hand_in >= times.last_entry && times.earliest_hand_in <= shortest,
                format!("{} – {shortest}", times.last_entry),
            ),
            ("reminder", times.reminder, times.reminder <= 0 && times.reminder.saturating_neg() <= shortest, format!("-{shortest} – 0")),
        ] {
            if !ok {
                self.fault(FaultCode::PlanClock, format!("rooms.times.{name}"), value, wants);
            }
        }
    }
}
