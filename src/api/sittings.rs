//! Sittings, and their parts read one by one.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, get, post, put};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use super::access::{ActsPublish, AuditRead, Granted, Reading, RestrictedRead, SittingsWrite};
use super::body::Sent;
use super::conditional::{self, IdempotencyKey, IfMatch, written};
use super::external_id::SchemeValue;
use super::kept::Keeping;
use super::page::{Limit, Links, List, links, place};
use super::problem::{Kind, Problem};
use super::query::{NoParams, Params, day, instant};
use super::respond::{Answered, PatchOperation, blocking, document, json, list, note, note_reading};
use crate::publish::{Receipt, SittingAnswer, SittingSummary, VersionSummary};
use crate::record::{AgendaItem, AttendanceList, Ballot, Event, Id, Origin, Outcome, Siren, SittingRecord, Visibility};
use crate::register::{BallotReading, Page, Register};
use crate::rules::presence::{Presence, When};
use crate::store::SittingFilter;

/// Which sittings.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SittingParams {
    /// SIREN of the authority; needed without a token when the register holds several.
    authority: Option<Siren>,
    body: Option<Id>,
    /// First day.
    #[serde(default, deserialize_with = "day")]
    date_from: Option<NaiveDate>,
    /// Last day.
    #[serde(default, deserialize_with = "day")]
    date_to: Option<NaiveDate>,
    origin: Option<Origin>,
    /// A person named in a list of attendance.
    member: Option<Id>,
    /// A ballot of the sitting had this outcome.
    outcome: Option<Outcome>,
    /// `scheme:value`
    #[param(value_type = Option<String>, pattern = "^[^:]+:.+$", example = "webdelib:302")]
    external_id: Option<SchemeValue>,
    /// Changed at or after this instant.
    #[serde(default, deserialize_with = "instant")]
    modified_since: Option<DateTime<Utc>>,
    /// 1 to 200; 50 when not said.
    #[param(value_type = Option<u8>, minimum = 1, maximum = 200)]
    limit: Option<Limit>,
    /// From `links.next`.
    cursor: Option<String>,
}

/// At which moment.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct MomentParams {
    /// At this instant.
    #[serde(default, deserialize_with = "instant")]
    at: Option<DateTime<Utc>>,
    /// When this agenda item is taken.
    item: Option<Id>,
}

/// Why a record is changed.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ReasonParams {
    /// Kept with the version.
    pub reason: Option<String>,
}

/// A page of versions.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct VersionParams {
    /// 1 to 200; 50 when not said.
    #[param(value_type = Option<u8>, minimum = 1, maximum = 200)]
    pub limit: Option<Limit>,
    /// From `links.next`.
    pub cursor: Option<String>,
}

/// Who may read.
#[derive(Deserialize, Serialize, ToSchema)]
pub struct VisibilityRequest {
    pub visibility: Visibility,
}

/// The lists as printed, and who was there at a moment as they and the timeline tell.
#[derive(Serialize, ToSchema)]
pub struct AttendanceAnswer {
    pub lists: Vec<AttendanceList>,
    pub presence: Presence,
}

/// List sittings
///
/// From the latest to the earliest.
#[utoipa::path(operation_id = "listSittings", tag = "sittings", params(SittingParams), security((), ("token" = [])),
    responses((status = 200, description = "A page", body = List<SittingSummary>)))]
#[get("/sittings")]
async fn list_all(request: HttpRequest, register: Data<Register>, reading: Reading, params: Params<SittingParams>) -> Answered {
    let params = params.0;
    let page = Page { authority: params.authority, limit: Limit::lines(params.limit) };
    let text = |id: Option<Id>| id.map(|id| id.to_string());
    let filter = SittingFilter {
        body: text(params.body),
        date_from: params.date_from,
        date_to: params.date_to,
        origin: params.origin.map(|o| o.wire().to_owned()),
        member: text(params.member),
        outcome: params.outcome.map(|o| o.wire().to_owned()),
        external_id: params.external_id.map(|e| (e.scheme, e.value)),
        modified_since: params.modified_since.map(|t| t.naive_utc()),
        after: place(params.cursor.as_deref())?,
        ..SittingFilter::default()
    };
    let keeping = Keeping::before(&request, &register, &reading.0, page.authority.as_ref());
    let listed = blocking(&register, move |r| r.sittings(&reading.0, &page, filter)).await?;
    keeping.list(listed.lines, links(&request, listed.next), listed.public)
}

/// Record a sitting
///
/// A sitting goes in whole, transcribed or recorded. It is internal until it is made public.
#[utoipa::path(operation_id = "addSitting", tag = "sittings", request_body = SittingRecord,
    security(("token" = ["sittings:write"])),
    responses((status = 201, description = "Recorded", body = Receipt, headers(("ETag" = String), ("Location" = String)))))]
