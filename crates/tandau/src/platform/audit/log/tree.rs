//! The growing tree: takes leaves, keeps the right edge, names the nodes to store.

use thiserror::Error;

use super::hash::{Hash, empty_root, fold, node_hash};

/// Most leaves a log may have: what a signed 64-bit column can count.
pub const MAX_SIZE: u64 = (1 << 63) - 1;

/// Address of a complete node: it covers the leaves from `index · 2^level` on, `2^level` of them.
/// A node is complete once all these leaves exist, and never changes afterwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId {
    /// Height above the leaves, 0 to 62.
    pub level: u8,
    /// Position within the level, from the left.
    pub index: u64,
}

/// A complete node with its hash: one row of the node table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Node {
    /// Where.
    pub id: NodeId,
    /// What.
    pub hash: Hash,
}

/// Why a tree cannot be resumed or grow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum TreeError {
    /// The log holds [`MAX_SIZE`] leaves, or a larger size was asked for.
    #[error("the log cannot hold more than {MAX_SIZE} entries")]
    Full,
    /// The number of edge hashes does not belong to the size.
    #[error("a tree of {size} entries has {expected} edge hashes, got {got}")]
    Edge {
        /// Leaves in the tree.
        size: u64,
        /// Edge hashes such a tree has.
        expected: u32,
        /// Edge hashes given.
        got: usize,
    },
}

/// An append-only tree that holds only the roots of its complete subtrees (at most 63 hashes).
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Tree {
    size: u64,
    /// Roots of the complete subtrees from the left: one per set bit of `size`.
    edge: Vec<Hash>,
}

impl Tree {
    /// The tree without leaves.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Nodes to fetch, in order, before [`Tree::resume`].
    ///
    /// # Errors
    /// [`TreeError::Full`] if `size` is beyond [`MAX_SIZE`].
    pub fn edge_nodes(size: u64) -> Result<Vec<NodeId>, TreeError> {
        if size > MAX_SIZE {
            return Err(TreeError::Full);
        }
        Ok(cover(0, size))
    }

    /// Continues a stored tree from the hashes of [`Tree::edge_nodes`]. The caller compares
    /// [`Tree::root`] with the last signed checkpoint before appending.
    ///
    /// # Errors
    /// [`TreeError`] if the hashes cannot belong to `size`.
    pub fn resume(size: u64, edge: Vec<Hash>) -> Result<Self, TreeError> {
        if size > MAX_SIZE {
            return Err(TreeError::Full);
        }
        let expected = size.count_ones();
        if usize::try_from(expected) != Ok(edge.len()) {
            return Err(TreeError::Edge {
                size,
                expected,
                got: edge.len(),
            });
        }
        Ok(Self { size, edge })
    }

    /// Number of leaves.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Root hash over all leaves.
    #[must_use]
    pub fn root(&self) -> Hash {
        fold(&self.edge).unwrap_or_else(empty_root)
    }

    /// Adds a leaf and returns the nodes that became complete by it, the leaf itself first:
    /// exactly the rows to insert. On average two.
    ///
    /// # Errors
    /// [`TreeError::Full`]; the tree is unchanged then.
    pub fn append(&mut self, leaf: Hash) -> Result<Vec<Node>, TreeError> {
        if self.size >= MAX_SIZE {
            return Err(TreeError::Full);
        }
        let mut id = NodeId {
            level: 0,
            index: self.size,
        };
        let mut hash = leaf;
        let mut complete = vec![Node { id, hash }];
        // A right child completes its parent with the subtree that waits on the edge.
        while id.index & 1 == 1 {
            let Some(left) = self.edge.pop() else { break };
            hash = node_hash(&left, &hash);
            id = NodeId {
                level: id.level + 1,
                index: id.index >> 1,
            };
            complete.push(Node { id, hash });
        }
        self.edge.push(hash);
        self.size += 1;
        Ok(complete)
    }
}

/// Complete nodes that cover the `length` leaves from `start` on, from the left, largest first.
/// `start` must be a multiple of the power of two at or above `length`, as in RFC 6962's splits.
pub(super) fn cover(start: u64, length: u64) -> Vec<NodeId> {
    let mut nodes = Vec::new();
    let mut from = start;
    for level in (0..64_u8).rev() {
        let width = 1_u64 << level;
        if length & width != 0 {
            nodes.push(NodeId {
                level,
                index: from >> level,
            });
            from += width;
        }
    }
    nodes
}
