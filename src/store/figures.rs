//! What stands in the whole store, in figures: for who runs it. Each is found by look-ups, of one for each authority or webhook; nothing big is counted.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Timestamp};

use super::statement::Statement;
use super::{Session, Store, StoreError};

/// Figures of all authorities together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Entries of the change logs.
    pub changes: i64,
    /// Changes that the webhook furthest behind has not been told of.
    pub webhook_lag: i64,
    pub deliveries_waiting: i64,
    pub deliveries_held: i64,
    pub deliveries_dead: i64,
    /// Since when the delivery that waits longest is due.
    pub oldest_due: Option<NaiveDateTime>,
    pub log_entries: i64,
    pub last_sealed: Option<NaiveDateTime>,
    pub imports_unfinished: i64,
}

/// The connections of the pool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Connections {
    pub in_use: u32,
    pub idle: u32,
    /// Threads that wait for one.
    pub waiting: usize,
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

#[derive(QueryableByName)]
struct Moment {
    #[diesel(sql_type = Nullable<Timestamp>)]
    moment: Option<NaiveDateTime>,
}

const CHANGES: &str = "SELECT CAST(COALESCE(SUM(sequence), 0) AS BIGINT) AS number FROM change_heads";
const LAG: &str = "SELECT CAST(COALESCE(MAX(h.sequence - w.reached), 0) AS BIGINT) AS number \
     FROM webhooks w JOIN change_heads h ON h.authority = w.authority WHERE w.active";
const OLDEST: &str = "SELECT MIN(due) AS moment FROM (SELECT (SELECT MIN(d.due_at) FROM webhook_deliveries d \
     WHERE d.authority = w.authority AND d.webhook = w.id AND d.state = 'waiting') AS due FROM webhooks w WHERE w.active) t";
const ENTRIES: &str = "SELECT CAST(COALESCE(SUM(entries), 0) AS BIGINT) AS number FROM (SELECT (SELECT MAX(e.leaf) + 1 FROM log_entries e \
     WHERE e.authority = h.authority) AS entries FROM change_heads h) t";
const LAST: &str = "SELECT MAX(sealed) AS moment FROM (SELECT (SELECT e.sealed_at FROM log_entries e \
     WHERE e.authority = h.authority ORDER BY e.leaf DESC LIMIT 1) AS sealed FROM change_heads h) t";
const IMPORTS: &str = "SELECT COUNT(*) AS number FROM imports WHERE ended_at IS NULL";

impl Session<'_> {
    /// Figures of the whole store.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn figures(&mut self, engine: super::Engine) -> Result<Figures, StoreError> {
        let deliveries = |state: &str| {
            format!(
                "SELECT CAST(COALESCE(SUM(n), 0) AS BIGINT) AS number FROM (SELECT (SELECT COUNT(*) FROM webhook_deliveries d \
                 WHERE d.authority = w.authority AND d.webhook = w.id AND d.state = '{state}') AS n FROM webhooks w) t"
            )
        };
        let mut number =
            |sql: String| -> Result<i64, StoreError> { Ok(Statement::on(engine).load::<Number>(self, sql)?.first().map_or(0, |row| row.number)) };
        let mut figures = Figures {
            changes: number(CHANGES.to_owned())?,
            webhook_lag: number(LAG.to_owned())?,
            deliveries_waiting: number(deliveries("waiting"))?,
            deliveries_held: number(deliveries("held"))?,
            deliveries_dead: number(deliveries("dead"))?,
            log_entries: number(ENTRIES.to_owned())?,
            imports_unfinished: number(IMPORTS.to_owned())?,
            ..Figures::default()
        };
        let mut moment = |sql: &str| -> Result<Option<NaiveDateTime>, StoreError> {
            Ok(Statement::on(engine).load::<Moment>(self, sql.to_owned())?.first().and_then(|row| row.moment))
        };
        figures.oldest_due = moment(OLDEST)?;
        figures.last_sealed = moment(LAST)?;
        Ok(figures)
    }
}

impl Store {
    /// Figures of the whole store.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn figures(&self) -> Result<Figures, StoreError> {
        self.read(|session| session.figures(self.engine))
    }

    /// How the pool of connections stands.
    pub fn connections(&self) -> Connections {
        let state = self.pool.state();
        let waiting = self.waiting.load(std::sync::atomic::Ordering::Relaxed);
        Connections { in_use: state.connections.saturating_sub(state.idle_connections), idle: state.idle_connections, waiting }
    }
}
