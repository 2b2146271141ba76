//! Webhooks: who is told of changes, made and changed by who manages the integrations of an authority.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::once::{Kept, Once, once};
use super::secret::salt;
use super::send::Message;
use super::{Deliver, DeliverRefusal, DeliveryAttempt, EventTypes, event};
use crate::publish::Matching;
use crate::record::{ChangePart, Id, Siren, Visibility};
use crate::store::{Change, Session, StoreError, WebhookRow, now};

/// How many an authority has at most.
const MOST: usize = 50;
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

pub(super) fn load(session: &mut Session<'_>, manager: &Manager, id: Id) -> Result<WebhookRow, DeliverRefusal> {
    session.webhook(manager.authority.as_str(), &id.to_string())?.ok_or(DeliverRefusal::NotFound)
}

/// Notes in the audit trail what was done to a webhook. The feed does not tell of it.
pub(super) fn log(session: &mut Session<'_>, manager: &Manager, row: &WebhookRow, action: &str) -> Result<(), StoreError> {
    session.log_change(Change {
        authority: row.authority.clone(),
        sequence: 0,
        kind: "webhook".to_owned(),
        record: row.id.clone(),
        version: row.version,
        action: action.to_owned(),
        recorded_at: now(),
        recorded_by: manager.sub.clone(),
        subject: row.id.clone(),
        part: ChangePart::Record.wire().to_owned(),
        event: None,
        public_event: None,
    })
}

impl WebhookRequest {
    fn check(&self, manager: &Manager) -> Result<(), DeliverRefusal> {
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
        if self.types.len() > MOST {
            return Err(DeliverRefusal::invalid("/types", "too_many", "50 types au plus", "50 types at most"));
        }
        if self.visibility == Visibility::Internal && !manager.reads_internal { Err(DeliverRefusal::MayNotRead) } else { Ok(()) }
    }

    fn types(&self) -> String {
        self.types.join(" ")
    }
}

impl Deliver {
    /// The webhooks of the manager's authority.
    ///
    /// # Errors
    /// [`DeliverRefusal::Store`].
    pub fn webhooks(&self, manager: &Manager) -> Result<Vec<Webhook>, DeliverRefusal> {
        let rows = self.store.read(|session| session.webhooks(manager.authority.as_str()))?;
        Ok(rows.iter().map(Webhook::of).collect::<Result<_, _>>()?)
    }

    /// One webhook.
    ///
    /// # Errors
    /// [`DeliverRefusal::NotFound`].
    pub fn webhook(&self, manager: &Manager, id: Id) -> Result<Webhook, DeliverRefusal> {
        self.store.read(|session| Ok(Webhook::of(&load(session, manager, id)?)?))
    }

    /// What a webhook may be, asked before it is written: resolving the name of its host takes a while.
    ///
    /// # Errors
    /// [`DeliverRefusal::Off`], [`DeliverRefusal::Invalid`], [`DeliverRefusal::MayNotRead`].
    pub async fn may_be(&self, manager: &Manager, request: &WebhookRequest) -> Result<(), DeliverRefusal> {
        if !self.settings.webhooks {
            return Err(DeliverRefusal::Off);
        }
        request.check(manager)?;
        self.sender.guard.check(&request.url).await.map(drop)
    }

    /// Makes a webhook, which is told of what comes from now on.
    ///
    /// # Errors
    /// [`DeliverRefusal::NotFound`] where the authority is not filed, [`DeliverRefusal::Invalid`], [`DeliverRefusal::KeyReused`].
    pub fn add_webhook(&self, manager: &Manager, key: Option<&Once>, request: &WebhookRequest) -> Result<Kept, DeliverRefusal> {
        self.store.write(|session| {
            session.alone(manager.authority.as_str())?;
            once(session, manager, key, |session| {
                let authority = manager.authority.as_str();
                let head = session.log_head(authority)?.ok_or(DeliverRefusal::NotFound)?;
                if session.webhooks(authority)?.len() >= MOST {
                    return Err(DeliverRefusal::invalid(
                        "",
                        "too_many",
                        "50 webhooks au plus par collectivité",
                        "50 webhooks at most for an authority",
                    ));
                }
                let (id, at) = (Id::mint(), now());
                let row = WebhookRow {
                    authority: authority.to_owned(),
                    id: id.to_string(),
                    url: request.url.clone(),
                    types: request.types(),
                    visibility: request.visibility.wire().to_owned(),
                    description: request.description.clone(),
                    active: request.active,
                    salt: salt(),
                    previous_salt: None,
                    previous_until: None,
                    reached: head.sequence,
                    version: 1,
                    created_at: at,
                    created_by: manager.sub.clone(),
                    modified_at: at,
                };
                session.add_webhook(&row)?;
                log(session, manager, &row, "created")?;
                kept(&row)
            })
        })
    }

