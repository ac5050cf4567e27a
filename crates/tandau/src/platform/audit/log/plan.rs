//! What a root or a proof is made of, computed before anything is fetched.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::BuildHasher;

use thiserror::Error;

use super::hash::{Hash, empty_root, fold};
use super::tree::{MAX_SIZE, NodeId, cover};

/// Where hashes of complete nodes are read: a map of fetched rows, a set of tiles.
pub trait NodeSource {
    /// Hash of a complete node, if known.
    fn node(&self, id: NodeId) -> Option<Hash>;
}

impl NodeSource for BTreeMap<NodeId, Hash> {
    fn node(&self, id: NodeId) -> Option<Hash> {
        self.get(&id).copied()
    }
}

impl<S: BuildHasher> NodeSource for HashMap<NodeId, Hash, S> {
    fn node(&self, id: NodeId) -> Option<Hash> {
        self.get(&id).copied()
    }
}

/// Why no plan or no proof can be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum PlanError {
    /// No tree has this size.
    #[error("a log cannot have {0} entries")]
    Size(u64),
    /// The entry is not in the tree.
    #[error("entry {index} is not in a tree of {size} entries")]
    Index {
        /// Entry asked for, from 0.
        index: u64,
        /// Leaves in the tree.
        size: u64,
    },
    /// The older tree is larger than the newer one.
    #[error("a tree of {old} entries cannot come before one of {new}")]
    Order {
        /// Size said to be older.
        old: u64,
        /// Size said to be newer.
        new: u64,
    },
    /// A node that the plan named was not supplied.
    #[error("node {} of level {} is missing", .0.index, .0.level)]
    Missing(NodeId),
}

/// The hashes of a proof, each as the complete nodes that fold into it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    parts: Vec<Vec<NodeId>>,
}

impl Plan {
    /// Plan of the root of the first `size` entries; assembling gives one hash
    /// (see [`Plan::assemble_root`]).
    ///
    /// # Errors
    /// [`PlanError::Size`].
    pub fn root(size: u64) -> Result<Self, PlanError> {
        check_size(size)?;
        Ok(Self {
            parts: vec![cover(0, size)],
        })
    }

    /// Plan of the audit path of entry `index` in the tree of `size` entries (RFC 6962 §2.1.1).
    ///
    /// # Errors
    /// [`PlanError::Size`], [`PlanError::Index`].
    pub fn inclusion(index: u64, size: u64) -> Result<Self, PlanError> {
        check_size(size)?;
        if index >= size {
            return Err(PlanError::Index { index, size });
        }
        let mut parts = Vec::new();
        let (mut start, mut length) = (0, size);
        while length > 1 {
            let left = split(length);
            if index - start < left {
                parts.push(cover(start + left, length - left));
                length = left;
            } else {
                parts.push(cover(start, left));
                start += left;
                length -= left;
            }
        }
        parts.reverse();
        Ok(Self { parts })
    }

    /// Plan of the proof that the tree of `old` entries is the beginning of the tree of `new`
    /// entries (RFC 6962 §2.1.2). Empty when `old` is 0 or equals `new`.
    ///
    /// # Errors
    /// [`PlanError::Size`], [`PlanError::Order`].
    pub fn consistency(old: u64, new: u64) -> Result<Self, PlanError> {
        check_size(new)?;
        if old > new {
            return Err(PlanError::Order { old, new });
        }
        let mut parts = Vec::new();
        if old == 0 || old == new {
            return Ok(Self { parts });
        }
        let (mut start, mut length) = (0, new);
        // The old tree as a whole is known to the verifier; once we step right it no longer is.
        let mut known = true;
        while old - start < length {
            let left = split(length);
            if old - start <= left {
                parts.push(cover(start + left, length - left));
                length = left;
            } else {
                parts.push(cover(start, left));
                start += left;
                length -= left;
                known = false;
            }
        }
        if !known {
            parts.push(cover(start, length));
        }
        parts.reverse();
        Ok(Self { parts })
    }

    /// The nodes to fetch, each once, in the order of their addresses.
    #[must_use]
    pub fn nodes(&self) -> BTreeSet<NodeId> {
        self.parts.iter().flatten().copied().collect()
    }

    /// Combines fetched nodes into the hashes of the proof, in proof order.
    ///
    /// # Errors
    /// [`PlanError::Missing`] names the first node that `source` does not know.
    pub fn assemble(&self, source: &impl NodeSource) -> Result<Vec<Hash>, PlanError> {
        self.parts
            .iter()
            .map(|part| {
                let hashes = part
                    .iter()
                    .map(|&id| source.node(id).ok_or(PlanError::Missing(id)))
                    .collect::<Result<Vec<_>, _>>()?;
                Ok(fold(&hashes).unwrap_or_else(empty_root))
            })
            .collect()
    }

    /// Combines fetched nodes into the one hash of a [`Plan::root`].
    ///
    /// # Errors
    /// [`PlanError::Missing`].
    pub fn assemble_root(&self, source: &impl NodeSource) -> Result<Hash, PlanError> {
        let hashes = self.assemble(source)?;
        Ok(hashes.first().copied().unwrap_or_else(empty_root))
    }
}

fn check_size(size: u64) -> Result<(), PlanError> {
    if size > MAX_SIZE {
        return Err(PlanError::Size(size));
    }
    Ok(())
}

/// Leaves of the left child of a node over `length ≥ 2` leaves: the largest power of two below it.
fn split(length: u64) -> u64 {
    1 << (length - 1).ilog2()
}
