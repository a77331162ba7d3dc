//! Check-in at the room door, its undoing, and fixing absence (RULES.md §5).

use crate::error::{DeskFault, Result};
use crate::{Ctx, Desk, View};
use kaowu_core::day::{self, Arrival, PersonState};
use kaowu_core::facts::{AbsenceFact, AdmissionFact, SeatFact, state, take_back};
use kaowu_core::identity::{CandidateNumber, IdNumber, PartId, RoomNumber, SiteCode, StageId};
use kaowu_ledger::Draft;
use serde::Serialize;
use serde_json::{Map, json};

/// The answer at the door.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Admitted {
    /// Who.
    pub id: IdNumber,
    /// Name.
    pub name: String,
    /// Site.
    pub site: SiteCode,
    /// Room.
    pub room: RoomNumber,
    /// Seat.
    pub seat: u16,
    /// Candidate number.
    pub number: CandidateNumber,
}

/// Counts of a room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Present {
    /// Seats assigned.
    pub expected: u32,
    /// Let in.
    pub present: u32,
    /// Found absent.
    pub absent: Vec<CandidateNumber>,
    /// Neither yet.
    pub awaited: Vec<CandidateNumber>,
}

impl Desk {
    /// Lets a person in by candidate number or ID number; both documents have been looked at.
    pub fn check_in(
        &mut self,
        ctx: &Ctx,
        stage: &StageId,
        part: &PartId,
        room: (&SiteCode, &RoomNumber),
        document: &str,
    ) -> Result<Admitted> {
        self.record(ctx, |view| {
            let start = view.part(stage, part)?.start;
            let person = match view.reader().person_by_document(stage, document.trim())? {
                Some(id) => Some(view.person_state(stage, part, &id)?),
                None => None,
            };
            day::admit(&Arrival { site: room.0, room: room.1, document, now: ctx.now }, person.as_ref(), start, &view.plan().rooms.times)?;
            let Some((id, name, seat)) = view.find(stage, document)? else {
                return Err(DeskFault::NoSuchPerson { person: document.to_owned() }.into());
            };
            let key = (stage.clone(), part.clone(), id.clone());
            let fact = AdmissionFact { site: seat.site.clone(), room: seat.room.clone() };
            // An admission taken back earlier is named, so that this one holds alone.
            let draft = Draft::new("candidate.admitted").fact(state(&key, &fact)).replacing(view.reader().writers::<AdmissionFact>(&key)?);
            Ok((draft, Admitted { id, name, site: seat.site, room: seat.room, seat: seat.seat, number: seat.number }))
        })
    }

    /// Takes a check-in back, with a reason.
    pub fn undo_check_in(&mut self, ctx: &Ctx, stage: &StageId, part: &PartId, document: &str, reason: &str) -> Result<IdNumber> {
        let reason = DeskFault::reason(reason)?;
        self.record(ctx, |view| {
            let (id, _, _) = view.find(stage, document)?.ok_or_else(|| DeskFault::NoSuchPerson { person: document.to_owned() })?;
            let key = (stage.clone(), part.clone(), id.clone());
            let replaced = view.replaced::<AdmissionFact>([key.clone()])?;
            if replaced.is_empty() {
                return Err(DeskFault::NotCheckedIn { person: document.to_owned() }.into());
            }
            Ok((Draft::new("candidate.admission-undone").because(reason).fact(take_back::<AdmissionFact>(&key)).replacing(replaced), id))
        })
    }

