//! Tokens written out by hand: by the register's own key, by another, by none.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::pkcs8::DecodePrivateKey;
use ed25519_dalek::{Signer, SigningKey};
use jsonwebtoken::{Algorithm, EncodingKey};
use serde_json::{Value, json};

use super::{PAS_DE_CALAIS, Server};

pub fn now() -> i64 {
    chrono::Utc::now().timestamp()
}

/// What a good token says, but for these claims.
pub fn claims(other: &[(&str, Value)]) -> Value {
    let mut claims = json!({
        "iss": "registre", "aud": "registre", "sub": "test", "iat": now(), "exp": now() + 600, "jti": "forged",
        "scope": "records:read restricted:read admin", "authority": PAS_DE_CALAIS,
    });
    for (name, value) in other {
        claims[name] = value.clone();
    }
    claims
}

/// The same, with the register's own signature.
pub fn own(server: &Server, claims: &Value) -> String {
    own_under(server, &header(server, "EdDSA"), claims)
}

/// The same under another header.
pub fn own_under(server: &Server, header: &Value, claims: &Value) -> String {
    own_message(server, &message(header, claims))
}

/// Whatever this is, with the register's own signature.
pub fn own_message(server: &Server, message: &str) -> String {
    let pem = std::fs::read_to_string(server.folder.path().join("local-key.pem")).unwrap();
    with_signature(&SigningKey::from_pkcs8_pem(&pem).unwrap(), message)
}

pub fn header(server: &Server, algorithm: &str) -> Value {
    json!({"typ": "JWT", "alg": algorithm, "kid": server.key.kid()})
}

pub fn signed(key: &SigningKey, header: &Value, claims: &Value) -> String {
    with_signature(key, &message(header, claims))
}

fn with_signature(key: &SigningKey, message: &str) -> String {
    format!("{message}.{}", URL_SAFE_NO_PAD.encode(key.sign(message.as_bytes()).to_bytes()))
}

/// A key that the register does not know.
pub fn stranger() -> SigningKey {
    SigningKey::from_bytes(&[7; 32])
}

pub fn message(header: &Value, claims: &Value) -> String {
    format!("{}.{}", URL_SAFE_NO_PAD.encode(header.to_string()), URL_SAFE_NO_PAD.encode(claims.to_string()))
}

/// The register's public key taken for a shared secret.
pub fn hs256(server: &Server) -> String {
    let public = URL_SAFE_NO_PAD.decode(server.key.jwk()["x"].as_str().unwrap()).unwrap();
    let message = message(&header(server, "HS256"), &claims(&[]));
    let signature = jsonwebtoken::crypto::sign(message.as_bytes(), &EncodingKey::from_secret(&public), Algorithm::HS256).unwrap();
    format!("{message}.{signature}")
}
