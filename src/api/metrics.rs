//! What `/metrics` shows: what was counted meanwhile, and how things stand now.

use std::time::{Duration, Instant};

use actix_web::dev::Server;
use actix_web::http::header::CACHE_CONTROL;
use actix_web::web::{self, Data};
use actix_web::{App, HttpResponse, HttpServer, get};
use metrics_exporter_prometheus::PrometheusHandle;
use tokio::sync::Mutex;

use super::problem::{Kind, Problem};
use super::tokens::Verifier;
use crate::register::Register;
use crate::sight;
use crate::store::{Figures, now};

/// How old the figures of the store may be: whoever asks more often costs it nothing more.
const FRESH: Duration = Duration::from_secs(15);

/// What is counted, and where the rest is found.
pub struct Metrics {
    handle: PrometheusHandle,
    register: Data<Register>,
    verifier: Data<Verifier>,
    /// When the store was last asked, one at a time.
    asked: Mutex<Option<Instant>>,
}

impl Metrics {
    pub fn new(handle: PrometheusHandle, register: Data<Register>, verifier: Data<Verifier>) -> Self {
        Self { handle, register, verifier, asked: Mutex::new(None) }
    }

    /// Text for Prometheus (version 0.0.4).
    async fn text(&self) -> String {
        self.look();
        let mut asked = self.asked.lock().await;
        if asked.is_none_or(|at| at.elapsed() >= FRESH) {
            let register = self.register.clone();
            let figures = web::block(move || register.store().figures()).await;
            let well = matches!(figures, Ok(Ok(_)));
            if let Ok(Ok(figures)) = figures {
                show(&figures);
            }
            sight::ran("figures", well);
            // A store that does not answer is not asked at each scrape either.
            *asked = Some(Instant::now());
        }
        self.handle.render()
    }

    /// What memory tells.
    fn look(&self) {
        let kept = self.register.in_memory();
        for (cache, entries, bytes) in [("answers", kept.answers.0, kept.answers.1), ("pages", kept.pages.0, kept.pages.1)] {
            metrics::gauge!("cache_entries", "cache" => cache).set(number(entries));
            metrics::gauge!("cache_bytes", "cache" => cache).set(number(bytes));
        }
        metrics::gauge!("cache_entries", "cache" => "tokens").set(number(self.verifier.kept()));
        let pool = self.register.store().connections();
        metrics::gauge!("database_connections", "state" => "in_use").set(f64::from(pool.in_use));
        metrics::gauge!("database_connections", "state" => "idle").set(f64::from(pool.idle));
        metrics::gauge!("database_waiting").set(number(pool.waiting));
        if let Some(bytes) = sight::memory() {
            metrics::gauge!("process_resident_memory_bytes").set(number(bytes));
        }
        if let Some(files) = sight::open_files() {
            metrics::gauge!("process_open_fds").set(number(files));
        }
    }
}

fn show(figures: &Figures) {
    let now = now();
    let since = |moment: chrono::NaiveDateTime| number((now - moment).num_seconds().max(0));
    metrics::gauge!("feed_changes").set(number(figures.changes));
    metrics::gauge!("webhook_lag_changes").set(number(figures.webhook_lag.max(0)));
    for (state, count) in [("waiting", figures.deliveries_waiting), ("held", figures.deliveries_held), ("dead", figures.deliveries_dead)] {
        metrics::gauge!("webhook_deliveries", "state" => state).set(number(count));
    }
    metrics::gauge!("webhook_oldest_waiting_seconds").set(figures.oldest_due.map_or(0.0, since));
    metrics::gauge!("log_entries").set(number(figures.log_entries));
    // Nothing was ever sealed: there is no age.
    if let Some(sealed) = figures.last_sealed {
        metrics::gauge!("log_last_seal_age_seconds").set(since(sealed));
    }
    metrics::gauge!("imports_unfinished").set(number(figures.imports_unfinished));
}

/// As Prometheus has it: whole up to 2^53, and no register counts further.
fn number(whole: impl ToString) -> f64 {
    whole.to_string().parse().unwrap_or(f64::NAN)
}

/// Prometheus text. There is none where it is served at an address of its own.
#[get("/metrics")]
pub async fn scrape(metrics: Option<Data<Metrics>>) -> Result<HttpResponse, Problem> {
    let metrics = metrics.ok_or_else(|| Problem::new(Kind::NotFound))?;
    let text = metrics.text().await;
    Ok(HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).content_type("text/plain; version=0.0.4").body(text))
}

/// Serves `/metrics` at an address of its own, and nothing else.
///
/// # Errors
/// When the listener cannot be used.
pub fn serve_metrics(metrics_of: Data<Metrics>, listener: std::net::TcpListener) -> std::io::Result<Server> {
    let server = HttpServer::new(move || App::new().app_data(metrics_of.clone()).service(scrape));
    Ok(server.workers(1).disable_signals().max_connections(64).client_request_timeout(Duration::from_secs(5)).listen(listener)?.run())
}
