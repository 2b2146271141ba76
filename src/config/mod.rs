//! Configuration: a file, then the environment; what is set later wins. Every key is in `docs/configuration.md`.

mod limits;
mod rate;
mod webhooks;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use figment::Figment;
use figment::providers::{Env, Format, Serialized, Toml};
use serde::{Deserialize, Serialize};

use crate::api::Bounds;
use crate::api::tokens::Issuer;
use crate::api::tokens::issuer::{self, IssuerError};
use crate::sight::Limits;
use crate::store::Patience;
pub use limits::LimitsConfig;
pub use rate::RateConfig;
pub use webhooks::WebhooksConfig;

/// A key, its value, the least and the most that it may be.
type Range = (&'static str, u64, u64, u64);

/// How lines of the log are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    Text,
    Json,
}

/// Every key.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Where the service listens.
    pub listen: SocketAddr,
    /// Where `/metrics` is served, and nothing else; not set: where the service listens.
    pub metrics_listen: Option<SocketAddr>,
    /// Folder of the embedded database and of the local key.
    pub data_dir: PathBuf,
    /// What absolute addresses begin with; not set: where each request was sent.
    pub public_url: Option<String>,
    /// `sqlite:FILE` or `postgres://…`; not set: a file in the data folder.
    pub database_url: Option<String>,
    /// Hot standbys of that database, as one `postgres://…` URL; not set: every read goes to the primary.
    pub database_read_url: Option<String>,
    /// `file:FOLDER` or `s3://…`; not set: a folder in the data folder.
    pub files: Option<String>,
    /// Name of the register in its signed logs: a host name, which stays the same for its life.
    pub log_name: String,
    /// Folder of the key that signs the logs (`log-key.pem`); not set: the data folder. Instances on one database have one key.
    pub log_key_dir: Option<PathBuf>,
    /// The largest file that is taken in.
    pub max_file_mib: u64,
    /// The largest file that is imported.
    pub max_import_mib: u64,
    /// How long a document that is taken in may take to be read.
    pub intake_seconds: u64,
    /// Connections that are kept.
    pub database_pool: u32,
    pub jwks_file: Option<PathBuf>,
    pub jwks_url: Option<String>,
    /// `iss` of the tokens that are accepted.
    pub issuer: String,
    /// `aud` of the tokens that are accepted.
    pub audience: String,
    /// Whether tokens signed with the key in the data folder are accepted.
    pub local_key: bool,
    /// Identity providers whose tokens are accepted as well (OpenID Connect).
    pub issuers: Vec<Issuer>,
    /// Threads that serve requests; not set: one for each core.
    pub workers: Option<usize>,
    pub log: String,
    pub log_format: LogFormat,
    /// From how many milliseconds on a statement is logged; 0: never.
    pub slow_query_ms: u64,
    /// How long a stop waits for the requests that it finds.
    pub shutdown_seconds: u64,
    /// Memory for answers.
    pub answer_cache_mib: u64,
    /// Whether public answers are prepared in the store.
    pub prepare_answers: bool,
    /// Verified tokens that are kept.
    pub token_cache: u64,
    pub feed: FeedConfig,
    pub webhooks: WebhooksConfig,
    pub limits: LimitsConfig,
    pub rate: RateConfig,
    pub traces: TracesConfig,
}

/// Where traces go.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TracesConfig {
    /// Address of an OpenTelemetry collector (OTLP over HTTP); not set: none are made.
    pub endpoint: Option<String>,
    /// How many of the requests are traced that no caller has traced already: from 0 to 1.
    pub ratio: f64,
}

impl Default for TracesConfig {
    fn default() -> Self {
        Self { endpoint: None, ratio: 0.05 }
    }
}

/// The change feed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FeedConfig {
    /// For how many days it tells; not set: for ever.
    pub retention_days: Option<u32>,
}

