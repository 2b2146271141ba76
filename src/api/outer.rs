//! The outermost layer: a request id, one log line, HEAD, and every error as a problem in the reader's language.

use std::panic::AssertUnwindSafe;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Instant;

use actix_web::body::{BodySize, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{ALLOW, CONTENT_TYPE, HeaderName, HeaderValue};
use actix_web::http::{ConnectionType, Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error, HttpMessage, HttpRequest, HttpResponse, ResponseError};
use futures_util::FutureExt;
use serde_json::Value;

use super::connections::Connection;
use super::guard::guard;
use super::language::Language;
use super::pages::Pages;
use super::problem::{Kind, Problem};
use super::rates::{Rates, Verdict};
use super::{access, deprecation, kept};
use crate::sight::{Asked, Hot, Limits, Seen, Trace, within};

/// On a response whose error is written out already, in a format of its own.
#[derive(Clone, Copy)]
pub struct WrittenOut;

static REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Goes with a request that was HEAD: whoever would make a long body need not.
pub struct AskedByHead;

/// A handler panicked: a defect of the program, answered as one. Nothing is left half done, for its transaction is taken back with it.
#[derive(Debug)]
struct Panicked {
    language: Language,
    id: String,
    path: String,
}

impl std::fmt::Display for Panicked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "a handler panicked: request {}", self.id)
    }
}

impl ResponseError for Panicked {
    fn status_code(&self) -> StatusCode {
        StatusCode::INTERNAL_SERVER_ERROR
    }

    fn error_response(&self) -> HttpResponse {
        tracing::error!(request_id = %self.id, path = %self.path, "a handler panicked");
        let mut response = Problem::new(Kind::Internal).respond(self.language, &self.path, Some(self.id.clone()));
        if let Ok(value) = HeaderValue::from_str(&self.id) {
            response.headers_mut().insert(REQUEST_ID.clone(), value);
        }
        response
    }
}

/// What each thread that serves has at the door.
pub struct Door {
    seen: Seen,
    rates: Option<Arc<Rates>>,
    limits: Limits,
}

impl Door {
    pub fn new(rates: Option<Arc<Rates>>, limits: Limits) -> Self {
        Self { seen: Seen::new(), rates, limits }
    }
}

/// Wraps every request.
pub async fn outer(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
    door: Rc<Door>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let started = Instant::now();
    let id = uuid::Uuid::now_v7().simple().to_string();
    let language = Language::of(request.headers());
    if request.method() == Method::HEAD {
        // Answered like GET; the server sends no body to a HEAD.
        request.head_mut().method = Method::GET;
        request.extensions_mut().insert(AskedByHead);
    }
    let connection = request.conn_data::<Rc<Connection>>().cloned();
    if let Some(connection) = &connection {
        connection.asked();
    }
    let trace = Trace::begin(|name| request.headers().get(name).and_then(|value| value.to_str().ok()));
    let mut kept = kept::answer(request.request());
    let verdict = door.rates.as_ref().and_then(|rates| rates.judge(request.request(), kept.is_some()));
    let refusal = verdict.as_ref().and_then(Verdict::refusal);
    let hot = kept.as_ref().map(|(_, hot)| *hot).filter(|_| refusal.is_none());
    if let Some(refusal) = refusal {
        kept = Some((refusal.error_response(), Hot::Deliberation));
    }
    // A clone of the request kept across this call would make the router panic; what handlers return as errors comes back as responses.
    let mut response = match kept {
        Some((kept, _)) => request.into_response(kept).map_into_right_body(),
        None => {
            let path = request.path().to_owned();
            let asked = Asked::new(&id, door.limits, &trace);
            match AssertUnwindSafe(within(asked, next.call(request))).catch_unwind().await {
                Ok(answered) => answered?.map_into_left_body(),
                // Its words and its place are on standard error; the request is gone with it.
                Err(_) => {
                    if let Some(connection) = connection {
                        connection.answered(Instant::now(), BodySize::None);
                    }
                    door.seen.answered("", None, StatusCode::INTERNAL_SERVER_ERROR.as_u16(), started.elapsed());
                    return Err(Panicked { language, id, path }.into());
                }
            }
        }
    };
    if let Some(mut written) = error_of(&response, language, &id) {
        let (request, old) = response.into_parts();
        if let Some(allow) = old.headers().get(ALLOW).filter(|_| !written.headers().contains_key(ALLOW)) {
            written.headers_mut().insert(ALLOW, allow.clone());
        }
        response = ServiceResponse::new(request, written).map_into_right_body();
    }
    let status = response.status();
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID.clone(), value);
    }
    guard(&mut response);
    deprecation::announce(deprecation::DEPRECATED, &mut response);
    if let Some(verdict) = verdict {
        verdict.tell(response.headers_mut());
    }
    let took = started.elapsed();
    let size = response.response().body().size();
    if connection.is_some_and(|connection| !connection.answered(started + took, size)) {
        response.response_mut().head_mut().set_connection_type(ConnectionType::Close);
    }
    // The path only: a query may hold what someone searched for.
    let (method, path) = (response.request().method(), response.request().path());
    tracing::info!(request_id = %id, %method, path, status = status.as_u16(), micros = took.as_micros(), "request");
    if trace.records() {
        let route = hot.map(|hot| hot.route().to_owned()).or_else(|| response.request().match_pattern()).unwrap_or_default();
        let caller = access::known_caller(response.request());
        trace.end(method.as_str(), &route, status.as_u16(), &id, caller.as_ref().map(|caller| caller.authority.as_str()));
    }
    match hot {
        Some(hot) => door.seen.hit(hot, status.as_u16(), took),
        None => door.seen.answered(method.as_str(), response.request().match_pattern(), status.as_u16(), took),
    }
    Ok(response)
}

