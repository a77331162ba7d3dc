//! Rooms as lists and as pictures.

use super::count;
use crate::error::{DeskFault, Result};
use crate::{Desk, View};
use kaowu_core::identity::{IdNumber, RoomNumber, SiteCode, StageId, UnitCode};
use kaowu_core::seating::{Need, Neighbours, Person, Place, Seats, check, touch};
use serde::{Deserialize, Serialize};
use specta::Type;
use std::collections::{BTreeMap, BTreeSet};

/// A room in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RoomRow {
    /// Site.
    pub site: String,
    /// Its name.
    pub site_name: String,
    /// Room.
    pub room: String,
    /// Seats that can be used.
    pub seats: u32,
    /// People seated.
    pub people: u32,
    /// Neighbours of one unit.
    pub pairs: u32,
}

/// What a person may need of a seat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum NeedWord {
    /// The front row.
    FrontRow,
    /// Near the door.
    NearDoor,
    /// A room of one's own.
    OwnRoom,
}

impl From<Need> for NeedWord {
    fn from(need: Need) -> Self {
        match need {
            Need::FrontRow => Self::FrontRow,
            Need::NearDoor => Self::NearDoor,
            Need::OwnRoom => Self::OwnRoom,
        }
    }
}

impl From<NeedWord> for Need {
    fn from(word: NeedWord) -> Self {
        match word {
            NeedWord::FrontRow => Self::FrontRow,
            NeedWord::NearDoor => Self::NearDoor,
            NeedWord::OwnRoom => Self::OwnRoom,
        }
    }
}

/// A person in a list beside the draw: with needs, or without a seat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct BesideRow {
    /// Who.
    pub person: String,
    /// Name.
    pub name: String,
    /// Unit.
    pub unit: String,
    /// Candidate number; empty without a seat.
    pub number: String,
    /// What they need.
    pub needs: Vec<NeedWord>,
    /// On what ground.
    pub reason: String,
}

/// Who needs something of a seat, and who has none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct Beside {
    /// People with needs.
    pub needs: Vec<BesideRow>,
    /// Late entries: entered, and without a seat since the draw.
    pub late: Vec<BesideRow>,
}

/// The draw of a stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct DrawRow {
    /// Seed.
    pub seed: String,
    /// How it was chosen.
    pub how: String,
    /// People.
    pub people: u32,
    /// Rooms.
    pub rooms: u32,
    /// Neighbours of one unit.
    pub pairs: u32,
    /// What no plan can be below.
    pub bound: u32,
    /// Hash of the plan.
    pub hash: String,
    /// Whether packets with these seats are out.
    pub published: bool,
    /// People moved by hand since.
    pub moved: u32,
}

/// One place of a room; column 0, row 0 is at the front left as the invigilator faces it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct Cell {
    /// Column.
    pub column: u32,
    /// Row.
    pub row: u32,
    /// Seat number; none where nobody can sit.
    pub seat: Option<u16>,
    /// Who sits there.
    pub person: Option<String>,
    /// Name.
    pub name: String,
    /// Candidate number.
    pub number: String,
    /// Unit.
    pub unit: String,
    /// Which of the room's units, for the colour.
    pub group: u32,
    /// Kept at this seat by a pin.
    pub pinned: bool,
    /// What they need of a seat.
    pub needs: Vec<NeedWord>,
    /// The person withdrew: the seat stays empty.
    pub withdrawn: bool,
    /// Sits beside someone of the same unit.
    pub conflict: bool,
}

/// A room as a picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RoomPicture {
    /// Site.
    pub site: String,
    /// Its name.
    pub site_name: String,
    /// Room.
    pub room: String,
    /// Rows of each column.
    pub columns: Vec<u32>,
    /// Every place.
    pub cells: Vec<Cell>,
    /// Names of the units, by group.
    pub groups: Vec<String>,
    /// Neighbours of one unit.
    pub pairs: u32,
    /// What no plan of these people in this room can be below.
    pub bound: u32,
    /// Seats left.
    pub free: u32,
}

/// Pairs of places that touch and hold people of one unit.
fn conflicts(places: &[Place], units: &BTreeMap<u16, UnitCode>, neighbours: Neighbours) -> Vec<(u16, u16)> {
    let mut out = Vec::new();
    for (n, a) in places.iter().enumerate() {
        for b in &places[n + 1..] {
            if touch(*a, *b, neighbours) && units.get(&a.number).is_some_and(|u| units.get(&b.number) == Some(u)) {
                out.push((a.number, b.number));
            }
        }
    }
    out
}

impl View<'_> {
    /// The unit by which people of a stage sit apart first.
    fn apart(&self, stage: &StageId, id: &IdNumber) -> Result<UnitCode> {
        let person = self.candidate(stage, id)?;
        Ok(person.and_then(|p| self.plan().neighbour_groups(&p.unit, stage).into_iter().next()).unwrap_or_default())
    }
}

impl Desk {
    /// Rooms of a stage with their people.
    pub fn room_rows(&self, stage: &StageId) -> Result<Vec<RoomRow>> {
        let view = self.view();
        let mut seated: BTreeMap<(SiteCode, RoomNumber), BTreeMap<u16, UnitCode>> = BTreeMap::new();
        let people = view.candidates(stage)?;
        let mut groups: BTreeMap<&UnitCode, UnitCode> = BTreeMap::new();
        for (id, seat) in &view.seats(stage)? {
            let group_of = |unit| self.plan().neighbour_groups(unit, stage).into_iter().next().unwrap_or_default();
            let group = people.get(id).map(|p| groups.entry(&p.unit).or_insert_with(|| group_of(&p.unit)).clone());
            seated.entry((seat.site.clone(), seat.room.clone())).or_default().insert(seat.seat, group.unwrap_or_default());
        }
        let mut rows = Vec::new();
        for ((site, room), fact) in view.rooms(stage)? {
            let places = crate::seating::shape(&site, &room, &fact)?.seats();
            let units = seated.remove(&(site.clone(), room.clone())).unwrap_or_default();
            rows.push(RoomRow {
                site: site.0,
                site_name: fact.site_name,
                room: room.0,
                seats: count(places.len()),
                people: count(units.len()),
                pairs: count(conflicts(&places, &units, view.neighbours()).len()),
            });
        }
        Ok(rows)
    }

