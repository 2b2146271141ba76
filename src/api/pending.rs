//! Acts that want something.

use actix_web::web::Data;
use actix_web::{HttpRequest, get};
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::access::{Granted, RecordsRead};
use super::page::{Limit, List, links, place};
use super::query::Params;
use super::respond::{Answered, blocking, list};
use crate::register::{PendingAct, Register, Want};

/// What acts want.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PendingParams {
    want: Want,
    /// `publication_ends`: within so many days from today, 30 when not said. `not_transmitted`: more than so many days after the sitting, 15 when not said.
    #[serde(default, deserialize_with = "days")]
    #[param(value_type = Option<u16>, maximum = 3660)]
    days: Option<u16>,
    /// 1 to 200; 50 when not said.
    #[param(value_type = Option<u8>, minimum = 1, maximum = 200)]
    limit: Option<Limit>,
    /// From `links.next`.
    cursor: Option<String>,
}

fn days<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<u16>, D::Error> {
    let text = String::deserialize(deserializer)?;
    let days = text.parse().ok().filter(|days| *days <= 3660);
    days.map(Some).ok_or_else(|| serde::de::Error::custom("a number of days is a whole number up to 3660"))
}

/// List the acts that want something
///
/// From the earliest sitting to the latest, each act with from when it is enforceable, or why it is not.
#[utoipa::path(operation_id = "listPending", tag = "life of acts", params(PendingParams),
    security(("token" = ["records:read"])), responses((status = 200, description = "A page", body = List<PendingAct>)))]
#[get("/pending")]
async fn pending(request: HttpRequest, register: Data<Register>, who: Granted<RecordsRead>, params: Params<PendingParams>) -> Answered {
    let params = params.0;
    let limit = Limit::lines(params.limit);
    let days = params.days.unwrap_or(if params.want == Want::PublicationEnds { 30 } else { 15 });
    let after: Option<(NaiveDate, String)> = place(params.cursor.as_deref())?;
    let authority = who.caller.authority.clone();
    let found = blocking(&register, move |r| r.pending(&authority, params.want, days, after.as_ref(), limit)).await?;
    list(&request, found.lines, links(&request, found.next), found.public)
}

pub fn routes(config: &mut ServiceConfig) {
    config.service(pending);
}
