//! A log as it is stored: entries, documents, nodes and checkpoints, each compared with what the entries make. Read a page at a time, so that
//! memory does not grow with the log.

use chrono::{DateTime, Utc};

use super::{CheckpointError, LineFault};

/// A row of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredEntry {
    pub leaf: i64,
    pub deliberation: String,
    pub entry: Vec<u8>,
    pub document: Vec<u8>,
    pub sealed_at: DateTime<Utc>,
    pub sealed_by: String,
}

/// Rows that no entry of the log accounts for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outside {
    pub leaves: Vec<i64>,
    /// Level and index.
    pub nodes: Vec<(i32, i64)>,
    /// Sizes of checkpoints.
    pub checkpoints: Vec<i64>,
}

/// The rows of one log, each kind in the order of its key.
pub trait StoredLog {
    type Error;
    /// Entries of the leaves `from` to `to`, without `to`.
    ///
    /// # Errors
    /// What the store says; so for each of them.
    fn entries(&mut self, from: i64, to: i64) -> Result<Vec<StoredEntry>, Self::Error>;
    /// Index and hash of the nodes `from` to `to` of a level, without `to`.
    ///
    /// # Errors
    /// As [`StoredLog::entries`].
    fn nodes(&mut self, level: i32, from: i64, to: i64) -> Result<Vec<(i64, Vec<u8>)>, Self::Error>;
    /// Size and note of the checkpoints of the sizes `from` to `to`, without `to`.
    ///
    /// # Errors
    /// As [`StoredLog::entries`].
    fn checkpoints(&mut self, from: i64, to: i64) -> Result<Vec<(i64, String)>, Self::Error>;
    /// Some of the rows that a log of `size` entries does not have: leaves from `size` on, nodes that are not complete, checkpoints of nothing
    /// or of more; and whatever bears a negative number.
    ///
    /// # Errors
    /// As [`StoredLog::entries`].
    fn outside(&mut self, size: i64) -> Result<Outside, Self::Error>;
}

/// What is wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoredFault {
    #[error("entry {0} is missing; what is stored after it is not checked")]
    EntryMissing(i64),
    #[error("entry {leaf} stands where entry {due} was due")]
    EntryMisplaced { leaf: i64, due: i64 },
    #[error("there is an entry {0}, beyond the log")]
    EntryExtra(i64),
    #[error("entry {leaf}: {fault}")]
    Entry { leaf: i64, fault: LineFault },
    #[error("entry {0} does not make the hash of its leaf, node 0/{0}: one of the two is altered")]
    Leaf(i64),
    #[error("the document of entry {0} is not the one whose digest the entry states")]
    Document(i64),
    #[error("the document of entry {0} cannot be read")]
    Unreadable(i64),
    #[error("the column {column} of entry {leaf} is not what was sealed")]
    Column { leaf: i64, column: &'static str },
    #[error("node {0}/{1} is not what the entries make")]
    Node(i32, i64),
    #[error("node {0}/{1} is missing")]
    NodeMissing(i32, i64),
    #[error("node {0}/{1} is stored twice, or is none of the log")]
    NodeExtra(i32, i64),
    #[error("the checkpoint of {size} entries does not stand: {error}")]
    Checkpoint { size: i64, error: CheckpointError },
    #[error("the checkpoint that is stored for {size} entries is not of the entries")]
    CheckpointOther { size: i64 },
    #[error("the checkpoint of {0} entries is missing")]
    CheckpointMissing(i64),
    #[error("the checkpoint of {0} entries is stored twice, or is of entries that are not there")]
    CheckpointExtra(i64),
}
