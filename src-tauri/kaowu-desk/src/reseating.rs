//! Seats after the draw: what a person needs of one, a late entry's, and one room drawn again (RULES.md §5).

use crate::error::{DeskFault, Result};
use crate::seating::room_draw;
use crate::{Ctx, Desk, View};
use kaowu_core::facts::{NeedFact, RoomDrawFact, SeatFact, state, take_back};
use kaowu_core::identity::{IdNumber, RoomNumber, SiteCode, StageId};
use kaowu_core::seating::{GroupInputs, Need, RoomResult, spare_seat};
use kaowu_ledger::Draft;
use serde::Serialize;
use serde_json::json;
use std::collections::BTreeSet;

/// The seat a late entry was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LateSeat {
    /// Who.
    pub id: IdNumber,
    /// Where, with the candidate number.
    pub seat: SeatFact,
}

impl Desk {
    /// Says what a person needs of a seat; nothing takes it back. The next draw, of all or of the room, honours it.
    pub fn set_needs(&mut self, ctx: &Ctx, stage: &StageId, id: &IdNumber, needs: BTreeSet<Need>, reason: &str) -> Result<()> {
        self.hq_only(ctx, "seat.needs")?;
        let reason = DeskFault::reason(reason)?;
        self.record(ctx, |view| {
            view.stage(stage)?;
            let key = (stage.clone(), id.clone());
            if view.candidate(stage, id)?.is_none() {
                return Err(DeskFault::NotEntered { person: id.to_string(), stage: stage.clone() }.into());
            }
            let replaced = view.reader().writers::<NeedFact>(&key)?;
            let fact = if needs.is_empty() {
                if view.one::<NeedFact>(&key)?.is_none() {
                    return Err(DeskFault::NoNeeds { person: id.to_string() }.into());
                }
                take_back::<NeedFact>(&key)
            } else {
                state(&key, &NeedFact { needs: needs.clone(), reason: reason.to_owned() })
            };
            let draft = Draft::new("seat.needs").with("person", id.as_str()).with("needs", json!(needs)).because(reason);
            Ok((draft.fact(fact).replacing(replaced), ()))
        })
    }

    /// Who may take part in a stage and has no seat, once seats are drawn.
    pub fn unseated(&self, stage: &StageId) -> Result<BTreeSet<IdNumber>> {
        let view = self.view();
        if view.draw(stage)?.is_none() {
            return Ok(BTreeSet::new());
        }
        let seats = view.seats(stage)?;
        Ok(view.eligible(stage)?.into_keys().filter(|id| !seats.contains_key(id)).collect())
    }

    /// Gives a late entry the spare seat of their sites at which they make the fewest pairs. Nobody else moves.
    pub fn seat_late(&mut self, ctx: &Ctx, stage: &StageId, id: &IdNumber, reason: &str) -> Result<LateSeat> {
        self.hq_only(ctx, "seat.late")?;
        let reason = DeskFault::reason(reason)?;
        self.record(ctx, |view| {
            let rules = view.stage(stage)?;
            let draw = view.draw(stage)?.ok_or_else(|| DeskFault::NotDrawn { stage: stage.clone() })?;
            let seats = view.seats(stage)?;
            if let Some(seat) = seats.get(id) {
                return Err(DeskFault::AlreadySeated { person: id.to_string(), number: seat.number.clone() }.into());
            }
            view.settled(stage, id)?;
            let not_entered = || DeskFault::NotEntered { person: id.to_string(), stage: stage.clone() };
            let groups = view.groups(rules, &draw.seed)?;
            let group = groups.iter().find(|g| g.people.iter().any(|p| p.id == *id)).ok_or_else(not_entered)?;
            let newcomer = group.people.iter().find(|p| p.id == *id).ok_or_else(not_entered)?;
            let found = spare_seat(newcomer, &group.seats(&seats), &group.people, &group.rooms, view.plan().rooms.diagonals);
            let (site, room, seat) = found.ok_or_else(|| DeskFault::NoSpareSeat { person: id.to_string() })?;
            let number = view.plan().candidate_number(stage, &site, &room, seat)?;
            let fact = SeatFact { site, room, seat, number };
            let key = (stage.clone(), id.clone());
            // The seat of somebody who withdrew is given away: should they come back, they are late themselves.
            let place = (&fact.site, &fact.room, fact.seat);
            let gone = seats.iter().filter(|(_, s)| (&s.site, &s.room, s.seat) == place).map(|(other, _)| (stage.clone(), other.clone()));
            let gone: Vec<_> = gone.collect();
            let draft = Draft::new("seat.late")
                .with("person", id.as_str())
                .with("number", fact.number.as_str())
                .because(reason)
                .fact(state(&key, &fact))
                .facts(gone.iter().map(take_back::<SeatFact>))
                .replacing(view.reader().writers::<SeatFact>(&key)?)
                .replacing(view.replaced::<SeatFact>(gone)?);
            Ok((draft, LateSeat { id: id.clone(), seat: fact }))
        })
    }

