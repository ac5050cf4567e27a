//! Surveys of a room: what an answer may be, what it adds to the counters, and how far a share holds.
//!
//! An answer is checked against its question and becomes [`counters`]; nobody's answers are kept together. Of a count
//! and its base follow the Wilson interval of 95 % ([`wilson`]) and whether a claim about a majority holds
//! ([`Claim::of`]), both in whole numbers.

mod answer;
mod figures;
mod rules;
mod token;

pub use answer::{Answer, Asked, Fault, Kind, check, clean, counters};
pub use figures::{Claim, Interval, Share, wilson};
pub use rules::{SurveyError, SurveyRules, Value};
pub use token::{ALPHABET, is_token, normal, with_check};

/// As of how many answers results are shown while a survey is open: the newest step that has been reached.
#[must_use]
pub const fn step(answered: u64, from: u64, size: u64) -> Option<u64> {
    if size == 0 || answered < from {
        return None;
    }
    Some(answered - (answered - from) % size)
}

/// As of how many answers results are shown when each step waits for `behind` more: then neither the next step nor the result
/// differs from what was shown by fewer people. `behind` is at most `size`.
#[must_use]
pub const fn shown_step(answered: u64, from: u64, size: u64, behind: u64) -> Option<u64> {
    match answered.checked_sub(behind) {
        Some(answered) => step(answered, from, size),
        None => None,
    }
}

#[cfg(test)]
mod tests;
