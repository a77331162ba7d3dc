//! Incidents 违纪 as the room reports them.

use super::{Clause, Refusal};
use crate::facts::IncidentFact;

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
