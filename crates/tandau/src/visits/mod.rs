//! Visits: planned, travelled, put on record; what was asked for at them and what came of it.

pub mod actions;
pub mod model;
mod pages;
mod papers;
pub mod queries;
pub(crate) mod store;

pub use model::{Event, Proposal, Record, Visit};
pub use pages::routes;

#[cfg(test)]
pub(crate) mod tests;
