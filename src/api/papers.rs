//! Papers: an act, and what the secretariat prints of a sitting, in the format that is asked for.

use std::sync::LazyLock;

use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, HeaderValue, VARY};
use actix_web::web::{self, Data, Path};
use actix_web::{HttpRequest, HttpResponse, get};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use utoipa_actix_web::service_config::ServiceConfig;

use super::access::Reading;
use super::files::FileBytes;
use super::problem::{Kind, Problem};
use super::public_url::PublicUrl;
use super::query::{NoParams, Params};
use super::respond::{Answered, blocking};
use super::{conditional, negotiate};
use crate::publish::paper::{self, Paper, PaperFormat, SittingPaper};
use crate::publish::{View, akn};
use crate::record::Id;
use crate::register::{Reader, Register, digest};
/// What `Accept` may name, best first.
const OFFERED: [&str; 5] = ["text/html", "application/pdf", "text/plain", "application/akn+xml", "application/xml"];

/// The format that the reader wants rather than JSON.
pub fn wanted(request: &HttpRequest) -> Option<PaperFormat> {
    Some(match negotiate::wanted(request.headers(), &OFFERED)? {
        "text/html" => PaperFormat::Html,
        "application/pdf" => PaperFormat::Pdf,
        "text/plain" => PaperFormat::Text,
        _ => PaperFormat::Akn,
    })
}

const fn content_type(format: PaperFormat) -> &'static str {
    match format {
        PaperFormat::Html => "text/html; charset=utf-8",
        PaperFormat::Pdf => "application/pdf",
        PaperFormat::Text => "text/plain; charset=utf-8",
        PaperFormat::Akn => "application/akn+xml",
    }
}

/// How long a copy of a sealed act may be shown without asking again. Its bytes do not change; whether the public may read it can, and that is to
/// be seen soon.
const SEALED_FOR: &str = "public, max-age=300";

/// What a browser may do with a paper as a page: nothing but to apply the one style that is in it.
static PAGE_POLICY: LazyLock<String> = LazyLock::new(|| {
    let style = STANDARD.encode(Sha256::digest(paper::STYLE));
    format!("default-src 'none'; style-src 'sha256-{style}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
});

/// Sends a paper in a format.
fn sent(request: &HttpRequest, format: PaperFormat, name: &str, bytes: Vec<u8>, public: bool, sealed: bool) -> HttpResponse {
    let etag = format!("\"{}\"", digest(&bytes));
    let mut response = conditional::reading_as(request, &etag, public, bytes.into(), content_type(format));
    let headers = response.headers_mut();
    headers.insert(VARY, HeaderValue::from_static("Authorization, Accept"));
    if let Ok(name) = HeaderValue::from_str(&format!("inline; filename=\"{name}.{}\"", format.wire())) {
        headers.insert(CONTENT_DISPOSITION, name);
    }
    if format == PaperFormat::Html {
        // Nothing in it runs, and nothing is loaded.
        if let Ok(policy) = HeaderValue::from_str(&PAGE_POLICY) {
            headers.insert(CONTENT_SECURITY_POLICY, policy);
        }
    }
    if public && sealed {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static(SEALED_FOR));
    }
    response
}

/// A paper in a format that every paper has.
fn written(paper: &Paper, format: PaperFormat) -> Result<Vec<u8>, Problem> {
    match format {
        PaperFormat::Html => paper::page(paper).map(String::into_bytes).map_err(|problem| failed(&problem)),
        PaperFormat::Text => Ok(paper::text(paper).into_bytes()),
        #[cfg(feature = "pdf")]
        PaperFormat::Pdf => paper::pdf(paper).map_err(|problem| failed(&problem)),
        #[cfg(not(feature = "pdf"))]
        PaperFormat::Pdf => Err(Problem::new(Kind::NotInThisBuild).saying(
            "Ce programme est construit sans PDF ; le même document est en .html et en .txt.",
            "This program is built without PDF; the same paper is there as .html and as .txt.",
        )),
        PaperFormat::Akn => Err(Problem::new(Kind::NotFound).saying(
            "De cette séance, seul le procès-verbal existe en Akoma Ntoso ; ce document est en .html, .pdf et .txt.",
            "Of a sitting, only the minutes are there as Akoma Ntoso; this paper is there as .html, .pdf and .txt.",
        )),
    }
}

fn failed(problem: &dyn std::error::Error) -> Problem {
    tracing::error!(%problem, "a paper cannot be written");
    Problem::new(Kind::Internal)
}

/// The name of a file: letters, digits and dashes.
fn file_name(text: &str) -> String {
    let clean: String = text.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    clean.trim_matches('-').to_owned()
}

