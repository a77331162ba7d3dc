//! One room: from a shuffled start, exchanges of two people that lower the number of pairs, until the bound is met.
//!
//! A person in a pair is drawn, and exchanged with whoever lowers the pairs most (drawn among equals; equal exchanges are
//! allowed, undoing the last one is not). If that does not meet the bound, it starts again with the largest units on one
//! colour of the chessboard, and where people are pinned once more on the other. The best arrangement seen is kept. Pairs of the second unit (city) break ties among
//! exchanges and are lowered at the end as far as the first allows. Whoever is pinned is put in place after the shuffle, by an
//! exchange with whoever came to sit there, and is never exchanged again. Whoever needs certain places begins at one of them
//! (by an exchange too, after the pinned) and is exchanged only to others of them.

use super::geometry::{Neighbours, Place, edges};
use super::rng::CounterRng;
use std::collections::BTreeMap;

/// Exchanges tried for each person before giving up.
const PATIENCE: usize = 60;

/// A room whose people are known.
pub(super) struct Room<'a> {
    /// Its places, as many as people.
    pub(super) places: &'a [Place],
    /// Units (first, second) of the people as small numbers.
    pub(super) people: &'a [(usize, usize)],
    /// Who is pinned at each place.
    pub(super) fixed: &'a [Option<usize>],
    /// The places that give each person what they need; empty for whoever needs nothing.
    pub(super) fits: &'a [Vec<usize>],
    /// People with needs, each with the place they begin at.
    pub(super) first: &'a [(usize, usize)],
    /// What no arrangement is below.
    pub(super) bound: u32,
    /// Who counts as a neighbour.
    pub(super) neighbours: Neighbours,
}

/// A room with what the search looks up again and again.
struct Board<'a> {
    near: Vec<Vec<usize>>,
    people: &'a [(usize, usize)],
    free: Vec<usize>,
    fits: &'a [Vec<usize>],
}

impl Board<'_> {
    /// Whether two places may exchange their people.
    fn may(&self, seated: &[usize], a: usize, b: usize) -> bool {
        let fits = |who: usize, at: usize| self.fits[who].is_empty() || self.fits[who].contains(&at);
        fits(seated[a], b) && fits(seated[b], a)
    }
}

/// For each place the person's index, and the pairs of the first unit that remain.
pub(super) fn arrange(room: &Room<'_>, rng: &mut CounterRng) -> (Vec<usize>, u32) {
    let places = room.places;
    let mut near: Vec<Vec<usize>> = vec![Vec::new(); places.len()];
    for (a, b) in edges(places, room.neighbours) {
        near[a].push(b);
        near[b].push(a);
    }
    let mut order: Vec<usize> = (0..room.people.len()).collect();
    rng.shuffle(&mut order);
    let pinned = room.fixed.iter().enumerate().filter_map(|(at, who)| Some((at, (*who)?)));
    for (at, who) in pinned.chain(room.first.iter().map(|(who, at)| (*at, *who))) {
        if let Some(from) = order.iter().position(|&n| n == who) {
            order.swap(at, from);
        }
    }
    let free = (0..places.len()).filter(|&at| room.fixed[at].is_none()).collect();
    let board = Board { near, people: room.people, free, fits: room.fits };
    let mut best = search(&board, order.clone(), room.bound, rng);
    // Whoever has a place of their own may ask for the other colour.
    let colours = if board.free.len() == places.len() && room.first.is_empty() { 1 } else { 2 };
    for colour in 0..colours {
        if best.1 <= room.bound {
            break;
        }
        let start = chessboard(&board, places, &order, colour);
        let again = search(&board, start, room.bound, rng);
        if again.1 < best.1 {
            best = again;
        }
    }
    lower_second(&board, &mut best.0, rng);
    best
}

fn pairs_at(near: &[Vec<usize>], seated: &[usize], people: &[(usize, usize)], at: usize, who: usize) -> (i32, i32) {
    near[at].iter().fold((0, 0), |(first, second), &n| {
        let other = people[seated[n]];
        (first + i32::from(other.0 == people[who].0), second + i32::from(other.1 == people[who].1))
    })
}

