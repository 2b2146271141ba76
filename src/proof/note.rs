//! Signed notes (C2SP `signed-note`): a text, a blank line, then signatures by named keys.

use ed25519_dalek::{Signer as _, SigningKey};
use signed_note::{Note, Verifier, VerifierList};

use super::VerifierKey;

/// Why a note does not stand.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    #[error("it is not a signed note")]
    Malformed,
    #[error("it bears no signature by {0}")]
    Unsigned(String),
    #[error("the signature by {0} is wrong")]
    WrongSignature(String),
}

struct Signing<'a> {
    named: &'a VerifierKey,
    key: &'a SigningKey,
}

impl signed_note::Signer for Signing<'_> {
    fn name(&self) -> &str {
        Verifier::name(self.named)
    }

    fn key_id(&self) -> u32 {
        Verifier::key_id(self.named)
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, ed25519_dalek::SignatureError> {
        Ok(self.key.try_sign(message)?.to_vec())
    }
}

/// Signs a text, which ends with a newline, under the name given (Ed25519, RFC 8032: the same note each time).
pub(super) fn sign(text: &str, name: &str, key: &SigningKey) -> Result<String, NoteError> {
    let named = VerifierKey::of(name, key).map_err(|_| NoteError::Malformed)?;
    let mut note = Note::new(text.as_bytes(), &[]).map_err(|_| NoteError::Malformed)?;
    note.add_sigs(&[&Signing { named: &named, key }]).map_err(|_| NoteError::Malformed)?;
    String::from_utf8(note.to_bytes()).map_err(|_| NoteError::Malformed)
}

/// The text of a note whose signature by the key is right. Signatures by other keys, say of witnesses, are left aside.
pub(super) fn open(note: &str, key: &VerifierKey) -> Result<String, NoteError> {
    let parsed = Note::from_bytes(note.as_bytes()).map_err(|_| NoteError::Malformed)?;
    match parsed.verify(&VerifierList::new(vec![Box::new(key.clone())])) {
        Ok(_) => text(note),
        Err(signed_note::NoteError::InvalidSignature { name, .. }) => Err(NoteError::WrongSignature(name)),
        Err(_) => Err(NoteError::Unsigned(key.name().to_owned())),
    }
}

/// The text of a note, whoever signed it.
pub(super) fn text(note: &str) -> Result<String, NoteError> {
    let parsed = Note::from_bytes(note.as_bytes()).map_err(|_| NoteError::Malformed)?;
    String::from_utf8(parsed.text().to_vec()).map_err(|_| NoteError::Malformed)
}
