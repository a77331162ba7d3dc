//! The draw: people over rooms, then each room.

use super::arrange::{Room, arrange};
use super::bound::{Bounds, Settled};
use super::geometry::{Apart, Neighbours, Place, RoomShape};
use super::needs::{Need, seats_for};
use super::rng::CounterRng;
use super::{Person, RoomResult, SeatPlan, SeatingError, Seats};
use crate::identity::UnitCode;
use std::collections::{BTreeMap, BTreeSet};

/// A room of the draw.
struct Hall<'a> {
    shape: &'a RoomShape,
    places: Vec<Place>,
    /// Who is pinned, by seat number.
    pins: BTreeMap<u16, &'a Person>,
    /// Whether someone has it for themselves.
    own: bool,
}

/// Draws seats for these people in these rooms. The plan depends on the seed and on who and what is given, not on order.
pub fn draw(people: &[Person], rooms: &[RoomShape], seed: &str, apart: impl Into<Apart>) -> Result<SeatPlan, SeatingError> {
    let apart = apart.into();
    let halls = halls(people, rooms)?;
    let seats = halls.iter().map(|h| if h.own { 1 } else { h.places.len() }).sum();
    if seats < people.len() {
        return Err(SeatingError::SeatsShort { people: people.len(), seats });
    }
    let dealt = deal(people, &halls, seed)?;
    let mut bounds = Bounds::default();
    let mut plan = SeatPlan { seats: Seats::new(), rooms: Vec::with_capacity(rooms.len()) };
    for (hall, here) in halls.iter().zip(dealt) {
        let (used, seated, result) = one_room(hall, &here, seed, apart, &mut bounds);
        for (place, who) in used.iter().zip(&seated) {
            plan.seats.insert(here[*who].id.clone(), (hall.shape.site.clone(), hall.shape.room.clone(), place.number));
        }
        plan.rooms.push(result);
    }
    Ok(plan)
}

/// The people of a room, given in the order they were dealt: its places, who sits at each, what came of it.
fn one_room(hall: &Hall<'_>, here: &[&Person], seed: &str, apart: Apart, bounds: &mut Bounds) -> (Vec<Place>, Vec<usize>, RoomResult) {
    let needing: Vec<usize> = (0..here.len()).filter(|&n| needs_place(here[n])).collect();
    let given = seats_for(&needing.iter().map(|&n| fitting(hall, here[n])).collect::<Vec<_>>(), hall.places.len()).unwrap_or_default();
    let kept: BTreeSet<u16> = hall.pins.keys().copied().chain(given.iter().map(|&at| hall.places[at].number)).collect();
    let used = used(&hall.places, &kept, here.len());
    let at = |number: u16| used.iter().position(|p| p.number == number).unwrap_or(0);
    let mut fits = vec![Vec::new(); here.len()];
    for &n in &needing {
        fits[n] = fitting(hall, here[n]).into_iter().filter_map(|at| used.iter().position(|p| *p == hall.places[at])).collect();
    }
    let first: Vec<(usize, usize)> = needing.iter().zip(&given).map(|(&n, &place)| (n, at(hall.places[place].number))).collect();
    let who = |at: &Place| hall.pins.get(&at.number).and_then(|pinned| here.iter().position(|p| p.id == pinned.id));
    let fixed: Vec<Option<usize>> = used.iter().map(who).collect();
    let (units, counts) = numbered(here);
    let pins: Vec<Option<usize>> = fixed.iter().map(|who| who.map(|n| units[n].0)).collect();
    let needs: Vec<(usize, Vec<usize>)> = needing.iter().map(|&n| (units[n].0, fits[n].clone())).collect();
    let mut attempt = |neighbours: Neighbours| {
        let bound = bounds.of(&Settled { places: &used, pins: &pins, needs: &needs, neighbours }, counts.iter().copied().enumerate());
        // Where diagonals are only hoped for, a room that cannot be free of pairs is not tried.
        if bound > 0 && apart == Apart::EightWherePossible && neighbours == Neighbours::Eight {
            return None;
        }
        let mut rng = CounterRng::new(&format!("{seed}/{}/{}", hall.shape.site, hall.shape.room));
        let room = Room { places: &used, people: &units, fixed: &fixed, fits: &fits, first: &first, bound, neighbours };
        let (seated, pairs) = arrange(&room, &mut rng);
        Some((seated, pairs, bound, neighbours))
    };
    let wide = if apart == Apart::EightWherePossible { attempt(Neighbours::Eight).filter(|(_, pairs, _, _)| *pairs == 0) } else { None };
    let (seated, pairs, bound, neighbours) = wide.or_else(|| attempt(apart.binding())).unwrap_or((Vec::new(), 0, 0, apart.binding()));
    let (site, room) = (hall.shape.site.clone(), hall.shape.room.clone());
    let people = u32::try_from(here.len()).unwrap_or(u32::MAX);
    (used, seated, RoomResult { site, room, people, pairs, bound, neighbours })
}

