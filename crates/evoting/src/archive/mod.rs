//! The archive of an election, `UUID.bel`: a file that only grows, in which every step refers to the one before it (§4.4).
//!
//! It is a tar file of an old kind with one spelling for each entry and no end mark. The first entry is `BELENIOS`; all others are *data records*
//! (`HASH.data.json`) and *events* (`HASH.event.json`), named by the SHA-256 of their bodies in hexadecimal digits. An event holds the hash of the event
//! before it, its own height (from 0), a type, and the hash of the last data record before it, its payload:
//!
//! | event | data records just before it |
//! |---|---|
//! | `Setup` | election, trustees, public credentials, and the hashes of these three |
//! | `Ballot`, any number | the ballot |
//! | `EndBallots` | |
//! | `EncryptedTally` | the sum; how many ballots and what weight it is of |
//! | `PartialDecryption`, one or more | factors and proofs; whose they are |
//! | `Result` | the counts |
//!
//! So every earlier state of the file is its beginning, and whoever keeps an older copy sees whether anything before its end was changed
//! ([`continues`](crate::verify::continues)).
//!
//! ```
//! use evoting::archive::{Event, Kind};
//!
//! let text = br#"{"height":0,"type":"EndBallots"}"#;
//! let event = Event::parse(text)?;
//! assert_eq!((event.kind, event.text().as_bytes()), (Kind::EndBallots, text.as_slice()));
//! // An election begins otherwise, and an event has one spelling.
//! assert!(!event.kind.may_follow(None));
//! assert!(Event::parse(br#"{"type":"EndBallots","height":0}"#).is_err());
//! # Ok::<(), evoting::Fault>(())
//! ```

mod event;
mod tar;
mod walk;
mod write;

pub use event::{Event, Kind};
pub(crate) use tar::ReadProblem;
pub use tar::{MAX_RECORD_BYTES, ReadSeek, Source};
pub(crate) use walk::{Step, Walker, first_document};
pub use write::{ArchiveStart, StartWriter, entry, event_records};
