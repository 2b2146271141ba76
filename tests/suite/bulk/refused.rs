//! What is refused of a file, of an import, and to whom.

use rstest::rstest;
use serde_json::{Value, json};

use super::{counts, dump, found, import, many, ndjson, over, send, worker};
use crate::harness::{Engine, PAS_DE_CALAIS, Server};

/// A line, and what is said of it: nothing where it is accepted.
type Case = (String, Option<(&'static str, &'static str, &'static str)>);

fn cases() -> Vec<Case> {
    let sitting = json!({"kind": "sitting", "key": "s", "record": {"body": "@b", "origin": "transcribed", "date": "2025-07-07"}});
    let body = json!({"kind": "body", "key": "b", "record": {"name": "Commission", "kind": "committee"}});
    let act = |key: &str, sitting: &str, origin: &str, title: &str| {
        json!({"kind": "deliberation", "key": key, "record": {"sitting": sitting, "origin": origin, "title": title}}).to_string()
    };
    vec![
        (body.to_string(), None),
        (sitting.to_string(), None),
        ("{\"kind\": ".to_owned(), Some(("malformed-json", "", ""))),
        (json!({"kind": "persons", "key": "k", "record": {}}).to_string(), Some(("invalid-field", "/kind", "unknown_kind"))),
        (json!({"kind": "person", "key": "p", "record": {"family_name": " "}}).to_string(), Some(("invalid-field", "/record/family_name", "empty"))),
        (
            json!({"kind": "person", "key": "p", "record": {"family_name": "X", "nom": "X"}}).to_string(),
            Some(("unknown-field", "/record/nom", "unknown_field")),
        ),
        (
            json!({"kind": "mandate", "key": "m", "record": {"person": "@p", "body": "@b"}}).to_string(),
            Some(("invalid-field", "/record/person", "unknown_person")),
        ),
        (
            json!({"kind": "mandate", "key": "m", "record": {"person": "@nobody", "body": "@b"}}).to_string(),
            Some(("invalid-field", "/record/person", "unknown_key")),
        ),
        (act("a1", "@s", "recorded", "X"), Some(("origin-differs", "", ""))),
        (act("a1", "@s", "transcribed", "@s"), None),
        (act("a1", "@s", "transcribed", "Autre"), Some(("import-key-reused", "/key", "reused"))),
        (act("a2", "01977e54-0005-7000-8000-000000000001", "transcribed", "X"), Some(("invalid-field", "/record/sitting", "unknown_sitting"))),
        (json!({"kind": "person", "key": "", "record": {"family_name": "X"}}).to_string(), Some(("invalid-field", "/key", "length"))),
        (format!("\"{}\"", "x".repeat(4 * 1024 * 1024)), Some(("body-too-large", "", ""))),
        (json!({"kind": "person", "key": "p", "record": {"family_name": "MARTIN"}}).to_string(), None),
    ]
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn each_line_is_told_what_it_would_have_been_told_alone(#[case] engine: Engine) {
    let server = Server::empty(engine);
    let _worker = worker(&server);
    found(&server);
    let token = server.token(many::SIREN, "all");
    let cases = cases();
    let text: String = cases.iter().map(|(line, _)| format!("{line}\n")).collect();
    let expected: Vec<(i64, &str, &str, &str)> = cases
        .iter()
        .enumerate()
        .filter_map(|(place, (_, told))| told.map(|(problem, pointer, code)| (i64::try_from(place).unwrap() + 1, problem, pointer, code)))
        .collect();
    let before = dump::rows(server.register.store());
    let all = import(&server, &token, "", text.clone());
    assert_eq!((counts(&all), &all["reason"]), (("failed", [15, 4, 0, 11]), &json!("lines_refused")), "{all}");
    assert_eq!(dump::rows(server.register.store()), before, "all or nothing");
    let told_by_both = |import: &Value| {
        // Two at a time.
        let mut next = Some(format!("{}?limit=2", import["errors_href"].as_str().unwrap()));
        let mut told = Vec::new();
        while let Some(page) = next {
            let page = server.get(&page, Some(&token)).expect(200).json();
            told.extend(page["data"].as_array().unwrap().clone());
            next = page["links"]["next"].as_str().map(str::to_owned);
        }
        told
    };
    let each = import(&server, &token, "?mode=per_line", text);
    assert_eq!(counts(&each), ("done", [15, 4, 0, 11]), "{each}");
    for told in [told_by_both(&all), told_by_both(&each)] {
        let told: Vec<(i64, &str, &str, &str)> = told
            .iter()
            .map(|error| {
                let wrong = |name: &str| error["errors"][0][name].as_str().unwrap_or_default();
                (error["line"].as_i64().unwrap(), error["type"].as_str().unwrap().trim_start_matches("/problems/"), wrong("pointer"), wrong("code"))
            })
            .collect();
        assert_eq!(told, expected);
    }
    // What looks like a key in a text is a text.
    let acts = server.get("/v1/deliberations", Some(&token)).expect(200).json();
    assert_eq!(acts["data"][0]["title"], "@s");
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn a_line_needs_the_scope_of_its_kind_and_an_import_is_its_authoritys(#[case] engine: Engine) {
    let server = Server::world(engine);
    let _worker = worker(&server);
    found(&server);
    let sittings = server.token(many::SIREN, "sittings:write");
    let person = json!({"kind": "person", "key": "p", "record": {"family_name": "X"}});
    let done = import(&server, &sittings, "?mode=per_line", ndjson([person.clone()]));
    assert_eq!(counts(&done), ("done", [1, 0, 0, 1]));
    let errors = server.get(done["errors_href"].as_str().unwrap(), Some(&sittings)).expect(200).json();
    assert_eq!(errors["data"][0]["type"], "/problems/scope-missing");
    send(&server, &server.token(many::SIREN, "records:read"), "", "").problem(403, "scope-missing");
    let other = server.token(PAS_DE_CALAIS, "all");
    server.get(done["href"].as_str().unwrap(), Some(&other)).problem(404, "not-found");
    let known = |token: &str| server.get("/v1/imports", Some(token)).expect(200).json()["data"].as_array().unwrap().len();
    assert_eq!((known(&sittings), known(&other)), (1, 0));
    // A waiver wants its own scope.
    let waiver = json!([{"code": "act.dates", "subject": {"kind": "sitting", "id": "01977e53-0005-7000-8000-000000000009"}, "reason": "X"}]);
    let body = json!({"kind": "body", "key": "b", "record": {"name": "C", "kind": "committee"}});
    let sitting = json!({"kind": "sitting", "key": "s", "record": {"body": "@b", "origin": "transcribed", "date": "2025-07-07", "waivers": waiver}});
    let token = server.token(many::SIREN, "sittings:write directory:write");
    let done = import(&server, &token, "?mode=per_line", ndjson([body, sitting]));
    let errors = server.get(done["errors_href"].as_str().unwrap(), Some(&token)).expect(200).json();
    assert_eq!(errors["data"][0]["type"], "/problems/scope-missing", "{errors}");
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn an_import_is_stopped_and_the_next_one_goes_on(#[case] engine: Engine) {
    let server = Server::empty(engine);
    found(&server);
    let token = server.token(many::SIREN, "all");
    let first = send(&server, &token, "", ndjson(many::lines(3)));
    let waiting = first.json();
    assert_eq!((counts(&waiting), &waiting["percentage"]), (("queued", [0, 0, 0, 0]), &json!(0)));
    let folder = server.folder.path().join("files/imports").join(many::SIREN);
    let kept = || std::fs::read_dir(&folder).map_or(0, |files| files.count());
    assert_eq!(kept(), 1);
    let cancel = format!("{}/cancel", first.header("location"));
    assert_eq!(server.post(&cancel, &token, &Value::Null).expect(200).json()["state"], "cancelled");
    assert_eq!(kept(), 0, "its file is removed");
    server.post(&cancel, &token, &Value::Null).problem(409, "not-possible");
    let second = send(&server, &token, "?mode=per_line", ndjson(many::lines(1)));
    let worker = worker(&server);
    assert_eq!(counts(&over(&server, &token, &second)), ("done", [91, 91, 0, 0]));
    // It ends with what it is doing: the file goes after the import is over.
    drop(worker);
    assert_eq!(kept(), 0);
}

#[test]
fn what_is_no_import_is_refused_at_once() {
    let server = Server::empty(Engine::Sqlite);
    let token = server.token(many::SIREN, "all");
    send(&server, &token, "", "{}").problem(404, "not-found");
    found(&server);
    send(&server, &token, "?mode=some", "{}").problem(400, "invalid-parameter");
    send(&server, &token, "?dry_run=yes", "{}").problem(400, "invalid-parameter");
    server.post("/v1/imports", &token, &json!({})).problem(415, "unsupported-media-type");
    let folder = server.folder.path().join("files/imports").join(many::SIREN);
    assert_eq!(std::fs::read_dir(folder).map_or(0, |files| files.count()), 0, "nothing is left behind");
    // Sent twice under one key, it is one import.
    let once = |text: &'static str| {
        let request = server.request(reqwest::Method::POST, "/v1/imports").bearer_auth(&token).header("Idempotency-Key", "k");
        crate::harness::Answer::of(request.header("Content-Type", "application/x-ndjson").body(text).send().unwrap())
    };
    let (first, again) = (once("{}\n"), once("{}\n"));
    assert_eq!((first.status, first.json()), (202, again.json()));
    once("[]\n").problem(422, "idempotency-key-reused");
    let folder = server.folder.path().join("files/imports").join(many::SIREN);
    assert_eq!(std::fs::read_dir(folder).unwrap().count(), 1);
}
