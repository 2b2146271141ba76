//! The condition of a conditional write (RFC 9110 §13.1.1).

/// What `If-Match` asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Matching {
    /// `*`: whatever is there.
    Any,
    /// One of these digests.
    Digests(Vec<String>),
}

impl Matching {
    /// Whether the condition holds for a record with this digest.
    pub fn holds(&self, digest: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Digests(digests) => digests.iter().any(|d| d == digest),
        }
    }
}
