//! The style and the icon: in the binary, under addresses that change with their content.

use std::sync::LazyLock;

use actix_web::http::header::CACHE_CONTROL;
use actix_web::web::{self, Query, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use super::respond::{Text, send};
use crate::publish::drawing;
use crate::register::digest;

/// The style of the pages, and that of the pictures in them.
static CSS: LazyLock<String> = LazyLock::new(|| [include_str!("assets/registre.css"), include_str!("assets/reprise.css"), drawing::STYLE].join("\n"));
const ICON: &str = include_str!("assets/registre.svg");

static CSS_ADDRESS: LazyLock<String> = LazyLock::new(|| format!("/assets/registre.css?v={}", version(&CSS)));
static ICON_ADDRESS: LazyLock<String> = LazyLock::new(|| format!("/assets/registre.svg?v={}", version(ICON)));

pub fn css_address() -> &'static str {
    &CSS_ADDRESS
}

pub fn icon_address() -> &'static str {
    &ICON_ADDRESS
}

fn version(content: &str) -> String {
    digest(content.as_bytes()).chars().take(16).collect()
}

#[derive(Deserialize)]
struct Version {
    v: Option<String>,
}

/// For ever under the address that names its content; else it is asked for again.
fn asset(request: &HttpRequest, asked: &Version, content_type: &'static str, content: &str) -> HttpResponse {
    let mut response = send(request, Text::of(content_type, content.to_owned()));
    if asked.v.as_deref() == Some(version(content).as_str()) {
        let forever = actix_web::http::header::HeaderValue::from_static("public, max-age=31536000, immutable");
        response.headers_mut().insert(CACHE_CONTROL, forever);
    }
    response
}

async fn css(request: HttpRequest, asked: Query<Version>) -> HttpResponse {
    asset(&request, &asked, "text/css; charset=utf-8", &CSS)
}

async fn icon(request: HttpRequest, asked: Query<Version>) -> HttpResponse {
    asset(&request, &asked, "image/svg+xml", ICON)
}

pub fn routes(config: &mut ServiceConfig) {
    config.service(web::resource("/assets/registre.css").route(web::get().to(css)));
    config.service(web::resource("/assets/registre.svg").route(web::get().to(icon)));
}
