//! Into a running register, through its API.

use std::path::Path;
use std::time::{Duration, Instant};

use actix_web::rt::Runtime;
use reqwest::multipart::{Form, Part};
use reqwest::{Body, Client, RequestBuilder};
use serde::Deserialize;
use serde_json::Value;

use super::papers::{Made, Read};
use super::pieces::pieces;
use super::report::Refused;
use crate::cli::Failure;
use crate::record::Id;
use crate::register::{ImportAnswer, ImportMode};

/// How long a register may be away while it is asked how far an import is: it goes on by itself when it is back.
const PATIENCE: Duration = Duration::from_secs(120);

/// Refused lines that are told.
const TOLD: u8 = 20;

pub(super) struct Remote {
    url: String,
    token: String,
    client: Client,
    runtime: Runtime,
}

/// A page of refused lines.
#[derive(Deserialize)]
struct Page {
    data: Vec<Refused>,
}

impl Remote {
    pub(super) fn new(url: String, token: String) -> Result<Self, Failure> {
        // Doing it twice is harmless: the first choice stays.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client =
            Client::builder().connect_timeout(Duration::from_secs(30)).user_agent(concat!("registre/", env!("CARGO_PKG_VERSION"))).build()?;
        Ok(Self { url: url.trim_end_matches('/').to_owned(), token, client, runtime: Runtime::new()? })
    }

    pub(super) fn begin(&self, file: &Path, mode: ImportMode, dry_run: bool) -> Result<ImportAnswer, Failure> {
        let pieces = pieces(file)?;
        let address = format!("{}/v1/imports?mode={}&dry_run={dry_run}", self.url, mode.wire());
        let request = self.client.post(address).header("Content-Type", "application/x-ndjson").body(Body::wrap_stream(pieces));
        self.answer(request)
    }

    pub(super) fn read(&self, bytes: &[u8], said: &str) -> Result<Read, Failure> {
        self.answer(self.client.post(format!("{}/v1/intake", self.url)).header("Content-Type", said).body(bytes.to_vec()))
    }

    pub(super) fn confirm(&self, confirmation: &Value, bytes: &[u8], said: &str) -> Result<Made, Failure> {
        let confirmation = Part::text(serde_json::to_string(confirmation)?).mime_str("application/json")?;
        let source = Part::bytes(bytes.to_vec()).mime_str(said)?;
        let form = Form::new().part("confirmation", confirmation).part("source", source);
        self.answer(self.client.post(format!("{}/v1/intake/acts", self.url)).multipart(form))
    }

    pub(super) fn ask(&self, id: Id) -> Result<ImportAnswer, Failure> {
        let until = Instant::now() + PATIENCE;
        loop {
            let asked = self.answer(self.client.get(format!("{}/v1/imports/{id}", self.url)).timeout(Duration::from_secs(30)));
            let away = asked.as_ref().err().and_then(|e| e.downcast_ref::<reqwest::Error>()).is_some();
            if !away || Instant::now() > until {
                return asked;
            }
            std::thread::sleep(Duration::from_millis(500));
        }
    }

    pub(super) fn errors(&self, id: Id) -> Result<Vec<Refused>, Failure> {
        let page: Page = self.answer(self.client.get(format!("{}/v1/imports/{id}/errors?limit={TOLD}", self.url)))?;
        Ok(page.data)
    }

    fn answer<T: serde::de::DeserializeOwned>(&self, request: RequestBuilder) -> Result<T, Failure> {
        let request = request.bearer_auth(&self.token).header("Accept-Language", "en");
        self.runtime.block_on(async {
            let response = request.send().await?;
            let status = response.status();
            let body = response.bytes().await?;
            if status.is_success() {
                return Ok(serde_json::from_slice(&body)?);
            }
            Err(format!("the register answers {status}: {}", String::from_utf8_lossy(&body)).into())
        })
    }
}
