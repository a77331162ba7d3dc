//! Where a feed splits and what it lacks, from its entries alone: the order in which they came does not matter.

use crate::line::{Id, Prev};

/// One stored entry's place in its device's feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) seq: u64,
    pub(crate) id: Id,
    pub(crate) prev: Prev,
}

/// The first number at which a device has written two different entries: two that are here, or one that is here and
/// another that its successor names. From there on nobody can say which of the two is meant.
pub(crate) fn fork(places: &mut [Place]) -> Option<u64> {
    places.sort_unstable_by_key(|p| (p.seq, p.id));
    let mut before: Option<(u64, &[Place])> = None;
    for group in places.chunk_by(|a, b| a.seq == b.seq) {
        let seq = group[0].seq;
        // What these entries name as the one before them: a split there comes first.
        let mut named = group.iter().filter_map(|p| p.prev.0);
        let first = named.next();
        let stored = before.filter(|(s, _)| s + 1 == seq).map_or(&[][..], |(_, group)| group);
        let differ = first.is_some_and(|first| named.any(|id| id != first) || stored.iter().any(|p| p.id != first));
        if differ {
            return Some(seq - 1);
        }
        if group.iter().any(|p| p.id != group[0].id) {
            return Some(seq);
        }
        before = Some((seq, group));
    }
    None
}

/// The numbers that are missing before the last, as ranges from–to.
pub(crate) fn gaps(seqs: impl Iterator<Item = u64>) -> Vec<(u64, u64)> {
    let mut out = Vec::new();
    let mut next = 1;
    for seq in seqs {
        if seq > next {
            out.push((next, seq - 1));
        }
        next = next.max(seq + 1);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(n: u8) -> Id {
        Id([n; 32])
    }

    fn place((seq, own, prev): (u64, u8, u8)) -> Place {
        Place { seq, id: id(own), prev: Prev((prev > 0).then(|| id(prev))) }
    }

    #[test]
    fn forks() {
        let check = |places: &[(u64, u8, u8)], wanted: Option<u64>| {
            let mut places: Vec<Place> = places.iter().copied().map(place).collect();
            assert_eq!(fork(&mut places), wanted, "{places:?}");
            places.reverse();
            assert_eq!(fork(&mut places), wanted, "reversed {places:?}");
        };
        check(&[], None);
        check(&[(1, 1, 0), (2, 2, 1), (3, 3, 2)], None);
        check(&[(1, 1, 0), (1, 1, 0), (2, 2, 1)], None);
        check(&[(1, 1, 0), (3, 3, 2)], None);
        check(&[(1, 1, 0), (2, 2, 1), (2, 9, 1), (3, 3, 2)], Some(2));
        check(&[(1, 1, 0), (1, 9, 0)], Some(1));
        // The other branch shows only in what a later entry names.
        check(&[(1, 1, 0), (2, 2, 1), (3, 3, 8)], Some(2));
        check(&[(1, 1, 0), (3, 3, 2), (3, 4, 8)], Some(2));
        check(&[(1, 1, 0), (2, 2, 1), (2, 9, 7)], Some(1));
        check(&[(2, 2, 1), (2, 9, 7)], Some(1));
        check(&[(1, 1, 0), (2, 2, 1), (3, 3, 2), (3, 4, 2), (4, 5, 6)], Some(3));
    }

    #[test]
    fn gaps_are_ranges() {
        let check = |seqs: &[u64], wanted: &[(u64, u64)]| assert_eq!(gaps(seqs.iter().copied()), wanted, "{seqs:?}");
        check(&[], &[]);
        check(&[1, 2, 3], &[]);
        check(&[1, 1, 2], &[]);
        check(&[3], &[(1, 2)]);
        check(&[1, 3, 4, 8], &[(2, 2), (5, 7)]);
    }
}