    /// Draws one room again from a seed of its own; all others stay as they are. Refused once somebody of it was let in
    /// or found absent; a reason is needed once a packet of the stage has been issued.
    pub fn redraw_room(
        &mut self,
        ctx: &Ctx,
        stage: &StageId,
        room: (&SiteCode, &RoomNumber),
        seed: &str,
        reason: &str,
    ) -> Result<RoomResult> {
        self.hq_only(ctx, "room.redrawn")?;
        self.record(ctx, |view| {
            view.stage(stage)?;
            if view.draw(stage)?.is_none() {
                return Err(DeskFault::NotDrawn { stage: stage.clone() }.into());
            }
            let (site, number) = (room.0.clone(), room.1.clone());
            let unknown = || DeskFault::NoSuchRoom { site: site.clone(), room: number.clone() };
            let fact = view.rooms(stage)?.remove(&(site.clone(), number.clone())).ok_or_else(unknown)?;
            let shape = crate::seating::shape(&site, &number, &fact)?;
            let entered = view.candidates(stage)?;
            // Whoever withdrew leaves the seat to whom it falls now.
            let (ids, gone): (Vec<IdNumber>, Vec<IdNumber>) =
                view.room_seats(stage, &site, &number)?.into_values().map(|(id, _)| id).partition(|id| entered.contains_key(id));
            if ids.is_empty() {
                return Err(DeskFault::RoomEmpty { room: number.clone() }.into());
            }
            if view.began(stage, &ids.iter().collect::<Vec<_>>())?.is_some() {
                return Err(DeskFault::RedrawAfterCheckIn { room: number.clone() }.into());
            }
            if view.published(stage)? {
                DeskFault::reason(reason)?;
            }
            let mut people = Vec::with_capacity(ids.len());
            for id in &ids {
                let unit = view.candidate(stage, id)?.map(|p| p.unit).unwrap_or_default();
                let mut person = view.to_seat(stage, id, &unit)?;
                // Whoever needs a room of their own and shares this one cannot be helped here; `verify` goes on saying so.
                if ids.len() > 1 {
                    person.needs.remove(&Need::OwnRoom);
                }
                // A pin to another room waits for the next draw of all.
                person.pin = person.pin.filter(|(s, r, _)| *s == site && *r == number);
                people.push(person);
            }
            let (inputs, ids) = GroupInputs::of(&format!("{seed}/{stage}"), &people, std::slice::from_ref(&shape));
            let drawn = inputs.draw(view.plan().rooms.diagonals).map_err(|e| e.naming(&ids))?;
            let result = drawn.rooms.into_iter().next().ok_or_else(unknown)?;
            let mut keys: Vec<_> = gone.into_iter().map(|id| (stage.clone(), id)).collect();
            let mut facts: Vec<_> = keys.iter().map(take_back::<SeatFact>).collect();
            for (id, (site, room, seat)) in ids.into_iter().zip(drawn.seats) {
                let number = view.plan().candidate_number(stage, &site, &room, seat)?;
                let key = (stage.clone(), id);
                facts.push(state(&key, &SeatFact { site, room, seat, number }));
                keys.push(key);
            }
            let key = (stage.clone(), site.clone(), number.clone());
            facts.push(state(&key, &room_draw(&result, seed, reason.trim())));
            let mut replaced = view.replaced::<SeatFact>(keys)?;
            replaced.extend(view.replaced::<RoomDrawFact>([key])?);
            let mut draft = Draft::new("room.redrawn").with("site", site.as_str()).with("room", number.as_str()).with("seed", seed);
            if !reason.trim().is_empty() {
                draft = draft.because(reason.trim());
            }
            Ok((draft.facts(facts).replacing(replaced), result))
        })
    }
}

impl View<'_> {
    /// Refused while it is not decided whether the person may take part.
    fn settled(&self, stage: &StageId, id: &IdNumber) -> Result<()> {
        let suspect = kaowu_core::eligibility::Standing::Suspect;
        if self.list_matches(stage)?.iter().any(|m| m.id == *id && m.standing == suspect) {
            let first = self.candidate(stage, id)?.map(|p| p.name).unwrap_or_default();
            return Err(DeskFault::SuspectsOpen { stage: stage.clone(), count: 1, first }.into());
        }
        Ok(())
    }
}
