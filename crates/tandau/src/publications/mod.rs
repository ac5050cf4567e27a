//! Publications: notes for the press whose every figure is asked of the records, and what commissions must tell everybody.
//!
//! A note holds places instead of figures. They are asked when it is published, kept with what they were asked of, and
//! asked again by the clock: a published text is never rewritten, what changed is shown beside it.

pub mod actions;
pub mod export;
pub mod figures;
mod front;
pub mod model;
mod pages;
pub mod queries;
pub mod shown;
pub(crate) mod store;
pub mod subjects;
pub mod sweep;
pub mod visits;

pub use front::Front;
pub(crate) use pages::notices_waiting;
pub use pages::{note_about, routes};

#[cfg(test)]
pub(crate) mod tests;
