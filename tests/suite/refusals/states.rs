//! Writes that do not fit what is there.

use serde_json::{Value, json};

use super::row::{Row, act, all, etag, record, row, with};
use crate::harness::world::{BODY, DRAFT, LIVE, PERSON};
use crate::harness::{ACT, SITTING, Server};

pub fn rows(server: &Server) -> Vec<Row> {
    let token = all(server);
    let post = |name, path: String, body: &Value| row(name, "POST", path).by(&token).json(body);
    // The record as it is, but for one field.
    let put = |name, path: &str, field: &str, content: Value| {
        row(name, "PUT", path).by(&token).header("If-Match", etag(server, path)).json(&with(record(server, path), field, content))
    };
    let (an_act, a_draft) = (format!("/v1/deliberations/{ACT}/record"), format!("/v1/deliberations/{DRAFT}/record"));
    let (a_sitting, a_live) = (format!("/v1/sittings/{SITTING}/record"), format!("/v1/sittings/{LIVE}/record"));
    let committee = server.post("/v1/bodies", &token, &json!({"name": "Commission", "kind": "committee"})).expect(201).json()["id"].clone();
    let deleted = deleted(server, &token);
    vec![
        post("a transcribed act in a recorded sitting", "/v1/deliberations".to_owned(), &with(act(), "sitting", json!(LIVE)))
            .gives(409, "origin-differs"),
        post("a recorded act in a transcribed sitting", "/v1/deliberations".to_owned(), &with(act(), "origin", json!("recorded")))
            .gives(409, "origin-differs"),
        post(
            "an event in a transcribed sitting",
            format!("/v1/sittings/{SITTING}/timeline"),
            &json!({"id": "01977e53-000a-7000-8000-000000000009", "kind": "arrival", "person": {"person": PERSON}}),
        )
        .gives(409, "not-live"),
        post(
            "a ballot in a transcribed sitting",
            format!("/v1/sittings/{SITTING}/ballots"),
            &json!({"id": "01977e53-0008-7000-8000-000000000009", "covers": [crate::harness::world::ITEM]}),
        )
        .gives(409, "not-live"),
        row("a deletion of an act that is no draft", "DELETE", format!("/v1/deliberations/{ACT}"))
            .by(&token)
            .header("If-Match", etag(server, &an_act))
            .gives(409, "not-a-draft"),
        put("an agenda without the item of a draft", &a_live, "agenda", json!([])).gives(409, "item-in-use").at(&["/agenda"]),
        put("another origin of an act", &an_act, "origin", json!("recorded")).gives(409, "origin-differs"),
        put("another origin of a draft", &a_draft, "origin", json!("transcribed")).gives(409, "origin-differs"),
        put("another origin of a sitting", &a_sitting, "origin", json!("recorded")).gives(409, "origin-differs"),
        put("another body of a sitting", &a_sitting, "body", committee).gives(422, "invalid-field").at(&["/body"]),
        put("another sitting of an act", &an_act, "sitting", json!(LIVE)).gives(422, "invalid-field").at(&["/sitting"]),
        row("a body that is its own parent", "PUT", format!("/v1/bodies/{BODY}"))
            .by(&token)
            .header("If-Match", "*")
            .json(&json!({"name": "X", "kind": "committee", "parent": BODY}))
            .gives(422, "invalid-field")
            .at(&["/parent"]),
        row("an act that was deleted", "GET", &deleted).by(&token).gives(410, "gone"),
        row("the record of an act that was deleted", "GET", format!("{deleted}/record")).by(&token).gives(410, "gone"),
        row("a deletion for the second time", "DELETE", &deleted).by(&token).header("If-Match", "*").gives(410, "gone"),
        row("showing an act that was deleted", "PUT", format!("{deleted}/visibility"))
            .by(&token)
            .json(&json!({"visibility": "public"}))
            .gives(410, "gone"),
        row("an act that was deleted, for the public", "GET", &deleted).gives(404, "not-found"),
    ]
}

fn deleted(server: &Server, token: &str) -> String {
    let draft = json!({"sitting": LIVE, "origin": "recorded", "title": "À jeter"});
    let answer = server.post("/v1/deliberations", token, &draft).expect(201);
    let path = answer.header("location").to_owned();
    let gone = server.request(reqwest::Method::DELETE, &path).bearer_auth(token).header("If-Match", answer.header("etag")).send().unwrap();
    assert_eq!(gone.status(), 204);
    path
}
