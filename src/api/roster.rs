//! The roster of a body: what a clerk starts the attendance of a sitting with.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, get};
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::access::{Granted, RecordsRead};
use super::page::{Links, List};
use super::query::{Params, day};
use super::respond::{Answered, blocking, list};
use crate::record::{AttendanceList, Id};
use crate::register::Register;

/// On which day.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct RosterParams {
    /// The day of the sitting; today when not said.
    #[serde(default, deserialize_with = "day")]
    on: Option<NaiveDate>,
}

/// Read the roster of a body on a day
///
/// Lists to put into the record of a new sitting, from the mandates in force on the day. Nobody is said to be present.
#[utoipa::path(operation_id = "getRoster", tag = "bodies", params(("id" = Id, Path), RosterParams),
    security(("token" = ["records:read"])),
    responses((status = 200, description = "A list for each voting right", body = List<AttendanceList>)))]
#[get("/bodies/{id}/roster")]
async fn roster(request: HttpRequest, register: Data<Register>, id: Path<Id>, who: Granted<RecordsRead>, params: Params<RosterParams>) -> Answered {
    let (authority, on) = (who.caller.authority.clone(), params.0.on.unwrap_or_else(|| chrono::Utc::now().date_naive()));
    let lists = blocking(&register, move |r| r.roster(&authority, *id, on)).await?;
    list(&request, lists, Links { next: None }, false)
}

pub fn routes(config: &mut ServiceConfig) {
    config.service(roster);
}
