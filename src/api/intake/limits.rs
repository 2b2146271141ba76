//! How long a document may take, and how many are read at once. A reading runs on a thread of its own, beside those that ask the database, and one
//! that was given up still counts until it ends. What other people's code reads is read [apart](super::apart) and killed in time.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Semaphore, oneshot};

use super::apart::Apart;
use super::document::not_read;
use crate::api::problem::{Kind, Problem};

/// Readings at once, on one instance.
const AT_ONCE: usize = 2;
/// The bounds of readings.
#[derive(Clone)]
pub struct ReadingLimits {
    time: Duration,
    free: Arc<Semaphore>,
    apart: Apart,
}

impl ReadingLimits {
    /// `program`: this program, for what it reads by a process of its own.
    pub fn new(time: Duration, program: PathBuf) -> Self {
        Self { time, free: Arc::new(Semaphore::new(AT_ONCE)), apart: Apart::new(program, time) }
    }

    /// Runs a reading on a thread of its own, once one may run.
    ///
    /// # Errors
    /// [`Kind::NotRead`] (`time_limit`) when it takes too long; [`Kind::Unavailable`] when others take all of that time.
    pub async fn run<T: Send + 'static>(&self, read: impl FnOnce(&Apart) -> T + Send + 'static) -> Result<T, Problem> {
        let seconds = self.time.as_secs();
        let free = Arc::clone(&self.free);
        let permit = tokio::time::timeout(self.time, free.acquire_owned()).await.map_err(|_| {
            Problem::new(Kind::Unavailable)
                .saying("D'autres documents sont en cours de lecture : revenez plus tard.", "Other documents are being read: come back later.")
        })?;
        let permit = permit.map_err(|_| Problem::new(Kind::Internal))?;
        let (done, answer) = oneshot::channel();
        let apart = self.apart.clone();
        let started = std::thread::Builder::new().name("intake".to_owned()).spawn(move || {
            let read = read(&apart);
            drop(permit);
            // Nobody waits any longer where the time was over.
            let _ = done.send(read);
        });
        started.map_err(|_| Problem::new(Kind::Internal))?;
        let answer = tokio::time::timeout(self.time, answer).await.map_err(|_| late(seconds))?;
        answer.map_err(|_| Problem::new(Kind::Internal))
    }
}

/// A document that took all its time.
pub fn late(seconds: u64) -> Problem {
    not_read(
        "time_limit",
        format!("la lecture a pris plus de {seconds} s : découpez le document"),
        format!("reading took more than {seconds} s: cut the document into pieces"),
    )
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[tokio::test(flavor = "current_thread")]
    async fn a_reading_that_takes_too_long_is_given_up_and_still_counts() {
        let limits = ReadingLimits::new(Duration::from_millis(50), PathBuf::new());
        assert_eq!(limits.run(|_| 7).await.unwrap(), 7);
        let (end, ended) = std::sync::mpsc::channel::<()>();
        let ended = Arc::new(std::sync::Mutex::new(ended));
        for _ in 0..AT_ONCE {
            let ended = Arc::clone(&ended);
            let late = limits.run(move |_| ended.lock().unwrap().recv()).await;
            assert_eq!(late.unwrap_err().kind(), Kind::NotRead);
        }
        assert_eq!(limits.run(|_| 7).await.unwrap_err().kind(), Kind::Unavailable);
        (0..AT_ONCE).for_each(|_| end.send(()).unwrap());
        while limits.free.available_permits() < AT_ONCE {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        assert_eq!(limits.run(|_| 8).await.unwrap(), 8);
    }
}
