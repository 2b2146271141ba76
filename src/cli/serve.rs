//! Serving: from a configuration to a running service.

use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::time::Duration;

use actix_web::web::Data;
use tracing_subscriber::EnvFilter;

use super::{Failure, open, reindex, this_program};
use crate::api::tokens::{KeySet, KeysConfig, LocalKey, Revoked, Scopes, Trusted, Verifier, VerifierConfig, mint};
use crate::api::{Metrics, PublicUrl, ReadingLimits, Settings, State, serve_metrics};
use crate::bulk::{carry_out_imports, prepare_answers};
use crate::config::{Config, LimitsConfig, LogFormat};
use crate::deliver::{self, Deliver, Secrets};
use crate::demo;
use crate::keyfile;
use crate::register::{LogSigner, Register};
use crate::sight::{self, Tracing};
use crate::store::Blobs;

/// File of the key that signs the heads of the logs.
const LOG_KEY: &str = "log-key.pem";
/// File of the key that the secrets of webhooks are made from.
const WEBHOOK_KEY: &str = "webhook-key.pem";
/// How often the revocations are read again: half of the second that is promised.
const REVOCATIONS_EVERY: Duration = Duration::from_millis(500);

/// How often what broken uploads left behind is looked for.
const SWEEP_EVERY: Duration = Duration::from_secs(3600);

pub(super) fn serve(config: Config) -> Result<(), Failure> {
    log(&config);
    // What is counted of the store begins with its first connection.
    sight::recorder()?;
    let listener = listen(config.listen)?;
    let register = register(&config)?;
    let local = if config.local_key { Some(LocalKey::open(&config.data_dir)?) } else { None };
    run(&config, register, local, listener)
}

pub(super) fn demo(address: SocketAddr, data: Option<PathBuf>, database_url: Option<String>) -> Result<(), Failure> {
    let folder = match data {
        Some(folder) => Folder::Kept(folder),
        None => Folder::Temporary(std::env::temp_dir().join(format!("registre-demo-{}", uuid::Uuid::now_v7().simple()))),
    };
    let config = Config { listen: address, data_dir: folder.path().clone(), database_url, log: "warn".to_owned(), ..Config::default() };
    log(&config);
    sight::recorder()?;
    std::fs::create_dir_all(&config.data_dir)?;
    let listener = listen(address)?;
    let register = register(&config)?;
    demo::load(&register)?;
    let local = LocalKey::open(&config.data_dir)?;
    let authority = demo::authority()?;
    let token = mint(&local, &config.issuer, &config.audience, "demo", &authority, &Scopes::all(), Duration::from_secs(24 * 3600));
    let url = format!("http://{}", listener.local_addr()?);
    println!("url: {url}");
    println!("token: {token}");
    println!();
    println!("One real act is loaded: N°2025-302 of 7 July 2025. Its numbers cannot be; see why:");
    println!("  curl '{url}/v1/deliberations?number=2025-302'");
    println!("  curl {url}/v1/deliberations/{}/findings", demo::ACT);
    println!("  curl -H 'Authorization: Bearer TOKEN' {url}/v1/me");
    println!("Every operation: {url}/docs/    Stop: Ctrl-C");
    run(&config, register, Some(local), listener)
}

/// The folder of a demonstration; a temporary one goes when it is dropped.
enum Folder {
    Kept(PathBuf),
    Temporary(PathBuf),
}

impl Folder {
    const fn path(&self) -> &PathBuf {
        match self {
            Self::Kept(path) | Self::Temporary(path) => path,
        }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if let Self::Temporary(path) = self {
            let _ = std::fs::remove_dir_all(path);
        }
    }
}

fn log(config: &Config) {
    let filter = EnvFilter::try_new(&config.log).unwrap_or_else(|_| EnvFilter::new("info"));
    // A line that cannot be written, where the disk is full or nobody reads, is lost: to say so on the same standard error would be a panic.
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).log_internal_errors(false);
    // A second logger in one process is refused: the first one stays.
    let _ = match config.log_format {
        LogFormat::Text => lines.try_init(),
        LogFormat::Json => lines.json().try_init(),
    };
}

