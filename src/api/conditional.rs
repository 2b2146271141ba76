//! Conditional requests (RFC 9110 §13) and idempotency keys.

use std::future::{Ready, ready};

use actix_web::http::StatusCode;
use actix_web::http::header::{
    ACCEPT_ENCODING, AcceptEncoding, CACHE_CONTROL, CONTENT_ENCODING, ETAG, Encoding, Header, HeaderMap, HeaderValue, IF_MATCH, IF_NONE_MATCH,
    LOCATION, VARY,
};
use actix_web::web::Bytes;
use actix_web::{FromRequest, HttpRequest, HttpResponse, dev::Payload};

use super::access::SEQUENCE;
use super::problem::{Kind, Problem};
use crate::publish::Matching;
use crate::register::{KeptBody, Once, Written, digest};

/// The version that a write changes: without it a write is refused.
pub struct IfMatch(pub Matching);

impl FromRequest for IfMatch {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(tags(request.headers(), &IF_MATCH).map(Self).ok_or_else(|| {
            Problem::new(Kind::MatchNeeded)
                .saying("Lisez la fiche et renvoyez son ETag dans If-Match.", "Read the record and send its ETag back in If-Match.")
        }))
    }
}

/// The tags of a header, without their quotes. A weak tag matches nothing in a strong comparison.
fn tags(headers: &HeaderMap, name: &actix_web::http::header::HeaderName) -> Option<Matching> {
    let mut digests = Vec::new();
    let mut any = false;
    let mut found = false;
    for value in headers.get_all(name) {
        found = true;
        let text = value.to_str().unwrap_or_default();
        for tag in text.split(',').map(str::trim) {
            any |= tag == "*";
            if let Some(tag) = tag.strip_prefix('"').and_then(|t| t.strip_suffix('"')) {
                digests.push(tag.to_owned());
            }
        }
    }
    found.then_some(if any { Matching::Any } else { Matching::Digests(digests) })
}

/// `Idempotency-Key`, if there is one.
pub struct IdempotencyKey(Option<String>);

impl FromRequest for IdempotencyKey {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let Some(value) = request.headers().get("Idempotency-Key") else { return ready(Ok(Self(None))) };
        // A value may hold tabs as well, and the contract has no place for them.
        let printable = value.to_str().ok().filter(|value| !value.contains('\t'));
        let key = printable.unwrap_or_default().trim_matches('"');
        let fits = (1..=255).contains(&key.len());
        ready(fits.then(|| Self(Some(key.to_owned()))).ok_or_else(|| {
            Problem::new(Kind::InvalidParameter).at(
                "Idempotency-Key",
                "length",
                "1 à 255 caractères ASCII imprimables",
                "1 to 255 printable ASCII characters",
            )
        }))
    }
}

impl IdempotencyKey {
    /// The key with what it was sent for.
    pub fn once(&self, request: &HttpRequest, body: &Bytes) -> Option<Once> {
        let about = format!("{} {}\n", request.method(), request.path());
        self.0.as_ref().map(|key| Once { key: key.clone(), request: digest(&[about.as_bytes(), body.as_ref()].concat()) })
    }
}

/// Sends a reading in JSON, or says that the reader has it already.
pub fn reading(request: &HttpRequest, etag: &str, public: bool, body: Bytes) -> HttpResponse {
    reading_as(request, etag, public, body, "application/json")
}

/// Sends JSON that is kept, compressed where the reader takes it so: another representation, with a tag of its own (RFC 9110 §8.8.3.3).
pub fn kept(request: &HttpRequest, etag: &str, public: bool, body: &KeptBody) -> HttpResponse {
    let packed = takes_gzip(request).then(|| body.gzip()).flatten();
    // Who has the plain bytes has the answer: they are told so.
    let mut response = match packed.filter(|_| !known(request.headers(), etag)) {
        Some(bytes) => reading(request, &packed_tag(etag), public, bytes.clone()),
        None => reading(request, etag, public, body.plain().clone()),
    };
    if packed.is_some() && response.status() == StatusCode::OK {
        response.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    response.headers_mut().insert(VARY, KEPT_VARY.clone());
    response
}

/// What a kept answer depends on: an act is sent in other formats as well.
static KEPT_VARY: HeaderValue = HeaderValue::from_static("Authorization, Accept, Accept-Encoding");

fn takes_gzip(request: &HttpRequest) -> bool {
    if !request.headers().contains_key(ACCEPT_ENCODING) {
        return false;
    }
    let taken = AcceptEncoding::parse(request).ok().and_then(|wanted| wanted.negotiate([Encoding::identity(), Encoding::gzip()].iter()));
    taken == Some(Encoding::gzip())
}

fn packed_tag(etag: &str) -> String {
    format!("{}-gzip\"", etag.trim_end_matches('"'))
}

/// The same in another type of content.
pub fn reading_as(request: &HttpRequest, etag: &str, public: bool, body: Bytes, content_type: &str) -> HttpResponse {
    let mut response = if known(request.headers(), etag) { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response
        .insert_header((ETAG, etag))
        .insert_header((VARY, "Authorization"))
        .insert_header((CACHE_CONTROL, if public { "public, no-cache" } else { "private, no-cache" }));
    if known(request.headers(), etag) {
        return response.finish();
    }
    response.content_type(content_type).body(body)
}

/// Whether `If-None-Match` names the tag, by weak comparison.
pub fn known(headers: &HeaderMap, etag: &str) -> bool {
    headers.get_all(&IF_NONE_MATCH).filter_map(|value| value.to_str().ok()).flat_map(|text| text.split(',')).any(|tag| {
        let tag = tag.trim();
        tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == etag
    })
}

/// Sends what a write was answered.
pub fn written(written: Written) -> HttpResponse {
    let mut response = if written.created { HttpResponse::Created() } else { HttpResponse::Ok() };
    if written.created {
        response.insert_header((LOCATION, written.href));
    }
    if let Some(reached) = written.reached {
        response.insert_header((SEQUENCE.clone(), reached.to_string()));
    }
    response
        .insert_header((ETAG, format!("\"{}\"", written.digest)))
        .insert_header((CACHE_CONTROL, "no-store"))
        .content_type("application/json")
        .body(written.body)
}
