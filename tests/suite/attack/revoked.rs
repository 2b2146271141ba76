//! A token that was taken back is not taken again.

use std::time::{Duration, Instant};

use rstest::rstest;
use serde_json::json;

use crate::harness::forged::{claims, own};
use crate::harness::world::{DRAFT, neighbour};
use crate::harness::{Engine, PAS_DE_CALAIS, Server};

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn a_revoked_token_is_refused_within_a_second(#[case] engine: Engine) {
    let server = Server::world(engine);
    let admin = server.token_of("admin", PAS_DE_CALAIS, "admin");
    let target = format!("/v1/deliberations/{DRAFT}");
    let of = |sub: &str, jti: &str, authority: &str| {
        own(&server, &claims(&[("sub", json!(sub)), ("jti", json!(jti)), ("authority", json!(authority)), ("scope", json!("records:read"))]))
    };
    for (claim, value, taken_back, left) in [
        ("jti", "j-1", vec![of("claire", "j-1", PAS_DE_CALAIS)], vec![of("claire", "j-2", PAS_DE_CALAIS), of("claire", "j-1", neighbour::SIREN)]),
        (
            "sub",
            "paul",
            vec![of("paul", "p-1", PAS_DE_CALAIS), of("paul", "p-2", PAS_DE_CALAIS)],
            vec![of("paula", "p-3", PAS_DE_CALAIS), of("paul", "p-4", neighbour::SIREN)],
        ),
    ] {
        // Kept in memory, as one that is used again and again.
        for token in taken_back.iter().chain(&left) {
            server.get("/v1/me", Some(token)).expect(200);
            server.get("/v1/me", Some(token)).expect(200);
        }
        server.get(&target, taken_back.first().map(String::as_str)).expect(200);
        server.post("/v1/revocations", &admin, &json!({"claim": claim, "value": value})).expect(204);
        let since = Instant::now();
        for token in &taken_back {
            while server.get("/v1/me", Some(token)).status != 401 {
                assert!(since.elapsed() < Duration::from_secs(1), "{claim} {value} still gets in");
            }
            for path in [target.as_str(), "/v1/me", "/v1/groups"] {
                let answer = server.get(path, Some(token));
                answer.problem(401, "token-invalid");
                assert!(!answer.text.contains("Un projet"), "{path}");
            }
        }
        // A new one with the same claim, and the others.
        let again = if claim == "sub" { of(value, "new", PAS_DE_CALAIS) } else { of("someone", value, PAS_DE_CALAIS) };
        server.get("/v1/me", Some(&again)).problem(401, "token-invalid");
        for token in &left {
            server.get("/v1/me", Some(token)).expect(200);
        }
    }
}