    /// Fixes as absent everyone of a room who has not come, once the last entry has passed.
    pub fn fix_absence(
        &mut self,
        ctx: &Ctx,
        stage: &StageId,
        part: &PartId,
        room: (&SiteCode, &RoomNumber),
    ) -> Result<Vec<CandidateNumber>> {
        self.record(ctx, |view| {
            day::may_fix_absence(view.part(stage, part)?.start, &view.plan().rooms.times, ctx.now)?;
            let (admitted, absent) = (view.admissions(stage, part)?, view.absences(stage, part)?);
            let mut draft = Draft::new("absence.fixed");
            let mut numbers = Vec::new();
            for (id, number) in view.room_seats(stage, room.0, room.1)?.into_values() {
                if !admitted.contains_key(&id) && !absent.contains_key(&id) {
                    draft =
                        draft.fact(state(&(stage.clone(), part.clone(), id), &AbsenceFact { site: room.0.clone(), room: room.1.clone() }));
                    numbers.push(number);
                }
            }
            let about = Map::from_iter([
                ("site".to_owned(), json!(room.0)),
                ("room".to_owned(), json!(room.1)),
                ("absent".to_owned(), json!(numbers.len())),
            ]);
            Ok((draft.about(about), numbers))
        })
    }

    /// Takes an absence back, with a reason (the person was there after all).
    pub fn undo_absence(&mut self, ctx: &Ctx, stage: &StageId, part: &PartId, document: &str, reason: &str) -> Result<IdNumber> {
        let reason = DeskFault::reason(reason)?;
        self.record(ctx, |view| {
            let (id, _, _) = view.find(stage, document)?.ok_or_else(|| DeskFault::NoSuchPerson { person: document.to_owned() })?;
            let key = (stage.clone(), part.clone(), id.clone());
            let replaced = view.replaced::<AbsenceFact>([key.clone()])?;
            if replaced.is_empty() {
                return Err(DeskFault::NotAbsent { person: document.to_owned() }.into());
            }
            Ok((Draft::new("absence.undone").because(reason).fact(take_back::<AbsenceFact>(&key)).replacing(replaced), id))
        })
    }

    /// Who is in a room, who is absent, who is still awaited.
    pub fn present(&self, stage: &StageId, part: &PartId, room: (&SiteCode, &RoomNumber)) -> Result<Present> {
        let view = self.view();
        let (admitted, absences) = (view.admissions(stage, part)?, view.absences(stage, part)?);
        let mut out = Present { expected: 0, present: 0, absent: vec![], awaited: vec![] };
        for (id, number) in view.room_seats(stage, room.0, room.1)?.into_values() {
            out.expected += 1;
            if admitted.contains_key(&id) {
                out.present += 1;
            } else if absences.contains_key(&id) {
                out.absent.push(number);
            } else {
                out.awaited.push(number);
            }
        }
        Ok(out)
    }
}

impl View<'_> {
    /// What the door needs to know of a person. Only what concerns this one person is read: there is a queue.
    fn person_state(&self, stage: &StageId, part: &PartId, id: &IdNumber) -> Result<PersonState> {
        let key = (stage.clone(), part.clone(), id.clone());
        let candidate = self.candidate(stage, id)?.ok_or_else(|| DeskFault::NoSuchPerson { person: id.to_string() })?;
        let admitted = self.live::<AdmissionFact>(&key)?.into_iter().next();
        Ok(PersonState {
            excluded: self.barred(stage, id, &candidate)?,
            entered: self.brief()?.is_none_or(|brief| brief.stage == *stage && brief.part == *part && brief.people.contains(id)),
            seat: self.seat(stage, id)?.map(|s| (s.site, s.room, s.seat)),
            admitted: admitted.map(|held| (self.plan().clock(&held.by.t).get(11..).unwrap_or("").to_owned(), held.by.op.clone())),
            absent: !self.live::<AbsenceFact>(&key)?.is_empty(),
            name: candidate.name,
        })
    }

    /// The person a document names: candidate number or ID number.
    pub fn find(&self, stage: &StageId, document: &str) -> Result<Option<(IdNumber, String, SeatFact)>> {
        let Some(id) = self.reader().person_by_document(stage, document.trim())? else { return Ok(None) };
        match (self.candidate(stage, &id)?, self.seat(stage, &id)?) {
            (Some(person), Some(seat)) => Ok(Some((id, person.name, seat))),
            _ => Ok(None),
        }
    }
}
