//! The entry of the log: a sealed version of an act as anyone may read it, and the digest of all that it rests on.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};
use utoipa::ToSchema;

use super::Hash;
use crate::record::{Id, Siren};

/// What `format` says.
pub const SEAL_FORMAT: &str = "registre-seal/1";

/// A sealed version of a deliberation, self-contained: it can be read and checked without the register. It holds what the public may see, so that
/// everyone can check a published act; what is restricted is in the [`WholeAct`], whose digest it states.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SealedAct {
    /// `registre-seal/1`.
    #[schema(example = "registre-seal/1")]
    pub format: String,
    pub authority: Siren,
    pub deliberation: Id,
    /// The number of the act.
    pub number: String,
    /// Version of the record that is sealed.
    pub version: i32,
    pub sealed_at: DateTime<Utc>,
    /// The record as the public is shown it.
    #[schema(value_type = Object)]
    pub record: Value,
    /// The sitting's facts, ballots and recusals, frozen at the seal, as the public is shown them.
    #[schema(value_type = Object)]
    pub extract: Value,
    /// What the rules found at the seal, as the public is shown it.
    #[schema(value_type = Vec<Object>)]
    pub findings: Value,
    pub rules_version: String,
    /// The files that belong to the act. Their bytes are not in the entry; their digests are.
    pub files: Vec<SealedFile>,
    /// SHA-256 of the canonical bytes of the [`WholeAct`], in hexadecimal, lower case.
    pub whole_sha256: String,
}

/// All of a sealed version: the record and the frozen sitting as they are, every finding, who sealed it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WholeAct {
    /// Sixteen random bytes in hexadecimal: what is restricted cannot be guessed from the digest.
    pub blind: String,
    /// `sub` of who sealed it.
    pub sealed_by: String,
    /// The record, as `GET …/record` gives it.
    #[schema(value_type = Object)]
    pub record: Value,
    /// The sitting's record as far as it concerns the act, frozen at the seal.
    #[schema(value_type = Object)]
    pub sitting: Value,
    #[schema(value_type = Vec<Object>)]
    pub findings: Value,
    /// Files that the public is not shown.
    pub files: Vec<SealedFile>,
}

/// A file that belongs to a sealed act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SealedFile {
    pub id: Id,
    pub name: String,
    pub media_type: String,
    /// In bytes.
    pub size: u64,
    /// SHA-256 of its bytes, in hexadecimal, lower case.
    pub sha256: String,
    /// What it is to the act: `act`, `annex`, `report`…
    pub role: String,
}

/// Why an act cannot be an entry.
#[derive(Debug, thiserror::Error)]
pub enum EntryError {
    #[error("it cannot be written as canonical JSON: {0}")]
    Json(#[from] serde_json::Error),
    #[error("the number {0} has no exact place in canonical JSON (RFC 7493 §2.2)")]
    Inexact(String),
}

impl SealedAct {
    /// The bytes that the log is made of: canonical JSON (RFC 8785).
    ///
    /// # Errors
    /// [`EntryError`] if a number in it would not survive: canonical JSON knows whole numbers up to 2^53 - 1.
    pub fn canonical_bytes(&self) -> Result<Vec<u8>, EntryError> {
        let value = serde_json::to_value(self)?;
        exact(&value)?;
        Ok(serde_json_canonicalizer::to_vec(&value)?)
    }

    /// SHA-256 of the canonical bytes, in hexadecimal.
    ///
    /// # Errors
    /// As [`SealedAct::canonical_bytes`].
    pub fn digest(&self) -> Result<String, EntryError> {
        Ok(hex::encode(Sha256::digest(self.canonical_bytes()?)))
    }

    /// The leaf over the canonical bytes (RFC 9162 §2.1.1). It is not the digest: a leaf's hash begins with 0x00, so that no entry can
    /// pass for a node.
    ///
    /// # Errors
    /// As [`SealedAct::canonical_bytes`].
    pub fn leaf_hash(&self) -> Result<Hash, EntryError> {
        Ok(Hash::of_leaf(&self.canonical_bytes()?))
    }
}

/// The largest whole number that a double keeps apart from its neighbours.
const LARGEST: u64 = (1 << 53) - 1;

fn exact(value: &Value) -> Result<(), EntryError> {
    match value {
        Value::Number(number) => {
            let whole = number.as_u64().or_else(|| number.as_i64().map(i64::unsigned_abs));
            if whole.is_some_and(|whole| whole > LARGEST) { Err(EntryError::Inexact(number.to_string())) } else { Ok(()) }
        }
        Value::Array(items) => items.iter().try_for_each(exact),
        Value::Object(fields) => fields.values().try_for_each(exact),
        _ => Ok(()),
    }
}
