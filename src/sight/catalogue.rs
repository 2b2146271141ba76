//! Every metric: its name, what it is, and how it is told to Prometheus.

use std::sync::OnceLock;
use std::time::Duration;

use metrics_exporter_prometheus::{BuildError, PrometheusBuilder, PrometheusHandle};

/// What a metric is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MetricKind {
    /// Only grows.
    Counter,
    /// Stands where it stands.
    Gauge,
    /// How long things took, in seconds.
    Durations,
}

/// A metric.
#[derive(Clone, Copy, Debug)]
pub struct Metric {
    pub name: &'static str,
    pub kind: MetricKind,
    pub help: &'static str,
}

macro_rules! metrics {
    ($($kind:ident $name:literal: $help:literal;)+) => {
        /// Every metric, in the order of the documentation.
        pub const METRICS: &[Metric] = &[$(Metric { name: $name, kind: MetricKind::$kind, help: $help }),+];
    };
}

metrics! {
    Counter "http_requests_total": "Requests answered, by method, template of the address and status.";
    Durations "http_request_duration_seconds": "From the head of a request to the head of its answer, by method and template of the address.";
    Counter "http_answers_from_memory_total": "Requests that memory answered (hit) and did not (miss).";
    Counter "http_limited_total": "Requests refused by a rate limit, by what was counted: address or token.";
    Gauge "http_rate_keys": "Addresses and tokens that the rate limits remember.";
    Gauge "http_connections": "Connections that are open.";
    Counter "http_connections_cut_total": "Connections cut because they held a request back.";
    Gauge "http_streams": "Streams of events that are open.";
    Gauge "cache_entries": "What is in memory, by cache: answers, pages, tokens.";
    Gauge "cache_bytes": "Memory that a cache takes.";
    Gauge "database_connections": "Connections to the database, by state: in_use or idle.";
    Gauge "database_waiting": "Threads that wait for a connection to the database.";
    Durations "database_wait_seconds": "How long a thread waited for a connection, where none was free.";
    Durations "database_statement_duration_seconds": "Statements, by kind: begin, read, write, commit, other.";
    Counter "database_slow_statements_total": "Statements longer than slow_query_ms.";
    Gauge "feed_changes": "Entries of the change logs of all authorities.";
    Gauge "webhook_lag_changes": "Changes that the webhook furthest behind has not been told of.";
    Gauge "webhook_deliveries": "Deliveries, by state: waiting, held behind an earlier one, or dead.";
    Gauge "webhook_oldest_waiting_seconds": "How long the delivery that waits longest has been due.";
    Counter "webhook_attempts_total": "Attempts to deliver, by result: delivered or failed.";
    Counter "webhook_dead_total": "Deliveries that were given up.";
    Gauge "log_entries": "Entries of the signed logs of all authorities.";
    Gauge "log_last_seal_age_seconds": "Since the last act was sealed.";
    Gauge "imports_unfinished": "Imports that wait or are under way.";
    Counter "files_damaged_total": "Files whose bytes were not those that were kept.";
    Counter "background_runs_total": "Runs of what is done beside requests, by task and result: ok or failed.";
    Gauge "process_start_time_seconds": "When the process started, in seconds since 1970.";
    Gauge "process_resident_memory_bytes": "Memory that the process holds.";
    Gauge "process_open_fds": "Files and connections that the process holds open.";
    Gauge "build_info": "1, with the version, the engine and the features of the program.";
}

/// Bounds of the buckets, in seconds: from an answer out of memory to one that is given up.
const BUCKETS: [f64; 15] = [0.0001, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 30.0];
/// How often measured durations are put into their buckets: until then each takes eight bytes.
const UPKEEP: Duration = Duration::from_secs(5);

static RECORDER: OnceLock<PrometheusHandle> = OnceLock::new();

/// What `/metrics` shows. The first call begins to count; to be made before anything is counted.
///
/// # Errors
/// When another recorder is installed.
pub fn recorder() -> Result<PrometheusHandle, BuildError> {
    static ONE_AT_A_TIME: std::sync::Mutex<()> = std::sync::Mutex::new(());
    let _one = ONE_AT_A_TIME.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if let Some(handle) = RECORDER.get() {
        return Ok(handle.clone());
    }
    let handle = PrometheusBuilder::new().set_buckets(&BUCKETS)?.install_recorder()?;
    for metric in METRICS {
        match metric.kind {
            MetricKind::Counter => metrics::describe_counter!(metric.name, metric.help),
            MetricKind::Gauge => metrics::describe_gauge!(metric.name, metric.help),
            MetricKind::Durations => metrics::describe_histogram!(metric.name, metrics::Unit::Seconds, metric.help),
        }
    }
    // Counters that are asked about before anything happened: 0 is an answer, nothing is not.
    for name in ["database_slow_statements_total", "webhook_dead_total", "files_damaged_total", "http_connections_cut_total"] {
        metrics::counter!(name).absolute(0);
    }
    for result in ["delivered", "failed"] {
        metrics::counter!("webhook_attempts_total", "result" => result).absolute(0);
    }
    for name in ["http_streams", "http_rate_keys", "http_connections"] {
        metrics::gauge!(name).increment(0.0);
    }
    for by in ["address", "token"] {
        metrics::counter!("http_limited_total", "by" => by).absolute(0);
    }
    Ok(RECORDER.get_or_init(|| handle).clone())
}

/// Keeps what was measured small, as long as the service runs.
pub async fn upkeep(handle: PrometheusHandle) {
    loop {
        tokio::time::sleep(UPKEEP).await;
        handle.run_upkeep();
    }
}

/// Counts a run of what is done beside requests.
pub fn ran(task: &'static str, well: bool) {
    metrics::counter!("background_runs_total", "task" => task, "result" => if well { "ok" } else { "failed" }).increment(1);
}

/// Says which program this is, and that it starts now.
pub fn built(engine: &'static str) {
    let features = [
        ("pdf", cfg!(feature = "pdf")),
        ("parquet", cfg!(feature = "parquet")),
        ("s3", cfg!(feature = "s3")),
        ("otel", cfg!(feature = "otel")),
        ("pg-tls", cfg!(feature = "pg-tls")),
    ];
    let features = features.iter().filter(|(_, there)| *there).map(|(name, _)| *name).collect::<Vec<_>>().join(",");
    metrics::gauge!("build_info", "version" => env!("CARGO_PKG_VERSION"), "engine" => engine, "features" => features).set(1.0);
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    metrics::gauge!("process_start_time_seconds").set(now.as_secs_f64());
}
