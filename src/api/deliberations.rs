//! Deliberations: the acts.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, delete, get, post, put};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::access::{ActsPublish, AuditRead, DeliberationsWrite, Granted, Reading, RestrictedRead, SEQUENCE};
use super::body::Sent;
use super::conditional::{self, IdempotencyKey, IfMatch, written};
use super::external_id::SchemeValue;
use super::files::FileBytes;
use super::kept::Keeping;
use super::page::{Limit, Links, List, links, place};
use super::papers;
use super::problem::{Kind, Problem};
use super::public_url::PublicUrl;
use super::query::{NoParams, Params, day, instant};
use super::respond::{Answered, PatchOperation, blocking, document, json, list, note, note_reading};
use super::sittings::{ReasonParams, VersionParams, VisibilityRequest, version_page};
use crate::publish::{DeliberationSummary, Receipt, VersionSummary};
use crate::record::{DeliberationRecord, Finding, Id, Outcome, Siren, Workflow, fold};
use crate::register::{DeliberationAnswer, Page, Register};
use crate::store::DeliberationFilter;

/// Which deliberations.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DeliberationParams {
    /// SIREN of the authority; needed without a token when the register holds several.
    authority: Option<Siren>,
    body: Option<Id>,
    sitting: Option<Id>,
    /// The number of the act, to the letter. Several acts may have it.
    #[param(example = "2025-302")]
    number: Option<String>,
    /// First day.
    #[serde(default, deserialize_with = "day")]
    date_from: Option<NaiveDate>,
    /// Last day.
    #[serde(default, deserialize_with = "day")]
    date_to: Option<NaiveDate>,
    /// Where the act stands.
    status: Option<Workflow>,
    outcome: Option<Outcome>,
    /// A person named in a list of attendance of the sitting.
    member: Option<Id>,
    /// A group named in a ballot on the act.
    group: Option<Id>,
    /// A path of the ACTES nomenclature: `7.1` finds 7.1 and 7.1.3, not 7.10.
    #[param(value_type = Option<String>, pattern = r"^[0-9]{1,2}(\.[0-9]{1,2}){0,4}$", example = "7.5")]
    matter_code: Option<MatterPath>,
    /// `scheme:value`
    #[param(value_type = Option<String>, pattern = "^[^:]+:.+$", example = "webdelib:302")]
    external_id: Option<SchemeValue>,
    /// Words that all stand in the act, whatever their case and accents: 32 at most.
    q: Option<String>,
    /// Changed at or after this instant.
    #[serde(default, deserialize_with = "instant")]
    modified_since: Option<DateTime<Utc>>,
    /// 1 to 200; 50 when not said.
    #[param(value_type = Option<u8>, minimum = 1, maximum = 200)]
    limit: Option<Limit>,
    /// From `links.next`.
    cursor: Option<String>,
}

/// A path of the nomenclature.
pub struct MatterPath(String);

impl MatterPath {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for MatterPath {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let fits = !text.is_empty() && text.split('.').all(|s| (1..=2).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_digit()));
        if fits { Ok(Self(text)) } else { Err(serde::de::Error::custom("a matter code is a path of numbers, such as 7.10")) }
    }
}

/// Words that are looked for. Each is one more condition, and an engine takes no more than so many.
const WORDS: usize = 32;

fn words(q: &str) -> Result<Vec<String>, Problem> {
    let words: Vec<String> = fold(q).split_whitespace().map(str::to_owned).collect();
    if words.len() > WORDS {
        return Err(Problem::new(Kind::InvalidParameter).at("q", "words", "32 mots au plus", "32 words at most"));
    }
    Ok(words)
}

/// List deliberations
///
/// From the latest to the earliest.
#[utoipa::path(operation_id = "listDeliberations", tag = "deliberations", params(DeliberationParams),
    security((), ("token" = [])), responses((status = 200, description = "A page", body = List<DeliberationSummary>)))]
#[get("/deliberations")]
async fn list_all(request: HttpRequest, register: Data<Register>, reading: Reading, params: Params<DeliberationParams>) -> Answered {
    let params = params.0;
    let page = Page { authority: params.authority, limit: Limit::lines(params.limit) };
    let text = |id: Option<Id>| id.map(|id| id.to_string());
    let filter = DeliberationFilter {
        body: text(params.body),
        sitting: text(params.sitting),
        number: params.number,
        date_from: params.date_from,
        date_to: params.date_to,
        status: params.status.map(|s| s.wire().to_owned()),
        outcome: params.outcome.map(|o| o.wire().to_owned()),
        member: text(params.member),
        group: text(params.group),
        matter_code: params.matter_code.map(|m| m.0),
        external_id: params.external_id.map(|e| (e.scheme, e.value)),
        words: params.q.as_deref().map(words).transpose()?.unwrap_or_default(),
        modified_since: params.modified_since.map(|t| t.naive_utc()),
        after: place(params.cursor.as_deref())?,
        ..DeliberationFilter::default()
    };
    let keeping = Keeping::before(&request, &register, &reading.0, page.authority.as_ref());
    let listed = blocking(&register, move |r| r.deliberations(&reading.0, &page, filter)).await?;
    keeping.list(listed.lines, links(&request, listed.next), listed.public)
}

