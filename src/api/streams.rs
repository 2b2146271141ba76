//! Streams of events that are open at once: each holds a connection for as long as it likes.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::problem::{Kind, Problem};

/// How many there are, and may be.
pub struct Streams {
    open: Arc<AtomicUsize>,
    most: usize,
}

/// An open stream, until it is dropped.
pub struct OpenStream(Arc<AtomicUsize>);

impl Streams {
    pub fn new(most: usize) -> Self {
        Self { open: Arc::default(), most }
    }

    /// Opens one more.
    ///
    /// # Errors
    /// [`Kind::Unavailable`] where there are as many as there may be.
    pub fn open(&self) -> Result<OpenStream, Problem> {
        let stream = OpenStream(Arc::clone(&self.open));
        metrics::gauge!("http_streams", "of" => "sittings").increment(1.0);
        if self.open.fetch_add(1, Ordering::AcqRel) >= self.most {
            return Err(Problem::new(Kind::Unavailable).saying(
                "Trop de lecteurs suivent des séances ici : revenez plus tard.",
                "Too many follow sittings here: come back later.",
            ));
        }
        Ok(stream)
    }
}

impl Drop for OpenStream {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
        metrics::gauge!("http_streams", "of" => "sittings").decrement(1.0);
    }
}
