//! The bytes of files: in a folder, or in an S3-compatible store. They are kept under their digest, so that what is there is what its name
//! says, and the same file sent twice is kept once.

mod imports;
mod incoming;
mod outgoing;
#[cfg(feature = "s3")]
mod s3;
mod sweep;

pub use incoming::Incoming;
pub use outgoing::Outgoing;

use std::path::PathBuf;
use std::sync::Arc;

use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt};

/// Why bytes could not be kept or given back.
#[derive(Debug, thiserror::Error)]
pub enum BlobError {
    #[error("{0:?} names no place for files: use file:FOLDER, or s3://BUCKET/PREFIX?endpoint=…&region=…")]
    UnknownScheme(String),
    #[error("this program was built without the feature `s3`")]
    NoS3,
    #[error("the place for files cannot be used: {0}")]
    Unusable(String),
    #[error("a file is at most {0} bytes")]
    TooLarge(u64),
    #[error("the bytes are missing, or are not those that were kept")]
    Damaged,
    #[error("the place for files refused: {0}")]
    Refused(#[from] object_store::Error),
}

impl BlobError {
    /// Whether there is no room left in the folder, or for who runs the service.
    pub fn is_full(&self) -> bool {
        let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(self);
        while let Some(error) = cause {
            let kind = error.downcast_ref::<std::io::Error>().map(std::io::Error::kind);
            if matches!(kind, Some(std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded)) {
                return true;
            }
            cause = error.source();
        }
        false
    }
}

/// Bytes that are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blob {
    /// Hexadecimal.
    pub sha256: String,
    /// Bytes.
    pub size: u64,
}

/// A place for the bytes of files.
#[derive(Clone)]
pub struct Blobs {
    store: Arc<dyn ObjectStore>,
    /// Where it is a folder.
    folder: Option<PathBuf>,
    most: u64,
    most_import: u64,
}

/// S3 copies no more at once: 5 GiB.
#[cfg(feature = "s3")]
const S3_COPIES: u64 = 5 * 1024 * 1024 * 1024;

/// Where bytes wait until their digest is known. No authority is named so: theirs are numbers.
const WAITING: &str = "uploads";

impl Blobs {
    /// Opens the place that an address names, for files of at most so many bytes. A folder is made; a remote store is not asked yet.
    ///
    /// # Errors
    /// [`BlobError::UnknownScheme`], [`BlobError::NoS3`]; [`BlobError::Unusable`] where the folder cannot be made, or the address is wrong.
    pub fn open(address: &str, most: u64) -> Result<Self, BlobError> {
        if address.starts_with("s3://") {
            #[cfg(feature = "s3")]
            return Ok(Self { store: s3::open(address)?, folder: None, most, most_import: S3_COPIES });
            #[cfg(not(feature = "s3"))]
            return Err(BlobError::NoS3);
        }
        let folder = address.strip_prefix("file:").map(|path| path.strip_prefix("//").unwrap_or(path)).filter(|path| !path.is_empty());
        // Without what may be a secret.
        let scheme = || BlobError::UnknownScheme(address.split_once(':').map_or(address, |(scheme, _)| scheme).to_owned());
        let folder = PathBuf::from(folder.ok_or_else(scheme)?);
        let unusable = |e: &dyn std::fmt::Display| BlobError::Unusable(format!("{}: {e}", folder.display()));
        std::fs::create_dir_all(&folder).map_err(|e| unusable(&e))?;
        // Written to the disk before the database says that it is there.
        let store = LocalFileSystem::new_with_prefix(&folder).map_err(|e| unusable(&e))?.with_fsync(true);
        Ok(Self { store: Arc::new(store), folder: Some(folder), most, most_import: u64::MAX })
    }

    /// The same, where a file to import has at most so many bytes.
    #[must_use]
    pub const fn importing_at_most(mut self, bytes: u64) -> Self {
        if bytes < self.most_import {
            self.most_import = bytes;
        }
        self
    }

    /// The largest file, in bytes.
    pub const fn most(&self) -> u64 {
        self.most
    }

    /// Removes bytes: only for what no row names.
    async fn remove(store: &dyn ObjectStore, path: &Path) -> Result<(), BlobError> {
        match store.delete(path).await {
            Err(object_store::Error::NotFound { .. }) | Ok(()) => Ok(()),
            Err(other) => Err(other.into()),
        }
    }
}

/// Where the bytes of an authority with this digest are.
fn place(authority: &str, sha256: &str) -> Path {
    Path::from_iter([authority, sha256.get(..2).unwrap_or_default(), sha256])
}