fn listen(address: SocketAddr) -> Result<TcpListener, Failure> {
    TcpListener::bind(address).map_err(|e| format!("cannot listen on {address}: {e}").into())
}

/// The place for files that a configuration means.
pub(super) fn blobs(config: &Config) -> Result<Blobs, Failure> {
    Ok(Blobs::open(&config.files(), config.max_file_mib * 1024 * 1024)?.importing_at_most(config.max_import_mib * 1024 * 1024))
}

pub(super) fn register(config: &Config) -> Result<Register, Failure> {
    let mut store = open(config)?;
    if let Some(url) = &config.database_read_url {
        store = store.with_standby(url, config.database_pool)?;
    }
    let ran = store.migrate()?;
    for name in &ran {
        tracing::info!(migration = %name, "applied");
    }
    let signer = LogSigner::new(keyfile::open(&config.log_key_dir(), LOG_KEY)?, &config.log_name)?;
    let register = Register::new(store, blobs(config)?, signer, config.answer_cache_mib * 1024 * 1024);
    if reindex::is_needed(&ran) {
        reindex::told(&register, None, |authority, done| tracing::info!(authority, done, "indexed"))?;
    }
    Ok(register)
}

/// The feed and the webhooks that a configuration means.
fn deliver(config: &Config, register: &Register) -> Result<Deliver, Failure> {
    let webhooks = &config.webhooks;
    let settings = deliver::Settings {
        public_url: config.public_url.clone(),
        retention_days: config.feed.retention_days,
        webhooks: webhooks.enabled,
        allow_http: webhooks.allow_http,
        allow_networks: webhooks.networks()?,
        connect_timeout: Duration::from_secs(webhooks.connect_seconds),
        total_timeout: Duration::from_secs(webhooks.total_seconds),
        attempts: i32::try_from(webhooks.attempts)?,
        retry_first: Duration::from_millis(webhooks.retry_first_ms),
        retry_most: Duration::from_millis(webhooks.retry_most_ms),
        concurrency: usize::try_from(webhooks.concurrency)?,
        rotation: Duration::from_secs(webhooks.rotation_hours * 3600),
        streams: usize::try_from(config.limits.streams)?,
    };
    let secrets = Secrets::new(keyfile::open(&config.log_key_dir(), WEBHOOK_KEY)?.to_bytes());
    Ok(Deliver::new(register.shared_store(), settings, secrets)?)
}

fn run(config: &Config, register: Register, local: Option<LocalKey>, listener: TcpListener) -> Result<(), Failure> {
    let recorder = sight::recorder()?;
    let metrics_listener = config.metrics_listen.map(listen).transpose()?;
    let workers = config.workers.unwrap_or_else(|| std::thread::available_parallelism().map_or(2, std::num::NonZero::get));
    actix_web::rt::System::new().block_on(async {
        let tokens = VerifierConfig { kept: config.token_cache, ..VerifierConfig::default() };
        let trusted = trusted(config, local.as_ref()).await?;
        let traces = sight::trace_to(&Tracing { endpoint: config.traces.endpoint.clone(), ratio: config.traces.ratio })?;
        sight::built(register.store().engine().word());
        actix_web::rt::spawn(sight::upkeep(recorder.clone()));
        let deliver = Data::new(deliver(config, &register)?);
        let (register, verifier) = (Data::new(register), Data::new(Verifier::new(tokens, trusted)));
        let metrics = Data::new(Metrics::new(recorder, register.clone(), verifier.clone()));
        let state = State {
            register,
            deliver: deliver.clone(),
            verifier,
            public_url: Data::new(PublicUrl::new(config.public_url.clone())),
            reading: Data::new(ReadingLimits::new(Duration::from_secs(config.intake_seconds), this_program())),
            metrics: config.metrics_listen.is_none().then(|| metrics.clone()),
            pages: Some(crate::web::pages()),
        };
        read_revocations(&state).await?;
        actix_web::rt::spawn(follow_revocations(state.clone()));
        actix_web::rt::spawn(sweep_files(state.clone()));
        actix_web::rt::spawn(deliver::run(deliver.into_inner()));
        // Until the service ends.
        let _imports = carry_out_imports(state.register.clone().into_inner())?;
        let _answers = if config.prepare_answers { Some(prepare_answers(state.register.clone().into_inner())?) } else { None };
        tracing::info!(address = %config.listen, "serving");
        let blocking_threads = usize::try_from(config.database_pool).unwrap_or(8).max(1);
        let mut bounds = config.bounds()?;
        let room = room_for_connections();
        // Those that are left are for connections that are kept open for a next request.
        bounds.connections = bounds.connections.min(room - room / 4);
        bounds.kept_open = room - bounds.connections;
        if bounds.connections < usize::try_from(config.limits.connections)? {
            // Who asked for so many is warned, who asked for nothing is not.
            if config.limits.connections == LimitsConfig::default().connections {
                tracing::info!(connections = bounds.connections, "as many connections as the limit of open files has room for");
            } else {
                tracing::warn!(connections = bounds.connections, "the limit of open files has no room for limits.connections");
            }
        }
        let settings = Settings { workers, blocking_threads, shutdown_seconds: config.shutdown_seconds, bounds };
        if let Some(listener) = metrics_listener {
            actix_web::rt::spawn(serve_metrics(metrics, listener)?);
        }
        crate::api::serve(state, listener, &settings)?.await?;
        // What is still to be sent of the traces is sent.
        if let Some(traces) = traces {
            let _ = actix_web::web::block(move || traces.end()).await;
        }
        Ok(())
    })
}

