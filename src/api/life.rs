//! What becomes of an act: where it stands, the facts on it, what puts it right.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, get, post};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use super::access::{ActsPublish, ActsRectify, AnyToken, DeliberationsWrite, FindingsWaive, Granted, Reading};
use super::body::Sent;
use super::conditional::{IdempotencyKey, written};
use super::page::{Links, List};
use super::problem::Problem;
use super::query::{NoParams, Params};
use super::respond::{Answered, blocking, list};
use super::tokens::Scope;
use crate::publish::Receipt;
use crate::record::{Fact, FactKind, Id, PersonRef, RecordedFact, Rectification, Waiver, Workflow};
use crate::register::{RecordedRectification, Register};

/// Where an act goes.
#[derive(Deserialize, Serialize, ToSchema)]
pub struct MoveRequest {
    pub to: Workflow,
    /// Kept in the change log.
    #[serde(default)]
    pub reason: Option<String>,
}

/// A publication.
#[derive(Deserialize, Serialize, ToSchema)]
pub struct PublicationRequest {
    /// The day on which it was posted, in the authority's time zone.
    pub on: NaiveDate,
    #[serde(default)]
    pub at: Option<DateTime<Utc>>,
    /// Last day; two months at least after the first. Null: without end.
    #[serde(default)]
    pub until: Option<NaiveDate>,
    /// Its address.
    pub place: String,
    /// Given name, family name and office of the act's author (CGCT R3131-2).
    pub author: PersonRef,
    /// SHA-256 of what was posted, in a format that cannot be changed.
    #[schema(pattern = "^[0-9a-fA-F]{64}$", example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    pub digest: String,
    /// The file that was posted, where the register holds it.
    #[serde(default)]
    pub file: Option<Id>,
}

/// A notification to one addressee.
#[derive(Deserialize, Serialize, ToSchema)]
pub struct NotificationRequest {
    pub on: NaiveDate,
    #[serde(default)]
    pub at: Option<DateTime<Utc>>,
    /// Not shown to the public.
    pub addressee: String,
    /// What proves it: the number of a receipt.
    #[serde(default)]
    pub source: Option<String>,
}

/// The scope that recording a fact needs.
const fn scope(kind: FactKind) -> Scope {
    match kind {
        FactKind::Signed | FactKind::AgreementSigned | FactKind::AgreementPaid | FactKind::AgreementEnded => Scope::ActsSeal,
        FactKind::Transmitted
        | FactKind::Received
        | FactKind::TransmissionRefused
        | FactKind::PiecesRequested
        | FactKind::PiecesSent
        | FactKind::PiecesRefused
        | FactKind::Observations
        | FactKind::ObservationsAnswered
        | FactKind::Referred => Scope::ActsTransmit,
        FactKind::Published | FactKind::Unpublished | FactKind::Notified => Scope::ActsPublish,
        FactKind::Suspended | FactKind::SuspensionEnded | FactKind::Annulled | FactKind::Repealed | FactKind::Rescinded => Scope::ActsRectify,
    }
}

/// Move a deliberation
///
/// Draft, on the agenda, deliberated; withdrawn and postponed take it off the agenda. A move that is not allowed names those that are.
#[utoipa::path(operation_id = "moveDeliberation", tag = "life of acts", params(("id" = Id, Path)),
    request_body = MoveRequest, security(("token" = ["deliberations:write"])),
    responses((status = 200, description = "Moved", body = Receipt, headers(("ETag" = String)))))]
#[post("/deliberations/{id}/workflow")]
async fn advance(
    request: HttpRequest,
    register: Data<Register>,
    id: Path<Id>,
    who: Granted<DeliberationsWrite>,
    key: IdempotencyKey,
    _params: Params<NoParams>,
    sent: Sent<MoveRequest>,
) -> Answered {
    let (actor, once) = (who.actor(), key.once(&request, &sent.bytes));
    let MoveRequest { to, reason } = sent.value;
    Ok(written(blocking(&register, move |r| r.move_deliberation(&actor, once.as_ref(), *id, to, reason.as_deref())).await?))
}

/// Read the facts on a deliberation
///
/// In the order in which they were recorded. The public sees those that are public, without addressees.
#[utoipa::path(operation_id = "listFacts", tag = "life of acts", params(("id" = Id, Path)),
    security((), ("token" = [])), responses((status = 200, description = "Every fact", body = List<RecordedFact>)))]
#[get("/deliberations/{id}/facts")]
async fn facts(request: HttpRequest, register: Data<Register>, id: Path<Id>, reading: Reading, _params: Params<NoParams>) -> Answered {
    let (facts, public) = blocking(&register, move |r| r.facts(*id, &reading.0)).await?;
    list(&request, facts, Links { next: None }, public)
}

/// Record a fact on a deliberation
///
/// The scope that it needs goes with its kind: `acts:seal` for a signature, `acts:transmit`, `acts:publish`, `acts:rectify`.
#[utoipa::path(operation_id = "addFact", tag = "life of acts", params(("id" = Id, Path)),
    request_body = Fact,
    security(("token" = ["acts:seal"]), ("token" = ["acts:transmit"]), ("token" = ["acts:publish"]), ("token" = ["acts:rectify"])),
    responses((status = 201, description = "Recorded", body = Receipt, headers(("ETag" = String), ("Location" = String)))))]
