//! The tree: its nodes, its right edge, its head.
//!
//! A node is *complete* when every leaf below it is there; from then on its hash never changes. Only complete nodes are stored, each once,
//! when its last leaf comes in. Those along the right edge are enough to append and to know the root.

use super::Hash;

/// A complete node. Level 0 is a leaf; the node `index` of level `l` stands above the leaves `index * 2^l` to `(index + 1) * 2^l - 1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Node {
    pub level: u32,
    pub index: u64,
}

impl Node {
    const fn above(self) -> Self {
        Self { level: self.level + 1, index: self.index / 2 }
    }
}

/// The head of a tree: how many leaves, and the root over them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    pub size: u64,
    pub root: Hash,
}

/// The right edge of a tree: the roots of its largest complete subtrees, from the left. At most 64 hashes, whatever the size.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edge {
    size: u64,
    hashes: Vec<Hash>,
}

/// An edge that cannot be: a tree of `size` leaves has one hash for each bit set in its size.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{found} hashes are not the edge of a tree of {size}")]
pub struct WrongEdge {
    pub size: u64,
    pub found: usize,
}

impl Edge {
    /// The edge as it was stored.
    ///
    /// # Errors
    /// [`WrongEdge`] if there are too few hashes for the size, or too many.
    pub fn from_parts(size: u64, hashes: Vec<Hash>) -> Result<Self, WrongEdge> {
        if u32::try_from(hashes.len()) == Ok(size.count_ones()) { Ok(Self { size, hashes }) } else { Err(WrongEdge { size, found: hashes.len() }) }
    }

    /// The nodes that make the edge of a tree of `size` leaves, in the order of [`Edge::from_parts`].
    pub fn nodes(size: u64) -> Vec<Node> {
        let mut before = 0u64;
        let levels = (0..u64::BITS).rev().filter(|level| size >> level & 1 == 1);
        levels
            .map(|level| {
                let node = Node { level, index: before >> level };
                before += 1 << level;
                node
            })
            .collect()
    }

    pub const fn size(&self) -> u64 {
        self.size
    }

    pub fn hashes(&self) -> &[Hash] {
        &self.hashes
    }

    /// Appends a leaf. Returns the nodes that are complete now: the leaf itself, then those above it that it was the last to fill;
    /// one more than the leaf on average, `log2(size)` at most.
    pub fn push(&mut self, leaf: Hash) -> Vec<(Node, Hash)> {
        let mut node = Node { level: 0, index: self.size };
        let mut hash = leaf;
        let mut made = vec![(node, hash)];
        while node.index & 1 == 1 {
            let Some(left) = self.hashes.pop() else { break };
            hash = Hash::of_children(left, hash);
            node = node.above();
            made.push((node, hash));
        }
        self.hashes.push(hash);
        self.size += 1;
        made
    }

    /// The root over the leaves so far (RFC 9162 §2.1.1).
    pub fn root(&self) -> Hash {
        self.hashes.iter().rev().copied().reduce(|right, left| Hash::of_children(left, right)).unwrap_or(Hash::EMPTY)
    }

    pub fn head(&self) -> Head {
        Head { size: self.size, root: self.root() }
    }
}
