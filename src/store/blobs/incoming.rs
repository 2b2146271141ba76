//! Bytes that come in: hashed on their way, kept apart until all are there, and only then put under their digest.

use std::sync::Arc;

use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt, WriteMultipart};
use sha2::{Digest, Sha256};

use super::{Blob, BlobError, Blobs, WAITING, place};

/// How much is sent to the store at a time; S3 takes no smaller part.
const PART: usize = 5 * 1024 * 1024;
/// How many parts may be on their way: with the one that is filled, all the memory that a file takes.
const ON_THEIR_WAY: usize = 2;

/// Bytes that come in. Dropped before [`Incoming::finish`], they are removed.
pub struct Incoming {
    store: Arc<dyn ObjectStore>,
    upload: Option<WriteMultipart>,
    waiting: Path,
    placed: bool,
    pub(super) authority: String,
    most: u64,
    size: u64,
    hash: Sha256,
}

impl Blobs {
    /// Begins to take in a file of an authority.
    ///
    /// # Errors
    /// [`BlobError::Refused`].
    pub async fn incoming(&self, authority: &str) -> Result<Incoming, BlobError> {
        self.incoming_of(authority, self.most).await
    }

    /// The same for a file that was taken in once, by another register: whatever its size.
    ///
    /// # Errors
    /// [`BlobError::Refused`].
    pub async fn incoming_again(&self, authority: &str) -> Result<Incoming, BlobError> {
        self.incoming_of(authority, u64::MAX).await
    }

    pub(super) async fn incoming_of(&self, authority: &str, most: u64) -> Result<Incoming, BlobError> {
        let waiting = Path::from_iter([WAITING, &uuid::Uuid::now_v7().simple().to_string()]);
        let upload = self.store.put_multipart(&waiting).await?;
        Ok(Incoming {
            store: Arc::clone(&self.store),
            upload: Some(WriteMultipart::new_with_chunk_size(upload, PART)),
            waiting,
            placed: false,
            authority: authority.to_owned(),
            most,
            size: 0,
            hash: Sha256::new(),
        })
    }
}

impl Incoming {
    /// Takes in some more.
    ///
    /// # Errors
    /// [`BlobError::TooLarge`], [`BlobError::Refused`].
    pub async fn write(&mut self, bytes: &[u8]) -> Result<(), BlobError> {
        self.size = self.size.saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
        if self.size > self.most {
            return Err(BlobError::TooLarge(self.most));
        }
        self.hash.update(bytes);
        if let Some(upload) = &mut self.upload {
            upload.wait_for_capacity(ON_THEIR_WAY).await?;
            upload.write(bytes);
        }
        Ok(())
    }

    /// What came in, so far.
    pub fn blob(&self) -> Blob {
        Blob { sha256: hex::encode(self.hash.clone().finalize()), size: self.size }
    }

    /// Puts what came in under its digest. Bytes that are there already are the same ones, and are written again: that mends damaged ones.
    ///
    /// # Errors
    /// [`BlobError::Refused`].
    pub async fn finish(self) -> Result<Blob, BlobError> {
        let to = place(&self.authority, &self.blob().sha256);
        self.finish_at(&to).await
    }

    pub(super) async fn finish_at(mut self, to: &Path) -> Result<Blob, BlobError> {
        let blob = self.blob();
        if let Some(upload) = self.upload.take() {
            upload.finish().await?;
        }
        self.store.rename(&self.waiting, to).await?;
        self.placed = true;
        Ok(blob)
    }
}

impl Drop for Incoming {
    fn drop(&mut self) {
        if self.placed {
            return;
        }
        let (store, waiting, upload) = (Arc::clone(&self.store), self.waiting.clone(), self.upload.take());
        let Ok(runtime) = tokio::runtime::Handle::try_current() else { return };
        runtime.spawn(async move {
            let removed = match upload {
                Some(upload) => upload.abort().await.map_err(BlobError::from),
                None => Blobs::remove(store.as_ref(), &waiting).await,
            };
            if let Err(problem) = removed {
                // The sweep finds it later.
                tracing::warn!(%problem, "a broken upload cannot be removed");
            }
        });
    }
}
