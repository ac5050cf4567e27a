//! Whether training works: feedback, visits of inspectors, what answers say about questions, depths of the cascade and trainers,
//! what is left after some days; each finding becomes a task or a change of material.

pub mod actions;
pub mod model;
mod pages;
pub mod queries;
pub(crate) mod store;
mod told;

pub use pages::routes;
pub(crate) use store::{AUDITED, STATEMENTS};
pub use told::Told;

/// The origin of tasks that follow from findings.
pub const ORIGIN: &str = "training";

#[cfg(test)]
pub(crate) mod tests;
