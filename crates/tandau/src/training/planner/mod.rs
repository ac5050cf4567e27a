//! The schedule that covers every station: halls and trainers, a plan reckoned beside the requests, taken over into sessions.
//!
//! What a plan is and how good it can be says [`electoral::training::plan`]. A plan is a proposal: sessions are made of it by the
//! same acts by which somebody makes them by hand.

pub mod actions;
mod gather;
mod job;
pub mod model;
mod pages;
pub(crate) mod store;

pub use job::{begin, reckon, run};
pub use pages::routes;
pub(crate) use store::{AUDITED, STATEMENTS};

#[cfg(test)]
pub(crate) mod tests;
