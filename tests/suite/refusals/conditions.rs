//! Conditional writes and idempotency keys.

use serde_json::json;

use super::row::{Row, act, all, etag, record, row, with};
use crate::harness::world::{DRAFT, LIVE, PERSON};
use crate::harness::{ACT, PAS_DE_CALAIS, SITTING, Server};

pub fn rows(server: &Server) -> Vec<Row> {
    let token = all(server);
    let records = [format!("/v1/deliberations/{ACT}/record"), format!("/v1/sittings/{SITTING}/record")];
    let entries = [format!("/v1/persons/{PERSON}"), format!("/v1/authorities/{PAS_DE_CALAIS}")];
    let draft = format!("/v1/deliberations/{DRAFT}");
    let stale = format!("\"{}\"", "0".repeat(64));
    let put = |name, path: &str| {
        let mut body = record(server, path);
        for added in ["id", "href", "version"].iter().chain(path.contains("/persons/").then_some(&"authority")) {
            body.as_object_mut().unwrap().remove(*added);
        }
        row(name, "PUT", path).by(&token).json(&body)
    };
    let [an_act, a_sitting] = &records;
    let [a_person, an_authority] = &entries;
    let strong = etag(server, an_act);
    let mut rows = vec![
        put("an act without If-Match", an_act).gives(428, "if-match-needed"),
        put("a sitting without If-Match", a_sitting).gives(428, "if-match-needed"),
        put("a person without If-Match", a_person).gives(428, "if-match-needed"),
        put("an authority without If-Match", an_authority).gives(428, "if-match-needed"),
        row("a deletion without If-Match", "DELETE", &draft).by(&token).gives(428, "if-match-needed"),
        put("an act that has changed", an_act).header("If-Match", &stale).gives(412, "stale-record"),
        put("a sitting that has changed", a_sitting).header("If-Match", &stale).gives(412, "stale-record"),
        put("a person that has changed", a_person).header("If-Match", &stale).gives(412, "stale-record"),
        put("an authority that has changed", an_authority).header("If-Match", &stale).gives(412, "stale-record"),
        row("a deletion of what has changed", "DELETE", &draft).by(&token).header("If-Match", &stale).gives(412, "stale-record"),
        put("the tag of another record", a_sitting).header("If-Match", &strong).gives(412, "stale-record"),
        put("the tag of the answer", an_act).header("If-Match", etag(server, &format!("/v1/deliberations/{ACT}"))).gives(412, "stale-record"),
        put("a weak tag", an_act).header("If-Match", format!("W/{strong}")).gives(412, "stale-record"),
        put("a tag without its quotes", an_act).header("If-Match", strong.trim_matches('"')).gives(412, "stale-record"),
        put("an empty If-Match", an_act).header("If-Match", "").gives(412, "stale-record"),
        put("several tags, all of them old", an_act).header("If-Match", format!("{stale}, \"1\"")).gives(412, "stale-record"),
    ];
    rows.extend(keys(server, &token));
    rows
}

fn keys(server: &Server, token: &str) -> Vec<Row> {
    let group = json!({"name": "Groupe de la clé"});
    let used = server.request(reqwest::Method::POST, "/v1/groups").bearer_auth(token).header("Idempotency-Key", "k-1").json(&group).send().unwrap();
    assert_eq!(used.status(), 201);
    let post = |name, path: &str, key: &str| row(name, "POST", path).by(token).header("Idempotency-Key", key);
    let event = json!({"id": ACT, "kind": "arrival"});
    vec![
        post("a key with another body", "/v1/groups", "k-1").json(&json!({"name": "Un autre"})).gives(422, "idempotency-key-reused"),
        post("a key with the same body, written otherwise", "/v1/groups", "k-1")
            .text("{ \"name\": \"Groupe de la clé\" }")
            .gives(422, "idempotency-key-reused"),
        post("a key at another address", "/v1/bodies", "k-1")
            .json(&json!({"name": "Groupe de la clé", "kind": "other"}))
            .gives(422, "idempotency-key-reused"),
        post("a key in a live sitting", &format!("/v1/sittings/{LIVE}/timeline"), "k-1").json(&event).gives(422, "idempotency-key-reused"),
        post("a key of 256 characters", "/v1/deliberations", &"k".repeat(256)).json(&act()).gives(400, "invalid-parameter").at(&["Idempotency-Key"]),
        post("an empty key", "/v1/deliberations", "\"\"").json(&act()).gives(400, "invalid-parameter").at(&["Idempotency-Key"]),
        post("a key with a tab", "/v1/deliberations", "k\t1").json(&act()).gives(400, "invalid-parameter").at(&["Idempotency-Key"]),
        post("a key beyond ASCII", "/v1/deliberations", "clé").json(&act()).gives(400, "invalid-parameter").at(&["Idempotency-Key"]),
        post("a key does not make a bad act good", "/v1/deliberations", "k-2")
            .json(&with(act(), "title", json!("")))
            .gives(422, "invalid-field")
            .at(&["/title"]),
    ]
}
