//! Scopes that are missing, and what belongs to others.

use serde_json::json;

use super::row::{Row, act, all, etag, record, row, sitting, with};
use crate::harness::world::{BODY, DRAFT, LIVE, neighbour};
use crate::harness::{ACT, PAS_DE_CALAIS, SITTING, Server};

pub fn rows(server: &Server) -> Vec<Row> {
    scopes(server).into_iter().chain(others(server)).collect()
}

fn scopes(server: &Server) -> Vec<Row> {
    let reader = server.token(PAS_DE_CALAIS, "records:read");
    let lacks = |name, method, path: String| row(name, method, path).by(&reader).gives(403, "scope-missing");
    let clerk = server.token(PAS_DE_CALAIS, "deliberations:write sittings:write restricted:read");
    let (act_path, sitting_path) = (format!("/v1/deliberations/{ACT}/record"), format!("/v1/sittings/{SITTING}/record"));
    let waivers = json!([{"code": "quorum.not_met", "subject": {"kind": "sitting", "id": SITTING}, "reason": "Sans objet"}]);
    let waived = |name, path: &str| {
        let body = with(record(server, path), "waivers", waivers.clone());
        row(name, "PUT", path).by(&clerk).header("If-Match", etag(server, path)).json(&body).gives(403, "scope-missing")
    };
    vec![
        lacks("a record without restricted:read", "GET", act_path.clone()),
        lacks("versions without audit:read", "GET", format!("/v1/deliberations/{ACT}/versions")),
        lacks("an act without deliberations:write", "POST", "/v1/deliberations".to_owned())
            .json(&act())
            .answering("www-authenticate", "Bearer error=\"insufficient_scope\", scope=\"deliberations:write\""),
        lacks("a sitting without sittings:write", "POST", "/v1/sittings".to_owned()).json(&sitting()),
        lacks("a group without directory:write", "POST", "/v1/groups".to_owned()).json(&json!({"name": "X"})),
        lacks("an authority without admin", "POST", "/v1/authorities".to_owned())
            .json(&json!({"siren": PAS_DE_CALAIS, "name": "X", "kind": "other"})),
        lacks("a revocation without admin", "POST", "/v1/revocations".to_owned()).json(&json!({"claim": "sub", "value": "x"})),
        lacks("a deletion without deliberations:write", "DELETE", format!("/v1/deliberations/{DRAFT}")).header("If-Match", "*"),
        row("showing an act without acts:publish", "PUT", format!("/v1/deliberations/{DRAFT}/visibility"))
            .by(&clerk)
            .json(&json!({"visibility": "public"}))
            .gives(403, "scope-missing"),
        row("a scope that is only like it", "POST", "/v1/deliberations")
            .by(server.token(PAS_DE_CALAIS, "deliberations:writes DELIBERATIONS:WRITE deliberations"))
            .json(&act())
            .gives(403, "scope-missing"),
        row("a refused scope even for a bad body", "POST", "/v1/deliberations").by(&reader).text("{").gives(403, "scope-missing"),
        waived("a waiver in an act", &act_path),
        waived("a waiver in a sitting", &sitting_path),
        row("a waiver in a new act", "POST", "/v1/deliberations")
            .by(&clerk)
            .json(&with(act(), "waivers", waivers.clone()))
            .gives(403, "scope-missing"),
    ]
}

fn others(server: &Server) -> Vec<Row> {
    use neighbour::{GROUP, MANDATE, PERSON, SIREN};
    let token = all(server);
    let read = |name, path: String| row(name, "GET", path).by(&token).gives(404, "not-found");
    let theirs = |path: &str| match path {
        "sittings" => format!("/v1/sittings/{}", neighbour::SITTING),
        _ => format!("/v1/deliberations/{}", neighbour::ACT),
    };
    let (acts, sittings) = (theirs("deliberations"), theirs("sittings"));
    let write = |name, method, path: String| row(name, method, path).by(&token).header("If-Match", "*").gives(404, "not-found");
    let shown = json!({"visibility": "public"});
    let event = json!({"id": "01977e53-000a-7000-8000-000000000009", "kind": "arrival"});
    let ballot = json!({"id": "01977e53-0008-7000-8000-000000000009", "covers": [neighbour::ITEM]});
    vec![
        read("another's act", acts.clone()),
        read("another's act's record", format!("{acts}/record")),
        read("another's act's findings", format!("{acts}/findings")),
        read("another's act's versions", format!("{acts}/versions")),
        read("another's act's first version", format!("{acts}/versions/1")),
        read("another's sitting", sittings.clone()),
        read("another's sitting's record", format!("{sittings}/record")),
        read("another's agenda", format!("{sittings}/agenda")),
        read("another's attendance", format!("{sittings}/attendance")),
        read("another's person", format!("/v1/persons/{PERSON}")),
        read("another authority that is internal", format!("/v1/authorities/{SIREN}")),
        row("an internal act of the demonstration's authority without a token", "GET", format!("/v1/deliberations/{DRAFT}")).gives(404, "not-found"),
        row("an internal sitting without a token", "GET", format!("/v1/sittings/{LIVE}")).gives(404, "not-found"),
        row("an internal sitting's ballots without a token", "GET", format!("/v1/sittings/{LIVE}/ballots")).gives(404, "not-found"),
        row("an internal act with a token that reads nothing", "GET", format!("/v1/deliberations/{DRAFT}"))
            .by(server.token(PAS_DE_CALAIS, "deliberations:write"))
            .gives(404, "not-found"),
        write("a write of another's act", "PUT", format!("{acts}/record")).json(&act()),
        write("a write of another's sitting", "PUT", format!("{sittings}/record")).json(&sitting()),
        write("a write of another's group", "PUT", format!("/v1/groups/{GROUP}")).json(&json!({"name": "X"})),
        write("a write of another's mandate", "PUT", format!("/v1/mandates/{MANDATE}"))
            .json(&json!({"person": crate::harness::world::PERSON, "body": BODY})),
        write("a write of another authority", "PUT", format!("/v1/authorities/{SIREN}"))
            .json(&json!({"siren": SIREN, "name": "X", "kind": "department"})),
        write("a deletion of another's act", "DELETE", acts.clone()),
        write("showing another's act", "PUT", format!("{acts}/visibility")).json(&shown),
        write("showing another's sitting", "PUT", format!("{sittings}/visibility")).json(&shown),
        write("an event in another's sitting", "POST", format!("{sittings}/timeline")).json(&event),
        write("a ballot in another's sitting", "POST", format!("{sittings}/ballots")).json(&ballot),
        row("an act in another's sitting", "POST", "/v1/deliberations")
            .by(&token)
            .json(&json!({"sitting": neighbour::SITTING, "origin": "recorded", "title": "X"}))
            .gives(422, "invalid-field")
            .at(&["/sitting"]),
        row("an authority that is not the token's", "POST", "/v1/authorities")
            .by(&token)
            .json(&json!({"siren": "229900113", "name": "X", "kind": "department"}))
            .gives(422, "invalid-field")
            .at(&["/siren"]),
        row("an authority that is filed already", "POST", "/v1/authorities")
            .by(&token)
            .json(&json!({"siren": PAS_DE_CALAIS, "name": "X", "kind": "department"}))
            .gives(409, "exists"),
        row("an entry of an authority that is not filed", "POST", "/v1/groups")
            .by(server.token("229900113", "all"))
            .json(&json!({"name": "X"}))
            .gives(404, "not-found"),
    ]
}
