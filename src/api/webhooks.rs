//! Webhooks: who is told of changes.

use actix_web::http::header::{CACHE_CONTROL, ETAG, LOCATION};
use actix_web::web::{Bytes, Data, Path};
use actix_web::{HttpRequest, HttpResponse, delete, get, post, put};
use utoipa_actix_web::service_config::ServiceConfig;

use super::access::{Granted, IntegrationsManage};
use super::body::Sent;
use super::conditional::{IdempotencyKey, IfMatch, reading};
use super::page::{Links, List};
use super::problem::{Kind, Problem};
use super::query::{NoParams, Params};
use super::respond::{Answered, delivering, list};
use super::tokens::Scope;
use crate::deliver::{Deliver, DeliveryAttempt, Kept, Manager, Once, Webhook, WebhookRequest, WebhookWithSecret};
use crate::record::Id;

/// Who manages, and what else the token may do.
pub fn manager(who: &Granted<IntegrationsManage>) -> Manager {
    let caller = &who.caller;
    Manager { authority: caller.authority.clone(), sub: caller.sub.clone(), reads_internal: caller.scopes.contains(Scope::RecordsRead) }
}

/// The key with what it was sent for.
pub fn once(key: &IdempotencyKey, request: &HttpRequest, body: &Bytes) -> Option<Once> {
    key.once(request, body).map(|once| Once { key: once.key, request: once.request })
}

fn tag(webhook: &Webhook) -> (actix_web::http::header::HeaderName, String) {
    (ETAG, format!("\"{}\"", webhook.tag()))
}

/// List the webhooks of the authority
///
/// In the order in which they were made. Secrets are not shown.
#[utoipa::path(operation_id = "listWebhooks", tag = "webhooks",
    security(("token" = ["integrations:manage"])), responses((status = 200, description = "Every webhook", body = List<Webhook>)))]
#[get("/webhooks")]
async fn all(request: HttpRequest, deliver: Data<Deliver>, who: Granted<IntegrationsManage>, _params: Params<NoParams>) -> Answered {
    let manager = manager(&who);
    let webhooks = delivering(&deliver, move |d| d.webhooks(&manager)).await??;
    list(&request, webhooks, Links { next: None }, false)
}

/// Make a webhook
///
/// Its secret is shown this once. It is told of what is committed from now on.
#[utoipa::path(operation_id = "addWebhook", tag = "webhooks", request_body = WebhookRequest,
    security(("token" = ["integrations:manage"])),
    responses((status = 201, description = "Made", body = WebhookWithSecret, headers(("ETag" = String), ("Location" = String)))))]
#[post("/webhooks")]
async fn add(
    request: HttpRequest,
    deliver: Data<Deliver>,
    who: Granted<IntegrationsManage>,
    key: IdempotencyKey,
    _params: Params<NoParams>,
    sent: Sent<WebhookRequest>,
) -> Answered {
    let (manager, once) = (manager(&who), once(&key, &request, &sent.bytes));
    deliver.may_be(&manager, &sent.value).await?;
    let kept = delivering(&deliver, move |d| d.add_webhook(&manager, once.as_ref(), &sent.value)).await??;
    with_secret(&deliver, &kept, HttpResponse::Created())
}

/// A webhook and its secret: never kept by a cache.
fn with_secret(deliver: &Deliver, kept: &Kept, mut response: actix_web::HttpResponseBuilder) -> Answered {
    let shown = deliver.with_secret(kept)?;
    response.insert_header(tag(&shown.webhook)).insert_header((LOCATION, shown.webhook.href.clone())).insert_header((CACHE_CONTROL, "no-store"));
    Ok(response.json(shown))
}

/// Read a webhook
///
/// Its secret is not shown.
#[utoipa::path(operation_id = "getWebhook", tag = "webhooks", params(("id" = Id, Path)),
    security(("token" = ["integrations:manage"])), responses((status = 200, description = "The webhook", body = Webhook, headers(("ETag" = String))),
    (status = 304, description = "As the reader has it")))]