#[post("/sittings")]
async fn add(
    request: HttpRequest,
    register: Data<Register>,
    who: Granted<SittingsWrite>,
    key: IdempotencyKey,
    _params: Params<NoParams>,
    sent: Sent<SittingRecord>,
) -> Answered {
    let (actor, once) = (who.actor(), key.once(&request, &sent.bytes));
    Ok(written(blocking(&register, move |r| r.add_sitting(&actor, once.as_ref(), Id::mint(), sent.value)).await?))
}

/// Read a sitting
///
/// The record, with what the register adds to it.
#[utoipa::path(operation_id = "getSitting", tag = "sittings", params(("id" = Id, Path)), security((), ("token" = [])),
    responses((status = 200, description = "The sitting", body = SittingAnswer, headers(("ETag" = String))),
        (status = 304, description = "Not modified")))]
#[get("/sittings/{id}")]
async fn one(request: HttpRequest, register: Data<Register>, id: Path<Id>, reading: Reading, _params: Params<NoParams>) -> Answered {
    let id = *id;
    let answer = match register.kept("sitting", id, &reading.0) {
        Some(kept) => kept,
        None => {
            let reader = reading.0.clone();
            blocking(&register, move |r| r.sitting(id, &reader)).await?
        }
    };
    if !answer.public {
        note_reading(&request, &register, &reading, id).await?;
    }
    Ok(conditional::kept(&request, &answer.etag, answer.public, &answer.body))
}

/// Read a sitting's record
///
/// Canonical JSON (RFC 8785), whole: its tag is what `If-Match` wants.
#[utoipa::path(operation_id = "getSittingRecord", tag = "sittings", params(("id" = Id, Path)),
    security(("token" = ["restricted:read"])),
    responses((status = 200, description = "The record", body = SittingRecord, headers(("ETag" = String))),
        (status = 304, description = "Not modified")))]
#[get("/sittings/{id}/record")]
async fn read_record(
    request: HttpRequest,
    register: Data<Register>,
    id: Path<Id>,
    who: Granted<RestrictedRead>,
    _params: Params<NoParams>,
) -> Answered {
    let (id, reader) = (*id, who.reader());
    let found = blocking(&register, move |r| r.sitting_document(id, &reader)).await?;
    note(&request, &register, who.actor(), id).await?;
    Ok(document(&request, found))
}

/// Replace a sitting's record
///
/// Whole: what is absent becomes unknown.
#[utoipa::path(operation_id = "replaceSittingRecord", tag = "sittings",
    params(("id" = Id, Path), ReasonParams), request_body = SittingRecord, security(("token" = ["sittings:write"])),
    responses((status = 200, description = "Replaced", body = Receipt, headers(("ETag" = String)))))]
#[put("/sittings/{id}/record")]
async fn replace(
    register: Data<Register>,
    id: Path<Id>,
    who: Granted<SittingsWrite>,
    matching: IfMatch,
    params: Params<ReasonParams>,
    sent: Sent<SittingRecord>,
) -> Answered {
    let actor = who.actor();
    let work = move |r: &Register| r.replace_sitting(&actor, &matching.0, params.0.reason.as_deref(), *id, sent.value);
    Ok(written(blocking(&register, work).await?))
}

/// Make a sitting public or internal
///
/// Apart from legal publication: it creates no legal date.
#[utoipa::path(operation_id = "setSittingVisibility", tag = "sittings", params(("id" = Id, Path)),
    request_body = VisibilityRequest, security(("token" = ["acts:publish"])),
    responses((status = 200, description = "Set", body = Receipt, headers(("ETag" = String)))))]
#[put("/sittings/{id}/visibility")]
async fn show(
    register: Data<Register>,
    id: Path<Id>,
    who: Granted<ActsPublish>,
    _params: Params<NoParams>,
    sent: Sent<VisibilityRequest>,
) -> Answered {
    let actor = who.actor();
    Ok(written(blocking(&register, move |r| r.show_sitting(&actor, *id, sent.value.visibility)).await?))
}

/// A part of a sitting, as a list without further pages.
async fn part<T: Serialize>(
    request: &HttpRequest,
    register: &Data<Register>,
    id: Id,
    reading: Reading,
    of: impl FnOnce(SittingRecord) -> Vec<T>,
) -> Answered {
    let (record, public) = blocking(register, move |r| r.sitting_record(id, &reading.0)).await?;
    list(request, of(record), Links { next: None }, public)
}

