//! The transparency log under the audit records: a Merkle tree whose signed head commits to every
//! record ever written, so that whoever kept an older head can tell whether history was altered.
//!
//! Sources: RFC 6962 §2.1 (tree, proofs), RFC 9162 §2.1.3–2.1.4 (verification), and the C2SP
//! documents tlog-tiles, signed-note, tlog-checkpoint and tlog-cosignature.
//!
//! | module | what it does |
//! |---|---|
//! | [`hash`] | leaf and node hashes |
//! | [`tree`] | appends leaves, holding only the right edge; names each node to store |
//! | [`plan`] | which stored nodes a root or a proof needs, and how they combine |
//! | [`verify`] | checks inclusion and consistency proofs |
//! | [`tiles`], [`bundle`] | the static files that mirrors fetch |
//! | [`keys`], [`note`] | Ed25519 keys and signed notes |
//! | [`checkpoint`] | the signed tree head, and witnesses' cosignatures on it |
//!
//! Nothing here reads a clock, a database or the network, and nothing panics on foreign input.
//! A caller that stores nodes in a table works in three steps: `plan`, fetch `plan.nodes()`,
//! `plan.assemble(&fetched)`.

pub mod bundle;
pub mod checkpoint;
pub mod hash;
pub mod keys;
pub mod note;
pub mod plan;
pub mod tiles;
pub mod tree;
pub mod verify;

pub use bundle::{BundleError, decode_entries, encode_entries};
pub use checkpoint::{Checkpoint, CheckpointError, Opened};
pub use hash::{Hash, empty_root, leaf_hash, node_hash};
pub use keys::{Cosigner, KeyError, LogSigner, VerifierKey};
pub use note::{Note, NoteError, NoteSignature, Verified};
pub use plan::{NodeSource, Plan, PlanError};
pub use tiles::{HashTile, TileError, TileId, TileKind};
pub use tree::{MAX_SIZE, Node, NodeId, Tree, TreeError};
pub use verify::{ProofError, verify_consistency, verify_inclusion};

#[cfg(test)]
mod checkpoint_tests;
#[cfg(test)]
mod note_tests;
#[cfg(test)]
mod proof_tests;
#[cfg(test)]
mod reference;
#[cfg(test)]
mod tiles_tests;
#[cfg(test)]
mod tree_tests;
