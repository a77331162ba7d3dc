//! The least number of same-unit pairs any arrangement can have.
//!
//! f(k) = the fewest neighbouring pairs that k people make on these seats, exact by going row by row over the short side;
//! where the short side is too long for that, k − (largest set without neighbours), which is still a bound from below.
//! Units share the room, so the sum of their f(k) bounds every plan. Where people are pinned, each unit's f counts only
//! seats that hold its own pinned people and none of the others': a higher bound, from below as well.

use super::geometry::{Neighbours, Place, edges};
use std::collections::BTreeMap;

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
        return from_independent_set(places, neighbours);
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

/// In a grid of 4 neighbours the largest set without neighbours is seats − largest matching; with diagonals a 2 × 2 block
/// holds one at most, and the same figure stays a bound from below for the pairs.
fn from_independent_set(places: &[Place], neighbours: Neighbours) -> Vec<u32> {
    let pairs = edges(places, Neighbours::Four);
    let _ = neighbours;
    let mut near: Vec<Vec<usize>> = vec![Vec::new(); places.len()];
    for (a, b) in pairs {
        near[a].push(b);
        near[b].push(a);
    }
    let black = |n: usize| (places[n].column + places[n].row).is_multiple_of(2);
    let mut partner: Vec<Option<usize>> = vec![None; places.len()];
    let mut matched = 0;
    for start in (0..places.len()).filter(|n| black(*n)) {
        let mut seen = vec![false; places.len()];
        if augment(start, &near, &mut partner, &mut seen) {
            matched += 1;
        }
    }
    let free = places.len() - matched;
    (0..=places.len()).map(|k| u32::try_from(k.saturating_sub(free)).unwrap_or(u32::MAX)).collect()
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

/// The form of a room, and what is settled of it.
type Seen = (Vec<(u8, u8)>, Vec<Held>);

/// Bounds of rooms; what was worked out for one room is kept for others of its form.
pub(super) struct Bounds {
    neighbours: Neighbours,
    known: BTreeMap<Seen, Vec<u32>>,
}

impl Bounds {
    pub(super) fn new(neighbours: Neighbours) -> Self {
        Self { neighbours, known: BTreeMap::new() }
    }

    /// The bound for so many people of each unit on these places, where `pins` names the unit of who is pinned at a place.
    pub(super) fn of<U: PartialEq>(&mut self, places: &[Place], pins: &[Option<U>], counts: impl IntoIterator<Item = (U, usize)>) -> u32 {
        let form: Vec<(u8, u8)> = places.iter().map(|p| (p.column, p.row)).collect();
        let mut sum = 0;
        for (unit, k) in counts {
            let sees = |pin: &Option<U>| match pin {
                None => Held::Open,
                Some(of) if *of == unit => Held::Own,
                Some(_) => Held::Other,
            };
            let held: Vec<Held> = pins.iter().map(sees).collect();
            let neighbours = self.neighbours;
            let work = |(_, held): &Seen| least_pairs_around(places, held, neighbours);
            sum += self.known.entry((form.clone(), held)).or_insert_with_key(work)[k];
        }
        sum
    }
}
