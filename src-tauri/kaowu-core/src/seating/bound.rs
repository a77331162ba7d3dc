//! The least number of same-unit pairs any arrangement can have.
//!
//! f(k) = the fewest neighbouring pairs that k people make on these seats, exact by going row by row over the short side;
//! where the short side is too long for that, k − (largest set without neighbours), which is still a bound from below.
//! Units share the room, so the sum of their f(k) bounds every way in which these people can sit on these seats. Where people are pinned, each unit's f counts only
//! seats that hold its own pinned people and none of the others': a higher bound, from below as well. Where people of a
//! unit need certain seats, its f is the least over all ways of giving them such seats.

use super::geometry::{Neighbours, Place, RoomShape, edges};
use std::collections::{BTreeMap, BTreeSet};

/// Longest short side that is searched exactly.
const EXACT: u8 = 8;

/// What is settled about a place before people are seated, as one unit sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Held {
    /// Nobody is pinned there.
    Open,
    /// One of its own is.
    Own,
    /// Another's is.
    Other,
}

/// f(0), f(1), … f(n) for n seats.
pub fn least_pairs(places: &[Place], neighbours: Neighbours) -> Vec<u32> {
    least_pairs_around(places, &vec![Held::Open; places.len()], neighbours)
}

/// The same among choices of seats that hold what is pinned; `u32::MAX` for a number no such choice has.
pub(super) fn least_pairs_around(places: &[Place], held: &[Held], neighbours: Neighbours) -> Vec<u32> {
    let columns = places.iter().map(|p| p.column).max().map_or(0, |c| c + 1);
    let rows = places.iter().map(|p| p.row).max().map_or(0, |r| r + 1);
    // (across, along): across is the short side.
    let turned: Vec<(u8, u8)> = places.iter().map(|p| if columns <= rows { (p.column, p.row) } else { (p.row, p.column) }).collect();
    if columns.min(rows) > EXACT {
        return from_independent_set(places, held, neighbours);
    }
    // Of each line: the seats that may be taken, and those that must be.
    let mut lines: BTreeMap<u8, (u32, u32)> = BTreeMap::new();
    for ((across, along), held) in turned.into_iter().zip(held) {
        let (may, must) = lines.entry(along).or_default();
        *may |= u32::from(*held != Held::Other) << across;
        *must |= u32::from(*held == Held::Own) << across;
    }
    let width = columns.min(rows);
    let masks = 1_usize << width;
    let none = u32::MAX;
    let bits = |mask: u32| usize::try_from(mask.count_ones()).unwrap_or(0);
    let mut best = vec![vec![none; places.len() + 1]; masks];
    best[0][0] = 0;
    let mut last = None;
    for (along, (may, must)) in lines {
        // A gap between lines means no neighbours across it.
        let near = last.is_some_and(|l: u8| l + 1 == along);
        last = Some(along);
        let mut next = vec![vec![none; places.len() + 1]; masks];
        for (mask, row) in (0_u32..).zip(next.iter_mut()) {
            if mask & !may != 0 || mask & must != must {
                continue;
            }
            let own = (mask & (mask >> 1)).count_ones();
            let k = bits(mask);
            for (before, old) in (0_u32..).zip(&best) {
                let mut cost = own;
                if near {
                    cost += (mask & before).count_ones();
                    if neighbours == Neighbours::Eight {
                        cost += (mask & (before << 1)).count_ones() + (mask & (before >> 1)).count_ones();
                    }
                }
                for (slot, pairs) in row.iter_mut().skip(k).zip(old).filter(|(_, pairs)| **pairs != none) {
                    *slot = (*slot).min(pairs + cost);
                }
            }
        }
        best = next;
    }
    (0..=places.len()).map(|k| best.iter().map(|row| row[k]).min().unwrap_or(none)).collect()
}

