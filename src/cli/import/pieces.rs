//! A file, a piece at a time.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use bytes::Bytes;
use futures_util::stream::{self, Stream};

use crate::cli::Failure;

/// How much of a file is in memory at a time.
const PIECE: usize = 256 * 1024;

/// The bytes of a file, in pieces.
///
/// # Errors
/// In words, where it cannot be opened.
pub(super) fn pieces(file: &Path) -> Result<impl Stream<Item = std::io::Result<Bytes>> + use<>, Failure> {
    let opened = File::open(file).map_err(|e| format!("{} cannot be read: {e}", file.display()))?;
    Ok(stream::unfold(opened, |mut opened| async move {
        let mut piece = vec![0; PIECE];
        match opened.read(&mut piece) {
            Ok(0) => None,
            Ok(read) => {
                piece.truncate(read);
                Some((Ok(Bytes::from(piece)), opened))
            }
            Err(error) => Some((Err(error), opened)),
        }
    }))
}
