//! A request under an `Idempotency-Key` is carried out once (draft-ietf-httpapi-idempotency-key-header). Refused requests are not remembered.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

use chrono::Duration;

use super::{Actor, Refusal, Written, canonical};
use crate::store::{KeptAnswer, Session, StoreError, now};

/// A key, and the digest of the request that came with it.
#[derive(Clone, Debug)]
pub struct Once {
    pub key: String,
    pub request: String,
}

impl Once {
    /// Answers again what the key was answered, or does the work and keeps its answer.
    pub(super) fn run(
        &self,
        session: &mut Session<'_>,
        actor: &Actor,
        work: impl FnOnce(&mut Session<'_>) -> Result<Written, Refusal>,
    ) -> Result<Written, Refusal> {
        let since = now() - Duration::hours(24);
        if let Some(kept) = session.kept_answer(actor.authority.as_str(), &actor.sub, &self.key, since)? {
            return if kept.request == self.request { Ok(canonical::stored(&kept.answer)?) } else { Err(Refusal::KeyReused) };
        }
        let written = work(session)?;
        let answer = serde_json::to_vec(&written).map_err(|e| StoreError::Corrupt(e.to_string()))?;
        let row = KeptAnswer {
            authority: actor.authority.to_string(),
            sub: actor.sub.clone(),
            idempotency_key: self.key.clone(),
            request: self.request.clone(),
            answer,
            recorded_at: now(),
        };
        session.keep_answer(&row, since).map_err(|e| match e {
            // Another instance was faster with the same key.
            StoreError::Raced => Refusal::KeyInUse,
            other => Refusal::Store(other),
        })?;
        Ok(written)
    }
}

/// The keys whose requests are not answered yet, on this instance.
#[derive(Default)]
pub(super) struct InUse(Mutex<HashSet<(String, String, String)>>);

/// A key in use, until this is dropped.
pub(super) struct Alone<'a> {
    keys: &'a InUse,
    key: (String, String, String),
}

impl InUse {
    pub(super) fn enter(&self, actor: &Actor, once: &Once) -> Result<Alone<'_>, Refusal> {
        let key = (actor.authority.to_string(), actor.sub.clone(), once.key.clone());
        let mut keys = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if keys.insert(key.clone()) { Ok(Alone { keys: self, key }) } else { Err(Refusal::KeyInUse) }
    }
}

impl Drop for Alone<'_> {
    fn drop(&mut self) {
        self.keys.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.key);
    }
}
