//! How changes are delivered.

use std::time::Duration;

use ipnet::IpNet;

/// How changes are delivered.
#[derive(Clone, Debug)]
pub struct Settings {
    /// What the `source` of an event begins with, where it was configured.
    pub public_url: Option<String>,
    /// For how many days the feed tells, and finished deliveries are kept; none: for ever.
    pub retention_days: Option<u32>,
    /// Whether webhooks are delivered.
    pub webhooks: bool,
    /// Whether a webhook may be sent over plain HTTP.
    pub allow_http: bool,
    /// Networks that webhooks may be sent to although they are not public.
    pub allow_networks: Vec<IpNet>,
    pub connect_timeout: Duration,
    /// From the connection to the end of the answer.
    pub total_timeout: Duration,
    /// How often one event is tried before it is given up.
    pub attempts: i32,
    /// The wait after the first failure; it doubles with each.
    pub retry_first: Duration,
    /// The longest wait.
    pub retry_most: Duration,
    /// How many deliveries of one webhook are under way at once in one instance.
    pub concurrency: usize,
    /// For how long a secret that was replaced signs as well.
    pub rotation: Duration,
    /// Streams of the feed at once: each holds a connection for as long as it likes.
    pub streams: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            public_url: None,
            retention_days: None,
            webhooks: false,
            allow_http: false,
            allow_networks: Vec::new(),
            connect_timeout: Duration::from_secs(5),
            total_timeout: Duration::from_secs(20),
            attempts: 16,
            retry_first: Duration::from_secs(5),
            retry_most: Duration::from_secs(12 * 3600),
            concurrency: 4,
            rotation: Duration::from_secs(24 * 3600),
            streams: 12_000,
        }
    }
}
