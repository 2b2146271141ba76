//! Metrics and the log of slow statements.

use std::collections::BTreeSet;
use std::io::Write;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use registre::api::{Allowed, Bounds, ProxyHeader, RateBounds};
use registre::sight::{METRICS, MetricKind};
use registre::store::{Patience, Store, StoreError};
use reqwest::Method;
use rstest::rstest;

use crate::harness::{ACT, Answer, Database, Engine, PAS_DE_CALAIS, Server, Setup};
use crate::sealed_log::seal;

/// The value of a series; none where it is not there.
fn value(text: &str, series: &str) -> Option<f64> {
    text.lines().find_map(|line| line.strip_prefix(series)?.strip_prefix(' ')?.parse().ok())
}

#[track_caller]
fn at_least(text: &str, series: &str, least: f64) {
    let found = value(text, series).unwrap_or_else(|| panic!("no {series}"));
    assert!(found >= least, "{series} is {found}");
}

/// A service that counts, after a day in small.
fn after_a_day(engine: Engine) -> (Server, String) {
    let allowed = Allowed { per_second: 1000.try_into().unwrap(), burst: 1000.try_into().unwrap() };
    let rates = RateBounds {
        per_address: Some(allowed),
        per_token: Some(allowed),
        trusted_proxies: Vec::new(),
        proxy_header: ProxyHeader::XForwardedFor,
        most: 1000,
    };
    let setup = Setup { bounds: Bounds { rates: Some(rates), ..Bounds::default() }, metrics: true, ..Setup::default() };
    let server = Server::set_up(engine, setup, |register| registre::demo::load(register).unwrap());
    seal(&server, 1);
    let act = format!("/v1/deliberations/{ACT}");
    let tag = server.get(&act, None).expect(200).header("etag").to_owned();
    server.get(&act, None).expect(200);
    Answer::of(server.request(Method::GET, &act).header("If-None-Match", tag).send().unwrap()).expect(304);
    server.get("/v1/no-such-thing/4711", None).expect(404);
    server.get("/v1/me", None).expect(401);
    // More threads than there are connections: one waits.
    std::thread::scope(|scope| {
        for _ in 0..6 {
            scope.spawn(|| {
                let held = server.register.store().read(|_| {
                    std::thread::sleep(Duration::from_millis(100));
                    Ok::<_, StoreError>(())
                });
                held.unwrap();
            });
        }
    });
    // The rates are counted once a second.
    std::thread::sleep(Duration::from_millis(1100));
    let text = server.get("/metrics", None).expect(200).text;
    (server, text)
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn what_happens_is_counted(#[case] engine: Engine) {
    let (_server, text) = after_a_day(engine);
    let requests =
        |method: &str, route: &str, status: &str| format!("http_requests_total{{method=\"{method}\",route=\"{route}\",status=\"{status}\"}}");
    at_least(&text, &requests("GET", "/v1/deliberations/{id}", "200"), 2.0);
    at_least(&text, &requests("GET", "/v1/deliberations/{id}", "304"), 1.0);
    at_least(&text, &requests("GET", "/v1/me", "401"), 1.0);
    at_least(&text, &requests("GET", "none", "404"), 1.0);
    at_least(&text, &requests("POST", "/v1/deliberations/{id}/seal", "201"), 1.0);
    at_least(&text, "http_request_duration_seconds_count{method=\"GET\",route=\"/v1/deliberations/{id}\"}", 3.0);
    at_least(&text, "http_answers_from_memory_total{result=\"hit\"}", 1.0);
    at_least(&text, "http_answers_from_memory_total{result=\"miss\"}", 1.0);
    at_least(&text, "http_connections", 1.0);
    at_least(&text, "log_entries", 1.0);
    at_least(&text, "feed_changes", 10.0);
    at_least(&text, "database_wait_seconds_count", 1.0);
    for kind in ["begin", "read", "write", "commit"] {
        at_least(&text, &format!("database_statement_duration_seconds_count{{kind=\"{kind}\"}}"), 1.0);
    }
    assert!(value(&text, "database_connections{state=\"idle\"}").is_some());
    // What a client invents is in no label.
    assert!(!text.contains("4711"));

    // Every metric is there, and explained; the dashboard asks for nothing else.
    let shown: BTreeSet<&str> = text.lines().filter_map(|line| line.strip_prefix("# TYPE ")?.split(' ').next()).collect();
    let operate = include_str!("../../../docs/operate.md");
    let dashboard = include_str!("../../../docs/grafana/registre.json");
    for metric in METRICS {
        // Of the program, which this is not; of another system.
        let elsewhere = metric.name == "build_info" || metric.name.starts_with("process_");
        assert!(shown.contains(metric.name) || elsewhere, "{} is not shown", metric.name);
        assert!(operate.contains(&format!("`{}`", metric.name)), "docs/operate.md does not explain {}", metric.name);
    }
    for name in named(dashboard) {
        let of = |metric: &&registre::sight::Metric| match metric.kind {
            MetricKind::Durations => ["_bucket", "_sum", "_count"].iter().any(|end| name == format!("{}{end}", metric.name)),
            _ => metric.name == name,
        };
        assert!(METRICS.iter().any(|metric| of(&metric)), "the dashboard asks for {name}");
    }
}

/// The metrics that the expressions of a dashboard name: what stands before a selector or a range, all of which are written with braces.
fn named(dashboard: &str) -> BTreeSet<String> {
    let dashboard: serde_json::Value = serde_json::from_str(dashboard).unwrap();
    let mut names = BTreeSet::new();
    for panel in dashboard["panels"].as_array().unwrap() {
        for target in panel["targets"].as_array().into_iter().flatten() {
            let expression = target["expr"].as_str().unwrap();
            let before: Vec<&str> = expression.split('{').collect();
            for text in &before[..before.len() - 1] {
                names.insert(text.rsplit(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).next().unwrap().to_owned());
            }
        }
    }
    assert!(names.len() > 15, "{names:?}");
    names
}

#[test]
fn nothing_is_shown_where_nothing_is_counted() {
    Server::empty(Engine::Sqlite).get("/metrics", None).problem(404, "not-found");
}

/// What is logged, to be read.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn a_slow_statement_is_logged_without_its_values(#[case] engine: Engine) {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::new(engine, folder.path());
    let secret = "Durand-Secret";
    for (slow, expected) in [(Some(Duration::ZERO), true), (Some(Duration::from_secs(600)), false), (None, false)] {
        let store = Store::open_with(&database.url, 1, Patience { slow, ..Patience::default() }).unwrap();
        store.migrate().unwrap();
        let log = Log::default();
        let writer = log.clone();
        let subscriber = tracing_subscriber::fmt().with_ansi(false).with_writer(move || writer.clone()).finish();
        tracing::subscriber::with_default(subscriber, || {
            store.read(|session| session.directory_entry(PAS_DE_CALAIS, secret)).unwrap();
        });
        let text = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
        assert_eq!(text.contains("slow statement") && text.contains("SELECT") && text.contains("directory"), expected, "{slow:?}: {text}");
        assert!(!text.contains(secret) && !text.contains(PAS_DE_CALAIS), "{text}");
    }
}
