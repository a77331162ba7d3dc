//! Who serves where: drawn by lot, one replaced by hand.

use super::OnDuty;
use crate::error::{DeskFault, Result};
use crate::seating::Seed;
use crate::{Ctx, Desk, View};
use kaowu_core::facts::{AdmissionFact, DutyDraw, DutyFact, StaffFact, StandIn, state, take_back};
use kaowu_core::identity::{PartId, RoomNumber, SiteCode, StageId};
use kaowu_core::plan::Part;
use kaowu_core::staff::{DutyDrawn, DutyInputs, DutyPerson, DutyRoom, Role, StaffRefusal, draw_duties};
use kaowu_ledger::Draft;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What the draw of a site came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DutyOutcome {
    /// Site.
    pub site: SiteCode,
    /// Its name.
    pub site_name: String,
    /// Seed as published; the site's own follows from it ([`DutyDraw::whole_seed`]).
    pub seed: String,
    /// Who is where, and who is left over.
    #[serde(flatten)]
    pub drawn: DutyDrawn,
}

/// One replaced by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Replaced {
    /// Who does not serve.
    pub leaves: String,
    /// Who serves instead.
    pub by: String,
    /// The room, where it is one.
    pub room: Option<RoomNumber>,
    /// Whether the room has candidates of the stand-in's own unit.
    pub own: bool,
}

impl Desk {
    /// Draws the invigilators of a written part, site by site, from a recorded seed. Another draw needs a reason.
    pub fn draw_invigilators<'a>(
        &mut self,
        ctx: &Ctx,
        stage: &StageId,
        part: &PartId,
        seed: impl Into<Seed<'a>>,
        reason: &str,
    ) -> Result<Vec<DutyOutcome>> {
        self.hq_only(ctx, "invigilators.drawn")?;
        let (seed, reason) = (seed.into(), reason.trim());
        let text = DeskFault::reason(seed.text)?;
        self.record(ctx, |view| {
            view.room_part(stage, part)?;
            if view.draw(stage)?.is_none() {
                return Err(DeskFault::NotDrawn { stage: stage.clone() }.into());
            }
            let prefix = format!("{stage}/{part}/");
            let (before, stood) = (view.under::<DutyDraw>(&prefix)?, view.under::<StandIn>(&prefix)?);
            if !before.is_empty() && reason.is_empty() {
                return Err(StaffRefusal::DutyReasonNeeded.into());
            }
            if let Some((_, admitted)) = view.under::<AdmissionFact>(&prefix)?.into_iter().next() {
                return Err(StaffRefusal::DutyAfterCheckIn { site: admitted.value.site }.into());
            }
            let names: BTreeMap<SiteCode, String> = view.known_sites(stage)?.into_iter().map(|s| (s.code, s.name)).collect();
            let (mut facts, mut out) = (Vec::new(), Vec::new());
            let mut rooms: BTreeSet<(SiteCode, RoomNumber)> = BTreeSet::new();
            for (site, inputs) in view.duty_inputs(stage)? {
                let seed_of_site = DutyDraw::whole_seed(text, (stage, part, &site));
                let drawn = draw_duties(&site, &seed_of_site, &inputs)?;
                for (room, two) in &drawn.rooms {
                    rooms.insert((site.clone(), room.clone()));
                    let key = (stage.clone(), part.clone(), site.clone(), room.clone());
                    facts.push(state(&key, &DutyFact { staff: two.to_vec() }));
                }
                let fact = DutyDraw {
                    seed: seed_of_site,
                    how: seed.how.trim().to_owned(),
                    reason: reason.to_owned(),
                    inputs,
                    own: drawn.own,
                    bound: drawn.bound,
                    hash: drawn.hash(),
                };
                facts.push(state(&(stage.clone(), part.clone(), site.clone()), &fact));
                out.push(DutyOutcome { site_name: names.get(&site).cloned().unwrap_or_default(), site, seed: text.to_owned(), drawn });
            }
            let mut replaced: Vec<_> = before.into_iter().map(|(_, held)| held.entry).collect();
            for (key, held) in view.under::<DutyFact>(&prefix)? {
                replaced.push(held.entry);
                if !rooms.contains(&(key.2.clone(), key.3.clone())) {
                    facts.push(take_back::<DutyFact>(&key));
                }
            }
            for (key, held) in stood {
                // Who stands in for a judge or a site head is not drawn.
                if view.staff(stage)?.get(&key.3).is_some_and(|p| p.role == Role::Invigilator) {
                    replaced.push(held.entry);
                    facts.push(take_back::<StandIn>(&key));
                }
            }
            let mut draft = Draft::new("invigilators.drawn").with("seed", text).with("rooms", rooms.len());
            if !reason.is_empty() {
                draft = draft.because(reason);
            }
            if !seed.how.trim().is_empty() {
                draft = draft.with("how", seed.how.trim());
            }
            Ok((draft.facts(facts).replacing(replaced), out))
        })
    }

    /// Draws again from what each draw was made from; sites whose draw comes out differently.
    pub fn verify_duties(&self, stage: &StageId, part: &PartId) -> Result<Vec<SiteCode>> {
        let view = self.view();
        let draws = view.under::<DutyDraw>(&format!("{stage}/{part}/"))?;
        if draws.is_empty() {
            return Err(StaffRefusal::DutyNotDrawn { part: part.clone() }.into());
        }
        let mut wrong = Vec::new();
        for ((_, _, site), held) in draws {
            let again = draw_duties(&site, &held.value.seed, &held.value.inputs)?;
            let mut stands: BTreeMap<RoomNumber, Vec<String>> = BTreeMap::new();
            for ((_, _, _, room), duty) in view.under::<DutyFact>(&format!("{stage}/{part}/{site}/"))? {
                stands.insert(room, duty.value.staff);
            }
            let same = again.rooms.iter().all(|(room, two)| stands.get(room).is_some_and(|s| s[..] == two[..]));
            if again.hash() != held.value.hash || again.own != held.value.own || !same || stands.len() != again.rooms.len() {
                wrong.push(site);
            }
        }
        Ok(wrong)
    }

    /// Somebody on duty cannot serve; another of the same site and role does, who is free.
    pub fn replace_staff(&mut self, ctx: &Ctx, stage: &StageId, part: &PartId, leaves: &str, by: &str, reason: &str) -> Result<Replaced> {
        let reason = DeskFault::reason(reason)?;
        self.record(ctx, |view| {
            view.part(stage, part)?;
            let (out, new) = (view.one_staff(stage, leaves)?, view.one_staff(stage, by)?);
            let (site, room) = view.where_on_duty(stage, part, &out)?;
            view.may_stand_in(stage, part, &site, &out, &new)?;
            let key = (stage.clone(), part.clone(), site.clone(), out.0.clone());
            let draws = view.one::<DutyDraw>(&(stage.clone(), part.clone(), site))?;
            let own = room.as_ref().zip(draws).is_some_and(|(room, held)| held.value.inputs.meets_own(room, std::slice::from_ref(&new.0)));
            let fact = StandIn { by: new.0, reason: reason.to_owned() };
            let replaced = view.replaced::<StandIn>([key.clone()])?;
            let draft = Draft::new("staff.replaced").because(reason).with("leaves", out.1.name.as_str()).with("by", new.1.name.as_str());
            let told = Replaced { leaves: out.1.name, by: new.1.name, room, own };
            Ok((draft.fact(state(&key, &fact)).replacing(replaced), told))
        })
    }
}