/// The rooms in order of site and number, with who is pinned in each: by hand, or because they need a room of their own.
fn halls<'a>(people: &'a [Person], rooms: &'a [RoomShape]) -> Result<Vec<Hall<'a>>, SeatingError> {
    let hall = |shape: &'a RoomShape| Hall { shape, places: shape.seats(), pins: BTreeMap::new(), own: false };
    let mut out: Vec<Hall<'a>> = rooms.iter().map(hall).collect();
    out.sort_by(|a, b| (&a.shape.site, &a.shape.room).cmp(&(&b.shape.site, &b.shape.room)));
    for person in people {
        let Some((site, room, seat)) = &person.pin else { continue };
        let unfit = || SeatingError::PinUnfit { person: person.id.clone(), room: room.clone(), seat: *seat };
        let at = out.iter_mut().find(|h| h.shape.site == *site && h.shape.room == *room).ok_or_else(unfit)?;
        let place = *at.places.iter().find(|p| p.number == *seat).ok_or_else(unfit)?;
        if let Some(need) = person.needs.iter().find(|need| !need.fits(at.shape, place)) {
            return Err(SeatingError::NeedUnfit { person: person.id.clone(), need: *need });
        }
        if at.pins.insert(*seat, person).is_some() {
            return Err(unfit());
        }
    }
    let mut alone: Vec<&Person> = people.iter().filter(|p| p.needs.contains(&Need::OwnRoom)).collect();
    alone.sort_by(|a, b| a.id.cmp(&b.id));
    for person in alone {
        let unfit = || SeatingError::NeedUnfit { person: person.id.clone(), need: Need::OwnRoom };
        if person.pin.is_some() {
            let mine = out.iter_mut().find(|h| h.pins.values().any(|p| p.id == person.id)).ok_or_else(unfit)?;
            mine.own = true;
            if mine.pins.len() > 1 {
                return Err(unfit());
            }
            continue;
        }
        let seat = |h: &Hall<'_>| h.places.iter().find(|p| person.needs.iter().all(|need| need.fits(h.shape, **p))).map(|p| p.number);
        let open = out.iter_mut().rev().filter(|h| h.pins.is_empty() && seat(h).is_some());
        let room = open.min_by_key(|h| h.places.len()).ok_or_else(unfit)?;
        if let Some(number) = seat(room) {
            room.pins.insert(number, person);
            room.own = true;
        }
    }
    Ok(out)
}

