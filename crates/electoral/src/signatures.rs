//! How many signatures a self-nominated candidate needs, and a check that stops when enough are found.
//!
//! "Not less than one per cent" rounds up (art. 113-4(1)); checking ends as soon as enough valid signatures are found
//! (art. 113-4(9)).

use crate::number::Percent;

/// Fewest valid signatures for a constituency with this many voters.
#[must_use]
pub fn threshold(voters: u64, percent: Percent) -> u64 {
    // At most ten times a 64-bit number by the limit of `Percent`; voters never come near.
    u64::try_from(percent.of_ceil(voters)).unwrap_or(u64::MAX)
}

/// How far the check of signatures is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Valid signatures needed.
    pub needed: u64,
    /// Signatures looked at.
    pub checked: u64,
    /// Valid among them.
    pub valid: u64,
}

impl Progress {
    /// A check that has not begun.
    #[must_use]
    pub fn new(needed: u64) -> Self {
        Self {
            needed,
            checked: 0,
            valid: 0,
        }
    }

    /// Whether enough valid signatures are found, so that checking stops.
    #[must_use]
    pub fn enough(&self) -> bool {
        self.valid >= self.needed
    }

    /// Whether the signatures left can still be enough.
    #[must_use]
    pub fn reachable(&self, left: u64) -> bool {
        self.valid.saturating_add(left) >= self.needed
    }

    /// Looks at one more signature; does nothing once there are enough.
    pub fn record(&mut self, valid: bool) {
        if self.enough() {
            return;
        }
        self.checked += 1;
        if valid {
            self.valid += 1;
        }
    }
}

/// Checks signatures in their order and stops when there are enough.
pub fn check(needed: u64, signatures: impl IntoIterator<Item = bool>) -> Progress {
    let mut progress = Progress::new(needed);
    for valid in signatures {
        if progress.enough() {
            break;
        }
        progress.record(valid);
    }
    progress
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_per_cent_rounds_up() {
        let one = Percent::parse("1").unwrap();
        assert_eq!(threshold(10_000, one), 100);
        assert_eq!(threshold(10_001, one), 101);
        assert_eq!(threshold(0, one), 0);
        assert_eq!(threshold(1, one), 1);
    }

    #[test]
    fn checking_stops_with_the_last_one_needed() {
        let progress = check(2, [true, false, true, true, false]);
        assert_eq!((progress.checked, progress.valid), (3, 2));
        assert!(progress.enough());
        let short = check(3, [true, false]);
        assert!(!short.enough());
        assert!(short.reachable(2));
        assert!(!short.reachable(1));
    }

    proptest! {
        #[test]
        fn never_more_valid_than_needed(needed in 0_u64..50, signatures: Vec<bool>) {
            let all = signatures.iter().filter(|valid| **valid).count() as u64;
            let progress = check(needed, signatures.iter().copied());
            prop_assert_eq!(progress.valid, all.min(needed));
            prop_assert_eq!(progress.enough(), all >= needed);
        }
    }
}
