//! Tokens that somebody made up.

use super::*;

#[actix_web::test]
async fn forgeries() {
    let (rsa, p256, ed25519) = (rsa(), p256(), ed25519());
    let bench = Bench::new(set(&[&rsa, &p256, &ed25519])).await;
    let token = ed25519.sign(&claims());
    let (signed, signature) = token.rsplit_once('.').expect("a JWT");
    let (header, _) = signed.split_once('.').expect("a JWT");
    let public = |signer: &Signer, member: &str| signer.jwk()[member].as_str().map(str::to_owned).expect("a member");
    // Algorithm confusion: what everyone may read taken for a shared secret.
    let hmac = |kid: &str, secret: &[u8]| {
        let key = EncodingKey::from_secret(secret);
        Signer { kid: "", algorithm: Algorithm::HS256, key }.sign_under(json!({ "alg": "HS256", "kid": kid }), &claims())
    };
    let bytes = |text: String| URL_SAFE_NO_PAD.decode(text).expect("base64url");
    let none = message(&json!({ "alg": "none", "kid": "ed" }), &claims());
    for (name, token, why) in [
        (
            "other claims under the same signature",
            format!("{header}.{}.{signature}", URL_SAFE_NO_PAD.encode(with("sub", json!("eve")).to_string())),
            TokenError::Signature,
        ),
        ("a signature of zeros", format!("{signed}.{}", URL_SAFE_NO_PAD.encode([0; 64])), TokenError::Signature),
        ("no signature", format!("{signed}."), TokenError::Signature),
        ("a signature that is not base64url", format!("{signed}.!!!"), TokenError::Signature),
        ("another key of the same kind", Stranger::new().sign("ed"), TokenError::Signature),
        ("none", format!("{none}."), TokenError::Algorithm),
        ("None with a signature", format!("{}.{signature}", message(&json!({ "alg": "None", "kid": "ed" }), &claims())), TokenError::Algorithm),
        ("HS256 with the Ed25519 key", hmac("ed", &bytes(public(&ed25519, "x"))), TokenError::Algorithm),
        ("HS256 with the RSA modulus", hmac("rsa", &bytes(public(&rsa, "n"))), TokenError::Algorithm),
        ("HS256 with the JWK", hmac("rsa", rsa.jwk().to_string().as_bytes()), TokenError::Algorithm),
        ("RS256 announced for an Ed25519 key", ed25519.sign_under(json!({ "alg": "RS256", "kid": "ed" }), &claims()), TokenError::Algorithm),
        ("EdDSA under the kid of the RSA key", ed25519.sign_under(json!({ "alg": "EdDSA", "kid": "rsa" }), &claims()), TokenError::Algorithm),
        ("RS512 for an RSA key", rsa.sign_under(json!({ "alg": "RS512", "kid": "rsa" }), &claims()), TokenError::Algorithm),
        ("no kid, several keys", ed25519.sign_under(json!({ "alg": "EdDSA" }), &claims()), TokenError::UnknownKey),
        ("an unknown kid", ed25519.sign_under(json!({ "alg": "EdDSA", "kid": "../ed" }), &claims()), TokenError::UnknownKey),
        ("a header that is a list", ed25519.sign_under(json!(["EdDSA", "ed", null]), &claims()), TokenError::Malformed),
        ("its own key in the header", Stranger::new().sign_with_jwk(), TokenError::UnknownKey),
        (
            "a critical extension",
            ed25519.sign_under(json!({ "alg": "EdDSA", "kid": "ed", "crit": ["b64"], "b64": false }), &claims()),
            TokenError::Malformed,
        ),
    ] {
        assert_eq!(bench.why(&token).await, Some(why), "{name}");
    }
}

#[actix_web::test]
async fn garbage() {
    let bench = Bench::new(set(&[&ed25519()])).await;
    assert_eq!(bench.why("").await, Some(TokenError::Missing));
    let header = URL_SAFE_NO_PAD.encode(r#"{"alg":"EdDSA","alg":"EdDSA","kid":"ed"}"#);
    let long = ed25519().sign(&with("padding", json!("a".repeat(100_000))));
    let twice = {
        let payload = URL_SAFE_NO_PAD.encode(claims().to_string().replacen('{', r#"{"sub":"eve","#, 1));
        let message = format!("{}.{payload}", URL_SAFE_NO_PAD.encode(r#"{"alg":"EdDSA","kid":"ed"}"#));
        let signature = jsonwebtoken::crypto::sign(message.as_bytes(), &ed25519().key, Algorithm::EdDSA).expect("a signature");
        format!("{message}.{signature}")
    };
    let texts =
        [".", "..", "...", "a.b", "a.b.c", "a.b.c.d", "e30.e30.", "e30.e30.e30", "\u{0}.\u{1}.\u{2}", "é.è.ê", "W10.W10.W10", "bnVsbA.e30.e30"];
    for text in texts.into_iter().map(str::to_owned).chain([format!("{header}.e30.e30"), long, twice, "a".repeat(100_000), ".".repeat(100_000)]) {
        assert_eq!(bench.why(&text).await, Some(TokenError::Malformed), "{}", text.chars().take(40).collect::<String>());
        assert_eq!(bench.verifier.cached(&text), None);
    }
}

#[test]
fn the_authorization_header() {
    for (value, expected) in [
        (None, Err(TokenError::Missing)),
        (Some("Bearer a.b.c"), Ok("a.b.c")),
        (Some("bearer  a.b.c "), Ok("a.b.c")),
        (Some("Bearer"), Err(TokenError::Missing)),
        (Some("Bearer "), Err(TokenError::Missing)),
        (Some("Basic a.b.c"), Err(TokenError::Missing)),
        (Some("a.b.c"), Err(TokenError::Missing)),
    ] {
        assert_eq!(bearer(value), expected, "{value:?}");
    }
}
