//! A plan of seats from a file, ours or not, against the rules.

use crate::error::Result;
use crate::{Desk, View};
use kaowu_core::coded::Coded;
use kaowu_core::facts::SeatFact;
use kaowu_core::identity::{IdNumber, RoomNumber, SiteCode, StageId, UnitCode};
use kaowu_core::roster::clean_id;
use kaowu_core::seating::{Apart, Person, RoomResult, RoomShape, SeatFault, Seats, check};
use kaowu_sheets::seats::{SeatRow, read_seats};
use kaowu_sheets::tables::read_rooms;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// What a plan of seats in a file comes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SeatFileCheck {
    /// The file.
    pub source: String,
    /// Rows that name a person.
    pub people: usize,
    /// Every room in which somebody sits, with its pairs beside its bound.
    pub rooms: Vec<RoomResult>,
    /// What is wrong.
    pub faults: Vec<SeatFault>,
}

/// Rows as seats, with what is wrong with the rows themselves.
#[derive(Default)]
struct Rows {
    seats: Seats,
    faults: Vec<SeatFault>,
}

impl Rows {
    fn take(&mut self, row: &SeatRow, id: IdNumber, place: (SiteCode, RoomNumber)) {
        let Ok(seat) = row.seat.trim_end_matches('号').trim().parse::<u16>() else {
            self.faults.push(SeatFault::SeatUnreadable { row: row.row, text: row.seat.clone() });
            return;
        };
        match self.seats.entry(id) {
            std::collections::btree_map::Entry::Occupied(held) => {
                self.faults.push(SeatFault::PersonTwice { person: held.key().clone(), row: row.row });
            }
            std::collections::btree_map::Entry::Vacant(free) => {
                free.insert((place.0, place.1, seat));
            }
        }
    }
}

/// How the rooms of a list are called: by the site's code or name, and a number with or without leading zeros.
struct Rooms(Vec<(SiteCode, String, RoomShape)>);

impl Rooms {
    /// The room a row means; what it says, where there is none or the number stands at several sites.
    fn of(&self, row: &SeatRow) -> (SiteCode, RoomNumber) {
        let plain = |text: &str| text.trim().trim_start_matches('第').trim_end_matches("考场").trim_start_matches('0').to_owned();
        let here = |(site, name, _): &&(SiteCode, String, RoomShape)| row.site.is_empty() || row.site == site.as_str() || row.site == *name;
        let mut found = self.0.iter().filter(here).filter(|(_, _, shape)| plain(shape.room.as_str()) == plain(&row.room));
        match (found.next(), found.next()) {
            (Some((site, _, shape)), None) => (site.clone(), shape.room.clone()),
            _ => (row.site.as_str().into(), row.room.as_str().into()),
        }
    }

    fn shapes(self) -> Vec<RoomShape> {
        self.0.into_iter().map(|(_, _, shape)| shape).collect()
    }
}

