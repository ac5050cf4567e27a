//! The log of acts: what was done, by which office, to which object, and a salted hash of what the
//! object then was. A Merkle tree over the records lets anyone see that none was changed or lost.
//!
//! An action writes its rows and its record in one transaction, without a position. The sequencer
//! numbers records, extends the tree and signs a checkpoint (docs/adr/0002).

pub mod log;
mod name;
mod pages;
mod published;
mod record;
mod sequencer;
pub(crate) mod store;
mod verify;

#[cfg(test)]
mod tests;

pub use name::open_key;
pub use pages::routes;
pub use published::{Exported, checkpoint, export, tile};
pub use record::{Audited, Event, record, record_without_office};
pub use sequencer::{Sequencer, SignerKey};
pub use verify::{Report, verify};
