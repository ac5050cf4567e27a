//! Polling stations: an identity that outlives elections, and what is true of a station from a day on.

pub mod actions;
pub mod model;
pub mod queries;
pub(crate) mod store;

pub use model::{NewStation, Station, StationVersion};

#[cfg(test)]
mod tests;
