//! The draw: people over rooms, then each room.

use super::arrange::arrange;
use super::bound::least_pairs;
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
    let mut left = people.len();
    let sizes: Vec<usize> = places
        .iter()
        .map(|p| {
            let here = p.len().min(left);
            left -= here;
            here
        })
        .collect();
    let dealt = deal(people, &sizes, seed);
    let mut cache: BTreeMap<Vec<(u8, u8)>, Vec<u32>> = BTreeMap::new();
    let mut plan = SeatPlan { seats: Seats::new(), rooms: Vec::with_capacity(rooms.len()) };
    for ((shape, all), here) in rooms.iter().zip(&places).zip(dealt) {
        let used = &all[..here.len()];
        let form: Vec<(u8, u8)> = used.iter().map(|p| (p.column, p.row)).collect();
        let least = cache.entry(form).or_insert_with(|| least_pairs(used, neighbours));
        let (units, counts) = numbered(&here);
        let bound = counts.iter().map(|k| least[*k]).sum();
        let mut rng = CounterRng::new(&format!("{seed}/{}/{}", shape.site, shape.room));
        let (seated, pairs) = arrange(used, &units, bound, neighbours, &mut rng);
        for (place, who) in used.iter().zip(&seated) {
            plan.seats.insert(here[*who].id.clone(), (shape.site.clone(), shape.room.clone(), place.number));
        }
        let count = u32::try_from(here.len()).unwrap_or(u32::MAX);
        plan.rooms.push(RoomResult { site: shape.site.clone(), room: shape.room.clone(), people: count, pairs, bound });
    }
    Ok(plan)
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

/// People for each room, so many as its size: each unit spread as evenly as the sizes allow.
fn deal<'a>(people: &'a [Person], sizes: &[usize], seed: &str) -> Vec<Vec<&'a Person>> {
    let mut order: Vec<&Person> = people.iter().collect();
    order.sort_by(|a, b| a.id.cmp(&b.id));
    CounterRng::new(&format!("{seed}/deal")).shuffle(&mut order);
    let mut units: BTreeMap<UnitCode, Vec<&Person>> = BTreeMap::new();
    for person in order {
        units.entry(unit(person, 0)).or_default().push(person);
    }
    let mut units: Vec<(UnitCode, Vec<&Person>)> = units.into_iter().collect();
    units.sort_by_key(|(_, of)| std::cmp::Reverse(of.len()));
    let mut rooms: Vec<Vec<&Person>> = sizes.iter().map(|n| Vec::with_capacity(*n)).collect();
    let mut free = sizes.to_vec();
    for (_, of) in units {
        let mut here = vec![0_usize; rooms.len()];
        for person in of {
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
