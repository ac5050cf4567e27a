//! Tasks: everything that somebody must mend or do by a moment. An unmet item of a checklist, a supply
//! interruption, an incident handed to an outside body, an instruction: one mechanism for all of them.
//!
//! Rooms to the right open a task inside their own act ([`actions::open_in`]) and hear of its verification
//! through [`owners::Owner`].

pub mod actions;
pub mod model;
pub mod owners;
pub mod queries;
pub mod remark;
pub(crate) mod store;

pub use model::{Addressee, EventKind, NewTask, Task, TaskState};
