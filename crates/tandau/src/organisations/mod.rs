//! Organisations: parties and public associations that propose members of commissions and nominate candidates; and
//! state bodies that answer for instructions, each in its area, with the accounts of their officers.

pub mod actions;
pub mod import;
pub mod model;
pub(crate) mod pages;
pub mod queries;
pub(crate) mod store;

pub use pages::routes;

pub use model::{Kind, NewOrganisation, NewStateBody, Organisation, StateBody};

#[cfg(test)]
mod tests;
