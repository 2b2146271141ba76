//! Streams of the feed: one reader of the log for each authority and process, shared by all who follow it.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::broadcast::{self, WeakSender};

use super::{Deliver, DeliverRefusal};
use crate::store::{Change, Store, StoreError};

/// How long a change of another process waits to be seen; one of this process is seen at its commit.
const ASK_EVERY: Duration = Duration::from_millis(500);
/// Changes kept for a stream that is slow: one that falls further behind reads the log again.
const KEPT: usize = 1024;
/// Entries read at once.
const SOME: i64 = 500;

type Followers = Mutex<HashMap<String, WeakSender<Arc<Change>>>>;

/// Who follows which log.
pub(super) struct Hub {
    store: Arc<Store>,
    followers: Arc<Followers>,
    streams: Arc<AtomicUsize>,
    /// Streams of one process.
    most: usize,
}

/// Entries of a log as they are committed. What was there before is read from the store, after this was had: so nothing falls between.
pub struct Stream {
    receiver: broadcast::Receiver<Arc<Change>>,
    streams: Arc<AtomicUsize>,
    open: metrics::Gauge,
}

/// What a stream gives.
pub enum Followed {
    /// The next entry, whoever may be told of it.
    Change(Arc<Change>),
    /// Some were missed: read on from the store.
    Missed,
    /// Nobody reads the log any more: follow it anew.
    Ended,
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.streams.fetch_sub(1, Ordering::AcqRel);
        self.open.decrement(1.0);
    }
}

impl Stream {
    fn new(receiver: broadcast::Receiver<Arc<Change>>, streams: Arc<AtomicUsize>) -> Self {
        let open = metrics::gauge!("http_streams");
        open.increment(1.0);
        Self { receiver, streams, open }
    }

    pub async fn next(&mut self) -> Followed {
        match self.receiver.recv().await {
            Ok(change) => Followed::Change(change),
            Err(broadcast::error::RecvError::Lagged(_)) => Followed::Missed,
            Err(broadcast::error::RecvError::Closed) => Followed::Ended,
        }
    }
}

impl Hub {
    pub(super) fn new(store: Arc<Store>, most: usize) -> Self {
        Self { store, followers: Arc::default(), streams: Arc::default(), most }
    }

    async fn follow(&self, authority: &str) -> Result<Stream, DeliverRefusal> {
        if self.streams.fetch_add(1, Ordering::AcqRel) >= self.most {
            self.streams.fetch_sub(1, Ordering::AcqRel);
            return Err(DeliverRefusal::TooMany);
        }
        let streams = Arc::clone(&self.streams);
        let stream = |receiver| Stream::new(receiver, streams);
        if let Some(receiver) = self.joined(authority) {
            return Ok(stream(receiver));
        }
        // From before anyone reads what was there: what is committed meanwhile comes twice rather than never.
        let head = match head(Arc::clone(&self.store), authority.to_owned()).await {
            Ok(head) => head,
            Err(error) => {
                self.streams.fetch_sub(1, Ordering::AcqRel);
                return Err(error);
            }
        };
        let mut followers = self.followers.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(sender) = followers.get(authority).and_then(WeakSender::upgrade) {
            return Ok(stream(sender.subscribe()));
        }
        let (sender, receiver) = broadcast::channel(KEPT);
        followers.insert(authority.to_owned(), sender.downgrade());
        drop(followers);
        let reader =
            Reader { store: Arc::clone(&self.store), followers: Arc::clone(&self.followers), authority: authority.to_owned(), reached: head };
        tokio::spawn(reader.run(sender));
        Ok(stream(receiver))
    }

    fn joined(&self, authority: &str) -> Option<broadcast::Receiver<Arc<Change>>> {
        let followers = self.followers.lock().unwrap_or_else(PoisonError::into_inner);
        Some(followers.get(authority)?.upgrade()?.subscribe())
    }
}

async fn head(store: Arc<Store>, authority: String) -> Result<i64, DeliverRefusal> {
    let head = move || store.read(|session| Ok::<_, StoreError>(session.log_head(&authority)?.map_or(0, |head| head.sequence)));
    Ok(tokio::task::spawn_blocking(head).await.map_err(|e| StoreError::Unreachable(e.to_string()))??)
}

/// The one that reads a log for all who follow it.
struct Reader {
    store: Arc<Store>,
    followers: Arc<Followers>,
    authority: String,
    reached: i64,
}

impl Reader {
    async fn run(mut self, sender: broadcast::Sender<Arc<Change>>) {
        let mut commits = self.store.commits();
        loop {
            {
                // Whoever joins does so under this lock.
                let mut followers = self.followers.lock().unwrap_or_else(PoisonError::into_inner);
                if sender.receiver_count() == 0 {
                    followers.remove(&self.authority);
                    return;
                }
            }
            commits.mark_unchanged();
            match self.read().await {
                Ok(changes) if !changes.is_empty() => {
                    for change in changes {
                        self.reached = change.sequence;
                        // Nobody listens any more: seen at the next turn.
                        let _ = sender.send(Arc::new(change));
                    }
                    continue;
                }
                Ok(_) => {}
                Err(error) => tracing::error!(%error, authority = %self.authority, "the change log cannot be read"),
            }
            let _ = tokio::time::timeout(ASK_EVERY, commits.changed()).await;
        }
    }

    async fn read(&self) -> Result<Vec<Change>, StoreError> {
        let (store, authority, reached) = (Arc::clone(&self.store), self.authority.clone(), self.reached);
        let read = move || store.read(|session| session.changes_after(&authority, reached, SOME));
        tokio::task::spawn_blocking(read).await.map_err(|e| StoreError::Unreachable(e.to_string()))?
    }
}

impl Deliver {
    /// Follows the log of an authority from now on.
    ///
    /// # Errors
    /// [`DeliverRefusal::TooMany`], [`DeliverRefusal::Store`].
    pub async fn follow(&self, authority: &str) -> Result<Stream, DeliverRefusal> {
        self.hub.follow(authority).await
    }
}
