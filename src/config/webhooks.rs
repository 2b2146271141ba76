//! Deliveries to webhooks.

use serde::{Deserialize, Serialize};

use super::{ConfigError, Range, networks};

/// Deliveries to webhooks.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct WebhooksConfig {
    pub enabled: bool,
    /// Whether one may be sent over plain HTTP.
    pub allow_http: bool,
    /// Networks that are sent to although they are not on the public Internet: `10.0.0.0/8`.
    pub allow_networks: Vec<String>,
    pub connect_seconds: u64,
    /// From the connection to the end of the answer.
    pub total_seconds: u64,
    /// How often an event is tried before it is given up.
    pub attempts: u32,
    /// The wait after the first failure, which doubles with each; and the longest. Milliseconds.
    pub retry_first_ms: u64,
    pub retry_most_ms: u64,
    /// Deliveries of one webhook that are under way at once.
    pub concurrency: u32,
    /// For how long a secret that was replaced signs as well.
    pub rotation_hours: u64,
}

impl Default for WebhooksConfig {
    fn default() -> Self {
        Self {
            enabled: true,
            allow_http: false,
            allow_networks: Vec::new(),
            connect_seconds: 5,
            total_seconds: 20,
            attempts: 16,
            retry_first_ms: 5_000,
            retry_most_ms: 12 * 3600 * 1000,
            concurrency: 4,
            rotation_hours: 24,
        }
    }
}

impl WebhooksConfig {
    /// The networks that are allowed.
    ///
    /// # Errors
    /// [`ConfigError::Network`].
    pub fn networks(&self) -> Result<Vec<ipnet::IpNet>, ConfigError> {
        networks("webhooks.allow_networks", &self.allow_networks)
    }

    /// The numbers, and between which they must be.
    pub(super) fn ranges(&self) -> Vec<Range> {
        vec![
            ("webhooks.connect_seconds", self.connect_seconds, 1, 60),
            ("webhooks.total_seconds", self.total_seconds, 1, 300),
            ("webhooks.attempts", u64::from(self.attempts), 1, 100),
            ("webhooks.retry_first_ms", self.retry_first_ms, 1, 86_400_000),
            ("webhooks.retry_most_ms", self.retry_most_ms, 1, 604_800_000),
            ("webhooks.concurrency", u64::from(self.concurrency), 1, 100),
            ("webhooks.rotation_hours", self.rotation_hours, 0, 8_760),
        ]
    }
}
