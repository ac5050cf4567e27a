//! Pictures against the tables they are drawn from.

mod chain;
mod days;
mod figures;
pub(crate) mod fill;
mod pages;
mod papers;
mod speed;
