//! The change feed and webhooks. Both are read from the change log, which each accepted change writes in its own transaction: nothing that was
//! committed is forgotten, nothing is told before its commit. Stands beside `register`, on the same store.

mod backoff;
mod deliveries;
mod event;
mod feed;
mod guard;
mod hub;
mod once;
mod refusal;
mod secret;
mod send;
mod settings;
mod subscription;
mod webhook;
mod worker;

pub use deliveries::{Delivery, DeliveryAttempt, DeliveryDetail, DeliveryState, Replay, Replayed};
pub use event::{ChangeData, ChangeEvent, EventTypes, Told};
pub use feed::{FeedPage, Scope};
pub use guard::Guard;
pub use hub::{Followed, Stream};
pub use once::{Kept, Once};
pub use refusal::{DeliverRefusal, WebhookFault};
pub use secret::{Secret, Secrets};
pub use settings::Settings;
pub use subscription::{Manager, Webhook, WebhookRequest, WebhookWithSecret};
pub use worker::run;

use std::sync::Arc;

use crate::store::Store;

/// The change feed of a store, and its webhooks.
pub struct Deliver {
    store: Arc<Store>,
    settings: Settings,
    secrets: Secrets,
    sender: send::Sender,
    hub: hub::Hub,
}

impl Deliver {
    /// A feed over a store. `secrets` makes the secrets of webhooks: instances on one database have the same.
    ///
    /// # Errors
    /// When the HTTP client cannot be made.
    pub fn new(store: Arc<Store>, settings: Settings, secrets: Secrets) -> Result<Self, reqwest::Error> {
        let sender = send::Sender::new(&settings)?;
        let hub = hub::Hub::new(Arc::clone(&store), settings.streams);
        Ok(Self { store, settings, secrets, sender, hub })
    }

    pub const fn settings(&self) -> &Settings {
        &self.settings
    }
}
