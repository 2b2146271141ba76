//! A request about webhooks under an `Idempotency-Key` is carried out once. What is kept of its answer holds no secret: that is made anew from its
//! salt.

use chrono::Duration;
use serde::{Deserialize, Serialize};

use super::{DeliverRefusal, Manager};
use crate::record::Id;
use crate::store::{KeptAnswer, Session, StoreError, now};

/// A key, and the digest of the request that came with it.
#[derive(Clone, Debug)]
pub struct Once {
    pub key: String,
    pub request: String,
}

/// What was done.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Kept {
    pub webhook: Id,
    /// Of the secret that goes with the answer.
    pub salt: Option<String>,
    /// The answer without it.
    pub body: serde_json::Value,
}

/// Answers again what the key was answered, or does the work and keeps its answer.
pub(super) fn once(
    session: &mut Session<'_>,
    manager: &Manager,
    once: Option<&Once>,
    work: impl FnOnce(&mut Session<'_>) -> Result<Kept, DeliverRefusal>,
) -> Result<Kept, DeliverRefusal> {
    let Some(once) = once else { return work(session) };
    let since = now() - Duration::hours(24);
    let corrupt = |e: serde_json::Error| StoreError::Corrupt(e.to_string());
    if let Some(kept) = session.kept_answer(manager.authority.as_str(), &manager.sub, &once.key, since)? {
        let same = kept.request == once.request;
        return if same { Ok(serde_json::from_slice(&kept.answer).map_err(corrupt)?) } else { Err(DeliverRefusal::KeyReused) };
    }
    let done = work(session)?;
    let row = KeptAnswer {
        authority: manager.authority.to_string(),
        sub: manager.sub.clone(),
        idempotency_key: once.key.clone(),
        request: once.request.clone(),
        answer: serde_json::to_vec(&done).map_err(corrupt)?,
        recorded_at: now(),
    };
    session.keep_answer(&row, since)?;
    Ok(done)
}
