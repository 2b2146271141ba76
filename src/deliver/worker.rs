//! What makes deliveries of changes, and delivers them. Any number of instances do so on one database: a delivery is one's at a time.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::Notify;

use super::backoff::wait;
use super::deliveries::{DeliveryState, waiting};
use super::send::{Message, Outcome};
use super::{ChangeEvent, Deliver, EventTypes, Scope, Told};
use crate::record::{Id, Visibility};
use crate::sight::ran;
use crate::store::{AttemptRow, Claimed, Store, StoreError, WebhookRow, now};

/// How long what another instance committed, or what is due again, waits to be seen.
const LOOK_EVERY: Duration = Duration::from_millis(500);
const PRUNE_EVERY: Duration = Duration::from_secs(3600);
/// Changes that become deliveries in one transaction.
const SOME: usize = 500;

/// Deliveries under way, of each webhook.
#[derive(Clone, Default)]
struct UnderWay(Arc<Mutex<HashMap<String, Arc<AtomicUsize>>>>);

impl UnderWay {
    fn of(&self, webhook: &str) -> Arc<AtomicUsize> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(all.entry(webhook.to_owned()).or_default())
    }

    fn forget_idle(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).retain(|_, count| count.load(Ordering::Acquire) > 0);
    }
}

/// A place among those under way, until this is dropped.
struct Place {
    count: Arc<AtomicUsize>,
    finished: Arc<Notify>,
}

impl Drop for Place {
    fn drop(&mut self) {
        self.count.fetch_sub(1, Ordering::AcqRel);
        self.finished.notify_one();
    }
}

/// Keeps the feed to its retention, and delivers to webhooks where they are turned on. Runs until its runtime ends; what was under way then is
/// tried again by whoever comes first once its lease is over.
pub async fn run(deliver: Arc<Deliver>) {
    let (under_way, finished) = (UnderWay::default(), Arc::new(Notify::new()));
    let mut commits = deliver.store.commits();
    let mut pruned: Option<Instant> = None;
    loop {
        if pruned.is_none_or(|at| at.elapsed() >= PRUNE_EVERY) {
            pruned = Some(Instant::now());
            let pruning = Arc::clone(&deliver);
            let done = tokio::task::spawn_blocking(move || pruning.prune().and_then(|()| Ok(pruning.mend()?))).await;
            ran("prune", matches!(done, Ok(Ok(()))));
            match done {
                Ok(Ok(())) => {}
                Ok(Err(error)) => tracing::error!(%error, "the feed cannot be shortened"),
                Err(error) => tracing::error!(%error, "the feed cannot be shortened"),
            }
        }
        commits.mark_unchanged();
        if deliver.settings.webhooks {
            let done = round(&deliver, &under_way, &finished).await;
            ran("webhooks", done.is_ok());
            if let Err(error) = done {
                tracing::error!(%error, "webhooks cannot be served");
            }
            under_way.forget_idle();
        }
        let woken = futures_util::future::select(Box::pin(commits.changed()), Box::pin(finished.notified()));
        let _ = tokio::time::timeout(LOOK_EVERY, woken).await;
    }
}

/// Makes deliveries of what is new, and starts those that are due: of each webhook no more than it may have under way.
async fn round(deliver: &Arc<Deliver>, under_way: &UnderWay, finished: &Arc<Notify>) -> Result<(), StoreError> {
    let store = Arc::clone(&deliver.store);
    let active = blocking(store, |store| store.read(|session| session.active_webhooks())).await?;
    for (webhook, head) in active {
        let webhook = Arc::new(webhook);
        if webhook.reached < head {
            let row = Arc::clone(&webhook);
            blocking(Arc::clone(&deliver.store), move |store| spread(&store, &row)).await?;
        }
        let count = under_way.of(&webhook.id);
        let free = deliver.settings.concurrency.saturating_sub(count.load(Ordering::Acquire));
        if free == 0 {
            continue;
        }
        let lease = Id::mint().to_string();
        let (row, holder, until) = (Arc::clone(&webhook), lease.clone(), deliver.lease());
        let claimed = blocking(Arc::clone(&deliver.store), move |store| claim(&store, &row, &holder, until, free)).await?;
        for delivery in claimed {
            count.fetch_add(1, Ordering::AcqRel);
            let place = Place { count: Arc::clone(&count), finished: Arc::clone(finished) };
            let (deliver, webhook, lease) = (Arc::clone(deliver), Arc::clone(&webhook), lease.clone());
            tokio::spawn(async move {
                let _place = place;
                if let Err(error) = attempt(&deliver, &webhook, &delivery, &lease).await {
                    tracing::error!(%error, webhook = %webhook.id, sequence = delivery.sequence, "a delivery could not be noted: it will be made again");
                }
            });
        }
    }
    Ok(())
}

async fn blocking<T: Send + 'static>(
    store: Arc<Store>,
    work: impl FnOnce(Arc<Store>) -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    tokio::task::spawn_blocking(move || work(store)).await.map_err(|e| StoreError::Unreachable(e.to_string()))?
}

