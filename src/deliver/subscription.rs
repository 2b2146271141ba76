//! What a webhook is: who asks for it, what is asked for, what is answered.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{DeliverRefusal, EventTypes};
use crate::record::{Id, Siren, Visibility};
use crate::store::{StoreError, WebhookRow, now};

const MOST_TYPES: usize = 50;
const LONGEST: usize = 2_000;

/// Who manages webhooks.
#[derive(Clone, Debug)]
pub struct Manager {
    pub authority: Siren,
    pub sub: String,
    /// Whether the token may read what is internal (`records:read`): needed for a webhook that is told of it.
    pub reads_internal: bool,
}

/// A webhook as it is asked for.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"url": "https://finances.example/registre", "types": ["registre.deliberation"], "visibility": "public",
    "description": "Suivi des subventions", "active": true}))]
pub struct WebhookRequest {
    /// Where events are sent: `https://…`, on the public Internet unless the configuration allows its network.
    pub url: String,
    /// Types of events, such as `registre.deliberation.updated`, or `registre.deliberation` for all of a kind; none: every type.
    #[serde(default)]
    pub types: Vec<String>,
    /// `public`: what everyone is told. `internal`: all of the authority; needs `records:read` as well.
    #[serde(default = "public")]
    pub visibility: Visibility,
    #[serde(default)]
    pub description: Option<String>,
    /// One that is not active is sent nothing; what happens meanwhile waits for it.
    #[serde(default = "yes")]
    pub active: bool,
}

const fn public() -> Visibility {
    Visibility::Public
}

const fn yes() -> bool {
    true
}

/// A webhook.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Webhook {
    pub id: Id,
    pub href: String,
    /// The authority's SIREN.
    pub authority: String,
    pub url: String,
    /// None: every type.
    pub types: Vec<String>,
    pub visibility: Visibility,
    pub description: Option<String>,
    pub active: bool,
    pub version: i32,
    pub created_at: DateTime<Utc>,
    /// The subject of the token.
    pub created_by: String,
    pub modified_at: DateTime<Utc>,
    /// Until when the secret that was replaced signs as well; null: one secret signs.
    pub previous_secret_until: Option<DateTime<Utc>>,
}

/// A webhook, and its secret, which is shown this once.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct WebhookWithSecret {
    #[serde(flatten)]
    pub webhook: Webhook,
    /// What signatures are made with (`whsec_` and base64, Standard Webhooks). It cannot be read again: replace it when it is lost.
    #[schema(example = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    pub secret: String,
}

impl Webhook {
    pub(super) fn of(row: &WebhookRow) -> Result<Self, StoreError> {
        let corrupt = || StoreError::Corrupt(format!("webhook {}", row.id));
        Ok(Self {
            id: row.id.parse().map_err(|_| corrupt())?,
            href: format!("/v1/webhooks/{}", row.id),
            authority: row.authority.clone(),
            url: row.url.clone(),
            types: row.types.split_whitespace().map(str::to_owned).collect(),
            visibility: row.visibility.parse().map_err(|_| corrupt())?,
            description: row.description.clone(),
            active: row.active,
            version: row.version,
            created_at: row.created_at.and_utc(),
            created_by: row.created_by.clone(),
            modified_at: row.modified_at.and_utc(),
            previous_secret_until: row.previous_until.filter(|until| *until > now()).map(|until| until.and_utc()),
        })
    }

    /// The entity tag of a webhook, without its quotes.
    pub fn tag(&self) -> String {
        format!("{}-{}", self.id, self.version)
    }
}

impl WebhookRequest {
    pub(super) fn check(&self, manager: &Manager) -> Result<(), DeliverRefusal> {
        if let Err(place) = EventTypes::named(self.types.iter().map(String::as_str)) {
            let (fr, en) = ("il n'existe pas de tel type d'événement", "there is no such type of event");
            return Err(DeliverRefusal::invalid(format!("/types/{place}"), "unknown_type", fr, en));
        }
        let long = |text: &str| text.len() > LONGEST || text.contains('\0');
        for (pointer, text) in [("/url", self.url.as_str()), ("/description", self.description.as_deref().unwrap_or_default())] {
            if long(text) {
                let (fr, en) = ("2 000 octets au plus, sans caractère U+0000", "2 000 bytes at most, without the character U+0000");
                return Err(DeliverRefusal::invalid(pointer, "length", fr, en));
            }
        }
        if self.types.len() > MOST_TYPES {
            return Err(DeliverRefusal::invalid("/types", "too_many", "50 types au plus", "50 types at most"));
        }
        if self.visibility == Visibility::Internal && !manager.reads_internal { Err(DeliverRefusal::MayNotRead) } else { Ok(()) }
    }

    /// As a column has them.
    pub(super) fn types(&self) -> String {
        self.types.join(" ")
    }
}