/// What says an error to who asked: a page where they asked for one, a problem elsewhere. A page that says it itself is left as it is.
fn error_of<B>(response: &ServiceResponse<B>, language: Language, id: &str) -> Option<HttpResponse> {
    let status = response.status();
    let said = response.headers().get(CONTENT_TYPE).is_some_and(|value| value.as_bytes().starts_with(b"text/html"));
    if said || status.as_u16() < 400 {
        return None;
    }
    let request = response.request();
    let page = request.app_data::<Pages>().and_then(|pages| (pages.error)(request, status, id));
    page.or_else(|| Some(problem_of(response)?.respond(language, request.path(), Some(id.to_owned()))))
}

/// The problem that a response stands for: the one that it carries, or the one that its status means.
fn problem_of<B>(response: &ServiceResponse<B>) -> Option<Problem> {
    if let Some(problem) = response.response().extensions().get::<Problem>() {
        return Some(problem.clone());
    }
    let kind = match response.status().as_u16() {
        _ if response.response().extensions().contains::<WrittenOut>() => return None,
        0..400 => return None,
        404 => Kind::NotFound,
        405 => Kind::MethodNotAllowed,
        413 => Kind::TooLarge,
        408 => Kind::TooSlow,
        415 => Kind::MediaType,
        503 => return None,
        400..500 => Kind::BadRequest,
        _ => Kind::Internal,
    };
    Some(Problem::new(kind))
}