#[post("/deliberations/{id}/facts")]
async fn add_fact(
    request: HttpRequest,
    register: Data<Register>,
    id: Path<Id>,
    who: Granted<AnyToken>,
    key: IdempotencyKey,
    _params: Params<NoParams>,
    sent: Sent<Fact>,
) -> Answered {
    let needed = scope(sent.value.kind);
    if !who.caller.scopes.contains(needed) {
        return Err(Problem::scope(needed.wire()));
    }
    record(&request, register, *id, &who, key, &sent.bytes, sent.value).await
}

/// Record a publication
///
/// Posted where, by whom, until when, and the digest of what was posted.
#[utoipa::path(operation_id = "addPublication", tag = "life of acts", params(("id" = Id, Path)),
    request_body = PublicationRequest, security(("token" = ["acts:publish"])),
    responses((status = 201, description = "Recorded", body = Receipt, headers(("ETag" = String), ("Location" = String)))))]
#[post("/deliberations/{id}/publication")]
async fn publish(
    request: HttpRequest,
    register: Data<Register>,
    id: Path<Id>,
    who: Granted<ActsPublish>,
    key: IdempotencyKey,
    _params: Params<NoParams>,
    sent: Sent<PublicationRequest>,
) -> Answered {
    let PublicationRequest { on, at, until, place, author, digest, file } = sent.value;
    let fact =
        Fact { at, until, place: Some(place), author: Some(author), digest: Some(digest), file, ..Fact::new(Id::mint(), FactKind::Published, on) };
    record(&request, register, *id, &who, key, &sent.bytes, fact).await
}

/// Record a notification
///
/// To one addressee, with its date.
#[utoipa::path(operation_id = "addNotification", tag = "life of acts", params(("id" = Id, Path)),
    request_body = NotificationRequest, security(("token" = ["acts:publish"])),
    responses((status = 201, description = "Recorded", body = Receipt, headers(("ETag" = String), ("Location" = String)))))]
#[post("/deliberations/{id}/notifications")]
async fn notify(
    request: HttpRequest,
    register: Data<Register>,
    id: Path<Id>,
    who: Granted<ActsPublish>,
    key: IdempotencyKey,
    _params: Params<NoParams>,
    sent: Sent<NotificationRequest>,
) -> Answered {
    let NotificationRequest { on, at, addressee, source } = sent.value;
    let fact = Fact { at, source, addressee: Some(addressee), ..Fact::new(Id::mint(), FactKind::Notified, on) };
    record(&request, register, *id, &who, key, &sent.bytes, fact).await
}

async fn record<S>(
    request: &HttpRequest,
    register: Data<Register>,
    id: Id,
    who: &Granted<S>,
    key: IdempotencyKey,
    bytes: &bytes::Bytes,
    fact: Fact,
) -> Answered {
    let (actor, once) = (who.actor(), key.once(request, bytes));
    Ok(written(blocking(&register, move |r| r.add_fact(&actor, once.as_ref(), id, &fact)).await?))
}

/// Waive a finding
///
/// A finding that is there is set aside with the reason, which becomes part of the record: it no longer holds the seal.
#[utoipa::path(operation_id = "waiveFinding", tag = "life of acts", params(("id" = Id, Path)),
    request_body = Waiver, security(("token" = ["findings:waive"])),
    responses((status = 201, description = "Waived", body = Receipt, headers(("ETag" = String), ("Location" = String)))))]
#[post("/deliberations/{id}/waivers")]
async fn waive(
    request: HttpRequest,
    register: Data<Register>,
    id: Path<Id>,
    who: Granted<FindingsWaive>,
    key: IdempotencyKey,
    _params: Params<NoParams>,
    sent: Sent<Waiver>,
) -> Answered {
    let (actor, once) = (who.actor(), key.once(&request, &sent.bytes));
    Ok(written(blocking(&register, move |r| r.waive(&actor, once.as_ref(), *id, sent.value)).await?))
}

/// Read what puts a deliberation right
///
/// In the order in which they were recorded.
#[utoipa::path(operation_id = "listRectifications", tag = "life of acts", params(("id" = Id, Path)),
    security((), ("token" = [])), responses((status = 200, description = "Every rectification", body = List<RecordedRectification>)))]
#[get("/deliberations/{id}/rectifications")]
async fn rectifications(request: HttpRequest, register: Data<Register>, id: Path<Id>, reading: Reading, _params: Params<NoParams>) -> Answered {
    let (all, public) = blocking(&register, move |r| r.rectifications(*id, &reading.0)).await?;
    list(&request, all, Links { next: None }, public)
}

/// Put a deliberation right
///
/// Beside the act, which stays as it is. A repeal, a rescission or an annulment is recorded as a fact as well.
#[utoipa::path(operation_id = "addRectification", tag = "life of acts", params(("id" = Id, Path)),
    request_body = Rectification, security(("token" = ["acts:rectify"])),
    responses((status = 201, description = "Recorded", body = Receipt, headers(("ETag" = String), ("Location" = String)))))]
#[post("/deliberations/{id}/rectifications")]
async fn rectify(
    request: HttpRequest,
    register: Data<Register>,
    id: Path<Id>,
    who: Granted<ActsRectify>,
    key: IdempotencyKey,
    _params: Params<NoParams>,
    sent: Sent<Rectification>,
) -> Answered {
    let (actor, once) = (who.actor(), key.once(&request, &sent.bytes));
    Ok(written(blocking(&register, move |r| r.rectify(&actor, once.as_ref(), *id, &sent.value)).await?))
}

pub fn routes(config: &mut ServiceConfig) {
    config.service(advance).service(facts).service(add_fact).service(publish).service(notify).service(waive).service(rectifications).service(rectify);
}
