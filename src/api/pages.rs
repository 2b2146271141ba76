//! Pages for people, which are served beside the API by a room that stands on it.

use actix_web::http::StatusCode;
use actix_web::web::ServiceConfig;
use actix_web::{HttpRequest, HttpResponse};

/// What the API has to know of them.
#[derive(Clone, Copy)]
pub struct Pages {
    pub routes: fn(&mut ServiceConfig),
    /// An error as a page, with the number that finds the request in the log; none where the address is not one of a page.
    pub error: fn(&HttpRequest, StatusCode, &str) -> Option<HttpResponse>,
}
