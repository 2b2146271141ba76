//! The search over HTTP: what is found, in which order, by whom; that both engines find the same; and that what is found is what may be read.

mod corpus;
mod engines;
mod filters;
mod readers;
mod upkeep;

use serde_json::Value;

use crate::harness::{Engine, Server};

/// A service over the acts of the file.
fn server(engine: Engine) -> Server {
    Server::start(engine, corpus::load)
}

fn asked(server: &Server, token: Option<&str>, parameters: &[(&str, &str)]) -> Value {
    let query = serde_urlencoded::to_string(parameters).unwrap();
    server.get(&format!("/v1/search?authority={}&{query}", corpus::SIREN), token).expect(200).json()
}

/// The printed numbers of what a search finds, in order.
fn numbers(found: &Value) -> Vec<String> {
    found["data"].as_array().unwrap().iter().map(|hit| hit["number"].as_str().unwrap().to_owned()).collect()
}

fn found(server: &Server, token: Option<&str>, parameters: &[(&str, &str)]) -> String {
    numbers(&asked(server, token, parameters)).join(" ")
}

/// The fragments of a snippet, with brackets around what was found.
fn shown(snippet: &Value) -> String {
    let fragments = snippet["fragments"].as_array().unwrap().iter();
    let text = |fragment: &Value| fragment["text"].as_str().unwrap().to_owned();
    fragments.map(|fragment| if fragment["hit"] == true { format!("[{}]", text(fragment)) } else { text(fragment) }).collect()
}
