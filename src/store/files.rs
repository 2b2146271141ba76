//! Files of records: what is known of them. Their bytes are kept elsewhere.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::files;
use super::{Session, StoreError};

/// What is known of a file.
#[derive(Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = files, treat_none_as_default_value = false)]
pub struct FileRow {
    pub authority: String,
    pub id: String,
    /// The sitting or the deliberation that it belongs to.
    pub record: String,
    /// Of the record, when the file came.
    pub version: i32,
    pub role: String,
    pub name: String,
    pub media_type: String,
    /// Bytes.
    pub size: i64,
    /// Hexadecimal.
    pub sha256: String,
    pub recorded_at: NaiveDateTime,
    pub recorded_by: String,
}

impl Session<'_> {
    /// One file.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn file(&mut self, authority: &str, id: &str) -> Result<Option<FileRow>, StoreError> {
        Ok(files::table.find((authority, id)).select(FileRow::as_select()).first(self.connection).optional()?)
    }

    /// The files of a record, in the order in which they came.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn files_of(&mut self, authority: &str, record: &str) -> Result<Vec<FileRow>, StoreError> {
        Ok(files::table
            .filter(files::authority.eq(authority))
            .filter(files::record.eq(record))
            .order(files::id)
            .select(FileRow::as_select())
            .load(self.connection)?)
    }

    /// The records that have a file of a role with this content, each once.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn records_with_content(&mut self, authority: &str, role: &str, sha256: &str) -> Result<Vec<String>, StoreError> {
        Ok(files::table
            .filter(files::authority.eq(authority))
            .filter(files::sha256.eq(sha256))
            .filter(files::role.eq(role))
            .order(files::record)
            .select(files::record)
            .distinct()
            .load(self.connection)?)
    }

    /// Adds a file, whose identifier is claimed already.
    ///
    /// # Errors
    /// [`StoreError::Raced`] when it is there.
    pub fn add_file(&mut self, row: &FileRow) -> Result<(), StoreError> {
        diesel::insert_into(files::table).values(row).execute(self.connection)?;
        Ok(())
    }
}
