//! For who runs the service: is it alive, is it ready, how much does it do; and the interactive documentation. Outside the document.

use actix_web::http::header::{CACHE_CONTROL, LOCATION};
use actix_web::web::{self, Data, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, get};
use serde_json::Value;
use utoipa_swagger_ui::SwaggerUi;

use super::conditional;
use super::metrics::scrape;
use crate::register::{KeptBody, Register, digest};

/// The process answers.
#[get("/health")]
async fn health() -> HttpResponse {
    HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).json(serde_json::json!({"status": "live"}))
}

/// The database answers, and its migrations are applied.
#[get("/ready")]
async fn ready(register: Data<Register>) -> HttpResponse {
    let ready = web::block(move || register.store().ready()).await.unwrap_or(false);
    let mut response = if ready { HttpResponse::Ok() } else { HttpResponse::ServiceUnavailable() };
    response.insert_header((CACHE_CONTROL, "no-store")).json(serde_json::json!({"status": if ready { "ready" } else { "not_ready" }}))
}

/// The OpenAPI document, ready to be sent: it is more than a megabyte.
pub struct Contract {
    etag: String,
    body: KeptBody,
}

impl Contract {
    pub fn of(document: &Value) -> serde_json::Result<Self> {
        let bytes = serde_json::to_vec(&super::Ordered(document))?;
        Ok(Self { etag: format!("\"{}\"", digest(&bytes)), body: bytes.into() })
    }
}

#[get("/openapi.json")]
async fn openapi(request: HttpRequest, contract: Data<Contract>) -> HttpResponse {
    conditional::kept(&request, &contract.etag, true, &contract.body)
}

#[get("/docs")]
async fn docs() -> HttpResponse {
    HttpResponse::MovedPermanently().insert_header((LOCATION, "/docs/")).finish()
}

pub fn routes(config: &mut ServiceConfig) {
    config.service(health).service(ready).service(scrape).service(openapi).service(docs);
    // The pages are in the binary: nothing is loaded from elsewhere.
    config.service(SwaggerUi::new("/docs/{_:.*}").config(utoipa_swagger_ui::Config::from("/openapi.json")));
}
