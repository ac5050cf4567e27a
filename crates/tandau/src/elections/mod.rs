//! Room `elections`: an election made from a rule pack, its contests with their counting units, its calendar.
//!
//! The state of the whole election follows the calendar and is moved by an act ([`actions::move_to`]). A
//! contest that votes with the others follows it; one whose day was moved ([`ContestState::Postponed`]) has a
//! phase of its own ([`queries::phase`]). Rooms to the right that decide a contest tell this room with
//! [`actions::settle_contest_in`]; the election is determined only when every contest is settled.

pub mod actions;
pub mod calendar;
pub mod model;
pub mod neighbours;
pub mod pages;
pub mod queries;
pub mod state;
pub(crate) mod store;

pub use model::{
    Contest, ContestState, CountingUnit, Election, NewContest, NewElection, StateMove,
};
pub use pages::{NextStep, next_steps};
pub use state::ElectionState;

#[cfg(test)]
pub(crate) mod tests;
