//! What may be asked about tests: what somebody can take now, and what came of it.

use super::model::{Attempt, Purpose};
use super::store::attempts::SessionFor;
use crate::platform::T;
use jiff::Timestamp;

/// Why there is no test to take now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Why {
    /// The session has begun or is over: what one knew before it can't be asked any more.
    TooLate,
    /// The session was not held yet, or this person was not there.
    NotTaught,
    /// It was taken.
    Taken,
    /// It was passed.
    Passed,
    /// All tries are used.
    NoTries,
}

/// The number of the next try.
pub(super) fn next_try(
    session: &SessionFor,
    purpose: Purpose,
    tries: &[Attempt],
    most: u64,
    now: Timestamp,
) -> Result<u64, Why> {
    let number = u64::try_from(tries.len())
        .unwrap_or(u64::MAX)
        .saturating_add(1);
    let withdrawn = tries.iter().filter(|a| a.withdrawn).count();
    let withdrawn = u64::try_from(withdrawn).unwrap_or(u64::MAX);
    match purpose {
        Purpose::Before | Purpose::Retest if number > 1 => Err(Why::Taken),
        Purpose::Before if session.state != "planned" || now >= session.ends_at => {
            Err(Why::TooLate)
        }
        Purpose::Before => Ok(number),
        Purpose::Retest => Ok(number),
        Purpose::After if session.state != "held" || !session.taught => Err(Why::NotTaught),
        Purpose::After if tries.iter().any(|a| a.passed == Some(true) && !a.withdrawn) => {
            Err(Why::Passed)
        }
        // What was withdrawn took nobody's try.
        Purpose::After if number.saturating_sub(withdrawn) > most => Err(Why::NoTries),
        Purpose::After => Ok(number),
    }
}

/// The sentence of a reason.
pub(super) fn why(t: T, why: Why) -> String {
    match why {
        Why::TooLate => t.learning_why_too_late(),
        Why::NotTaught => t.learning_why_not_taught(),
        Why::Taken => t.learning_why_taken(),
        Why::Passed => t.learning_why_passed(),
        Why::NoTries => t.learning_why_no_tries(),
    }
}
