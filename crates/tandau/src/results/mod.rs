//! Room `results`: sums of accepted protocols up to the country, outcomes, the elected person's registration,
//! and the public site that shows all of it, live, with a way back to every protocol.

pub mod actions;
pub mod export;
pub mod model;
mod pages;
mod papers;
pub mod queries;
pub(crate) mod store;
mod told;

pub use pages::routes;
pub use told::Told;

#[cfg(test)]
pub(crate) mod tests;