/// Change in pairs when the people at two places change places.
fn change(near: &[Vec<usize>], seated: &mut [usize], people: &[(usize, usize)], a: usize, b: usize) -> (i32, i32) {
    let sum = |seated: &[usize]| {
        let (x, y) = (pairs_at(near, seated, people, a, seated[a]), pairs_at(near, seated, people, b, seated[b]));
        (x.0 + y.0, x.1 + y.1)
    };
    let before = sum(seated);
    seated.swap(a, b);
    let after = sum(seated);
    seated.swap(a, b);
    (after.0 - before.0, after.1 - before.1)
}

fn total(near: &[Vec<usize>], seated: &[usize], people: &[(usize, usize)]) -> u32 {
    let twice: i32 = (0..seated.len()).map(|at| pairs_at(near, seated, people, at, seated[at]).0).sum();
    u32::try_from(twice / 2).unwrap_or(0)
}

fn search(board: &Board<'_>, mut seated: Vec<usize>, bound: u32, rng: &mut CounterRng) -> (Vec<usize>, u32) {
    let Board { near, people, free, .. } = board;
    let mut now = total(near, &seated, people);
    let mut best = (seated.clone(), now);
    let mut last = None;
    for _ in 0..PATIENCE * seated.len() {
        if best.1 <= bound {
            break;
        }
        let trouble: Vec<usize> = free.iter().copied().filter(|&at| pairs_at(near, &seated, people, at, seated[at]).0 > 0).collect();
        let Some(&at) = trouble.get(rng.below(trouble.len())) else { break };
        let mut choice: Vec<usize> = Vec::new();
        let mut least = (i32::MAX, i32::MAX);
        for &with in free {
            let barred = people[seated[with]].0 == people[seated[at]].0 || last == Some((at.min(with), at.max(with)));
            if barred || !board.may(&seated, at, with) {
                continue;
            }
            let delta = change(near, &mut seated, people, at, with);
            if delta < least {
                least = delta;
                choice.clear();
            }
            if delta == least {
                choice.push(with);
            }
        }
        let Some(&with) = choice.get(rng.below(choice.len())) else { continue };
        if least.0 > 1 {
            continue;
        }
        seated.swap(at, with);
        last = Some((at.min(with), at.max(with)));
        now = now.saturating_add_signed(least.0);
        if now < best.1 {
            best = (seated.clone(), now);
        }
    }
    best
}

/// The largest units first, on one colour of the board and then on the other, as far as places are free.
fn chessboard(board: &Board<'_>, places: &[Place], order: &[usize], first: u8) -> Vec<usize> {
    let people = board.people;
    let mut sizes: BTreeMap<usize, usize> = BTreeMap::new();
    for (unit, _) in people {
        *sizes.entry(*unit).or_default() += 1;
    }
    let mut seated = order.to_vec();
    let mut at: Vec<usize> = board.free.iter().copied().filter(|&at| board.fits[order[at]].is_empty()).collect();
    let mut by_size: Vec<usize> = at.iter().map(|&at| order[at]).collect();
    by_size.sort_by_key(|&who| (std::cmp::Reverse(sizes[&people[who].0]), people[who].0));
    at.sort_by_key(|&n| ((places[n].column + places[n].row + first) % 2, places[n].column, places[n].row));
    for (place, who) in at.into_iter().zip(by_size) {
        seated[place] = who;
    }
    seated
}

fn lower_second(board: &Board<'_>, seated: &mut [usize], rng: &mut CounterRng) {
    let Board { near, people, free, .. } = board;
    let Some(first) = people.first() else { return };
    if people.iter().all(|p| p.1 == first.1) {
        return;
    }
    for _ in 0..4 * seated.len() {
        let trouble: Vec<usize> = free.iter().copied().filter(|&at| pairs_at(near, seated, people, at, seated[at]).1 > 0).collect();
        let Some(&at) = trouble.get(rng.below(trouble.len())) else { return };
        let mut least = ((0, 0), None);
        for &with in free {
            if !board.may(seated, at, with) {
                continue;
            }
            let delta = change(near, seated, people, at, with);
            if delta.0 <= 0 && delta < least.0 {
                least = (delta, Some(with));
            }
        }
        if let Some(with) = least.1 {
            seated.swap(at, with);
        }
    }
}
