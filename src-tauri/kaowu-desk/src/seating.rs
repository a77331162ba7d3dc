//! The draw of seats and candidate numbers (RULES.md §5, DESIGN.md §4).

use crate::error::{DeskFault, Result};
use crate::{Ctx, Desk, View};
use kaowu_core::facts::{AdmissionFact, DrawFact, RoomFact, SeatFact, state, take_back};
use kaowu_core::identity::{CandidateNumber, IdNumber, SiteCode, StageId, UnitCode};
use kaowu_core::plan::Stage;
use kaowu_core::seating::{self, Neighbours, Person, RoomResult, RoomShape, SeatFault};
use kaowu_ledger::{Draft, Step};
use serde::Serialize;
use serde_json::{Map, json};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// A draw, as published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DrawSummary {
    /// The draw as a whole.
    pub draw: DrawFact,
    /// Every room with its pairs and its bound.
    pub rooms: Vec<RoomResult>,
}

/// People and rooms that are drawn together: those of one unit with sites, or of the whole stage.
struct Group {
    seed: String,
    people: Vec<Person>,
    rooms: Vec<RoomShape>,
}

impl Desk {
    /// Draws the seats of a stage from a public seed, with candidate numbers.
    pub fn draw_seats(&mut self, ctx: &Ctx, stage: &StageId, seed: &str) -> Result<DrawSummary> {
        self.only_hq()?;
        self.record(ctx, |view| {
            let rules = view.stage(stage)?;
            let suspects = view.open_suspects(stage)?;
            if let Some(first) = suspects.first() {
                return Err(DeskFault::SuspectsOpen { stage: stage.clone(), count: suspects.len(), first: first.clone() }.into());
            }
            if !view.under::<AdmissionFact>(&format!("{stage}/"))?.is_empty() {
                return Err(DeskFault::DrawAfterCheckIn { stage: stage.clone() }.into());
            }
            let mut facts = Vec::new();
            let mut results = Vec::new();
            let mut pinned = 0_u32;
            let mut numbers: BTreeMap<CandidateNumber, IdNumber> = BTreeMap::new();
            let mut seated: BTreeSet<IdNumber> = BTreeSet::new();
            let mut people = 0_u32;
            let groups = view.groups(rules, seed)?;
            let total = groups.len();
            for (done, group) in groups.into_iter().enumerate() {
                view.reader().tell(Step::Drawing, done, total)?;
                let plan = seating::draw(&group.people, &group.rooms, &group.seed, view.neighbours())?;
                pinned += u32::try_from(group.people.iter().filter(|p| p.pin.is_some()).count()).unwrap_or(u32::MAX);
                people += u32::try_from(plan.seats.len()).unwrap_or(u32::MAX);
                for (id, (site, room, seat)) in &plan.seats {
                    seated.insert(id.clone());
                    let number = view.plan().candidate_number(stage, site, room, *seat)?;
                    if let Some(other) = numbers.insert(number.clone(), id.clone()) {
                        return Err(DeskFault::NumberTwice { number, first: other, second: id.clone() }.into());
                    }
                    let fact = SeatFact { site: site.clone(), room: room.clone(), seat: *seat, number };
                    facts.push(state(&(stage.clone(), id.clone()), &fact));
                }
                results.extend(plan.rooms);
            }
            results.retain(|r: &RoomResult| r.people > 0);
            let draw = DrawFact {
                seed: seed.to_owned(),
                people,
                rooms: u32::try_from(results.len()).unwrap_or(u32::MAX),
                pairs: results.iter().map(|r| r.pairs).sum(),
                bound: results.iter().map(|r| r.bound).sum(),
                hash: hash(&numbers),
            };
            let mut replaced = view.replaced::<DrawFact>([stage.clone()])?;
            for (key, held) in view.under::<SeatFact>(&format!("{stage}/"))? {
                replaced.push(held.entry);
                if !seated.contains(&key.1) {
                    facts.push(take_back::<SeatFact>(&key));
                }
            }
            facts.push(state(stage, &draw));
            let about = Map::from_iter(
                [("seed", json!(seed)), ("people", json!(people)), ("pinned", json!(pinned))].map(|(k, v)| (k.to_owned(), v)),
            );
            Ok((Draft::new("seats.drawn").about(about).facts(facts).replacing(replaced), DrawSummary { draw, rooms: results }))
        })
    }

    /// Checks the seats that stand against the rules, and the draw against its seed.
    pub fn verify_seats(&self, stage: &StageId) -> Result<Vec<SeatFault>> {
        let view = self.view();
        let draw = view.draw(stage)?.ok_or_else(|| DeskFault::NotDrawn { stage: stage.clone() })?;
        let seats = view.seats(stage)?;
        let mut faults = Vec::new();
        for group in view.groups(view.stage(stage)?, &draw.seed)? {
            let mine = group
                .people
                .iter()
                .filter_map(|p| seats.get(&p.id).map(|s| (p.id.clone(), (s.site.clone(), s.room.clone(), s.seat))))
                .collect();
            faults.extend(seating::verify(&mine, &group.people, &group.rooms, view.neighbours()));
        }
        Ok(faults)
    }
}

/// Hash of a plan: candidate number and ID number of everybody, a line each, in order of candidate numbers.
fn hash(numbers: &BTreeMap<CandidateNumber, IdNumber>) -> String {
    let mut sha = Sha256::new();
    for (number, id) in numbers {
        sha.update(format!("{number} {id}\n"));
    }
    hex::encode(sha.finalize())
}

impl View<'_> {
    pub(crate) fn neighbours(&self) -> Neighbours {
        if self.plan().rooms.diagonals { Neighbours::Eight } else { Neighbours::Four }
    }

    fn groups(&self, stage: &Stage, seed: &str) -> Result<Vec<Group>> {
        let mut groups: BTreeMap<UnitCode, Group> = BTreeMap::new();
        let new = |key: &UnitCode| Group { seed: format!("{seed}/{}/{key}", stage.id), people: vec![], rooms: vec![] };
        for ((site, room), fact) in self.rooms(&stage.id)? {
            let key = self.site_owner(stage, site.as_str().split('-').next().unwrap_or_default())?;
            groups.entry(key.clone()).or_insert_with(|| new(&key)).rooms.push(shape(&site, &room, &fact)?);
        }
        let mut pins = self.pins(&stage.id)?;
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
            group.people.push(Person { id, groups: groups_of, pin });
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