/// How many each room takes, where so many sit in each already: rooms in order as many as they have seats, the last the
/// remainder.
fn sizes(people: usize, halls: &[Hall<'_>], kept: &[usize]) -> Vec<usize> {
    let (mut left, mut later) = (people, kept.iter().sum::<usize>());
    let size = |(hall, kept): (&Hall<'_>, &usize)| {
        later -= kept;
        let size = if hall.own { 1 } else { hall.places.len().min(left - later) };
        left -= size;
        size
    };
    halls.iter().zip(kept).map(size).collect()
}

/// Whether someone's needs ask for certain places of a room shared with others.
fn needs_place(person: &Person) -> bool {
    person.pin.is_none() && !person.needs.contains(&Need::OwnRoom) && !person.needs.is_empty()
}

/// The places of a room, by index, that give a person what they need and where nobody is pinned.
fn fitting(hall: &Hall<'_>, person: &Person) -> Vec<usize> {
    let fits = |p: &Place| !hall.pins.contains_key(&p.number) && person.needs.iter().all(|need| need.fits(hall.shape, *p));
    hall.places.iter().enumerate().filter(|(_, p)| fits(p)).map(|(n, _)| n).collect()
}

/// The places of a room with so many people: those that are kept for somebody, and the first of the others.
fn used(all: &[Place], kept: &BTreeSet<u16>, people: usize) -> Vec<Place> {
    let mut free = people.saturating_sub(kept.len());
    let mut take = |place: &&Place| {
        kept.contains(&place.number) || {
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

/// People for each room, so many as its size: each unit spread as evenly as the sizes, pins and needs allow.
fn deal<'a>(people: &'a [Person], halls: &[Hall<'a>], seed: &str) -> Result<Vec<Vec<&'a Person>>, SeatingError> {
    let mut order: Vec<&Person> = people.iter().collect();
    order.sort_by(|a, b| a.id.cmp(&b.id));
    let mut rooms: Vec<Vec<&Person>> = vec![Vec::new(); halls.len()];
    let mut here: BTreeMap<UnitCode, Vec<usize>> = BTreeMap::new();
    let mut taken: BTreeSet<&str> = BTreeSet::new();
    for (room, hall) in halls.iter().enumerate() {
        rooms[room].extend(hall.pins.values());
        rooms[room].sort_by(|a, b| a.id.cmp(&b.id));
        for person in hall.pins.values() {
            here.entry(unit(person, 0)).or_insert_with(|| vec![0; halls.len()])[room] += 1;
            taken.insert(person.id.as_str());
        }
    }
    CounterRng::new(&format!("{seed}/deal")).shuffle(&mut order);
    // Whoever needs certain places comes first, while there are such places; a room that was to stay empty is the last resort.
    let size = sizes(people.len(), halls, &rooms.iter().map(Vec::len).collect::<Vec<_>>());
    for person in order.iter().copied().filter(|p| needs_place(p)) {
        let here = here.entry(unit(person, 0)).or_insert_with(|| vec![0; halls.len()]);
        let suits = |r: usize| {
            let needing = rooms[r].iter().copied().filter(|p| needs_place(p)).chain([person]);
            seats_for(&needing.map(|p| fitting(&halls[r], p)).collect::<Vec<_>>(), halls[r].places.len()).is_some()
        };
        let open = (0..rooms.len()).filter(|&r| !halls[r].own && suits(r));
        let free = |r: usize| size[r].saturating_sub(rooms[r].len());
        let Some(to) = open.min_by_key(|&r| (free(r) == 0, here[r], std::cmp::Reverse(free(r)), r)) else {
            let need = person.needs.iter().next_back().copied().unwrap_or(Need::FrontRow);
            return Err(SeatingError::NeedUnfit { person: person.id.clone(), need });
        };
        here[to] += 1;
        rooms[to].push(person);
        taken.insert(person.id.as_str());
    }
    let kept: Vec<usize> = rooms.iter().map(Vec::len).collect();
    let mut free: Vec<usize> = sizes(people.len(), halls, &kept).iter().zip(&kept).map(|(size, kept)| size - kept).collect();
    let mut units: BTreeMap<UnitCode, Vec<&Person>> = BTreeMap::new();
    for person in order {
        units.entry(unit(person, 0)).or_default().push(person);
    }
    let mut units: Vec<(UnitCode, Vec<&Person>)> = units.into_iter().collect();
    units.sort_by_key(|(_, of)| std::cmp::Reverse(of.len()));
    for (unit, of) in units {
        let mut here = here.remove(&unit).unwrap_or_else(|| vec![0; halls.len()]);
        for person in of.into_iter().filter(|p| !taken.contains(p.id.as_str())) {
            let to = (0..rooms.len()).filter(|&r| free[r] > 0).min_by_key(|&r| (here[r], std::cmp::Reverse(free[r]), r));
            if let Some(to) = to {
                here[to] += 1;
                free[to] -= 1;
                rooms[to].push(person);
            }
        }
    }
    Ok(rooms)
}
