//! The key that a checkpoint is checked with.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature, SigningKey, VerifyingKey};

/// An Ed25519 public key and its name, written `name+id+key` as Go's `sumdb/note` does: the id is eight hexadecimal digits, the first four
/// bytes of SHA-256 over the name, a newline, 0x01 and the key (C2SP `signed-note`); the key is base64 of 0x01 and its 32 bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifierKey {
    name: String,
    key: VerifyingKey,
}

/// What is not a verifier key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a verifier key is name+id+key: a name without spaces and +, eight hexadecimal digits that fit it, an Ed25519 key in base64")]
pub struct NotAKey;

/// The byte that says Ed25519 (C2SP `signed-note`, signature types).
const ED25519: u8 = 0x01;

impl VerifierKey {
    /// The public half of a signing key, under a name.
    ///
    /// # Errors
    /// [`NotAKey`] if the name is empty, or has spaces, controls or `+`.
    pub fn of(name: &str, key: &SigningKey) -> Result<Self, NotAKey> {
        Self::new(name, key.verifying_key())
    }

    fn new(name: &str, key: VerifyingKey) -> Result<Self, NotAKey> {
        if signed_note::is_key_name_valid(name) && !name.chars().any(char::is_control) {
            Ok(Self { name: name.to_owned(), key })
        } else {
            Err(NotAKey)
        }
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    fn typed(&self) -> Vec<u8> {
        [&[ED25519], self.key.as_bytes().as_slice()].concat()
    }
}

impl signed_note::Verifier for VerifierKey {
    fn name(&self) -> &str {
        &self.name
    }

    fn key_id(&self) -> u32 {
        signed_note::key_id(&self.name, &self.typed())
    }

    fn verify(&self, message: &[u8], signature: &[u8]) -> bool {
        // Strict: a key of small order would accept a signature of anything.
        Signature::from_slice(signature).is_ok_and(|signature| self.key.verify_strict(message, &signature).is_ok())
    }
}

impl std::fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&signed_note::new_ed25519_verifier_key(&self.name, &self.key))
    }
}

impl std::str::FromStr for VerifierKey {
    type Err = NotAKey;
    fn from_str(text: &str) -> Result<Self, NotAKey> {
        let (name, rest) = text.split_once('+').ok_or(NotAKey)?;
        let (_, key) = rest.split_once('+').ok_or(NotAKey)?;
        let typed = STANDARD.decode(key).map_err(|_| NotAKey)?;
        let (kind, bytes) = typed.split_first().ok_or(NotAKey)?;
        let bytes: &[u8; 32] = bytes.try_into().map_err(|_| NotAKey)?;
        let key = Self::new(name, VerifyingKey::from_bytes(bytes).map_err(|_| NotAKey)?)?;
        // One key, one text: it is compared as text by people, and its id must be the one that follows from it.
        if *kind == ED25519 && key.to_string() == text { Ok(key) } else { Err(NotAKey) }
    }
}
