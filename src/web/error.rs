//! Errors as pages.

use actix_web::http::header::{ACCEPT, ALLOW, CACHE_CONTROL, HeaderMap};
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpRequest, HttpResponse};
use serde::Serialize;

use super::address::Addresses;
use super::respond::{Text, guard};
use super::site::Site;
use super::templates::render;

/// What is under these is for programs and for who runs the service: an error there is a problem, whoever asks.
const NOT_PAGES: [&str; 7] = ["v1", "problems", "health", "ready", "metrics", "openapi.json", "docs"];
/// What is under these is a page, or made for people's programs: an error there is a page, whoever asks.
const PAGES: [&str; 13] = [
    "",
    "seances",
    "deliberations",
    "elus",
    "groupes",
    "recherche",
    "verifier",
    "donnees",
    "accessibilite",
    "mentions-legales",
    "eli",
    "flux",
    "assets",
];

#[derive(Serialize)]
struct Model {
    site: Site,
    title: &'static str,
    text: &'static str,
    /// Finds the request in the log; where it was not the reader's doing.
    reference: Option<String>,
}

/// The page that says an error; none where the address is not one of a page and the reader did not ask for one.
pub fn page(request: &HttpRequest, status: StatusCode, id: &str) -> Option<HttpResponse> {
    let first = request.path().trim_start_matches('/').split('/').next().unwrap_or_default();
    if NOT_PAGES.contains(&first) || !(PAGES.contains(&first) || asks_for_html(request.headers())) {
        return None;
    }
    let (title, text) = words(status);
    let reference = status.is_server_error().then(|| id.to_owned());
    let site = Site::without_authority(Addresses::of(request), request.path());
    let body = render("error.html", Model { site, title, text, reference })
        .unwrap_or_else(|_| format!("<!doctype html><title>{title}</title><p>{text}</p>"));
    let mut response = HttpResponse::build(status);
    guard(&mut response);
    if status == StatusCode::METHOD_NOT_ALLOWED {
        let both = first == "verifier" && request.method() != Method::POST;
        response.insert_header((ALLOW, if both { "GET, HEAD, POST" } else { "GET, HEAD" }));
    }
    Some(response.insert_header((CACHE_CONTROL, "no-store")).content_type(Text::HTML).body(body))
}

/// Whether HTML is named among what is accepted: programs say `*/*` or nothing.
fn asks_for_html(headers: &HeaderMap) -> bool {
    headers
        .get_all(&ACCEPT)
        .filter_map(|value| value.to_str().ok())
        .flat_map(|text| text.split(','))
        .any(|range| range.trim().starts_with("text/html"))
}

fn words(status: StatusCode) -> (&'static str, &'static str) {
    match status.as_u16() {
        404 => {
            ("Page introuvable", "Cette page n’existe pas, ou ce document n’est pas public. Si vous avez suivi un lien, il est peut-être incomplet.")
        }
        410 => ("Document supprimé", "Ce document a été supprimé du registre."),
        405 => ("Action impossible", "Cette adresse se consulte ; elle ne reçoit rien."),
        413 => (
            "Fichier trop volumineux",
            "Ce fichier dépasse la taille que cette page accepte. Il peut être vérifié hors ligne, sans limite de taille.",
        ),
        503 => ("Service momentanément indisponible", "Le registre ne répond pas pour l’instant. Réessayez dans quelques minutes."),
        400..500 => ("Demande incomprise", "Cette demande n’a pas pu être comprise. Vérifiez l’adresse."),
        _ => ("Erreur", "Une erreur s’est produite de notre côté. Réessayez ; si elle persiste, signalez la référence ci-dessous."),
    }
}
