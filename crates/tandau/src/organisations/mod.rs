//! Organisations: parties and public associations that propose members of commissions and nominate candidates.

pub mod actions;
pub mod model;
pub(crate) mod pages;
pub mod queries;
pub(crate) mod store;

pub use pages::routes;

pub use model::{Kind, NewOrganisation, Organisation};

#[cfg(test)]
mod tests;
