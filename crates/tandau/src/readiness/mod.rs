//! Readiness of polling stations: checklist → answers → unmet items → tasks → signed → public page.
//!
//! A station answers the version of the checklist that it saw; every answer is kept. Where the items of a station
//! stand, and the counts of stations and districts by day, change in the transaction of the answer.

pub mod access;
pub mod actions;
pub mod board;
pub mod checklists;
mod held;
mod intake;
pub mod lists;
pub mod model;
mod pages;
pub mod queries;
mod signing;
pub mod silence;
pub(crate) mod store;
mod told;
pub mod watch;
mod words;
pub mod xlsform;

pub use intake::Intake;
pub use pages::routes;
pub use told::Told;

#[cfg(test)]
pub(crate) mod tests;
