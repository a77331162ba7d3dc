//! The counter generator of a draw: SHA-256 and integers, the same on every machine for ever.

use sha2::{Digest, Sha256};

/// Draws from a seed; see the module's page for the whole rule.
#[derive(Debug, Clone)]
pub struct CounterRng {
    seed: String,
    block: u64,
    ready: Vec<u64>,
}

impl CounterRng {
    /// From a text that can be published.
    pub fn new(seed: &str) -> Self {
        Self { seed: seed.to_owned(), block: 0, ready: Vec::new() }
    }

    /// The next draw.
    pub fn draw(&mut self) -> u64 {
        if self.ready.is_empty() {
            let digest = Sha256::digest(format!("{}:{}", self.seed, self.block));
            self.block += 1;
            self.ready = digest.chunks(8).rev().map(|eight| eight.iter().fold(0, |n, b| (n << 8) | u64::from(*b))).collect();
        }
        self.ready.pop().unwrap_or_default()
    }

    /// A number below `n`, each as likely; 0 for n = 0.
    pub fn below(&mut self, n: usize) -> usize {
        let Some(n) = u64::try_from(n).ok().filter(|n| *n > 0) else { return 0 };
        // Draws at or above the last whole multiple of n would favour small numbers.
        let rest = (u64::MAX % n + 1) % n;
        loop {
            let draw = self.draw();
            if draw <= u64::MAX - rest {
                return usize::try_from(draw % n).unwrap_or(0);
            }
        }
    }

    /// Shuffles a list.
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for k in (1..list.len()).rev() {
            let with = self.below(k + 1);
            list.swap(k, with);
        }
    }
}
