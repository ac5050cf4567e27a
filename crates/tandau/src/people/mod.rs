//! People: whoever sits in a commission, stands as a candidate or holds an account. Only what the
//! public papers name: names in three languages, sex, year of birth; a full date where the law asks for it.

pub mod actions;
pub mod model;
pub mod queries;
pub(crate) mod store;

pub use model::{NewPerson, Person, Sex};

#[cfg(test)]
mod tests;
