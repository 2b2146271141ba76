//! The bytes of a file.

use std::ops::Range;
use std::time::SystemTime;

use actix_web::body::SizedStream;
use actix_web::http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_RANGE, CONTENT_SECURITY_POLICY, CONTENT_TYPE, DispositionType, ETAG, HeaderName,
    HttpDate, IF_NONE_MATCH, IfModifiedSince, LastModified, VARY,
};
use actix_web::web::{Data, Path};
use actix_web::{HttpMessage, HttpRequest, HttpResponse, get};
use chrono::SubsecRound;

use super::FileBytes;
use super::headers::{Asked, asked_part, digest_field, disposition};
use crate::api::access::Reading;
use crate::api::conditional::known;
use crate::api::problem::{Kind, Problem};
use crate::api::query::{NoParams, Params};
use crate::api::respond::{Answered, blocking, note_reading};
use crate::record::{FileRole, Id};
use crate::register::{FileFound, Register};

const CONTENT_DIGEST: HeaderName = HeaderName::from_static("content-digest");
const REPR_DIGEST: HeaderName = HeaderName::from_static("repr-digest");

/// Read the bytes of a file
///
/// As they came in: their SHA-256 is checked while they go out. Where it is not right, a file of up to 1 MiB is answered 500 `file-damaged`, and
/// the answer with a larger one breaks off before its end. One part may be asked for (`Range`, RFC 9110 §14); it is checked all the same.
#[utoipa::path(operation_id = "getFileContent", tag = "files",
    params(("id" = Id, Path), ("Range" = Option<String>, Header, description = "One part: `bytes=0-1023`.")), security((), ("token" = [])),
    responses((status = 200, description = "The bytes, under the type that they were sent with", body = FileBytes,
            content_type = "application/octet-stream", headers(("ETag" = String), ("Content-Digest" = String), ("Content-Disposition" = String))),
        (status = 206, description = "The part that was asked for", body = FileBytes, content_type = "application/octet-stream",
            headers(("ETag" = String), ("Repr-Digest" = String), ("Content-Range" = String))),
        (status = 304, description = "Not modified")))]
#[get("/files/{id}/content")]
pub async fn content(request: HttpRequest, register: Data<Register>, id: Path<Id>, reading: Reading, _params: Params<NoParams>) -> Answered {
    let (id, reader) = (*id, reading.0.clone());
    let found = blocking(&register, move |r| r.file(id, &reader)).await?;
    if matches!(found.answer.role, FileRole::ScannedProxy | FileRole::AttendanceSheet) {
        note_reading(&request, &register, &reading, id).await?;
    }
    send(&request, &register, &found, DispositionType::Attachment).await
}

/// Sends the bytes of a file, or the part that is asked for, or says that the reader has them already: by their tag, or because they came in before
/// the time that it knows (RFC 9110 §13.1.3).
pub async fn send(request: &HttpRequest, register: &Data<Register>, found: &FileFound, how: DispositionType) -> Answered {
    let file = &found.answer;
    let etag = format!("\"{}\"", file.sha256);
    let part = match asked_part(request.headers(), &etag, file.size) {
        Asked::Whole => None,
        Asked::Part(part) => Some(part),
        Asked::Beyond => {
            return Err(Problem::new(Kind::RangeBeyond).with_header(CONTENT_RANGE, format!("bytes */{}", file.size)));
        }
    };
    // A date of HTTP has whole seconds.
    let came = HttpDate::from(SystemTime::from(file.recorded_at.trunc_subsecs(0)));
    let unchanged = if request.headers().contains_key(IF_NONE_MATCH) {
        known(request.headers(), &etag)
    } else {
        request.get_header::<IfModifiedSince>().is_some_and(|IfModifiedSince(since)| came <= since)
    };
    let mut response = if unchanged { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response
        .insert_header((ETAG, etag.as_str()))
        .insert_header(LastModified(came))
        .insert_header((VARY, "Authorization"))
        .insert_header((CACHE_CONTROL, if found.public { "public, no-cache" } else { "private, no-cache" }));
    if unchanged {
        return Ok(response.finish());
    }
    let digest = digest_field(&file.sha256);
    response
        .insert_header((CONTENT_TYPE, file.media_type.as_str()))
        .insert_header((CONTENT_DISPOSITION, disposition(how, &found.download_name())))
        // Should a reader show it in a browser after all, nothing in it runs.
        .insert_header((CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox; frame-ancestors 'none'"))
        .insert_header((ACCEPT_RANGES, "bytes"))
        .insert_header((REPR_DIGEST, digest.as_str()));
    match &part {
        Some(Range { start, end }) => {
            let range = format!("bytes {start}-{}/{}", end.saturating_sub(1), file.size);
            response.status(actix_web::http::StatusCode::PARTIAL_CONTENT).insert_header((CONTENT_RANGE, range));
        }
        None => {
            response.insert_header((CONTENT_DIGEST, digest.as_str()));
        }
    }
    let out = register.file_content(found, part).await?;
    Ok(response.body(SizedStream::new(out.length, out.bytes)))
}
