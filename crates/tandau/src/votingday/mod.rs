//! Voting day: opening and closing of stations, turnout by slots, who is late, and the embargo.
//!
//! What a station reports is a new version of its own; the day's state and all sums stand in typed
//! columns that change in the transaction of the report.

pub mod actions;
pub mod model;
mod pages;
pub mod queries;
mod silence;
pub(crate) mod store;
mod told;

pub use pages::routes;
pub use silence::Withholds;
pub use told::Told;

#[cfg(test)]
pub(crate) mod tests;
