//! What a browser is told of every answer, whoever made it. A handler that says more, or otherwise, is left as it is.

use actix_web::dev::ServiceResponse;
use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};

/// Nothing is loaded, nothing runs, and no page frames it.
static NOTHING: HeaderValue = HeaderValue::from_static("default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
static NOSNIFF: HeaderValue = HeaderValue::from_static("nosniff");
static NO_REFERRER: HeaderValue = HeaderValue::from_static("no-referrer");
static SAME_SITE: HeaderValue = HeaderValue::from_static("same-site");
static ASK_AGAIN: HeaderValue = HeaderValue::from_static("no-cache");
static RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// The same for the interactive documentation, whose scripts and styles are files of its own.
static DOCUMENTATION: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; \
     frame-ancestors 'none'",
);

/// Adds what an answer lacks.
pub fn guard<B>(response: &mut ServiceResponse<B>) {
    let policy = if response.request().path().starts_with("/docs/") { &DOCUMENTATION } else { &NOTHING };
    let headers = response.headers_mut();
    headers.insert(X_CONTENT_TYPE_OPTIONS, NOSNIFF.clone());
    unless_said(headers, CONTENT_SECURITY_POLICY, policy);
    match headers.get(CACHE_CONTROL) {
        // What is public may stand on the pages of others.
        Some(cache) if cache.as_bytes().starts_with(b"public") => {}
        Some(_) => unless_said(headers, RESOURCE_POLICY.clone(), &SAME_SITE),
        None => {
            headers.insert(CACHE_CONTROL, ASK_AGAIN.clone());
        }
    }
    // JSON leads nowhere that a reader could come from.
    if headers.get(CONTENT_TYPE).is_none_or(|media| media != "application/json") {
        unless_said(headers, REFERRER_POLICY, &NO_REFERRER);
    }
}

fn unless_said(headers: &mut HeaderMap, name: HeaderName, value: &HeaderValue) {
    if !headers.contains_key(&name) {
        headers.insert(name, value.clone());
    }
}
