//! From the register to a page: its work on a blocking thread, its headers, and a 304 for who has the page already.

use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, ETAG, HeaderMap, HeaderName, HeaderValue, IF_NONE_MATCH, REFERRER_POLICY};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, ResponseError};

use super::address::Addresses;
use crate::api::in_time;
use crate::register::{Refusal, Register, digest};

/// Nothing is loaded from elsewhere, nothing runs: a text that got past the escaping would still do nothing.
pub const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

static OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");

/// A page, a feed or another text, ready to be sent.
pub struct Text {
    pub status: StatusCode,
    pub content_type: &'static str,
    pub body: String,
    /// Other headers.
    pub headers: Vec<(HeaderName, String)>,
}

impl Text {
    pub const HTML: &'static str = "text/html; charset=utf-8";

    pub const fn page(body: String) -> Self {
        Self::of(Self::HTML, body)
    }

    pub const fn of(content_type: &'static str, body: String) -> Self {
        Self { status: StatusCode::OK, content_type, body, headers: Vec::new() }
    }

    pub const fn with_status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }
}

/// Why there is no page: the outermost layer says it in HTML.
#[derive(Debug)]
pub struct Failure(pub StatusCode);

impl Failure {
    pub const NOT_FOUND: Self = Self(StatusCode::NOT_FOUND);
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl ResponseError for Failure {
    fn status_code(&self) -> StatusCode {
        self.0
    }

    fn error_response(&self) -> HttpResponse {
        HttpResponse::new(self.0)
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        use crate::store::StoreError;
        match refusal {
            Refusal::NotFound | Refusal::NotSealed => Self::NOT_FOUND,
            Refusal::Gone => Self(StatusCode::GONE),
            Refusal::Store(StoreError::Unreachable(error)) => {
                tracing::error!(%error, "a page cannot be made");
                Self(StatusCode::SERVICE_UNAVAILABLE)
            }
            other => {
                tracing::error!(error = %other, "a page cannot be made");
                Self(StatusCode::INTERNAL_SERVER_ERROR)
            }
        }
    }
}

impl From<minijinja::Error> for Failure {
    fn from(error: minijinja::Error) -> Self {
        tracing::error!(%error, "a page cannot be written");
        Self(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

pub type Answered = Result<HttpResponse, Failure>;

/// What a request says, without the request: it can go to another thread.
#[derive(Clone, Debug)]
pub struct Asked {
    pub at: Addresses,
    pub path: String,
    /// The parameters, in order. One that no page knows is left aside: links are handed on with all kinds of things behind them.
    pub query: Vec<(String, String)>,
}

impl Asked {
    pub fn of(request: &HttpRequest) -> Self {
        let query: Vec<(String, String)> = serde_urlencoded::from_str(request.query_string()).unwrap_or_default();
        Self { at: Addresses::of(request), path: request.path().to_owned(), query }
    }

    /// A parameter that says something, without spaces around it. No text of the register holds U+0000, and no engine compares it.
    pub fn get(&self, name: &str) -> Option<&str> {
        let value = self.query.iter().find(|(known, _)| known == name).map(|(_, value)| value.trim())?;
        (!value.is_empty() && !value.contains('\0')).then_some(value)
    }
}

/// Makes a page on a blocking thread, and sends it.
pub async fn page(
    request: &HttpRequest,
    register: &Data<Register>,
    work: impl FnOnce(&Register, &Asked) -> Result<Text, Failure> + Send + 'static,
) -> Answered {
    let (register, asked) = (register.clone(), Asked::of(request));
    let made = in_time(move || work(&register, &asked)).await.map_err(|problem| Failure(problem.status()))??;
    Ok(send(request, made))
}

/// Sends a text, with the digest of its bytes as its tag; or says that the reader has it already.
pub fn send(request: &HttpRequest, text: Text) -> HttpResponse {
    let etag = format!("\"{}\"", digest(text.body.as_bytes()));
    let fresh = text.status == StatusCode::OK && known(request.headers(), &etag);
    let mut response = HttpResponse::build(if fresh { StatusCode::NOT_MODIFIED } else { text.status });
    guard(&mut response);
    // A page may be told more than the others.
    for (name, value) in text.headers {
        response.insert_header((name, value));
    }
    if text.status == StatusCode::OK {
        response.insert_header((CACHE_CONTROL, "public, no-cache")).insert_header((ETAG, etag));
    } else {
        response.insert_header((CACHE_CONTROL, "no-store"));
    }
    if fresh { response.finish() } else { response.content_type(text.content_type).body(text.body) }
}

/// What a browser is told of every page.
pub fn guard(response: &mut HttpResponseBuilder) {
    response
        .insert_header((CONTENT_SECURITY_POLICY, POLICY))
        .insert_header((REFERRER_POLICY, "strict-origin-when-cross-origin"))
        .insert_header((OPENER_POLICY.clone(), HeaderValue::from_static("same-origin")));
}

/// Whether `If-None-Match` names the tag, by weak comparison (RFC 9110 §13.1.2).
fn known(headers: &HeaderMap, etag: &str) -> bool {
    headers.get_all(&IF_NONE_MATCH).filter_map(|value| value.to_str().ok()).flat_map(|text| text.split(',')).any(|tag| {
        let tag = tag.trim();
        tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == etag
    })
}
