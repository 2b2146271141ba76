//! Imports: where each stands, what was refused of it, and which record each key of a client stands for.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::connection::on_either;
use super::schema::{import_errors, import_keys, imports};
use super::{Session, StoreError};

/// A stored import.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = imports, treat_none_as_default_value = false)]
pub struct ImportRow {
    pub authority: String,
    pub id: String,
    pub state: String,
    pub mode: String,
    pub dry_run: bool,
    /// Whether the present pass only checks.
    pub checking: bool,
    /// Bytes of the file.
    pub size: i64,
    /// Hexadecimal.
    pub sha256: String,
    /// Bytes that the present pass has done with.
    pub position: i64,
    pub lines: i64,
    pub accepted: i64,
    pub unchanged: i64,
    pub refused: i64,
    /// What the token that sent it could do.
    pub scopes: String,
    /// Why it failed: a word.
    pub reason: Option<String>,
    pub created_at: NaiveDateTime,
    pub created_by: String,
    /// When the last run began, and from where in the pass.
    pub run_from: Option<NaiveDateTime>,
    pub run_position: i64,
    pub run_lines: i64,
    pub modified_at: NaiveDateTime,
    pub ended_at: Option<NaiveDateTime>,
    /// Who works on it, and until when nobody else may.
    pub worker: Option<String>,
    pub leased_until: Option<NaiveDateTime>,
}

/// How far an import is.
#[derive(Clone, Debug, Default, PartialEq, Eq, AsChangeset)]
#[diesel(table_name = imports)]
pub struct ImportProgress {
    pub checking: bool,
    pub position: i64,
    pub lines: i64,
    pub accepted: i64,
    pub unchanged: i64,
    pub refused: i64,
}

/// A line that was refused.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = import_errors, treat_none_as_default_value = false)]
pub struct ImportErrorRow {
    pub authority: String,
    pub import: String,
    /// From 1.
    pub line: i64,
    pub import_key: Option<String>,
    /// Name of a type of problem.
    pub problem: String,
    /// JSON.
    pub told: Vec<u8>,
}

/// What a key of a client stands for.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = import_keys, treat_none_as_default_value = false)]
pub struct ImportKeyRow {
    pub authority: String,
    pub import_key: String,
    pub record: String,
    /// SHA-256 of the record as it was sent, in canonical JSON.
    pub digest: String,
}

/// Nobody leases an import for so long: one that is leased for longer was so by a clock that ran ahead, and waits for nobody.
fn ahead() -> chrono::Duration {
    chrono::Duration::hours(1)
}

