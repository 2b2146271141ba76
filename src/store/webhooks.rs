//! Webhooks: who is told of changes, and how far each was told. Secrets are not here: see `salt`.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::{change_heads, webhooks};
use super::{Session, StoreError};

/// A subscription.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = webhooks, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct WebhookRow {
    pub authority: String,
    pub id: String,
    pub url: String,
    /// Separated by spaces; empty: every type.
    pub types: String,
    pub visibility: String,
    pub description: Option<String>,
    pub active: bool,
    /// What its secret is derived from, with a key that the database does not hold.
    pub salt: String,
    pub previous_salt: Option<String>,
    /// Until when the previous secret signs as well.
    pub previous_until: Option<NaiveDateTime>,
    /// The number up to which changes became deliveries.
    pub reached: i64,
    pub version: i32,
    pub created_at: NaiveDateTime,
    pub created_by: String,
    pub modified_at: NaiveDateTime,
}

impl Session<'_> {
    /// The webhooks of an authority, in the order in which they were made.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn webhooks(&mut self, authority: &str) -> Result<Vec<WebhookRow>, StoreError> {
        let own = webhooks::table.filter(webhooks::authority.eq(authority)).order(webhooks::id).select(WebhookRow::as_select());
        Ok(own.load(self.connection)?)
    }

    /// One webhook.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn webhook(&mut self, authority: &str, id: &str) -> Result<Option<WebhookRow>, StoreError> {
        Ok(webhooks::table.find((authority, id)).select(WebhookRow::as_select()).first(self.connection).optional()?)
    }

    /// Every active webhook, and how far the log of its authority goes.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn active_webhooks(&mut self) -> Result<Vec<(WebhookRow, i64)>, StoreError> {
        Ok(webhooks::table
            .inner_join(change_heads::table.on(change_heads::authority.eq(webhooks::authority)))
            .filter(webhooks::active.eq(true))
            .order((webhooks::authority, webhooks::id))
            .select((WebhookRow::as_select(), change_heads::sequence))
            .load(self.connection)?)
    }

    /// Adds a webhook.
    ///
    /// # Errors
    /// [`StoreError::Raced`] when it is there.
    pub fn add_webhook(&mut self, row: &WebhookRow) -> Result<(), StoreError> {
        diesel::insert_into(webhooks::table).values(row).execute(self.connection)?;
        Ok(())
    }

    /// Replaces what is asked for by a webhook that still has the version before that of `row`; whether it had. How far it was told is left alone.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn replace_webhook(&mut self, row: &WebhookRow) -> Result<bool, StoreError> {
        let as_read = webhooks::table.find((&row.authority, &row.id)).filter(webhooks::version.eq(row.version - 1));
        let new = (
            webhooks::url.eq(&row.url),
            webhooks::types.eq(&row.types),
            webhooks::visibility.eq(&row.visibility),
            webhooks::description.eq(&row.description),
            webhooks::active.eq(row.active),
            webhooks::salt.eq(&row.salt),
            webhooks::previous_salt.eq(&row.previous_salt),
            webhooks::previous_until.eq(row.previous_until),
            webhooks::version.eq(row.version),
            webhooks::modified_at.eq(row.modified_at),
        );
        Ok(diesel::update(as_read).set(new).execute(self.connection)? == 1)
    }

    /// Moves the number up to which a webhook's changes became deliveries; whether it still was where it was read. Who moves it makes the
    /// deliveries in the same transaction, so that two instances never make the same.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn move_webhook(&mut self, authority: &str, id: &str, from: i64, to: i64) -> Result<bool, StoreError> {
        let as_read = webhooks::table.find((authority, id)).filter(webhooks::reached.eq(from));
        Ok(diesel::update(as_read).set(webhooks::reached.eq(to)).execute(self.connection)? == 1)
    }

    /// Deletes a webhook and its deliveries; whether it was there.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn delete_webhook(&mut self, authority: &str, id: &str) -> Result<bool, StoreError> {
        Ok(diesel::delete(webhooks::table.find((authority, id))).execute(self.connection)? == 1)
    }
}
