//! One refused request, and what it is answered.

use serde_json::{Value, json};

use crate::harness::world::BODY;
use crate::harness::{PAS_DE_CALAIS, SITTING, Server, Wire};

pub struct Row {
    pub name: &'static str,
    method: &'static str,
    target: String,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
    status: u16,
    problem: &'static str,
    pointers: Vec<&'static str>,
    answered: Option<(&'static str, &'static str)>,
}

/// A row that still lacks its answer.
pub fn row(name: &'static str, method: &'static str, target: impl Into<String>) -> Row {
    let target = target.into();
    Row { name, method, target, headers: Vec::new(), body: Vec::new(), status: 0, problem: "", pointers: Vec::new(), answered: None }
}

/// A token that may do everything within the authority of the demonstration.
pub fn all(server: &Server) -> String {
    server.token(PAS_DE_CALAIS, "all")
}

/// The least that an act may be, of the sitting of the demonstration.
pub fn act() -> Value {
    json!({"sitting": SITTING, "origin": "transcribed", "title": "Un acte"})
}

/// The least that a sitting may be.
pub fn sitting() -> Value {
    json!({"body": BODY, "origin": "transcribed", "date": "2025-07-07"})
}

/// The same with one more field.
pub fn with(mut value: Value, field: &str, content: Value) -> Value {
    value[field] = content;
    value
}

/// The entity tag of a record, quotes and all.
pub fn etag(server: &Server, path: &str) -> String {
    server.get(path, Some(&all(server))).expect(200).header("etag").to_owned()
}

/// What a record holds now.
pub fn record(server: &Server, path: &str) -> Value {
    server.get(path, Some(&all(server))).expect(200).json()
}

impl Row {
    pub fn by(self, token: impl AsRef<str>) -> Self {
        self.header("Authorization", format!("Bearer {}", token.as_ref()))
    }

    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    pub fn bytes(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    /// A body that says that it is JSON.
    pub fn text(self, body: impl Into<Vec<u8>>) -> Self {
        self.bytes(body).header("Content-Type", "application/json")
    }

    pub fn json(self, body: &Value) -> Self {
        self.text(body.to_string())
    }

    pub fn gives(mut self, status: u16, problem: &'static str) -> Self {
        (self.status, self.problem) = (status, problem);
        self
    }

    /// The pointers of the errors, all of them and in order.
    pub fn at(mut self, pointers: &[&'static str]) -> Self {
        self.pointers = pointers.to_vec();
        self
    }

    /// A header of the answer.
    pub fn answering(mut self, header: &'static str, value: &'static str) -> Self {
        self.answered = Some((header, value));
        self
    }

    pub fn run(&self, server: &Server) -> Result<(), String> {
        let Self { method, target, headers, body, .. } = self;
        let answer = Wire { method, target, headers, body }.send(server);
        let problem: Value = serde_json::from_str(&answer.text).unwrap_or_default();
        let pointers: Vec<&str> = problem["errors"].as_array().into_iter().flatten().filter_map(|e| e["pointer"].as_str()).collect();
        let holds = answer.status == self.status
            && answer.headers.get("content-type").is_some_and(|v| v == "application/problem+json")
            && problem["type"] == format!("/problems/{}", self.problem)
            && problem["status"] == self.status
            && problem["request_id"].is_string()
            && pointers == self.pointers
            && self.answered.is_none_or(|(name, value)| answer.headers.get(name).is_some_and(|v| v == value));
        let expected = (self.status, self.problem, &self.pointers, &self.answered);
        if holds { Ok(()) } else { Err(format!("{}: expected {expected:?}, got {} {:?} {}", self.name, answer.status, answer.headers, answer.text)) }
    }
}
