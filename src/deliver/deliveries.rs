//! What was delivered to a webhook, what waits, what was given up; and sending it again.

use chrono::{DateTime, NaiveDateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::once::{Kept, Once, once};
use super::send::Outcome;
use super::webhook::{load, log};
use super::{Deliver, DeliverRefusal, Manager, event};
use crate::record::Id;
use crate::store::{DeliveryFilter, DeliveryRow, Session, StoreError, now};
use crate::vocabulary;

vocabulary! {
    /// Where an event is on its way to a webhook.
    DeliveryState {
        Waiting = "waiting", "en attente", "waiting";
        Held = "held", "en attente d'un événement antérieur de la même fiche", "held behind an earlier event of its record";
        Delivered = "delivered", "remis", "delivered";
        Dead = "dead", "abandonné", "given up";
    }
}

/// An event on its way to a webhook.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Delivery {
    /// Identifier of the event: the header `webhook-id`.
    #[schema(example = "226200012-42")]
    pub event: String,
    /// The record that it is about: its events wait for each other.
    pub subject: String,
    pub state: DeliveryState,
    /// Attempts that were made since it was last queued.
    pub attempts: i32,
    /// When it is tried next; null: it is not.
    pub due_at: Option<DateTime<Utc>>,
    pub queued_at: DateTime<Utc>,
    /// When it was delivered or given up; null: neither.
    pub finished_at: Option<DateTime<Utc>>,
}

/// An attempt to deliver.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DeliveryAttempt {
    pub at: DateTime<Utc>,
    /// What the receiver answered; null: nothing.
    pub status: Option<i32>,
    /// Milliseconds from the connection to the end of the answer.
    pub millis: i32,
    /// Why there was no answer.
    pub error: Option<String>,
    /// The beginning of the answer: 1 KiB at most.
    pub excerpt: Option<String>,
}

/// An event on its way to a webhook, and every attempt.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DeliveryDetail {
    #[serde(flatten)]
    pub delivery: Delivery,
    /// In the order of time.
    pub log: Vec<DeliveryAttempt>,
}

/// What is sent again: one of the three.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Replay {
    /// What comes after a number of the log.
    After(i64),
    /// These events.
    Events(Vec<String>),
    /// All that was given up.
    Dead,
}

/// What a replay was answered.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
pub struct Replayed {
    /// How many events wait again; null: those after the cursor, as they are reached.
    pub queued: Option<usize>,
}

impl Delivery {
    fn of(row: &DeliveryRow) -> Result<Self, StoreError> {
        let state: DeliveryState = row.state.parse().map_err(|_| StoreError::Corrupt(format!("the state {:?} of a delivery", row.state)))?;
        Ok(Self {
            event: event::identifier(&row.authority, row.sequence),
            subject: row.subject.clone(),
            state,
            attempts: row.attempts,
            due_at: (state == DeliveryState::Waiting).then(|| row.due_at.and_utc()),
            queued_at: row.queued_at.and_utc(),
            finished_at: row.finished_at.map(|at| at.and_utc()),
        })
    }
}

impl DeliveryAttempt {
    pub(super) fn of(at: NaiveDateTime, outcome: &Outcome) -> Self {
        Self {
            at: at.and_utc(),
            status: outcome.status.map(i32::from),
            millis: outcome.millis,
            error: outcome.error.clone(),
            excerpt: outcome.excerpt.clone(),
        }
    }
}

/// A delivery that waits from now on.
pub(super) fn waiting(authority: &str, webhook: &str, sequence: i64, subject: &str) -> DeliveryRow {
    let at = now();
    DeliveryRow {
        authority: authority.to_owned(),
        webhook: webhook.to_owned(),
        sequence,
        subject: subject.to_owned(),
        state: DeliveryState::Waiting.wire().to_owned(),
        attempts: 0,
        due_at: at,
        lease: None,
        leased_until: None,
        queued_at: at,
        finished_at: None,
    }
}

/// Queues once more; how many.
fn again(session: &mut Session<'_>, rows: &[DeliveryRow]) -> Result<usize, DeliverRefusal> {
    for row in rows {
        session.queue(&waiting(&row.authority, &row.webhook, row.sequence, &row.subject))?;
    }
    Ok(rows.len())
}

