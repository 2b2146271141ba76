//! The register's own key: `registre token` and `registre demo` sign with it, so that a register can be tried without an identity provider.

use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::{Signer, SigningKey};
use serde_json::{Value, json};

use super::jwk::{self, KeysError};
use crate::keyfile::{self, KeyFileError};

const FILE: &str = "local-key.pem";

/// An Ed25519 key kept in the data folder (`local-key.pem`, PKCS#8 in PEM: RFC 8410).
pub struct LocalKey {
    signing: SigningKey,
    kid: String,
}

impl LocalKey {
    /// Reads the key of a data folder, and makes it first if there is none. The folder is made as well.
    pub fn open(folder: &Path) -> Result<Self, KeysError> {
        let signing = keyfile::open(folder, FILE).map_err(|e| match e {
            KeyFileError::File { path, source } => KeysError::File { path, source },
            KeyFileError::NotAKey(path) => KeysError::LocalKey(path),
        })?;
        let kid = jwk::ed25519_thumbprint(&x(&signing));
        Ok(Self { signing, kid })
    }

    /// The key's identifier: its thumbprint (RFC 7638).
    pub fn kid(&self) -> &str {
        &self.kid
    }

    /// The public key (RFC 7517, RFC 8037), for whoever is to verify the register's tokens.
    pub fn jwk(&self) -> Value {
        json!({ "kty": "OKP", "crv": "Ed25519", "x": x(&self.signing), "kid": self.kid, "alg": "EdDSA", "use": "sig" })
    }

    pub(super) fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.signing.sign(message).to_bytes()
    }
}

fn x(key: &SigningKey) -> String {
    URL_SAFE_NO_PAD.encode(key.verifying_key().as_bytes())
}
