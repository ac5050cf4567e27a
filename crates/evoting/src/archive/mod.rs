//! The archive of an election, `UUID.bel`: a file that only grows, in which every step refers to the one before it (§4.4).

mod event;
mod tar;
mod walk;
mod write;

pub use event::{Event, Kind};
pub(crate) use tar::ReadProblem;
pub use tar::{MAX_RECORD_BYTES, ReadSeek, Source};
pub(crate) use walk::{Step, Walker, first_document};
pub use write::{ArchiveStart, StartWriter, entry, event_records};