impl Deliver {
    /// A page of the deliveries to a webhook, in the order of the log: one more than asked for tells that there are more.
    ///
    /// # Errors
    /// [`DeliverRefusal::NotFound`].
    pub fn deliveries(
        &self,
        manager: &Manager,
        id: Id,
        state: Option<DeliveryState>,
        after: i64,
        limit: i64,
    ) -> Result<Vec<(i64, Delivery)>, DeliverRefusal> {
        self.store.read(|session| {
            let webhook = load(session, manager, id)?;
            let filter = DeliveryFilter { state: state.map(|state| state.wire().to_owned()), after, limit };
            let rows = session.deliveries(&webhook.authority, &webhook.id, &filter)?;
            Ok(rows.iter().map(|row| Ok((row.sequence, Delivery::of(row)?))).collect::<Result<_, StoreError>>()?)
        })
    }

    /// One delivery and its attempts.
    ///
    /// # Errors
    /// [`DeliverRefusal::NotFound`].
    pub fn delivery(&self, manager: &Manager, id: Id, event: &str) -> Result<DeliveryDetail, DeliverRefusal> {
        self.store.read(|session| {
            let webhook = load(session, manager, id)?;
            let sequence = event::number(&webhook.authority, event).ok_or(DeliverRefusal::NotFound)?;
            let row = session.delivery(&webhook.authority, &webhook.id, sequence)?.ok_or(DeliverRefusal::NotFound)?;
            let log = session.attempts(&webhook.authority, &webhook.id, sequence)?.into_iter().map(|attempt| DeliveryAttempt {
                at: attempt.tried_at.and_utc(),
                status: attempt.status,
                millis: attempt.millis,
                error: attempt.error,
                excerpt: attempt.excerpt,
            });
            Ok(DeliveryDetail { delivery: Delivery::of(&row)?, log: log.collect() })
        })
    }

    /// Sends again: under the same identifiers, by which a receiver knows what it has.
    ///
    /// # Errors
    /// [`DeliverRefusal::NotFound`], [`DeliverRefusal::CursorExpired`], [`DeliverRefusal::Invalid`] for an event that was never queued.
    pub fn replay(&self, manager: &Manager, key: Option<&Once>, id: Id, replay: &Replay) -> Result<Kept, DeliverRefusal> {
        self.store.write(|session| {
            session.alone(manager.authority.as_str())?;
            session.alone_with_webhook(manager.authority.as_str(), &id.to_string())?;
            once(session, manager, key, |session| {
                let webhook = load(session, manager, id)?;
                let (authority, name) = (webhook.authority.as_str(), webhook.id.as_str());
                let queued = match replay {
                    Replay::After(after) => {
                        let head = session.log_head(authority)?.ok_or(DeliverRefusal::NotFound)?;
                        if *after < head.told_after || *after > head.sequence {
                            return Err(DeliverRefusal::CursorExpired { head: head.sequence });
                        }
                        // From a cursor that it has not reached yet there is nothing to send again.
                        if *after < webhook.reached && !session.move_webhook(authority, name, webhook.reached, *after)? {
                            return Err(StoreError::Raced.into());
                        }
                        None
                    }
                    Replay::Events(events) => {
                        let mut rows = Vec::with_capacity(events.len());
                        for (place, named) in events.iter().enumerate() {
                            let sequence = event::number(authority, named);
                            let row = sequence.map(|sequence| session.delivery(authority, name, sequence)).transpose()?.flatten();
                            rows.push(row.ok_or_else(|| {
                                let (fr, en) =
                                    ("aucun tel événement n'a été mis en attente pour ce webhook", "no such event was queued for this webhook");
                                DeliverRefusal::invalid(format!("/events/{place}"), "unknown_event", fr, en)
                            })?);
                        }
                        Some(again(session, &rows)?)
                    }
                    Replay::Dead => {
                        let dead = DeliveryFilter { state: Some(DeliveryState::Dead.wire().to_owned()), after: 0, limit: i64::MAX };
                        let rows = session.deliveries(authority, name, &dead)?;
                        Some(again(session, &rows)?)
                    }
                };
                log(session, manager, &webhook, "replayed")?;
                let body = serde_json::to_value(Replayed { queued }).map_err(|e| StoreError::Corrupt(e.to_string()))?;
                Ok(Kept { webhook: id, salt: None, body })
            })
        })
    }
}
