//! Tokens good and bad, keys that turn up and go away.
#![allow(clippy::indexing_slicing)] // `claims["sub"] = …` is how JSON is altered

mod claims;
mod forgeries;
mod issuers;
mod kept;
mod keys;
mod local;
mod remote;
mod scopes;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, EncodingKey};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::*;

const ISSUER: &str = "https://id.example.fr";
const AUDIENCE: &str = "registre";
const SIREN: &str = "226200012";
const RSA: &[u8] = include_bytes!("../testdata/rsa-2048.pem");
const SHORT_RSA: &[u8] = include_bytes!("../testdata/rsa-1024.pem");
const P256: &[u8] = include_bytes!("../testdata/p-256.pem");
const ED25519: &str = include_str!("../testdata/ed25519.pem");

/// A signing key and the set's name for it.
struct Signer {
    kid: &'static str,
    algorithm: Algorithm,
    key: EncodingKey,
}

fn rsa() -> Signer {
    Signer { kid: "rsa", algorithm: Algorithm::RS256, key: EncodingKey::from_rsa_pem(RSA).expect("test key") }
}

fn p256() -> Signer {
    Signer { kid: "ec", algorithm: Algorithm::ES256, key: EncodingKey::from_ec_pem(P256).expect("test key") }
}

fn ed25519() -> Signer {
    Signer { kid: "ed", algorithm: Algorithm::EdDSA, key: EncodingKey::from_ed_pem(ED25519.as_bytes()).expect("test key") }
}

impl Signer {
    fn jwk(&self) -> Value {
        provider::for_tokens();
        let mut jwk = serde_json::to_value(Jwk::from_encoding_key(&self.key, self.algorithm).expect("a JWK")).expect("JSON");
        jwk["kid"] = self.kid.into();
        jwk
    }

    fn sign(&self, claims: &Value) -> String {
        self.sign_under(json!({ "alg": self.algorithm, "kid": self.kid }), claims)
    }

    fn sign_under(&self, header: Value, claims: &Value) -> String {
        provider::for_tokens();
        let message = message(&header, claims);
        let signature = jsonwebtoken::crypto::sign(message.as_bytes(), &self.key, self.algorithm).expect("a signature");
        format!("{message}.{signature}")
    }
}

fn message(header: &Value, claims: &Value) -> String {
    format!("{}.{}", URL_SAFE_NO_PAD.encode(header.to_string()), URL_SAFE_NO_PAD.encode(claims.to_string()))
}

fn now() -> i64 {
    chrono::Utc::now().timestamp()
}

fn claims() -> Value {
    json!({
        "iss": ISSUER, "aud": AUDIENCE, "sub": "claire", "iat": now(), "exp": now() + 300, "jti": "j-1",
        "scope": "acts:seal records:read other:app", "authority": SIREN,
    })
}

fn with(claim: &str, value: Value) -> Value {
    let mut claims = claims();
    claims[claim] = value;
    claims
}

fn set(signers: &[&Signer]) -> Value {
    json!({ "keys": signers.iter().map(|signer| signer.jwk()).collect::<Vec<_>>() })
}

/// A register that reads its keys from a file, looked at each time.
struct Bench {
    folder: TempDir,
    keys: Arc<KeySet>,
    verifier: Verifier,
}

impl Bench {
    async fn new(set: Value) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("jwks.json");
        write(&file, &set.to_string());
        let config = KeysConfig { jwks_file: Some(file), file_check: Duration::ZERO, ..KeysConfig::default() };
        let keys = KeySet::open(config, None).await.expect("keys");
        Self { folder, keys: Arc::clone(&keys), verifier: verifier(keys) }
    }

    fn rotate(&self, text: &str) {
        // A clock tick of the file system apart from the last one.
        std::thread::sleep(Duration::from_millis(20));
        write(&self.folder.path().join("jwks.json"), text);
    }

    async fn why(&self, token: &str) -> Option<TokenError> {
        self.verifier.verify(token).await.err()
    }
}

fn write(path: &Path, text: &str) {
    std::fs::write(path, text).expect("written");
}

fn verifier(keys: Arc<KeySet>) -> Verifier {
    Verifier::new(VerifierConfig::default(), vec![own(keys)])
}

fn own(keys: Arc<KeySet>) -> Trusted {
    Trusted::own(ISSUER.to_owned(), AUDIENCE.to_owned(), keys)
}

/// Someone else's key.
struct Stranger(LocalKey);

impl Stranger {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let key = LocalKey::open(folder.path()).expect("a key");
        Self(key)
    }

    fn sign(&self, kid: &str) -> String {
        self.finish(&json!({ "alg": "EdDSA", "kid": kid }))
    }

    fn sign_with_jwk(&self) -> String {
        self.finish(&json!({ "alg": "EdDSA", "kid": self.0.kid(), "jwk": self.0.jwk() }))
    }

    fn finish(&self, header: &Value) -> String {
        let message = message(header, &claims());
        format!("{message}.{}", URL_SAFE_NO_PAD.encode(self.0.sign(message.as_bytes())))
    }
}
