//! The change log: a number for each accepted change, in the order of commit.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::connection::AnyConnection;
use super::schema::{change_heads, changes};
use super::{Session, StoreError};
use crate::record::Siren;

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
    /// The record that the feed tells of: of a file, the act or the sitting that it belongs to.
    pub subject: String,
    pub part: String,
    /// Kind and action, such as `deliberation.updated`, as the authority's own readers are told; none: they are not.
    pub event: Option<String>,
    /// The same as the public is told, worked out when the change was written.
    pub public_event: Option<String>,
}

/// How far the log of an authority goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// The number of the newest entry; 0 where there is none.
    pub sequence: i64,
    /// The feed tells what comes after this number.
    pub told_after: i64,
}

/// A place that the log of an authority has reached; written `SIREN:NUMBER`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reached {
    pub authority: Siren,
    pub sequence: i64,
}

impl std::fmt::Display for Reached {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.authority, self.sequence)
    }
}

impl std::str::FromStr for Reached {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (authority, sequence) = text.split_once(':').ok_or(())?;
        // No sign, no space.
        let digits = sequence.bytes().all(|byte| byte.is_ascii_digit());
        let sequence = sequence.parse().ok().filter(|_| digits).ok_or(())?;
        Ok(Self { authority: authority.parse().map_err(|_| ())?, sequence })
    }
}

/// Which changes are told, and to whom.
#[derive(Clone, Debug)]
pub struct ToldFilter {
    pub public_only: bool,
    /// Events, such as `deliberation.updated`.
    pub events: Vec<String>,
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
            self.logged = Some(change.sequence);
            waiting.changes.push(change);
            return Ok(());
        }
        diesel::update(head).set(change_heads::sequence.eq(change_heads::sequence + 1)).execute(self.connection)?;
        change.sequence = head.select(change_heads::sequence).first(self.connection)?;
        diesel::insert_into(changes::table).values(&change).execute(self.connection)?;
        self.logged = Some(change.sequence);
        Ok(())
    }

    pub(super) fn set_change_head(&mut self, authority: &str, sequence: i64) -> Result<(), StoreError> {
        diesel::update(change_heads::table.find(authority)).set(change_heads::sequence.eq(sequence)).execute(self.connection)?;
        Ok(())
    }

    /// How far the log of an authority is once this transaction commits; none where there is no such authority.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn reaches(&mut self, authority: &Siren) -> Result<Option<Reached>, StoreError> {
        let sequence = match self.logged {
            Some(sequence) => Some(sequence),
            None => self.log_head(authority.as_str())?.map(|head| head.sequence),
        };
        Ok(sequence.map(|sequence| Reached { authority: authority.clone(), sequence }))
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
        let row = (change_heads::authority.eq(authority), change_heads::sequence.eq(0i64), change_heads::told_after.eq(0i64));
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

    /// How far the log of an authority goes; none where there is no such authority.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn log_head(&mut self, authority: &str) -> Result<Option<Head>, StoreError> {
        let head = change_heads::table.find(authority).select((change_heads::sequence, change_heads::told_after));
        let head: Option<(i64, i64)> = head.first(self.connection).optional()?;
        Ok(head.map(|(sequence, told_after)| Head { sequence, told_after }))
    }

    /// The number of the newest entry that the public is told of; 0 where there is none.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn newest_public(&mut self, authority: &str) -> Result<i64, StoreError> {
        let told = changes::table.filter(changes::authority.eq(authority)).filter(changes::public_event.is_not_null());
        let newest = told.order(changes::sequence.desc()).select(changes::sequence).first::<i64>(self.connection).optional()?;
        Ok(newest.unwrap_or(0))
    }

    /// What is told of the log of an authority after a number, in order.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn told_after(&mut self, authority: &str, sequence: i64, filter: &ToldFilter, limit: i64) -> Result<Vec<Change>, StoreError> {
        let mut query = changes::table
            .filter(changes::authority.eq(authority.to_owned()))
            .filter(changes::sequence.gt(sequence))
            .order(changes::sequence)
            .limit(limit)
            .select(Change::as_select())
            .into_boxed();
        query = if filter.public_only {
            query.filter(changes::public_event.is_not_null()).filter(changes::public_event.eq_any(filter.events.clone()))
        } else {
            query.filter(changes::event.eq_any(filter.events.clone()))
        };
        Ok(query.load(self.connection)?)
    }

    /// One entry of the log.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn change(&mut self, authority: &str, sequence: i64) -> Result<Option<Change>, StoreError> {
        Ok(changes::table.find((authority, sequence)).select(Change::as_select()).first(self.connection).optional()?)
    }

    /// Whether the log has an entry with these words on a record.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn was_logged(&mut self, authority: &str, record: &str, action: &str) -> Result<bool, StoreError> {
        let of_record = changes::table.filter(changes::authority.eq(authority)).filter(changes::record.eq(record));
        Ok(diesel::select(diesel::dsl::exists(of_record.filter(changes::action.eq(action)))).get_result(self.connection)?)
    }

    /// From now on the feed of every authority tells only what was logged at that moment or later. The log itself stays whole: it is the audit
    /// trail. The number of authorities whose feed became shorter.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn forget_told_before(&mut self, moment: NaiveDateTime) -> Result<usize, StoreError> {
        let heads: Vec<(String, i64)> = change_heads::table.select((change_heads::authority, change_heads::told_after)).load(self.connection)?;
        let mut shortened = 0;
        for (authority, told_after) in heads {
            let older = changes::table
                .filter(changes::authority.eq(&authority))
                .filter(changes::recorded_at.lt(moment))
                .select(diesel::dsl::max(changes::sequence))
                .first::<Option<i64>>(self.connection)?;
            if let Some(older) = older.filter(|older| *older > told_after) {
                diesel::update(change_heads::table.find(&authority)).set(change_heads::told_after.eq(older)).execute(self.connection)?;
                shortened += 1;
            }
        }
        Ok(shortened)
    }
}
