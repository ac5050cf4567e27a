//! The public pictures of readiness: country, region, district, station, as of any day; files, papers.
//!
//! Reads what the core of the room has summed; writes nothing. A page of the country adds sums of districts and looks
//! at stations only through the ends of an index: it takes as long with ten thousand stations as with a hundred.

pub mod export;
pub(crate) mod frame;
mod front;
pub mod model;
pub mod pages;
pub(crate) mod papers;
pub mod queries;
pub(crate) mod store;

pub use front::Front;
pub use pages::routes;

#[cfg(test)]
pub(crate) mod tests;
