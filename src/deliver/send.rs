//! One request to a webhook.

use std::time::{Duration, Instant};

use reqwest::{Client, Url};

use super::{Guard, Secret, Settings};

/// How much of an answer is read, and how much of it is kept.
const READ: usize = 64 * 1024;
const EXCERPT: usize = 1024;
const ERROR: usize = 300;

/// Sends to webhooks: over connections of their own, to hosts that the guard allows, without following redirects, through no proxy.
pub(super) struct Sender {
    client: Client,
    pub(super) guard: Guard,
    total: Duration,
}

/// What came of a request.
#[derive(Clone, Debug, Default)]
pub(super) struct Outcome {
    pub(super) status: Option<u16>,
    pub(super) millis: i32,
    pub(super) error: Option<String>,
    pub(super) excerpt: Option<String>,
}

/// What is sent.
pub(super) struct Message<'a> {
    pub(super) url: &'a str,
    /// The same at each attempt: by it the receiver knows what it has already.
    pub(super) id: &'a str,
    pub(super) body: Vec<u8>,
    /// The one that counts, and the one that it replaced as long as that signs as well.
    pub(super) secrets: &'a [Secret],
}

impl Outcome {
    /// Only a 2xx says that the receiver has it (Standard Webhooks).
    pub(super) fn delivered(&self) -> bool {
        self.status.is_some_and(|status| (200..300).contains(&status)) && self.error.is_none()
    }
}

impl Sender {
    pub(super) fn new(settings: &Settings) -> Result<Self, reqwest::Error> {
        // Doing it twice is harmless: the first choice stays.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let guard = Guard::new(settings);
        let client = Client::builder()
            .dns_resolver(guard.clone())
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            // The address is judged at each connection, and each runtime has its own.
            .pool_max_idle_per_host(0)
            .connect_timeout(settings.connect_timeout)
            .user_agent(concat!("registre/", env!("CARGO_PKG_VERSION")))
            .build()?;
        Ok(Self { client, guard, total: settings.total_timeout })
    }

    pub(super) async fn send(&self, message: Message<'_>) -> Outcome {
        let began = Instant::now();
        let outcome = match tokio::time::timeout(self.total, self.request(message)).await {
            Ok(outcome) => outcome,
            Err(_) => Outcome { error: Some("no answer in time".to_owned()), ..Outcome::default() },
        };
        Outcome { millis: i32::try_from(began.elapsed().as_millis()).unwrap_or(i32::MAX), ..outcome }
    }

    async fn request(&self, message: Message<'_>) -> Outcome {
        let failed = |error: String| Outcome { error: Some(shortened(&error, ERROR)), ..Outcome::default() };
        let Some(url) = Url::parse(message.url).ok().filter(|url| self.guard.allows_url(url)) else {
            return failed("the host is not on the public Internet".to_owned());
        };
        let timestamp = chrono::Utc::now().timestamp();
        let signatures: Vec<String> = message.secrets.iter().map(|secret| secret.sign(message.id, timestamp, &message.body)).collect();
        let request = self
            .client
            .post(url)
            .header("content-type", "application/cloudevents+json; charset=utf-8")
            .header("webhook-id", message.id)
            .header("webhook-timestamp", timestamp.to_string())
            .header("webhook-signature", signatures.join(" "))
            .body(message.body);
        match request.send().await {
            Err(error) => failed(told(&error.without_url())),
            Ok(mut response) => {
                let status = response.status().as_u16();
                let mut body = Vec::new();
                while body.len() < READ {
                    match response.chunk().await {
                        Ok(Some(chunk)) => body.extend_from_slice(chunk.get(..READ - body.len()).unwrap_or(&chunk)),
                        // What it answered counts, not how it ended.
                        Ok(None) | Err(_) => break,
                    }
                }
                let excerpt = shortened(&String::from_utf8_lossy(&body), EXCERPT);
                Outcome { status: Some(status), excerpt: Some(excerpt).filter(|text| !text.is_empty()), ..Outcome::default() }
            }
        }
    }
}

/// An error and its causes.
fn told(error: &dyn std::error::Error) -> String {
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        words = format!("{words}: {error}");
        cause = error.source();
    }
    words
}

/// Cut to so many bytes, between two characters; without U+0000, which no engine keeps in a text.
fn shortened(text: &str, most: usize) -> String {
    let mut end = most.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default().replace('\0', "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_between_characters() {
        for (text, most, expected) in [("abc", 2, "ab"), ("aé", 2, "a"), ("aé", 3, "aé"), ("a\0b", 3, "ab"), ("", 3, "")] {
            assert_eq!(shortened(text, most), expected, "{text:?}");
        }
    }

    #[test]
    fn only_a_2xx_says_that_it_is_delivered() {
        for (status, expected) in
            [(Some(199), false), (Some(200), true), (Some(204), true), (Some(299), true), (Some(302), false), (Some(410), false), (None, false)]
        {
            assert_eq!(Outcome { status, ..Outcome::default() }.delivered(), expected, "{status:?}");
        }
    }
}
