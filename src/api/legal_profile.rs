//! The legal profile of one body.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, get};
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::access::Reading;
use super::query::{Params, day};
use super::respond::{Answered, blocking, json};
use crate::record::Id;
use crate::register::{BodyLegalProfile, Register};

/// On which day.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ProfileParams {
    /// The day on which the rules are asked about; today when not said.
    #[serde(default, deserialize_with = "day")]
    on: Option<NaiveDate>,
}

/// Read the legal profile of a body on a day
///
/// What the law asks of such a body on a day, with what its own internal rules settle. `GET /v1/legal-profiles` has the rules on every kind of
/// body, with their dates.
#[utoipa::path(operation_id = "getBodyLegalProfile", tag = "bodies",
    params(("id" = Id, Path), ProfileParams), security((), ("token" = [])),
    responses((status = 200, description = "The rules in force on that day", body = BodyLegalProfile)))]
#[get("/bodies/{id}/legal-profile")]
async fn legal_profile(request: HttpRequest, register: Data<Register>, id: Path<Id>, reading: Reading, params: Params<ProfileParams>) -> Answered {
    let on = params.0.on.unwrap_or_else(|| chrono::Utc::now().date_naive());
    let (profile, public) = blocking(&register, move |r| r.legal_profile(*id, &reading.0, on)).await?;
    json(&request, &profile, public)
}

pub fn routes(config: &mut ServiceConfig) {
    config.service(legal_profile);
}
