//! The change feed and webhooks, over real HTTP.

mod events;
mod expired;
mod parallel;
mod receiver;
mod stream;
mod visibility;
mod webhooks;
mod webhooks_kept;
mod webhooks_managed;

use serde_json::{Value, json};

use crate::harness::{PAS_DE_CALAIS, Server, world};

fn uuid() -> String {
    uuid::Uuid::now_v7().to_string()
}

/// A reader of the feed, with a token or as the public.
struct Reader<'a> {
    server: &'a Server,
    token: Option<String>,
    cursor: Option<String>,
    limit: usize,
}

impl<'a> Reader<'a> {
    /// From now on.
    fn from_now(server: &'a Server, token: Option<String>) -> Self {
        let head = server.get(&format!("/v1/changes?authority={PAS_DE_CALAIS}&from=now"), token.as_deref()).expect(200).json();
        assert_eq!(head["data"], json!([]));
        assert_eq!(head["cursor"], head["head"]);
        Self { server, token, cursor: Some(head["cursor"].as_str().unwrap().to_owned()), limit: 50 }
    }

    fn from_the_beginning(server: &'a Server, token: Option<String>) -> Self {
        Self { server, token, cursor: None, limit: 50 }
    }

    fn own(server: &'a Server) -> Self {
        Self::from_now(server, Some(server.token(PAS_DE_CALAIS, "records:read")))
    }

    fn public(server: &'a Server) -> Self {
        Self::from_now(server, None)
    }

    fn page(&self) -> Value {
        let cursor = self.cursor.as_ref().map(|cursor| format!("&cursor={cursor}")).unwrap_or_default();
        let path = format!("/v1/changes?authority={PAS_DE_CALAIS}&limit={}{cursor}", self.limit);
        self.server.get(&path, self.token.as_deref()).expect(200).json()
    }

    /// The events since the last time, to the head.
    fn events(&mut self) -> Vec<Value> {
        let mut all = Vec::new();
        loop {
            let page = self.page();
            all.extend(page["data"].as_array().unwrap().iter().cloned());
            self.cursor = Some(page["cursor"].as_str().unwrap().to_owned());
            if page["links"]["next"].is_null() {
                return all;
            }
        }
    }

    /// The same, each as kind, action, part and the end of the identifier.
    fn told(&mut self) -> Vec<String> {
        self.events().iter().map(short).collect()
    }
}

/// `deliberation.updated record 0302`.
fn short(event: &Value) -> String {
    let id = event["subject"].as_str().unwrap();
    let kind = event["type"].as_str().unwrap().trim_start_matches("registre.");
    format!("{kind} {} {}", event["data"]["part"].as_str().unwrap(), id.chars().skip(id.chars().count().saturating_sub(4)).collect::<String>())
}

/// Changes the title of the draft of the world.
fn retitle(server: &Server, token: &str, title: &str) {
    let path = format!("/v1/deliberations/{}/record", world::DRAFT);
    let read = server.get(&path, Some(token)).expect(200);
    let mut record = read.json();
    record["title"] = json!(title);
    server.put(&path, token, read.header("etag"), &record).expect(200);
}

/// Shows the draft of the world, or takes it back.
fn show(server: &Server, token: &str, visibility: &str) {
    let path = format!("/v1/deliberations/{}/visibility", world::DRAFT);
    let sent = server.request(reqwest::Method::PUT, &path).bearer_auth(token).json(&json!({"visibility": visibility})).send().unwrap();
    assert!(sent.status().is_success(), "{}", sent.text().unwrap());
}
