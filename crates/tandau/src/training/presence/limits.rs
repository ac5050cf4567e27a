//! How often one person may try codes at one session: enough for clumsy fingers, too little to guess.

use crate::platform::limits::{Paid, Rate};
use crate::platform::{App, Error};
use electoral::training::rules::AttendanceRules;
use jiff::Timestamp;

/// What each person has tried, by session.
#[derive(Clone, Debug, Default)]
pub struct Tries(Paid<(String, String)>);

impl Tries {
    /// Those of a running program.
    #[must_use]
    pub fn of(app: &App) -> Self {
        app.links.get::<Self>().cloned().unwrap_or_default()
    }

    /// Counts a try at a moment by the machine's clock.
    ///
    /// # Errors
    /// [`Error::TooMany`] when there were too many.
    pub fn spend(
        &self,
        rules: &AttendanceRules,
        (person, session): (&str, &str),
        now: Timestamp,
    ) -> Result<(), Error> {
        let small = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
        let rate = Rate {
            pause_us: small(rules.try_seconds.value).saturating_mul(1_000_000),
            burst: small(rules.tries.value),
        };
        let who = (person.to_owned(), session.to_owned());
        self.0.spend(who, rate, 1, now)
    }
}
