//! Why something is not told or not taken: nothing is written.

use crate::record::Label;
use crate::store::StoreError;

/// A refusal. The HTTP face gives each its problem type.
#[derive(Debug, thiserror::Error)]
pub enum DeliverRefusal {
    #[error("the feed no longer tells what follows the cursor")]
    CursorExpired {
        /// The number to go on from, once the lists are read.
        head: i64,
    },
    #[error("there is no such thing")]
    NotFound,
    #[error("it has changed since it was read")]
    Stale,
    #[error("webhooks are not delivered by this register")]
    Off,
    #[error("the webhook cannot be so")]
    Invalid(WebhookFault),
    #[error("this needs the scope records:read")]
    MayNotRead,
    #[error("the key was used for another request")]
    KeyReused,
    #[error("too many follow the feed")]
    TooMany,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A field of a webhook that cannot be so.
#[derive(Clone, Debug)]
pub struct WebhookFault {
    pub pointer: String,
    /// A stable word for programs.
    pub code: &'static str,
    pub words: Label,
}

impl DeliverRefusal {
    pub(super) fn invalid(pointer: impl Into<String>, code: &'static str, fr: &'static str, en: &'static str) -> Self {
        Self::Invalid(WebhookFault { pointer: pointer.into(), code, words: Label { fr, en } })
    }
}
