//! An act and @CTES: what is sent, and what comes back.

use std::fs::File;
use std::io::{self, Read};
use std::num::NonZeroU32;
use std::thread;

use actix_web::body::SizedStream;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, ContentEncoding};
use actix_web::web::{self, Bytes, Data, Path};
use actix_web::{HttpRequest, HttpResponse, get, post};
use chrono::NaiveDate;
use futures_util::{StreamExt, stream};
use serde::Deserialize;
use tokio::runtime::Handle;
use tokio::sync::oneshot;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::access::{ActsTransmit, Granted, Reading};
use super::body::SentXml;
use super::conditional::{IdempotencyKey, written};
use super::files::FileBytes;
use super::problem::{Kind, Problem};
use super::query::{NoParams, Params};
use super::respond::{Answered, blocking, json};
use crate::record::Id;
use crate::register::{ArchiveAsked, MessageReceived, Register, Transmission, TransmissionArchive};

/// By which classification.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct MessageParams {
    /// Date of the prefecture's classification (`ClassificationDateVersion`).
    classification: NaiveDate,
}

/// Read what is sent of a deliberation
///
/// The identifier, the number as it is sent, the matter, the subject; and what is missing, where it cannot be sent.
#[utoipa::path(operation_id = "getTransmission", tag = "life of acts", params(("id" = Id, Path)),
    security((), ("token" = [])), responses((status = 200, description = "What is sent", body = Transmission)))]
#[get("/deliberations/{id}/transmission")]
async fn transmission(request: HttpRequest, register: Data<Register>, id: Path<Id>, reading: Reading, _params: Params<NoParams>) -> Answered {
    let (answer, public) = blocking(&register, move |r| r.transmission(*id, &reading.0)).await?;
    json(&request, &answer, public)
}

/// Export the @CTES message of a deliberation
///
/// The `Acte` message of a sealed act (`actesv1_1.xsd`, ISO-8859-1), under the file name that operators take.
#[utoipa::path(operation_id = "getActMessage", tag = "life of acts",
    params(("id" = Id, Path), MessageParams), security(("token" = ["acts:transmit"])),
    responses((status = 200, description = "The message", body = String, content_type = "application/xml")))]
#[get("/deliberations/{id}/transmission/message")]
async fn message(register: Data<Register>, id: Path<Id>, who: Granted<ActsTransmit>, params: Params<MessageParams>) -> Answered {
    let reader = crate::register::Reader { authority: Some(who.caller.authority.clone()), restricted: false, seen: None };
    let (name, xml) = blocking(&register, move |r| r.act_message(*id, params.0.classification, &reader)).await?;
    Ok(HttpResponse::Ok()
        .content_type("application/xml; charset=iso-8859-1")
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .insert_header((CACHE_CONTROL, "no-store"))
        .body(xml))
}

/// For whom, under which classification, in which envelope.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ArchiveParams {
    /// The operator (tiers de télétransmission), by its three capitals.
    #[param(value_type = String, pattern = "^[A-Z]{3}$")]
    operator: Operator,
    /// Date of the prefecture's classification (`ClassificationDateVersion`).
    classification: NaiveDate,
    /// Number of the envelope in its day, from 1.
    #[param(value_type = u32, minimum = 1)]
    number: EnvelopeNumber,
    /// Day of the envelope.
    on: NaiveDate,
}

#[derive(Deserialize)]
#[serde(try_from = "String")]
struct Operator(String);

impl TryFrom<String> for Operator {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        let capitals = text.len() == 3 && text.bytes().all(|b| b.is_ascii_uppercase());
        if capitals { Ok(Self(text)) } else { Err("an operator is three capitals") }
    }
}

/// A parameter comes as text.
#[derive(Deserialize)]
#[serde(try_from = "String")]
struct EnvelopeNumber(NonZeroU32);

impl TryFrom<String> for EnvelopeNumber {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse().map(Self).map_err(|_| "envelopes are numbered from 1")
    }
}

/// What goes out at once.
const PIECE: usize = 64 * 1024;

