//! Bytes of the place for files, asked for one piece after the other on a thread that may wait.

use std::io::{self, Read};

use actix_web::rt::Runtime;
use bytes::{Buf, Bytes};
use futures_util::StreamExt;

use crate::store::{BlobError, Outgoing};

/// A stream, read as a file is.
pub(super) struct Fetched {
    runtime: Runtime,
    stream: Outgoing,
    piece: Bytes,
}

impl Fetched {
    /// Waits for the stream, and reads it.
    pub(super) fn open(asked: impl Future<Output = Result<Outgoing, BlobError>>) -> io::Result<Self> {
        let runtime = Runtime::new()?;
        let stream = runtime.block_on(asked).map_err(io::Error::other)?;
        Ok(Self { runtime, stream, piece: Bytes::new() })
    }
}

impl Read for Fetched {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while !self.piece.has_remaining() {
            match self.runtime.block_on(self.stream.next()) {
                Some(piece) => self.piece = piece.map_err(io::Error::other)?,
                None => return Ok(0),
            }
        }
        let length = buffer.len().min(self.piece.remaining());
        let (now, _) = buffer.split_at_mut(length);
        self.piece.copy_to_slice(now);
        Ok(length)
    }
}
