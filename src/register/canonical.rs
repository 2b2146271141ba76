//! Canonical bytes (RFC 8785) and their digest.

use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use super::Refusal;
use crate::store::StoreError;

/// SHA-256 in hexadecimal.
pub fn digest(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// The canonical JSON of a record, and its digest.
pub(super) fn canonical(record: &impl Serialize) -> Result<(Vec<u8>, String), Refusal> {
    let bytes = serde_json_canonicalizer::to_vec(record).map_err(|e| StoreError::Corrupt(e.to_string()))?;
    let digest = digest(&bytes);
    Ok((bytes, digest))
}

/// Reads a stored document back.
pub(super) fn stored<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, StoreError> {
    serde_json::from_slice(bytes).map_err(|e| StoreError::Corrupt(e.to_string()))
}

/// Reads a stored word of a vocabulary, an identifier, a SIREN back.
pub(super) fn word<T: std::str::FromStr>(text: &str) -> Result<T, StoreError> {
    text.parse().map_err(|_| StoreError::Corrupt(format!("{text:?} in a column")))
}
