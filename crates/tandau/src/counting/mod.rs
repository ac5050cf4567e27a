//! Counting: precinct protocols from the first figure to acceptance, and the sums that follow.
//!
//! A protocol's figures are frozen when it is sent; a correction is a new version. A higher commission
//! never alters a figure: it accepts, returns, or accepts with an act. Sums of a contest change in the
//! accepting transaction and can be counted again from the versions at any time.

pub mod actions;
pub mod arithmetic;
pub mod import;
pub mod model;
mod pages;
pub mod queries;
pub mod sheet;
pub(crate) mod store;
mod told;

pub use pages::routes;
pub use told::Told;

#[cfg(test)]
pub(crate) mod tests;
