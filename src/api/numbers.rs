//! The register of numbers of a body and year.

use actix_web::web::{Bytes, Data, Path};
use actix_web::{HttpRequest, get, post};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use super::access::{ActsSeal, DeliberationsWrite, Granted, RecordsRead};
use super::body::Sent;
use super::conditional::{IdempotencyKey, written};
use super::query::{NoParams, Params};
use super::respond::{Answered, blocking, json};
use crate::record::Id;
use crate::register::{Continuity, NumberLine, Register};

/// Why a number is voided.
#[derive(Deserialize, Serialize, ToSchema)]
pub struct VoidRequest {
    #[schema(min_length = 1)]
    pub reason: String,
}

/// Audit the numbers of a body and year
///
/// Every number of the body and year is reserved, minted or voided: holes and doubles are named.
#[utoipa::path(operation_id = "getContinuity", tag = "life of acts",
    params(("body" = Id, Path), ("year" = i32, Path)), security(("token" = ["records:read"])),
    responses((status = 200, description = "Every number", body = Continuity)))]
#[get("/registers/{body}/{year}/continuity")]
async fn continuity(
    request: HttpRequest,
    register: Data<Register>,
    path: Path<(Id, i32)>,
    who: Granted<RecordsRead>,
    _params: Params<NoParams>,
) -> Answered {
    let ((body, year), authority) = (*path, who.caller.authority.clone());
    json(&request, &blocking(&register, move |r| r.continuity(&authority, body, year)).await?, false)
}

/// Reserve the number of a deliberation
///
/// For an act on the agenda of a recorded sitting: the seal takes it. Asked again, the same number is answered.
#[utoipa::path(operation_id = "reserveNumber", tag = "life of acts", params(("id" = Id, Path)),
    security(("token" = ["deliberations:write"])),
    responses((status = 201, description = "Reserved", body = NumberLine, headers(("ETag" = String), ("Location" = String))),
        (status = 200, description = "Reserved before", body = NumberLine)))]
#[post("/deliberations/{id}/number")]
async fn reserve(
    request: HttpRequest,
    register: Data<Register>,
    id: Path<Id>,
    who: Granted<DeliberationsWrite>,
    key: IdempotencyKey,
    _params: Params<NoParams>,
) -> Answered {
    let (actor, once) = (who.actor(), key.once(&request, &Bytes::new()));
    Ok(written(blocking(&register, move |r| r.reserve_number(&actor, once.as_ref(), *id)).await?))
}

/// Void a reserved number
///
/// A reserved number, with a reason: it is never used again.
#[utoipa::path(operation_id = "voidNumber", tag = "life of acts",
    params(("body" = Id, Path), ("year" = i32, Path), ("ordinal" = i32, Path)), request_body = VoidRequest,
    security(("token" = ["acts:seal"])), responses((status = 200, description = "Voided", body = NumberLine)))]
#[post("/registers/{body}/{year}/numbers/{ordinal}/void")]
async fn void(
    request: HttpRequest,
    register: Data<Register>,
    path: Path<(Id, i32, i32)>,
    who: Granted<ActsSeal>,
    key: IdempotencyKey,
    _params: Params<NoParams>,
    sent: Sent<VoidRequest>,
) -> Answered {
    let (number, actor, once) = (*path, who.actor(), key.once(&request, &sent.bytes));
    Ok(written(blocking(&register, move |r| r.void_number(&actor, once.as_ref(), number, &sent.value.reason)).await?))
}

pub fn routes(config: &mut ServiceConfig) {
    config.service(continuity).service(reserve).service(void);
}
