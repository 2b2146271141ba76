//! Sittings, and what was recorded live since their last document.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::schema::{attendance_rows, ballot_rows, external_ids, sitting_entries, sittings};
use super::{Session, StoreError};

/// A stored sitting, without its document.
#[derive(Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = sittings, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct SittingRow {
    pub authority: String,
    pub id: String,
    pub body: String,
    pub date: NaiveDate,
    pub origin: String,
    pub visibility: String,
    /// Number of the last accepted change to the record: a document or an entry.
    pub version: i32,
    /// Number of the last document.
    pub document_version: i32,
    /// SHA-256 of the last document.
    pub digest: String,
    pub modified_at: NaiveDateTime,
}

/// An event or a ballot of a live sitting.
#[derive(Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = sitting_entries, treat_none_as_default_value = false)]
pub struct EntryRow {
    pub authority: String,
    pub sitting: String,
    pub version: i32,
    pub kind: String,
    pub document: Vec<u8>,
    pub recorded_at: NaiveDateTime,
    pub recorded_by: String,
}

/// Which sittings to list.
#[derive(Clone, Debug, Default)]
pub struct SittingFilter {
    pub public_only: bool,
    pub body: Option<String>,
    pub date_from: Option<NaiveDate>,
    pub date_to: Option<NaiveDate>,
    pub origin: Option<String>,
    pub member: Option<String>,
    pub outcome: Option<String>,
    pub external_id: Option<(String, String)>,
    pub modified_since: Option<NaiveDateTime>,
    /// Before this date and identifier: lists go from the latest to the earliest.
    pub after: Option<(NaiveDate, String)>,
    pub limit: i64,
}

impl Session<'_> {
    /// One sitting.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn sitting(&mut self, authority: &str, id: &str) -> Result<Option<SittingRow>, StoreError> {
        // It may be one of the batch.
        self.settle()?;
        Ok(sittings::table.find((authority, id)).select(SittingRow::as_select()).first(self.connection).optional()?)
    }

    /// Adds a sitting, whose identifier is claimed already.
    ///
    /// # Errors
    /// [`StoreError::Raced`] when it is there.
    pub fn add_sitting(&mut self, row: &SittingRow) -> Result<(), StoreError> {
        match &mut self.waiting {
            Some(waiting) => waiting.sittings.push(row.clone()),
            None => drop(diesel::insert_into(sittings::table).values(row).execute(self.connection)?),
        }
        Ok(())
    }

    /// Replaces a sitting that still has this version; whether it had.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn replace_sitting(&mut self, row: &SittingRow, version: i32) -> Result<bool, StoreError> {
        let as_read = sittings::table.find((&row.authority, &row.id)).filter(sittings::version.eq(version));
        Ok(diesel::update(as_read).set(row).execute(self.connection)? == 1)
    }

    /// Takes the next version of a sitting for an entry. Writers of one sitting wait for each other here.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn next_sitting_version(&mut self, authority: &str, id: &str, at: NaiveDateTime) -> Result<i32, StoreError> {
        let row = sittings::table.find((authority, id));
        diesel::update(row).set((sittings::version.eq(sittings::version + 1), sittings::modified_at.eq(at))).execute(self.connection)?;
        Ok(row.select(sittings::version).first(self.connection)?)
    }

    /// Sets who may read a sitting.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn set_sitting_visibility(&mut self, authority: &str, id: &str, visibility: &str, at: NaiveDateTime) -> Result<(), StoreError> {
        diesel::update(sittings::table.find((authority, id)))
            .set((sittings::visibility.eq(visibility), sittings::modified_at.eq(at)))
            .execute(self.connection)?;
        if visibility == "public" { self.show_parts(authority, id) } else { Ok(()) }
    }

    /// Notes that what is shown beside a sitting has changed.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn touch_sitting(&mut self, authority: &str, id: &str, at: NaiveDateTime) -> Result<(), StoreError> {
        diesel::update(sittings::table.find((authority, id))).set(sittings::modified_at.eq(at)).execute(self.connection)?;
        Ok(())
    }

    /// Adds an event or a ballot.
    ///
    /// # Errors
    /// [`StoreError::Raced`] when its version is taken.
    pub fn add_entry(&mut self, row: &EntryRow) -> Result<(), StoreError> {
        self.settle()?;
        diesel::insert_into(sitting_entries::table).values(row).execute(self.connection)?;
        Ok(())
    }

    /// Events and ballots after a version, in order.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn entries_after(&mut self, authority: &str, sitting: &str, version: i32) -> Result<Vec<EntryRow>, StoreError> {
        Ok(sitting_entries::table
            .filter(sitting_entries::authority.eq(authority))
            .filter(sitting_entries::sitting.eq(sitting))
            .filter(sitting_entries::version.gt(version))
            .order(sitting_entries::version)
            .select(EntryRow::as_select())
            .load(self.connection)?)
    }

    /// Sittings from the latest to the earliest.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn sittings(&mut self, authority: &str, filter: &SittingFilter) -> Result<Vec<SittingRow>, StoreError> {
        let mut query = sittings::table
            .filter(sittings::authority.eq(authority.to_owned()))
            .order((sittings::date.desc(), sittings::id.desc()))
            .limit(filter.limit)
            .select(SittingRow::as_select())
            .into_boxed();
        if filter.public_only {
            query = query.filter(sittings::visibility.eq("public"));
        }
        if let Some(body) = &filter.body {
            query = query.filter(sittings::body.eq(body.clone()));
        }
        if let Some(day) = filter.date_from {
            query = query.filter(sittings::date.ge(day));
        }
        if let Some(day) = filter.date_to {
            query = query.filter(sittings::date.le(day));
        }
        if let Some(origin) = &filter.origin {
            query = query.filter(sittings::origin.eq(origin.clone()));
        }
        if let Some(member) = &filter.member {
            let listed = attendance_rows::table
                .filter(attendance_rows::authority.eq(authority.to_owned()))
                .filter(attendance_rows::person.eq(member.clone()))
                .select(attendance_rows::sitting);
            query = query.filter(sittings::id.eq_any(listed));
        }
        if let Some(outcome) = &filter.outcome {
            let decided = ballot_rows::table
                .filter(ballot_rows::authority.eq(authority.to_owned()))
                .filter(ballot_rows::outcome.eq(outcome.clone()))
                .select(ballot_rows::sitting);
            query = query.filter(sittings::id.eq_any(decided));
        }
        if let Some((scheme, value)) = &filter.external_id {
            let named = external_ids::table
                .filter(external_ids::authority.eq(authority.to_owned()))
                .filter(external_ids::scheme.eq(scheme.clone()))
                .filter(external_ids::value.eq(value.clone()))
                .select(external_ids::record);
            query = query.filter(sittings::id.eq_any(named));
        }
        if let Some(moment) = filter.modified_since {
            query = query.filter(sittings::modified_at.ge(moment));
        }
        if let Some((date, id)) = &filter.after {
            query = query.filter(sittings::date.lt(*date).or(sittings::date.eq(*date).and(sittings::id.lt(id.clone()))));
        }
        Ok(query.load(self.connection)?)
    }
}
