//! Room `candidates`: from nomination to the ballot, and what the law asks for where there are too few.
//!
//! All numbers (signatures, the fewest candidates, days) come from the rule pack. A candidate's row shows the
//! newest state; every change is an event with its decision, and events are never changed.

pub mod actions;
pub mod import;
pub mod model;
pub mod pages;
pub mod queries;
pub(crate) mod store;
mod told;

pub use model::{BallotLine, Candidate, CandidateEvent, CandidateState, Funnel};

pub use told::Told;

#[cfg(test)]
pub(crate) mod tests;
