//! From a bearer token to who is asking.

use std::sync::{Arc, PoisonError, RwLock};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use moka::sync::Cache;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::jwk::{ALGORITHMS, Key};
use super::revoked::Revocations;
use super::{Caller, Claims, Issuer, KeySet, Revoked, TokenError, provider};

/// How tokens are looked at, whoever issued them.
#[derive(Clone, Debug)]
pub struct VerifierConfig {
    /// How far the issuer's clock may be from this machine's.
    pub leeway_seconds: i64,
    /// A longer token is refused before anything of it is read.
    pub max_token_bytes: usize,
    /// How many verified tokens are kept.
    pub kept: u64,
}

impl Default for VerifierConfig {
    fn default() -> Self {
        Self { leeway_seconds: 30, max_token_bytes: 16 * 1024, kept: 10_000 }
    }
}

/// Whose tokens are taken: what its keys verify, and no other's.
pub struct Trusted {
    /// `iss`, to the letter.
    issuer: String,
    /// `aud` must hold one of these; none: it is not looked at.
    audiences: Vec<String>,
    /// How the claims are read; none: as the register itself writes them.
    other: Option<Issuer>,
    keys: Arc<KeySet>,
}

impl Trusted {
    /// An issuer whose tokens say what the register's own say.
    pub fn own(issuer: String, audience: String, keys: Arc<KeySet>) -> Self {
        Self { issuer, audiences: vec![audience], other: None, keys }
    }

    /// An identity provider, by what is configured of it.
    pub fn other(issuer: Issuer, keys: Arc<KeySet>) -> Self {
        Self { issuer: issuer.issuer.clone(), audiences: issuer.audiences.clone(), other: Some(issuer), keys }
    }
}

/// Verifies tokens, and keeps those that it verified until they expire, the keys change or they are revoked.
pub struct Verifier {
    config: VerifierConfig,
    trusted: Vec<Trusted>,
    /// By SHA-256, so that the memory of the process does not hold tokens that could be used again.
    kept: Cache<[u8; 32], Kept>,
    revocations: RwLock<Revocations>,
}

#[derive(Clone)]
struct Kept {
    caller: Arc<Caller>,
    keys: Arc<KeySet>,
    generation: u64,
}

/// The members of a header that matter (RFC 7515 section 4.1). `jku`, `jwk`, `x5u` and `x5c` are never looked at: a token does not bring
/// its own key.
#[derive(Deserialize)]
struct Header {
    alg: String,
    kid: Option<String>,
    crit: Option<IgnoredAny>,
}

impl Header {
    fn read(text: &str) -> Result<Self, TokenError> {
        let header: Self = serde_json::from_slice(&decode(text)?).map_err(|_| TokenError::Malformed)?;
        // An extension that must be understood, and none is (RFC 7515 section 4.1.11).
        if header.crit.is_some() {
            return Err(TokenError::Malformed);
        }
        if ALGORITHMS.contains(&header.alg.as_str()) { Ok(header) } else { Err(TokenError::Algorithm) }
    }

    /// The key that it names, provided that its algorithm is the key's. Waits only where the keys must be fetched.
    async fn key(&self, keys: &Arc<KeySet>) -> Result<(Arc<Key>, u64), TokenError> {
        let kid = self.kid.as_deref();
        let found = match keys.find(kid) {
            Some(found) => found,
            None => {
                keys.look_again().await;
                let why = if keys.is_complete() { TokenError::UnknownKey } else { TokenError::KeysUnavailable };
                keys.find(kid).ok_or(why)?
            }
        };
        if found.0.is_for(&self.alg) { Ok(found) } else { Err(TokenError::Algorithm) }
    }
}

impl Verifier {
    pub fn new(config: VerifierConfig, trusted: Vec<Trusted>) -> Self {
        provider::for_tokens();
        Self { kept: Cache::new(config.kept), config, trusted, revocations: RwLock::default() }
    }

    /// Who bears this token, if it was verified before and nothing changed since. Never waits.
    pub fn cached(&self, bearer: &str) -> Option<Arc<Caller>> {
        self.admit(bearer).ok()?;
        let digest = digest(bearer);
        let Kept { caller, keys, generation } = self.kept.get(&digest)?;
        if generation == keys.generation() && self.in_time(&caller).is_ok() && self.not_revoked(&caller).is_ok() {
            return Some(caller);
        }
        self.kept.invalidate(&digest);
        None
    }

    /// How many verified tokens are in memory.
    pub fn kept(&self) -> u64 {
        self.kept.entry_count()
    }

