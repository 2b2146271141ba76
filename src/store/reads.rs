//! Who read what is restricted: only ever added.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::restricted_reads;
use super::{Session, StoreError};

/// A read of something restricted.
#[derive(Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = restricted_reads, treat_none_as_default_value = false)]
pub struct ReadRow {
    pub authority: String,
    /// In the order of time.
    pub id: String,
    pub operation: String,
    pub record: Option<String>,
    pub read_at: NaiveDateTime,
    pub read_by: String,
}

impl Session<'_> {
    /// Notes a read.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn add_read(&mut self, row: &ReadRow) -> Result<(), StoreError> {
        diesel::insert_into(restricted_reads::table).values(row).execute(self.connection)?;
        Ok(())
    }

    /// Reads after an identifier, in the order of time.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn reads_after(&mut self, authority: &str, id: &str, limit: i64) -> Result<Vec<ReadRow>, StoreError> {
        Ok(restricted_reads::table
            .filter(restricted_reads::authority.eq(authority))
            .filter(restricted_reads::id.gt(id))
            .order(restricted_reads::id)
            .limit(limit)
            .select(ReadRow::as_select())
            .load(self.connection)?)
    }
}
