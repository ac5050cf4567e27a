//! Verification of proofs (RFC 9162 §2.1.3.2 and §2.1.4.2), from sizes and hashes alone.

use thiserror::Error;

use super::hash::{Hash, empty_root, node_hash};
use super::tree::MAX_SIZE;

/// Why a proof proves nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ProofError {
    /// The entry lies outside the tree, the older tree is larger, or a size is impossible.
    #[error("the proof is about places that do not exist in the tree")]
    Range,
    /// The proof has too few or too many hashes for these sizes.
    #[error("the proof does not have the number of hashes that these sizes need")]
    Length,
    /// The hashes lead to another root than the one given.
    #[error("the proof leads to another root")]
    Root,
}

/// Checks that the leaf with hash `leaf` is entry `index` of the tree with `size` entries and
/// this `root`.
///
/// # Errors
/// [`ProofError`] if it is not proven.
pub fn verify_inclusion(
    leaf: &Hash,
    index: u64,
    size: u64,
    proof: &[Hash],
    root: &Hash,
) -> Result<(), ProofError> {
    if index >= size || size > MAX_SIZE {
        return Err(ProofError::Range);
    }
    let mut place = index;
    let mut last = size - 1;
    let mut hash = *leaf;
    for other in proof {
        if last == 0 {
            return Err(ProofError::Length);
        }
        if place & 1 == 1 || place == last {
            hash = node_hash(other, &hash);
            skip_single_children(&mut place, &mut last);
        } else {
            hash = node_hash(&hash, other);
        }
        place >>= 1;
        last >>= 1;
    }
    if last != 0 {
        return Err(ProofError::Length);
    }
    if hash == *root {
        Ok(())
    } else {
        Err(ProofError::Root)
    }
}

/// Checks that the tree of `old_size` entries is the beginning of the tree of `new_size` entries.
/// The empty tree is the beginning of every tree.
///
/// # Errors
/// [`ProofError`] if it is not proven.
pub fn verify_consistency(
    old_size: u64,
    old_root: &Hash,
    new_size: u64,
    new_root: &Hash,
    proof: &[Hash],
) -> Result<(), ProofError> {
    if old_size > new_size || new_size > MAX_SIZE {
        return Err(ProofError::Range);
    }
    if old_size == 0 || old_size == new_size {
        if !proof.is_empty() {
            return Err(ProofError::Length);
        }
        let expected = if old_size == new_size {
            *new_root
        } else {
            empty_root()
        };
        let empty_is_empty = new_size != 0 || *new_root == empty_root();
        return if *old_root == expected && empty_is_empty {
            Ok(())
        } else {
            Err(ProofError::Root)
        };
    }
    // An old tree that is one complete subtree starts from its own root, which the proof omits.
    let mut hashes = proof.iter();
    let start = if old_size.is_power_of_two() {
        old_root
    } else {
        hashes.next().ok_or(ProofError::Length)?
    };
    let mut place = old_size - 1;
    let mut last = new_size - 1;
    while place & 1 == 1 {
        place >>= 1;
        last >>= 1;
    }
    let (mut old, mut new) = (*start, *start);
    for other in hashes {
        if last == 0 {
            return Err(ProofError::Length);
        }
        if place & 1 == 1 || place == last {
            old = node_hash(other, &old);
            new = node_hash(other, &new);
            skip_single_children(&mut place, &mut last);
        } else {
            new = node_hash(&new, other);
        }
        place >>= 1;
        last >>= 1;
    }
    if last != 0 {
        return Err(ProofError::Length);
    }
    if old == *old_root && new == *new_root {
        Ok(())
    } else {
        Err(ProofError::Root)
    }
}

/// On the right edge a subtree can be its parent's only content over several levels: climb them.
fn skip_single_children(place: &mut u64, last: &mut u64) {
    while *place & 1 == 0 && *place != 0 {
        *place >>= 1;
        *last >>= 1;
    }
}
