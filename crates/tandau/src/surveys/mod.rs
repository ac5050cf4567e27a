//! Surveys: a room is asked, its answers are counted and not kept, and the figures say how far they hold.

pub mod actions;
pub mod export;
mod front;
pub mod hall;
pub mod model;
mod pages;
pub mod queries;
mod shown;
pub(crate) mod store;
mod suppress;

pub use front::Front;
pub use model::{Opt, Question, QuestionKind, State, Submission, Survey};
pub use pages::routes;
pub use store::Asked;

#[cfg(test)]
pub(crate) mod tests;
