//! The most pairs in a graph (Edmonds' blossoms), and a proof that no more can be had (Tutte and Berge).

use std::collections::VecDeque;

const NONE: usize = usize::MAX;

/// A graph as lists of neighbours, with pairs found so far.
pub(super) struct Pairing<'g> {
    graph: &'g [Vec<usize>],
    mate: Vec<usize>,
    parent: Vec<usize>,
    base: Vec<usize>,
    outer: Vec<bool>,
}

impl<'g> Pairing<'g> {
    /// Begins with these pairs; [`Pairing::mate`] of whoever has none is `None`.
    pub(super) fn new(graph: &'g [Vec<usize>], pairs: &[(usize, usize)]) -> Self {
        let n = graph.len();
        let mut mate = vec![NONE; n];
        for (a, b) in pairs {
            (mate[*a], mate[*b]) = (*b, *a);
        }
        Self { graph, mate, parent: vec![NONE; n], base: (0..n).collect(), outer: vec![false; n] }
    }

    /// Whom a vertex is paired with.
    pub(super) fn mate(&self, of: usize) -> Option<usize> {
        Some(self.mate[of]).filter(|m| *m != NONE)
    }

    /// Finds as many pairs as there can be.
    pub(super) fn grow(&mut self) {
        for root in 0..self.graph.len() {
            if self.mate[root] == NONE
                && let Some(end) = self.search(root)
            {
                self.swap_along(end);
            }
        }
    }

    /// A number of pairs that no pairing of this graph exceeds. After [`Pairing::grow`] it is the number there is: taking
    /// out the vertices of `barrier` leaves more odd pieces than can find a partner outside themselves.
    pub(super) fn bound(&mut self) -> usize {
        let n = self.graph.len();
        let mut reached = vec![false; n];
        for root in (0..n).filter(|v| self.mate[*v] == NONE).collect::<Vec<_>>() {
            let _none = self.search(root);
            for (seen, outer) in reached.iter_mut().zip(&self.outer) {
                *seen |= outer;
            }
        }
        let barrier: Vec<bool> = (0..n).map(|v| !reached[v] && self.graph[v].iter().any(|w| reached[*w])).collect();
        (n + barrier.iter().filter(|b| **b).count()).saturating_sub(odd_pieces(self.graph, &barrier)) / 2
    }

    fn swap_along(&mut self, end: usize) {
        let mut v = end;
        while v != NONE {
            let before = self.parent[v];
            let next = self.mate[before];
            (self.mate[v], self.mate[before]) = (before, v);
            v = next;
        }
    }

    /// A vertex without partner at the end of an alternating path from `root`.
    fn search(&mut self, root: usize) -> Option<usize> {
        let n = self.graph.len();
        self.outer.fill(false);
        self.parent.fill(NONE);
        (0..n).for_each(|v| self.base[v] = v);
        self.outer[root] = true;
        let mut queue = VecDeque::from([root]);
        while let Some(v) = queue.pop_front() {
            for &to in &self.graph[v] {
                if self.base[v] == self.base[to] || self.mate[v] == to {
                    continue;
                }
                if to == root || (self.mate[to] != NONE && self.parent[self.mate[to]] != NONE) {
                    self.contract(v, to, &mut queue);
                } else if self.parent[to] == NONE {
                    self.parent[to] = v;
                    let Some(next) = self.mate(to) else { return Some(to) };
                    self.outer[next] = true;
                    queue.push_back(next);
                }
            }
        }
        None
    }

    /// A circle of odd length becomes one vertex.
    fn contract(&mut self, v: usize, to: usize, queue: &mut VecDeque<usize>) {
        let top = self.common(v, to);
        let mut circle = vec![false; self.graph.len()];
        self.mark(v, top, to, &mut circle);
        self.mark(to, top, v, &mut circle);
        for i in 0..self.graph.len() {
            if circle[self.base[i]] {
                self.base[i] = top;
                if !self.outer[i] {
                    self.outer[i] = true;
                    queue.push_back(i);
                }
            }
        }
    }

    fn common(&self, a: usize, b: usize) -> usize {
        let mut above = vec![false; self.graph.len()];
        let mut a = self.base[a];
        loop {
            above[a] = true;
            if self.mate[a] == NONE {
                break;
            }
            a = self.base[self.parent[self.mate[a]]];
        }
        let mut b = self.base[b];
        while !above[b] {
            b = self.base[self.parent[self.mate[b]]];
        }
        b
    }

    fn mark(&mut self, from: usize, top: usize, child: usize, circle: &mut [bool]) {
        let (mut v, mut child) = (from, child);
        while self.base[v] != top {
            circle[self.base[v]] = true;
            circle[self.base[self.mate[v]]] = true;
            self.parent[v] = child;
            child = self.mate[v];
            v = self.parent[self.mate[v]];
        }
    }
}

/// Pieces with an odd number of vertices once some are taken out.
fn odd_pieces(graph: &[Vec<usize>], out: &[bool]) -> usize {
    let mut seen = out.to_vec();
    let mut odd = 0;
    for start in 0..graph.len() {
        if seen[start] {
            continue;
        }
        seen[start] = true;
        let (mut size, mut stack) = (0_usize, vec![start]);
        while let Some(v) = stack.pop() {
            size += 1;
            for &w in &graph[v] {
                if !seen[w] {
                    seen[w] = true;
                    stack.push(w);
                }
            }
        }
        odd += size % 2;
    }
    odd
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn brute(graph: &[Vec<usize>], used: &mut Vec<bool>, from: usize) -> usize {
        let Some(v) = (from..graph.len()).find(|v| !used[*v]) else { return 0 };
        used[v] = true;
        let mut best = brute(graph, used, v + 1);
        for &w in graph[v].iter().filter(|w| **w > v) {
            if !used[w] {
                used[w] = true;
                best = best.max(1 + brute(graph, used, v + 1));
                used[w] = false;
            }
        }
        used[v] = false;
        best
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

        /// As many pairs as trying everything finds, and the bound is that number.
        #[test]
        fn most_pairs(edges in prop::collection::vec((0..9_usize, 0..9_usize), 0..22)) {
            let mut graph = vec![Vec::new(); 9];
            for (a, b) in edges.into_iter().filter(|(a, b)| a != b) {
                if !graph[a].contains(&b) {
                    graph[a].push(b);
                    graph[b].push(a);
                }
            }
            let mut found = Pairing::new(&graph, &[]);
            found.grow();
            let pairs = (0..9).filter(|v| found.mate(*v).is_some()).count() / 2;
            for (v, near) in graph.iter().enumerate() {
                if let Some(w) = found.mate(v) {
                    prop_assert_eq!(found.mate(w), Some(v));
                    prop_assert!(near.contains(&w));
                }
            }
            prop_assert_eq!(pairs, brute(&graph, &mut vec![false; 9], 0));
            prop_assert_eq!(found.bound(), pairs);
        }
    }
}