/// Read the timeline of a sitting
///
/// In full. A record that is silent gives an empty list; the sitting itself tells the two apart.
#[utoipa::path(operation_id = "getTimeline", tag = "sittings", params(("id" = Id, Path)),
    security((), ("token" = [])), responses((status = 200, description = "Every event", body = List<Event>)))]
#[get("/sittings/{id}/timeline")]
async fn timeline(request: HttpRequest, register: Data<Register>, id: Path<Id>, reading: Reading, _params: Params<NoParams>) -> Answered {
    part(&request, &register, *id, reading, |s| s.timeline.unwrap_or_default()).await
}

/// Add an event to a live sitting
///
/// An event of a recorded sitting: it is never changed.
#[utoipa::path(operation_id = "addEvent", tag = "sittings", params(("id" = Id, Path)),
    request_body = Event, security(("token" = ["sittings:write"])),
    responses((status = 201, description = "Added", body = Receipt, headers(("ETag" = String), ("Location" = String)))))]
#[post("/sittings/{id}/timeline")]
async fn add_event(
    request: HttpRequest,
    register: Data<Register>,
    id: Path<Id>,
    who: Granted<SittingsWrite>,
    key: IdempotencyKey,
    _params: Params<NoParams>,
    sent: Sent<Event>,
) -> Answered {
    let (actor, once) = (who.actor(), key.once(&request, &sent.bytes));
    Ok(written(blocking(&register, move |r| r.add_event(&actor, once.as_ref(), *id, sent.value)).await?))
}

/// Read the attendance of a sitting
///
/// The lists as printed, and the presence that follows from them and from the timeline: at an instant, at an item, or over the whole sitting.
#[utoipa::path(operation_id = "getAttendance", tag = "sittings",
    params(("id" = Id, Path), MomentParams), security((), ("token" = [])),
    responses((status = 200, description = "Lists and presence", body = AttendanceAnswer)))]
#[get("/sittings/{id}/attendance")]
async fn attendance(request: HttpRequest, register: Data<Register>, id: Path<Id>, reading: Reading, params: Params<MomentParams>) -> Answered {
    let (item, at) = (params.0.item, params.0.at);
    let when = move |record: &SittingRecord| match (item, at) {
        (Some(_), Some(_)) => {
            Err(Problem::new(Kind::InvalidParameter).at("at", "either", "donnez `at` ou `item`, pas les deux", "give `at` or `item`, not both"))
        }
        (Some(item), None) if record.agenda.iter().any(|a| a.id == item) => Ok(When::Item(item)),
        (Some(_), None) => {
            Err(Problem::new(Kind::InvalidParameter).at("item", "unknown_item", "ce point n'est pas à l'ordre du jour", "no such agenda item"))
        }
        (None, Some(at)) => Ok(When::At(at)),
        (None, None) => Ok(When::Whole),
    };
    let (lists, presence, public) = blocking(&register, move |r| r.attendance(*id, &reading.0, when)).await??;
    json(&request, &AttendanceAnswer { presence, lists }, public)
}

/// Read the agenda of a sitting
///
/// In full.
#[utoipa::path(operation_id = "getAgenda", tag = "sittings", params(("id" = Id, Path)),
    security((), ("token" = [])), responses((status = 200, description = "Every item", body = List<AgendaItem>)))]
#[get("/sittings/{id}/agenda")]
async fn agenda(request: HttpRequest, register: Data<Register>, id: Path<Id>, reading: Reading, _params: Params<NoParams>) -> Answered {
    part(&request, &register, *id, reading, |s| s.agenda).await
}

/// Read the ballots of a sitting
///
/// In full.
#[utoipa::path(operation_id = "getBallots", tag = "sittings", params(("id" = Id, Path)),
    security((), ("token" = [])), responses((status = 200, description = "Every ballot", body = List<Ballot>)))]
#[get("/sittings/{id}/ballots")]
async fn ballots(request: HttpRequest, register: Data<Register>, id: Path<Id>, reading: Reading, _params: Params<NoParams>) -> Answered {
    part(&request, &register, *id, reading, |s| s.ballots).await
}

/// Read a ballot of a sitting
///
/// The ballot as recorded, beside what follows from it: who could vote, the quorum, what it comes to and by which rule, how the groups voted.
#[utoipa::path(operation_id = "getBallot", tag = "sittings",
    params(("id" = Id, Path), ("ballot" = Id, Path)), security((), ("token" = [])),
    responses((status = 200, description = "The ballot", body = BallotReading)))]
#[get("/sittings/{id}/ballots/{ballot}")]
async fn ballot(request: HttpRequest, register: Data<Register>, path: Path<(Id, Id)>, reading: Reading, _params: Params<NoParams>) -> Answered {
    let (id, ballot) = *path;
    let (answer, public) = blocking(&register, move |r| r.ballot(id, ballot, &reading.0)).await?;
    json(&request, &answer, public)
}