/// Files that are no connections of clients: of the database, of files that are read, of the log.
const OTHER_FILES: u64 = 256;

/// How many files the limit leaves for connections, once it is raised as far as it may be. One that is kept open for a next request is held twice: to be
/// answered, and to be cut.
fn room_for_connections() -> usize {
    let files = rlimit::increase_nofile_limit(u64::MAX).unwrap_or_else(|error| {
        tracing::warn!(%error, "the limit of open files cannot be raised");
        1024
    });
    usize::try_from(files.saturating_sub(OTHER_FILES)).unwrap_or(usize::MAX).max(4)
}

/// Whose tokens are taken: the register's own, and those of the identity providers.
async fn trusted(config: &Config, local: Option<&LocalKey>) -> Result<Vec<Trusted>, Failure> {
    let own = KeysConfig { jwks_file: config.jwks_file.clone(), jwks_url: config.jwks_url.clone(), ..KeysConfig::default() };
    let mut trusted = vec![Trusted::own(config.issuer.clone(), config.audience.clone(), KeySet::open(own, local).await?)];
    for issuer in &config.issuers {
        let keys = KeysConfig { issuer: Some(issuer.issuer.clone()), allow_plain_http: issuer.allow_plain_http, ..KeysConfig::default() };
        trusted.push(Trusted::other(issuer.clone(), KeySet::open(keys, None).await?));
    }
    Ok(trusted)
}

/// Keeps the revocations of the store in the verifier, so that what one instance takes back is refused by all.
async fn follow_revocations(state: State) {
    loop {
        actix_web::rt::time::sleep(REVOCATIONS_EVERY).await;
        let read = read_revocations(&state).await;
        sight::ran("revocations", read.is_ok());
        if let Err(problem) = read {
            tracing::error!(%problem, "revocations cannot be read");
        }
    }
}

/// Removes what uploads that were cut off left behind: at the start, and as long as the service runs.
async fn sweep_files(state: State) {
    loop {
        let swept = state.register.blobs().sweep().await;
        sight::ran("sweep", swept.is_ok());
        match swept {
            Ok(0) => {}
            Ok(swept) => tracing::info!(swept, "uploads that were cut off are removed"),
            Err(problem) => tracing::error!(%problem, "uploads that were cut off cannot be removed"),
        }
        actix_web::rt::time::sleep(SWEEP_EVERY).await;
    }
}

/// Adds what the store holds to what the verifier knows: nothing is ever given back.
async fn read_revocations(state: &State) -> Result<(), Failure> {
    let register = state.register.clone();
    let all = actix_web::web::block(move || register.revocations()).await??;
    for revoked in all.into_iter().filter_map(|(authority, claim, value)| Revoked::read(&authority, &claim, &value)) {
        state.verifier.revoke(revoked);
    }
    Ok(())
}
