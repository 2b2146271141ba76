//! Reading a JWK set (RFC 7517 section 5). The algorithm of a key is settled here, once, by the key itself: a token that announces another
//! one is refused (RFC 8725 section 3.1), which leaves no room for algorithm confusion.

use std::path::PathBuf;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, DecodingKey};
use serde::Deserialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

/// Why keys could not be read.
#[derive(Debug, thiserror::Error)]
pub enum KeysError {
    #[error("{path}: {source}", path = path.display())]
    File { path: PathBuf, source: std::io::Error },
    #[error("not a JWK set: {0}")]
    NotASet(serde_json::Error),
    #[error("not what a provider of OpenID Connect says of itself: {0}")]
    NotAProvider(serde_json::Error),
    #[error("what it publishes is of another issuer, {0}")]
    OtherIssuer(String),
    #[error("a JWK set of more than {0} bytes")]
    TooLarge(usize),
    #[error("{0}: not an Ed25519 private key in PKCS#8")]
    LocalKey(PathBuf),
    #[error("the address of the JWK set {0}")]
    Address(&'static str),
    #[error("the JWK set could not be fetched: {0}")]
    Fetch(#[from] reqwest::Error),
    #[error("the JWK set could not be fetched: the server answered {0}")]
    Status(u16),
}

/// The algorithms taken: asymmetric, deterministic to verify, and in every identity provider. Neither `none` nor HMAC.
pub const ALGORITHMS: [&str; 3] = ["EdDSA", "ES256", "RS256"];

/// A public key and the one algorithm that it verifies.
pub struct Key {
    pub kid: Option<String>,
    pub algorithm: Algorithm,
    pub decoding: DecodingKey,
    /// Tells two keys apart (RFC 7638).
    pub thumbprint: String,
}

impl Key {
    /// Whether the header of a token may name this algorithm.
    pub fn is_for(&self, alg: &str) -> bool {
        alg == name(self.algorithm)
    }
}

/// The members that matter (RFC 7517 section 4, RFC 7518 section 6, RFC 8037 section 2).
#[derive(Deserialize)]
struct Jwk {
    kty: String,
    crv: Option<String>,
    kid: Option<String>,
    alg: Option<String>,
    #[serde(rename = "use")]
    usage: Option<String>,
    key_ops: Option<Vec<String>>,
    x: Option<String>,
    y: Option<String>,
    n: Option<String>,
    e: Option<String>,
}

#[derive(Deserialize)]
struct Set {
    keys: Vec<Value>,
}

/// The usable keys of a set. One that the register cannot use (another purpose, another algorithm, too weak) is left out with a warning,
/// because an identity provider publishes the keys of its other applications too (RFC 7517 section 5 asks for it).
pub fn read_set(document: &[u8]) -> Result<Vec<Key>, KeysError> {
    let set: Set = serde_json::from_slice(document).map_err(KeysError::NotASet)?;
    Ok(set
        .keys
        .into_iter()
        .filter_map(|value| {
            let kid = value.get("kid").and_then(Value::as_str).unwrap_or("(none)").to_owned();
            read(value).inspect_err(|why| tracing::warn!(kid, why, "a key of the JWK set is left out")).ok()
        })
        .collect())
}

/// One key, or why the register has no use for it.
pub fn read(value: Value) -> Result<Key, &'static str> {
    super::provider::for_tokens();
    let jwk: Jwk = serde_json::from_value(value).map_err(|_| "not a JWK")?;
    if jwk.usage.as_deref().is_some_and(|usage| usage != "sig") || jwk.key_ops.as_ref().is_some_and(|ops| !ops.iter().any(|op| op == "verify")) {
        return Err("not meant for verifying signatures");
    }
    let (algorithm, decoding, thumbprint) = match (jwk.kty.as_str(), jwk.crv.as_deref()) {
        ("OKP", Some("Ed25519")) => ed25519(&jwk)?,
        ("EC", Some("P-256")) => p256(&jwk)?,
        ("RSA", _) => rsa(&jwk)?,
        _ => return Err("neither Ed25519 nor P-256 nor RSA"),
    };
    if jwk.alg.is_some_and(|alg| alg != name(algorithm)) {
        return Err("its algorithm is none of EdDSA, ES256, RS256");
    }
    // The library looks at a point only when it verifies: better to learn now that it is not on the curve.
    jsonwebtoken::crypto::verify("", b"", &decoding, algorithm).map_err(|_| "not a point of the curve")?;
    Ok(Key { kid: jwk.kid, algorithm, decoding, thumbprint })
}

type Settled = (Algorithm, DecodingKey, String);

fn ed25519(jwk: &Jwk) -> Result<Settled, &'static str> {
    let x = decode(&jwk.x)?;
    // The library would panic on a shorter one.
    let bytes: [u8; 32] = x.as_slice().try_into().map_err(|_| "an Ed25519 key is 32 bytes")?;
    let weak = ed25519_dalek::VerifyingKey::from_bytes(&bytes).map_or(true, |key| key.is_weak());
    if weak { Err("not a sound Ed25519 key") } else { Ok((Algorithm::EdDSA, DecodingKey::from_ed_der(&x), ed25519_thumbprint(&encode(&x)))) }
}

