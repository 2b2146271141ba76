//! What is kept of deliveries: each attempt, dead letters, and sending them again.

use std::time::Duration;

use rstest::rstest;
use serde_json::{Value, json};

use super::receiver::{Does, Receiver};
use super::webhooks::{Instance, hasty, hook, states, until};
use super::{Reader, retitle};
use crate::harness::{Engine, PAS_DE_CALAIS, Server, world};

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn what_is_given_up_can_be_sent_again(#[case] engine: Engine) {
    let settings = registre::deliver::Settings { attempts: 3, ..hasty() };
    let server = Server::delivering(engine, settings, world::load);
    let token = server.token(PAS_DE_CALAIS, "all");
    let mut reader = Reader::own(&server);
    let from = reader.cursor.clone().unwrap();
    let receiver = Receiver::new(|n, _| if n < 3 { Does::Fail } else { Does::Take });
    let hook = hook(&server, &token, &receiver.url(), &json!({}));
    let path = |part: &str| format!("{}{part}", hook["href"].as_str().unwrap());
    retitle(&server, &token, "Un");
    until("it is given up after the last attempt", || states(&server, &token, &hook).iter().any(|(_, state)| state == "dead"));
    let event = reader.events().remove(0)["id"].as_str().unwrap().to_owned();
    let detail = server.get(&path(&format!("/deliveries/{event}")), Some(&token)).expect(200).json();
    assert_eq!((detail["state"].as_str(), detail["attempts"].as_i64(), &detail["due_at"]), (Some("dead"), Some(3), &Value::Null));
    let log = detail["log"].as_array().unwrap();
    assert_eq!(log.len(), 3);
    for attempt in log {
        // A text holds no U+0000 on either engine.
        assert_eq!((&attempt["status"], &attempt["error"], &attempt["excerpt"]), (&json!(500), &Value::Null, &json!("panne  passagère")));
        assert!(attempt["millis"].as_i64().unwrap() >= 0 && attempt["at"].is_string());
    }
    // One that was given up holds no later one.
    retitle(&server, &token, "Deux");
    until("the next arrives", || receiver.taken().len() == 1);
    let next = reader.events().remove(0)["id"].as_str().unwrap().to_owned();
    assert_eq!(receiver.taken(), [next.as_str()]);
    let dead = server.get(&path("/deliveries?state=dead"), Some(&token)).expect(200).json();
    assert_eq!((dead["data"].as_array().unwrap().len(), dead["data"][0]["event"].as_str()), (1, Some(event.as_str())));

    // All that was given up.
    assert_eq!(server.post(&path("/replay"), &token, &json!({"dead": true})).expect(200).json(), json!({"queued": 1}));
    until("it arrives", || receiver.taken().len() == 2);
    assert_eq!(receiver.taken(), [next.clone(), event.clone()]);
    assert_eq!(server.post(&path("/replay"), &token, &json!({"dead": true})).expect(200).json(), json!({"queued": 0}));
    // One by name.
    assert_eq!(server.post(&path("/replay"), &token, &json!({"events": [next]})).expect(200).json(), json!({"queued": 1}));
    until("it arrives again", || receiver.taken().len() == 3);
    // From a cursor: both, under the same identifiers, in the order of their record.
    assert_eq!(server.post(&path("/replay"), &token, &json!({"cursor": from})).expect(200).json(), json!({"queued": null}));
    until("both arrive again", || receiver.taken().len() == 5);
    assert_eq!(receiver.taken()[3..], [event, next]);

    for (body, status, problem) in [
        (json!({}), 422, "invalid-field"),
        (json!({"dead": true, "events": []}), 422, "invalid-field"),
        (json!({"events": ["226200012-1"]}), 422, "invalid-field"),
        (json!({"events": ["x"]}), 422, "invalid-field"),
        (json!({"cursor": "x"}), 400, "invalid-cursor"),
        (json!({"cursor": "WyIyMjYyMDAwMTIiLDk5OTld"}), 410, "cursor-expired"),
    ] {
        server.post(&path("/replay"), &token, &body).problem(status, problem);
    }
    server.get(&path("/deliveries/226200012-1"), Some(&token)).problem(404, "not-found");
    server.get(&path("/deliveries?state=lost"), Some(&token)).problem(400, "invalid-parameter");
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn one_that_is_not_active_misses_nothing(#[case] engine: Engine) {
    let server = Server::delivering(engine, hasty(), world::load);
    let token = server.token(PAS_DE_CALAIS, "all");
    let receiver = Receiver::new(|_, _| Does::Take);
    let hook = hook(&server, &token, &receiver.url(), &json!({"active": false}));
    retitle(&server, &token, "Un");
    retitle(&server, &token, "Deux");
    let path = hook["href"].as_str().unwrap();
    let etag = server.get(path, Some(&token)).expect(200).header("etag").to_owned();
    server.put(path, &token, &etag, &json!({"url": receiver.url(), "visibility": "internal", "active": true})).expect(200);
    until("both arrive", || receiver.taken().len() == 2);
    server.put(path, &token, &etag, &json!({"url": receiver.url()})).problem(412, "stale-record");
    // Deleted, it is sent nothing more, and nothing of it is left.
    let etag = server.get(path, Some(&token)).expect(200).header("etag").to_owned();
    let gone = server.request(reqwest::Method::DELETE, path).bearer_auth(&token).header("If-Match", etag).send().unwrap();
    assert_eq!(gone.status(), 204);
    assert_eq!(server.database.number("SELECT count(*) AS number FROM webhook_deliveries"), 0);
    assert_eq!(server.database.number("SELECT count(*) AS number FROM webhook_attempts"), 0);
    server.get(path, Some(&token)).problem(404, "not-found");
}

/// What was queued or leased by a clock that ran ahead waits no longer than anything else, once an instance looks.
#[rstest]
#[case::sqlite(Engine::Sqlite, "due_at = '2999-01-01 00:00:00'")]
#[case::postgresql(Engine::Postgresql, "due_at = '2999-01-01 00:00:00', lease = 'x', leased_until = '2999-01-01 00:00:00'")]
fn a_clock_that_ran_ahead_holds_nothing(#[case] engine: Engine, #[case] ahead: &str) {
    let patient = registre::deliver::Settings { retry_first: Duration::from_secs(4), retry_most: Duration::from_secs(4), ..hasty() };
    let server = Server::delivering(engine, patient.clone(), world::load);
    let token = server.token(PAS_DE_CALAIS, "all");
    let receiver = Receiver::new(|n, _| if n < 1 { Does::Fail } else { Does::Take });
    hook(&server, &token, &receiver.url(), &json!({}));
    retitle(&server, &token, "Un");
    let tried = "SELECT count(*) AS number FROM webhook_deliveries WHERE state = 'waiting' AND attempts = 1 AND lease IS NULL";
    until("it is tried once", || server.database.number(tried) == 1);
    server.database.number(&format!("UPDATE webhook_deliveries SET {ahead} RETURNING CAST(1 AS BIGINT) AS number"));
    std::thread::sleep(Duration::from_secs(5));
    assert_eq!(receiver.taken().len(), 0);
    let _other = Instance::beside(&server.database, patient);
    until("it arrives", || receiver.taken().len() == 1);
}
