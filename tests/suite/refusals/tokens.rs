//! Tokens that are none, old, forged or meant for others. Each is refused for reading what is public as well.

use serde_json::{Value, json};

use super::row::{Row, row};
use crate::harness::forged::{claims, header, hs256, message, now, own, signed, stranger};
use crate::harness::{ACT, PAS_DE_CALAIS, Server};

pub fn rows(server: &Server) -> Vec<Row> {
    let good = own(server, &claims(&[]));
    server.get("/v1/me", Some(&good)).expect(200);
    let with = |other: &[(&str, Value)]| own(server, &claims(other));
    let refused = |name, token: &str| row(name, "GET", "/v1/me").by(token).gives(401, "token-invalid").at(&["Authorization"]);
    let missing = |name| row(name, "GET", "/v1/me").gives(401, "token-missing").answering("www-authenticate", "Bearer");
    let (signed_part, signature) = good.rsplit_once('.').unwrap();
    let none = message(&header(server, "none"), &claims(&[]));
    let other_claims = message(&header(server, "EdDSA"), &claims(&[("sub", json!("eve"))]));
    let expired = with(&[("exp", json!(now() - 60)), ("iat", json!(now() - 120))]);
    vec![
        missing("no token"),
        missing("another scheme").header("Authorization", "Basic cmVnaXN0cmU6cmVnaXN0cmU="),
        missing("a scheme without a token").header("Authorization", "Bearer"),
        row("no token for a write", "POST", "/v1/deliberations").json(&super::row::act()).gives(401, "token-missing"),
        row("no token for a record", "GET", format!("/v1/deliberations/{ACT}/record")).gives(401, "token-missing"),
        refused("garbage", "garbage"),
        refused("three garbled parts", "a.b.c"),
        refused("17 KiB of token", &"a".repeat(17 * 1024)),
        refused("an expired token", &expired).answering("www-authenticate", "Bearer error=\"invalid_token\""),
        refused("a token of tomorrow", &with(&[("nbf", json!(now() + 86_400))])),
        refused("a token for another audience", &with(&[("aud", json!("elsewhere"))])),
        refused("a token of another issuer", &with(&[("iss", json!("https://elsewhere.example"))])),
        refused("a token without an expiry", &with(&[("exp", Value::Null)])),
        refused("a token without an identifier", &with(&[("jti", Value::Null)])),
        refused("a token without a subject", &with(&[("sub", json!(" "))])),
        refused("a token of an authority that cannot be", &with(&[("authority", json!("226200013"))])),
        refused("a token whose scope is a list", &with(&[("scope", json!(["admin"]))])),
        refused("the algorithm none", &format!("{none}.")),
        refused("the algorithm none with a signature", &format!("{none}.{signature}")),
        refused("HS256 with the public key", &hs256(server)),
        refused("another key's signature", &signed(&stranger(), &header(server, "EdDSA"), &claims(&[]))),
        refused("another key under its own name", &signed(&stranger(), &json!({"alg": "EdDSA", "kid": "stranger"}), &claims(&[]))),
        refused("other claims under the same signature", &format!("{other_claims}.{signature}")),
        refused("no signature", &format!("{signed_part}.")),
        row("an expired token for what is public", "GET", format!("/v1/deliberations/{ACT}"))
            .by(&expired)
            .gives(401, "token-invalid")
            .at(&["Authorization"]),
        row("garbage for a list", "GET", format!("/v1/deliberations?authority={PAS_DE_CALAIS}"))
            .by("garbage")
            .gives(401, "token-invalid")
            .at(&["Authorization"]),
    ]
}
