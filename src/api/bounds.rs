//! What is not waited for, and what there is no more of: the bounds of the server.

use std::time::Duration;

use super::rates::RateBounds;
use crate::sight::Limits;

/// The bounds of the server; [`Default`] has those of the configuration's defaults.
#[derive(Clone, Debug)]
pub struct Bounds {
    /// From the first byte of a request's head to the last, and from the connection to the first.
    pub head: Duration,
    /// How long a connection is kept open for a next request.
    pub keep_alive: Duration,
    /// How long a reader may take nothing of what is sent to it.
    pub write: Duration,
    /// Connections at once.
    pub connections: usize,
    /// Those of them that are kept open for a next request: each is one more open file. The others end with their answer.
    pub kept_open: usize,
    pub limits: Limits,
    /// None: whoever asks is answered.
    pub rates: Option<RateBounds>,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            head: Duration::from_secs(30),
            keep_alive: Duration::from_secs(75),
            write: Duration::from_secs(60),
            connections: 20_000,
            kept_open: 20_000,
            limits: Limits::default(),
            rates: None,
        }
    }
}
