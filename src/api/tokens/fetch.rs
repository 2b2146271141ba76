//! Fetching a JWK set from the identity provider.

use std::time::Duration;

use reqwest::{Client, Url};

use super::jwk::KeysError;
use super::provider;

/// Where a JWK set is published.
pub struct Address {
    client: Client,
    url: Url,
    max_bytes: usize,
}

impl Address {
    /// Keys decide who may write: they travel over HTTPS, or on the machine itself. `allow_plain_http` is for networks that are trusted
    /// as a whole.
    pub fn new(url: &str, allow_plain_http: bool, timeout: Duration, max_bytes: usize) -> Result<Self, KeysError> {
        let url = Url::parse(url).map_err(|_| KeysError::Address("is not a URL"))?;
        let here = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
        match url.scheme() {
            "https" => {}
            "http" if here || allow_plain_http => {}
            _ => return Err(KeysError::Address("must be https")),
        }
        provider::for_tls();
        let client = Client::builder()
            .timeout(timeout)
            // A redirection could lead out of HTTPS, or to a service that only this machine can reach.
            .redirect(reqwest::redirect::Policy::none())
            // Each worker has its own runtime, and a kept connection would belong to one of them.
            .pool_max_idle_per_host(0)
            .user_agent(concat!("registre/", env!("CARGO_PKG_VERSION")))
            .build()?;
        Ok(Self { client, url, max_bytes })
    }

    pub async fn fetch(&self) -> Result<Vec<u8>, KeysError> {
        let mut response = self.client.get(self.url.clone()).send().await.map_err(reqwest::Error::without_url)?;
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
