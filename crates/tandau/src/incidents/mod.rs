//! Incident desk of voting day: what happened, how grave it is, who acts and by when, what outside bodies were asked,
//! how it ended. The public sees numbers.

pub mod actions;
mod intake;
pub mod model;
mod pages;
pub mod queries;
pub mod statistics;
pub(crate) mod store;
mod told;

pub use intake::FromPhones;
pub use model::{EventKind, Incident, NewIncident, State};
pub use pages::routes;
pub(crate) use pages::waiting;
pub use told::Told;

#[cfg(test)]
pub(crate) mod tests;
