//! The public register by OParl 1.1 (https://oparl.org/spezifikation/): for everyone, without a token. Outside the document: the specification is
//! the contract.

mod query;

use actix_web::http::Method;
use actix_web::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, ALLOW, DispositionType, HeaderValue, LOCATION};
use actix_web::web::{self, Data, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};

use super::PublicUrl;
use super::files::content::send;
use super::language::Language;
use super::outer::WrittenOut;
use super::problem::{Kind, Problem};
use super::respond::{Answered, blocking, json};
use crate::publish::oparl::{Address, ErrorObject, Links, Page, Pagination};
use crate::record::Id;
use crate::register::Register;
use query::ListQuery;

async fn ask(request: HttpRequest, register: Data<Register>, public_url: Data<PublicUrl>) -> HttpResponse {
    let base = public_url.base(&request);
    let answered = answer(&request, &register, &base).await;
    let mut response = answered.unwrap_or_else(|problem| failed(&problem));
    // Scripts of any page may read it.
    response.headers_mut().insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    response
}

async fn answer(request: &HttpRequest, register: &Data<Register>, base: &str) -> Answered {
    // HEAD comes as GET.
    if request.method() != Method::GET {
        return Err(Problem::new(Kind::MethodNotAllowed).with_header(ALLOW, "GET, HEAD"));
    }
    // What the router took the path for: letters that need no encoding are decoded.
    let address = Address::read(request.match_info().as_str()).ok_or_else(|| Problem::new(Kind::NotFound))?;
    let query = request.query_string();
    if request.uri().path() != address.to_string() || !(query.is_empty() || address.is_list()) {
        return Ok(moved(base, &address, query));
    }
    match address {
        Address::Access(id) => bytes(request, register, id, DispositionType::Inline).await,
        Address::Download(id) => bytes(request, register, id, DispositionType::Attachment).await,
        list if list.is_list() => page(request, register, base, list).await,
        object => {
            let base = base.to_owned();
            let found = blocking(register, move |r| r.oparl_object(&object, &base)).await?;
            json(request, &found, true)
        }
    }
}

/// To the one address that is right. Only a list takes parameters.
fn moved(base: &str, address: &Address, query: &str) -> HttpResponse {
    let query = if address.is_list() && !query.is_empty() { format!("?{query}") } else { String::new() };
    HttpResponse::MovedPermanently().insert_header((LOCATION, format!("{base}{address}{query}"))).finish()
}

async fn page(request: &HttpRequest, register: &Data<Register>, base: &str, list: Address) -> Answered {
    let query = ListQuery::read(request.query_string())?;
    let (asked, of, begin) = (query.asked.clone(), list.clone(), base.to_owned());
    let listed = blocking(register, move |r| r.oparl_list(&of, &begin, &asked)).await?;
    let pagination = Pagination::of(listed.total, listed.per_page, query.asked.page);
    let link = |page, after: Option<&str>| format!("{base}{list}{}", query.of_page(page, after, listed.per_page));
    let this = link(query.asked.page, query.asked.after.as_deref());
    let next = listed.next.map(|end| link(query.asked.page.saturating_add(1), Some(&end)));
    let links = Links::of(pagination, this, next, |page| link(page, None));
    json(request, &Page { data: listed.data, pagination, links }, true)
}

async fn bytes(request: &HttpRequest, register: &Data<Register>, id: Id, how: DispositionType) -> Answered {
    let found = blocking(register, move |r| r.oparl_file(id)).await?;
    send(request, register, &found, how).await
}

/// A problem as OParl has it: in the language of the register.
fn failed(problem: &Problem) -> HttpResponse {
    let object = ErrorObject::new(problem.text(Language::French), format!("{problem}: {}", problem.text(Language::English)));
    let mut response = problem.response().content_type("application/json").body(serde_json::to_string(&object).unwrap_or_default());
    response.extensions_mut().insert(WrittenOut);
    response
}

pub fn routes(config: &mut ServiceConfig) {
    for path in ["/oparl", "/oparl/{_:.*}"] {
        config.service(web::resource(path).to(ask));
    }
}