/// Add a ballot to a live sitting
///
/// A ballot of a recorded sitting: it is never changed. Votes that groups cast by one voice (`group_votes`) are expanded to their members.
#[utoipa::path(operation_id = "addBallot", tag = "sittings", params(("id" = Id, Path)),
    request_body = Ballot, security(("token" = ["sittings:write"])),
    responses((status = 201, description = "Added", body = Receipt, headers(("ETag" = String), ("Location" = String)))))]
#[post("/sittings/{id}/ballots")]
async fn add_ballot(
    request: HttpRequest,
    register: Data<Register>,
    id: Path<Id>,
    who: Granted<SittingsWrite>,
    key: IdempotencyKey,
    _params: Params<NoParams>,
    sent: Sent<Ballot>,
) -> Answered {
    let (actor, once) = (who.actor(), key.once(&request, &sent.bytes));
    Ok(written(blocking(&register, move |r| r.add_ballot(&actor, once.as_ref(), *id, sent.value)).await?))
}

/// List the versions of a sitting's record
///
/// Documents of the sitting, oldest first: who, when, why.
#[utoipa::path(operation_id = "listSittingVersions", tag = "sittings",
    params(("id" = Id, Path), VersionParams), security(("token" = ["audit:read"])),
    responses((status = 200, description = "A page", body = List<VersionSummary>)))]
#[get("/sittings/{id}/versions")]
async fn versions(request: HttpRequest, register: Data<Register>, id: Path<Id>, who: Granted<AuditRead>, params: Params<VersionParams>) -> Answered {
    version_page(&request, &register, "sitting", *id, &who, params.0).await
}

/// Read one version of a sitting's record
///
/// Canonical JSON (RFC 8785), whole.
#[utoipa::path(operation_id = "getSittingVersion", tag = "sittings",
    params(("id" = Id, Path), ("version" = i32, Path)), security(("token" = ["restricted:read"])),
    responses((status = 200, description = "The record", body = SittingRecord, headers(("ETag" = String))),
        (status = 304, description = "Not modified")))]
#[get("/sittings/{id}/versions/{version}")]
async fn version(
    request: HttpRequest,
    register: Data<Register>,
    path: Path<(Id, i32)>,
    who: Granted<RestrictedRead>,
    _params: Params<NoParams>,
) -> Answered {
    let ((id, version), actor) = (*path, who.actor());
    let found = blocking(&register, move |r| r.version(&who.caller.authority, "sitting", id, version)).await?;
    note(&request, &register, actor, id).await?;
    Ok(document(&request, found))
}

/// Read what a version of a sitting's record changed
///
/// A JSON patch (RFC 6902) from the version before.
#[utoipa::path(operation_id = "getSittingPatch", tag = "sittings",
    params(("id" = Id, Path), ("version" = i32, Path)), security(("token" = ["restricted:read"])),
    responses((status = 200, description = "The operations, in order", body = Vec<PatchOperation>)))]
#[get("/sittings/{id}/versions/{version}/patch")]
async fn patch(
    request: HttpRequest,
    register: Data<Register>,
    path: Path<(Id, i32)>,
    who: Granted<RestrictedRead>,
    _params: Params<NoParams>,
) -> Answered {
    let ((id, number), actor) = (*path, who.actor());
    let patch = blocking(&register, move |r| r.version_patch(&who.caller.authority, "sitting", id, number)).await?;
    note(&request, &register, actor, id).await?;
    json(&request, &patch, false)
}

/// A page of versions of either kind of record.
pub async fn version_page(
    request: &HttpRequest,
    register: &Data<Register>,
    kind: &'static str,
    id: Id,
    who: &Granted<AuditRead>,
    params: VersionParams,
) -> Answered {
    let limit = Limit::lines(params.limit);
    let after: i32 = place(params.cursor.as_deref())?.unwrap_or(0);
    let authority = who.caller.authority.clone();
    let ask = i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1);
    let mut lines = blocking(register, move |r| r.versions(&authority, kind, id, after, ask)).await?;
    let more = lines.len() > limit;
    lines.truncate(limit);
    let next = if more { lines.last().map(|l| l.version) } else { None };
    list(request, lines, links(request, next), false)
}

pub fn routes(config: &mut ServiceConfig) {
    config.service(list_all).service(add).service(one).service(read_record).service(replace).service(show);
    config.service(timeline).service(add_event).service(attendance).service(agenda).service(ballots).service(ballot).service(add_ballot);
    config.service(versions).service(version).service(patch);
}
