//! How much somebody may send: so many at once, then one more after each pause. Rooms say who, what and how many.

use super::Error;
use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

/// So many senders may be remembered before those who are idle are forgotten.
pub(super) const PRUNE_ABOVE: usize = 20_000;

/// What may be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// One more is free after so many microseconds.
    pub pause_us: i64,
    /// So many at once.
    pub burst: i64,
}

/// Until when what each sender has sent is paid for.
#[derive(Clone, Debug)]
pub struct Paid<K>(Arc<Mutex<HashMap<K, Timestamp>>>);

impl<K> Default for Paid<K> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

impl<K: Eq + Hash> Paid<K> {
    /// Counts what a sender sends at a moment by the machine's clock.
    ///
    /// # Errors
    /// [`Error::TooMany`] when it is too much by now: it is not counted then.
    pub fn spend(&self, sender: K, rate: Rate, count: i64, now: Timestamp) -> Result<(), Error> {
        let mut paid = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if paid.len() > PRUNE_ABOVE {
            paid.retain(|_, until| *until > now);
        }
        let from = paid.get(&sender).copied().unwrap_or(now).max(now);
        let cost = SignedDuration::from_micros(rate.pause_us.saturating_mul(count));
        let until = from.checked_add(cost)?;
        let most = SignedDuration::from_micros(rate.pause_us.saturating_mul(rate.burst));
        let over = until.duration_since(now).saturating_sub(most);
        if over.is_positive() {
            let seconds = over.as_secs().saturating_add(1);
            return Err(Error::TooMany {
                retry_after_seconds: u64::try_from(seconds).unwrap_or(1),
            });
        }
        paid.insert(sender, until);
        Ok(())
    }

    /// Senders that are remembered.
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.0.lock().map_or(0, |paid| paid.len())
    }
}
