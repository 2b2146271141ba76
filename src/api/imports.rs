//! Imports: files of many records, one a line. The file is taken in as it comes; a worker files its lines.

use actix_web::http::header::{CACHE_CONTROL, LOCATION};
use actix_web::web::{Bytes, Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse, get, post};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use super::access::Importer;
use super::body::streamed;
use super::conditional::IdempotencyKey;
use super::files::{FileBytes, pieces};
use super::language::Language;
use super::page::{Limit, List, links, place};
use super::problem::{FieldError, Kind, Problem, Told};
use super::query::{NoParams, Params};
use super::respond::{Answered, blocking, json, list};
use crate::record::Id;
use crate::register::{ImportAnswer, ImportAsked, ImportMode, Register};
use crate::store::ImportErrorRow;

/// How a file is to be imported.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ImportParams {
    /// What a refused line does to the others; `all_or_nothing` when not said.
    mode: Option<ImportMode>,
    /// `true`: the file is only checked, and nothing is filed.
    #[param(value_type = Option<bool>)]
    dry_run: Option<Flag>,
}

/// `true` or `false`.
pub struct Flag(bool);

impl<'de> Deserialize<'de> for Flag {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match String::deserialize(deserializer)?.as_str() {
            "true" => Ok(Self(true)),
            "false" => Ok(Self(false)),
            _ => Err(serde::de::Error::custom("`true` or `false`")),
        }
    }
}

/// A page of a list.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PageParams {
    /// 1 to 200; 50 when not said.
    #[param(value_type = Option<u8>, minimum = 1, maximum = 200)]
    limit: Option<Limit>,
    /// From `links.next`.
    cursor: Option<String>,
}

/// A line that was refused.
#[derive(Serialize, ToSchema)]
pub struct ImportError {
    /// Of the file, from 1.
    pub line: i64,
    /// The key of the line, where it could be read.
    pub key: Option<String>,
    /// The type of the problem, as it would be answered to the record sent alone.
    #[serde(rename = "type")]
    #[schema(example = "/problems/invalid-field")]
    pub kind: String,
    pub title: String,
    /// More of it, in words; null where the type says it all.
    pub detail: Option<String>,
    /// Fields that are wrong: pointers into the line (RFC 6901), `/record/title`.
    pub errors: Vec<FieldError>,
}

impl ImportError {
    /// A line in English.
    ///
    /// # Errors
    /// [`Kind::Internal`] where what is stored cannot be read.
    pub fn english(row: &ImportErrorRow) -> Result<Self, Problem> {
        Self::of(row, Language::English)
    }

    fn of(row: &ImportErrorRow, language: Language) -> Result<Self, Problem> {
        let internal = || Problem::new(Kind::Internal);
        let kind = Kind::named(&row.problem).ok_or_else(internal)?;
        let told: Told = serde_json::from_slice(&row.told).map_err(|_| internal())?;
        let (detail, errors) = told.words(language);
        let title = if language == Language::French { kind.title().fr } else { kind.title().en };
        Ok(Self { line: row.line, key: row.import_key.clone(), kind: format!("/problems/{}", kind.slug()), title: title.to_owned(), detail, errors })
    }
}

/// Import a file of records
///
/// The body is NDJSON, of any size: a line is `{"kind", "key", "record"}`, where `kind` is `body`, `group`, `person`, `mandate`, `sitting` or
/// `deliberation`, and `record` what a POST of that resource takes. Wherever a record names another by its identifier, it may say `"@key"` of an earlier
/// line, or of an earlier import of the authority. A line that was imported before under its key is left as it is. Each line needs the scope of its kind.
#[utoipa::path(operation_id = "addImport", tag = "imports", params(ImportParams),
    request_body(content = FileBytes, content_type = "application/x-ndjson"),
    security(("token" = ["directory:write"]), ("token" = ["sittings:write"]), ("token" = ["deliberations:write"])),
    responses((status = 202, description = "Taken in, and in the queue of the authority", body = ImportAnswer, headers(("Location" = String)))))]
