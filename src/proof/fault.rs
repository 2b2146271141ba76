//! What a check looked at, and what it found wrong.

use super::{CheckpointError, Head, LineFault, NotAKey, NotCanonical, StoredFault};

/// Something that was looked at and is right.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Check {
    #[error("the checkpoint is signed by the key that you trust")]
    TrustedSignature,
    #[error("the checkpoint is signed by the key that the file itself names")]
    SelfAssertedSignature,
    #[error("entry {0} is in the log, as it was sealed")]
    Included(u64),
    #[error("all {0} entries are there, unaltered and in order")]
    Whole(u64),
    #[error("the log begins with what it held at your older checkpoint ({0} entries)")]
    Extends(u64),
    #[error("the documents, nodes and checkpoints that are stored are those of the {0} entries, and every checkpoint is signed")]
    Stored(u64),
}

/// Something wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    #[error("the file is not a proof or a log export of this register: {0}")]
    Unreadable(String),
    #[error("the verifier key cannot be read: {0}")]
    Key(#[from] NotAKey),
    #[error("the file names the key {stated}, and you trust {trusted}")]
    OtherKey { stated: String, trusted: String },
    #[error("the checkpoint does not stand: {0}")]
    Checkpoint(CheckpointError),
    #[error("the older checkpoint does not stand: {0}")]
    OlderCheckpoint(CheckpointError),
    #[error("the file names {stated}, and the checkpoint is of the log {signed}")]
    OtherLog { stated: String, signed: String },
    #[error("entry {index} belongs to the authority {found}, not to that of the log")]
    OtherAuthority { index: u64, found: String },
    #[error("line {line}: {fault}")]
    Line { line: u64, fault: LineFault },
    #[error("entry {index} is altered: its bytes do not make the hash that stands beside it")]
    Altered { index: u64 },
    #[error("line {line}: entries {from} to {to} are missing")]
    Missing { line: u64, from: u64, to: u64 },
    #[error("line {line}: entry {index} is repeated or out of its place, entry {expected} was due")]
    Misplaced { line: u64, index: u64, expected: u64 },
    #[error("the log ends early: entries {from} to {to} of the checkpoint are missing")]
    EndMissing { from: u64, to: u64 },
    #[error("the log has entries that the checkpoint does not cover, from entry {from}")]
    Extra { from: u64 },
    #[error("the entries are not those that the checkpoint was signed for: at least one was altered, moved or replaced, together with its hash")]
    Root,
    #[error("{0}")]
    NotCanonical(#[from] NotCanonical),
    #[error("entry {index} is not the act that the log holds there, or the proof is not its proof")]
    NotIncluded { index: u64 },
    #[error("the log was cut: it has {size} entries, and had {older} at your older checkpoint")]
    Truncated { older: u64, size: u64 },
    #[error("the history was rewritten: the first {older} entries are not those of your older checkpoint")]
    Rewritten { older: u64 },
    #[error("the proof is of a log of {size} entries, and your checkpoint is of {older}: ask for a newer proof, or the log was cut")]
    Behind { older: u64, size: u64 },
    #[error("the proof does not say how its log of {size} entries follows from your older checkpoint of {older}; ask for it with that size")]
    Unlinked { older: u64, size: u64 },
    #[error("the proof does not show that its log of {size} entries begins with the {older} of your older checkpoint")]
    NotExtended { older: u64, size: u64 },
    #[error("{0}")]
    Stored(#[from] StoredFault),
}

/// How many faults are told; the others are counted. A file that is not what it seems has one on every line.
const TOLD: usize = 20;

/// The outcome of a check.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The log, as the checkpoint names it.
    pub origin: Option<String>,
    pub head: Option<Head>,
    /// The key that the signature was checked with.
    pub key: Option<String>,
    /// Whether that key is the one that the reader trusts; otherwise it is only what the file says of itself.
    pub trusted: bool,
    pub checks: Vec<Check>,
    pub faults: Vec<Fault>,
    /// Faults beyond those that are told.
    pub untold: u64,
}

impl Report {
    pub fn passed(&self) -> bool {
        self.faults.is_empty()
    }

    pub(super) fn add(&mut self, fault: Fault) {
        if self.faults.len() < TOLD {
            self.faults.push(fault);
        } else {
            self.untold += 1;
        }
    }
}
