//! Before a sitting: the convening and its clock, recusals to think of, and a new sitting prepared from the last.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, get, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::access::{Granted, RecordsRead, RestrictedRead, SittingsWrite};
use super::body::Sent;
use super::conditional::{IdempotencyKey, written};
use super::page::{Links, List};
use super::query::{NoParams, Params};
use super::respond::{Answered, blocking, json, list, note};
use crate::publish::Receipt;
use crate::record::Id;
use crate::register::{ConveningReading, Register, SittingCopy};
use crate::rules::ProposedRecusal;

/// Read the convening of a sitting
///
/// The report clock of each item, and what went out to each member of the roster of the day.
#[utoipa::path(operation_id = "getConvening", tag = "sittings", params(("id" = Id, Path)),
    security(("token" = ["records:read"])), responses((status = 200, description = "Clock and dispatches", body = ConveningReading)))]
#[get("/sittings/{id}/convening")]
async fn convening(request: HttpRequest, register: Data<Register>, id: Path<Id>, who: Granted<RecordsRead>, _params: Params<NoParams>) -> Answered {
    let authority = who.caller.authority.clone();
    json(&request, &blocking(&register, move |r| r.convening(&authority, *id)).await?, false)
}

/// List recusals to think of
///
/// In full. Standing declarations of interest in force on the day that meet the agenda. Proposed, never imposed: nothing is written, and an item
/// that none meets may still call for a recusal.
#[utoipa::path(operation_id = "listProposedRecusals", tag = "sittings", params(("id" = Id, Path)),
    security(("token" = ["restricted:read"])), responses((status = 200, description = "Every proposal", body = List<ProposedRecusal>)))]
#[get("/sittings/{id}/proposed-recusals")]
async fn proposed(request: HttpRequest, register: Data<Register>, id: Path<Id>, who: Granted<RestrictedRead>, _params: Params<NoParams>) -> Answered {
    let (authority, id) = (who.caller.authority.clone(), *id);
    let proposals = blocking(&register, move |r| r.proposed_recusals(&authority, id)).await?;
    note(&request, &register, who.actor(), id).await?;
    list(&request, proposals, Links { next: None }, false)
}

/// Prepare a sitting from another
///
/// A recorded sitting of the same body: place, chair, secretaries, parts and the terms of the convening are as they were; the attendance is the
/// roster of the new day, and nobody is said to be present. Nothing that happened is copied.
#[utoipa::path(operation_id = "copySitting", tag = "sittings", params(("id" = Id, Path)),
    request_body = SittingCopy, security(("token" = ["sittings:write"])),
    responses((status = 201, description = "Recorded", body = Receipt, headers(("ETag" = String), ("Location" = String)))))]
#[post("/sittings/{id}/copy")]
async fn copy(
    request: HttpRequest,
    register: Data<Register>,
    id: Path<Id>,
    who: Granted<SittingsWrite>,
    key: IdempotencyKey,
    _params: Params<NoParams>,
    sent: Sent<SittingCopy>,
) -> Answered {
    let (actor, once) = (who.actor(), key.once(&request, &sent.bytes));
    Ok(written(blocking(&register, move |r| r.copy_sitting(&actor, once.as_ref(), *id, Id::mint(), sent.value)).await?))
}

pub fn routes(config: &mut ServiceConfig) {
    config.service(convening).service(proposed).service(copy);
}
