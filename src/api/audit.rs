//! The audit trail of an authority: what was written, and who read what is restricted.

use actix_web::web::Data;
use actix_web::{HttpRequest, get};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::access::{AuditRead, Granted};
use super::page::{Limit, List, links, place};
use super::query::Params;
use super::respond::{Answered, blocking, list};
use crate::record::Id;
use crate::register::{ReadLine, Register, WriteLine};

/// A page of the trail.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct TrailParams {
    /// 1 to 200; 50 when not said.
    #[param(value_type = Option<u8>, minimum = 1, maximum = 200)]
    limit: Option<Limit>,
    /// From `links.next`.
    cursor: Option<String>,
}

/// One line too many tells whether there is a next page.
fn ask(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1)
}

/// Read who wrote what
///
/// Every accepted write of the authority, oldest first, numbered without a gap.
#[utoipa::path(operation_id = "listWrites", tag = "audit", params(TrailParams),
    security(("token" = ["audit:read"])), responses((status = 200, description = "A page", body = List<WriteLine>)))]
#[get("/audit/writes")]
async fn writes(request: HttpRequest, register: Data<Register>, who: Granted<AuditRead>, params: Params<TrailParams>) -> Answered {
    let limit = Limit::lines(params.0.limit);
    let after: i64 = place(params.0.cursor.as_deref())?.unwrap_or(0);
    let authority = who.caller.authority.clone();
    let mut lines = blocking(&register, move |r| r.writes(&authority, after, ask(limit))).await?;
    let more = lines.len() > limit;
    lines.truncate(limit);
    let next = if more { lines.last().map(|l| l.sequence) } else { None };
    list(&request, lines, links(&request, next), false)
}

/// Read who read what is restricted
///
/// Every read of restricted data of the authority, oldest first.
#[utoipa::path(operation_id = "listRestrictedReads", tag = "audit", params(TrailParams),
    security(("token" = ["audit:read"])), responses((status = 200, description = "A page", body = List<ReadLine>)))]
#[get("/audit/reads")]
async fn reads(request: HttpRequest, register: Data<Register>, who: Granted<AuditRead>, params: Params<TrailParams>) -> Answered {
    let limit = Limit::lines(params.0.limit);
    let after: Option<Id> = place(params.0.cursor.as_deref())?;
    let authority = who.caller.authority.clone();
    let mut lines = blocking(&register, move |r| r.restricted_reads(&authority, after, ask(limit))).await?;
    let more = lines.len() > limit;
    lines.truncate(limit);
    let next = if more { lines.last().map(|l| l.id) } else { None };
    list(&request, lines, links(&request, next), false)
}

pub fn routes(config: &mut ServiceConfig) {
    config.service(writes).service(reads);
}