impl Session<'_> {
    /// Adds an import.
    ///
    /// # Errors
    /// [`StoreError::Raced`] when it is there.
    pub fn add_import(&mut self, row: &ImportRow) -> Result<(), StoreError> {
        diesel::insert_into(imports::table).values(row).execute(self.connection)?;
        Ok(())
    }

    /// One import.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn import(&mut self, authority: &str, id: &str) -> Result<Option<ImportRow>, StoreError> {
        Ok(imports::table.find((authority, id)).select(ImportRow::as_select()).first(self.connection).optional()?)
    }

    /// The imports of an authority before one, from the latest to the earliest.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn imports(&mut self, authority: &str, before: Option<&str>, limit: i64) -> Result<Vec<ImportRow>, StoreError> {
        let of_authority =
            imports::table.filter(imports::authority.eq(authority)).order(imports::id.desc()).limit(limit).select(ImportRow::as_select());
        Ok(match before {
            Some(before) => of_authority.filter(imports::id.lt(before)).load(self.connection)?,
            None => of_authority.load(self.connection)?,
        })
    }

    /// Imports that nobody works on and that are not over, in the order in which they came: authority, identifier.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn imports_to_do(&mut self, now: NaiveDateTime) -> Result<Vec<(String, String)>, StoreError> {
        Ok(imports::table
            .filter(imports::state.eq_any(["queued", "running"]))
            .filter(imports::leased_until.is_null().or(imports::leased_until.le(now)).or(imports::leased_until.gt(now + ahead())))
            .order(imports::id)
            .limit(1_000)
            .select((imports::authority, imports::id))
            .load(self.connection)?)
    }

    /// Gives an import to a worker until a moment, unless somebody works on it or on an earlier one of the authority: an authority has one at a
    /// time. Whether it was given.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn lease_import(&mut self, authority: &str, id: &str, worker: &str, now: NaiveDateTime, until: NaiveDateTime) -> Result<bool, StoreError> {
        self.alone(authority)?;
        let open = || imports::table.filter(imports::authority.eq(authority)).filter(imports::state.eq_any(["queued", "running"]));
        let first: Option<String> = open().order(imports::id).select(imports::id).first(self.connection).optional()?;
        if first.as_deref() != Some(id) {
            return Ok(false);
        }
        let free = open().filter(imports::id.eq(id));
        let free = free.filter(imports::leased_until.is_null().or(imports::leased_until.le(now)).or(imports::leased_until.gt(now + ahead())));
        let given = diesel::update(free).set((
            imports::state.eq("running"),
            imports::worker.eq(Some(worker)),
            imports::leased_until.eq(Some(until)),
            imports::run_from.eq(Some(now)),
            imports::run_position.eq(imports::position),
            imports::run_lines.eq(imports::lines),
            imports::modified_at.eq(now),
        ));
        Ok(given.execute(self.connection)? == 1)
    }

    /// Says how far an import is, and holds it for longer. False: it is no longer this worker's, or was cancelled.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn move_import(
        &mut self,
        import: &ImportRow,
        progress: &ImportProgress,
        now: NaiveDateTime,
        until: NaiveDateTime,
    ) -> Result<bool, StoreError> {
        let mine = imports::table
            .find((&import.authority, &import.id))
            .filter(imports::state.eq("running"))
            .filter(imports::worker.eq(import.worker.as_deref()));
        let moved = diesel::update(mine).set((progress, imports::leased_until.eq(Some(until)), imports::modified_at.eq(now)));
        Ok(moved.execute(self.connection)? == 1)
    }

    /// Gives an import back: another worker may go on with it at once.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn release_import(&mut self, import: &ImportRow) -> Result<(), StoreError> {
        let mine = imports::table.find((&import.authority, &import.id)).filter(imports::worker.eq(import.worker.as_deref()));
        diesel::update(mine).set((imports::worker.eq(None::<String>), imports::leased_until.eq(None::<NaiveDateTime>))).execute(self.connection)?;
        Ok(())
    }

    /// Begins the next pass over an import.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn begin_import_pass(&mut self, import: &ImportRow, now: NaiveDateTime) -> Result<(), StoreError> {
        let row = imports::table.find((&import.authority, &import.id));
        let begun = diesel::update(row).set((imports::run_from.eq(Some(now)), imports::run_position.eq(0i64), imports::run_lines.eq(0i64)));
        begun.execute(self.connection)?;
        Ok(())
    }

    /// Ends an import that is not over. Whether it was not.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn end_import(&mut self, authority: &str, id: &str, state: &str, reason: Option<&str>, now: NaiveDateTime) -> Result<bool, StoreError> {
        let open = imports::table.find((authority, id)).filter(imports::state.eq_any(["queued", "running"]));
        let ended = diesel::update(open).set((
            imports::state.eq(state),
            imports::reason.eq(reason),
            imports::ended_at.eq(Some(now)),
            imports::modified_at.eq(now),
            imports::worker.eq(None::<String>),
            imports::leased_until.eq(None::<NaiveDateTime>),
        ));
        Ok(ended.execute(self.connection)? == 1)
    }

    /// Keeps what was refused.
    ///
    /// # Errors
    /// [`StoreError::Raced`] when a line is told twice.
    pub fn add_import_errors(&mut self, rows: &[ImportErrorRow]) -> Result<(), StoreError> {
        for some in rows.chunks(500) {
            on_either!(self.connection, c => diesel::insert_into(import_errors::table).values(some).execute(c))?;
        }
        Ok(())
    }

    /// Forgets what was refused by a pass that begins again.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn clear_import_errors(&mut self, authority: &str, id: &str) -> Result<(), StoreError> {
        let of_import = import_errors::table.filter(import_errors::authority.eq(authority)).filter(import_errors::import.eq(id));
        diesel::delete(of_import).execute(self.connection)?;
        Ok(())
    }

    /// What was refused after a line, in order.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn import_errors(&mut self, authority: &str, id: &str, after: i64, limit: i64) -> Result<Vec<ImportErrorRow>, StoreError> {
        Ok(import_errors::table
            .filter(import_errors::authority.eq(authority))
            .filter(import_errors::import.eq(id))
            .filter(import_errors::line.gt(after))
            .order(import_errors::line)
            .limit(limit)
            .select(ImportErrorRow::as_select())
            .load(self.connection)?)
    }

    /// What some keys stand for.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn import_keys(&mut self, authority: &str, keys: &[String]) -> Result<Vec<ImportKeyRow>, StoreError> {
        let mut found = Vec::new();
        // Below the number of variables that a statement may have.
        for some in keys.chunks(500) {
            let among = import_keys::table
                .filter(import_keys::authority.eq(authority))
                .filter(import_keys::import_key.eq_any(some))
                .select(ImportKeyRow::as_select());
            found.extend(among.load(self.connection)?);
        }
        Ok(found)
    }

    /// Keeps what keys stand for, once their records are there.
    ///
    /// # Errors
    /// [`StoreError::Raced`] when a key is taken.
    pub fn add_import_keys(&mut self, rows: &[ImportKeyRow]) -> Result<(), StoreError> {
        self.settle()?;
        for some in rows.chunks(500) {
            on_either!(self.connection, c => diesel::insert_into(import_keys::table).values(some).execute(c))?;
        }
        Ok(())
    }
}