/// Record a deliberation
///
/// An act goes in whole, into a sitting of the same origin. It is internal until it is made public.
#[utoipa::path(operation_id = "addDeliberation", tag = "deliberations", request_body = DeliberationRecord,
    security(("token" = ["deliberations:write"])),
    responses((status = 201, description = "Recorded", body = Receipt, headers(("ETag" = String), ("Location" = String)))))]
#[post("/deliberations")]
async fn add(
    request: HttpRequest,
    register: Data<Register>,
    who: Granted<DeliberationsWrite>,
    key: IdempotencyKey,
    _params: Params<NoParams>,
    sent: Sent<DeliberationRecord>,
) -> Answered {
    let (actor, once) = (who.actor(), key.once(&request, &sent.bytes));
    Ok(written(blocking(&register, move |r| r.add_deliberation(&actor, once.as_ref(), Id::mint(), sent.value)).await?))
}

/// Read a deliberation
///
/// The record, with what its sitting and the register know of it; `Accept` may ask for the printed act instead.
#[utoipa::path(operation_id = "getDeliberation", tag = "deliberations", params(("id" = Id, Path)),
    security((), ("token" = [])),
    responses((status = 200, description = "The act", headers(("ETag" = String)),
        content((DeliberationAnswer = "application/json"), (String = "text/html"), (FileBytes = "application/pdf"), (String = "text/plain"),
            (String = "application/akn+xml"))),
        (status = 304, description = "Not modified")))]
#[get("/deliberations/{id}")]
async fn one(
    request: HttpRequest,
    register: Data<Register>,
    url: Data<PublicUrl>,
    id: Path<Id>,
    reading: Reading,
    _params: Params<NoParams>,
) -> Answered {
    let id = *id;
    if let Some(format) = papers::wanted(&request) {
        return papers::act_as(&request, &register, &url, id, &reading, format).await;
    }
    let answer = match register.kept("deliberation", id, &reading.0) {
        Some(kept) => kept,
        None => {
            let reader = reading.0.clone();
            blocking(&register, move |r| r.deliberation(id, &reader)).await?
        }
    };
    if !answer.public {
        note_reading(&request, &register, &reading, id).await?;
    }
    Ok(conditional::kept(&request, &answer.etag, answer.public, &answer.body))
}

/// Read a deliberation's record
///
/// Canonical JSON (RFC 8785), whole: its tag is what `If-Match` wants.
#[utoipa::path(operation_id = "getDeliberationRecord", tag = "deliberations", params(("id" = Id, Path)),
    security(("token" = ["restricted:read"])),
    responses((status = 200, description = "The record", body = DeliberationRecord, headers(("ETag" = String))),
        (status = 304, description = "Not modified")))]
#[get("/deliberations/{id}/record")]
async fn read_record(
    request: HttpRequest,
    register: Data<Register>,
    id: Path<Id>,
    who: Granted<RestrictedRead>,
    _params: Params<NoParams>,
) -> Answered {
    let (id, reader) = (*id, who.reader());
    let found = blocking(&register, move |r| r.deliberation_document(id, &reader)).await?;
    note(&request, &register, who.actor(), id).await?;
    Ok(document(&request, found))
}

/// Replace a deliberation's record
///
/// Whole: what is absent becomes unknown.
#[utoipa::path(operation_id = "replaceDeliberationRecord", tag = "deliberations",
    params(("id" = Id, Path), ReasonParams), request_body = DeliberationRecord, security(("token" = ["deliberations:write"])),
    responses((status = 200, description = "Replaced", body = Receipt, headers(("ETag" = String)))))]
#[put("/deliberations/{id}/record")]
async fn replace(
    register: Data<Register>,
    id: Path<Id>,
    who: Granted<DeliberationsWrite>,
    matching: IfMatch,
    params: Params<ReasonParams>,
    sent: Sent<DeliberationRecord>,
) -> Answered {
    let actor = who.actor();
    let work = move |r: &Register| r.replace_deliberation(&actor, &matching.0, params.0.reason.as_deref(), *id, sent.value);
    Ok(written(blocking(&register, work).await?))
}

/// Delete a draft
///
/// Drafts only: a tombstone stays.
#[utoipa::path(operation_id = "deleteDeliberation", tag = "deliberations", params(("id" = Id, Path)),
    security(("token" = ["deliberations:write"])), responses((status = 204, description = "Deleted")))]