/// A bound from below, where the exact one would take too long. Of k people, k − (largest set without neighbours) at least
/// sit beside one of the others; and around those that are pinned: their own pairs, one for everybody who sits beside one of
/// them, and the same count among the seats that are further away. The higher of the two holds.
pub(super) fn from_independent_set(places: &[Place], held: &[Held], neighbours: Neighbours) -> Vec<u32> {
    let may: Vec<usize> = (0..places.len()).filter(|&n| held[n] != Held::Other).collect();
    let own: Vec<usize> = (0..places.len()).filter(|&n| held[n] == Held::Own).collect();
    let (mut among, mut beside) = (0, vec![false; places.len()]);
    for (a, b) in edges(places, neighbours) {
        let (of_a, of_b) = (held[a] == Held::Own, held[b] == Held::Own);
        among += usize::from(of_a && of_b);
        beside[a] |= of_b;
        beside[b] |= of_a;
    }
    let far: Vec<usize> = may.iter().copied().filter(|&n| held[n] == Held::Open && !beside[n]).collect();
    let (all, far) = (largest_apart(places, &may, neighbours), largest_apart(places, &far, neighbours));
    let least = |k: usize| {
        if k < own.len() || k > may.len() {
            return u32::MAX;
        }
        let around = among + (k - own.len()).saturating_sub(far);
        u32::try_from(around.max(k.saturating_sub(all))).unwrap_or(u32::MAX)
    };
    (0..=places.len()).map(least).collect()
}

/// How many people can sit on these places, at most, without neighbours: seats − largest matching, exact where four count;
/// with diagonals a 2 × 2 block holds one.
fn largest_apart(places: &[Place], of: &[usize], neighbours: Neighbours) -> usize {
    let seats: Vec<Place> = of.iter().map(|&n| places[n]).collect();
    let mut near: Vec<Vec<usize>> = vec![Vec::new(); seats.len()];
    for (a, b) in edges(&seats, Neighbours::Four) {
        near[a].push(b);
        near[b].push(a);
    }
    let black = |n: usize| (seats[n].column + seats[n].row).is_multiple_of(2);
    let mut partner: Vec<Option<usize>> = vec![None; seats.len()];
    let mut matched = 0;
    for start in (0..seats.len()).filter(|n| black(*n)) {
        let mut seen = vec![false; seats.len()];
        if augment(start, &near, &mut partner, &mut seen) {
            matched += 1;
        }
    }
    let four = seats.len() - matched;
    if neighbours == Neighbours::Four {
        return four;
    }
    let blocks = |across: u8, along: u8| {
        let block = |p: &Place| ((p.column + across) / 2, (p.row + along) / 2);
        seats.iter().map(block).collect::<BTreeSet<_>>().len()
    };
    [(0, 0), (0, 1), (1, 0), (1, 1)].into_iter().map(|(c, r)| blocks(c, r)).fold(four, usize::min)
}

fn augment(from: usize, near: &[Vec<usize>], partner: &mut [Option<usize>], seen: &mut [bool]) -> bool {
    for &to in &near[from] {
        if std::mem::replace(&mut seen[to], true) {
            continue;
        }
        if partner[to].is_none_or(|other| augment(other, near, partner, seen)) {
            partner[to] = Some(from);
            return true;
        }
    }
    false
}

/// What no plan of seats in these rooms is below, however the people of each unit are dealt over them and whichever seats
/// stay empty; pins and needs can only raise it. For each unit the cheapest seats of all rooms are counted: what one person
/// more costs a room, made to rise from person to person, adds up to no more than that room's f.
pub fn least_overall(units: impl IntoIterator<Item = usize>, rooms: &[RoomShape], neighbours: Neighbours) -> u32 {
    let mut forms: BTreeMap<Vec<Place>, usize> = BTreeMap::new();
    for room in rooms {
        *forms.entry(room.seats()).or_default() += 1;
    }
    // What a seat costs, and how many seats cost so much.
    let mut costs: BTreeMap<u32, usize> = BTreeMap::new();
    for (places, rooms) in forms {
        let least = least_pairs(&places, neighbours);
        let mut next = u32::MAX;
        for pair in least.windows(2).rev() {
            next = next.min(pair[1] - pair[0]);
            *costs.entry(next).or_default() += rooms;
        }
    }
    let cheapest = |people: usize| {
        let mut left = people;
        let mut sum: u32 = 0;
        for (cost, seats) in &costs {
            let here = left.min(*seats);
            left -= here;
            sum = sum.saturating_add(u32::try_from(here).unwrap_or(u32::MAX).saturating_mul(*cost));
        }
        sum
    };
    units.into_iter().map(cheapest).fold(0, u32::saturating_add)
}

