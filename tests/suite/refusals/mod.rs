//! Refused requests, one a row: each has its exact problem, and nothing is written. On both engines.

mod addresses;
mod bodies;
mod conditions;
mod fields;
mod queries;
mod references;
mod rights;
mod row;
mod states;
mod tokens;

use std::collections::BTreeSet;

use rstest::rstest;

use crate::harness::{Engine, Server};

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn every_refused_request_has_its_problem_and_writes_nothing(#[case] engine: Engine) {
    let server = Server::world(engine);
    let mut rows = Vec::new();
    for of in
        [addresses::rows, bodies::rows, conditions::rows, fields::rows, queries::rows, references::rows, rights::rows, states::rows, tokens::rows]
    {
        rows.extend(of(&server));
    }
    let mut names = BTreeSet::new();
    let twice: Vec<&str> = rows.iter().map(|row| row.name).filter(|name| !names.insert(*name)).collect();
    assert!(twice.is_empty(), "names that stand twice: {twice:?}");
    assert!(rows.len() >= 300, "only {} rows are left", rows.len());
    let mut watch = server.database.watch();
    let mut wrong: Vec<String> = Vec::new();
    for row in &rows {
        wrong.extend(row.run(&server).err());
        if !watch.unchanged() {
            wrong.push(format!("{}: something was written", row.name));
            watch = server.database.watch();
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
}

#[test]
fn problems_speak_the_language_that_is_asked_for() {
    let server = Server::world(Engine::Sqlite);
    for (language, tag, title) in [("", "fr", "Introuvable"), ("en", "en", "Not found"), ("fr;q=0.1, en-GB", "en", "Not found")] {
        let request = server.request(reqwest::Method::GET, "/v1/nowhere").header("Accept-Language", language);
        let answer = crate::harness::Answer::of(request.send().unwrap());
        answer.problem(404, "not-found");
        assert_eq!((answer.header("content-language"), answer.json()["title"].as_str()), (tag, Some(title)), "{language:?}");
    }
}

/// The server answers before it has read the body; a client that writes on regardless must still get to read the answer.
#[test]
fn a_client_that_sends_10_mb_reads_why_not() {
    let server = Server::world(Engine::Sqlite);
    for _ in 0..5 {
        let request = server.request(reqwest::Method::POST, "/v1/deliberations").bearer_auth(row::all(&server));
        let sent = request.header("Content-Type", "application/json").body(vec![b' '; 10_000_000]).send();
        crate::harness::Answer::of(sent.unwrap()).problem(413, "body-too-large");
    }
}
