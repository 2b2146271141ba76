//! Readings that the reader has already, writes that are carried out once, versions, live sittings, tokens taken back, and views.

use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use reqwest::Method;
use rstest::rstest;
use serde_json::{Value, json};

use crate::harness::world::{GROUP, LIVE, LIVE_ITEM, PERSON, neighbour};
use crate::harness::{ACT, Answer, Engine, PAS_DE_CALAIS, SITTING, Server};

fn with(server: &Server, method: Method, path: &str, token: &str, header: (&str, &str)) -> Answer {
    Answer::of(server.request(method, path).bearer_auth(token).header(header.0, header.1).send().unwrap())
}

fn keyed(server: &Server, path: &str, token: &str, key: &str, body: &Value) -> Answer {
    Answer::of(server.request(Method::POST, path).bearer_auth(token).header("Idempotency-Key", key).json(body).send().unwrap())
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn a_reader_who_has_it_is_told_so_and_head_is_get_without_its_body(#[case] engine: Engine) {
    let server = Server::world(engine);
    let token = server.token(PAS_DE_CALAIS, "all");
    for path in [
        format!("/v1/deliberations/{ACT}"),
        format!("/v1/deliberations/{ACT}/record"),
        format!("/v1/deliberations/{ACT}/findings"),
        format!("/v1/deliberations/{ACT}/versions"),
        format!("/v1/deliberations/{ACT}/versions/1"),
        format!("/v1/sittings/{SITTING}"),
        format!("/v1/sittings/{SITTING}/record"),
        format!("/v1/sittings/{SITTING}/attendance"),
        format!("/v1/persons/{PERSON}"),
        format!("/v1/authorities/{PAS_DE_CALAIS}"),
        "/v1/deliberations".to_owned(),
        "/v1/sittings?limit=1".to_owned(),
        "/v1/persons".to_owned(),
        "/v1/me".to_owned(),
        "/v1/enums".to_owned(),
    ] {
        let whole = server.get(&path, Some(&token)).expect(200);
        let etag = whole.header("etag").to_owned();
        for known in [etag.clone(), format!("W/{etag}"), format!("\"0\", {etag}"), "*".to_owned()] {
            let answer = with(&server, Method::GET, &path, &token, ("If-None-Match", &known)).expect(304);
            assert_eq!((answer.text.as_str(), answer.header("etag")), ("", etag.as_str()), "{path} {known}");
        }
        let other = with(&server, Method::GET, &path, &token, ("If-None-Match", "\"0\"")).expect(200);
        assert_eq!(other.text, whole.text, "{path}");
        let head = with(&server, Method::HEAD, &path, &token, ("If-None-Match", "\"0\"")).expect(200);
        assert_eq!((head.text.as_str(), head.header("etag")), ("", etag.as_str()), "{path}");
        for name in ["content-type", "content-length", "cache-control", "vary"] {
            assert_eq!(head.header(name), whole.header(name), "{name} of {path}");
        }
        with(&server, Method::HEAD, &path, &token, ("If-None-Match", &etag)).expect(304);
    }
    let missing = with(&server, Method::HEAD, "/v1/deliberations/0", &token, ("Accept", "*/*")).expect(404);
    assert_eq!((missing.text.as_str(), missing.header("content-type")), ("", "application/problem+json"));
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn a_key_carries_a_request_out_once(#[case] engine: Engine) {
    let server = Server::world(engine);
    let token = server.token(PAS_DE_CALAIS, "all");
    let act = json!({"sitting": LIVE, "origin": "recorded", "title": "Une seule fois"});
    let first = keyed(&server, "/v1/deliberations", &token, "once", &act).expect(201);
    let mut watch = server.database.watch();
    let again = keyed(&server, "/v1/deliberations", &token, "once", &act).expect(201);
    assert!(watch.unchanged());
    for name in ["location", "etag"] {
        assert_eq!(first.header(name), again.header(name));
    }
    assert_eq!(first.text, again.text);
    // The key is the subject's and the authority's.
    let colleague = server.token_of("colleague", PAS_DE_CALAIS, "all");
    let other = keyed(&server, "/v1/deliberations", &colleague, "once", &act).expect(201);
    assert_ne!(first.header("location"), other.header("location"));

    let event = json!({"id": "01977e53-000a-7000-8000-0000000000f1", "kind": "arrival", "person": {"person": PERSON}});
    let path = format!("/v1/sittings/{LIVE}/timeline");
    let first = keyed(&server, &path, &token, "event", &event).expect(201);
    let again = keyed(&server, &path, &token, "event", &event).expect(201);
    assert_eq!((first.json()["version"].as_i64(), first.text), (Some(2), again.text));

    // What was refused is not remembered.
    let bad = json!({"name": ""});
    for _ in 0..2 {
        keyed(&server, "/v1/groups", &token, "refused", &bad).problem(422, "invalid-field");
    }
    keyed(&server, "/v1/groups", &token, "refused", &json!({"name": "Bon"})).expect(201);
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn two_uses_of_a_key_at_once_never_write_twice(#[case] engine: Engine) {
    let server = Server::world(engine);
    let token = server.token(PAS_DE_CALAIS, "all");
    for round in 0..10 {
        let (key, group) = (format!("k-{round}"), json!({"name": format!("Groupe {round}")}));
        let answers: Vec<Answer> = std::thread::scope(|scope| {
            let uses: Vec<_> = (0..3).map(|_| scope.spawn(|| keyed(&server, "/v1/groups", &token, &key, &group))).collect();
            uses.into_iter().map(|one| one.join().unwrap()).collect()
        });
        let (done, refused): (Vec<&Answer>, Vec<&Answer>) = answers.iter().partition(|answer| answer.status == 201);
        assert!(!done.is_empty(), "{answers:?}");
        assert!(done.iter().all(|answer| answer.text == done[0].text), "{answers:?}");
        refused.iter().for_each(|answer| answer.problem(409, "idempotency-key-in-use"));
        assert_eq!(keyed(&server, "/v1/groups", &token, &key, &group).expect(201).text, done[0].text);
    }
    assert_eq!(server.database.number("SELECT count(*) AS number FROM directory WHERE name LIKE 'groupe 0%' OR name LIKE 'groupe 9%'"), 2);
    let groups = server.get("/v1/groups", Some(&token)).expect(200).json();
    assert_eq!(groups["data"].as_array().unwrap().len(), 14);
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn of_two_writers_who_read_the_same_one_wins(#[case] engine: Engine) {
    let server = Server::world(engine);
    let token = server.token(PAS_DE_CALAIS, "all");
    let path = format!("/v1/deliberations/{ACT}/record");
    for round in 0..5 {
        let read = server.get(&path, Some(&token)).expect(200);
        let answers: Vec<Answer> = std::thread::scope(|scope| {
            let write = |n: i32| {
                let mut changed = read.json();
                changed["outcome_text"] = format!("{round}-{n}").into();
                server.put(&path, &token, read.header("etag"), &changed)
            };
            let writers: Vec<_> = (0..3).map(|n| scope.spawn(move || write(n))).collect();
            writers.into_iter().map(|one| one.join().unwrap()).collect()
        });
        let mut statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
        statuses.sort_unstable();
        // A writer that was beaten is told that the record has changed, or that it was changing just then.
        assert!(statuses[0] == 200 && statuses[1..].iter().all(|s| matches!(s, 409 | 412)), "{answers:?}");
        assert_eq!(server.get(&path, Some(&token)).header("etag"), answers.iter().find(|a| a.status == 200).unwrap().header("etag"));
    }
    let act = server.get(&format!("/v1/deliberations/{ACT}"), Some(&token)).expect(200).json();
    assert_eq!(act["version"], 6);
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn versions_say_who_when_and_why(#[case] engine: Engine) {
    let server = Server::world(engine);
    let clerk = server.token_of("clerk", PAS_DE_CALAIS, "all");
    let path = format!("/v1/deliberations/{ACT}/record");
    let old = server.get(&path, Some(&clerk)).expect(200);
    let mut changed = old.json();
    changed["title"] = "Titre corrigé".into();
    let before = chrono::Utc::now() - chrono::Duration::milliseconds(1);
    let written = server.put(&format!("{path}?reason=Erreur%20mat%C3%A9rielle"), &clerk, old.header("etag"), &changed).expect(200);
    assert_eq!(written.json()["version"], 2);
    let new = server.get(&path, Some(&clerk)).expect(200);
    assert_eq!(new.header("etag"), written.header("etag"));

    let versions = server.get(&format!("/v1/deliberations/{ACT}/versions"), Some(&clerk)).expect(200).json()["data"].clone();
    let told = |n: usize| {
        let line = &versions[n];
        (line["version"].clone(), line["recorded_by"].clone(), line["reason"].clone())
    };
    assert_eq!(versions.as_array().unwrap().len(), 2);
    assert_eq!(told(0), (json!(1), json!("transcription"), Value::Null));
    assert_eq!(told(1), (json!(2), json!("clerk"), json!("Erreur matérielle")));
    let at: chrono::DateTime<chrono::Utc> = versions[1]["recorded_at"].as_str().unwrap().parse().unwrap();
    assert!(before <= at && at <= chrono::Utc::now(), "{at}");
    for (line, record) in [(0, &old), (1, &new)] {
        let kept = server.get(versions[line]["href"].as_str().unwrap(), Some(&clerk)).expect(200);
        assert_eq!((kept.text.as_str(), kept.header("etag")), (record.text.as_str(), record.header("etag")));
        assert_eq!(format!("\"{}\"", versions[line]["digest"].as_str().unwrap()), record.header("etag"));
    }
    let answer = server.get(&format!("/v1/deliberations/{ACT}"), None).expect(200).json();
    assert_eq!((answer["title"].as_str(), answer["version"].as_i64()), (Some("Titre corrigé"), Some(2)), "the kept answer is not the old one");
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn the_tag_of_a_record_is_the_sha_256_of_its_bytes(#[case] engine: Engine) {
    use sha2::{Digest, Sha256};
    let server = Server::world(engine);
    let token = server.token(PAS_DE_CALAIS, "all");
    for path in [format!("/v1/deliberations/{ACT}/record"), format!("/v1/sittings/{SITTING}/record"), format!("/v1/sittings/{LIVE}/record")] {
        let answer = server.get(&path, Some(&token)).expect(200);
        assert_eq!(answer.header("etag"), format!("\"{}\"", hex::encode(Sha256::digest(answer.text.as_bytes()))), "{path}");
    }
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn a_live_sitting_grows_by_one_version_an_entry(#[case] engine: Engine) {
    let server = Server::world(engine);
    let token = server.token(PAS_DE_CALAIS, "all");
    let sitting = format!("/v1/sittings/{LIVE}");
    // Who came and left may come again.
    let kind = |n: u8| if n == 2 { "departure" } else { "arrival" };
    let event = |n: u8| json!({"id": format!("01977e53-000a-7000-8000-0000000000e{n}"), "kind": kind(n), "person": {"person": PERSON}});
    let ballot = json!({
        "id": "01977e53-0008-7000-8000-0000000000b1", "covers": [LIVE_ITEM], "outcome": "adopted",
        "options": [{"option": "for", "count": 1, "entries": [{"kind": "group", "group": GROUP}]}],
    });
    for (part, entry, version) in [("timeline", event(1), 2), ("ballots", ballot.clone(), 3), ("timeline", event(2), 4)] {
        let answer = server.post(&format!("{sitting}/{part}"), &token, &entry).expect(201);
        assert_eq!(answer.json()["version"], version);
        assert_eq!(server.get(&sitting, Some(&token)).expect(200).json()["version"], version);
        let record = server.get(&format!("{sitting}/record"), Some(&token)).expect(200);
        assert_eq!(record.header("etag"), answer.header("etag"));
        let list = server.get(&format!("{sitting}/{part}"), Some(&token)).expect(200).json()["data"].clone();
        assert_eq!(list, record.json()[part]);
        assert_eq!(list.as_array().unwrap().last().unwrap()["id"], entry["id"]);
        // The same entry again is refused, and is no version.
        server.post(&format!("{sitting}/{part}"), &token, &entry).problem(422, "invalid-field");
    }
    let record = server.get(&format!("{sitting}/record"), Some(&token)).expect(200);
    assert_eq!(record.json()["timeline"].as_array().unwrap().len(), 3);
    assert_eq!(record.json()["ballots"][0]["options"][0]["count"], 1);
    let group = server.get(&format!("/v1/deliberations?group={GROUP}&sitting={LIVE}"), Some(&token)).expect(200).json();
    assert_eq!(group["data"].as_array().unwrap().len(), 1, "the draft's ballot is found by its group");

    // A correction folds the entries into the next document, and loses none.
    let mut corrected = record.json();
    corrected["place"] = "Arras".into();
    let written = server.put(&format!("{sitting}/record"), &token, record.header("etag"), &corrected).expect(200);
    assert_eq!(written.json()["version"], 5);
    assert_eq!(server.get(&format!("{sitting}/record"), Some(&token)).expect(200).json(), corrected);
    assert_eq!(server.post(&format!("{sitting}/timeline"), &token, &event(3)).expect(201).json()["version"], 6);
    let documents = server.get(&format!("{sitting}/versions"), Some(&token)).expect(200).json()["data"].clone();
    let numbers: Vec<i64> = documents.as_array().unwrap().iter().map(|line| line["version"].as_i64().unwrap()).collect();
    assert_eq!(numbers, [1, 5]);
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn a_token_taken_back_is_refused_within_a_second(#[case] engine: Engine) {
    let server = Server::world(engine);
    let admin = server.token_of("admin", PAS_DE_CALAIS, "all");
    let (one, two) = (server.token_of("leaver", PAS_DE_CALAIS, "records:read"), server.token_of("leaver", PAS_DE_CALAIS, "records:read"));
    let namesake = server.token_of("leaver", neighbour::SIREN, "records:read");
    let ok = |token: &str| server.get("/v1/me", Some(token)).status == 200;
    assert!(ok(&one) && ok(&two) && ok(&namesake), "all three are known, and kept");
    let refused = |token: &str| {
        let since = Instant::now();
        while ok(token) {
            assert!(since.elapsed() < Duration::from_secs(1), "still accepted");
        }
        server.get("/v1/me", Some(token)).problem(401, "token-invalid");
        assert_eq!(server.get("/v1/me", Some(token)).json()["errors"][0]["code"], "revoked");
    };
    let claims: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(one.split('.').nth(1).unwrap()).unwrap()).unwrap();
    server.post("/v1/revocations", &admin, &json!({"claim": "jti", "value": claims["jti"]})).expect(204);
    refused(&one);
    assert!(ok(&two) && ok(&namesake), "the other token of the subject is left");
    server.post("/v1/revocations", &admin, &json!({"claim": "sub", "value": "leaver"})).expect(204);
    refused(&two);
    assert!(ok(&namesake) && ok(&admin));
    // A new token of the subject is no better.
    refused(&server.token_of("leaver", PAS_DE_CALAIS, "all"));
    // Twice changes nothing.
    server.post("/v1/revocations", &admin, &json!({"claim": "sub", "value": "leaver"})).expect(204);
    assert_eq!(server.database.number("SELECT count(*) AS number FROM revocations"), 2);
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn the_public_sees_the_act_without_what_is_private(#[case] engine: Engine) {
    let server = Server::world(engine);
    let (all, reader) = (server.token(PAS_DE_CALAIS, "restricted:read"), server.token(PAS_DE_CALAIS, "records:read"));
    let stranger = server.token(neighbour::SIREN, "all");
    let (act, sitting) = (format!("/v1/deliberations/{ACT}"), format!("/v1/sittings/{SITTING}"));
    // Bank data stands in no seed: it is added.
    let admin = server.token(PAS_DE_CALAIS, "all");
    let read = server.get(&format!("{act}/record"), Some(&admin)).expect(200);
    let mut record = read.json();
    record["agreements"][0]["iban"] = "FR7630006000011234567890189".into();
    record["agreements"][0]["bic"] = "AGRIFRPP".into();
    record["beneficiaries"].as_array_mut().unwrap().push(json!({"name": "Jeanne PRIVÉE", "kind": "natural_person", "cells": ["J. PRIVÉE"]}));
    server.put(&format!("{act}/record"), &admin, read.header("etag"), &record).expect(200);

    let secrets = ["ADOLPHE", "23, avenue Jean Jaur", "FR7630006000011234567890189", "AGRIFRPP"];
    let whole = server.get(&act, Some(&all)).expect(200);
    for secret in secrets {
        assert!(whole.text.contains(secret), "{secret} is in the record");
    }
    for (who, token) in [("the public", None), ("a stranger", Some(&stranger)), ("a reader", Some(&reader))] {
        for path in [&act, &sitting] {
            let answer = server.get(path, token.map(String::as_str)).expect(200);
            for secret in secrets {
                assert!(!answer.text.contains(secret), "{who} is shown {secret} in {path}");
            }
            assert_eq!(answer.json()["recusals"][0]["ground"], Value::Null, "{who}");
            assert!(answer.json()["recusals"][0]["text"].is_string(), "{who}: the wording is public");
        }
    }
    for path in [&act, &sitting] {
        assert_eq!(server.get(path, Some(&all)).json()["recusals"][0]["ground"], "intéressée à l'affaire");
        assert_eq!(server.get(path, None).header("cache-control"), "public, no-cache");
    }
    // Who a natural person is, the authority's own readers may see.
    assert!(!server.get(&act, None).text.contains("PRIVÉE") && server.get(&act, Some(&reader)).text.contains("Jeanne PRIVÉE"));
    for party in whole.json()["agreements"][0]["parties"].as_array().unwrap() {
        assert!(party["represented_by"].is_object() && party["address"].is_string());
    }
    for party in server.get(&act, None).json()["agreements"][0]["parties"].as_array().unwrap() {
        assert_eq!((&party["represented_by"], &party["address"]), (&Value::Null, &Value::Null));
        assert!(party["name"].is_string());
    }
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn what_is_made_internal_again_is_gone_at_once(#[case] engine: Engine) {
    let server = Server::world(engine);
    let token = server.token(PAS_DE_CALAIS, "all");
    for path in [format!("/v1/deliberations/{ACT}"), format!("/v1/sittings/{SITTING}")] {
        let show = |visibility: &str| server.put(&format!("{path}/visibility"), &token, "*", &json!({"visibility": visibility})).expect(200);
        server.get(&path, None).expect(200);
        show("internal");
        server.get(&path, None).problem(404, "not-found");
        let mut watch = server.database.watch();
        show("internal");
        assert!(watch.unchanged(), "saying it twice changes nothing");
        assert_eq!(server.get(&path, Some(&token)).expect(200).json()["version"], 1, "it is no version of the record");
        show("public");
        server.get(&path, None).expect(200);
    }
}
