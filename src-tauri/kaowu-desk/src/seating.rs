//! The draw of seats and candidate numbers (RULES.md §5, DESIGN.md §4).

use crate::error::{DeskFault, Result};
use crate::{Ctx, Desk, View};
use kaowu_core::facts::{AdmissionFact, DrawFact, NeedFact, RoomDrawFact, RoomFact, SeatFact, state, take_back};
use kaowu_core::identity::{CandidateNumber, IdNumber, RoomNumber, SiteCode, StageId, UnitCode};
use kaowu_core::plan::Stage;
use kaowu_core::seating::{self, DrawInputs, Drawn, GroupInputs, Need, Neighbours, Person, RoomResult, RoomShape, SeatFault, Seats};
use kaowu_ledger::{Draft, Step};
use serde::Serialize;
use serde_json::{Map, json};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// A public seed, and how it was chosen: by lot before whom, or from which published number. That may stay unsaid.
#[derive(Debug, Clone, Copy)]
pub struct Seed<'a> {
    /// The text.
    pub text: &'a str,
    /// How it was chosen.
    pub how: &'a str,
}

impl<'a> From<&'a str> for Seed<'a> {
    fn from(text: &'a str) -> Self {
        Self { text, how: "" }
    }
}

impl<'a> From<&'a String> for Seed<'a> {
    fn from(text: &'a String) -> Self {
        text.as_str().into()
    }
}

/// A draw, as published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DrawSummary {
    /// The draw as a whole.
    pub draw: DrawFact,
    /// Every room with its pairs and its bound.
    pub rooms: Vec<RoomResult>,
}

/// People and rooms that are drawn together: those of one unit with sites, or of the whole stage.
pub(crate) struct Group {
    pub(crate) seed: String,
    pub(crate) people: Vec<Person>,
    pub(crate) rooms: Vec<RoomShape>,
}

impl Group {
    /// Those of the group who sit somewhere, and where.
    pub(crate) fn seats(&self, all: &BTreeMap<IdNumber, SeatFact>) -> Seats {
        let seat = |id: &IdNumber| all.get(id).map(|s| (id.clone(), (s.site.clone(), s.room.clone(), s.seat)));
        self.people.iter().filter_map(|p| seat(&p.id)).collect()
    }
}

