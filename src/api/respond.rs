//! From the register to a response: database work on a blocking thread, never on one that serves requests.

use std::time::Instant;

use actix_web::http::header::{HeaderValue, LINK};
use actix_web::rt::time::timeout;
use actix_web::web::{self, Data};
use actix_web::{HttpRequest, HttpResponse};
use serde::Serialize;

use super::access::Reading;
use super::conditional;
use super::page::{Links, List};
use super::problem::{Kind, Problem};
use crate::deliver::{Deliver, DeliverRefusal};
use crate::record::Id;
use crate::register::{Actor, Filing, Refusal, Register, digest};
use crate::sight::{OperationTrace, carried, limits};

/// One operation of a JSON patch (RFC 6902).
#[derive(Serialize, utoipa::ToSchema)]
#[serde(tag = "op", rename_all = "snake_case")]
#[allow(dead_code, reason = "only its schema is used")]
pub enum PatchOperation {
    /// Something stands where nothing was.
    Add {
        /// JSON pointer (RFC 6901).
        path: String,
        /// What stands there now.
        value: serde_json::Value,
    },
    /// What stood there is gone.
    Remove {
        /// JSON pointer (RFC 6901).
        path: String,
    },
    /// Something else stands there.
    Replace {
        /// JSON pointer (RFC 6901).
        path: String,
        /// What stands there now.
        value: serde_json::Value,
    },
}

pub type Answered = Result<HttpResponse, Problem>;

/// Runs work on a blocking thread, for as long as a request may wait. Work that comes to its turn too late is not begun.
///
/// # Errors
/// [`Kind::Unavailable`] where it takes too long: what was begun goes on, and may still be carried out.
pub async fn in_time<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Problem> {
    let trace = OperationTrace::begin(std::any::type_name_of_val(&work));
    let Some(longest) = limits().work else {
        return web::block(carried(move || trace.during(work))).await.map_err(|_| Problem::new(Kind::Internal));
    };
    let began = Instant::now();
    let begun = web::block(carried(move || (began.elapsed() < longest).then(|| trace.during(work))));
    match timeout(longest, begun).await {
        Ok(Ok(Some(done))) => Ok(done),
        Ok(Err(_)) => Err(Problem::new(Kind::Internal)),
        Ok(Ok(None)) | Err(_) => Err(Problem::new(Kind::Unavailable).saying(
            "Le travail demandé a duré trop longtemps. Une écriture a pu aboutir : renvoyez-la avec la même clé d'idempotence.",
            "What was asked took too long. A write may have been carried out: send it again with the same idempotency key.",
        )),
    }
}

/// Runs work of the register on a blocking thread.
pub async fn blocking<T: Send + 'static>(
    register: &Data<Register>,
    work: impl FnOnce(&Register) -> Result<T, Refusal> + Send + 'static,
) -> Result<T, Problem> {
    let register = register.clone();
    in_time(move || work(&register)).await?.map_err(Problem::from)
}

/// Runs work of the feed and of webhooks on a blocking thread.
pub async fn delivering<T: Send + 'static>(
    deliver: &Data<Deliver>,
    work: impl FnOnce(&Deliver) -> Result<T, DeliverRefusal> + Send + 'static,
) -> Result<Result<T, DeliverRefusal>, Problem> {
    let deliver = deliver.clone();
    in_time(move || work(&deliver)).await
}

/// Notes a read of restricted data, before it is answered.
pub async fn note(request: &HttpRequest, register: &Data<Register>, actor: Actor, record: Id) -> Result<(), Problem> {
    let operation = format!("{} {}", request.method(), request.match_pattern().unwrap_or_default());
    blocking(register, move |r| r.note_read(&actor, &operation, &record.to_string())).await
}

/// The same where the reader may be anyone: only what is shown of restricted fields is noted.
pub async fn note_reading(request: &HttpRequest, register: &Data<Register>, reading: &Reading, record: Id) -> Result<(), Problem> {
    match reading.restricted() {
        Some(actor) => note(request, register, actor, record).await,
        None => Ok(()),
    }
}

/// Sends JSON, with the digest of its bytes as its tag.
pub fn json(request: &HttpRequest, value: &impl Serialize, public: bool) -> Answered {
    let body = serde_json::to_vec(value).map_err(|_| Problem::new(Kind::Internal))?;
    let etag = format!("\"{}\"", digest(&body));
    Ok(conditional::reading(request, &etag, public, body.into()))
}

/// Sends bytes of a type, internal, with their digest as their tag.
pub fn bytes(request: &HttpRequest, body: Vec<u8>, content_type: &str) -> HttpResponse {
    let etag = format!("\"{}\"", digest(&body));
    conditional::reading_as(request, &etag, false, body.into(), content_type)
}

/// Sends a canonical record, with its digest as its tag.
pub fn document(request: &HttpRequest, (bytes, digest): (Vec<u8>, String)) -> HttpResponse {
    conditional::reading(request, &format!("\"{digest}\""), false, bytes.into())
}

/// Sends an entry of the directory, with the digest of what is filed as its tag.
pub fn filing(request: &HttpRequest, filing: Filing) -> HttpResponse {
    conditional::reading(request, &format!("\"{}\"", filing.digest), filing.public, filing.body.into())
}

/// Sends a page; where the next one is stands in it and in `Link` (RFC 8288).
pub fn list<T: Serialize>(request: &HttpRequest, data: Vec<T>, links: Links, public: bool) -> Answered {
    let next = links.next.clone();
    let response = json(request, &List { data, links }, public)?;
    Ok(with_next(response, next.as_deref()))
}

/// The same answer with the address of the next page in `Link`.
pub fn with_next(mut response: HttpResponse, next: Option<&str>) -> HttpResponse {
    if let Some(link) = next.and_then(|next| HeaderValue::try_from(format!("<{next}>; rel=\"next\"")).ok()) {
        response.headers_mut().insert(LINK, link);
    }
    response
}

/// Lines that are JSON already.
pub fn raw(lines: Vec<String>) -> Result<Vec<Box<serde_json::value::RawValue>>, Problem> {
    lines.into_iter().map(|line| serde_json::value::RawValue::from_string(line).map_err(|_| Problem::new(Kind::Internal))).collect()
}
