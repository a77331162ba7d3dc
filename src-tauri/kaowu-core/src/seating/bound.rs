//! The least number of same-unit pairs any arrangement can have.
//!
//! f(k) = the fewest neighbouring pairs that k people make on these seats, exact by going row by row over the short side;
//! where the short side is too long for that, k − (largest set without neighbours), which is still a bound from below.
//! Units share the room, so the sum of their f(k) bounds every plan.

use super::geometry::{Neighbours, Place, edges};
use crate::identity::UnitCode;
use std::collections::BTreeMap;

/// Longest short side that is searched exactly.
const EXACT: u8 = 8;

/// f(0), f(1), … f(n) for n seats.
pub fn least_pairs(places: &[Place], neighbours: Neighbours) -> Vec<u32> {
    let columns = places.iter().map(|p| p.column).max().map_or(0, |c| c + 1);
    let rows = places.iter().map(|p| p.row).max().map_or(0, |r| r + 1);
    // (across, along): across is the short side.
    let turned: Vec<(u8, u8)> = places.iter().map(|p| if columns <= rows { (p.column, p.row) } else { (p.row, p.column) }).collect();
    if columns.min(rows) > EXACT {
        return from_independent_set(places, neighbours);
    }
    let mut lines: BTreeMap<u8, u32> = BTreeMap::new();
    for (across, along) in turned {
        *lines.entry(along).or_default() |= 1 << across;
    }
    let width = columns.min(rows);
    let masks = 1_usize << width;
    let none = u32::MAX;
    let bits = |mask: u32| usize::try_from(mask.count_ones()).unwrap_or(0);
    let mut best = vec![vec![none; places.len() + 1]; masks];
    best[0][0] = 0;
    let mut last = None;
    for (along, seats) in lines {
        // A gap between lines means no neighbours across it.
        let near = last.is_some_and(|l: u8| l + 1 == along);
        last = Some(along);
        let mut next = vec![vec![none; places.len() + 1]; masks];
        for (mask, row) in (0_u32..).zip(next.iter_mut()) {
            if mask & !seats != 0 {
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
    (0..=places.len()).map(|k| best.iter().map(|row| row[k]).min().unwrap_or(0)).collect()
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

/// The bound for people of these units on these places.
pub(super) fn of_people(places: &[Place], units: &[&UnitCode], neighbours: Neighbours) -> u32 {
    let least = least_pairs(places, neighbours);
    let mut counts: BTreeMap<&UnitCode, usize> = BTreeMap::new();
    for unit in units {
        *counts.entry(unit).or_default() += 1;
    }
    counts.values().map(|k| least[*k]).sum()
}