#[post("/imports")]
async fn add(
    request: HttpRequest,
    register: Data<Register>,
    who: Importer,
    key: IdempotencyKey,
    params: Params<ImportParams>,
    body: Payload,
) -> Answered {
    streamed(request.headers(), &["application/x-ndjson"])?;
    let (actor, id) = (who.actor(), Id::mint());
    let authority = actor.authority.clone();
    let file = register.receive_import(&authority, id, pieces(body)).await?;
    let once = key.once(&request, &Bytes::from(format!("{}\n{}", request.query_string(), file.sha256)));
    let asked = ImportAsked {
        mode: params.0.mode.unwrap_or(ImportMode::AllOrNothing),
        dry_run: params.0.dry_run.is_some_and(|flag| flag.0),
        scopes: who.0.scopes.to_string(),
    };
    let begun = blocking(&register, move |r| r.begin_import(&actor, once.as_ref(), id, &asked, &file)).await;
    // Refused, or begun under its idempotency key before: this file is no import's.
    if !begun.as_ref().is_ok_and(|written| written.href.ends_with(&id.to_string())) {
        register.blobs().remove_import(authority.as_str(), &id.to_string()).await.map_err(|e| Problem::from(crate::register::Refusal::from(e)))?;
    }
    let written = begun?;
    let mut response = HttpResponse::Accepted();
    Ok(response
        .insert_header((LOCATION, written.href))
        .insert_header((CACHE_CONTROL, "no-store"))
        .content_type("application/json")
        .body(written.body))
}

/// List imports
///
/// From the latest to the earliest.
#[utoipa::path(operation_id = "listImports", tag = "imports", params(PageParams),
    security(("token" = ["directory:write"]), ("token" = ["sittings:write"]), ("token" = ["deliberations:write"])),
    responses((status = 200, description = "A page", body = List<ImportAnswer>)))]
#[get("/imports")]
async fn list_all(request: HttpRequest, register: Data<Register>, who: Importer, params: Params<PageParams>) -> Answered {
    let limit = Limit::lines(params.0.limit);
    let before: Option<Id> = place(params.0.cursor.as_deref())?;
    let authority = who.0.authority.clone();
    let mut lines = blocking(&register, move |r| r.imports(&authority, before, ask(limit))).await?;
    let more = lines.len() > limit;
    lines.truncate(limit);
    let next = if more { lines.last().map(|l| l.id) } else { None };
    list(&request, lines, links(&request, next), false)
}

/// One line too many tells whether there is a next page.
fn ask(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1)
}

/// Read where an import stands
///
/// How far it is, at which speed, and what came of it.
#[utoipa::path(operation_id = "getImport", tag = "imports", params(("id" = Id, Path)),
    security(("token" = ["directory:write"]), ("token" = ["sittings:write"]), ("token" = ["deliberations:write"])),
    responses((status = 200, description = "The import", body = ImportAnswer)))]
#[get("/imports/{id}")]
async fn one(request: HttpRequest, register: Data<Register>, id: Path<Id>, who: Importer, _params: Params<NoParams>) -> Answered {
    let found = blocking(&register, move |r| r.import(&who.0.authority, *id)).await?;
    json(&request, &found, false)
}

/// List the lines of an import that were refused
///
/// In the order of the file.
#[utoipa::path(operation_id = "listImportErrors", tag = "imports",
    params(("id" = Id, Path), PageParams),
    security(("token" = ["directory:write"]), ("token" = ["sittings:write"]), ("token" = ["deliberations:write"])),
    responses((status = 200, description = "A page", body = List<ImportError>)))]
#[get("/imports/{id}/errors")]
async fn refused(request: HttpRequest, register: Data<Register>, id: Path<Id>, who: Importer, params: Params<PageParams>) -> Answered {
    let limit = Limit::lines(params.0.limit);
    let after: i64 = place(params.0.cursor.as_deref())?.unwrap_or(0);
    let mut rows = blocking(&register, move |r| r.import_errors(&who.0.authority, *id, after, ask(limit))).await?;
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = if more { rows.last().map(|row| row.line) } else { None };
    let language = Language::of(request.headers());
    let lines = rows.iter().map(|row| ImportError::of(row, language)).collect::<Result<Vec<_>, _>>()?;
    list(&request, lines, links(&request, next), false)
}

/// Stop an import
///
/// Stops it after the lines that are being filed. What was filed stays; the file is removed.
#[utoipa::path(operation_id = "cancelImport", tag = "imports", params(("id" = Id, Path)),
    security(("token" = ["directory:write"]), ("token" = ["sittings:write"]), ("token" = ["deliberations:write"])),
    responses((status = 200, description = "Stopped", body = ImportAnswer)))]
#[post("/imports/{id}/cancel")]
async fn cancel(request: HttpRequest, register: Data<Register>, id: Path<Id>, who: Importer, _params: Params<NoParams>) -> Answered {
    let (authority, id) = (who.0.authority.clone(), *id);
    let owner = authority.clone();
    let stopped = blocking(&register, move |r| r.cancel_import(&authority, id)).await?;
    register.blobs().remove_import(owner.as_str(), &id.to_string()).await.map_err(|e| Problem::from(crate::register::Refusal::from(e)))?;
    json(&request, &stopped, false)
}

pub fn routes(config: &mut ServiceConfig) {
    config.service(add).service(list_all).service(one).service(refused).service(cancel);
}
