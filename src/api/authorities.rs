//! Authorities: the owners of records.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, get, post, put};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::access::{Admin, Granted, Reading};
use super::body::Sent;
use super::conditional::{IdempotencyKey, IfMatch, written};
use super::page::{Limit, List, links, place};
use super::problem::{Kind, Problem};
use super::query::{NoParams, Params};
use super::respond::{Answered, blocking, filing, list, raw};
use crate::publish::AuthorityAnswer;
use crate::record::{Authority, Siren};
use crate::register::{Page, Register};

/// Which authorities.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AuthorityParams {
    /// 1 to 200; 50 when not said.
    #[param(value_type = Option<u8>, minimum = 1, maximum = 200)]
    limit: Option<Limit>,
    /// From `links.next`.
    cursor: Option<String>,
}

/// List authorities
///
/// Authorities that are public, and that of the token.
#[utoipa::path(operation_id = "listAuthorities", tag = "authorities", params(AuthorityParams),
    security((), ("token" = [])), responses((status = 200, description = "A page, in the order of the SIREN", body = List<AuthorityAnswer>)))]
#[get("/authorities")]
async fn list_all(request: HttpRequest, register: Data<Register>, reading: Reading, params: Params<AuthorityParams>) -> Answered {
    let after: Option<String> = place(params.0.cursor.as_deref())?;
    let page = Page { authority: None, limit: Limit::lines(params.0.limit) };
    let listed = blocking(&register, move |r| r.authorities(&reading.0, &page, after.as_deref())).await?;
    list(&request, raw(listed.lines)?, links(&request, listed.next), listed.public)
}

/// File the token's authority
///
/// The token's authority, once.
#[utoipa::path(operation_id = "addAuthority", tag = "authorities", request_body = Authority,
    security(("token" = ["admin"])),
    responses((status = 201, description = "Filed", body = AuthorityAnswer, headers(("ETag" = String), ("Location" = String)))))]
#[post("/authorities")]
async fn add(
    request: HttpRequest,
    register: Data<Register>,
    who: Granted<Admin>,
    key: IdempotencyKey,
    _params: Params<NoParams>,
    sent: Sent<Authority>,
) -> Answered {
    let (actor, once) = (who.actor(), key.once(&request, &sent.bytes));
    Ok(written(blocking(&register, move |r| r.add_authority(&actor, once.as_ref(), &sent.value)).await?))
}

/// Read an authority
///
/// One that is public, or that of the token.
#[utoipa::path(operation_id = "getAuthority", tag = "authorities", params(("siren" = Siren, Path)),
    security((), ("token" = [])),
    responses((status = 200, description = "The authority", body = AuthorityAnswer, headers(("ETag" = String))),
        (status = 304, description = "Not modified")))]
#[get("/authorities/{siren}")]
async fn one(request: HttpRequest, register: Data<Register>, siren: Path<Siren>, reading: Reading, _params: Params<NoParams>) -> Answered {
    Ok(filing(&request, blocking(&register, move |r| r.authority(&siren, &reading.0)).await?))
}

/// Replace the token's authority
///
/// Another authority than the token's is as if it were not there.
#[utoipa::path(operation_id = "replaceAuthority", tag = "authorities", params(("siren" = Siren, Path)),
    request_body = Authority, security(("token" = ["admin"])),
    responses((status = 200, description = "Replaced", body = AuthorityAnswer, headers(("ETag" = String)))))]
#[put("/authorities/{siren}")]
async fn replace(
    register: Data<Register>,
    siren: Path<Siren>,
    who: Granted<Admin>,
    matching: IfMatch,
    _params: Params<NoParams>,
    sent: Sent<Authority>,
) -> Answered {
    let actor = who.actor();
    if *siren != actor.authority {
        return Err(Problem::new(Kind::NotFound));
    }
    Ok(written(blocking(&register, move |r| r.replace_authority(&actor, &matching.0, &sent.value)).await?))
}

pub fn routes(config: &mut ServiceConfig) {
    config.service(list_all).service(add).service(one).service(replace);
}
