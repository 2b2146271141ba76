//! The change log: a number for each accepted change, in the order of commit.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::connection::AnyConnection;
use super::schema::{change_heads, changes};
use super::{Session, StoreError};

/// A line of the change log.
#[derive(Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = changes, treat_none_as_default_value = false)]
pub struct Change {
    pub authority: String,
    pub sequence: i64,
    pub kind: String,
    pub record: String,
    pub version: i32,
    pub action: String,
    pub recorded_at: NaiveDateTime,
    pub recorded_by: String,
}

impl Session<'_> {
    /// Logs a change under the next number. The row lock on the head orders the writers of an authority until they commit; a transaction that is rolled back gives its number back, so that there is no gap.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn log_change(&mut self, mut change: Change) -> Result<(), StoreError> {
        let head = change_heads::table.find(&change.authority);
        if let Some(waiting) = &mut self.waiting {
            // Nobody else adds to it meanwhile: see `alone`.
            change.sequence = 1 + match &waiting.head {
                Some((_, sequence)) => *sequence,
                None => head.select(change_heads::sequence).first(self.connection)?,
            };
            waiting.head = Some((change.authority.clone(), change.sequence));
            waiting.changes.push(change);
            return Ok(());
        }
        diesel::update(head).set(change_heads::sequence.eq(change_heads::sequence + 1)).execute(self.connection)?;
        change.sequence = head.select(change_heads::sequence).first(self.connection)?;
        diesel::insert_into(changes::table).values(&change).execute(self.connection)?;
        Ok(())
    }

    pub(super) fn set_change_head(&mut self, authority: &str, sequence: i64) -> Result<(), StoreError> {
        diesel::update(change_heads::table.find(authority)).set(change_heads::sequence.eq(sequence)).execute(self.connection)?;
        Ok(())
    }

    /// Waits for the other writers of an authority, and makes those that come wait until this transaction ends: what it reads from here on
    /// stays true until it commits. On SQLite a writer is alone anyhow.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn alone(&mut self, authority: &str) -> Result<(), StoreError> {
        if let AnyConnection::Postgresql(connection) = self.connection {
            let lock = diesel::sql_query("SELECT sequence FROM change_heads WHERE authority = $1 FOR UPDATE");
            lock.bind::<diesel::sql_types::Text, _>(authority).execute(connection)?;
        }
        Ok(())
    }

    /// Starts the log of a new authority.
    ///
    /// # Errors
    /// [`StoreError::Raced`] when it has one.
    pub fn start_log(&mut self, authority: &str) -> Result<(), StoreError> {
        let row = (change_heads::authority.eq(authority), change_heads::sequence.eq(0i64));
        diesel::insert_into(change_heads::table).values(row).execute(self.connection)?;
        Ok(())
    }

    /// The log of an authority after a number, in order.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn changes_after(&mut self, authority: &str, sequence: i64, limit: i64) -> Result<Vec<Change>, StoreError> {
        Ok(changes::table
            .filter(changes::authority.eq(authority))
            .filter(changes::sequence.gt(sequence))
            .order(changes::sequence)
            .limit(limit)
            .select(Change::as_select())
            .load(self.connection)?)
    }
}
