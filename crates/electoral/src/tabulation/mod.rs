//! From accepted protocols to sums, shares and an outcome.

mod outcome;
mod share;
#[cfg(test)]
mod tests;
mod total;

pub use outcome::{Outcome, Tally, TallyError, determine};
pub use share::{Decimal, ResultShare, ShareError, Turnout};
pub use total::{SumError, sum};