fn p256(jwk: &Jwk) -> Result<Settled, &'static str> {
    let (x, y) = (decode(&jwk.x)?, decode(&jwk.y)?);
    if x.len() != 32 || y.len() != 32 {
        return Err("a P-256 coordinate is 32 bytes");
    }
    let (x, y) = (encode(&x), encode(&y));
    let decoding = DecodingKey::from_ec_components(&x, &y).map_err(|_| "not a P-256 key")?;
    Ok((Algorithm::ES256, decoding, thumbprint(&format!(r#"{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}"#))))
}

/// 2048 bits at least (RFC 7518 section 3.3), 4096 at most because the library goes no further.
fn rsa(jwk: &Jwk) -> Result<Settled, &'static str> {
    let (n, e) = (significant(decode(&jwk.n)?), significant(decode(&jwk.e)?));
    let bits = n.len() * 8 - n.first().map_or(0, |byte| usize::try_from(byte.leading_zeros()).unwrap_or(0));
    if bits < 2048 {
        return Err("an RSA key of less than 2048 bits");
    }
    if bits > 4096 {
        return Err("an RSA key of more than 4096 bits");
    }
    if e.len() > 4 || e == [1] || e.last().is_none_or(|byte| byte % 2 == 0) {
        return Err("not a sound RSA exponent");
    }
    let text = format!(r#"{{"e":"{}","kty":"RSA","n":"{}"}}"#, encode(&e), encode(&n));
    Ok((Algorithm::RS256, DecodingKey::from_rsa_raw_components(&n, &e), thumbprint(&text)))
}

/// The name of an algorithm in a header (RFC 7518 section 3.1, RFC 8037 section 3.1).
fn name(algorithm: Algorithm) -> &'static str {
    match algorithm {
        Algorithm::EdDSA => "EdDSA",
        Algorithm::ES256 => "ES256",
        Algorithm::RS256 => "RS256",
        // No key is ever given another one.
        _ => "",
    }
}

fn significant(number: Vec<u8>) -> Vec<u8> {
    number.into_iter().skip_while(|byte| *byte == 0).collect()
}

fn decode(member: &Option<String>) -> Result<Vec<u8>, &'static str> {
    let text = member.as_deref().ok_or("a member of the key is missing")?;
    URL_SAFE_NO_PAD.decode(text).map_err(|_| "a member of the key is not base64url")
}

fn encode(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The thumbprint of an Ed25519 key from its `x` (RFC 8037 section 2, RFC 7638).
pub fn ed25519_thumbprint(x: &str) -> String {
    thumbprint(&format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}"#))
}

fn thumbprint(members: &str) -> String {
    encode(&Sha256::digest(members))
}
