//! Incidents 违纪 as the room reports them.

use super::{Clause, Refusal};
use crate::facts::{IncidentFact, InspectionFact, Topic};
use crate::identity::DeviceId;
use crate::journal::{Entry, Fact};

/// The id of an incident or an inspector's note: unique over all devices, and said by the entry that reports it.
pub fn report_id(device: &DeviceId, seq: u64) -> String {
    let device: String = device.as_str().chars().take(8).collect();
    format!("{device}-{seq}")
}

/// Whether a fact of an entry leaves incidents and inspectors' notes as they are: these only grow. What was reported once is neither
/// taken back nor said of anybody else, for headquarters rules on an incident by its id.
pub fn only_grows(entry: &Entry, fact: &Fact) -> bool {
    let report = [IncidentFact::NAME, InspectionFact::NAME].contains(&fact.topic.as_str());
    !report || (!fact.value.is_null() && fact.key == report_id(&entry.device, entry.seq))
}

/// Refuses an incident without a clause of the catalogue, without facts, or not by two different invigilators.
pub fn check_incident(clauses: &[Clause], incident: &IncidentFact) -> Result<(), Refusal> {
    if !clauses.iter().any(|c| c.id == incident.clause) {
        let known = clauses.iter().map(|c| c.id.clone()).collect();
        return Err(Refusal::ClauseUnknown { clause: incident.clause.clone(), known });
    }
    if incident.facts.is_empty() {
        return Err(Refusal::FactsMissing);
    }
    two_people(&incident.invigilators)
}

pub(super) fn two_people(invigilators: &[crate::identity::Operator]) -> Result<(), Refusal> {
    match invigilators {
        [a, b] if !a.is_same_person(b) && !a.as_str().trim().is_empty() && !b.as_str().trim().is_empty() => Ok(()),
        _ => Err(Refusal::TwoInvigilators),
    }
}
