//! Files that are imported line by line: kept apart from the files of records while their import is not over, and removed then.

use futures_util::{StreamExt, TryStreamExt};
use object_store::path::Path;
use object_store::{GetOptions, GetRange, ObjectStore};

use super::{Blob, BlobError, Blobs, Incoming, Outgoing};

/// No authority is named so: theirs are numbers.
const IMPORTS: &str = "imports";

fn place(authority: &str, id: &str) -> Path {
    Path::from_iter([IMPORTS, authority, id])
}

impl Blobs {
    /// Begins to take in a file to import, of any size that the place can hold. [`Incoming::finish_import`] keeps it.
    ///
    /// # Errors
    /// [`BlobError::Refused`].
    pub async fn incoming_import(&self, authority: &str) -> Result<Incoming, BlobError> {
        self.incoming_of(authority, self.most_import).await
    }

    /// Reads a file to import from a place in it to its end.
    ///
    /// # Errors
    /// [`BlobError::Refused`].
    pub async fn read_import(&self, authority: &str, id: &str, from: u64) -> Result<Outgoing, BlobError> {
        let options = GetOptions { range: (from > 0).then_some(GetRange::Offset(from)), ..GetOptions::default() };
        let found = self.store.get_opts(&place(authority, id), options).await?;
        Ok(found.into_stream().map_err(BlobError::from).boxed())
    }

    /// Removes a file to import; it may be gone already.
    ///
    /// # Errors
    /// [`BlobError::Refused`].
    pub async fn remove_import(&self, authority: &str, id: &str) -> Result<(), BlobError> {
        Self::remove(self.store.as_ref(), &place(authority, id)).await
    }
}

impl Incoming {
    /// Keeps what came in as the file of an import.
    ///
    /// # Errors
    /// [`BlobError::Refused`].
    pub async fn finish_import(self, id: &str) -> Result<Blob, BlobError> {
        let to = place(&self.authority, id);
        self.finish_at(&to).await
    }
}
