//! Documents and their versions, and which authority an identifier belongs to.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::{identifiers, sitting_entries, versions};
use super::{Session, StoreError};
use crate::record::{Id, Siren};

/// A stored document: canonical JSON and its SHA-256.
#[derive(Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = versions, treat_none_as_default_value = false)]
pub struct VersionRow {
    pub authority: String,
    pub record: String,
    pub version: i32,
    pub document: Vec<u8>,
    pub digest: String,
    pub recorded_at: NaiveDateTime,
    pub recorded_by: String,
    pub reason: Option<String>,
}

/// Whose an identifier is, and what it names.
#[derive(Insertable)]
#[diesel(table_name = identifiers, treat_none_as_default_value = false)]
pub(super) struct IdentifierRow {
    pub(super) id: String,
    pub(super) authority: String,
    pub(super) kind: String,
}

/// A version without its document.
#[derive(Clone, Queryable)]
pub struct VersionHead {
    pub version: i32,
    pub digest: String,
    pub recorded_at: NaiveDateTime,
    pub recorded_by: String,
    pub reason: Option<String>,
}

impl Session<'_> {
    /// The authority and the kind of an identifier.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn owner(&mut self, id: Id) -> Result<Option<(String, String)>, StoreError> {
        let found = identifiers::table.find(id.to_string()).select((identifiers::authority, identifiers::kind));
        Ok(found.first(self.connection).optional()?)
    }

    /// Takes an identifier for an authority.
    ///
    /// # Errors
    /// [`StoreError::Raced`] when it is taken.
    pub fn claim(&mut self, id: Id, authority: &Siren, kind: &str) -> Result<(), StoreError> {
        let row = IdentifierRow { id: id.to_string(), authority: authority.to_string(), kind: kind.to_owned() };
        match &mut self.waiting {
            Some(waiting) => waiting.identifiers.push(row),
            None => drop(diesel::insert_into(identifiers::table).values(&row).execute(self.connection)?),
        }
        Ok(())
    }

    /// Keeps a version; none is ever changed.
    ///
    /// # Errors
    /// [`StoreError::Raced`] when it is there.
    pub fn add_version(&mut self, row: VersionRow) -> Result<(), StoreError> {
        match &mut self.waiting {
            Some(waiting) => waiting.versions.push(row),
            None => drop(diesel::insert_into(versions::table).values(&row).execute(self.connection)?),
        }
        Ok(())
    }

    /// One version.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn version(&mut self, authority: &str, record: &str, version: i32) -> Result<Option<VersionRow>, StoreError> {
        let found = versions::table.find((authority, record, version)).select(VersionRow::as_select());
        Ok(found.first(self.connection).optional()?)
    }

    /// The heads of a record's versions after `after`, oldest first.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn version_heads(&mut self, authority: &str, record: &str, after: i32, limit: i64) -> Result<Vec<VersionHead>, StoreError> {
        Ok(versions::table
            .filter(versions::authority.eq(authority))
            .filter(versions::record.eq(record))
            .filter(versions::version.gt(after))
            .order(versions::version)
            .limit(limit)
            .select((versions::version, versions::digest, versions::recorded_at, versions::recorded_by, versions::reason))
            .load(self.connection)?)
    }

    /// Whether somebody recorded any of a record: a version of it, an event or a ballot.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn has_recorded(&mut self, authority: &str, record: &str, sub: &str) -> Result<bool, StoreError> {
        let version =
            versions::table.filter(versions::authority.eq(authority)).filter(versions::record.eq(record)).filter(versions::recorded_by.eq(sub));
        let entry = sitting_entries::table
            .filter(sitting_entries::authority.eq(authority))
            .filter(sitting_entries::sitting.eq(record))
            .filter(sitting_entries::recorded_by.eq(sub));
        let any: bool = diesel::select(diesel::dsl::exists(version)).get_result(self.connection)?;
        Ok(any || diesel::select(diesel::dsl::exists(entry)).get_result(self.connection)?)
    }
}
