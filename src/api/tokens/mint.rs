use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;

use super::{LocalKey, Scopes};
use crate::record::{Id, Siren};

/// A token signed with the register's own key, valid from now and for `lifetime`. `sub` is to be 1 to 256 bytes long, or the register will
/// refuse the token.
pub fn mint(key: &LocalKey, issuer: &str, audience: &str, sub: &str, authority: &Siren, scopes: &Scopes, lifetime: Duration) -> String {
    let now = chrono::Utc::now().timestamp();
    let header = json!({ "typ": "JWT", "alg": "EdDSA", "kid": key.kid() });
    let claims = json!({
        "iss": issuer,
        "aud": audience,
        "sub": sub,
        "iat": now,
        "exp": now.saturating_add(i64::try_from(lifetime.as_secs()).unwrap_or(i64::MAX)),
        "jti": Id::mint().to_string(),
        "scope": scopes.to_string(),
        "authority": authority.as_str(),
    });
    let message = format!("{}.{}", URL_SAFE_NO_PAD.encode(header.to_string()), URL_SAFE_NO_PAD.encode(claims.to_string()));
    let signature = URL_SAFE_NO_PAD.encode(key.sign(message.as_bytes()));
    format!("{message}.{signature}")
}
