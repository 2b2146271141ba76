//! The log of sealed acts of an authority: entries in order, the hashes of complete subtrees (RFC 9162), signed checkpoints.

use chrono::NaiveDateTime;
use diesel::dsl::max;
use diesel::prelude::*;

use super::schema::{log_checkpoints, log_entries, log_nodes};
use super::{Session, StoreError};

/// How many rows that should not be there are named.
const SOME: i64 = 20;

/// The highest level that a node can have: above it, a node would stand over more leaves than can be numbered.
const HIGHEST: i32 = 62;

/// An entry of the log.
#[derive(Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = log_entries, treat_none_as_default_value = false)]
pub struct LogEntryRow {
    pub authority: String,
    /// From 0.
    pub leaf: i64,
    pub deliberation: String,
    /// Canonical JSON: what the leaf hash is of. It states the digest of the document.
    pub entry: Vec<u8>,
    /// Canonical JSON of the sealed version, whole.
    pub document: Vec<u8>,
    pub sealed_at: NaiveDateTime,
    pub sealed_by: String,
}

impl Session<'_> {
    /// How many acts are sealed.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn log_size(&mut self, authority: &str) -> Result<i64, StoreError> {
        let last = log_entries::table.filter(log_entries::authority.eq(authority)).select(max(log_entries::leaf));
        Ok(last.first::<Option<i64>>(self.connection)?.map_or(0, |leaf| leaf + 1))
    }

    /// Adds an entry at the end.
    ///
    /// # Errors
    /// [`StoreError::Raced`] when its place is taken, or its act sealed.
    pub fn add_log_entry(&mut self, row: &LogEntryRow) -> Result<(), StoreError> {
        diesel::insert_into(log_entries::table).values(row).execute(self.connection)?;
        Ok(())
    }

    /// The entry of an act.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn log_entry(&mut self, authority: &str, deliberation: &str) -> Result<Option<LogEntryRow>, StoreError> {
        Ok(log_entries::table
            .filter(log_entries::authority.eq(authority))
            .filter(log_entries::deliberation.eq(deliberation))
            .select(LogEntryRow::as_select())
            .first(self.connection)
            .optional()?)
    }

    /// Entries from a place on, in order.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn log_entries_from(&mut self, authority: &str, leaf: i64, limit: i64) -> Result<Vec<LogEntryRow>, StoreError> {
        Ok(log_entries::table
            .filter(log_entries::authority.eq(authority))
            .filter(log_entries::leaf.ge(leaf))
            .order(log_entries::leaf)
            .limit(limit)
            .select(LogEntryRow::as_select())
            .load(self.connection)?)
    }

    /// The hash of a complete subtree: of 2^`level` leaves, the `node`th of its level.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] where it is missing.
    pub fn log_node(&mut self, authority: &str, level: i32, node: i64) -> Result<Vec<u8>, StoreError> {
        let found = log_nodes::table.find((authority, level, node)).select(log_nodes::hash).first(self.connection).optional()?;
        found.ok_or_else(|| StoreError::Corrupt(format!("node {level}/{node} of the log of {authority} is missing")))
    }

    /// Keeps the hash of a complete subtree.
    ///
    /// # Errors
    /// [`StoreError::Raced`] when it is there.
    pub fn add_log_node(&mut self, authority: &str, level: i32, node: i64, hash: &[u8]) -> Result<(), StoreError> {
        let row = (log_nodes::authority.eq(authority), log_nodes::level.eq(level), log_nodes::node.eq(node), log_nodes::hash.eq(hash));
        diesel::insert_into(log_nodes::table).values(row).execute(self.connection)?;
        Ok(())
    }

    /// The signed checkpoint of a size.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn checkpoint(&mut self, authority: &str, size: i64) -> Result<Option<String>, StoreError> {
        Ok(log_checkpoints::table.find((authority, size)).select(log_checkpoints::note).first(self.connection).optional()?)
    }

    /// Keeps a signed checkpoint.
    ///
    /// # Errors
    /// [`StoreError::Raced`] when there is one of that size.
    pub fn add_checkpoint(&mut self, authority: &str, size: i64, note: &str, at: NaiveDateTime) -> Result<(), StoreError> {
        let row = (
            log_checkpoints::authority.eq(authority),
            log_checkpoints::size.eq(size),
            log_checkpoints::note.eq(note),
            log_checkpoints::signed_at.eq(at),
        );
        diesel::insert_into(log_checkpoints::table).values(row).execute(self.connection)?;
        Ok(())
    }

    /// Index and hash of the nodes `from` to `to` of a level, without `to`, in order.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn log_nodes(&mut self, authority: &str, level: i32, from: i64, to: i64) -> Result<Vec<(i64, Vec<u8>)>, StoreError> {
        Ok(log_nodes::table
            .filter(log_nodes::authority.eq(authority))
            .filter(log_nodes::level.eq(level))
            .filter(log_nodes::node.ge(from).and(log_nodes::node.lt(to)))
            .order(log_nodes::node)
            .select((log_nodes::node, log_nodes::hash))
            .load(self.connection)?)
    }

    /// Size and note of the checkpoints of the sizes `from` to `to`, without `to`, in order.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn checkpoints(&mut self, authority: &str, from: i64, to: i64) -> Result<Vec<(i64, String)>, StoreError> {
        Ok(log_checkpoints::table
            .filter(log_checkpoints::authority.eq(authority))
            .filter(log_checkpoints::size.ge(from).and(log_checkpoints::size.lt(to)))
            .order(log_checkpoints::size)
            .select((log_checkpoints::size, log_checkpoints::note))
            .load(self.connection)?)
    }

    /// Some of the leaves below 0 and from `size` on.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn leaves_outside(&mut self, authority: &str, size: i64) -> Result<Vec<i64>, StoreError> {
        Ok(log_entries::table
            .filter(log_entries::authority.eq(authority))
            .filter(log_entries::leaf.lt(0).or(log_entries::leaf.ge(size)))
            .order(log_entries::leaf)
            .limit(SOME)
            .select(log_entries::leaf)
            .load(self.connection)?)
    }

    /// Some of the nodes that are not complete in a log of `size` entries.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn nodes_outside(&mut self, authority: &str, size: i64) -> Result<Vec<(i32, i64)>, StoreError> {
        let of_log = || log_nodes::table.filter(log_nodes::authority.eq(authority)).select((log_nodes::level, log_nodes::node)).limit(SOME);
        let mut found = of_log().filter(log_nodes::level.lt(0).or(log_nodes::level.gt(HIGHEST))).load(self.connection)?;
        for level in 0..=HIGHEST {
            let beyond = of_log().filter(log_nodes::level.eq(level)).filter(log_nodes::node.lt(0).or(log_nodes::node.ge(size >> level)));
            found.extend(beyond.load::<(i32, i64)>(self.connection)?);
        }
        Ok(found)
    }

    /// Some of the sizes of checkpoints of nothing, or of more than `size` entries.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn checkpoints_outside(&mut self, authority: &str, size: i64) -> Result<Vec<i64>, StoreError> {
        Ok(log_checkpoints::table
            .filter(log_checkpoints::authority.eq(authority))
            .filter(log_checkpoints::size.le(0).or(log_checkpoints::size.gt(size)))
            .order(log_checkpoints::size)
            .limit(SOME)
            .select(log_checkpoints::size)
            .load(self.connection)?)
    }
}
