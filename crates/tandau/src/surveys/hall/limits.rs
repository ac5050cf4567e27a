//! How much one phone and one address may send. A hall of 5,000 behind one address never meets these limits; a program
//! that answers without end does.

use crate::platform::Error;
use crate::platform::limits::{Paid, Rate};
use jiff::Timestamp;
use std::hash::{BuildHasher as _, Hash, RandomState};

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Answers of one device: 30 at once, then one in two seconds.
    Device,
    /// Answers from one address: 8,000 at once, so that each phone of the largest hall may try again, then 50 a second.
    Address,
    /// Words of presence from one address: 16,000 at once, then 500 a second.
    Word,
}

impl Kind {
    const fn rate(self) -> Rate {
        let (pause_us, burst) = match self {
            Self::Device => (2_000_000, 30),
            Self::Address => (20_000, 8_000),
            Self::Word => (2_000, 16_000),
        };
        Rate { pause_us, burst }
    }
}

/// What each sender has sent. Senders stand here as hashes with a key of this run.
#[derive(Clone, Debug, Default)]
pub struct Limits {
    key: RandomState,
    paid: Paid<u64>,
}

impl Limits {
    /// Counts something that a sender sends at a moment by the machine's clock.
    ///
    /// # Errors
    /// [`Error::TooMany`] when it is too much by now: it is not counted then.
    pub fn spend(&self, kind: Kind, sender: impl Hash, now: Timestamp) -> Result<(), Error> {
        let sender = self.key.hash_one((kind, sender));
        self.paid.spend(sender, kind.rate(), 1, now)
    }
}
