//! Answers kept under an `Idempotency-Key`, so that a request sent twice is carried out once.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::idempotency_keys;
use super::{Session, StoreError};

/// What was answered to a key, and the digest of the request that it answered.
#[derive(Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = idempotency_keys, treat_none_as_default_value = false)]
pub struct KeptAnswer {
    pub authority: String,
    pub sub: String,
    pub idempotency_key: String,
    pub request: String,
    pub answer: Vec<u8>,
    pub recorded_at: NaiveDateTime,
}

impl Session<'_> {
    /// The answer kept under a key since a moment.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn kept_answer(&mut self, authority: &str, sub: &str, key: &str, since: NaiveDateTime) -> Result<Option<KeptAnswer>, StoreError> {
        let found =
            idempotency_keys::table.find((authority, sub, key)).filter(idempotency_keys::recorded_at.gt(since)).select(KeptAnswer::as_select());
        Ok(found.first(self.connection).optional()?)
    }

    /// Keeps an answer, and forgets those of its authority that are older than `since`: another's writers are not waited for.
    ///
    /// # Errors
    /// [`StoreError::Raced`] when the same key was used at the same time by another instance.
    pub fn keep_answer(&mut self, row: &KeptAnswer, since: NaiveDateTime) -> Result<(), StoreError> {
        let served = idempotency_keys::table.filter(idempotency_keys::authority.eq(&row.authority)).filter(idempotency_keys::recorded_at.le(since));
        diesel::delete(served).execute(self.connection)?;
        diesel::insert_into(idempotency_keys::table).values(row).execute(self.connection)?;
        Ok(())
    }
}
