//! How it is proved that no act was altered, removed, reordered or slipped in. Pure: no I/O, no clock; imports only the record.
//!
//! Each authority has one log, which only grows. An entry is the canonical bytes of a sealed version ([`SealedAct`]); the entries are the
//! leaves of a Merkle tree (RFC 9162 §2.1, the same hashes as RFC 6962); the head of the tree is signed as a checkpoint (C2SP
//! `tlog-checkpoint`, `signed-note`). Whoever kept a checkpoint can check later that a log still begins with what it held then.
//!
//! What leaves the register for checking elsewhere is a [`ProofBundle`] for one act, or an export of the whole log ([`LogCheck`]).
//! Where the database itself is at hand, [`StoredCheck`] compares every row of it with the entries.

mod bundle;
#[cfg(test)]
mod cases;
mod checkpoint;
mod embedded;
mod entry;
mod fault;
mod hash;
mod key;
mod log;
mod note;
mod origin;
mod path;
mod stored;
mod stored_check;
mod tree;
mod trust;

pub use bundle::{BUNDLE_FORMAT, Consistency, ProofBundle};
pub use checkpoint::{Checkpoint, CheckpointError};
pub use embedded::NotCanonical;
pub use entry::{EntryError, SEAL_FORMAT, SealedAct, SealedFile, WholeAct};
pub use fault::{Check, Fault, Report};
pub use hash::{Hash, NotAHash};
pub use key::{NotAKey, VerifierKey};
pub use log::{LOG_FORMAT, LineFault, LogCheck, LogHeader, LogLine, entry_line};
pub use note::NoteError;
pub use origin::{NotAnOrigin, Origin};
pub use path::{PathError, consistency, inclusion, one_by_one};
pub use stored::{Outside, StoredEntry, StoredFault, StoredLog};
pub use stored_check::StoredCheck;
pub use tree::{Edge, Head, Node, WrongEdge};
pub use trust::Trust;
