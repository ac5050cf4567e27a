//! The words of readiness. Pure.

/// Where the tasks of unmet items come from ([`crate::tasks::NewTask::origin`]); the key is
/// `{election}/{station}/{item}`.
pub const ORIGIN: &str = "readiness";
/// The kind of envelope that brings answers ([`crate::platform::inbox::Intake::kind`]).
///
/// Fields: `election`, `station`, `checklist`, `checklist_version`; for each item `answer.{item}` (blank: nothing
/// said), `note.{item}`, `base.{item}` (sequence of the answer that its author saw, 0 for none); photos under
/// `photo.{item}`.
pub const REPORT: &str = "readiness.report";
