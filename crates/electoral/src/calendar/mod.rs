//! The calendar of an election: every step of the law on its day.
//!
//! How days are counted follows conventions that were checked on calendars published by the central commission:
//! something that must be *finished* n days before a day leaves n full days free (`E − (n + 1)`), something that must be
//! *running* for the last n days starts on `E − n`. A commission's own calendar plan wins over the formula, so every
//! step can be overridden, and what counts from it follows.

mod compute;
mod op;
mod step;
#[cfg(test)]
mod tests;

pub use compute::{CalendarError, Override, compute};
pub use op::{Counted, DateError, Op, Unit, apply};
pub use step::{ComputedStep, Gives, Nature, Record, Step, Unresolved, chronological, iso};

/// The anchor that is always known: the day of voting.
pub const ELECTION_DAY: &str = "election_day";
