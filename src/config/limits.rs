//! What is not waited for.

use serde::{Deserialize, Serialize};

use super::Range;

/// What is not waited for, and what there is no more of. Seconds; 0 where said: no bound.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LimitsConfig {
    /// The head of a request.
    pub head_seconds: u64,
    /// A body that is read whole.
    pub body_seconds: u64,
    /// The silence in the middle of a file that comes in.
    pub silence_seconds: u64,
    /// Work that a request waits for; 0: no bound.
    pub request_seconds: u64,
    /// A reader that takes nothing.
    pub write_seconds: u64,
    /// A next request on the same connection.
    pub keep_alive_seconds: u64,
    /// Connections at once.
    pub connections: u32,
    /// Streams of events at once.
    pub streams: u32,
    /// A free connection to the database.
    pub pool_seconds: u64,
    /// What another writer holds.
    pub lock_seconds: u64,
    /// One statement, on PostgreSQL; 0: no bound.
    pub statement_seconds: u64,
    /// The next statement of a transaction, on PostgreSQL; 0: no bound.
    pub transaction_seconds: u64,
}

impl Default for LimitsConfig {
    fn default() -> Self {
        Self {
            head_seconds: 30,
            body_seconds: 120,
            silence_seconds: 30,
            request_seconds: 60,
            write_seconds: 60,
            keep_alive_seconds: 75,
            connections: 20_000,
            streams: 12_000,
            pool_seconds: 5,
            lock_seconds: 30,
            statement_seconds: 60,
            transaction_seconds: 60,
        }
    }
}

impl LimitsConfig {
    /// The numbers, and between which they must be.
    pub(super) fn ranges(&self) -> Vec<Range> {
        vec![
            ("limits.head_seconds", self.head_seconds, 1, 300),
            ("limits.body_seconds", self.body_seconds, 1, 3_600),
            ("limits.silence_seconds", self.silence_seconds, 1, 600),
            ("limits.request_seconds", self.request_seconds, 0, 3_600),
            ("limits.write_seconds", self.write_seconds, 1, 3_600),
            ("limits.keep_alive_seconds", self.keep_alive_seconds, 1, 3_600),
            ("limits.connections", u64::from(self.connections), 10, 1_000_000),
            ("limits.streams", u64::from(self.streams), 0, 1_000_000),
            ("limits.pool_seconds", self.pool_seconds, 1, 300),
            ("limits.lock_seconds", self.lock_seconds, 1, 3_600),
            ("limits.statement_seconds", self.statement_seconds, 0, 86_400),
            ("limits.transaction_seconds", self.transaction_seconds, 0, 86_400),
        ]
    }
}
