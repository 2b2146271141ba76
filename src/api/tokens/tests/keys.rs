//! Keys that turn up, go away, or are no use.

use super::*;

#[actix_web::test]
async fn keys_come_and_go_with_the_file() {
    let bench = Bench::new(set(&[&p256()])).await;
    let (old, new) = (p256().sign(&claims()), ed25519().sign(&claims()));
    assert_eq!(bench.why(&old).await, None);
    assert_eq!(bench.why(&new).await, Some(TokenError::UnknownKey), "not there yet");

    bench.rotate(&set(&[&p256(), &ed25519()]).to_string());
    assert_eq!(bench.why(&new).await, None, "the new key is there");
    assert_eq!(bench.why(&old).await, None, "beside the old one");

    let generation = bench.keys.generation();
    bench.rotate(&format!("{}\n", set(&[&p256(), &ed25519()])));
    assert_eq!(bench.keys.generation(), generation, "the same keys: what was verified stays so");
    assert!(bench.verifier.cached(&old).is_some());

    bench.rotate("{ half a file");
    assert!(bench.verifier.cached(&old).is_some(), "the last good keys are kept");

    bench.rotate(&set(&[&ed25519()]).to_string());
    assert_eq!(bench.verifier.cached(&old), None, "a key that is gone takes its tokens with it");
    assert_eq!(bench.why(&old).await, Some(TokenError::UnknownKey));
    assert_eq!(bench.why(&new).await, None);

    bench.rotate(r#"{"keys":[]}"#);
    assert_eq!(bench.verifier.cached(&new), None, "no key, no token");
    assert_eq!(bench.why(&new).await, Some(TokenError::KeysUnavailable));
}

#[actix_web::test]
async fn another_key_under_the_same_kid_is_another_key() {
    let bench = Bench::new(set(&[&ed25519()])).await;
    let token = ed25519().sign(&claims());
    assert_eq!(bench.why(&token).await, None);
    let mut other = Stranger::new().0.jwk();
    other["kid"] = "ed".into();
    bench.rotate(&json!({ "keys": [other] }).to_string());
    assert_eq!(bench.verifier.cached(&token), None);
    assert_eq!(bench.why(&token).await, Some(TokenError::Signature));
}

#[test]
fn keys_that_are_left_out() {
    let altered = |signer: Signer, member: &str, value: Value| {
        let mut jwk = signer.jwk();
        jwk[member] = value;
        jwk
    };
    let short = Signer { kid: "short", algorithm: Algorithm::RS256, key: EncodingKey::from_rsa_pem(SHORT_RSA).expect("test key") };
    for (name, jwk, why) in [
        ("RSA of 1024 bits", short.jwk(), "an RSA key of less than 2048 bits"),
        ("RSA padded with zeros", altered(short, "n", json!("A".repeat(400))), "an RSA key of less than 2048 bits"),
        ("RSA of 8192 bits", altered(rsa(), "n", json!(URL_SAFE_NO_PAD.encode([255; 1024]))), "an RSA key of more than 4096 bits"),
        ("RSA with exponent 1", altered(rsa(), "e", json!("AQ")), "not a sound RSA exponent"),
        ("RSA with an even exponent", altered(rsa(), "e", json!("Ag")), "not a sound RSA exponent"),
        ("RSA for PS256", altered(rsa(), "alg", json!("PS256")), "its algorithm is none of EdDSA, ES256, RS256"),
        ("RSA that claims EdDSA", altered(rsa(), "alg", json!("EdDSA")), "its algorithm is none of EdDSA, ES256, RS256"),
        ("a key for encryption", altered(rsa(), "use", json!("enc")), "not meant for verifying signatures"),
        ("a key that only signs", altered(rsa(), "key_ops", json!(["sign"])), "not meant for verifying signatures"),
        ("a shared secret", json!({ "kty": "oct", "k": "c2VjcmV0", "alg": "HS256" }), "neither Ed25519 nor P-256 nor RSA"),
        ("P-384", altered(p256(), "crv", json!("P-384")), "neither Ed25519 nor P-256 nor RSA"),
        ("X25519", altered(ed25519(), "crv", json!("X25519")), "neither Ed25519 nor P-256 nor RSA"),
        ("a point off the curve", altered(p256(), "y", json!(URL_SAFE_NO_PAD.encode([7; 32]))), "not a point of the curve"),
        ("a coordinate cut short", altered(p256(), "x", json!("AAAA")), "a P-256 coordinate is 32 bytes"),
        ("Ed25519 cut short", altered(ed25519(), "x", json!("AAAA")), "an Ed25519 key is 32 bytes"),
        ("Ed25519 of small order", altered(ed25519(), "x", json!(URL_SAFE_NO_PAD.encode([0; 32]))), "not a sound Ed25519 key"),
        ("no modulus", json!({ "kty": "RSA", "e": "AQAB" }), "a member of the key is missing"),
        ("no kty", json!({}), "not a JWK"),
        ("not an object", json!("key"), "not a JWK"),
    ] {
        assert_eq!(jwk::read(jwk.clone()).err(), Some(why), "{name}");
        let beside = jwk::read_set(json!({ "keys": [jwk, ed25519().jwk()] }).to_string().as_bytes()).expect("a set");
        assert_eq!(beside.len(), 1, "{name}: the others of the set are used");
    }
    assert!(jwk::read(altered(rsa(), "alg", Value::Null)).is_ok_and(|key| key.is_for("RS256")), "an RSA key without `alg` is for RS256");
}

#[test]
fn thumbprints_are_those_of_the_rfcs() {
    // RFC 8037 appendix A.3.
    assert_eq!(jwk::ed25519_thumbprint("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
    // RFC 7638 section 3.1.
    let n = "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw";
    let key = jwk::read(json!({ "kty": "RSA", "n": n, "e": "AQAB", "alg": "RS256", "kid": "2011-04-29" })).expect("the RFC's key");
    assert_eq!(key.thumbprint, "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
}

#[actix_web::test]
async fn mistakes_of_configuration_show_at_the_start() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("jwks.json");
    let missing = KeysConfig { jwks_file: Some(file.clone()), ..KeysConfig::default() };
    assert!(matches!(KeySet::open(missing.clone(), None).await.err(), Some(KeysError::File { .. })));
    write(&file, "[]");
    assert!(matches!(KeySet::open(missing, None).await.err(), Some(KeysError::NotASet(_))));
    for url in ["id.example.fr/jwks", "http://id.example.fr/jwks", "file:///etc/passwd", ""] {
        let config = KeysConfig { jwks_url: Some(url.to_owned()), ..KeysConfig::default() };
        assert!(matches!(KeySet::open(config, None).await.err(), Some(KeysError::Address(_))), "{url}");
    }
}