/// Makes deliveries of the changes that a webhook has not been told of. Whoever moves its place in the log makes them, in one transaction.
fn spread(store: &Store, webhook: &WebhookRow) -> Result<(), StoreError> {
    let public_only = webhook.visibility != Visibility::Internal.wire();
    let scope = Scope { authority: webhook.authority.clone(), public_only, restricted: false };
    let types = EventTypes::named(webhook.types.split_whitespace()).map_err(|_| StoreError::Corrupt(format!("types of webhook {}", webhook.id)))?;
    store.write(|session| {
        let head = session.log_head(&webhook.authority)?.map_or(webhook.reached, |head| head.sequence);
        let limit = i64::try_from(SOME).unwrap_or(i64::MAX);
        let filter = scope.filter(&types);
        // No more than up to the head that was read: on PostgreSQL each statement sees what was committed before it.
        let mut changes = session.told_after(&webhook.authority, webhook.reached, &filter, limit)?;
        let full = changes.len() == SOME;
        changes.retain(|change| change.sequence <= head);
        let reached = if full { changes.last().map_or(head, |last| last.sequence) } else { head };
        if !session.move_webhook(&webhook.authority, &webhook.id, webhook.reached, reached)? {
            return Ok(());
        }
        for change in &changes {
            session.queue(&waiting(&webhook.authority, &webhook.id, change.sequence, &change.subject))?;
        }
        Ok(())
    })
}

fn claim(store: &Store, webhook: &WebhookRow, lease: &str, until: Duration, free: usize) -> Result<Vec<Claimed>, StoreError> {
    let (of, limit) = ((webhook.authority.as_str(), webhook.id.as_str()), i64::try_from(free).unwrap_or(1));
    // Asked first without a write: most of the time there is nothing.
    if !store.read(|session| session.has_ready_delivery(of, now()))? {
        return Ok(Vec::new());
    }
    store.write(|session| {
        let at = now();
        let until = at + chrono::Duration::from_std(until).unwrap_or_default();
        session.claim_deliveries(of, lease, (at, until), limit)
    })
}

/// Tries one delivery, and says what came of it.
async fn attempt(deliver: &Arc<Deliver>, webhook: &Arc<WebhookRow>, claimed: &Claimed, lease: &str) -> Result<(), StoreError> {
    let (authority, sequence) = (webhook.authority.clone(), claimed.sequence);
    let change = blocking(Arc::clone(&deliver.store), move |store| store.read(|session| session.change(&authority, sequence))).await?;
    let told = if webhook.visibility == Visibility::Internal.wire() { Told::Inside } else { Told::Public };
    let event = change.map(|change| ChangeEvent::of(&change, told, &deliver.settings)).transpose()?.flatten();
    let at = now();
    let outcome = match &event {
        Some(event) => {
            let body = serde_json::to_vec(event).map_err(|e| StoreError::Corrupt(e.to_string()))?;
            deliver.sender.send(Message { url: &webhook.url, id: &event.id, body, secrets: &deliver.secrets_of(webhook) }).await
        }
        // Queued while it was told of what is internal.
        None => Outcome { error: Some("the webhook is no longer told of this".to_owned()), ..Outcome::default() },
    };
    let attempts = claimed.attempts + 1;
    let (state, due_at) = if outcome.delivered() {
        (DeliveryState::Delivered, now())
    } else if event.is_none() || attempts >= deliver.settings.attempts {
        tracing::warn!(webhook = %webhook.id, sequence, attempts, error = outcome.error, status = outcome.status, "a delivery is given up");
        (DeliveryState::Dead, now())
    } else {
        (DeliveryState::Waiting, now() + chrono::Duration::from_std(wait(&deliver.settings, attempts)).unwrap_or_default())
    };
    metrics::counter!("webhook_attempts_total", "result" => if outcome.delivered() { "delivered" } else { "failed" }).increment(1);
    if state == DeliveryState::Dead {
        metrics::counter!("webhook_dead_total").increment(1);
    }
    let row = AttemptRow {
        authority: webhook.authority.clone(),
        webhook: webhook.id.clone(),
        sequence,
        id: Id::mint().to_string(),
        tried_at: at,
        status: outcome.status.map(i32::from),
        millis: outcome.millis,
        error: outcome.error,
        excerpt: outcome.excerpt,
    };
    let lease = lease.to_owned();
    let noted = blocking(Arc::clone(&deliver.store), move |store| {
        store.write(|session| session.settle_delivery(&row, &lease, state.wire(), attempts, due_at))
    });
    if !noted.await? {
        tracing::warn!(webhook = %webhook.id, sequence, "another instance took the delivery over");
    }
    Ok(())
}

impl Deliver {
    /// Makes due what was queued or leased by a clock that ran ahead and was set back: nothing waits for longer than the longest wait.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn mend(&self) -> Result<(), StoreError> {
        let at = now();
        let after = |wait: Duration| at + chrono::Duration::from_std(wait).unwrap_or_default();
        // Clocks of two instances differ by less than an hour.
        let hour = Duration::from_secs(3600);
        let (due, leased) = (after(self.settings.retry_most + hour), after(self.lease() + hour));
        for (webhook, _) in self.store.read(|session| session.active_webhooks())? {
            self.store.write(|session| session.mend_deliveries((&webhook.authority, &webhook.id), at, due, leased))?;
        }
        Ok(())
    }

    /// How long a delivery is this instance's: longer than any attempt takes.
    fn lease(&self) -> Duration {
        self.settings.total_timeout + Duration::from_secs(30)
    }
}
