//! Cascade training: programme → session → trainer → trainee → their own session, until every station is covered.
//!
//! What was planned, who was invited and what a text said are versions. A session that closes writes in one transaction
//! who was there, what they were taught and, where the programme has no test, that they passed.

pub mod actions;
pub mod coverage;
pub mod export;
mod front;
pub mod learning;
pub mod model;
mod pages;
pub mod passes;
pub mod planner;
pub mod presence;
pub mod quality;
pub mod queries;
pub(crate) mod store;

pub use front::Front;
pub use pages::routes;

#[cfg(test)]
pub(crate) mod tests;