/// Export the @CTES archive of a deliberation
///
/// Envelope, `Acte` message, PDF of the act (the last file that is `transmitted`, else `signed_original`) and annexes in the order of the act, as
/// operators take them. The same bytes for the same act and files; nothing is noted as sent.
#[utoipa::path(operation_id = "getTransmissionArchive", tag = "life of acts",
    params(("id" = Id, Path), ArchiveParams), security(("token" = ["acts:transmit"])),
    responses((status = 200, description = "The archive (`.tar.gz`)", body = FileBytes, content_type = "application/gzip",
        headers(("Content-Disposition" = String)))))]
#[get("/deliberations/{id}/transmission/archive")]
async fn transmission_archive(register: Data<Register>, id: Path<Id>, who: Granted<ActsTransmit>, params: Params<ArchiveParams>) -> Answered {
    let reader = crate::register::Reader { authority: Some(who.caller.authority.clone()), restricted: false, seen: None };
    let ArchiveParams { operator, classification, number, on } = params.0;
    let asked = ArchiveAsked { operator: operator.0, classification, on, number: number.0.get() };
    let archive = blocking(&register, move |r| r.transmission_archive(*id, &asked, &reader)).await?;
    let disposition = format!("attachment; filename=\"{}\"", archive.name);
    let (file, length) = written_apart(&register, archive).await?;
    let pieces = stream::try_unfold(file, |mut file| async move {
        let read = move || {
            let mut piece = Vec::with_capacity(PIECE);
            (&mut file).take(u64::try_from(PIECE).unwrap_or(u64::MAX)).read_to_end(&mut piece)?;
            Ok::<_, io::Error>((!piece.is_empty()).then(|| (Bytes::from(piece), file)))
        };
        web::block(read).await.map_err(io::Error::other)?
    });
    Ok(HttpResponse::Ok()
        .content_type("application/gzip")
        .insert_header((CONTENT_DISPOSITION, disposition))
        .insert_header((CACHE_CONTROL, "no-store"))
        // It is compressed already.
        .insert_header(ContentEncoding::Identity)
        .body(SizedStream::new(length, pieces.boxed())))
}

/// On a thread of its own: one of the runtime's would wait for others of them to read the files, and all of them could wait so at once.
async fn written_apart(register: &Data<Register>, archive: TransmissionArchive) -> Result<(File, u64), Problem> {
    let (register, runtime) = (register.clone(), Handle::current());
    let (tell, told) = oneshot::channel();
    let work = move || {
        // Nobody listens any more where the request was given up.
        let _ = tell.send(register.write_archive(archive, &runtime));
    };
    thread::Builder::new().name("archive".to_owned()).spawn(work).map_err(|_| Problem::new(Kind::Internal))?;
    Ok(told.await.map_err(|_| Problem::new(Kind::Internal))??)
}

/// Take in a message of the prefecture
///
/// `ARActe`, `AnomalieActe`, a letter of the prefect: the fact that it tells is recorded on its act, once however often it comes. A receipt of
/// another act, or of something else than what was sent, is refused.
#[utoipa::path(operation_id = "takeMessage", tag = "life of acts",
    request_body(content = String, content_type = "application/xml"), security(("token" = ["acts:transmit"])),
    responses((status = 201, description = "Recorded", body = MessageReceived, headers(("ETag" = String), ("Location" = String))),
        (status = 200, description = "Known, or no fact", body = MessageReceived)))]
#[post("/transmissions/messages")]
async fn take(
    request: HttpRequest,
    register: Data<Register>,
    who: Granted<ActsTransmit>,
    key: IdempotencyKey,
    _params: Params<NoParams>,
    sent: SentXml,
) -> Answered {
    let (actor, once) = (who.actor(), key.once(&request, &sent.0));
    Ok(written(blocking(&register, move |r| r.take_message(&actor, once.as_ref(), &sent.0)).await?))
}

pub fn routes(config: &mut ServiceConfig) {
    config.service(transmission).service(message).service(transmission_archive).service(take);
}
