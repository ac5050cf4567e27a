use std::collections::BTreeMap;

use proptest::prelude::*;
use sha2::Sha256;

use super::reference::{Grown, entries, entry, grow, path, proof};
use super::*;

fn inclusion(grown: &Grown, index: u64, size: u64) -> Vec<Hash> {
    let plan = Plan::inclusion(index, size).unwrap();
    let fetched: BTreeMap<NodeId, Hash> = plan
        .nodes()
        .into_iter()
        .map(|id| (id, grown.nodes[&id]))
        .collect();
    plan.assemble(&fetched).unwrap()
}

fn consistency(grown: &Grown, old: u64, new: u64) -> Vec<Hash> {
    let plan = Plan::consistency(old, new).unwrap();
    plan.assemble(&grown.nodes).unwrap()
}

/// Every way to damage a proof a little.
fn mutations(proof: &[Hash]) -> Vec<Vec<Hash>> {
    let mut all = Vec::new();
    for at in 0..proof.len() {
        let mut flipped = proof.to_vec();
        flipped[at].0[at % 32] ^= 1 << (at % 8);
        all.push(flipped);
        let mut missing = proof.to_vec();
        missing.remove(at);
        all.push(missing);
        let mut doubled = proof.to_vec();
        doubled.insert(at, proof[at]);
        all.push(doubled);
        if at > 0 && proof[at] != proof[at - 1] {
            let mut swapped = proof.to_vec();
            swapped.swap(at, at - 1);
            all.push(swapped);
        }
    }
    for extra in [empty_root(), Hash([0; 32])] {
        all.push([proof, &[extra]].concat());
        all.push([&[extra], proof].concat());
    }
    all
}

#[test]
fn every_inclusion_proof_up_to_300_verifies() {
    let grown = grow(300);
    for size in 1..=300_u64 {
        let root = grown.roots[size as usize];
        for index in 0..size {
            let leaf = leaf_hash(&entry(index));
            let proof = inclusion(&grown, index, size);
            assert_eq!(verify_inclusion(&leaf, index, size, &proof, &root), Ok(()));
            // The same hashes prove no neighbouring place, leaf or root.
            let next = (index + 1) % size;
            if next != index {
                assert!(verify_inclusion(&leaf, next, size, &proof, &root).is_err());
                let other = leaf_hash(&entry(next));
                assert!(verify_inclusion(&other, index, size, &proof, &root).is_err());
            }
            let other = grown.roots[size as usize - 1];
            assert!(verify_inclusion(&leaf, index, size, &proof, &other).is_err());
        }
    }
}

#[test]
fn every_consistency_proof_up_to_300_verifies() {
    let grown = grow(300);
    for new in 0..=300_u64 {
        let new_root = grown.roots[new as usize];
        for old in 0..=new {
            let old_root = grown.roots[old as usize];
            let proof = consistency(&grown, old, new);
            let check = |old, old_root, new, new_root| {
                verify_consistency(old, old_root, new, new_root, &proof)
            };
            assert_eq!(check(old, &old_root, new, &new_root), Ok(()));
            let bad = Hash([7; 32]);
            assert!(check(old, &bad, new, &new_root).is_err());
            if old > 0 {
                // From nothing, any root is a continuation.
                assert!(check(old, &old_root, new, &bad).is_err());
                assert!(check(old - 1, &old_root, new, &new_root).is_err());
            }
            if old < new {
                assert!(check(old + 1, &old_root, new, &new_root).is_err());
            }
        }
    }
}

#[test]
fn damaged_proofs_fail() {
    let grown = grow(70);
    for size in 1..=70_u64 {
        let root = grown.roots[size as usize];
        for index in 0..size {
            let leaf = leaf_hash(&entry(index));
            for bad in mutations(&inclusion(&grown, index, size)) {
                assert!(verify_inclusion(&leaf, index, size, &bad, &root).is_err());
            }
        }
        for old in 1..=size {
            let old_root = grown.roots[old as usize];
            for bad in mutations(&consistency(&grown, old, size)) {
                assert!(verify_consistency(old, &old_root, size, &root, &bad).is_err());
            }
        }
    }
}