/// An act as a paper. Nothing that is restricted is printed.
pub async fn act_as(request: &HttpRequest, register: &Data<Register>, url: &PublicUrl, id: Id, reading: &Reading, format: PaperFormat) -> Answered {
    let reader = Reader { restricted: false, ..reading.0.clone() };
    let act = blocking(register, move |r| r.act_reading(id, &reader)).await?;
    let check = format!("{}/verifier", url.base(request));
    let name = file_name(act.number.as_deref().unwrap_or("deliberation"));
    let (public, sealed) = (act.view == View::Public, act.seal.is_some());
    let bytes = match format {
        PaperFormat::Akn => akn::act(&act).map_err(|problem| failed(&problem))?,
        other => written_aside(paper::act(&act, &check), other).await?,
    };
    Ok(sent(request, format, &name, bytes, public, sealed))
}

/// Typesetting takes milliseconds: not on a thread that serves requests.
async fn written_aside(paper: Paper, format: PaperFormat) -> Result<Vec<u8>, Problem> {
    web::block(move || written(&paper, format)).await.map_err(|_| Problem::new(Kind::Internal))?
}

/// Read a deliberation as a printed act
///
/// The printed act, or its XML. `Accept` asks for the same at the address without an ending.
#[utoipa::path(operation_id = "getDeliberationAs", tag = "deliberations",
    params(("id" = Id, Path), ("format" = PaperFormat, Path)), security((), ("token" = [])),
    responses((status = 200, description = "The act", headers(("ETag" = String)),
        content((String = "text/html"), (FileBytes = "application/pdf"), (String = "text/plain"), (String = "application/akn+xml"))),
        (status = 304, description = "Not modified")))]
#[get("/deliberations/{id}.{format}")]
async fn deliberation(
    request: HttpRequest,
    register: Data<Register>,
    url: Data<PublicUrl>,
    path: Path<(Id, PaperFormat)>,
    reading: Reading,
    _params: Params<NoParams>,
) -> Answered {
    let (id, format) = *path;
    act_as(&request, &register, &url, id, &reading, format).await
}

async fn sitting_as(
    request: &HttpRequest,
    register: &Data<Register>,
    id: Id,
    which: SittingPaper,
    reading: &Reading,
    format: PaperFormat,
) -> Answered {
    let reader = Reader { restricted: false, ..reading.0.clone() };
    let sitting = blocking(register, move |r| r.sitting_paper(id, which, &reader)).await?;
    let public = sitting.view == View::Public;
    let name = format!("{}-{}", which.wire().replace('_', "-"), sitting.record.date);
    let bytes = match (which, format) {
        (SittingPaper::Minutes, PaperFormat::Akn) => akn::minutes(&sitting).map_err(|problem| failed(&problem))?,
        (_, other) => written_aside(which.of(&sitting), other).await?,
    };
    Ok(sent(request, format, &name, bytes, public, false))
}

/// Read a paper of a sitting
///
/// Minutes are public where the body says so; the convocation and the attendance sheet never are. `Accept` picks the format; HTML where it picks none.
#[utoipa::path(operation_id = "getSittingPaper", tag = "sittings",
    params(("id" = Id, Path), ("paper" = SittingPaper, Path)), security((), ("token" = [])),
    responses((status = 200, description = "The paper", headers(("ETag" = String)),
        content((String = "text/html"), (FileBytes = "application/pdf"), (String = "text/plain"), (String = "application/akn+xml"))),
        (status = 304, description = "Not modified")))]
#[get("/sittings/{id}/papers/{paper}")]
async fn sitting_paper(
    request: HttpRequest,
    register: Data<Register>,
    path: Path<(Id, SittingPaper)>,
    reading: Reading,
    _params: Params<NoParams>,
) -> Answered {
    let (id, which) = *path;
    let format = wanted(&request).unwrap_or(PaperFormat::Html);
    sitting_as(&request, &register, id, which, &reading, format).await
}

/// Read a paper of a sitting in a format
///
/// The same at an address of its own for each format. Akoma Ntoso is for minutes only.
#[utoipa::path(operation_id = "getSittingPaperAs", tag = "sittings",
    params(("id" = Id, Path), ("paper" = SittingPaper, Path), ("format" = PaperFormat, Path)), security((), ("token" = [])),
    responses((status = 200, description = "The paper", headers(("ETag" = String)),
        content((String = "text/html"), (FileBytes = "application/pdf"), (String = "text/plain"), (String = "application/akn+xml"))),
        (status = 304, description = "Not modified")))]
#[get("/sittings/{id}/papers/{paper}.{format}")]
async fn sitting_paper_as(
    request: HttpRequest,
    register: Data<Register>,
    path: Path<(Id, SittingPaper, PaperFormat)>,
    reading: Reading,
    _params: Params<NoParams>,
) -> Answered {
    let (id, which, format) = *path;
    sitting_as(&request, &register, id, which, &reading, format).await
}

/// Before the routes of the records: an address without an ending is theirs.
pub fn routes(config: &mut ServiceConfig) {
    config.service(deliberation).service(sitting_paper_as).service(sitting_paper);
}
