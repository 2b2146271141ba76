//! Open data: all that is public of an authority in one file, whoever asks. Sent as it is read, a page at a time: while the reader is slow nothing waits
//! for it, neither a thread nor a connection to the database.

use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, ContentDisposition, HeaderValue};
use actix_web::web::{Bytes, Data};
use actix_web::{HttpMessage, HttpRequest, HttpResponse, get};
use futures_util::{StreamExt, stream};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::files::FileBytes;
use super::outer::AskedByHead;
use super::problem::{Kind, Problem};
use super::public_url::PublicUrl;
use super::query::Params;
use super::respond::{Answered, blocking};
use crate::publish::dcat;
use crate::record::Siren;
use crate::register::{OpenData, Register};

/// For how long a copy serves: what is public changes a few times a day.
const FRESH: &str = "public, max-age=300";

/// Whose.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct OpenDataParams {
    /// SIREN of the authority; needed when the register holds several.
    authority: Option<Siren>,
}

/// Sends an export, each piece as it is asked for.
async fn send(request: &HttpRequest, register: Data<Register>, what: OpenData, params: OpenDataParams, media: &'static str, name: &str) -> Answered {
    let mut export = blocking(&register, move |r| r.export(what, params.authority)).await?;
    let name = export.authority.as_ref().map_or_else(|| name.to_owned(), |siren| format!("{siren}-{name}"));
    let mut response = HttpResponse::Ok();
    response.content_type(media).insert_header((CACHE_CONTROL, FRESH)).insert_header((CONTENT_DISPOSITION, ContentDisposition::attachment(name)));
    if request.extensions().contains::<AskedByHead>() {
        return Ok(response.streaming(stream::empty::<Result<Bytes, actix_web::Error>>()));
    }
    // Before anything is sent, so that a database that is away is answered as such.
    let first;
    (first, export) = blocking(&register, move |r| Ok((export.next(r)?, export))).await?;
    let begun = stream::iter(first.map(|piece| Ok(Bytes::from(piece))));
    let rest = stream::unfold(Some(export), move |export| {
        let register = register.clone();
        async move {
            let mut export = export?;
            match blocking(&register, move |r| Ok((export.next(r)?, export))).await {
                Ok((piece, export)) => piece.map(|piece| (Ok(Bytes::from(piece)), Some(export))),
                // The reader sees a body that breaks off.
                Err(problem) => Some((Err(actix_web::Error::from(problem)), None)),
            }
        }
    });
    Ok(response.streaming(begun.chain(rest)))
}

