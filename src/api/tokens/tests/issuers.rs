//! Tokens of identity providers, whose claims are their own.

use super::issuer::{IssuerError, check};
use super::*;

const KEYCLOAK: &str = "https://sso.example.fr/realms/agents";

/// As it is configured for a realm of Keycloak as it comes: `aud` is left out, the roles are those of the realm.
fn keycloak() -> Issuer {
    let config = json!({
        "name": "agents", "issuer": KEYCLOAK, "clients": ["secretariat"], "authority": SIREN, "scope_claim": "/realm_access/roles",
        "scopes": { "registre-secretaire": "sittings:write deliberations:write", "registre-lecture": "records:read", "registre-tout": "all" },
    });
    serde_json::from_value(config).expect("an issuer")
}

/// What Keycloak writes into an access token.
fn access() -> Value {
    json!({
        "exp": now() + 300, "iat": now(), "jti": "onrtac:5f1", "iss": KEYCLOAK, "sub": "71f150d0", "typ": "Bearer", "azp": "secretariat", "acr": "1",
        "realm_access": { "roles": ["offline_access", "registre-lecture", "registre-secretaire"] }, "scope": "email profile",
    })
}

fn of(claims: Value, changes: Value) -> Value {
    let (Value::Object(mut claims), Value::Object(changes)) = (claims, changes) else { panic!("objects") };
    for (claim, value) in changes {
        if value.is_null() {
            claims.remove(&claim)
        } else {
            claims.insert(claim, value)
        };
    }
    Value::Object(claims)
}

/// The register's own tokens are signed by P-256, those of the provider by RSA.
async fn verifier(issuer: Issuer) -> (Bench, Verifier) {
    let (own_keys, others) = (Bench::new(set(&[&p256()])).await, Bench::new(set(&[&rsa()])).await);
    let trusted = vec![own(Arc::clone(&own_keys.keys)), Trusted::other(issuer, Arc::clone(&others.keys))];
    (others, Verifier::new(VerifierConfig::default(), trusted))
}

#[actix_web::test]
async fn the_roles_of_a_realm_become_scopes() {
    let (_keys, verifier) = verifier(keycloak()).await;
    let token = rsa().sign(&access());
    let caller = verifier.verify(&token).await.expect("it is taken");
    assert_eq!((caller.sub.as_str(), caller.jti.as_str(), caller.authority.as_str()), ("agents:71f150d0", "onrtac:5f1", SIREN));
    assert_eq!(caller.scopes.to_string(), "sittings:write deliberations:write records:read");
    assert_eq!(verifier.cached(&token), Some(caller));
    assert!(verifier.verify(&p256().sign(&claims())).await.is_ok(), "the register's own go on");
}

#[actix_web::test]
async fn what_a_provider_may_not_say() {
    let (_keys, verifier) = verifier(keycloak()).await;
    for (name, token, why) in [
        ("the register's own claims under its key", rsa().sign(&claims()), TokenError::UnknownKey),
        ("its claims under the register's key", p256().sign(&access()), TokenError::UnknownKey),
        ("another client of the realm", rsa().sign(&of(access(), json!({ "azp": "intranet" }))), TokenError::Audience),
        ("no client", rsa().sign(&of(access(), json!({ "azp": null }))), TokenError::Audience),
        ("an ID token", rsa().sign(&of(access(), json!({ "typ": "ID" }))), TokenError::NotForAccess),
        ("an ID token of another make", rsa().sign(&of(access(), json!({ "typ": null, "nonce": "n-0S6_WzA2Mj" }))), TokenError::NotForAccess),
        ("a token for signing out", rsa().sign(&of(access(), json!({ "typ": "Logout" }))), TokenError::NotForAccess),
        ("roles that are a number", rsa().sign(&of(access(), json!({ "realm_access": { "roles": 7 } }))), TokenError::Claims("scope")),
        ("no subject", rsa().sign(&of(access(), json!({ "sub": null }))), TokenError::Claims("sub")),
        ("expired", rsa().sign(&of(access(), json!({ "exp": now() - 60 }))), TokenError::Expired),
        ("another realm", rsa().sign(&of(access(), json!({ "iss": "https://sso.example.fr/realms/master" }))), TokenError::Issuer),
    ] {
        assert_eq!(verifier.verify(&token).await.err(), Some(why), "{name}");
    }
    let nobody = rsa().sign(&of(access(), json!({ "realm_access": null, "jti": null })));
    let caller = verifier.verify(&nobody).await.expect("an agent who has no role");
    assert!(caller.scopes.is_empty());
    assert!(caller.jti.starts_with("sha256-") && caller.jti.len() == 71, "{}", caller.jti);
}