impl Desk {
    /// Draws the seats of a stage from a public seed, with candidate numbers.
    pub fn draw_seats<'a>(&mut self, ctx: &Ctx, stage: &StageId, seed: impl Into<Seed<'a>>) -> Result<DrawSummary> {
        self.hq_only(ctx, "seats.drawn")?;
        let seed = seed.into();
        self.record(ctx, |view| {
            let rules = view.stage(stage)?;
            let suspects = view.open_suspects(stage)?;
            if let Some(first) = suspects.first() {
                return Err(DeskFault::SuspectsOpen { stage: stage.clone(), count: suspects.len(), first: first.clone() }.into());
            }
            if !view.under::<AdmissionFact>(&format!("{stage}/"))?.is_empty() {
                return Err(DeskFault::DrawAfterCheckIn { stage: stage.clone() }.into());
            }
            view.reader().tell(Step::Drawing, 0, 1)?;
            let (inputs, ids, drawn) = view.drawn(rules, seed.text)?;
            let mut facts = Vec::new();
            let mut numbers: BTreeMap<CandidateNumber, IdNumber> = BTreeMap::new();
            for (id, (site, room, seat)) in ids.iter().zip(&drawn.seats) {
                let number = view.plan().candidate_number(stage, site, room, *seat)?;
                if let Some(other) = numbers.insert(number.clone(), id.clone()) {
                    return Err(DeskFault::NumberTwice { number, first: other, second: id.clone() }.into());
                }
                let fact = SeatFact { site: site.clone(), room: room.clone(), seat: *seat, number };
                facts.push(state(&(stage.clone(), id.clone()), &fact));
            }
            let pinned: usize = inputs.groups.iter().map(|g| g.pins.len()).sum();
            let mut results = drawn.rooms;
            results.retain(|r: &RoomResult| r.people > 0);
            let draw = DrawFact {
                seed: seed.text.to_owned(),
                people: u32::try_from(ids.len()).unwrap_or(u32::MAX),
                rooms: u32::try_from(results.len()).unwrap_or(u32::MAX),
                pairs: results.iter().map(|r| r.pairs).sum(),
                bound: results.iter().map(|r| r.bound).sum(),
                hash: hash(&numbers),
                how: seed.how.trim().to_owned(),
                public_hash: seating::public_hash(&drawn.seats),
            };
            let mut replaced = view.replaced::<DrawFact>([stage.clone()])?;
            replaced.extend(view.replaced::<DrawInputs>([stage.clone()])?);
            let seated: BTreeSet<&IdNumber> = ids.iter().collect();
            for (key, held) in view.under::<SeatFact>(&format!("{stage}/"))? {
                replaced.push(held.entry);
                if !seated.contains(&key.1) {
                    facts.push(take_back::<SeatFact>(&key));
                }
            }
            let used: BTreeSet<(&SiteCode, &RoomNumber)> = results.iter().map(|r| (&r.site, &r.room)).collect();
            for (key, held) in view.under::<RoomDrawFact>(&format!("{stage}/"))? {
                replaced.push(held.entry);
                if !used.contains(&(&key.1, &key.2)) {
                    facts.push(take_back::<RoomDrawFact>(&key));
                }
            }
            facts.extend(results.iter().map(|r| state(&(stage.clone(), r.site.clone(), r.room.clone()), &room_draw(r, "", ""))));
            facts.push(state(stage, &inputs));
            facts.push(state(stage, &draw));
            let about = [("seed", json!(seed.text)), ("people", json!(draw.people)), ("pinned", json!(pinned))];
            let about = Map::from_iter(about.map(|(k, v)| (k.to_owned(), v)));
            let mut draft = Draft::new("seats.drawn").about(about).facts(facts).replacing(replaced);
            if !draw.how.is_empty() {
                draft = draft.with("how", draw.how.as_str());
            }
            Ok((draft, DrawSummary { draw, rooms: results }))
        })
    }

    /// Checks the seats that stand against the rules, and the draw against its seed.
    pub fn verify_seats(&self, stage: &StageId) -> Result<Vec<SeatFault>> {
        let view = self.view();
        let draw = view.draw(stage)?.ok_or_else(|| DeskFault::NotDrawn { stage: stage.clone() })?;
        let seats = view.seats(stage)?;
        let mut faults = Vec::new();
        for group in view.groups(view.stage(stage)?, &draw.seed)? {
            faults.extend(seating::verify(&group.seats(&seats), &group.people, &group.rooms, view.plan().rooms.diagonals));
        }
        // Draws of earlier versions did not keep what they were made from.
        if let Some(inputs) = view.one::<DrawInputs>(stage)?
            && seating::public_hash(&inputs.value.draw()?.seats) != draw.public_hash
        {
            faults.push(SeatFault::ReplayDiffers { person: 0 });
        }
        Ok(faults)
    }
}

/// What a room came to, for the journal.
pub(crate) fn room_draw(result: &RoomResult, seed: &str, reason: &str) -> RoomDrawFact {
    let RoomResult { people, pairs, bound, neighbours, .. } = *result;
    RoomDrawFact { people, pairs, bound, neighbours, seed: seed.to_owned(), reason: reason.to_owned() }
}

/// Hash of a plan: candidate number and ID number of everybody, a line each, in order of candidate numbers.
pub(crate) fn hash(numbers: &BTreeMap<CandidateNumber, IdNumber>) -> String {
    let mut sha = Sha256::new();
    for (number, id) in numbers {
        sha.update(format!("{number} {id}\n"));
    }
    hex::encode(sha.finalize())
}

