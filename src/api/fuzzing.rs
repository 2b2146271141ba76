//! What the fuzzing targets (`fuzz/`) call of the HTTP face: compiled for them alone.

use std::future::Ready;

use actix_web::http::header::{AUTHORIZATION, HeaderName, HeaderValue};
use actix_web::test::TestRequest;
use actix_web::{FromRequest, HttpRequest, dev::Payload};

use super::conditional::{IdempotencyKey, IfMatch, known};
use super::files::headers::{announced_digest, asked_part, content_type, length};
use super::language::Language;
use super::problem::Problem;
use super::query::Params;
use super::{body, changes, deliberations, imports, negotiate, page, public_statistics, search, sittings, tokens};

/// Reads the headers of a request in every way in which they are read.
pub fn headers(named: &[(&'static str, &[u8])]) {
    let valid = named.iter().filter_map(|(name, value)| Some((HeaderName::from_static(name), HeaderValue::from_bytes(value).ok()?)));
    let request = valid.fold(TestRequest::default(), TestRequest::append_header).to_http_request();
    let all = request.headers();
    Language::of(all);
    negotiate::wanted(all, &["text/html", "application/pdf"]);
    known(all, "\"a\"");
    let authorization = all.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let _ = tokens::bearer(authorization);
    let _ = taken::<IfMatch>(&request);
    let _ = taken::<IdempotencyKey>(&request);
    let _ = body::streamed(all, &["application/json"]);
    let _ = super::Said::of(all);
    let _ = announced_digest(all);
    let _ = (content_type(all), length(all), asked_part(all, "\"a\"", 1000));
}

/// Reads a query as the parameters of several operations, and as a cursor of several lists.
pub fn query(text: &str) {
    let Ok(request) = actix_web::http::Uri::builder().path_and_query(format!("/?{text}")).build() else { return };
    let request = TestRequest::default().uri(&request.to_string()).to_http_request();
    let _ = taken::<Params<search::SearchParams>>(&request);
    let _ = taken::<Params<deliberations::DeliberationParams>>(&request);
    let _ = taken::<Params<sittings::SittingParams>>(&request);
    let _ = taken::<Params<changes::ChangeParams>>(&request);
    let _ = taken::<Params<public_statistics::GrantParams>>(&request);
    let _ = taken::<Params<imports::ImportParams>>(&request);
    let _ = page::place::<i64>(Some(text));
    let _ = page::place::<(String, i64)>(Some(text));
    let _ = page::place::<crate::register::SearchPlace>(Some(text));
    page::links(&request, Some(text));
}

fn taken<T: FromRequest<Error = Problem, Future = Ready<Result<T, Problem>>>>(request: &HttpRequest) -> Result<T, Problem> {
    T::from_request(request, &mut Payload::None).into_inner()
}
