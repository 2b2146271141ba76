//! How long a document may take, and how many are read at once. A reading cannot be stopped: it runs on a thread of its own, beside those that ask
//! the database, and one that was given up still counts until it ends.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Semaphore, oneshot};

use super::document::not_read;
use crate::api::problem::{Kind, Problem};

/// Readings at once, on one instance.
const AT_ONCE: usize = 2;
/// A PDF may be nested deeply.
const STACK: usize = 16 << 20;

/// The bounds of readings.
#[derive(Clone)]
pub struct ReadingLimits {
    time: Duration,
    free: Arc<Semaphore>,
}

impl ReadingLimits {
    pub fn new(time: Duration) -> Self {
        Self { time, free: Arc::new(Semaphore::new(AT_ONCE)) }
    }

    /// Runs a reading on a thread of its own, once one may run.
    ///
    /// # Errors
    /// [`Kind::NotRead`] (`time_limit`) when it takes too long; [`Kind::Unavailable`] when others take all of that time.
    pub async fn run<T: Send + 'static>(&self, read: impl FnOnce() -> T + Send + 'static) -> Result<T, Problem> {
        let seconds = self.time.as_secs();
        let free = Arc::clone(&self.free);
        let permit = tokio::time::timeout(self.time, free.acquire_owned()).await.map_err(|_| {
            Problem::new(Kind::Unavailable)
                .saying("D'autres documents sont en cours de lecture : revenez plus tard.", "Other documents are being read: come back later.")
        })?;
        let permit = permit.map_err(|_| Problem::new(Kind::Internal))?;
        let (done, answer) = oneshot::channel();
        let started = std::thread::Builder::new().name("intake".to_owned()).stack_size(STACK).spawn(move || {
            let read = read();
            drop(permit);
            // Nobody waits any longer where the time was over.
            let _ = done.send(read);
        });
        started.map_err(|_| Problem::new(Kind::Internal))?;
        let answer = tokio::time::timeout(self.time, answer).await.map_err(|_| {
            not_read(
                "time_limit",
                format!("la lecture a pris plus de {seconds} s : découpez le document"),
                format!("reading took more than {seconds} s: cut the document into pieces"),
            )
        })?;
        answer.map_err(|_| Problem::new(Kind::Internal))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[tokio::test(flavor = "current_thread")]
    async fn a_reading_that_takes_too_long_is_given_up_and_still_counts() {
        let limits = ReadingLimits::new(Duration::from_millis(50));
        assert_eq!(limits.run(|| 7).await.unwrap(), 7);
        let (end, ended) = std::sync::mpsc::channel::<()>();
        let ended = Arc::new(std::sync::Mutex::new(ended));
        for _ in 0..AT_ONCE {
            let ended = Arc::clone(&ended);
            let late = limits.run(move || ended.lock().unwrap().recv()).await;
            assert_eq!(late.unwrap_err().kind(), Kind::NotRead);
        }
        assert_eq!(limits.run(|| 7).await.unwrap_err().kind(), Kind::Unavailable);
        (0..AT_ONCE).for_each(|_| end.send(()).unwrap());
        while limits.free.available_permits() < AT_ONCE {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        assert_eq!(limits.run(|| 8).await.unwrap(), 8);
    }
}
