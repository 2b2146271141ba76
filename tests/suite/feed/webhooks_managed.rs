//! Webhooks as they are managed: who may, where they may point, secrets shown once, requests sent twice.

use rstest::rstest;
use serde_json::json;

use super::receiver::{Does, Receiver};
use super::webhooks::{hasty, hook};
use crate::harness::{Answer, Engine, PAS_DE_CALAIS, Server, world};

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn a_secret_is_shown_once_and_is_not_in_the_database(#[case] engine: Engine) {
    let server = Server::delivering(engine, hasty(), world::load);
    let token = server.token(PAS_DE_CALAIS, "all");
    let receiver = Receiver::new(|_, _| Does::Take);
    let request = |key: &str, path: &str, body: &serde_json::Value| {
        Answer::of(server.request(reqwest::Method::POST, path).bearer_auth(&token).header("Idempotency-Key", key).json(body).send().unwrap())
    };
    let body = json!({"url": receiver.url(), "description": "Finances", "types": ["registre.deliberation"]});
    let made = request("one", "/v1/webhooks", &body).expect(201);
    let secret = made.json()["secret"].as_str().unwrap().to_owned();
    assert!(secret.starts_with("whsec_") && secret.len() == 50, "{secret}");
    let path = made.header("location").to_owned();
    // Sent again with its key, it is answered as it was, and made once.
    assert_eq!(request("one", "/v1/webhooks", &body).expect(201).json(), made.json());
    request("one", "/v1/webhooks", &json!({"url": receiver.url()})).problem(422, "idempotency-key-reused");
    let all = server.get("/v1/webhooks", Some(&token)).expect(200);
    assert_eq!(all.json()["data"].as_array().unwrap().len(), 1);
    let one = server.get(&path, Some(&token)).expect(200);
    assert!(!all.text.contains("whsec_") && !one.text.contains("whsec_"));
    assert_eq!(one.header("etag"), made.header("etag"));
    assert_eq!((one.json()["visibility"].as_str(), one.json()["description"].as_str()), (Some("public"), Some("Finances")));
    // A secret that is replaced by a request sent twice is replaced once: the receiver still has the one before.
    let rotated = request("two", &format!("{path}/secret"), &json!(null)).expect(200).json();
    assert_eq!(request("two", &format!("{path}/secret"), &json!(null)).expect(200).json(), rotated);
    // Neither is anywhere in the database, not in what is kept under the keys.
    let kept = match engine {
        Engine::Sqlite => "SELECT count(*) AS number FROM idempotency_keys WHERE CAST(answer AS TEXT) LIKE '%whsec%'",
        Engine::Postgresql => "SELECT count(*) AS number FROM idempotency_keys WHERE encode(answer, 'escape') LIKE '%whsec%'",
    };
    assert_eq!(server.database.number(kept), 0);
    assert_eq!(server.database.number("SELECT count(*) AS number FROM idempotency_keys"), 2);
    // Who did what to it is in the audit trail; the feed does not tell.
    assert_eq!(server.database.number("SELECT count(*) AS number FROM changes WHERE kind = 'webhook' AND event IS NULL"), 2);
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn a_webhook_points_to_the_public_internet(#[case] engine: Engine) {
    let mut settings = hasty();
    settings.allow_http = false;
    settings.allow_networks = vec!["127.0.0.7/32".parse().unwrap()];
    let server = Server::delivering(engine, settings, world::load);
    let token = server.token(PAS_DE_CALAIS, "integrations:manage");
    let mut watch = server.database.watch();
    for (url, code) in [
        ("http://127.0.0.7/", "https"),
        ("https://127.0.0.1/", "private_address"),
        ("https://0x7f000001/", "private_address"),
        ("https://[::1]/", "private_address"),
        ("https://[::ffff:10.0.0.1]/", "private_address"),
        ("https://localhost/", "private_address"),
        ("https://169.254.169.254/latest/meta-data/", "private_address"),
        ("https://100.64.0.1/", "private_address"),
        ("https://nowhere.invalid/", "unresolved"),
        ("nowhere", "url"),
    ] {
        let refused = server.post("/v1/webhooks", &token, &json!({"url": url}));
        refused.problem(422, "invalid-field");
        let error = &refused.json()["errors"][0];
        assert_eq!((error["pointer"].as_str(), error["code"].as_str()), (Some("/url"), Some(code)), "{url}");
    }
    for (body, pointer) in [
        (json!({"url": "https://127.0.0.7/", "types": ["registre.sitting", "registre.nothing"]}), "/types/1"),
        (json!({"url": "https://127.0.0.7/", "description": "x".repeat(2001)}), "/description"),
    ] {
        let refused = server.post("/v1/webhooks", &token, &body);
        refused.problem(422, "invalid-field");
        assert_eq!(refused.json()["errors"][0]["pointer"], pointer);
    }
    // What is internal is for who may read it: one scope implies no other.
    server.post("/v1/webhooks", &token, &json!({"url": "https://127.0.0.7/", "visibility": "internal"})).problem(403, "scope-missing");
    server.post("/v1/webhooks", &token, &json!({"url": "https://127.0.0.7/", "secret": "x"})).problem(422, "unknown-field");
    assert!(watch.unchanged());
    server.post("/v1/webhooks", &token, &json!({"url": "https://127.0.0.7/"})).expect(201);
}

/// A name that led elsewhere when it was made is judged again at each connection: what is not allowed is not connected to.
#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn where_it_leads_is_judged_again_at_each_connection(#[case] engine: Engine) {
    let receiver = Receiver::new(|_, _| Does::Take);
    let mut settings = hasty();
    settings.allow_networks.clear();
    let server = Server::delivering(engine, settings, world::load);
    let token = server.token(PAS_DE_CALAIS, "all");
    let port = receiver.address.port();
    for (n, host) in ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]"].into_iter().enumerate() {
        let id = format!("01977e51-000f-7000-8000-00000000000{n}");
        let at = registre::store::now();
        let row = registre::store::WebhookRow {
            authority: PAS_DE_CALAIS.to_owned(),
            id: id.clone(),
            url: format!("http://{host}:{port}/hook?key=1"),
            types: String::new(),
            visibility: "public".to_owned(),
            description: None,
            active: false,
            salt: "salt".to_owned(),
            previous_salt: None,
            previous_until: None,
            reached: 0,
            version: 1,
            created_at: at,
            created_by: "test".to_owned(),
            modified_at: at,
        };
        let store = registre::store::Store::open(&server.database.url, 1).unwrap();
        store.write(|session| session.add_webhook(&row)).unwrap();
        let tried = server.post(&format!("/v1/webhooks/{id}/ping"), &token, &json!(null)).expect(200).json();
        assert_eq!(tried["status"], json!(null), "{host}");
        assert!(tried["error"].as_str().unwrap().contains("not on the public Internet"), "{host}: {tried}");
    }
    assert!(receiver.came().is_empty());
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn a_ping_says_what_came_of_it(#[case] engine: Engine) {
    let server = Server::delivering(engine, hasty(), world::load);
    let token = server.token(PAS_DE_CALAIS, "all");
    let receiver = Receiver::new(|n, _| [Does::Take, Does::Fail, Does::Redirect, Does::Hang, Does::Disappear, Does::Flood][n]);
    let hook = hook(&server, &token, &receiver.url(), &json!({"active": false}));
    let ping = || server.post(&format!("{}/ping", hook["href"].as_str().unwrap()), &token, &json!(null)).expect(200).json();
    let seen: Vec<_> = (0..6).map(|_| ping()).collect();
    let statuses: Vec<_> = seen.iter().map(|attempt| attempt["status"].as_i64()).collect();
    assert_eq!(statuses, [Some(204), Some(500), Some(307), None, None, Some(200)]);
    assert_eq!(seen[3]["error"], "no answer in time");
    assert!(seen[4]["error"].is_string());
    assert_eq!(seen[5]["excerpt"].as_str().map(str::len), Some(1024));
    let event = receiver.came()[0].event();
    assert_eq!((event["type"].as_str(), &event["subject"]), (Some("registre.ping"), &hook["id"]));
    assert_eq!(receiver.came().len(), 6, "a redirect is not followed, nothing is tried twice");
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn a_register_that_delivers_nothing_says_so(#[case] engine: Engine) {
    let server = Server::world(engine);
    let token = server.token(PAS_DE_CALAIS, "integrations:manage");
    server.post("/v1/webhooks", &token, &json!({"url": "https://192.0.2.1/"})).problem(409, "webhooks-off");
}
