//! Hashes of leaves and inner nodes (RFC 6962 §2.1).

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// Length of a hash, bytes.
pub const HASH_BYTES: usize = 32;

/// A SHA-256 hash in the tree. Shown as standard base64, the way checkpoints print it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Hash(pub [u8; HASH_BYTES]);

impl Hash {
    /// Reads exactly 32 bytes, as a database column or a tile holds them.
    #[must_use]
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// Reads the standard base64 form with padding; `None` unless it is the one canonical form.
    #[must_use]
    pub fn from_base64(text: &str) -> Option<Self> {
        // 32 bytes are always 44 characters: refuse before decoding anything longer.
        if text.len() != 44 {
            return None;
        }
        Self::from_slice(&STANDARD.decode(text).ok()?)
    }

    /// The bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; HASH_BYTES] {
        &self.0
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&STANDARD.encode(self.0))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Hash({self})")
    }
}

/// Hash of a log entry: SHA-256 over a zero byte and the entry. The first byte keeps leaves and
/// nodes apart, so that no entry can pose as an inner node.
#[must_use]
pub fn leaf_hash(entry: &[u8]) -> Hash {
    let mut sha = Sha256::new();
    sha.update([0x00]);
    sha.update(entry);
    Hash(sha.finalize().into())
}

/// Hash of an inner node: SHA-256 over a one byte and both children.
#[must_use]
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    let mut sha = Sha256::new();
    sha.update([0x01]);
    sha.update(left.0);
    sha.update(right.0);
    Hash(sha.finalize().into())
}

/// Root of the tree without leaves: SHA-256 of nothing.
#[must_use]
pub fn empty_root() -> Hash {
    Hash(Sha256::digest([]).into())
}

/// Root over neighbouring subtrees ordered from the largest (left) to the smallest (right).
/// `None` for an empty list.
pub(super) fn fold(subtrees: &[Hash]) -> Option<Hash> {
    subtrees
        .iter()
        .rev()
        .copied()
        .reduce(|right, left| node_hash(&left, &right))
}
