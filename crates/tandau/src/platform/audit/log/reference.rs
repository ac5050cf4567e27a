//! The definitions of RFC 6962 §2.1 written down as they read, recursive and slow: what the
//! tests compare with.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::hash::Hash;
use super::tree::{NodeId, Tree};

/// Entry number `index` of the logs that the tests use.
pub fn entry(index: u64) -> Vec<u8> {
    format!("record {index}").into_bytes()
}

pub fn entries(count: u64) -> Vec<Vec<u8>> {
    (0..count).map(entry).collect()
}

fn split(length: usize) -> usize {
    let mut k = 1;
    while k * 2 < length {
        k *= 2;
    }
    k
}

/// MTH(D[n]).
pub fn root(entries: &[Vec<u8>]) -> Hash {
    let bytes = match entries {
        [] => Vec::new(),
        [one] => [&[0_u8][..], one].concat(),
        more => {
            let (left, right) = more.split_at(split(more.len()));
            [&[1_u8][..], &root(left).0, &root(right).0].concat()
        }
    };
    Hash(Sha256::digest(&bytes).into())
}

/// PATH(m, D[n]).
pub fn path(index: usize, entries: &[Vec<u8>]) -> Vec<Hash> {
    if entries.len() == 1 {
        return Vec::new();
    }
    let k = split(entries.len());
    let (left, right) = entries.split_at(k);
    if index < k {
        let mut path = path(index, left);
        path.push(root(right));
        path
    } else {
        let mut path = path(index - k, right);
        path.push(root(left));
        path
    }
}

/// PROOF(m, D[n]).
pub fn proof(old: usize, entries: &[Vec<u8>]) -> Vec<Hash> {
    subproof(old, entries, true)
}

fn subproof(old: usize, entries: &[Vec<u8>], known: bool) -> Vec<Hash> {
    if old == entries.len() {
        return if known {
            Vec::new()
        } else {
            vec![root(entries)]
        };
    }
    let k = split(entries.len());
    let (left, right) = entries.split_at(k);
    if old <= k {
        let mut proof = subproof(old, left, known);
        proof.push(root(right));
        proof
    } else {
        let mut proof = subproof(old - k, right, false);
        proof.push(root(left));
        proof
    }
}

/// A grown tree with the table of nodes that it asked to store, and its root at every size.
pub struct Grown {
    pub tree: Tree,
    pub nodes: BTreeMap<NodeId, Hash>,
    pub roots: Vec<Hash>,
}

pub fn grow(count: u64) -> Grown {
    let mut grown = Grown {
        tree: Tree::new(),
        nodes: BTreeMap::new(),
        roots: vec![Tree::new().root()],
    };
    for index in 0..count {
        let leaf = super::leaf_hash(&entry(index));
        for node in grown.tree.append(leaf).unwrap() {
            let earlier = grown.nodes.insert(node.id, node.hash);
            assert_eq!(earlier, None, "a node is stored once");
        }
        grown.roots.push(grown.tree.root());
    }
    grown
}
