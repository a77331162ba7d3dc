//! What is still to be done for the keys of an event, so that what is lost is not lost for good (RULES.md §8).

/// A step for the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyStep {
    /// The root key goes on a stick, and on a second one.
    SaveRoot,
    /// The escrow key goes on a stick.
    SaveEscrow,
    /// The escrow key leaves the database.
    TakeOut,
}

/// Sticks the root key is to lie on.
const ROOT_STICKS: u32 = 2;

/// Steps there are.
pub const STEPS: usize = 4;

/// What is not done yet, by how often each key was saved and whether the escrow key still lies in the database. An event that was
/// set up again from its root key has no escrow key to save.
pub fn missing(root_saved: u32, escrow_saved: u32, escrow_here: bool) -> Vec<KeyStep> {
    let mut steps: Vec<KeyStep> = (root_saved..ROOT_STICKS).map(|_| KeyStep::SaveRoot).collect();
    if escrow_here && escrow_saved == 0 {
        steps.push(KeyStep::SaveEscrow);
    }
    if escrow_here {
        steps.push(KeyStep::TakeOut);
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_still_to_be_done_for_the_keys() {
        use KeyStep::{SaveEscrow, SaveRoot, TakeOut};
        for (root, escrow, here, want) in [
            (0, 0, true, vec![SaveRoot, SaveRoot, SaveEscrow, TakeOut]),
            (1, 0, true, vec![SaveRoot, SaveEscrow, TakeOut]),
            (2, 0, true, vec![SaveEscrow, TakeOut]),
            (9, 0, true, vec![SaveEscrow, TakeOut]),
            (0, 1, true, vec![SaveRoot, SaveRoot, TakeOut]),
            (2, 1, true, vec![TakeOut]),
            (2, 3, true, vec![TakeOut]),
            // Taken out; or set up again from the root key, and never there.
            (2, 1, false, vec![]),
            (1, 0, false, vec![SaveRoot]),
            (0, 0, false, vec![SaveRoot, SaveRoot]),
        ] {
            let got = missing(root, escrow, here);
            assert!(got.len() <= STEPS);
            assert_eq!(got, want, "{root} {escrow} {here}");
        }
    }
}