impl View<'_> {
    fn room_part(&self, stage: &StageId, part: &PartId) -> Result<&Part> {
        let found = self.part(stage, part)?;
        if found.panel.is_some() { Err(StaffRefusal::DutyNotWritten { part: part.clone() }.into()) } else { Ok(found) }
    }

    /// What the draw of each site is made from: rooms with candidates, and the site's invigilators.
    fn duty_inputs(&self, stage: &StageId) -> Result<BTreeMap<SiteCode, DutyInputs>> {
        let unit_of = |unit: &_| self.plan().neighbour_groups(unit, stage).into_iter().next();
        let candidates = self.candidates(stage)?;
        let mut out: BTreeMap<SiteCode, DutyInputs> = BTreeMap::new();
        for ((site, room), people) in &self.seats_by_room(stage)? {
            let units = people.values().filter_map(|(id, _)| candidates.get(id)).filter_map(|c| unit_of(&c.unit)).collect();
            let inputs = out.entry(site.clone()).or_insert_with(|| DutyInputs { people: vec![], rooms: vec![] });
            inputs.rooms.push(DutyRoom { room: room.clone(), units });
        }
        for (id, person) in self.staff(stage)? {
            if let Some(inputs) = person.site.as_ref().filter(|_| person.role == Role::Invigilator).and_then(|site| out.get_mut(site)) {
                inputs.people.push(DutyPerson { id, unit: person.unit.as_ref().and_then(unit_of) });
            }
        }
        Ok(out)
    }

    /// Where somebody serves now; refused where nowhere.
    fn where_on_duty(&self, stage: &StageId, part: &PartId, (id, person): &OnDuty) -> Result<(SiteCode, Option<RoomNumber>)> {
        let nowhere = || StaffRefusal::NotOnDuty { name: person.name.clone() };
        let interview = self.part(stage, part)?.panel.is_some();
        let site = person.site.clone().unwrap_or_default();
        if person.role == Role::Invigilator {
            let found = self.duties(stage, part)?.into_iter().find(|(_, two)| two.contains(id));
            return found.map(|((site, room), _)| (site, Some(room))).ok_or_else(|| nowhere().into());
        }
        let fits = person.role.at_interviews().is_none_or(|at| at == interview);
        let left = self.stand_ins(stage, part)?.contains_key(&(site.clone(), id.clone()));
        if !fits || left || !self.says::<StaffFact>(&format!("{stage}/"))? { Err(nowhere().into()) } else { Ok((site, None)) }
    }

    fn may_stand_in(&self, stage: &StageId, part: &PartId, site: &SiteCode, out: &OnDuty, new: &OnDuty) -> Result<()> {
        let name = || new.1.name.clone();
        if out.0 == new.0 || self.stand_ins(stage, part)?.contains_key(&(site.clone(), new.0.clone())) {
            return Err(StaffRefusal::StandInSelf { name: name() }.into());
        }
        if new.1.role != out.1.role {
            return Err(StaffRefusal::StandInRole { name: name(), role: new.1.role.title().to_owned() }.into());
        }
        if new.1.site != out.1.site {
            return Err(StaffRefusal::StandInElsewhere { name: name() }.into());
        }
        if let Some(((_, room), _)) = self.duties(stage, part)?.into_iter().find(|(_, two)| two.contains(&new.0)) {
            return Err(StaffRefusal::StandInBusy { name: name(), room }.into());
        }
        Ok(())
    }
}