/// The addresses of the document and their methods: what the router itself does not tell.
pub struct RouteTable(Vec<(Vec<String>, Vec<&'static str>)>);

impl RouteTable {
    pub fn of(document: &Value) -> Self {
        let paths = document.get("paths").and_then(Value::as_object).into_iter().flatten();
        let routes = paths.map(|(path, item)| {
            let there = |method: &&'static str| item.get(method.replace("HEAD", "GET").to_ascii_lowercase()).is_some();
            (path.split('/').map(str::to_owned).collect(), ["GET", "HEAD", "POST", "PUT", "DELETE"].into_iter().filter(there).collect())
        });
        Self(routes.collect())
    }

    /// The methods of an address; none where there is no such address.
    fn methods(&self, path: &str) -> Option<String> {
        let asked: Vec<&str> = path.split('/').collect();
        let found = self.0.iter().filter(|(template, _)| template.len() == asked.len() && template.iter().zip(&asked).all(|(s, text)| fits(s, text)));
        let found = found.max_by_key(|(template, _)| template.iter().map(|segment| said(segment)).collect::<Vec<_>>());
        found.map(|(_, methods)| methods.join(", "))
    }
}

fn fits(segment: &str, text: &str) -> bool {
    segment == text || (segment.starts_with('{') && !text.is_empty() && (text.contains('.') || !segment.contains('.')))
}

/// How much a segment says of what fits: a word more than `{id}.{format}`, and that more than `{id}`.
fn said(segment: &str) -> u8 {
    match (segment.contains('{'), segment.contains('.')) {
        (false, _) => 2,
        (true, true) => 1,
        (true, false) => 0,
    }
}

/// What no route takes: an address that is not there, or a method that it does not know.
pub async fn nowhere(request: HttpRequest, table: Data<RouteTable>) -> Result<HttpResponse, Problem> {
    let Some(methods) = table.methods(request.path()) else { return Err(Problem::new(Kind::NotFound)) };
    Err(Problem::new(Kind::MethodNotAllowed)
        .saying(format!("Méthodes admises : {methods}."), format!("Allowed methods: {methods}."))
        .with_header(ALLOW, methods))
}

#[cfg(test)]
mod tests {
    use actix_web::middleware::from_fn;
    use actix_web::{App, HttpResponse, HttpServer, web};
    use rstest::rstest;
    use serde_json::json;

    use std::rc::Rc;

    use super::{Door, RouteTable};
    use crate::sight::Limits;

    /// Over a real connection: what is dropped with a panic is the work, not the answer, nor the service.
    #[actix_web::test]
    async fn a_handler_that_panics_is_a_problem_and_the_next_request_is_answered() {
        let app = || {
            let door = Rc::new(Door::new(None, Limits::default()));
            App::new()
                .wrap(from_fn(move |request, next| super::outer(request, next, Rc::clone(&door))))
                .route("/panics", web::post().to(async || -> HttpResponse { unreachable!("a defect") }))
                .route("/answers", web::get().to(HttpResponse::Ok))
        };
        let server = HttpServer::new(app).workers(1).bind(("127.0.0.1", 0)).expect("a port");
        let url = format!("http://{}", server.addrs().first().expect("an address"));
        actix_web::rt::spawn(server.run());
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::new();
        let sent = client.post(format!("{url}/panics")).header("accept-language", "en").body("x".repeat(100_000)).send();
        let answered = sent.await.expect("an answer");
        assert_eq!((answered.status().as_u16(), answered.headers().contains_key("x-request-id")), (500, true));
        let problem: serde_json::Value = answered.json().await.expect("JSON");
        let said = ["type", "title", "instance"].map(|field| problem.get(field).cloned().unwrap_or_default());
        assert_eq!(said, [json!("/problems/internal"), json!("Internal error"), json!("/panics")]);
        assert_eq!(client.get(format!("{url}/answers")).send().await.expect("an answer").status().as_u16(), 200);
    }

    #[rstest]
    #[case::a_record("/v1/acts/1", Some("GET, HEAD, DELETE"))]
    #[case::a_record_in_a_format("/v1/acts/1.html", Some("GET, HEAD"))]
    #[case::a_word_in_the_place_of_an_identifier("/v1/acts/latest", Some("GET, HEAD, PUT"))]
    #[case::nothing_in_the_place_of_an_identifier("/v1/acts/", None)]
    #[case::nothing_there("/v1/acts/1/2", None)]
    fn the_methods_of_an_address_are_those_of_what_says_most_of_it(#[case] path: &str, #[case] methods: Option<&str>) {
        let document = json!({"paths": {
            "/v1/acts/{id}": {"get": {}, "delete": {}}, "/v1/acts/{id}.{format}": {"get": {}}, "/v1/acts/latest": {"get": {}, "put": {}},
        }});
        assert_eq!(RouteTable::of(&document).methods(path).as_deref(), methods);
    }
}
