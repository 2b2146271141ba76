//! Answers from memory: sent before the routes are looked at, since nothing else would be found there.

use std::sync::Arc;

use actix_web::http::Method;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use serde::Serialize;

use super::page::{Links, List};
use super::problem::{Kind, Problem};
use super::respond::with_next;
use super::{access, conditional, papers};
use crate::record::{Id, Siren};
use crate::register::{AsOf, KeptPage, Reader, Register, digest};
use crate::sight::Hot;

/// The kinds of records that are kept as answers, and where they are read.
const RECORDS: [(&str, &str, Hot); 2] = [("/v1/deliberations/", "deliberation", Hot::Deliberation), ("/v1/sittings/", "sitting", Hot::Sitting)];

/// What memory holds for a request, if it is just what its handler would answer, and which address it is of. A token that is not known yet is for the handler, as is a read that
/// must be noted.
pub fn answer(request: &HttpRequest) -> Option<(HttpResponse, Hot)> {
    if request.method() != Method::GET || !request.path().starts_with("/v1/") {
        return None;
    }
    let register = request.app_data::<Data<Register>>()?;
    let reader = access::known(request)?;
    for (place, kind, hot) in RECORDS {
        if let Some(id) = request.path().strip_prefix(place).filter(|_| request.query_string().is_empty()) {
            let answer = register.kept(kind, id.parse::<Id>().ok()?, &reader)?;
            let plain = (answer.public || !reader.restricted) && papers::wanted(request).is_none();
            return plain.then(|| (conditional::kept(request, &answer.etag, answer.public, &answer.body), hot));
        }
    }
    let hot = Hot::list(request.path())?;
    Some((send(request, register.kept_page(target(request), &reader)?.as_ref()), hot))
}

fn target(request: &HttpRequest) -> &str {
    request.uri().path_and_query().map_or("", |target| target.as_str())
}

/// A page that is about to be read, and is kept then.
pub struct Keeping<'a> {
    request: &'a HttpRequest,
    register: &'a Register,
    reader: Reader,
    as_of: AsOf,
}

impl<'a> Keeping<'a> {
    /// To be made before the page is read; `authority` as the request names it.
    pub fn before(request: &'a HttpRequest, register: &'a Register, reader: &Reader, authority: Option<&Siren>) -> Self {
        Self { request, register, reader: reader.clone(), as_of: register.as_of(authority, reader) }
    }

    /// Sends a page of a list, where the next one is in it and in `Link` (RFC 8288), and keeps it.
    pub fn list<T: Serialize>(self, data: Vec<T>, links: Links, public: bool) -> Result<HttpResponse, Problem> {
        let next = links.next.clone();
        self.json(&List { data, links }, next, public)
    }

    /// Sends JSON, and keeps it; `next` goes into `Link`.
    pub fn json(self, value: &impl Serialize, next: Option<String>, public: bool) -> Result<HttpResponse, Problem> {
        let bytes = serde_json::to_vec(value).map_err(|_| Problem::new(Kind::Internal))?;
        let page = Arc::new(KeptPage { etag: format!("\"{}\"", digest(&bytes)), body: bytes.into(), next, public });
        self.register.keep_page(target(self.request), &self.reader, self.as_of, &page);
        Ok(send(self.request, &page))
    }
}

fn send(request: &HttpRequest, page: &KeptPage) -> HttpResponse {
    with_next(conditional::kept(request, &page.etag, page.public, &page.body), page.next.as_deref())
}
