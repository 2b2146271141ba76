//! What a good token says, and what it may not say.

use super::*;

#[actix_web::test]
async fn a_good_token_of_each_algorithm_tells_who_asks() {
    let bench = Bench::new(set(&[&rsa(), &p256(), &ed25519()])).await;
    for signer in [rsa(), p256(), ed25519()] {
        let token = signer.sign(&claims());
        assert_eq!(bench.verifier.cached(&token), None, "{}", signer.kid);
        let caller = bench.verifier.verify(&token).await.expect(signer.kid);
        assert_eq!((caller.sub.as_str(), caller.jti.as_str(), caller.authority.as_str()), ("claire", "j-1", SIREN));
        assert_eq!(caller.scopes.iter().collect::<Vec<_>>(), [Scope::ActsSeal, Scope::RecordsRead]);
        assert_eq!(bench.verifier.cached(&token), Some(caller), "{}", signer.kid);
    }
}

#[actix_web::test]
async fn claims_that_are_taken() {
    let bench = Bench::new(set(&[&ed25519()])).await;
    for (name, claims) in [
        ("several audiences", with("aud", json!(["other", AUDIENCE]))),
        ("no scope at all", with("scope", json!(""))),
        ("expired within the leeway", with("exp", json!(now() - 20))),
        ("not before, within the leeway", with("nbf", json!(now() + 20))),
        ("a time with a fraction", with("exp", json!(9_999_999_999.5))),
        ("nbf null", with("nbf", Value::Null)),
        ("an unknown claim", with("realm_access", json!({ "roles": ["x"] }))),
    ] {
        assert_eq!(bench.why(&ed25519().sign(&claims)).await, None, "{name}");
    }
    let bare = ed25519().sign_under(json!({ "alg": "EdDSA" }), &claims());
    assert_eq!(bench.why(&bare).await, None, "no kid, one key");
}

#[actix_web::test]
async fn claims_that_are_refused() {
    let bench = Bench::new(set(&[&ed25519()])).await;
    for (name, claims, why) in [
        ("another audience", with("aud", json!("other")), TokenError::Audience),
        ("no audience in the list", with("aud", json!([])), TokenError::Audience),
        ("another issuer", with("iss", json!("https://id.example.fr.evil.example")), TokenError::Issuer),
        ("expired", with("exp", json!(now() - 31)), TokenError::Expired),
        ("expired long before 1970", with("exp", json!(i64::MIN)), TokenError::Expired),
        ("not yet valid", with("nbf", json!(now() + 90)), TokenError::NotYetValid),
        ("nbf a text", with("nbf", json!("soon")), TokenError::Claims("nbf")),
        ("exp a text", with("exp", json!("9999999999")), TokenError::Claims("exp")),
        ("exp out of range", with("exp", json!(1e300)), TokenError::Claims("exp")),
        ("aud a number", with("aud", json!(1)), TokenError::Claims("aud")),
        ("aud a list of numbers", with("aud", json!([1])), TokenError::Claims("aud")),
        ("scope a list", with("scope", json!(["admin"])), TokenError::Claims("scope")),
        ("sub empty", with("sub", json!(" ")), TokenError::Claims("sub")),
        ("sub with a line break", with("sub", json!("a\nb")), TokenError::Claims("sub")),
        ("sub too long", with("sub", json!("a".repeat(257))), TokenError::Claims("sub")),
        ("SIREN with a bad check digit", with("authority", json!("226200013")), TokenError::Claims("authority")),
        ("SIREN a number", with("authority", json!(226_200_012)), TokenError::Claims("authority")),
        ("a list of claims in order", json!([ISSUER, AUDIENCE, "eve", now(), now() + 300, "j", null, "admin", SIREN]), TokenError::Malformed),
    ] {
        assert_eq!(bench.why(&ed25519().sign(&claims)).await, Some(why), "{name}");
    }
    for claim in ["iss", "aud", "sub", "iat", "exp", "jti", "scope", "authority"] {
        let mut claims = claims();
        claims.as_object_mut().expect("an object").remove(claim);
        assert_eq!(bench.why(&ed25519().sign(&claims)).await, Some(TokenError::Claims(claim)), "without {claim}");
    }
}
