//! An archive of a register (docs/bulk.md): everything that is recorded, in a format that no engine has to do with. Restored into an empty register it
//! gives the same register: archived again, the same bytes.
//!
//! A tar in gzip: `registre-archive.json`, the rows of each table as NDJSON in parts, the bytes of files under their digest, and `manifest.json`, which
//! counts and hashes all of it.

mod read;
mod write;

pub use read::{check, restore};
pub use write::archive;

use serde::{Deserialize, Serialize};

use crate::record::Siren;
use crate::store::{BlobError, StoreError};

const FORMAT: &str = "registre-archive/1";
const HEAD: &str = "registre-archive.json";
const MANIFEST: &str = "manifest.json";

/// Why a register cannot be archived or restored.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    #[error("the archive cannot be read or written: {0}")]
    Io(#[from] std::io::Error),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Blob(#[from] BlobError),
    #[error("this is no archive of a register: {0}")]
    NotAnArchive(String),
    #[error(
        "the archive is of a register whose tables are as of {theirs}, and those of this program are as of {ours}: restore it with the program that made it, then migrate"
    )]
    OtherTables { theirs: String, ours: String },
    #[error("the archive is spoilt: {0}")]
    Spoilt(String),
    #[error("an archive is restored into an empty register, and in this one the table {0} holds something")]
    NotEmpty(&'static str),
}

/// What an archive is of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    format: String,
    /// Null: all of them.
    authority: Option<Siren>,
    /// The migrations that made the tables.
    schema: Vec<String>,
}

/// What an archive holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// In their order.
    pub tables: Vec<TableSum>,
    pub files: FilesSum,
}

/// What an archive holds of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableSum {
    pub name: String,
    pub rows: u64,
    /// SHA-256 of all its lines with their ends, hexadecimal.
    pub sha256: String,
}

/// What an archive holds of files.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FilesSum {
    pub count: u64,
    pub bytes: u64,
    /// SHA-256 of the names of all files in order, each with a line end, hexadecimal: a name holds the digest of the file.
    pub sha256: String,
}

impl Manifest {
    /// Rows of all tables.
    pub fn rows(&self) -> u64 {
        self.tables.iter().map(|table| table.rows).sum()
    }
}
