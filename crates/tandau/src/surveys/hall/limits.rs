//! How much one phone and one address may send. A hall of 5,000 behind one address never meets these limits; a program
//! that answers without end does.

use crate::platform::Error;
use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;
use std::hash::{BuildHasher as _, Hash, RandomState};
use std::sync::{Arc, Mutex, PoisonError};

/// So many senders may be remembered before those who are idle are forgotten.
const PRUNE_ABOVE: usize = 20_000;

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
    /// One more is free after so many microseconds.
    const fn pause_us(self) -> i64 {
        match self {
            Self::Device => 2_000_000,
            Self::Address => 20_000,
            Self::Word => 2_000,
        }
    }

    /// So many at once.
    const fn burst(self) -> i64 {
        match self {
            Self::Device => 30,
            Self::Address => 8_000,
            Self::Word => 16_000,
        }
    }
}

/// Until when what each sender has sent is paid for. Senders stand here as hashes with a key of this run.
#[derive(Clone, Debug, Default)]
pub struct Limits {
    key: RandomState,
    paid: Arc<Mutex<HashMap<u64, Timestamp>>>,
}

impl Limits {
    /// Counts something that a sender sends at a moment by the machine's clock.
    ///
    /// # Errors
    /// [`Error::TooMany`] when it is too much by now: it is not counted then.
    pub fn spend(&self, kind: Kind, sender: impl Hash, now: Timestamp) -> Result<(), Error> {
        let mut paid = self.paid.lock().unwrap_or_else(PoisonError::into_inner);
        if paid.len() > PRUNE_ABOVE {
            paid.retain(|_, until| *until > now);
        }
        let key = self.key.hash_one((kind, sender));
        let from = paid.get(&key).copied().unwrap_or(now).max(now);
        let until = from.checked_add(SignedDuration::from_micros(kind.pause_us()))?;
        let most = SignedDuration::from_micros(kind.pause_us().saturating_mul(kind.burst()));
        let over = until.duration_since(now).saturating_sub(most);
        if over.is_positive() {
            let seconds = over.as_secs().saturating_add(1);
            return Err(Error::TooMany {
                retry_after_seconds: u64::try_from(seconds).unwrap_or(1),
            });
        }
        paid.insert(key, until);
        Ok(())
    }
}
