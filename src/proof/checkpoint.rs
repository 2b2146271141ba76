//! Checkpoints: the signed head of a log (C2SP `tlog-checkpoint`).

use ed25519_dalek::SigningKey;

use super::{Head, NoteError, Origin, VerifierKey, note};

/// The head of a log at one size: origin, number of entries in decimal, root in base64, one a line; then extension lines, which this register
/// does not write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    pub origin: Origin,
    pub head: Head,
    /// Lines that other software added; they are signed, and say nothing here.
    pub extension: Vec<String>,
}

/// Why a checkpoint does not stand.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    #[error(transparent)]
    Note(#[from] NoteError),
    #[error("its text is not origin, size and root")]
    Malformed,
    #[error("the key of {key} does not sign for the log {origin}")]
    OtherOrigin { origin: String, key: String },
}

impl Checkpoint {
    pub const fn new(origin: Origin, head: Head) -> Self {
        Self { origin, head, extension: Vec::new() }
    }

    /// The text that is signed, without the signatures.
    ///
    /// # Errors
    /// [`CheckpointError::Malformed`] if an extension is not one line with something on it.
    pub fn body(&self) -> Result<String, CheckpointError> {
        let extension: String = self.extension.iter().map(|line| format!("{line}\n")).collect();
        let text = tlog_tiles::Checkpoint::new(self.origin.as_str(), self.head.size, self.head.root.into(), &extension)
            .map_err(|_| CheckpointError::Malformed)?;
        let body = String::from_utf8(text.to_bytes()).map_err(|_| CheckpointError::Malformed)?;
        if body.lines().count() == 3 + self.extension.len() { Ok(body) } else { Err(CheckpointError::Malformed) }
    }

    /// Signs it; the key bears the name of the log. A register must never sign a checkpoint that does not extend those it signed before.
    ///
    /// # Errors
    /// As [`Checkpoint::body`].
    pub fn sign(&self, key: &SigningKey) -> Result<String, CheckpointError> {
        Ok(note::sign(&self.body()?, self.origin.as_str(), key)?)
    }

    /// Reads a checkpoint and checks its signature.
    ///
    /// # Errors
    /// [`CheckpointError`]: not a checkpoint, not signed by this key, or of a log that the key is not for.
    pub fn open(note: &str, key: &VerifierKey) -> Result<Self, CheckpointError> {
        let checkpoint = Self::parse(&note::open(note, key)?)?;
        if checkpoint.origin.as_str() == key.name() {
            Ok(checkpoint)
        } else {
            Err(CheckpointError::OtherOrigin { origin: checkpoint.origin.as_str().to_owned(), key: key.name().to_owned() })
        }
    }

    /// Reads a checkpoint whose signature is not checked: what it says is what its author says.
    ///
    /// # Errors
    /// [`CheckpointError`] if it is not a checkpoint.
    pub fn read(note: &str) -> Result<Self, CheckpointError> {
        Self::parse(&note::text(note)?)
    }

    fn parse(text: &str) -> Result<Self, CheckpointError> {
        let parsed = tlog_tiles::Checkpoint::from_bytes(text.as_bytes()).map_err(|_| CheckpointError::Malformed)?;
        let origin = parsed.origin().parse().map_err(|_| CheckpointError::Malformed)?;
        let head = Head { size: parsed.size(), root: (*parsed.hash()).into() };
        Ok(Self { origin, head, extension: parsed.extension().lines().map(str::to_owned).collect() })
    }
}
