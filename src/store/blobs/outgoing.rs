//! Bytes that go out: hashed on their way. The last of them wait until the digest is known to be right, so that whoever has them all has the
//! right ones.

use std::ops::Range;

use bytes::{Bytes, BytesMut};
use futures_util::stream::{self, BoxStream};
use futures_util::{StreamExt, TryStreamExt};
use object_store::ObjectStoreExt;
use sha2::{Digest, Sha256};

use super::{Blob, BlobError, Blobs, place};

/// Up to here a file is checked before its first byte goes out: 1 MiB.
const SMALL: u64 = 1024 * 1024;

/// Bytes on their way out. It ends with [`BlobError::Damaged`], short of its end, where they are not what they were.
pub type Outgoing = BoxStream<'static, Result<Bytes, BlobError>>;

impl Blobs {
    /// Reads a part of what is kept: `0..size` for all of it. All is read and checked, whatever the part.
    ///
    /// # Errors
    /// [`BlobError::Damaged`], where that is known before the first byte; [`BlobError::Refused`].
    pub async fn read(&self, authority: &str, blob: &Blob, part: Range<u64>) -> Result<Outgoing, BlobError> {
        let found = self.store.get(&place(authority, &blob.sha256)).await.map_err(|e| match e {
            object_store::Error::NotFound { .. } => damaged(authority, blob),
            other => BlobError::Refused(other),
        })?;
        if found.meta.size != blob.size {
            return Err(damaged(authority, blob));
        }
        let source = found.into_stream();
        let reading =
            Reading { source, hash: Sha256::new(), position: 0, part, held: None, authority: authority.to_owned(), blob: blob.clone(), done: false };
        let outgoing = stream::try_unfold(reading, |mut reading| async move { Ok(reading.next().await?.map(|bytes| (bytes, reading))) }).boxed();
        if blob.size > SMALL {
            return Ok(outgoing);
        }
        let whole = outgoing.try_fold(BytesMut::new(), |mut whole, bytes| async move {
            whole.extend_from_slice(&bytes);
            Ok(whole)
        });
        let whole = whole.await?.freeze();
        Ok(stream::once(async move { Ok(whole) }).boxed())
    }
}

/// Says so where who runs the service looks.
fn damaged(authority: &str, blob: &Blob) -> BlobError {
    metrics::counter!("files_damaged_total").increment(1);
    tracing::error!(authority, sha256 = %blob.sha256, size = blob.size, "a file is damaged: its bytes are missing or are not those kept");
    BlobError::Damaged
}

/// A read, and how far it is.
struct Reading {
    source: BoxStream<'static, object_store::Result<Bytes>>,
    hash: Sha256,
    position: u64,
    part: Range<u64>,
    /// The last bytes read, until there are others or all is known to be right.
    held: Option<Bytes>,
    authority: String,
    blob: Blob,
    done: bool,
}

impl Reading {
    /// The next bytes that may go out.
    async fn next(&mut self) -> Result<Option<Bytes>, BlobError> {
        while !self.done {
            let read = self.source.try_next().await;
            let read = read.inspect_err(|problem| tracing::error!(%problem, sha256 = %self.blob.sha256, "a file cannot be read to its end"));
            let Some(bytes) = read? else {
                self.done = true;
                if hex::encode(self.hash.finalize_reset()) != self.blob.sha256 {
                    return Err(damaged(&self.authority, &self.blob));
                }
                return Ok(self.held.take());
            };
            self.hash.update(&bytes);
            let asked = within(&bytes, self.position, &self.part);
            self.position = self.position.saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
            if !asked.is_empty()
                && let Some(before) = self.held.replace(asked)
            {
                return Ok(Some(before));
            }
        }
        Ok(None)
    }
}

/// What of some bytes, which begin at a place of the file, lies within a part of it.
fn within(bytes: &Bytes, position: u64, part: &Range<u64>) -> Bytes {
    let length = bytes.len();
    let inside = |place: u64| usize::try_from(place.saturating_sub(position)).unwrap_or(length).min(length);
    let (from, to) = (inside(part.start), inside(part.end));
    if from < to { bytes.slice(from..to) } else { Bytes::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_cut_out_of_the_pieces_that_it_lies_in() {
        let piece = Bytes::from_static(b"abcdef");
        for (position, part, expected) in
            [(0, 0..6, "abcdef"), (0, 2..4, "cd"), (10, 0..12, "ab"), (10, 12..99, "cdef"), (10, 0..10, ""), (10, 16..20, ""), (10, 11..12, "b")]
        {
            assert_eq!(within(&piece, position, &part), expected.as_bytes(), "{position} {part:?}");
        }
    }
}
