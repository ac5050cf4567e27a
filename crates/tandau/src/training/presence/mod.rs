//! Who was there: codes that change on the trainer's screen, lists on paper, the two reconciled person by person.
//!
//! A code is a function of the session and the moment; nobody keeps it. Marks and sheets come through the inbox, so that a
//! phone without a network sends them later. What a mark is worth and where paper and records disagree is
//! `electoral::training::attendance`.

pub mod actions;
mod code;
mod intake;
mod limits;
pub mod model;
mod pages;
pub mod queries;
pub(crate) mod store;

pub use intake::{Marks, Sheets};
pub use limits::Tries;
pub use pages::routes;

#[cfg(test)]
pub(crate) mod tests;