#[get("/webhooks/{id}")]
async fn one(request: HttpRequest, deliver: Data<Deliver>, id: Path<Id>, who: Granted<IntegrationsManage>, _params: Params<NoParams>) -> Answered {
    let manager = manager(&who);
    let webhook = delivering(&deliver, move |d| d.webhook(&manager, *id)).await??;
    let body = serde_json::to_vec(&webhook).map_err(|_| Problem::new(Kind::Internal))?;
    Ok(reading(&request, &format!("\"{}\"", webhook.tag()), false, body.into()))
}

/// Replace a webhook
///
/// Its secret stays. What waits for it is sent where it now points.
#[utoipa::path(operation_id = "replaceWebhook", tag = "webhooks", params(("id" = Id, Path)),
    request_body = WebhookRequest, security(("token" = ["integrations:manage"])),
    responses((status = 200, description = "Replaced", body = Webhook, headers(("ETag" = String)))))]
#[put("/webhooks/{id}")]
async fn replace(
    deliver: Data<Deliver>,
    id: Path<Id>,
    who: Granted<IntegrationsManage>,
    matching: IfMatch,
    _params: Params<NoParams>,
    sent: Sent<WebhookRequest>,
) -> Answered {
    let (manager, id) = (manager(&who), *id);
    let asking = manager.clone();
    delivering(&deliver, move |d| d.webhook(&asking, id)).await??;
    deliver.may_be(&manager, &sent.value).await?;
    let webhook = delivering(&deliver, move |d| d.replace_webhook(&manager, &matching.0, id, &sent.value)).await??;
    Ok(HttpResponse::Ok().insert_header(tag(&webhook)).insert_header((CACHE_CONTROL, "no-store")).json(webhook))
}

/// Delete a webhook
///
/// With what waits for it, and its log.
#[utoipa::path(operation_id = "deleteWebhook", tag = "webhooks", params(("id" = Id, Path)),
    security(("token" = ["integrations:manage"])), responses((status = 204, description = "Deleted")))]
#[delete("/webhooks/{id}")]
async fn remove(deliver: Data<Deliver>, id: Path<Id>, who: Granted<IntegrationsManage>, matching: IfMatch, _params: Params<NoParams>) -> Answered {
    let manager = manager(&who);
    delivering(&deliver, move |d| d.delete_webhook(&manager, &matching.0, *id)).await??;
    Ok(HttpResponse::NoContent().finish())
}

/// Give a webhook another secret
///
/// The new one is shown this once. The old one signs as well until `previous_secret_until`: the header `webhook-signature` has both.
#[utoipa::path(operation_id = "replaceWebhookSecret", tag = "webhooks", params(("id" = Id, Path)),
    security(("token" = ["integrations:manage"])),
    responses((status = 200, description = "Given", body = WebhookWithSecret, headers(("ETag" = String)))))]
#[post("/webhooks/{id}/secret")]
async fn rotate(
    request: HttpRequest,
    deliver: Data<Deliver>,
    id: Path<Id>,
    who: Granted<IntegrationsManage>,
    key: IdempotencyKey,
    _params: Params<NoParams>,
) -> Answered {
    let (manager, once) = (manager(&who), once(&key, &request, &Bytes::new()));
    let kept = delivering(&deliver, move |d| d.rotate_secret(&manager, once.as_ref(), *id)).await??;
    with_secret(&deliver, &kept, HttpResponse::Ok())
}

/// Try a webhook
///
/// Sends a `registre.ping` at once, tried once, and says what came of it.
#[utoipa::path(operation_id = "pingWebhook", tag = "webhooks", params(("id" = Id, Path)),
    security(("token" = ["integrations:manage"])), responses((status = 200, description = "What came of it", body = DeliveryAttempt)))]
#[post("/webhooks/{id}/ping")]
async fn ping(deliver: Data<Deliver>, id: Path<Id>, who: Granted<IntegrationsManage>, _params: Params<NoParams>) -> Answered {
    let manager = manager(&who);
    let row = delivering(&deliver, move |d| d.webhook_row(&manager, *id)).await??;
    let attempt = deliver.ping(&row).await?;
    Ok(HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).json(attempt))
}

pub fn routes(config: &mut ServiceConfig) {
    config.service(all).service(add).service(one).service(replace).service(remove).service(rotate).service(ping);
}