impl View<'_> {
    /// Whose pairs seats are held to.
    pub(crate) fn neighbours(&self) -> Neighbours {
        self.plan().rooms.diagonals.binding()
    }

    /// A draw: what it was made from, everybody in the order of the inputs, and what came of it.
    fn drawn(&self, stage: &Stage, seed: &str) -> Result<(DrawInputs, Vec<IdNumber>, Drawn)> {
        let mut inputs = DrawInputs::new(self.plan().rooms.diagonals);
        let mut ids = Vec::new();
        let mut drawn = Drawn { seats: Vec::new(), rooms: Vec::new() };
        for group in self.groups(stage, seed)? {
            let (group, mine) = GroupInputs::of(&group.seed, &group.people, &group.rooms);
            let out = group.draw(inputs.apart).map_err(|e| e.naming(&mine))?;
            drawn.seats.extend(out.seats);
            drawn.rooms.extend(out.rooms);
            inputs.groups.push(group);
            ids.extend(mine);
        }
        Ok((inputs, ids, drawn))
    }

    /// What people of a stage need of a seat.
    pub fn needs(&self, stage: &StageId) -> Result<BTreeMap<IdNumber, NeedFact>> {
        Ok(self.under::<NeedFact>(&format!("{stage}/"))?.into_iter().map(|((_, id), held)| (id, held.value)).collect())
    }

    /// A person with the units they are kept apart by; where they are pinned and what they need are added.
    pub(crate) fn to_seat(&self, stage: &StageId, id: &IdNumber, unit: &UnitCode) -> Result<Person> {
        let key = (stage.clone(), id.clone());
        let pin = self.one::<kaowu_core::facts::PinFact>(&key)?.map(|held| (held.value.site, held.value.room, held.value.seat));
        let needs = self.one::<NeedFact>(&key)?.map(|held| held.value.needs).unwrap_or_default();
        Ok(Person { id: id.clone(), groups: self.plan().neighbour_groups(unit, stage), pin, needs })
    }

    pub(crate) fn groups(&self, stage: &Stage, seed: &str) -> Result<Vec<Group>> {
        let mut groups: BTreeMap<UnitCode, Group> = BTreeMap::new();
        let new = |key: &UnitCode| Group { seed: format!("{seed}/{}/{key}", stage.id), people: vec![], rooms: vec![] };
        for ((site, room), fact) in self.rooms(&stage.id)? {
            let key = self.site_owner(stage, site.as_str().split('-').next().unwrap_or_default())?;
            groups.entry(key.clone()).or_insert_with(|| new(&key)).rooms.push(shape(&site, &room, &fact)?);
        }
        let (mut pins, mut needs) = (self.pins(&stage.id)?, self.needs(&stage.id)?);
        for (id, person) in self.eligible(&stage.id)? {
            let key = match &stage.sites_of {
                Some(_) => {
                    let unit = self.plan().seat_unit(&person.unit, &stage.id);
                    unit.map(|u| u.code.clone()).ok_or_else(|| DeskFault::NoSite { unit: person.unit.clone() })?
                }
                None => UnitCode::default(),
            };
            let groups_of = self.plan().neighbour_groups(&person.unit, &stage.id);
            let group = groups.get_mut(&key).ok_or_else(|| DeskFault::NoRooms { unit: key.clone(), stage: stage.id.clone() })?;
            let pin = pins.remove(&id).map(|pin| (pin.site, pin.room, pin.seat));
            let needs: BTreeSet<Need> = needs.remove(&id).map(|fact| fact.needs).unwrap_or_default();
            group.people.push(Person { id, groups: groups_of, pin, needs });
        }
        Ok(groups.into_values().collect())
    }

    /// The unit whose people sit at a site; none where the stage has a central set of sites.
    pub(crate) fn site_unit(&self, stage: &StageId, site: &SiteCode) -> Result<Option<UnitCode>> {
        let stage = self.stage(stage)?;
        let owner = self.site_owner(stage, site.as_str().split('-').next().unwrap_or_default())?;
        Ok(stage.sites_of.is_some().then_some(owner))
    }

    /// The unit whose people sit at a site; one empty unit where the stage has a central set of sites.
    fn site_owner(&self, stage: &Stage, digits: &str) -> Result<UnitCode> {
        let Some(tier) = &stage.sites_of else { return Ok(UnitCode::default()) };
        let found = self.plan().units.iter().find(|u| u.tier == *tier && u.code.as_str().starts_with(digits));
        Ok(found.ok_or_else(|| DeskFault::NoUnitForSite { site: digits.to_owned() })?.code.clone())
    }
}

pub(crate) fn shape(site: &kaowu_core::identity::SiteCode, room: &kaowu_core::identity::RoomNumber, fact: &RoomFact) -> Result<RoomShape> {
    Ok(RoomShape::from_fact(site, room, fact)?)
}
