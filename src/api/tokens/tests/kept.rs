//! Tokens verified before.

use super::*;
use crate::record::Siren;

fn authority() -> Siren {
    SIREN.parse().expect("a SIREN")
}

#[actix_web::test]
async fn what_is_revoked_is_refused_at_once() {
    let bench = Bench::new(set(&[&ed25519()])).await;
    let claire = ed25519().sign(&claims());
    let paul = ed25519().sign(&{
        let mut claims = with("sub", json!("paul"));
        claims["jti"] = json!("j-2");
        claims
    });
    for token in [&claire, &paul] {
        assert_eq!(bench.why(token).await, None);
    }
    bench.verifier.revoke(Revoked::Jti { authority: authority(), jti: "j-1".to_owned() });
    assert_eq!(bench.verifier.cached(&claire), None, "kept, but revoked");
    assert_eq!(bench.why(&claire).await, Some(TokenError::Revoked));
    assert_eq!(bench.why(&paul).await, None);

    bench.verifier.revoke(Revoked::Sub { authority: authority(), sub: "paul".to_owned() });
    assert_eq!(bench.verifier.cached(&paul), None, "kept, but revoked");
    assert_eq!(bench.why(&paul).await, Some(TokenError::Revoked));

    bench.verifier.set_revocations([Revoked::Sub { authority: authority(), sub: "paul".to_owned() }]);
    assert_eq!(bench.why(&claire).await, None, "what the store holds replaces what was there");
    assert_eq!(bench.why(&paul).await, Some(TokenError::Revoked));
}

#[actix_web::test]
async fn a_kept_token_expires() {
    let bench = Bench::new(set(&[&ed25519()])).await;
    let config = VerifierConfig { leeway_seconds: 0, ..VerifierConfig::default() };
    let verifier = Verifier::new(config, vec![own(Arc::clone(&bench.keys))]);
    let token = ed25519().sign(&with("exp", json!(now() + 2)));
    assert!(verifier.verify(&token).await.is_ok());
    assert!(verifier.cached(&token).is_some());
    actix_web::rt::time::sleep(Duration::from_millis(2100)).await;
    assert_eq!(verifier.cached(&token), None);
    assert_eq!(verifier.verify(&token).await.err(), Some(TokenError::Expired));
}
