//! Incidents 违纪: reported by the room, ruled on by HQ (RULES.md §5).

use crate::error::{DeskError, DeskFault, Result};
use crate::{Ctx, Desk, Form, drafts};
use kaowu_core::day;
use kaowu_core::facts::{IncidentFact, IncidentRuling, state};
use kaowu_core::identity::{Operator, PartId, StageId};
use kaowu_ledger::Draft;

/// What a room reports.
#[derive(Debug, Clone)]
pub struct IncidentReport {
    /// Stage.
    pub stage: StageId,
    /// Part.
    pub part: PartId,
    /// Candidate number or ID number.
    pub document: String,
    /// Clause id of the plan's catalogue.
    pub clause: String,
    /// What happened.
    pub facts: String,
    /// Two invigilators.
    pub invigilators: Vec<Operator>,
    /// The candidate's signature: none when signed, else why not.
    pub unsigned: Option<String>,
}

impl Desk {
    /// Reports an incident; returns its id.
    pub fn report_incident(&mut self, ctx: &Ctx, report: &IncidentReport) -> Result<String> {
        self.record(ctx, |view| {
            view.part(&report.stage, &report.part)?;
            let (person, _, seat) =
                view.find(&report.stage, &report.document)?.ok_or_else(|| DeskFault::NoSuchPerson { person: report.document.clone() })?;
            let form = Form::Incident(report.stage.clone(), report.part.clone(), seat.site.clone(), seat.room.clone());
            drafts::forget(view, &ctx.operator, &form, None)?;
            let incident = IncidentFact {
                stage: report.stage.clone(),
                part: report.part.clone(),
                site: seat.site,
                room: seat.room,
                seat: seat.seat,
                person,
                clause: report.clause.clone(),
                at: ctx.now.to_rfc3339(),
                facts: report.facts.trim().to_owned(),
                invigilators: report.invigilators.clone(),
                signature: report.unsigned.clone(),
            };
            day::check_incident(&view.plan().clauses, &incident)?;
            let id = day::report_id(view.reader().device(), view.reader().next_seq()?);
            let asked = state(&String::new(), &IncidentFact { at: String::new(), ..incident.clone() });
            Ok((Draft::new("incident.reported").fact(state(&id, &incident)).asking(asked.value), id))
        })
    }

    /// HQ upholds or dismisses an incident.
    pub fn rule_incident(&mut self, ctx: &Ctx, incident: &str, upheld: bool, reason: &str) -> Result<IncidentFact> {
        self.hq_only(ctx, "incident.ruled")?;
        let reason = DeskFault::reason(reason)?;
        self.record(ctx, |view| {
            let key = incident.to_owned();
            let ruled = || Ok::<_, DeskError>(view.one::<IncidentRuling>(&key)?.and_then(|held| held.value.incident));
            let reported = view.one::<IncidentFact>(&key)?.map(|held| held.value);
            let about =
                reported.map_or_else(ruled, |it| Ok(Some(it)))?.ok_or_else(|| DeskFault::NoSuchIncident { incident: key.clone() })?;
            let ruling = IncidentRuling { upheld, reason: reason.to_owned(), incident: Some(about.clone()) };
            let draft = Draft::new("incident.ruled").fact(state(&key, &ruling)).replacing(view.replaced::<IncidentRuling>([key])?);
            Ok((draft, about))
        })
    }
}