#[delete("/deliberations/{id}")]
async fn remove(register: Data<Register>, id: Path<Id>, who: Granted<DeliberationsWrite>, matching: IfMatch, _params: Params<NoParams>) -> Answered {
    let actor = who.actor();
    let deleted = blocking(&register, move |r| r.delete_deliberation(&actor, &matching.0, *id)).await?;
    let mut response = HttpResponse::NoContent();
    if let Some(reached) = deleted.reached {
        response.insert_header((SEQUENCE.clone(), reached.to_string()));
    }
    Ok(response.finish())
}

/// Make a deliberation public or internal
///
/// Apart from legal publication: it creates no legal date.
#[utoipa::path(operation_id = "setDeliberationVisibility", tag = "deliberations",
    params(("id" = Id, Path)), request_body = VisibilityRequest, security(("token" = ["acts:publish"])),
    responses((status = 200, description = "Set", body = Receipt, headers(("ETag" = String)))))]
#[put("/deliberations/{id}/visibility")]
async fn show(
    register: Data<Register>,
    id: Path<Id>,
    who: Granted<ActsPublish>,
    _params: Params<NoParams>,
    sent: Sent<VisibilityRequest>,
) -> Answered {
    let actor = who.actor();
    Ok(written(blocking(&register, move |r| r.show_deliberation(&actor, *id, sent.value.visibility)).await?))
}

/// Read the findings on a deliberation
///
/// In full: on the act and on each ballot that covers it. To the public, those on figures only.
#[utoipa::path(operation_id = "getFindings", tag = "deliberations", params(("id" = Id, Path)),
    security((), ("token" = [])), responses((status = 200, description = "Every finding", body = List<Finding>)))]
#[get("/deliberations/{id}/findings")]
async fn findings(request: HttpRequest, register: Data<Register>, id: Path<Id>, reading: Reading, _params: Params<NoParams>) -> Answered {
    let (findings, public) = blocking(&register, move |r| r.findings(*id, &reading.0)).await?;
    list(&request, findings, Links { next: None }, public)
}

/// List the versions of a deliberation's record
///
/// Oldest first: who, when, why.
#[utoipa::path(operation_id = "listDeliberationVersions", tag = "deliberations",
    params(("id" = Id, Path), VersionParams), security(("token" = ["audit:read"])),
    responses((status = 200, description = "A page", body = List<VersionSummary>)))]
#[get("/deliberations/{id}/versions")]
async fn versions(request: HttpRequest, register: Data<Register>, id: Path<Id>, who: Granted<AuditRead>, params: Params<VersionParams>) -> Answered {
    version_page(&request, &register, "deliberation", *id, &who, params.0).await
}

/// Read one version of a deliberation's record
///
/// Canonical JSON (RFC 8785), whole.
#[utoipa::path(operation_id = "getDeliberationVersion", tag = "deliberations",
    params(("id" = Id, Path), ("version" = i32, Path)), security(("token" = ["restricted:read"])),
    responses((status = 200, description = "The record", body = DeliberationRecord, headers(("ETag" = String))),
        (status = 304, description = "Not modified")))]
#[get("/deliberations/{id}/versions/{version}")]
async fn version(
    request: HttpRequest,
    register: Data<Register>,
    path: Path<(Id, i32)>,
    who: Granted<RestrictedRead>,
    _params: Params<NoParams>,
) -> Answered {
    let ((id, version), actor) = (*path, who.actor());
    let found = blocking(&register, move |r| r.version(&who.caller.authority, "deliberation", id, version)).await?;
    note(&request, &register, actor, id).await?;
    Ok(document(&request, found))
}

/// Read what a version of a deliberation's record changed
///
/// A JSON patch (RFC 6902) from the version before.
#[utoipa::path(operation_id = "getDeliberationPatch", tag = "deliberations",
    params(("id" = Id, Path), ("version" = i32, Path)), security(("token" = ["restricted:read"])),
    responses((status = 200, description = "The operations, in order", body = Vec<PatchOperation>)))]
#[get("/deliberations/{id}/versions/{version}/patch")]
async fn patch(
    request: HttpRequest,
    register: Data<Register>,
    path: Path<(Id, i32)>,
    who: Granted<RestrictedRead>,
    _params: Params<NoParams>,
) -> Answered {
    let ((id, number), actor) = (*path, who.actor());
    let patch = blocking(&register, move |r| r.version_patch(&who.caller.authority, "deliberation", id, number)).await?;
    note(&request, &register, actor, id).await?;
    json(&request, &patch, false)
}

pub fn routes(config: &mut ServiceConfig) {
    config.service(list_all).service(add).service(one).service(read_record).service(replace).service(remove).service(show);
    config.service(findings).service(versions).service(version).service(patch);
}
