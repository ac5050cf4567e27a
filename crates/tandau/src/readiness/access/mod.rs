//! Accessibility: what stations offer, how many voters need what, what would meet most of what is missing, and what of
//! all this is published.
//!
//! Counts are of voters, never of persons: no names, each voter once. A station's own counts are seen only by the
//! commissions that look after it; the public reads releases, in which small numbers are hidden
//! (`electoral::suppression`).

pub mod actions;
mod import;
pub mod model;
mod pages;
pub mod queries;
mod release;
pub(crate) mod store;

pub use import::{NeedRow, import_csv};
pub use pages::routes;

#[cfg(test)]
mod tests;
