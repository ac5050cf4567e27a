//! Sizes of commissions, quorum, and whether a decision passed.
//!
//! Two traps of the law are kept here: the majority is one of *all* members, not of those present (art. 20(5)), and a
//! commission's number of members is odd (art. 17(1)).

mod decision;
mod size;
#[cfg(test)]
mod tests;

pub use decision::{DecisionError, Verdict, Votes, decide, majority, quorum};
pub use size::{SizeError, SizeLimits, check_size, size_limits};