    /// Replaces what is asked for by a webhook. Its secret stays.
    ///
    /// # Errors
    /// [`DeliverRefusal::NotFound`], [`DeliverRefusal::Stale`].
    pub fn replace_webhook(&self, manager: &Manager, matching: &Matching, id: Id, request: &WebhookRequest) -> Result<Webhook, DeliverRefusal> {
        self.store.write(|session| {
            session.alone(manager.authority.as_str())?;
            let old = load(session, manager, id)?;
            if !matching.holds(&Webhook::of(&old)?.tag()) {
                return Err(DeliverRefusal::Stale);
            }
            let row = WebhookRow {
                url: request.url.clone(),
                types: request.types(),
                visibility: request.visibility.wire().to_owned(),
                description: request.description.clone(),
                active: request.active,
                version: old.version + 1,
                modified_at: now(),
                ..old
            };
            replace(session, manager, &row, "replaced")?;
            Ok(Webhook::of(&row)?)
        })
    }

    /// Deletes a webhook, with what waits for it.
    ///
    /// # Errors
    /// [`DeliverRefusal::NotFound`], [`DeliverRefusal::Stale`].
    pub fn delete_webhook(&self, manager: &Manager, matching: &Matching, id: Id) -> Result<(), DeliverRefusal> {
        self.store.write(|session| {
            session.alone(manager.authority.as_str())?;
            let row = load(session, manager, id)?;
            if !matching.holds(&Webhook::of(&row)?.tag()) {
                return Err(DeliverRefusal::Stale);
            }
            session.delete_webhook(&row.authority, &row.id)?;
            Ok(log(session, manager, &row, "deleted")?)
        })
    }

    /// Gives a webhook another secret. The one that it had signs as well for the time that is configured; one before it no more.
    ///
    /// # Errors
    /// [`DeliverRefusal::NotFound`], [`DeliverRefusal::KeyReused`].
    pub fn rotate_secret(&self, manager: &Manager, key: Option<&Once>, id: Id) -> Result<Kept, DeliverRefusal> {
        self.store.write(|session| {
            session.alone(manager.authority.as_str())?;
            once(session, manager, key, |session| {
                let old = load(session, manager, id)?;
                let at = now();
                let until = at + chrono::Duration::from_std(self.settings.rotation).unwrap_or_default();
                let (previous_salt, previous_until) = (Some(old.salt.clone()), Some(until));
                let row = WebhookRow { salt: salt(), previous_salt, previous_until, version: old.version + 1, modified_at: at, ..old };
                replace(session, manager, &row, "secret replaced")?;
                kept(&row)
            })
        })
    }

    /// What was done to a webhook, with the secret that goes with it.
    ///
    /// # Errors
    /// [`DeliverRefusal::Store`].
    pub fn with_secret(&self, kept: &Kept) -> Result<WebhookWithSecret, DeliverRefusal> {
        let webhook: Webhook = serde_json::from_value(kept.body.clone()).map_err(|e| StoreError::Corrupt(e.to_string()))?;
        let secret = self.secrets.of(&kept.webhook.to_string(), kept.salt.as_deref().unwrap_or_default()).text();
        Ok(WebhookWithSecret { webhook, secret })
    }

    /// Sends a `registre.ping` at once, and says what came of it. It is tried once, and is no delivery.
    ///
    /// # Errors
    /// [`DeliverRefusal::Off`].
    pub async fn ping(&self, row: &WebhookRow) -> Result<DeliveryAttempt, DeliverRefusal> {
        if !self.settings.webhooks {
            return Err(DeliverRefusal::Off);
        }
        let at = now();
        let id = format!("{}-ping-{}", row.authority, Id::mint());
        let body = serde_json::json!({
            "specversion": "1.0", "id": id, "source": event::source(&self.settings, &row.authority), "type": "registre.ping", "subject": row.id,
            "time": at.and_utc(), "datacontenttype": "application/json", "data": {"authority": row.authority, "webhook": row.id},
        });
        let message = Message { url: &row.url, id: &id, body: body.to_string().into_bytes(), secrets: &self.secrets_of(row) };
        Ok(DeliveryAttempt::of(at, &self.sender.send(message).await))
    }

    /// The row of a webhook, for [`Self::ping`].
    ///
    /// # Errors
    /// [`DeliverRefusal::NotFound`].
    pub fn webhook_row(&self, manager: &Manager, id: Id) -> Result<WebhookRow, DeliverRefusal> {
        self.store.read(|session| load(session, manager, id))
    }

    /// What signs for a webhook now.
    pub(super) fn secrets_of(&self, row: &WebhookRow) -> Vec<super::Secret> {
        let previous = row.previous_salt.as_ref().filter(|_| row.previous_until.is_some_and(|until| until > now()));
        [&row.salt].into_iter().chain(previous).map(|salt| self.secrets.of(&row.id, salt)).collect()
    }
}

fn replace(session: &mut Session<'_>, manager: &Manager, row: &WebhookRow, action: &str) -> Result<(), DeliverRefusal> {
    if !session.replace_webhook(row)? {
        return Err(DeliverRefusal::Stale);
    }
    Ok(log(session, manager, row, action)?)
}

fn kept(row: &WebhookRow) -> Result<Kept, DeliverRefusal> {
    let webhook = Webhook::of(row)?;
    let body = serde_json::to_value(&webhook).map_err(|e| StoreError::Corrupt(e.to_string()))?;
    Ok(Kept { webhook: webhook.id, salt: Some(row.salt.clone()), body })
}
