//! The seal of an act, its proof, and the log of its authority.

use actix_web::http::header::CACHE_CONTROL;
use actix_web::web::{Bytes, Data, Path};
use actix_web::{HttpRequest, HttpResponse, get, post};
use futures_util::stream;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::access::{ActsSeal, AuditRead, Granted, Reading, RestrictedRead};
use super::conditional::{IdempotencyKey, written};
use super::query::{NoParams, Params};
use super::respond::{Answered, blocking, document, json, note};
use crate::proof::{Consistency, ProofBundle, WholeAct};
use crate::publish::Receipt;
use crate::record::{Id, Siren};
use crate::register::Register;

/// Whose log.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct LogParams {
    /// SIREN of the authority; needed without a token when the register holds several.
    authority: Option<Siren>,
}

/// How a log grew.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ConsistencyParams {
    /// SIREN of the authority; needed without a token when the register holds several.
    authority: Option<Siren>,
    /// Number of entries of the older checkpoint.
    #[serde(deserialize_with = "entries")]
    #[param(value_type = u64)]
    from: u64,
}

/// What a proof is to show besides.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ProofParams {
    /// Number of entries of an older checkpoint: that the log follows from it is proved as well.
    #[serde(default, deserialize_with = "some_entries")]
    #[param(value_type = Option<u64>)]
    from: Option<u64>,
}

fn entries<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    String::deserialize(deserializer)?.parse().map_err(|_| serde::de::Error::custom("a number of entries is a whole number"))
}

fn some_entries<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<u64>, D::Error> {
    entries(deserializer).map(Some)
}

/// Seal a deliberation
///
/// The act is final: its number is minted, and its sealed version goes to the end of the authority's log. Blocking findings hold the seal until
/// they are mended or waived; who recorded the act cannot seal it alone.
#[utoipa::path(operation_id = "sealDeliberation", tag = "life of acts", params(("id" = Id, Path)),
    security(("token" = ["acts:seal"])),
    responses((status = 201, description = "Sealed", body = Receipt, headers(("ETag" = String), ("Location" = String)))))]
#[post("/deliberations/{id}/seal")]
async fn seal(
    request: HttpRequest,
    register: Data<Register>,
    id: Path<Id>,
    who: Granted<ActsSeal>,
    key: IdempotencyKey,
    _params: Params<NoParams>,
) -> Answered {
    let (actor, once) = (who.actor(), key.once(&request, &Bytes::new()));
    Ok(written(blocking(&register, move |r| r.seal(&actor, once.as_ref(), *id)).await?))
}

/// Read the sealed document of a deliberation
///
/// All that was sealed, restricted particulars included: the document whose digest the act's entry in the log states as `whole_sha256`.
#[utoipa::path(operation_id = "getSealedDocument", tag = "life of acts",
    params(("id" = Id, Path)), security(("token" = ["restricted:read"])),
    responses((status = 200, description = "Canonical JSON (RFC 8785)", body = WholeAct, headers(("ETag" = String))),
        (status = 304, description = "Not modified")))]
#[get("/deliberations/{id}/seal")]
async fn sealed(request: HttpRequest, register: Data<Register>, id: Path<Id>, who: Granted<RestrictedRead>, _params: Params<NoParams>) -> Answered {
    let (id, reader) = (*id, who.reader());
    let found = blocking(&register, move |r| r.sealed_document(id, &reader)).await?;
    note(&request, &register, who.actor(), id).await?;
    Ok(document(&request, found))
}

/// Read the proof of a deliberation
///
/// The sealed act as the public is shown it, and the proof that it is in the log: `registre verify` checks it without the register.
#[utoipa::path(operation_id = "getProof", tag = "life of acts", params(("id" = Id, Path), ProofParams),
    security((), ("token" = [])), responses((status = 200, description = "The proof", body = ProofBundle)))]
#[get("/deliberations/{id}/proof")]
async fn proof(request: HttpRequest, register: Data<Register>, id: Path<Id>, reading: Reading, params: Params<ProofParams>) -> Answered {
    let (bundle, public) = blocking(&register, move |r| r.proof(*id, params.0.from, &reading.0)).await?;
    json(&request, &bundle, public)
}

/// Read the signed head of the log
///
/// A note (C2SP `signed-note`) of the size and the root of the log (C2SP `tlog-checkpoint`), signed with Ed25519.
#[utoipa::path(operation_id = "getCheckpoint", tag = "log", params(LogParams),
    security((), ("token" = [])), responses((status = 200, description = "The note", body = String, content_type = "text/plain")))]
#[get("/log/checkpoint")]
async fn checkpoint(register: Data<Register>, reading: Reading, params: Params<LogParams>) -> Answered {
    let note = blocking(&register, move |r| r.checkpoint(params.0.authority.as_ref(), &reading.0)).await?;
    Ok(HttpResponse::Ok().content_type("text/plain; charset=utf-8").insert_header((CACHE_CONTROL, "no-cache")).body(note))
}

/// Prove that the log only grew
///
/// That the log follows from what it was (RFC 9162 §2.1.4).
#[utoipa::path(operation_id = "getConsistency", tag = "log", params(ConsistencyParams),
    security((), ("token" = [])), responses((status = 200, description = "The proof", body = Consistency)))]
#[get("/log/consistency")]
async fn consistency(request: HttpRequest, register: Data<Register>, reading: Reading, params: Params<ConsistencyParams>) -> Answered {
    let ConsistencyParams { authority, from } = params.0;
    json(&request, &blocking(&register, move |r| r.consistency(authority.as_ref(), from, &reading.0)).await?, false)
}

/// Export the log
///
/// Newline-delimited JSON: a header with the signed head, then a line for each entry: `registre verify` checks it without the register.
#[utoipa::path(operation_id = "exportLog", tag = "log", security(("token" = ["audit:read"])),
    responses((status = 200, description = "Every entry, in order", body = String, content_type = "application/x-ndjson")))]
#[get("/log/entries")]
async fn export(register: Data<Register>, who: Granted<AuditRead>, _params: Params<NoParams>) -> Answered {
    let authority = who.caller.authority.clone();
    let (first, size) = {
        let authority = authority.clone();
        blocking(&register, move |r| r.log_begins(&authority)).await?
    };
    let begun = stream::once(async move { Ok::<_, actix_web::Error>(Bytes::from(first)) });
    let entries = stream::unfold((size > 0).then_some(0i64), move |from| {
        let (register, authority) = (register.clone(), authority.clone());
        async move {
            let from = from?;
            match blocking(&register, move |r| r.log_goes_on(&authority, from, size)).await {
                Ok(page) => Some((Ok(Bytes::from(page.lines)), page.next)),
                // The reader sees a body that breaks off: a log without its last lines does not verify.
                Err(problem) => Some((Err(problem.into()), None)),
            }
        }
    });
    Ok(HttpResponse::Ok().content_type("application/x-ndjson").streaming(futures_util::StreamExt::chain(begun, entries)))
}

pub fn routes(config: &mut ServiceConfig) {
    config.service(seal).service(sealed).service(proof).service(checkpoint).service(consistency).service(export);
}
