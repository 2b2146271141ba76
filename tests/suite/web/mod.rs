//! The public register in HTML, over real HTTP: what its pages show, and what they never show.

mod check;
mod feeds;
mod hostile;
mod lists;
mod members;
mod pages;
mod review;

use serde_json::{Value, json};

use crate::harness::{Answer, Server};

/// An invented authority.
pub const SIREN: &str = "229900014";

/// A page, whatever its status.
pub fn page(server: &Server, path: &str) -> Answer {
    let answer = server.get(path, None);
    assert_eq!(answer.header("content-type"), "text/html; charset=utf-8", "{path}: {}", answer.text);
    answer
}

pub fn uuid() -> String {
    uuid::Uuid::now_v7().to_string()
}

/// What the clerk of the invented authority files, by the API.
pub struct Clerk<'a> {
    pub server: &'a Server,
    token: String,
}

impl<'a> Clerk<'a> {
    pub fn of(server: &'a Server, name: &str) -> Self {
        let clerk = Self { server, token: server.token_of("clerk", SIREN, "all") };
        let authority = json!({"siren": SIREN, "name": name, "kind": "department", "visibility": "public"});
        server.post("/v1/authorities", &clerk.token, &authority).expect(201);
        clerk
    }

    pub fn add(&self, kind: &str, body: &Value) -> String {
        self.server.post(&format!("/v1/{kind}"), &self.token, body).expect(201).json()["id"].as_str().unwrap().to_owned()
    }

    pub fn show(&self, kind: &str, id: &str) {
        let request = self.server.request(reqwest::Method::PUT, &format!("/v1/{kind}/{id}/visibility"));
        let sent = request.bearer_auth(&self.token).json(&json!({"visibility": "public"})).send().unwrap();
        assert_eq!(sent.status(), 200);
    }

    /// A public sitting.
    pub fn sitting(&self, record: &Value) -> String {
        let id = self.add("sittings", record);
        self.show("sittings", &id);
        id
    }

    /// A public act.
    pub fn act(&self, record: &Value) -> String {
        let id = self.add("deliberations", record);
        self.show("deliberations", &id);
        id
    }
}
