//! Bytes that are sent as they are, and compressed once for all who take them so.

use std::io::Write;
use std::sync::OnceLock;

use bytes::Bytes;
use flate2::{Compression, write::GzEncoder};

/// Below this, in bytes, a compressed answer is no fewer packets than the plain one.
const WORTH_IT: usize = 1024;

/// A body ready to be sent.
#[derive(Debug)]
pub struct KeptBody {
    plain: Bytes,
    gzip: OnceLock<Option<Bytes>>,
}

impl KeptBody {
    /// The bytes themselves.
    pub const fn plain(&self) -> &Bytes {
        &self.plain
    }

    /// The same compressed (RFC 1952), when first asked for; none: it is not worth it.
    pub fn gzip(&self) -> Option<&Bytes> {
        self.gzip.get_or_init(|| (self.plain.len() >= WORTH_IT).then(|| compressed(&self.plain)).flatten()).as_ref()
    }

    /// What it takes in memory, in bytes, compressed or not yet: JSON of ours shrinks to a quarter.
    pub(super) fn weight(&self) -> usize {
        self.plain.len() + self.plain.len() / 4
    }
}

impl<T: Into<Bytes>> From<T> for KeptBody {
    fn from(plain: T) -> Self {
        Self { plain: plain.into(), gzip: OnceLock::new() }
    }
}

fn compressed(plain: &[u8]) -> Option<Bytes> {
    let mut out = GzEncoder::new(Vec::with_capacity(plain.len() / 4), Compression::default());
    out.write_all(plain).ok()?;
    out.finish().ok().map(Bytes::from)
}