fn networks(key: &'static str, texts: &[String]) -> Result<Vec<ipnet::IpNet>, ConfigError> {
    texts.iter().map(|text| text.parse().map_err(|_| ConfigError::Network(key, text.clone()))).collect()
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            metrics_listen: None,
            data_dir: PathBuf::from("data"),
            public_url: None,
            database_url: None,
            database_read_url: None,
            files: None,
            log_name: "registre.invalid".to_owned(),
            log_key_dir: None,
            max_file_mib: 250,
            max_import_mib: 65_536,
            intake_seconds: 30,
            database_pool: 8,
            jwks_file: None,
            jwks_url: None,
            issuer: "registre".to_owned(),
            audience: "registre".to_owned(),
            local_key: true,
            issuers: Vec::new(),
            workers: None,
            log: "info".to_owned(),
            log_format: LogFormat::Text,
            slow_query_ms: 500,
            shutdown_seconds: 10,
            answer_cache_mib: 64,
            prepare_answers: true,
            token_cache: 10_000,
            feed: FeedConfig::default(),
            webhooks: WebhooksConfig::default(),
            limits: LimitsConfig::default(),
            rate: RateConfig::default(),
            traces: TracesConfig::default(),
        }
    }
}

/// A configuration that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("the configuration file {0} cannot be found")]
    NoFile(PathBuf),
    #[error("the configuration cannot be used: {0}")]
    Wrong(Box<figment::Error>),
    #[error("public_url must be an address that begins with http:// or https://, without a user, a query or a fragment: {0}")]
    PublicUrl(String),
    #[error(transparent)]
    Issuer(#[from] IssuerError),
    #[error("{0}: {1:?} is no network, such as 10.0.0.0/8 or fd00::/8")]
    Network(&'static str, String),
    #[error("{0} must be from {1} to {2}")]
    Range(&'static str, u64, u64),
}

impl Config {
    /// Reads the file that is named, or `registre.toml` if it is there; then `REGISTRE_…`, and `DATABASE_URL`.
    ///
    /// # Errors
    /// [`ConfigError`], naming the key.
    pub fn load(file: Option<&Path>) -> Result<Self, ConfigError> {
        if let Some(file) = file.filter(|f| !f.is_file()) {
            return Err(ConfigError::NoFile(file.to_owned()));
        }
        let config: Self = Figment::from(Serialized::defaults(Self::default()))
            .merge(Toml::file(file.unwrap_or(Path::new("registre.toml"))))
            .merge(Env::raw().only(&["DATABASE_URL"]))
            // REGISTRE_WEBHOOKS__ENABLED is the key `enabled` of the table `webhooks`.
            .merge(Env::prefixed("REGISTRE_").ignore(&["config"]).split("__"))
            .extract()
            .map_err(|e| ConfigError::Wrong(Box::new(e)))?;
        let workers = config.workers.map_or(1, |n| u64::try_from(n).unwrap_or(u64::MAX));
        let own = [
            ("database_pool", u64::from(config.database_pool), 1, 500),
            ("answer_cache_mib", config.answer_cache_mib, 1, 65_536),
            ("workers", workers, 1, 1_024),
            // S3 copies no more than 5 GiB at once.
            ("max_file_mib", config.max_file_mib, 1, 4_096),
            ("intake_seconds", config.intake_seconds, 1, 600),
            ("feed.retention_days", u64::from(config.feed.retention_days.unwrap_or(1)), 1, 36_500),
            ("max_import_mib", config.max_import_mib, 1, 1_048_576),
            ("slow_query_ms", config.slow_query_ms, 0, 3_600_000),
        ];
        let tables = [config.webhooks.ranges(), config.limits.ranges(), config.rate.ranges()];
        for (key, value, least, most) in own.into_iter().chain(tables.into_iter().flatten()) {
            if !(least..=most).contains(&value) {
                return Err(ConfigError::Range(key, least, most));
            }
        }
        issuer::check(&config.issuers, &config.issuer)?;
        config.webhooks.networks()?;
        config.rate.bounds()?;
        if !(0.0..=1.0).contains(&config.traces.ratio) {
            return Err(ConfigError::Range("traces.ratio", 0, 1));
        }
        match &config.public_url {
            Some(url) if !is_base(url) => Err(ConfigError::PublicUrl(url.clone())),
            _ => Ok(config),
        }
    }

    /// The bounds of the server that are meant.
    ///
    /// # Errors
    /// [`ConfigError::Network`].
    pub fn bounds(&self) -> Result<Bounds, ConfigError> {
        let (limits, seconds) = (&self.limits, Duration::from_secs);
        Ok(Bounds {
            head: seconds(limits.head_seconds),
            keep_alive: seconds(limits.keep_alive_seconds),
            write: seconds(limits.write_seconds),
            connections: usize::try_from(limits.connections).unwrap_or(usize::MAX),
            kept_open: usize::try_from(limits.connections).unwrap_or(usize::MAX),
            limits: Limits {
                work: not_zero(limits.request_seconds).map(seconds),
                body: seconds(limits.body_seconds),
                silence: seconds(limits.silence_seconds),
            },
            rates: self.rate.bounds()?,
        })
    }

    /// The waits of the store that are meant.
    pub fn patience(&self) -> Patience {
        let (limits, seconds) = (&self.limits, Duration::from_secs);
        Patience {
            connection: seconds(limits.pool_seconds),
            lock: seconds(limits.lock_seconds),
            statement: not_zero(limits.statement_seconds).map(seconds),
            transaction: not_zero(limits.transaction_seconds).map(seconds),
            slow: not_zero(self.slow_query_ms).map(Duration::from_millis),
            timed: true,
        }
    }

    /// The folder of the key that signs the logs.
    pub fn log_key_dir(&self) -> PathBuf {
        self.log_key_dir.clone().unwrap_or_else(|| self.data_dir.clone())
    }

    /// The place for files that is meant.
    pub fn files(&self) -> String {
        self.files.clone().unwrap_or_else(|| format!("file:{}", self.data_dir.join("files").display()))
    }

    /// The database that is meant.
    pub fn database(&self) -> String {
        self.database_url.clone().unwrap_or_else(|| format!("sqlite:{}", self.data_dir.join("registre.sqlite3").display()))
    }
}

/// 0 stands for none.
fn not_zero(number: u64) -> Option<u64> {
    (number > 0).then_some(number)
}

/// Whether addresses can begin with this.
fn is_base(url: &str) -> bool {
    let Ok(url) = reqwest::Url::parse(url) else { return false };
    let bare = url.username().is_empty() && url.password().is_none() && url.query().is_none() && url.fragment().is_none();
    matches!(url.scheme(), "http" | "https") && url.has_host() && bare
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// Every key, those of tables with a point.
    fn keys() -> BTreeSet<String> {
        let mut keys = BTreeSet::new();
        let figment::value::Value::Dict(_, all) = figment::value::Value::serialize(Config::default()).unwrap_or_else(|e| panic!("{e}")) else {
            panic!("a configuration is a table")
        };
        for (key, value) in all {
            match value {
                figment::value::Value::Dict(_, table) => keys.extend(table.keys().map(|inner| format!("{key}.{inner}"))),
                _ => drop(keys.insert(key)),
            }
        }
        keys
    }

    #[test]
    fn every_key_is_explained_and_has_its_default_in_the_example() {
        let (explained, example) = (include_str!("../../docs/configuration.md"), include_str!("../../registre.example.toml"));
        let config: Config =
            Figment::from(Serialized::defaults(Config::default())).merge(Toml::string(example)).extract().unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(format!("{config:?}"), format!("{:?}", Config::default()));
        let mut table = String::new();
        let mut shown = BTreeSet::new();
        for line in example.lines().map(|line| line.trim_start_matches("# ")) {
            if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
                table = format!("{name}.");
            } else if let Some((key, _)) = line.split_once(" = ") {
                shown.insert(format!("{table}{key}"));
            }
        }
        for key in keys() {
            assert!(explained.contains(&format!("`{key}`")), "docs/configuration.md does not explain {key}");
            assert!(shown.contains(&key) || key == "issuers", "registre.example.toml does not show {key}");
        }
    }

    #[test]
    fn an_address_that_others_can_begin_with_is_told_from_one_that_cannot() {
        for (url, expected) in [
            ("https://registre.example", true),
            ("http://127.0.0.1:8080/", true),
            ("https://mairie.example/registre", true),
            ("registre.example", false),
            ("ftp://registre.example", false),
            ("https://", false),
            ("https://user@registre.example", false),
            ("https://registre.example/?a=b", false),
            ("https://registre.example/#top", false),
        ] {
            assert_eq!(is_base(url), expected, "{url}");
        }
    }
}
