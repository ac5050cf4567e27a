//! Pages and files as of a day that is over. Nothing that is done today changes them, and there are as many as days: they
//! stand on a shelf of their own, so that whoever asks for every day of ten years drives out only other such days; they
//! are made one at a time, so that they hold up nobody else; and one address has so many made at once, then one a
//! second. A correction of the past shows within a minute.

use super::shelf::Shelf;
use super::{Kept, Key, Page};
use crate::platform::limits::{Paid, Rate};
use crate::platform::web::Ctx;
use crate::platform::{Error, Lang, ids};
use jiff::civil::Date;
use std::net::IpAddr;
use std::sync::Mutex;
use std::time::Duration;
use tokio::sync::{Semaphore, SemaphorePermit};

/// Longer than this none is given without looking again.
pub(super) const FRESH: Duration = Duration::from_secs(60);
/// About 600 pages of a district in one language, packed and unpacked.
const BYTES_MAX: usize = 48 * 1024 * 1024;
/// Made at once.
const AT_ONCE: usize = 1;
/// Requests that may wait for their turn; more are told to come again.
const WAITING_MAX: usize = 100;
/// How long one waits.
const WAIT: Duration = Duration::from_secs(10);
/// How many of them one address has made. What is kept costs nothing.
const RATE: Rate = Rate {
    pause_us: 1_000_000,
    burst: 20,
};

/// What is kept of such days, and who makes it.
#[derive(Debug)]
pub(super) struct Days {
    pub(super) shelf: Mutex<Shelf<Key, Page>>,
    turns: Semaphore,
    places: Semaphore,
    paid: Paid<IpAddr>,
}

impl Default for Days {
    fn default() -> Self {
        Self::with_budget(BYTES_MAX)
    }
}

impl Days {
    pub(super) fn with_budget(bytes: usize) -> Self {
        Self {
            shelf: Mutex::new(Shelf::new(bytes)),
            turns: Semaphore::new(AT_ONCE),
            places: Semaphore::new(AT_ONCE + WAITING_MAX),
            paid: Paid::default(),
        }
    }
}

/// The turn of one making, while it is held.
#[derive(Debug)]
pub(super) struct Turn<'k> {
    _turn: SemaphorePermit<'k>,
    _place: SemaphorePermit<'k>,
}

/// What stands behind the question mark of a page.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Asked {
    /// In one form; none where the page can't be kept.
    pub(super) query: Option<String>,
    /// It is about another day than today.
    pub(super) over: bool,
}

/// Reads what a page is asked for: a language, a day, and what else it knows by the names given.
pub(super) fn asked(ctx: &Ctx, names: &[&str]) -> Asked {
    let query = ctx.uri.query().unwrap_or_default();
    // Who writes the same in other letters is not kept, and waits as if it were a day.
    let mut over = query.contains(['%', '+']);
    let mut plain = !over;
    let mut parts: Vec<(&str, &str)> = Vec::new();
    for part in query.split('&').filter(|part| !part.is_empty()) {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        plain &= !parts.iter().any(|(known, _)| *known == name);
        if name == "as_of" && !value.is_empty() {
            let day: Option<Date> = value.parse().ok();
            over |= day != Some(ctx.app.today());
            plain &= day.is_some_and(|day| day.to_string() == value);
        } else if name == "lang" {
            plain &= Lang::from_code(value).is_some();
        } else {
            plain &= names.contains(&name) && ids::is_id(value);
        }
        parts.push((name, value));
    }
    parts.retain(|(name, _)| *name != "lang");
    parts.sort_unstable();
    let one_form = || {
        let parts: Vec<String> = parts.iter().map(|(n, v)| format!("{n}={v}")).collect();
        parts.join("&")
    };
    Asked {
        query: plain.then(one_form),
        over,
    }
}

impl Kept {
    /// Waits until something as of a day that is over may be made; nothing waits for what is of today.
    pub(super) async fn turn(&self, ctx: &Ctx, over: bool) -> Result<Option<Turn<'_>>, Error> {
        if !over {
            return Ok(None);
        }
        let days = &self.days;
        // Somebody on this machine is the operator, a test, or a proxy that doesn't say for whom it asks.
        if let Some(asker) = ctx.asker.filter(|asker| !asker.is_loopback()) {
            days.paid.spend(asker, RATE, 1, ctx.app.clock.wall())?;
        }
        let busy = || Error::TooMany {
            retry_after_seconds: WAIT.as_secs(),
        };
        let place = days.places.try_acquire().map_err(|_| busy())?;
        let turn = tokio::time::timeout(WAIT, days.turns.acquire())
            .await
            .map_err(|_| busy())?
            .map_err(Error::internal)?;
        Ok(Some(Turn {
            _turn: turn,
            _place: place,
        }))
    }
}

#[cfg(test)]
mod tests;
