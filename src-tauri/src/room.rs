//! A room: its door, its incidents, its record.

use crate::shell::{Answer, Shell};
use kaowu_core::identity::{PartId, RoomNumber, SiteCode, StageId};
use kaowu_desk::IncidentReport;
use kaowu_desk::screen::{ClauseRow, Door, IncidentScreen, RecordForm, RecordScreen, Refused, RoomCount, SignedRow};
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::State;

/// The answer at the door.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AdmittedRow {
    person: String,
    name: String,
    room: String,
    seat: u16,
    number: String,
    site_name: String,
    unit: String,
}

/// An incident as the room reports it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Type)]
pub(crate) struct IncidentForm {
    document: String,
    clause: String,
    facts: String,
    invigilators: Vec<String>,
    unsigned: Option<String>,
}

struct At {
    stage: StageId,
    part: PartId,
    site: SiteCode,
    room: RoomNumber,
}

impl At {
    fn new(stage: String, part: String, site: String, room: String) -> Self {
        Self { stage: stage.into(), part: part.into(), site: site.into(), room: room.into() }
    }

    fn door(&self) -> (&SiteCode, &RoomNumber) {
        (&self.site, &self.room)
    }
}

/// Counts of every room.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn room_counts(shell: State<'_, Shell>, stage: String, part: String) -> Answer<Vec<RoomCount>> {
    shell.read(|desk| desk.room_counts(&stage.as_str().into(), &part.as_str().into()))
}

/// Who is here, who is not.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn door(shell: State<'_, Shell>, stage: String, part: String, site: String, room: String) -> Answer<Door> {
    let at = At::new(stage, part, site, room);
    shell.read(|desk| desk.door(&at.stage, &at.part, at.door()))
}

/// Lets a person in.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn check_in(
    shell: State<'_, Shell>,
    stage: String,
    part: String,
    site: String,
    room: String,
    document: String,
) -> Answer<AdmittedRow> {
    let at = At::new(stage, part, site, room);
    shell.act(|desk, ctx| {
        let done = desk.check_in(ctx, &at.stage, &at.part, at.door(), &desk.person_or_text(document.trim()))?;
        let view = desk.view();
        let unit = view.candidate(&at.stage, &done.id)?.map(|p| view.full_name(&p.unit)).unwrap_or_default();
        let site_name = view.rooms(&at.stage)?.get(&(at.site.clone(), at.room.clone())).map(|f| f.site_name.clone()).unwrap_or_default();
        Ok(AdmittedRow {
            person: view.handle(&done.id),
            name: done.name,
            room: done.room.0,
            seat: done.seat,
            number: done.number.0,
            site_name,
            unit,
        })
    })
}

/// Takes a check-in back.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn undo_check_in(shell: State<'_, Shell>, stage: String, part: String, person: String, reason: String) -> Answer<()> {
    shell.act(|desk, ctx| {
        let id = desk.person(&person)?;
        desk.undo_check_in(ctx, &stage.as_str().into(), &part.as_str().into(), id.as_str(), &reason).map(|_| ())
    })
}

/// Fixes as absent whoever has not come.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn fix_absence(shell: State<'_, Shell>, stage: String, part: String, site: String, room: String) -> Answer<Vec<String>> {
    let at = At::new(stage, part, site, room);
    shell.act(|desk, ctx| {
        let numbers = desk.fix_absence(ctx, &at.stage, &at.part, at.door())?;
        Ok(numbers.into_iter().map(|n| n.0).collect())
    })
}

/// Takes an absence back.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn undo_absence(shell: State<'_, Shell>, stage: String, part: String, person: String, reason: String) -> Answer<()> {
    shell.act(|desk, ctx| {
        let id = desk.person(&person)?;
        desk.undo_absence(ctx, &stage.as_str().into(), &part.as_str().into(), id.as_str(), &reason).map(|_| ())
    })
}

/// The plan's catalogue of clauses.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn clauses(shell: State<'_, Shell>) -> Answer<Vec<ClauseRow>> {
    shell.read(|desk| Ok(desk.clause_rows()))
}

/// Every incident.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn incidents(shell: State<'_, Shell>) -> Answer<Vec<IncidentScreen>> {
    shell.read(|desk| desk.incident_rows())
}

/// Reports an incident; its id.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn report_incident(shell: State<'_, Shell>, stage: String, part: String, form: IncidentForm) -> Answer<String> {
    let report = |document: String| IncidentReport {
        stage: stage.into(),
        part: part.into(),
        document,
        clause: form.clause,
        facts: form.facts,
        invigilators: form.invigilators.iter().map(|n| n.trim().into()).collect(),
        unsigned: form.unsigned,
    };
    shell.act(|desk, ctx| desk.report_incident(ctx, &report(desk.person_or_text(form.document.trim()))))
}

/// HQ's word on an incident.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn rule_incident(shell: State<'_, Shell>, incident: String, upheld: bool, reason: String) -> Answer<()> {
    shell.act(|desk, ctx| desk.rule_incident(ctx, &incident, upheld, &reason).map(|_| ()))
}

/// A room's record as it stands.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn room_record(shell: State<'_, Shell>, stage: String, part: String, site: String, room: String) -> Answer<RecordScreen> {
    let at = At::new(stage, part, site, room);
    shell.read(|desk| desk.record_screen(&at.stage, &at.part, at.door()))
}

/// What does not add up while it is typed.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn check_record(
    shell: State<'_, Shell>,
    stage: String,
    part: String,
    site: String,
    room: String,
    record: RecordForm,
) -> Answer<Vec<Refused>> {
    let at = At::new(stage, part, site, room);
    shell.read(|desk| desk.check_record(&at.stage, &at.part, at.door(), record))
}

/// Writes a room's record down; what does not add up in it.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn record_room(
    shell: State<'_, Shell>,
    stage: String,
    part: String,
    site: String,
    room: String,
    record: RecordForm,
) -> Answer<Vec<Refused>> {
    let at = At::new(stage, part, site, room);
    shell.act(|desk, ctx| {
        let faults = desk.record_room(ctx, &at.stage, &at.part, at.door(), &record.into())?;
        Ok(faults.iter().map(Refused::of).collect())
    })
}

/// Signs a room off.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn sign_off(
    shell: State<'_, Shell>,
    stage: String,
    part: String,
    site: String,
    room: String,
    signers: Vec<String>,
) -> Answer<SignedRow> {
    let at = At::new(stage, part, site, room);
    let names: Vec<_> = signers.iter().map(|n| n.trim().into()).collect();
    shell.act(|desk, ctx| {
        let done = desk.sign_off(ctx, &at.stage, &at.part, at.door(), &names)?;
        Ok(SignedRow { check_code: done.check_code, signers: signers.clone(), at: desk.plan().clock(&ctx.now.to_rfc3339()) })
    })
}
