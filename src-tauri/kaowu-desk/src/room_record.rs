//! The room record 考场情况记录单 and its signature (RULES.md §5).

use crate::error::{DeskFault, Result};
use crate::{Ctx, Desk, Form, View};
use kaowu_core::day::{self, RoomFacts};
use kaowu_core::facts::{RoomRecordFact, SignOff, state};
use kaowu_core::identity::{Operator, PartId, RoomNumber, SiteCode, StageId};
use kaowu_core::journal::check_code;
use kaowu_ledger::Draft;
use serde::Serialize;
use serde_json::json;

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
    /// What the journal says of a room.
    pub fn room_facts(&self, stage: &StageId, part: &PartId, room: (&SiteCode, &RoomNumber)) -> Result<RoomFacts> {
        let seats = self.room_seats(stage, room.0, room.1)?;
        let (admitted, absent) = (self.admissions(stage, part)?, self.absences(stage, part)?);
        let numbers = |of: &dyn Fn(&kaowu_core::identity::IdNumber) -> bool| {
            seats.values().filter(|(id, _)| of(id)).map(|(_, number)| number.clone()).collect::<Vec<_>>()
        };
        let incidents = self.incidents()?.into_iter().filter(|(_, held, _)| {
            held.value.stage == *stage && held.value.part == *part && held.value.site == *room.0 && held.value.room == *room.1
        });
        Ok(RoomFacts {
            expected: numbers(&|_| true),
            admitted: numbers(&|id| admitted.contains_key(id)),
            absent: numbers(&|id| absent.contains_key(id)),
            incidents: u32::try_from(incidents.count()).unwrap_or(u32::MAX),
        })
    }
}
