//! What a token says (RFC 7519 section 4) and what is kept of it.

use std::time::Duration;

use serde::Deserialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::{Issuer, Scopes, TokenError};
use crate::record::Siren;

/// The claims of a token whose signature was verified.
#[derive(Clone, Debug)]
pub struct Claims {
    pub iss: String,
    /// One or several (RFC 7519 section 4.1.3).
    pub aud: Vec<String>,
    pub sub: String,
    /// Seconds since 1970, as all the times here.
    pub iat: i64,
    pub exp: i64,
    pub jti: String,
    pub nbf: Option<i64>,
    pub scope: Scopes,
    pub authority: Siren,
}

/// Who is asking: what is kept of a verified token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    pub sub: String,
    pub jti: String,
    pub authority: Siren,
    pub scopes: Scopes,
    /// `exp`, in seconds since 1970.
    pub expires: i64,
}

/// The claims before any is looked at. A claim given twice is refused (RFC 7519 section 4); one that the register does not know is ignored.
#[derive(Deserialize)]
struct Raw {
    iss: Option<Value>,
    aud: Option<Value>,
    sub: Option<Value>,
    iat: Option<Value>,
    exp: Option<Value>,
    jti: Option<Value>,
    nbf: Option<Value>,
    scope: Option<Value>,
    authority: Option<Value>,
    azp: Option<String>,
    client_id: Option<String>,
    typ: Option<String>,
    nonce: Option<Value>,
    at_hash: Option<Value>,
}

/// `sub` and `jti` are written in the audit log: longer ones are nobody's.
const NAME_MAX: usize = 256;

impl Claims {
    /// Reads the payload of a token, or says which claim is absent or ill-formed.
    pub(super) fn read(payload: &[u8]) -> Result<Self, TokenError> {
        let raw: Raw = serde_json::from_slice(payload).map_err(|_| TokenError::Malformed)?;
        Ok(Self {
            iss: text("iss", raw.iss)?,
            aud: audience(raw.aud)?,
            sub: name("sub", raw.sub)?,
            iat: time("iat", raw.iat)?,
            exp: time("exp", raw.exp)?,
            jti: name("jti", raw.jti)?,
            nbf: raw.nbf.map(|nbf| time("nbf", Some(nbf))).transpose()?,
            scope: Scopes::parse(&text("scope", raw.scope)?),
            authority: text("authority", raw.authority)?.parse().map_err(|_| TokenError::Claims("authority"))?,
        })
    }

    /// Reads the payload of another's token, by what is configured of its issuer.
    pub(super) fn read_from(issuer: &Issuer, payload: &[u8]) -> Result<Self, TokenError> {
        let raw: Raw = serde_json::from_slice(payload).map_err(|_| TokenError::Malformed)?;
        // An ID token tells an application who signed in (OpenID Connect Core section 2): it opens nothing. Keycloak says so by `typ`.
        if raw.typ.as_deref().is_some_and(|typ| !typ.eq_ignore_ascii_case("bearer")) || raw.nonce.is_some() || raw.at_hash.is_some() {
            return Err(TokenError::NotForAccess);
        }
        let client = raw.azp.or(raw.client_id);
        if !issuer.clients.is_empty() && !client.is_some_and(|client| issuer.clients.contains(&client)) {
            return Err(TokenError::Audience);
        }
        let claims: Value = serde_json::from_slice(payload).map_err(|_| TokenError::Malformed)?;
        Ok(Self {
            iss: text("iss", raw.iss)?,
            // An issuer whose clients are looked at may leave it out, as Keycloak does.
            aud: raw.aud.map_or_else(|| Ok(Vec::new()), |aud| audience(Some(aud)))?,
            sub: name("sub", Some(Value::String(issuer.subject(&claims)?)))?,
            iat: time("iat", raw.iat)?,
            exp: time("exp", raw.exp)?,
            jti: raw.jti.map_or_else(|| Ok(digest(payload)), |jti| name("jti", Some(jti)))?,
            nbf: raw.nbf.map(|nbf| time("nbf", Some(nbf))).transpose()?,
            scope: issuer.scopes(&claims)?,
            authority: issuer.authority(&claims)?,
        })
    }

    pub(super) fn into_caller(self) -> Caller {
        Caller { sub: self.sub, jti: self.jti, authority: self.authority, scopes: self.scope, expires: self.exp }
    }
}

/// What a token without an identifier of its own can be revoked by.
fn digest(payload: &[u8]) -> String {
    Sha256::digest(payload).iter().fold("sha256-".to_owned(), |text, byte| format!("{text}{byte:02x}"))
}

fn text(claim: &'static str, value: Option<Value>) -> Result<String, TokenError> {
    match value {
        Some(Value::String(text)) => Ok(text),
        _ => Err(TokenError::Claims(claim)),
    }
}

fn name(claim: &'static str, value: Option<Value>) -> Result<String, TokenError> {
    let name = text(claim, value)?;
    let fit = !name.trim().is_empty() && name.len() <= NAME_MAX && !name.chars().any(char::is_control);
    if fit { Ok(name) } else { Err(TokenError::Claims(claim)) }
}

fn audience(value: Option<Value>) -> Result<Vec<String>, TokenError> {
    match value {
        Some(Value::Array(list)) => list.into_iter().map(|one| text("aud", Some(one))).collect(),
        one => text("aud", one).map(|one| vec![one]),
    }
}

/// A NumericDate: seconds since 1970, which may have a fraction (RFC 7519 section 2); the fraction is dropped.
fn time(claim: &'static str, value: Option<Value>) -> Result<i64, TokenError> {
    let seconds = match value {
        Some(Value::Number(number)) => match number.as_i64() {
            Some(seconds) => Some(seconds),
            None => {
                number.as_f64().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok()).and_then(|since| i64::try_from(since.as_secs()).ok())
            }
        },
        _ => None,
    };
    seconds.ok_or(TokenError::Claims(claim))
}
