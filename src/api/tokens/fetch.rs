//! Fetching a JWK set from the identity provider: at its address, or where the provider says that it is (OpenID Connect Discovery 1.0).

use std::time::Duration;

use reqwest::{Client, Url};
use serde::Deserialize;

use super::jwk::KeysError;
use super::provider;

/// Where a JWK set is published.
pub struct Address {
    client: Client,
    place: Place,
    allow_plain_http: bool,
    max_bytes: usize,
}

enum Place {
    Set(Url),
    /// What an issuer publishes of itself, which says where its keys are.
    Issuer {
        issuer: String,
        configuration: Url,
    },
}

/// What the register wants to know of a provider (OpenID Connect Discovery 1.0 section 3).
#[derive(Deserialize)]
struct Configuration {
    issuer: String,
    jwks_uri: String,
}

impl Address {
    /// A JWK set. `allow_plain_http` is for networks that are trusted as a whole.
    pub fn new(url: &str, allow_plain_http: bool, timeout: Duration, max_bytes: usize) -> Result<Self, KeysError> {
        Self::at(Place::Set(address(url, allow_plain_http)?), allow_plain_http, timeout, max_bytes)
    }

    /// The JWK set of an issuer.
    pub fn of_issuer(issuer: &str, allow_plain_http: bool, timeout: Duration, max_bytes: usize) -> Result<Self, KeysError> {
        let configuration = address(&format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/')), allow_plain_http)?;
        Self::at(Place::Issuer { issuer: issuer.to_owned(), configuration }, allow_plain_http, timeout, max_bytes)
    }

    fn at(place: Place, allow_plain_http: bool, timeout: Duration, max_bytes: usize) -> Result<Self, KeysError> {
        provider::for_tls();
        let client = Client::builder()
            .timeout(timeout)
            // A redirection could lead out of HTTPS, or to a service that only this machine can reach.
            .redirect(reqwest::redirect::Policy::none())
            // Each worker has its own runtime, and a kept connection would belong to one of them.
            .pool_max_idle_per_host(0)
            .user_agent(concat!("registre/", env!("CARGO_PKG_VERSION")))
            .build()?;
        Ok(Self { client, place, allow_plain_http, max_bytes })
    }

    pub async fn fetch(&self) -> Result<Vec<u8>, KeysError> {
        match &self.place {
            Place::Set(url) => self.get(url.clone()).await,
            Place::Issuer { issuer, configuration } => {
                let told: Configuration = serde_json::from_slice(&self.get(configuration.clone()).await?).map_err(KeysError::NotAProvider)?;
                // Section 4.3: what speaks of another issuer is not its own.
                if told.issuer != *issuer {
                    return Err(KeysError::OtherIssuer(told.issuer));
                }
                self.get(address(&told.jwks_uri, self.allow_plain_http)?).await
            }
        }
    }

    async fn get(&self, url: Url) -> Result<Vec<u8>, KeysError> {
        let mut response = self.client.get(url).send().await.map_err(reqwest::Error::without_url)?;
        if !response.status().is_success() {
            return Err(KeysError::Status(response.status().as_u16()));
        }
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(reqwest::Error::without_url)? {
            if body.len() + chunk.len() > self.max_bytes {
                return Err(KeysError::TooLarge(self.max_bytes));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body)
    }
}

/// Keys decide who may write: they travel over HTTPS, or on the machine itself.
fn address(url: &str, allow_plain_http: bool) -> Result<Url, KeysError> {
    let url = Url::parse(url).map_err(|_| KeysError::Address("is not a URL"))?;
    let here = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
    match url.scheme() {
        "https" => Ok(url),
        "http" if here || allow_plain_http => Ok(url),
        _ => Err(KeysError::Address("must be https")),
    }
}
