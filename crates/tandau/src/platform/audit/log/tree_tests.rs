use super::reference::{entries, grow, root};
use super::*;

/// Entries and roots that implementations of RFC 6962 have published and share as test data.
const SHARED_ENTRIES: [&str; 8] = [
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
];
const SHARED_ROOTS: [&str; 9] = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

fn unhex(text: &str) -> Vec<u8> {
    (0..text.len() / 2)
        .map(|i| u8::from_str_radix(&text[2 * i..2 * i + 2], 16).unwrap())
        .collect()
}

#[test]
fn published_roots() {
    let mut tree = Tree::new();
    let mut written = Vec::new();
    for (size, expected) in SHARED_ROOTS.iter().enumerate() {
        assert_eq!(tree.root().0.to_vec(), unhex(expected), "size {size}");
        assert_eq!(
            root(&written),
            tree.root(),
            "the reference itself, size {size}"
        );
        if let Some(entry) = SHARED_ENTRIES.get(size) {
            tree.append(leaf_hash(&unhex(entry))).unwrap();
            written.push(unhex(entry));
        }
    }
}

#[test]
fn roots_follow_the_definition() {
    let grown = grow(300);
    let all = entries(300);
    for size in 0..=300 {
        assert_eq!(grown.roots[size], root(&all[..size]), "size {size}");
    }
}

#[test]
fn a_resumed_tree_grows_like_the_first_one() {
    let grown = grow(130);
    for size in 0..=129_u64 {
        let edge = Tree::edge_nodes(size).unwrap();
        let hashes = edge.iter().map(|id| grown.nodes[id]).collect();
        let mut tree = Tree::resume(size, hashes).unwrap();
        assert_eq!(tree.root(), grown.roots[size as usize]);
        tree.append(leaf_hash(&reference::entry(size))).unwrap();
        assert_eq!(tree.root(), grown.roots[size as usize + 1]);
    }
}

#[test]
fn appended_nodes_are_the_complete_subtrees() {
    let grown = grow(77);
    let all = entries(77);
    let complete: u64 = (0..7).map(|level| 77 >> level).sum();
    assert_eq!(grown.nodes.len() as u64, complete);
    for (id, hash) in &grown.nodes {
        let from = (id.index << id.level) as usize;
        let until = ((id.index + 1) << id.level) as usize;
        assert_eq!(*hash, root(&all[from..until]), "{id:?}");
    }
}

#[test]
fn a_wrong_edge_is_refused() {
    assert_eq!(
        Tree::resume(6, vec![empty_root()]),
        Err(TreeError::Edge {
            size: 6,
            expected: 2,
            got: 1
        })
    );
    assert_eq!(Tree::resume(MAX_SIZE + 1, Vec::new()), Err(TreeError::Full));
    assert_eq!(Tree::edge_nodes(u64::MAX), Err(TreeError::Full));
}

#[test]
fn the_largest_tree_is_full_and_keeps_its_root() {
    let mut tree = Tree::resume(MAX_SIZE, vec![empty_root(); 63]).unwrap();
    let before = tree.root();
    assert_eq!(tree.append(empty_root()), Err(TreeError::Full));
    assert_eq!((tree.size(), tree.root()), (MAX_SIZE, before));
    // One below, an append completes nothing but its leaf; the edge stays in bounds.
    let mut tree = Tree::resume(MAX_SIZE - 1, vec![empty_root(); 62]).unwrap();
    let nodes = tree.append(empty_root()).unwrap();
    assert_eq!(nodes.len(), 1);
    assert_eq!(nodes[0].id.index, MAX_SIZE - 1);
}

#[test]
fn hash_text_has_one_form() {
    let hash = leaf_hash(b"x");
    assert_eq!(Hash::from_base64(&hash.to_string()), Some(hash));
    assert_eq!(Hash::from_base64(&hash.to_string()[..43]), None);
    // The last character carries two unused bits that must be zero.
    let mut bent = hash.to_string();
    let last = bent.remove(42);
    let next = char::from_u32(u32::from(last) + 1).unwrap();
    bent.insert(42, next);
    assert_ne!(Hash::from_base64(&bent), Some(hash));
    assert_eq!(Hash::from_slice(&[0; 31]), None);
}
