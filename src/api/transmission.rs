//! An act and @CTES: what is sent, and what comes back.

use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION};
use actix_web::web::{Bytes, Data, Path};
use actix_web::{HttpRequest, HttpResponse, get, post};
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::access::{ActsTransmit, Granted, Reading};
use super::conditional::written;
use super::query::{NoParams, Params};
use super::respond::{Answered, blocking, json};
use crate::record::Id;
use crate::register::{MessageReceived, Register, Transmission};

/// By which classification.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct MessageParams {
    /// Date of the prefecture's classification (`ClassificationDateVersion`).
    classification: NaiveDate,
}

/// The identifier, the number as it is sent, the matter, the subject; and what is missing, where it cannot be sent.
#[utoipa::path(operation_id = "getTransmission", tag = "life of acts", summary = "Read what is sent of a deliberation", params(("id" = Id, Path)),
    security((), ("token" = [])), responses((status = 200, description = "What is sent", body = Transmission)))]
#[get("/deliberations/{id}/transmission")]
async fn transmission(request: HttpRequest, register: Data<Register>, id: Path<Id>, reading: Reading, _params: Params<NoParams>) -> Answered {
    let (answer, public) = blocking(&register, move |r| r.transmission(*id, &reading.0)).await?;
    json(&request, &answer, public)
}

/// The `Acte` message of a sealed act (`actesv1_1.xsd`, ISO-8859-1), under the file name that operators take.
#[utoipa::path(operation_id = "getActMessage", tag = "life of acts", summary = "Export the @CTES message of a deliberation",
    params(("id" = Id, Path), MessageParams), security(("token" = ["acts:transmit"])),
    responses((status = 200, description = "The message", body = String, content_type = "application/xml")))]
#[get("/deliberations/{id}/transmission/message")]
async fn message(register: Data<Register>, id: Path<Id>, who: Granted<ActsTransmit>, params: Params<MessageParams>) -> Answered {
    let reader = crate::register::Reader { authority: Some(who.caller.authority.clone()), restricted: false };
    let (name, xml) = blocking(&register, move |r| r.act_message(*id, params.0.classification, &reader)).await?;
    Ok(HttpResponse::Ok()
        .content_type("application/xml; charset=iso-8859-1")
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .insert_header((CACHE_CONTROL, "no-store"))
        .body(xml))
}

/// `ARActe`, `AnomalieActe`, a letter of the prefect: the fact that it tells is recorded on its act, once however often it comes. A receipt of
/// another act, or of something else than what was sent, is refused.
#[utoipa::path(operation_id = "takeMessage", tag = "life of acts", summary = "Take in a message of the prefecture",
    request_body(content = String, content_type = "application/xml"), security(("token" = ["acts:transmit"])),
    responses((status = 201, description = "Recorded", body = MessageReceived, headers(("ETag" = String), ("Location" = String))),
        (status = 200, description = "Known, or no fact", body = MessageReceived)))]
#[post("/transmissions/messages")]
async fn take(register: Data<Register>, who: Granted<ActsTransmit>, _params: Params<NoParams>, body: Bytes) -> Answered {
    let actor = who.actor();
    Ok(written(blocking(&register, move |r| r.take_message(&actor, &body)).await?))
}

pub fn routes(config: &mut ServiceConfig) {
    config.service(transmission).service(message).service(take);
}
