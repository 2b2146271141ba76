//! Why a file is not taken in, or not given back.

use crate::register::Refusal;
use crate::store::BlobError;

/// A refusal of a file. Nothing is kept.
#[derive(Debug, thiserror::Error)]
pub enum FileRefusal {
    #[error("the file is empty")]
    Empty,
    #[error("a file is at most {0} bytes")]
    TooLarge(u64),
    #[error("files of the type {0:?} are not taken in")]
    NotTakenIn(String),
    #[error("the type of the file cannot be told from its bytes")]
    Unrecognised,
    #[error("the file is said to be {said}, and is {found}")]
    TypeDiffers { said: String, found: String },
    #[error("the bytes do not have the digest that was announced")]
    DigestDiffers,
    #[error("the request broke off before its end")]
    BrokenOff,
    #[error("the act is sealed, and its annexes, report and agreements with it")]
    Sealed,
    #[error("the bytes are missing, or are not those that were kept")]
    Damaged,
    #[error("the place for files cannot be used: {0}")]
    Unreachable(String),
    #[error("there is no room left in the place for files: {0}")]
    Full(String),
    #[error("this file needs the scope restricted:read")]
    Restricted,
}

impl From<BlobError> for Refusal {
    fn from(error: BlobError) -> Self {
        match error {
            BlobError::TooLarge(most) => FileRefusal::TooLarge(most).into(),
            BlobError::Damaged => FileRefusal::Damaged.into(),
            other if other.is_full() => FileRefusal::Full(other.to_string()).into(),
            other => FileRefusal::Unreachable(other.to_string()).into(),
        }
    }
}