#[test]
fn proofs_are_those_of_the_definition() {
    let grown = grow(90);
    let all = entries(90);
    for size in 1..=90_usize {
        for index in 0..size {
            let ours = inclusion(&grown, index as u64, size as u64);
            assert_eq!(ours, path(index, &all[..size]), "{index} of {size}");
        }
        for old in 1..=size {
            let ours = consistency(&grown, old as u64, size as u64);
            assert_eq!(ours, proof(old, &all[..size]), "{old} to {size}");
        }
    }
}

#[test]
fn a_foreign_tree_gives_the_same_proofs() {
    let grown = grow(200);
    let mut foreign = ct_merkle::mem_backed_tree::MemoryBackedTree::<Sha256, Vec<u8>>::new();
    let joined = |proof: Vec<Hash>| proof.concat_bytes();
    for size in 1..=200_u64 {
        foreign.push(entry(size - 1));
        let root = grown.roots[size as usize];
        assert_eq!(foreign.root().as_bytes().as_slice(), root.0);
        for index in (0..size).step_by(3) {
            let theirs = foreign.prove_inclusion(index as usize);
            let ours = inclusion(&grown, index, size);
            assert_eq!(theirs.as_bytes(), joined(ours));
        }
        for old in (1..size).step_by(3) {
            let theirs = foreign.prove_consistency((size - old) as usize);
            assert_eq!(theirs.as_bytes(), joined(consistency(&grown, old, size)));
        }
    }
}

#[test]
fn roots_by_plan() {
    let grown = grow(100);
    for size in 0..=100_u64 {
        let plan = Plan::root(size).unwrap();
        assert_eq!(
            plan.assemble_root(&grown.nodes),
            Ok(grown.roots[size as usize])
        );
    }
}

#[test]
fn impossible_questions_are_refused() {
    assert_eq!(
        Plan::inclusion(3, 3),
        Err(PlanError::Index { index: 3, size: 3 })
    );
    assert_eq!(
        Plan::inclusion(0, 0),
        Err(PlanError::Index { index: 0, size: 0 })
    );
    assert_eq!(
        Plan::consistency(4, 3),
        Err(PlanError::Order { old: 4, new: 3 })
    );
    assert_eq!(Plan::root(u64::MAX), Err(PlanError::Size(u64::MAX)));
    let leaf = leaf_hash(b"");
    assert_eq!(
        verify_inclusion(&leaf, 0, 0, &[], &leaf),
        Err(ProofError::Range)
    );
    assert_eq!(
        verify_inclusion(&leaf, 0, u64::MAX, &[], &leaf),
        Err(ProofError::Range)
    );
    assert_eq!(
        verify_consistency(2, &leaf, 1, &leaf, &[]),
        Err(ProofError::Range)
    );
    let empty = BTreeMap::new();
    let first = NodeId { level: 0, index: 0 };
    assert_eq!(
        Plan::inclusion(1, 2).unwrap().assemble(&empty),
        Err(PlanError::Missing(first))
    );
    // An empty log has one root only.
    assert!(verify_consistency(0, &leaf, 0, &leaf, &[]).is_err());
    assert!(verify_consistency(0, &empty_root(), 0, &leaf, &[]).is_err());
}

trait ConcatBytes {
    fn concat_bytes(&self) -> Vec<u8>;
}

impl ConcatBytes for Vec<Hash> {
    fn concat_bytes(&self) -> Vec<u8> {
        self.iter().flat_map(|hash| hash.0).collect()
    }
}

proptest! {
    #[test]
    fn proofs_of_giant_trees_stay_short(size in 1..=MAX_SIZE, at in any::<u64>()) {
        let index = at % size;
        let plan = Plan::inclusion(index, size).unwrap();
        prop_assert!(plan.nodes().len() <= 2 * 63);
        let plan = Plan::consistency(index, size).unwrap();
        prop_assert!(plan.nodes().len() <= 2 * 64);
        for node in plan.nodes() {
            prop_assert!(node.index < size >> node.level, "complete in the tree");
        }
    }

    #[test]
    fn foreign_proofs_never_panic(
        size in any::<u64>(),
        other in any::<u64>(),
        hashes in proptest::collection::vec(any::<[u8; 32]>(), 0..130),
    ) {
        let proof: Vec<Hash> = hashes.into_iter().map(Hash).collect();
        let (a, b) = (Hash([1; 32]), Hash([2; 32]));
        prop_assert!(verify_inclusion(&a, other, size, &proof, &b).is_err());
        prop_assert!(verify_consistency(other, &a, size, &b, &proof).is_err());
    }
}
