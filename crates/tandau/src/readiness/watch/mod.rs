//! Watch: interruptions of supply and warnings. What is entered by hand or comes in an alert (CAP 1.2) is kept as
//! versions and opens the standing set of tasks that the rules name, for the stations in its area.

pub mod actions;
pub mod cap;
pub mod import;
pub mod model;
mod pages;
mod preview;
pub mod queries;
pub(crate) mod store;
pub mod sweep;
mod words;

pub use model::{Event, NewEvent, Phase, Version};
pub use pages::routes;

#[cfg(test)]
pub(crate) mod tests;
