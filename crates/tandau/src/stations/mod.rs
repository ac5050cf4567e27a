//! Polling stations: an identity that outlives elections, and what is true of a station from a day on.

pub mod actions;
mod follow;
mod import;
pub mod model;
mod pages;
pub mod queries;
pub(crate) mod store;

pub use follow::Follows;
pub use import::{StationRow, import_csv};
pub use model::{NewStation, Station, StationVersion};

pub use pages::routes;

#[cfg(test)]
mod tests;