    /// Who bears this token. Waits only if its key is unknown and the keys must be fetched. To be called within actix's runtime.
    pub async fn verify(&self, bearer: &str) -> Result<Arc<Caller>, TokenError> {
        self.admit(bearer)?;
        if let Some(caller) = self.cached(bearer) {
            return Ok(caller);
        }
        let (message, signature) = bearer.rsplit_once('.').ok_or(TokenError::Malformed)?;
        let (header, payload) = message.split_once('.').ok_or(TokenError::Malformed)?;
        let header = Header::read(header)?;
        let payload = decode(payload)?;
        let trusted = self.issuer(&payload)?;
        let (key, generation) = header.key(&trusted.keys).await?;
        if !jsonwebtoken::crypto::verify(signature, message.as_bytes(), &key.decoding, key.algorithm).unwrap_or(false) {
            return Err(TokenError::Signature);
        }
        let claims = trusted.other.as_ref().map_or_else(|| Claims::read(&payload), |issuer| Claims::read_from(issuer, &payload))?;
        let caller = Arc::new(self.accept(trusted, claims)?);
        self.kept.insert(digest(bearer), Kept { caller: Arc::clone(&caller), keys: Arc::clone(&trusted.keys), generation });
        Ok(caller)
    }

    /// From now on, refuses a token or a subject.
    pub fn revoke(&self, revoked: Revoked) {
        self.revocations.write().unwrap_or_else(PoisonError::into_inner).add(revoked);
    }

    /// Replaces all that is revoked, with what the store holds.
    pub fn set_revocations(&self, all: impl IntoIterator<Item = Revoked>) {
        // Gathered before the lock is taken.
        let all: Revocations = all.into_iter().collect();
        *self.revocations.write().unwrap_or_else(PoisonError::into_inner) = all;
    }

    fn admit(&self, bearer: &str) -> Result<(), TokenError> {
        match bearer.len() {
            0 => Err(TokenError::Missing),
            len if len > self.config.max_token_bytes => Err(TokenError::Malformed),
            _ => Ok(()),
        }
    }

    /// Who says that it issued the token: what it says is only believed once one of its keys verified it.
    fn issuer(&self, payload: &[u8]) -> Result<&Trusted, TokenError> {
        #[derive(Deserialize)]
        struct Issued {
            iss: Option<Value>,
        }
        let Issued { iss } = serde_json::from_slice(payload).map_err(|_| TokenError::Malformed)?;
        let iss = iss.as_ref().and_then(Value::as_str).ok_or(TokenError::Claims("iss"))?;
        self.trusted.iter().find(|trusted| trusted.issuer == iss).ok_or(TokenError::Issuer)
    }

    fn accept(&self, trusted: &Trusted, claims: Claims) -> Result<Caller, TokenError> {
        if !trusted.audiences.is_empty() && !trusted.audiences.iter().any(|audience| claims.aud.contains(audience)) {
            return Err(TokenError::Audience);
        }
        let not_before = claims.nbf;
        let caller = claims.into_caller();
        self.in_time(&caller)?;
        if not_before.is_some_and(|nbf| nbf.saturating_sub(self.config.leeway_seconds) > now()) {
            return Err(TokenError::NotYetValid);
        }
        self.not_revoked(&caller)?;
        Ok(caller)
    }

    fn in_time(&self, caller: &Caller) -> Result<(), TokenError> {
        if caller.expires.saturating_add(self.config.leeway_seconds) > now() { Ok(()) } else { Err(TokenError::Expired) }
    }

    fn not_revoked(&self, caller: &Caller) -> Result<(), TokenError> {
        let revocations = self.revocations.read().unwrap_or_else(PoisonError::into_inner);
        if revocations.hold(&caller.authority, &caller.jti, &caller.sub) { Err(TokenError::Revoked) } else { Ok(()) }
    }
}

fn digest(bearer: &str) -> [u8; 32] {
    Sha256::digest(bearer).into()
}

/// A part of a token: a JSON object in base64url (RFC 7519 section 7.2). The deserializer would take an array for one.
fn decode(part: &str) -> Result<Vec<u8>, TokenError> {
    let json = URL_SAFE_NO_PAD.decode(part).map_err(|_| TokenError::Malformed)?;
    if json.trim_ascii_start().starts_with(b"{") { Ok(json) } else { Err(TokenError::Malformed) }
}

fn now() -> i64 {
    chrono::Utc::now().timestamp()
}
