//! The room record 考场情况记录单 and its signature (RULES.md §5).

use crate::error::{DeskFault, Result};
use crate::{Ctx, Desk, Form, IncidentRow, View};
use kaowu_core::day::{self, RoomFacts};
use kaowu_core::facts::{IncidentFact, RoomRecordFact, SignOff, state};
use kaowu_core::identity::{IdNumber, Operator, PartId, RoomNumber, SiteCode, StageId};
use kaowu_core::journal::check_code;
use kaowu_ledger::{Author, Draft, Held};
use serde::Serialize;
use serde_json::json;
use std::collections::BTreeSet;

/// A room that is signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RecordedRoom {
    /// The record.
    pub record: RoomRecordFact,
    /// Check code of the head when it was signed: what is printed.
    pub check_code: String,
}

impl Desk {
    /// Writes a room's record down. It may be wrong; it cannot be signed before it adds up.
    pub fn record_room(
        &mut self,
        ctx: &Ctx,
        stage: &StageId,
        part: &PartId,
        room: (&SiteCode, &RoomNumber),
        record: &RoomRecordFact,
    ) -> Result<Vec<day::RecordFault>> {
        let form = Form::Record(stage.clone(), part.clone(), room.0.clone(), room.1.clone());
        self.record_typed(ctx, (&form, None), |view| {
            let faults = day::check_record(record, &view.room_facts(stage, part, room)?);
            let key = (stage.clone(), part.clone(), room.0.clone(), room.1.clone());
            let replaced = view.replaced::<RoomRecordFact>([key.clone()])?;
            Ok((Draft::new("room.recorded").fact(state(&key, record)).replacing(replaced), faults))
        })
    }

    /// Signs a room off: its record adds up, and covers all that the journal holds.
    pub fn sign_off(
        &mut self,
        ctx: &Ctx,
        stage: &StageId,
        part: &PartId,
        room: (&SiteCode, &RoomNumber),
        signers: &[Operator],
    ) -> Result<RecordedRoom> {
        self.record(ctx, |view| {
            let key = (stage.clone(), part.clone(), room.0.clone(), room.1.clone());
            let record = view.one::<RoomRecordFact>(&key)?.ok_or_else(|| DeskFault::NoRoomRecord { room: room.1.clone() })?.value;
            if let Some(fault) = day::check_record(&record, &view.room_facts(stage, part, room)?).into_iter().next() {
                return Err(fault.into());
            }
            if !record.invigilators.iter().all(|name| signers.contains(name)) {
                return Err(DeskFault::SignersMissing { room: room.1.clone(), signers: record.invigilators }.into());
            }
            let (covers, head) = (view.reader().covers()?, view.reader().own_head()?);
            let code = check_code(&head);
            let fact = SignOff { covers, check_code: code.clone(), signers: signers.to_vec() };
            let draft = Draft::new("room.signed").fact(state(&key, &fact)).replacing(view.replaced::<SignOff>([key])?);
            let draft = draft.asking(json!([stage, part, room.0, room.1, record, signers]));
            Ok((draft, RecordedRoom { record, check_code: code }))
        })
    }
}

impl View<'_> {
    /// The signature under a room that holds: what came into the journal after it asks for a new one (DESIGN.md §1), be it another
    /// record, a door opened again, an absence taken back, an incident, or what headquarters said since.
    pub fn signature(&self, stage: &StageId, part: &PartId, room: (&SiteCode, &RoomNumber)) -> Result<Option<Held<SignOff>>> {
        let key = (stage.clone(), part.clone(), room.0.clone(), room.1.clone());
        let signed = self.live::<SignOff>(&key)?;
        if signed.is_empty() {
            return Ok(None);
        }
        let incidents = self.incidents()?;
        let mut holding = signed.into_iter().filter_map(|held| match self.still_holds(&key, &held.value, &incidents) {
            Ok(holds) => holds.then_some(Ok(held)),
            Err(error) => Some(Err(error)),
        });
        holding.next().transpose()
    }

    /// The rooms of a part whose signature holds.
    pub(crate) fn signed_rooms(&self, stage: &StageId, part: &PartId) -> Result<BTreeSet<(SiteCode, RoomNumber)>> {
        let (signed, incidents) = (self.table::<SignOff>()?, self.incidents()?);
        let mut out = BTreeSet::new();
        for (key, held) in signed.under(&format!("{stage}/{part}/")) {
            if self.still_holds(key, &held.value, &incidents)? {
                out.insert((key.2.clone(), key.3.clone()));
            }
        }
        Ok(out)
    }

    fn still_holds(&self, key: &RoomKey, signed: &SignOff, incidents: &[IncidentRow]) -> Result<bool> {
        let (stage, part, site, room) = key;
        let covered = |by: &Author| !by.is_beyond(&signed.covers);
        let records = self.live::<RoomRecordFact>(key)?;
        let Some(record) = records.first().filter(|_| records.iter().all(|held| covered(&held.by))) else { return Ok(false) };
        let here = |row: &&IncidentRow| in_room(&row.1.value, (stage, part), (site, room));
        let facts = self.room_facts_among(stage, part, (site, room), incidents)?;
        if !incidents.iter().filter(here).all(|row| covered(&row.1.by)) || !day::check_record(&record.value, &facts).is_empty() {
            return Ok(false);
        }
        let (admitted, absent) = (self.admissions(stage, part)?, self.absences(stage, part)?);
        let doors = |id: &IdNumber| admitted.get(id).into_iter().flatten().all(|held| covered(&held.by));
        let missing = |id: &IdNumber| absent.get(id).into_iter().flatten().all(|held| covered(&held.by));
        Ok(self.room_seats(stage, site, room)?.values().all(|(id, _)| doors(id) && missing(id)))
    }

    /// What the journal says of a room.
    pub fn room_facts(&self, stage: &StageId, part: &PartId, room: (&SiteCode, &RoomNumber)) -> Result<RoomFacts> {
        self.room_facts_among(stage, part, room, &self.incidents()?)
    }

    fn room_facts_among(
        &self,
        stage: &StageId,
        part: &PartId,
        room: (&SiteCode, &RoomNumber),
        incidents: &[IncidentRow],
    ) -> Result<RoomFacts> {
        let seats = self.room_seats(stage, room.0, room.1)?;
        let (admitted, absent) = (self.admissions(stage, part)?, self.absences(stage, part)?);
        let numbers = |of: &dyn Fn(&kaowu_core::identity::IdNumber) -> bool| {
            seats.values().filter(|(id, _)| of(id)).map(|(_, number)| number.clone()).collect::<Vec<_>>()
        };
        let incidents = incidents.iter().filter(|(_, held, _)| in_room(&held.value, (stage, part), room));
        Ok(RoomFacts {
            expected: numbers(&|_| true),
            admitted: numbers(&|id| admitted.contains_key(id)),
            absent: numbers(&|id| absent.contains_key(id)),
            incidents: u32::try_from(incidents.count()).unwrap_or(u32::MAX),
        })
    }
}

/// Stage, part, site, room.
type RoomKey = (StageId, PartId, SiteCode, RoomNumber);

fn in_room(incident: &IncidentFact, (stage, part): (&StageId, &PartId), (site, room): (&SiteCode, &RoomNumber)) -> bool {
    incident.stage == *stage && incident.part == *part && incident.site == *site && incident.room == *room
}