macro_rules! export {
    ($(#[doc = $doc:literal])+ $name:ident, $path:literal, $operation:literal, $summary:literal, $what:expr, $media:literal, $sent:literal, $file:literal,
     $body:ty) => {
        $(#[doc = $doc])+
        #[utoipa::path(operation_id = $operation, tag = "open data", summary = $summary, description = concat!($($doc, "\n"),+),
            params(OpenDataParams), security(()),
            responses((status = 200, description = "The file, as it is read", body = $body, content_type = $media,
                headers(("Content-Disposition" = String)))))]
        #[get($path)]
        async fn $name(request: HttpRequest, register: Data<Register>, params: Params<OpenDataParams>) -> Answered {
            send(&request, register, $what, params.0, $sent, $file).await
        }
    };
    (csv $(#[doc = $doc:literal])+ $name:ident, $path:literal, $operation:literal, $summary:literal, $what:expr, $file:literal) => {
        export!($(#[doc = $doc])+ $name, $path, $operation, $summary, $what, "text/csv", "text/csv; charset=utf-8; header=present", $file, String);
    };
    (json $(#[doc = $doc:literal])+ $name:ident, $path:literal, $operation:literal, $summary:literal, $what:expr, $file:literal) => {
        export!($(#[doc = $doc])+ $name, $path, $operation, $summary, $what, "application/json", "application/json", $file, Object);
    };
    (lines $(#[doc = $doc:literal])+ $name:ident, $path:literal, $operation:literal, $summary:literal, $what:expr, $file:literal) => {
        export!($(#[doc = $doc])+ $name, $path, $operation, $summary, $what, "application/x-ndjson", "application/x-ndjson", $file, String);
    };
}

export!(csv
    /// SCDL Délibérations 2.1.5: a row for each public act that was adopted, oldest first. The five columns of the vote are empty where one of them is
    /// not known or where they cannot hold.
    scdl_deliberations, "/open-data/scdl/deliberations.csv", "exportScdlDeliberations", "Export deliberations (SCDL)",
    OpenData::ScdlDeliberations, "deliberations.csv");
export!(csv
    /// The public acts that have no row there, and the cells that are empty, each with the reason.
    scdl_deliberations_withheld, "/open-data/scdl/deliberations-withheld.csv", "exportScdlDeliberationsWithheld",
    "Export what the deliberations (SCDL) leave out", OpenData::ScdlDeliberationsWithheld, "deliberations-withheld.csv");
export!(csv
    /// SCDL Subventions 2.1.1: a row for each legal person to whom a public act grants an amount, where all that the schema requires is recorded.
    scdl_grants, "/open-data/scdl/subventions.csv", "exportScdlGrants", "Export grants (SCDL)", OpenData::ScdlGrants, "subventions.csv");
export!(csv
    /// The beneficiaries of public acts that have no row there, by their place in the act, each with the reason. No natural person is named.
    scdl_grants_withheld, "/open-data/scdl/subventions-withheld.csv", "exportScdlGrantsWithheld", "Export what the grants (SCDL) leave out",
    OpenData::ScdlGrantsWithheld, "subventions-withheld.csv");
export!(json
    /// `{"persons": […]}`: public persons of the directory.
    persons, "/open-data/popolo/persons.json", "exportPopoloPersons", "Export persons (Popolo)", OpenData::PopoloPersons, "persons.json");
export!(json
    /// `{"organizations": […]}`: the authority, its bodies, its groups.
    organizations, "/open-data/popolo/organizations.json", "exportPopoloOrganizations", "Export organizations (Popolo)",
    OpenData::PopoloOrganizations, "organizations.json");
export!(json
    /// `{"memberships": […]}`: public mandates of public persons, each on behalf of a group.
    memberships, "/open-data/popolo/memberships.json", "exportPopoloMemberships", "Export memberships (Popolo)",
    OpenData::PopoloMemberships, "memberships.json");
export!(json
    /// `{"motions": […]}`: public acts, oldest first.
    motions, "/open-data/popolo/motions.json", "exportPopoloMotions", "Export motions (Popolo)", OpenData::PopoloMotions, "motions.json");
export!(json
    /// `{"vote_events": […]}`: the ballots on public acts. Who voted how only where it was said in public and in person; of a secret ballot the totals.
    vote_events, "/open-data/popolo/vote_events.json", "exportPopoloVoteEvents", "Export vote events (Popolo)", OpenData::PopoloVoteEvents,
    "vote_events.json");
export!(lines
    /// One public act to a line, oldest first, each as `GET /v1/deliberations/{id}` answers the public.
    deliberations, "/open-data/deliberations.ndjson", "exportDeliberations", "Export deliberations whole", OpenData::Deliberations,
    "deliberations.ndjson");
export!(lines
    /// One public sitting to a line, oldest first, each as `GET /v1/sittings/{id}` answers the public.
    sittings, "/open-data/sittings.ndjson", "exportSittings", "Export sittings whole", OpenData::Sittings, "sittings.ndjson");

/// Export deliberations in columns
///
/// Public acts as a table of columns (Apache Parquet). Only builds with the feature `parquet` have it.
#[utoipa::path(operation_id = "exportDeliberationColumns", tag = "open data", params(OpenDataParams),
    security(()), responses((status = 200, description = "The file, as it is read", body = FileBytes,
        content_type = "application/vnd.apache.parquet", headers(("Content-Disposition" = String)))))]
#[get("/open-data/deliberations.parquet")]
async fn columns(request: HttpRequest, register: Data<Register>, params: Params<OpenDataParams>) -> Answered {
    #[cfg(feature = "parquet")]
    return send(&request, register, OpenData::DeliberationColumns, params.0, "application/vnd.apache.parquet", "deliberations.parquet").await;
    #[cfg(not(feature = "parquet"))]
    {
        drop((request, register, params));
        Err(Problem::new(Kind::NotInThisBuild).saying(
            "Ce programme est construit sans Parquet ; les mêmes actes sont dans …/deliberations.ndjson.",
            "This program is built without Parquet; the same acts are in …/deliberations.ndjson.",
        ))
    }
}

/// Read the catalogue of the open data
///
/// DCAT-AP in JSON-LD: each dataset with its files, under the Licence Ouverte 2.0. Only of an authority that is public.
#[utoipa::path(operation_id = "getOpenDataCatalogue", tag = "open data", params(OpenDataParams),
    security(()), responses((status = 200, description = "The catalogue", body = Object, content_type = "application/ld+json")))]
#[get("/open-data/catalog.jsonld")]
async fn catalogue(request: HttpRequest, register: Data<Register>, url: Data<PublicUrl>, params: Params<OpenDataParams>) -> Answered {
    let found = blocking(&register, move |r| r.catalogued(params.0.authority)).await?;
    let base = format!("{}/v1/open-data", url.base(&request));
    let catalogue = dcat::catalogue(&found.authority, &base, found.days, cfg!(feature = "parquet"));
    let body = serde_json::to_vec(&catalogue).map_err(|_| Problem::new(Kind::Internal))?;
    // Its addresses are those by which this reader came: not for a cache that others share.
    let fresh = HeaderValue::from_static("private, max-age=300");
    Ok(HttpResponse::Ok().content_type("application/ld+json").insert_header((CACHE_CONTROL, fresh)).body(body))
}

pub fn routes(config: &mut ServiceConfig) {
    config.service(catalogue).service(scdl_deliberations).service(scdl_deliberations_withheld).service(scdl_grants).service(scdl_grants_withheld);
    config.service(persons).service(organizations).service(memberships).service(motions).service(vote_events);
    config.service(deliberations).service(sittings).service(columns);
}