impl Desk {
    /// Checks the seats of a file against the rooms, people, pins and needs of a stage. Writes nothing.
    pub fn check_seat_file(&self, stage: &StageId, file: &Path) -> Result<SeatFileCheck> {
        let view = self.view();
        let rules = view.stage(stage)?;
        let (source, rows) = read_seats(file)?;
        let mut rooms = Vec::new();
        for ((site, room), fact) in view.rooms(stage)? {
            rooms.push((site.clone(), fact.site_name.clone(), crate::seating::shape(&site, &room, &fact)?));
        }
        let rooms = Rooms(rooms);
        let everyone = view.candidates(stage)?;
        let standing = view.seats(stage)?;
        let mut read = Rows::default();
        for row in &rows {
            let id = named(row, &standing);
            if everyone.get(&id).is_some_and(|person| !row.unit.is_empty() && !view.calls(&person.unit, &row.unit)) {
                read.faults.push(SeatFault::UnitDiffers { person: id.clone(), row: row.row, text: row.unit.clone() });
            }
            read.take(row, id, rooms.of(row));
        }
        let seed = view.draw(stage)?.map(|draw| draw.seed).unwrap_or_default();
        let (mut results, mut placed): (Vec<RoomResult>, BTreeSet<IdNumber>) = (Vec::new(), BTreeSet::new());
        let mut faults = read.faults;
        for group in view.groups(rules, &seed)? {
            let seats: Seats =
                group.people.iter().filter_map(|p| read.seats.get_key_value(&p.id)).map(|(k, v)| (k.clone(), v.clone())).collect();
            placed.extend(seats.keys().cloned());
            let checked = check(&seats, &group.people, &group.rooms, self.plan().rooms.diagonals);
            results.extend(checked.rooms);
            faults.extend(checked.faults);
        }
        let strangers = read.seats.keys().filter(|id| !placed.contains(*id));
        faults.extend(strangers.map(|id| SeatFault::SeatOfStranger { person: id.clone() }));
        // Two people of different sites' groups, or a stranger, on one seat.
        let mut taken: BTreeMap<&(SiteCode, RoomNumber, u16), usize> = BTreeMap::new();
        read.seats.values().for_each(|seat| *taken.entry(seat).or_default() += 1);
        for ((_, room, seat), _) in taken.into_iter().filter(|(_, n)| *n > 1) {
            let fault = SeatFault::SeatTwice { room: room.clone(), seat: *seat };
            if !faults.contains(&fault) {
                faults.push(fault);
            }
        }
        Ok(SeatFileCheck { source, people: read.seats.len(), rooms: results, faults })
    }

    /// The same without an event: against a list of rooms; people are those of the file, kept apart by its column of units.
    pub fn check_seat_file_alone(file: &Path, rooms: &Path, apart: Apart) -> Result<SeatFileCheck> {
        let (source, rows) = read_seats(file)?;
        let (_, list) = read_rooms(rooms)?;
        let mut shapes = Vec::new();
        for row in list {
            let site = SiteCode(format!("{}-{}", row.city_code, row.site));
            let shape =
                RoomShape::read(&site, &row.room, &row.columns, &row.corner, &row.numbering, &row.unusable)?.with_door(&row.door)?;
            shapes.push((site, row.site, shape));
        }
        let rooms = Rooms(shapes);
        let mut read = Rows::default();
        let mut people: BTreeMap<IdNumber, Person> = BTreeMap::new();
        for row in &rows {
            let id = named(row, &BTreeMap::new());
            let person = Person { id: id.clone(), groups: vec![row.unit.as_str().into()], pin: None, needs: BTreeSet::new() };
            people.entry(id.clone()).or_insert(person);
            read.take(row, id, rooms.of(row));
        }
        let people: Vec<Person> = people.into_values().collect();
        let checked = check(&read.seats, &people, &rooms.shapes(), apart);
        // Whoever's row could not be read was told once already.
        let told = checked.faults.into_iter().filter(|fault| fault.code() != "seat-missing");
        let faults = read.faults.into_iter().chain(told).collect();
        Ok(SeatFileCheck { source, people: read.seats.len(), rooms: checked.rooms, faults })
    }
}

/// Who a row means: by ID number, else by candidate number, else by name.
fn named(row: &SeatRow, standing: &BTreeMap<IdNumber, SeatFact>) -> IdNumber {
    if !row.id.is_empty() {
        return clean_id(&row.id).as_str().into();
    }
    if row.number.is_empty() {
        return row.name.as_str().into();
    }
    let held = standing.iter().find(|(_, seat)| seat.number.as_str() == row.number);
    held.map_or_else(|| row.number.as_str().into(), |(id, _)| id.clone())
}

impl View<'_> {
    /// Whether a text names a unit or one it stands in: by code, name, or full name.
    fn calls(&self, unit: &UnitCode, text: &str) -> bool {
        self.plan().lineage(unit).any(|u| [u.code.as_str(), u.name.as_str()].contains(&text) || self.plan().full_name(&u.code) == text)
    }
}
