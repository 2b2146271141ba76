//! Proofs over all small trees and random larger ones, against the definitions of RFC 9162 §2.1 written down as they read there.

use proptest::prelude::*;

use super::*;

/// The largest power of two smaller than the number of leaves.
fn split(leaves: &[Hash]) -> usize {
    leaves.len().next_power_of_two() / 2
}

/// MTH (§2.1.1).
fn root(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => Hash::EMPTY,
        [leaf] => *leaf,
        _ => {
            let (left, right) = leaves.split_at(split(leaves));
            Hash::of_children(root(left), root(right))
        }
    }
}

/// PATH (§2.1.3.1).
fn path(index: usize, leaves: &[Hash]) -> Vec<Hash> {
    if leaves.len() == 1 {
        return Vec::new();
    }
    let k = split(leaves);
    let (left, right) = leaves.split_at(k);
    let (mut below, beside) = if index < k { (path(index, left), root(right)) } else { (path(index - k, right), root(left)) };
    below.push(beside);
    below
}

/// SUBPROOF (§2.1.4.1).
fn subproof(older: usize, leaves: &[Hash], known: bool) -> Vec<Hash> {
    if older == leaves.len() {
        return if known { Vec::new() } else { vec![root(leaves)] };
    }
    let k = split(leaves);
    let (left, right) = leaves.split_at(k);
    let (mut below, beside) = if older <= k { (subproof(older, left, known), root(right)) } else { (subproof(older - k, right, false), root(left)) };
    below.push(beside);
    below
}

fn included(stored: &Stored, all: &[Hash], size: u64, index: u64) {
    let (size_at, index_at) = (usize::try_from(size).unwrap(), usize::try_from(index).unwrap());
    let proof = inclusion(size, index, |nodes| stored.read(nodes)).unwrap();
    assert_eq!(proof, path(index_at, &all[..size_at]), "{index} of {size}");
    let head = stored.head(size);
    assert!(head.includes(index, all[index_at], &proof));
    // Neither another leaf, nor another place, nor a proof with a hash more, less or changed.
    assert!(!head.includes(index, leaf(u64::MAX), &proof));
    assert!(size == 1 || !head.includes((index + 1) % size, all[index_at], &proof));
    assert!(!head.includes(size, all[index_at], &proof));
    let mut longer = proof.clone();
    longer.push(leaf(0));
    assert!(!head.includes(index, all[index_at], &longer));
    for at in 0..proof.len() {
        let mut wrong = proof.clone();
        wrong[at] = Hash::of_children(wrong[at], wrong[at]);
        assert!(!head.includes(index, all[index_at], &wrong));
        wrong.remove(at);
        assert!(!head.includes(index, all[index_at], &wrong));
    }
}

fn consistent(stored: &Stored, all: &[Hash], older: u64, size: u64) {
    let (older_at, size_at) = (usize::try_from(older).unwrap(), usize::try_from(size).unwrap());
    let proof = consistency(older, size, |nodes| stored.read(nodes)).unwrap();
    let (before, after) = (stored.head(older), stored.head(size));
    if older > 0 {
        assert_eq!(proof, subproof(older_at, &all[..size_at], true), "{older} to {size}");
    }
    assert!(after.extends(&before, &proof), "{older} to {size}");
    assert!(older == size || !before.extends(&after, &proof));
    let other = Head { root: leaf(u64::MAX), ..before };
    assert!(!after.extends(&other, &proof));
    for at in 0..proof.len() {
        let mut wrong = proof.clone();
        wrong[at] = Hash::of_children(wrong[at], wrong[at]);
        assert!(!after.extends(&before, &wrong));
    }
}

#[test]
fn every_proof_in_every_tree_of_up_to_70_leaves() {
    let all = leaves(70);
    let stored = Stored::of(&all);
    for size in 0..=70 {
        assert_eq!(stored.head(size).root, root(&all[..usize::try_from(size).unwrap()]), "{size}");
        for index in 0..size {
            included(&stored, &all, size, index);
        }
        for older in 0..=size {
            consistent(&stored, &all, older, size);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn larger_trees(size in 71u64..2_000, at in any::<prop::sample::Index>(), before in any::<prop::sample::Index>()) {
        let all = leaves(size);
        let stored = Stored::of(&all);
        prop_assert_eq!(stored.head(size).root, root(&all));
        let count = usize::try_from(size).unwrap();
        included(&stored, &all, size, u64::try_from(at.index(count)).unwrap());
        consistent(&stored, &all, u64::try_from(before.index(count)).unwrap(), size);
    }
}

#[test]
fn nodes_are_few() {
    let mut edge = Edge::default();
    let (mut rows, mut most) = (0, 0);
    for n in 0..4_096 {
        let made = edge.push(leaf(n)).len();
        rows += made;
        most = most.max(made);
    }
    // Two a leaf but one; a proof reads at most two a level.
    assert_eq!((rows, most, edge.hashes().len()), (2 * 4_096 - 1, 13, 1));
    let mut asked = 0;
    let _ = inclusion(4_095, 4_094, |nodes| {
        asked += nodes.len();
        Err::<Vec<Hash>, _>(())
    });
    assert!((1..=24).contains(&asked), "{asked}");
}

#[test]
fn what_cannot_be_proved_is_refused() {
    let stored = Stored::of(&leaves(3));
    let read = |nodes: &[Node]| stored.read(nodes);
    assert_eq!(inclusion(3, 3, read), Err(PathError::Outside { at: 3, size: 3 }));
    assert_eq!(inclusion(0, 0, read), Err(PathError::Outside { at: 0, size: 0 }));
    assert_eq!(consistency(4, 3, read), Err(PathError::Outside { at: 4, size: 3 }));
    assert!(matches!(inclusion(u64::MAX, 1, read), Err(PathError::Outside { .. })));
    assert_eq!(inclusion(3, 0, |_| Err("down")), Err(PathError::Store("down")));
    assert_eq!(inclusion(3, 0, |_| Ok::<_, &str>(Vec::new())), Err(PathError::Missing { size: 3 }));
    let one = one_by_one(|level, index| Ok::<_, Infallible>(stored.nodes[&Node { level, index }]));
    assert_eq!(inclusion(3, 0, one), inclusion(3, 0, read));
    assert_eq!(Edge::from_parts(3, leaves(1)), Err(WrongEdge { size: 3, found: 1 }));
}

#[test]
fn a_hostile_head_or_proof_does_no_harm() {
    for size in [0, 1, 2, u64::MAX - 1, u64::MAX] {
        let head = Head { size, root: leaf(1) };
        for index in [0, 1, size / 2, size.saturating_sub(1), u64::MAX] {
            for length in [0, 1, 63, 64, 65, 10_000] {
                let proof = vec![leaf(2); length];
                assert!(!head.includes(index, leaf(3), &proof));
                assert!(!head.extends(&Head { size: index, root: leaf(4) }, &proof));
            }
        }
    }
}
