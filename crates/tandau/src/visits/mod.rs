//! Visits: planned, travelled, put on record; what was asked for at them and what came of it.

pub mod actions;
pub mod export;
mod front;
pub mod model;
mod pages;
pub(crate) mod papers;
pub mod queries;
pub(crate) mod store;
mod told;

pub use front::Front;
pub use model::{Event, Proposal, Record, Visit};
pub use pages::routes;
pub(crate) use pages::{Given, event_state, given};
pub use told::Told;

#[cfg(test)]
pub(crate) mod tests;