    /// The draw of a stage, with what was moved by hand since.
    pub fn draw_row(&self, stage: &StageId) -> Result<Option<DrawRow>> {
        let view = self.view();
        let Some(draw) = view.draw(stage)? else { return Ok(None) };
        let pairs = self.room_rows(stage)?.iter().map(|r| r.pairs).sum();
        Ok(Some(DrawRow {
            seed: draw.seed,
            how: draw.how,
            people: draw.people,
            rooms: draw.rooms,
            pairs,
            bound: draw.bound,
            hash: draw.hash,
            published: view.published(stage)?,
            moved: view.moved(stage)?,
        }))
    }

    /// Who needs something of a seat in a stage, and who has none.
    pub fn beside_draw(&self, stage: &StageId) -> Result<Beside> {
        let view = self.view();
        let (people, seats, needs) = (view.candidates(stage)?, view.seats(stage)?, view.needs(stage)?);
        let row = |id: &IdNumber| {
            let (person, fact) = (people.get(id), needs.get(id));
            BesideRow {
                person: view.handle(id),
                name: person.map(|p| p.name.clone()).unwrap_or_default(),
                unit: person.map(|p| view.full_name(&p.unit)).unwrap_or_default(),
                number: seats.get(id).map(|s| s.number.to_string()).unwrap_or_default(),
                needs: fact.map(|f| f.needs.iter().copied().map(NeedWord::from).collect()).unwrap_or_default(),
                reason: fact.map(|f| f.reason.clone()).unwrap_or_default(),
            }
        };
        Ok(Beside { needs: needs.keys().map(row).collect(), late: self.unseated(stage)?.iter().map(row).collect() })
    }

    /// One room with everyone in it.
    pub fn room_picture(&self, stage: &StageId, site: &SiteCode, room: &RoomNumber) -> Result<RoomPicture> {
        let view = self.view();
        let key = (site.clone(), room.clone());
        let fact = view.rooms(stage)?.get(&key).cloned().ok_or_else(|| DeskFault::NoSuchRoom { room: room.clone(), site: site.clone() })?;
        let shape = crate::seating::shape(site, room, &fact)?;
        let places = shape.seats();
        let people = view.room_seats(stage, site, room)?;
        let mut units = BTreeMap::new();
        let (mut seats, mut persons): (Seats, Vec<Person>) = (Seats::new(), Vec::new());
        for (seat, (id, _)) in &people {
            // A seat whose person withdrew stays empty.
            if view.candidate(stage, id)?.is_none() {
                continue;
            }
            units.insert(*seat, view.apart(stage, id)?);
            let unit = view.candidate(stage, id)?.map(|p| p.unit).unwrap_or_default();
            persons.push(view.to_seat(stage, id, &unit)?);
            seats.insert(id.clone(), (site.clone(), room.clone(), *seat));
        }
        let bound = check(&seats, &persons, std::slice::from_ref(&shape), view.neighbours()).rooms.first().map_or(0, |r| r.bound);
        let of = |id: &IdNumber| persons.iter().find(|p| p.id == *id);
        let groups: Vec<UnitCode> = units.values().cloned().collect::<BTreeSet<_>>().into_iter().collect();
        let pairs = conflicts(&places, &units, view.neighbours());
        let mut cells = Vec::new();
        for (column, rows) in shape.columns.iter().enumerate() {
            for row in 0..*rows {
                let place = places.iter().find(|p| usize::from(p.column) == column && p.row == row);
                let seat = place.map(|p| p.number);
                let who = seat.and_then(|s| people.get(&s));
                let name = who.map(|(id, _)| view.candidate(stage, id)).transpose()?.flatten();
                let unit = seat.and_then(|s| units.get(&s));
                cells.push(Cell {
                    column: count(column),
                    row: u32::from(row),
                    seat,
                    person: who.map(|(id, _)| view.handle(id)),
                    name: name.as_ref().map(|p| p.name.clone()).unwrap_or_default(),
                    number: who.map(|(_, n)| n.to_string()).unwrap_or_default(),
                    unit: name.map(|p| view.full_name(&p.unit)).unwrap_or_default(),
                    group: unit.and_then(|u| groups.iter().position(|g| g == u)).map_or(0, count),
                    pinned: who.and_then(|(id, _)| of(id)).is_some_and(|p| p.pin.is_some()),
                    needs: who
                        .and_then(|(id, _)| of(id))
                        .map(|p| p.needs.iter().copied().map(NeedWord::from).collect())
                        .unwrap_or_default(),
                    withdrawn: who.is_some() && unit.is_none(),
                    conflict: seat.is_some_and(|s| pairs.iter().any(|(a, b)| *a == s || *b == s)),
                });
            }
        }
        Ok(RoomPicture {
            site: site.to_string(),
            site_name: fact.site_name,
            room: room.to_string(),
            columns: shape.columns.iter().map(|n| u32::from(*n)).collect(),
            cells,
            groups: groups.iter().map(|g| view.full_name(g)).collect(),
            pairs: count(pairs.len()),
            bound,
            free: count(places.len().saturating_sub(people.len())),
        })
    }
}
