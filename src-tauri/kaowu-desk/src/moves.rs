//! Seats changed by hand after the draw: two people exchange theirs; a person keeps one at every draw.

use crate::error::{DeskFault, Result};
use crate::{Ctx, Desk, View};
use kaowu_core::facts::{AbsenceFact, AdmissionFact, DrawFact, FactKey, PacketFact, PinFact, SeatFact, Topic, state, take_back};
use kaowu_core::identity::{IdNumber, StageId};
use kaowu_ledger::Draft;
use std::collections::BTreeMap;

impl Desk {
    /// Two people of one site exchange seat and candidate number; exchanging again undoes it. Once a packet of the stage
    /// has been issued, a reason is needed.
    pub fn swap_seats(&mut self, ctx: &Ctx, stage: &StageId, first: &IdNumber, second: &IdNumber, reason: &str) -> Result<()> {
        self.hq_only(ctx, "seats.swapped")?;
        self.record(ctx, |view| {
            view.stage(stage)?;
            if first == second {
                return Err(DeskFault::SwapWithSelf { person: first.to_string() }.into());
            }
            let (one, two) = (view.seated(stage, first)?, view.seated(stage, second)?);
            if one.site != two.site {
                return Err(DeskFault::SwapOtherSite { first: one.site, second: two.site }.into());
            }
            if let Some(pinned) = view.first_pinned(stage, &[first, second])? {
                return Err(DeskFault::SeatPinned { person: pinned.to_string() }.into());
            }
            if let Some(person) = view.began(stage, &[first, second])? {
                return Err(DeskFault::SwapAfterCheckIn { person: person.to_string() }.into());
            }
            if view.published(stage)? {
                DeskFault::reason(reason)?;
            }
            let key = |id: &IdNumber| (stage.clone(), id.clone());
            let draft = Draft::new("seats.swapped")
                .with("first", first.as_str())
                .with("second", second.as_str())
                .because(reason.trim())
                .facts([state(&key(first), &two), state(&key(second), &one)])
                .replacing(view.replaced::<SeatFact>([key(first), key(second)])?);
            Ok((draft, ()))
        })
    }

    /// Pins a person where they sit: every later draw leaves them there.
    pub fn pin_seat(&mut self, ctx: &Ctx, stage: &StageId, id: &IdNumber, reason: &str) -> Result<()> {
        self.hq_only(ctx, "seat.pinned")?;
        let reason = DeskFault::reason(reason)?;
        self.record(ctx, |view| {
            view.stage(stage)?;
            let SeatFact { site, room, seat, .. } = view.seated(stage, id)?;
            let key = (stage.clone(), id.clone());
            let fact = PinFact { site, room, seat, reason: reason.to_owned() };
            let replaced = view.replaced::<PinFact>([key.clone()])?;
            Ok((Draft::new("seat.pinned").with("person", id.as_str()).because(reason).fact(state(&key, &fact)).replacing(replaced), ()))
        })
    }

    /// Takes a pin back; the seat stays until the next draw.
    pub fn unpin_seat(&mut self, ctx: &Ctx, stage: &StageId, id: &IdNumber, reason: &str) -> Result<()> {
        self.hq_only(ctx, "seat.unpinned")?;
        let reason = DeskFault::reason(reason)?;
        self.record(ctx, |view| {
            view.stage(stage)?;
            let key = (stage.clone(), id.clone());
            let replaced = view.replaced::<PinFact>([key.clone()])?;
            if replaced.is_empty() {
                return Err(DeskFault::SeatNotPinned { person: id.to_string() }.into());
            }
            let draft = Draft::new("seat.unpinned").with("person", id.as_str()).because(reason).fact(take_back::<PinFact>(&key));
            Ok((draft.replacing(replaced), ()))
        })
    }
}

impl View<'_> {
    /// A person's seat; refused where there is none.
    pub(crate) fn seated(&self, stage: &StageId, id: &IdNumber) -> Result<SeatFact> {
        self.seat(stage, id)?.ok_or_else(|| DeskFault::NotSeated { person: id.to_string(), stage: stage.clone() }.into())
    }

    /// Who is pinned in a stage, and where.
    pub fn pins(&self, stage: &StageId) -> Result<BTreeMap<IdNumber, PinFact>> {
        Ok(self.under::<PinFact>(&format!("{stage}/"))?.into_iter().map(|((_, id), held)| (id, held.value)).collect())
    }

    fn first_pinned<'i>(&self, stage: &StageId, ids: &[&'i IdNumber]) -> Result<Option<&'i IdNumber>> {
        let pins = self.pins(stage)?;
        Ok(ids.iter().copied().find(|id| pins.contains_key(id)))
    }

    /// Who of these was let in, or found absent, in some part of the stage: the papers of the room say where they sit.
    pub(crate) fn began<'i>(&self, stage: &StageId, ids: &[&'i IdNumber]) -> Result<Option<&'i IdNumber>> {
        for part in &self.stage(stage)?.parts {
            for id in ids {
                let key = (stage.clone(), part.id.clone(), (*id).clone());
                if !self.live::<AdmissionFact>(&key)?.is_empty() || !self.live::<AbsenceFact>(&key)?.is_empty() {
                    return Ok(Some(id));
                }
            }
        }
        Ok(None)
    }

    /// Whether seats of a stage have left the house: some packet of it was issued.
    pub fn published(&self, stage: &StageId) -> Result<bool> {
        Ok(self.under::<PacketFact>("")?.iter().any(|(_, held)| held.value.stage == *stage))
    }

    /// How many people sit elsewhere than where the draw put them; 0 where nothing was drawn.
    pub fn moved(&self, stage: &StageId) -> Result<u32> {
        let Some(draw) = self.one::<DrawFact>(stage)? else { return Ok(0) };
        let entry = self.reader().entry(&draw.entry)?;
        let drawn: BTreeMap<String, SeatFact> = entry
            .into_iter()
            .flat_map(|entry| entry.body.facts)
            .filter(|fact| fact.topic == SeatFact::NAME)
            .filter_map(|fact| Some((fact.key, serde_json::from_value(fact.value).ok()?)))
            .collect();
        let now = self.under::<SeatFact>(&format!("{stage}/"))?;
        let moved = now.iter().filter(|((of, id), held)| drawn.get(&(of.clone(), id.clone()).text()) != Some(&held.value)).count();
        Ok(u32::try_from(moved).unwrap_or(u32::MAX))
    }
}