#[actix_web::test]
async fn a_claim_names_the_authority() {
    let config = json!({
        "name": "etat", "issuer": KEYCLOAK, "audiences": [AUDIENCE], "authority_claim": "/siret", "authorities": [SIREN],
        "subject_claim": "/uid", "scope_claim": "/email", "scopes": { "claire@example.fr": "acts:seal", "direction@example.fr": "all" },
    });
    let (_keys, verifier) = verifier(serde_json::from_value(config).expect("an issuer")).await;
    let told = json!({ "iss": KEYCLOAK, "aud": AUDIENCE, "uid": "c-1", "iat": now(), "exp": now() + 60, "siret": "226 200 012 00012", "email": "claire@example.fr" });
    let caller = verifier.verify(&rsa().sign(&told)).await.expect("it is taken");
    assert_eq!((caller.sub.as_str(), caller.authority.as_str(), caller.scopes.to_string().as_str()), ("etat:c-1", SIREN, "acts:seal"));
    let director = verifier.verify(&rsa().sign(&of(told.clone(), json!({ "email": "direction@example.fr" })))).await.expect("it is taken");
    assert_eq!(director.scopes, Scopes::all());
    for (name, change, why) in [
        ("another department", json!({ "siret": "22990030300012" }), TokenError::Claims("authority")),
        ("no SIRET", json!({ "siret": null }), TokenError::Claims("authority")),
        ("a SIRET in letters", json!({ "siret": "deux cent vingt" }), TokenError::Claims("authority")),
        ("another audience", json!({ "aud": "intranet" }), TokenError::Audience),
        ("no audience", json!({ "aud": null }), TokenError::Audience),
    ] {
        assert_eq!(verifier.verify(&rsa().sign(&of(told.clone(), change))).await.err(), Some(why), "{name}");
    }
}

#[test]
fn issuers_that_cannot_be_used() {
    let read = |change: Value| -> Issuer { serde_json::from_value(of(serde_json::to_value(keycloak()).expect("JSON"), change)).expect("an issuer") };
    let why = |issuers: &[Issuer]| check(issuers, "registre").expect_err("refused");
    assert!(check(&[keycloak(), read(json!({ "name": "autre", "issuer": "https://autre.example" }))], "registre").is_ok());
    assert!(matches!(why(&[read(json!({ "name": "a:b" }))]), IssuerError::Name(_)));
    assert!(matches!(why(&[read(json!({ "authority": null }))]), IssuerError::Authority(_)));
    assert!(matches!(why(&[read(json!({ "authority_claim": "/siret" }))]), IssuerError::Authority(_)));
    assert!(matches!(why(&[read(json!({ "clients": [] }))]), IssuerError::Audience(_)));
    assert!(matches!(why(&[read(json!({ "scope_claim": "roles" }))]), IssuerError::Pointer(_, _)));
    assert!(matches!(why(&[read(json!({ "scopes": { "r": "acts:seal acts:all" } }))]), IssuerError::Scope(_, _)));
    assert!(matches!(why(&[read(json!({ "issuer": "registre" }))]), IssuerError::Twice(_)));
    assert!(matches!(why(&[keycloak(), read(json!({ "name": "autre" }))]), IssuerError::Twice(_)));
    assert!(matches!(why(&[keycloak(), keycloak()]), IssuerError::Name(_)));
}
