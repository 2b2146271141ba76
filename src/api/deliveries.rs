//! What was delivered to a webhook, what waits, what was given up; and sending it again.

use actix_web::http::header::CACHE_CONTROL;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get, post};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use super::access::{Granted, IntegrationsManage};
use super::body::Sent;
use super::conditional::IdempotencyKey;
use super::page::{Limit, List, links, place};
use super::problem::{Kind, Problem};
use super::query::{NoParams, Params};
use super::respond::{Answered, delivering, json, list};
use super::webhooks::{manager, once};
use crate::deliver::{Deliver, Delivery, DeliveryDetail, DeliveryState, Replay, Replayed};
use crate::record::Id;

/// A page of deliveries.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DeliveryParams {
    /// `dead`: those that were given up.
    #[serde(default)]
    state: Option<DeliveryState>,
    /// 1 to 200; 50 when not said.
    #[serde(default)]
    #[param(value_type = Option<u8>, minimum = 1, maximum = 200)]
    limit: Option<Limit>,
    /// From `links.next`.
    #[serde(default)]
    cursor: Option<String>,
}

/// What is sent again: one of the three.
#[derive(Deserialize, Serialize, ToSchema)]
#[schema(example = json!({"dead": true}))]
pub struct ReplayRequest {
    /// All that comes after a cursor of the feed, of the types that the webhook now has.
    #[serde(default)]
    pub cursor: Option<String>,
    /// These events; they were queued before.
    #[serde(default)]
    #[schema(max_items = 200)]
    pub events: Option<Vec<String>>,
    /// All that was given up.
    #[serde(default)]
    pub dead: bool,
}

impl ReplayRequest {
    fn read(self, authority: &str) -> Result<Replay, Problem> {
        match (self.cursor, self.events, self.dead) {
            (Some(cursor), None, false) => match place::<(String, i64)>(Some(&cursor))? {
                Some((of, number)) if of == authority => Ok(Replay::After(number)),
                _ => Err(Problem::new(Kind::InvalidCursor).at("/cursor", "cursor", "un curseur de /v1/changes", "a cursor of /v1/changes")),
            },
            (None, Some(events), false) if (1..=200).contains(&events.len()) => Ok(Replay::Events(events)),
            (None, None, true) => Ok(Replay::Dead),
            _ => {
                let (fr, en) = ("donnez `cursor`, `events` (1 à 200) ou `dead: true`", "give `cursor`, `events` (1 to 200) or `dead: true`");
                Err(Problem::new(Kind::InvalidField).at("", "one_of", fr, en))
            }
        }
    }
}

/// List the deliveries to a webhook
///
/// In the order of the changes: what waits, what was delivered, and the dead letters that were given up after the last attempt.
#[utoipa::path(operation_id = "listDeliveries", tag = "webhooks", params(("id" = Id, Path), DeliveryParams),
    security(("token" = ["integrations:manage"])), responses((status = 200, description = "A page", body = List<Delivery>)))]
#[get("/webhooks/{id}/deliveries")]
async fn all(
    request: HttpRequest,
    deliver: Data<Deliver>,
    id: Path<Id>,
    who: Granted<IntegrationsManage>,
    params: Params<DeliveryParams>,
) -> Answered {
    let (manager, limit) = (manager(&who), Limit::lines(params.0.limit));
    let after: i64 = place(params.0.cursor.as_deref())?.unwrap_or(0);
    let ask = i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1);
    let mut found = delivering(&deliver, move |d| d.deliveries(&manager, *id, params.0.state, after, ask)).await??;
    let more = found.len() > limit;
    found.truncate(limit);
    let next = found.last().map(|(number, _)| *number).filter(|_| more);
    list(&request, found.into_iter().map(|(_, delivery)| delivery).collect(), links(&request, next), false)
}

/// Read a delivery and its attempts
///
/// When each attempt was made, what the receiver answered or why it did not, how long it took.
#[utoipa::path(operation_id = "getDelivery", tag = "webhooks",
    params(("id" = Id, Path), ("event" = String, Path, description = "Identifier of the event, such as `226200012-42`.")),
    security(("token" = ["integrations:manage"])), responses((status = 200, description = "The delivery", body = DeliveryDetail)))]
#[get("/webhooks/{id}/deliveries/{event}")]
async fn one(
    request: HttpRequest,
    deliver: Data<Deliver>,
    path: Path<(Id, String)>,
    who: Granted<IntegrationsManage>,
    _params: Params<NoParams>,
) -> Answered {
    let (manager, (id, event)) = (manager(&who), path.into_inner());
    json(&request, &delivering(&deliver, move |d| d.delivery(&manager, id, &event)).await??, false)
}

/// Send events again
///
/// Under the same identifiers (`webhook-id`), by which a receiver knows what it has already.
#[utoipa::path(operation_id = "replayDeliveries", tag = "webhooks", params(("id" = Id, Path)),
    request_body = ReplayRequest, security(("token" = ["integrations:manage"])),
    responses((status = 200, description = "They wait again", body = Replayed)))]
#[post("/webhooks/{id}/replay")]
async fn replay(
    request: HttpRequest,
    deliver: Data<Deliver>,
    id: Path<Id>,
    who: Granted<IntegrationsManage>,
    key: IdempotencyKey,
    _params: Params<NoParams>,
    sent: Sent<ReplayRequest>,
) -> Answered {
    let (manager, once, id) = (manager(&who), once(&key, &request, &sent.bytes), *id);
    let asking = manager.clone();
    delivering(&deliver, move |d| d.webhook(&asking, id)).await??;
    let replay = sent.value.read(manager.authority.as_str())?;
    let kept = delivering(&deliver, move |d| d.replay(&manager, once.as_ref(), id, &replay)).await??;
    let answer: Replayed = serde_json::from_value(kept.body).map_err(|_| Problem::new(Kind::Internal))?;
    Ok(HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).json(answer))
}

pub fn routes(config: &mut ServiceConfig) {
    config.service(all).service(one).service(replay);
}
