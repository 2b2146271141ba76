//! Statistics that the public may ask for, over HTTP: sums worked out by hand, and nobody named who must not be.

mod cohesion;
mod money;

use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{Answer, Server};

/// An invented authority.
const SIREN: &str = "229900014";

fn uuid() -> String {
    uuid::Uuid::now_v7().to_string()
}

/// A public department with one public body, and what its clerk files.
struct Department<'a> {
    server: &'a Server,
    token: String,
    body: String,
}

impl<'a> Department<'a> {
    fn new(server: &'a Server) -> Self {
        let token = server.token(SIREN, "all");
        let authority = json!({"siren": SIREN, "name": "Département de la Vallée-Claire", "kind": "department", "visibility": "public"});
        server.post("/v1/authorities", &token, &authority).expect(201);
        let mut department = Self { server, token, body: String::new() };
        let body = json!({"name": "Conseil départemental", "kind": "departmental_council", "visibility": "public"});
        department.body = department.add("bodies", &body);
        department
    }

    fn add(&self, list: &str, body: &Value) -> String {
        self.server.post(&format!("/v1/{list}"), &self.token, body).expect(201).json()["id"].as_str().unwrap().to_owned()
    }

    fn show(&self, list: &str, id: &str) {
        let request = self.server.request(Method::PUT, &format!("/v1/{list}/{id}/visibility")).bearer_auth(&self.token);
        Answer::of(request.json(&json!({"visibility": "public"})).send().unwrap()).expect(200);
    }

    /// A transcribed sitting that anyone may read; `more` is added to it.
    fn sitting(&self, body: &str, date: &str, more: &Value) -> String {
        let mut record = json!({"body": body, "origin": "transcribed", "date": date});
        record.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap());
        let id = self.add("sittings", &record);
        self.show("sittings", &id);
        id
    }

    fn read(&self, token: Option<&str>, path: &str) -> Value {
        let joint = if path.contains('?') { '&' } else { '?' };
        self.server.get(&format!("/v1/statistics/{path}{joint}authority={SIREN}"), token).expect(200).json()
    }

    fn csv(&self, token: Option<&str>, path: &str) -> Vec<String> {
        let joint = if path.contains('?') { '&' } else { '?' };
        let request = self.server.request(Method::GET, &format!("/v1/statistics/{path}{joint}authority={SIREN}")).header("Accept", "text/csv");
        let answer = Answer::of(token.into_iter().fold(request, |r, token| r.bearer_auth(token)).send().unwrap()).expect(200);
        assert_eq!((answer.header("content-type"), answer.header("vary")), ("text/csv; charset=utf-8; header=present", "Authorization, Accept"));
        answer.text.split_terminator("\r\n").map(str::to_owned).collect()
    }
}
