//! The draw: people over rooms, then each room.

use super::arrange::arrange;
use super::bound::Bounds;
use super::geometry::{Neighbours, Place, RoomShape};
use super::rng::CounterRng;
use super::{Person, RoomResult, SeatPlan, SeatingError, Seats};
use crate::identity::UnitCode;
use std::collections::BTreeMap;

/// Draws seats for these people in these rooms. The plan depends on the seed and on who and what is given, not on order.
pub fn draw(people: &[Person], rooms: &[RoomShape], seed: &str, neighbours: Neighbours) -> Result<SeatPlan, SeatingError> {
    let mut rooms: Vec<&RoomShape> = rooms.iter().collect();
    rooms.sort_by(|a, b| (&a.site, &a.room).cmp(&(&b.site, &b.room)));
    let places: Vec<Vec<Place>> = rooms.iter().map(|r| r.seats()).collect();
    let seats: usize = places.iter().map(Vec::len).sum();
    if seats < people.len() {
        return Err(SeatingError::SeatsShort { people: people.len(), seats });
    }
    let pins = pinned(people, &rooms, &places)?;
    let mut later: usize = pins.iter().map(BTreeMap::len).sum();
    let mut left = people.len();
    let mut sizes = Vec::with_capacity(rooms.len());
    for (all, pins) in places.iter().zip(&pins) {
        later -= pins.len();
        let here = all.len().min(left - later);
        left -= here;
        sizes.push(here);
    }
    let dealt = deal(people, &pins, &sizes, seed);
    let mut bounds = Bounds::new(neighbours);
    let mut plan = SeatPlan { seats: Seats::new(), rooms: Vec::with_capacity(rooms.len()) };
    for (((shape, all), pins), here) in rooms.iter().zip(&places).zip(&pins).zip(dealt) {
        let used = used(all, pins, here.len());
        let who = |at: &Place| pins.get(&at.number).and_then(|pinned| here.iter().position(|p| p.id == pinned.id));
        let fixed: Vec<Option<usize>> = used.iter().map(who).collect();
        let (units, counts) = numbered(&here);
        let pinned_units: Vec<Option<usize>> = fixed.iter().map(|who| who.map(|n| units[n].0)).collect();
        let bound = bounds.of(&used, &pinned_units, counts.into_iter().enumerate());
        let mut rng = CounterRng::new(&format!("{seed}/{}/{}", shape.site, shape.room));
        let (seated, pairs) = arrange(&used, &units, &fixed, bound, neighbours, &mut rng);
        for (place, who) in used.iter().zip(&seated) {
            plan.seats.insert(here[*who].id.clone(), (shape.site.clone(), shape.room.clone(), place.number));
        }
        let count = u32::try_from(here.len()).unwrap_or(u32::MAX);
        plan.rooms.push(RoomResult { site: shape.site.clone(), room: shape.room.clone(), people: count, pairs, bound });
    }
    Ok(plan)
}

/// Who is pinned in each room, by seat number.
fn pinned<'a>(people: &'a [Person], rooms: &[&RoomShape], places: &[Vec<Place>]) -> Result<Vec<BTreeMap<u16, &'a Person>>, SeatingError> {
    let mut out = vec![BTreeMap::new(); rooms.len()];
    for person in people {
        let Some((site, room, seat)) = &person.pin else { continue };
        let unfit = || SeatingError::PinUnfit { person: person.id.clone(), room: room.clone(), seat: *seat };
        let at = rooms.iter().position(|r| r.site == *site && r.room == *room).ok_or_else(unfit)?;
        if !places[at].iter().any(|p| p.number == *seat) || out[at].insert(*seat, person).is_some() {
            return Err(unfit());
        }
    }
    Ok(out)
}

/// The places of a room with so many people: those that are pinned, and the first of the others.
fn used(all: &[Place], pins: &BTreeMap<u16, &Person>, people: usize) -> Vec<Place> {
    let mut free = people.saturating_sub(pins.len());
    let mut take = |place: &&Place| {
        pins.contains_key(&place.number) || {
            let taken = free > 0;
            free = free.saturating_sub(1);
            taken
        }
    };
    all.iter().filter(|place| take(place)).copied().collect()
}

fn unit(person: &Person, n: usize) -> UnitCode {
    person.groups.get(n).or(person.groups.last()).cloned().unwrap_or_default()
}

/// Units of people as small numbers (first, second), and how many people each first unit has.
fn numbered(people: &[&Person]) -> (Vec<(usize, usize)>, Vec<usize>) {
    let index = |n: usize| {
        let mut codes: BTreeMap<UnitCode, usize> = people.iter().map(|p| (unit(p, n), 0)).collect();
        codes.values_mut().enumerate().for_each(|(at, v)| *v = at);
        codes
    };
    let (first, second) = (index(0), index(1));
    let units: Vec<(usize, usize)> = people.iter().map(|p| (first[&unit(p, 0)], second[&unit(p, 1)])).collect();
    let mut counts = vec![0; first.len()];
    units.iter().for_each(|(u, _)| counts[*u] += 1);
    (units, counts)
}

/// People for each room, so many as its size: each unit spread as evenly as the sizes and the pinned allow.
fn deal<'a>(people: &'a [Person], pins: &[BTreeMap<u16, &'a Person>], sizes: &[usize], seed: &str) -> Vec<Vec<&'a Person>> {
    let mut order: Vec<&Person> = people.iter().collect();
    order.sort_by(|a, b| a.id.cmp(&b.id));
    let mut rooms: Vec<Vec<&Person>> = sizes.iter().map(|n| Vec::with_capacity(*n)).collect();
    let mut free = sizes.to_vec();
    let mut here: BTreeMap<UnitCode, Vec<usize>> = BTreeMap::new();
    for (room, pins) in pins.iter().enumerate() {
        rooms[room].extend(pins.values());
        rooms[room].sort_by(|a, b| a.id.cmp(&b.id));
        free[room] -= pins.len();
        for person in pins.values() {
            here.entry(unit(person, 0)).or_insert_with(|| vec![0; sizes.len()])[room] += 1;
        }
    }
    CounterRng::new(&format!("{seed}/deal")).shuffle(&mut order);
    let mut units: BTreeMap<UnitCode, Vec<&Person>> = BTreeMap::new();
    for person in order {
        units.entry(unit(person, 0)).or_default().push(person);
    }
    let mut units: Vec<(UnitCode, Vec<&Person>)> = units.into_iter().collect();
    units.sort_by_key(|(_, of)| std::cmp::Reverse(of.len()));
    for (unit, of) in units {
        let mut here = here.remove(&unit).unwrap_or_else(|| vec![0; sizes.len()]);
        for person in of.into_iter().filter(|p| p.pin.is_none()) {
            let to = (0..rooms.len()).filter(|&r| free[r] > 0).min_by_key(|&r| (here[r], std::cmp::Reverse(free[r]), r));
            if let Some(to) = to {
                here[to] += 1;
                free[to] -= 1;
                rooms[to].push(person);
            }
        }
    }
    rooms
}
