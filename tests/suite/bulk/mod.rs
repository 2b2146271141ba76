//! Files of many records, imported as if each had been sent alone: refused, stopped, gone on with. Archives, restored bit for bit.

mod archive;
mod dump;
mod imports;
mod refused;
mod resumed;

#[allow(dead_code, reason = "the example uses more of it")]
#[path = "../../many/mod.rs"]
mod many;

use std::time::{Duration, Instant};

use registre::bulk::{Background, carry_out_imports};
use registre::record::Siren;
use registre::register::Actor;
use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{Answer, Server};

/// The worker of a server, until it is dropped.
fn worker(server: &Server) -> Background {
    carry_out_imports(server.register.clone().into_inner()).unwrap()
}

/// Files the invented authority.
fn found(server: &Server) {
    let siren: Siren = many::SIREN.parse().unwrap();
    let authority = json!({"siren": siren, "name": "Département de la Vallée-Claire", "kind": "department"});
    let actor = Actor { sub: "test".to_owned(), authority: siren, may_waive: false };
    server.register.add_authority(&actor, None, &serde_json::from_value(authority).unwrap()).unwrap();
}

fn ndjson(lines: impl IntoIterator<Item = Value>) -> String {
    lines.into_iter().map(|line| format!("{line}\n")).collect()
}

/// Sends a file.
fn send(server: &Server, token: &str, query: &str, text: impl Into<String>) -> Answer {
    let request = server.request(Method::POST, &format!("/v1/imports{query}")).bearer_auth(token);
    Answer::of(request.header("Content-Type", "application/x-ndjson").body(text.into()).send().unwrap())
}

/// Waits until an import is over, and reads it.
#[track_caller]
fn over(server: &Server, token: &str, begun: &Answer) -> Value {
    assert_eq!(begun.status, 202, "{}", begun.text);
    let until = Instant::now() + Duration::from_secs(300);
    loop {
        let import = server.get(begun.header("location"), Some(token)).expect(200).json();
        if !["queued", "running"].contains(&import["state"].as_str().unwrap()) {
            return import;
        }
        assert!(Instant::now() < until, "still not over: {import}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// Sends a file, and waits until it is imported.
#[track_caller]
fn import(server: &Server, token: &str, query: &str, text: impl Into<String>) -> Value {
    over(server, token, &send(server, token, query, text))
}

/// State, lines, accepted, unchanged, refused.
fn counts(import: &Value) -> (&str, [i64; 4]) {
    (import["state"].as_str().unwrap(), ["lines_read", "accepted", "unchanged", "refused"].map(|name| import[name].as_i64().unwrap()))
}
