//! Tasks: everything that somebody must mend or do by a moment. An unmet item of a checklist, a supply
//! interruption, an incident handed to an outside body, an instruction: one mechanism for all of them.
//!
//! Rooms to the right open a task inside their own act ([`actions::open_in`]) and hear of its verification
//! through [`owners::Owner`]. What is nobody's own affair is given by hand ([`actions::give`]); what the clock does
//! stands in [`sweep`]; who may do what to a task, in [`powers`].

pub mod actions;
pub mod model;
pub mod owners;
mod pages;
pub mod powers;
pub mod queries;
pub mod remark;
pub(crate) mod store;
pub mod sweep;

pub use model::{Addressee, EventKind, NewTask, Task, TaskState};
pub use pages::routes;
pub(crate) use pages::{DeskLine, addressee, addressee_kinds, instant, of_office, station, words};

#[cfg(test)]
pub(crate) mod tests;
