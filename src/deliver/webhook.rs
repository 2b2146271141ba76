//! Webhooks: who is told of changes, made and changed by who manages the integrations of an authority.

use super::once::{Kept, Once, once};
use super::secret::salt;
use super::send::Message;
use super::subscription::{Manager, Webhook, WebhookRequest, WebhookWithSecret};
use super::{Deliver, DeliverRefusal, DeliveryAttempt, event};
use crate::publish::Matching;
use crate::record::{ChangePart, Id};
use crate::store::{Change, Session, StoreError, WebhookRow, now};

/// How many an authority has at most.
const MOST: usize = 50;

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
