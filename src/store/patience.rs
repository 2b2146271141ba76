//! How long the store waits, and what it does not wait for any longer.

use std::time::Duration;

/// Waits of the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// For a free connection.
    pub connection: Duration,
    /// For what another writer holds; on SQLite for the turn to write.
    pub lock: Duration,
    /// For one statement, on PostgreSQL; none: as long as it takes.
    pub statement: Option<Duration>,
    /// For the next statement of a transaction, on PostgreSQL: then the connection is cut, and what it held is free.
    pub transaction: Option<Duration>,
    /// From when on a statement is written to the log; none: never.
    pub slow: Option<Duration>,
    /// Whether statements are timed and counted. Not where something else is to hear of them: a connection of Diesel has one listener.
    pub timed: bool,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            connection: Duration::from_secs(5),
            lock: Duration::from_secs(30),
            statement: Some(Duration::from_secs(60)),
            transaction: Some(Duration::from_secs(60)),
            slow: Some(Duration::from_millis(500)),
            timed: true,
        }
    }
}

impl Patience {
    /// What a connection to PostgreSQL is told.
    pub(super) fn for_postgresql(&self) -> String {
        let millis = |wait: Option<Duration>| wait.map_or(0, |wait| wait.as_millis());
        format!(
            "SET lock_timeout = {}; SET statement_timeout = {}; SET idle_in_transaction_session_timeout = {};",
            self.lock.as_millis(),
            millis(self.statement),
            millis(self.transaction)
        )
    }

    /// What a connection to SQLite is told.
    pub(super) fn for_sqlite(&self) -> String {
        format!("PRAGMA busy_timeout = {};", self.lock.as_millis())
    }
}
