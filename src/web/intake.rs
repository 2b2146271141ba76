//! The page where the secretariat reviews an act that was read before it is kept. It is a client of the API: all that it shows is fetched by its
//! script, with the token that the clerk gives it.

use actix_web::HttpRequest;
use actix_web::http::header::{CONTENT_SECURITY_POLICY, HeaderName};
use actix_web::web::{self, Data, Path, ServiceConfig};
use serde::Serialize;

use super::respond::{Answered, Failure, POLICY, Text, page, send};
use super::site::{Held, Site};
use super::templates::render;
use crate::register::Register;

/// Its own scripts may run, and may ask this register.
const SCRIPTS: &str = "script-src 'self'; connect-src 'self'";

/// The modules of its script; the first is the one that the page names.
const MODULES: &[(&str, &str)] = &[
    ("main.js", include_str!("assets/reprise/main.js")),
    ("api.js", include_str!("assets/reprise/api.js")),
    ("confirm.js", include_str!("assets/reprise/confirm.js")),
    ("dom.js", include_str!("assets/reprise/dom.js")),
    ("fields.js", include_str!("assets/reprise/fields.js")),
    ("heads.js", include_str!("assets/reprise/heads.js")),
    ("names.js", include_str!("assets/reprise/names.js")),
    ("people.js", include_str!("assets/reprise/people.js")),
    ("pointers.js", include_str!("assets/reprise/pointers.js")),
    ("printed.js", include_str!("assets/reprise/printed.js")),
    ("record.js", include_str!("assets/reprise/record.js")),
    ("review.js", include_str!("assets/reprise/review.js")),
    ("spans.js", include_str!("assets/reprise/spans.js")),
];

#[derive(Serialize)]
struct Model {
    site: Site,
    script: &'static str,
}

async fn review(request: HttpRequest, register: Data<Register>) -> Answered {
    page(&request, &register, |register, asked| {
        let site = Held::load(register, asked)?.site(asked);
        let mut text = Text::page(render("reprise.html", Model { site, script: "/assets/reprise/main.js" })?);
        text.headers.push((CONTENT_SECURITY_POLICY, format!("{POLICY}; {SCRIPTS}")));
        text.headers.push((HeaderName::from_static("x-robots-tag"), "noindex".to_owned()));
        Ok(text)
    })
    .await
}

/// A module imports the others by their names: it is asked for again, and answered by its tag.
async fn module(request: HttpRequest, name: Path<String>) -> Answered {
    let (_, content) = MODULES.iter().find(|(known, _)| *known == *name).ok_or(Failure::NOT_FOUND)?;
    Ok(send(&request, Text::of("text/javascript; charset=utf-8", (*content).to_owned())))
}

pub fn routes(config: &mut ServiceConfig) {
    config.service(web::resource("/reprise").route(web::get().to(review)));
    config.service(web::resource("/assets/reprise/{name}").route(web::get().to(module)));
}