/// More ways than this of giving people the seats they need are not gone through: the bound then leaves the needs out.
const WAYS: usize = 400;

/// The form of a room, who counts as a neighbour, and what is settled of it.
type Seen = (Vec<(u8, u8)>, bool, Vec<Held>);

/// Bounds of rooms; what was worked out for one room is kept for others of its form.
#[derive(Default)]
pub(super) struct Bounds {
    known: BTreeMap<Seen, Vec<u32>>,
}

/// What is settled about a room before its people are seated, as units see it.
pub(super) struct Settled<'a, U> {
    /// Its places.
    pub(super) places: &'a [Place],
    /// The unit of whoever is pinned at each of them.
    pub(super) pins: &'a [Option<U>],
    /// People who need certain places: their unit, and the places by index.
    pub(super) needs: &'a [(U, Vec<usize>)],
    /// Who counts as a neighbour.
    pub(super) neighbours: Neighbours,
}

impl Bounds {
    /// The bound for so many people of each unit.
    pub(super) fn of<U: PartialEq>(&mut self, room: &Settled<'_, U>, counts: impl IntoIterator<Item = (U, usize)>) -> u32 {
        let mut sum: u32 = 0;
        for (unit, k) in counts {
            let sees = |pin: &Option<U>| match pin {
                None => Held::Open,
                Some(of) if *of == unit => Held::Own,
                Some(_) => Held::Other,
            };
            let held: Vec<Held> = room.pins.iter().map(sees).collect();
            let wanted: Vec<&[usize]> = room.needs.iter().filter(|(of, _)| *of == unit).map(|(_, places)| places.as_slice()).collect();
            let least = ways(&wanted, &held).into_iter().map(|chosen| {
                let mut held = held.clone();
                chosen.into_iter().for_each(|place| held[place] = Held::Own);
                self.least(room.places, held, room.neighbours, k)
            });
            sum = sum.saturating_add(least.min().unwrap_or(0));
        }
        sum
    }

    fn least(&mut self, places: &[Place], held: Vec<Held>, neighbours: Neighbours, k: usize) -> u32 {
        let form: Vec<(u8, u8)> = places.iter().map(|p| (p.column, p.row)).collect();
        let work = |(_, _, held): &Seen| least_pairs_around(places, held, neighbours);
        self.known.entry((form, neighbours == Neighbours::Eight, held)).or_insert_with_key(work)[k]
    }
}

/// The sets of free places that give each of these people one of theirs; one empty set if there are too many of them.
fn ways(wanted: &[&[usize]], held: &[Held]) -> BTreeSet<Vec<usize>> {
    let mut sets = BTreeSet::from([Vec::new()]);
    for places in wanted {
        let free = || places.iter().copied().filter(|&n| held[n] == Held::Open);
        let longer = |set: &Vec<usize>| {
            let set = set.clone();
            free().filter(|n| !set.contains(n)).map(|n| [set.as_slice(), &[n]].concat()).collect::<Vec<_>>()
        };
        let sorted = |mut set: Vec<usize>| {
            set.sort_unstable();
            set
        };
        sets = sets.iter().flat_map(longer).map(sorted).collect();
        if sets.len() > WAYS {
            return BTreeSet::from([Vec::new()]);
        }
    }
    sets
}
