//! Proofs: that an entry is in a tree, and that a tree begins with an older one. Made from stored nodes, checked against a head.

use std::cell::RefCell;

use tlog_tiles::{HashReader, check_record, check_tree, prove_record, prove_tree, split_stored_hash_index};

use super::{Hash, Head, Node};

/// More leaves than any log will have; beyond it the arithmetic of positions would overflow.
const MOST: u64 = 1 << 48;

/// More hashes than any proof needs: two for each level of the largest tree. A longer one is not looked at.
const LONGEST: usize = 128;

/// Why a proof cannot be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PathError<E> {
    #[error("there is nothing to prove about {at} in a log of {size}")]
    Outside { at: u64, size: u64 },
    #[error("the nodes of the log cannot be read: {0}")]
    Store(E),
    #[error("the store does not hold every node of a log of {size}")]
    Missing { size: u64 },
}

/// Proves that the leaf `index` is in the tree of the first `size` leaves (RFC 9162 §2.1.3.1). `read` is asked once, for at most
/// `2 * log2(size)` complete nodes below that size, and answers in the same order.
///
/// # Errors
/// [`PathError::Outside`] unless `index < size`; what `read` said.
pub fn inclusion<E>(size: u64, index: u64, read: impl FnMut(&[Node]) -> Result<Vec<Hash>, E>) -> Result<Vec<Hash>, PathError<E>> {
    if index >= size || size > MOST {
        return Err(PathError::Outside { at: index, size });
    }
    Reader::over(read).answer(size, |reader| prove_record(size, index, reader))
}

/// Proves that the tree of the first `size` leaves begins with that of the first `older` (RFC 9162 §2.1.4.1). `read` as in [`inclusion`].
/// Nothing is needed to prove that a tree begins with the empty one, or with itself.
///
/// # Errors
/// [`PathError::Outside`] if `older > size`; what `read` said.
pub fn consistency<E>(older: u64, size: u64, read: impl FnMut(&[Node]) -> Result<Vec<Hash>, E>) -> Result<Vec<Hash>, PathError<E>> {
    if older > size || size > MOST {
        return Err(PathError::Outside { at: older, size });
    }
    if older == 0 {
        return Ok(Vec::new());
    }
    Reader::over(read).answer(size, |reader| prove_tree(size, older, reader))
}

/// A `read` from a function that answers for one node, `(level, index)`, at a time.
pub fn one_by_one<E>(mut read: impl FnMut(u32, u64) -> Result<Hash, E>) -> impl FnMut(&[Node]) -> Result<Vec<Hash>, E> {
    move |nodes| nodes.iter().map(|node| read(node.level, node.index)).collect()
}

impl Head {
    /// Whether the path proves that the leaf `index` of this tree is `leaf` (RFC 9162 §2.1.3.2).
    pub fn includes(&self, index: u64, leaf: Hash, path: &[Hash]) -> bool {
        path.len() <= LONGEST && check_record(&foreign(path), self.size, self.root.into(), index, leaf.into()).is_ok()
    }

    /// Whether the path proves that this tree begins with the older one (RFC 9162 §2.1.4.2).
    pub fn extends(&self, older: &Self, path: &[Hash]) -> bool {
        if older.size == 0 {
            return path.is_empty() && older.root == Hash::EMPTY && (self.size > 0 || self.root == Hash::EMPTY);
        }
        path.len() <= LONGEST && check_tree(&foreign(path), self.size, self.root.into(), older.size, older.root.into()).is_ok()
    }
}

fn foreign(path: &[Hash]) -> Vec<tlog_tiles::Hash> {
    path.iter().copied().map(Into::into).collect()
}

/// Lets `tlog_tiles` read through a closure, and keeps the closure's own error, which its error type has no place for.
struct Reader<F, E> {
    read: RefCell<F>,
    failed: RefCell<Option<E>>,
}

impl<E, F: FnMut(&[Node]) -> Result<Vec<Hash>, E>> Reader<F, E> {
    const fn over(read: F) -> Self {
        Self { read: RefCell::new(read), failed: RefCell::new(None) }
    }

    fn answer(self, size: u64, prove: impl FnOnce(&Self) -> Result<Vec<tlog_tiles::Hash>, tlog_tiles::Error>) -> Result<Vec<Hash>, PathError<E>> {
        match prove(&self) {
            Ok(path) => Ok(path.into_iter().map(Into::into).collect()),
            Err(_) => Err(self.failed.into_inner().map_or(PathError::Missing { size }, PathError::Store)),
        }
    }
}

impl<E, F: FnMut(&[Node]) -> Result<Vec<Hash>, E>> HashReader for Reader<F, E> {
    fn read_hashes(&self, positions: &[u64]) -> Result<Vec<tlog_tiles::Hash>, tlog_tiles::Error> {
        let nodes: Vec<Node> = positions
            .iter()
            .map(|position| {
                let (level, index) = split_stored_hash_index(*position);
                Node { level: level.into(), index }
            })
            .collect();
        match (self.read.borrow_mut())(&nodes) {
            Ok(hashes) if hashes.len() == nodes.len() => Ok(foreign(&hashes)),
            Ok(_) => Err(tlog_tiles::Error::IndexesNotInTree),
            Err(error) => {
                self.failed.replace(Some(error));
                Err(tlog_tiles::Error::IndexesNotInTree)
            }
        }
    }
}
