//! Permanent addresses: where a thing of the register is read, for ever. Pages assume that the register is at the root of its host.

use actix_web::HttpRequest;
use actix_web::web::Data;

use crate::api::PublicUrl;
use crate::record::Id;

/// Where the register is, as its readers write it: `https://acts.example`.
#[derive(Clone, Debug)]
pub struct Addresses {
    origin: String,
}

impl Addresses {
    /// The address that is configured, or the place that a request was sent to.
    pub fn of(request: &HttpRequest) -> Self {
        let url = request.app_data::<Data<PublicUrl>>();
        Self { origin: url.map_or_else(|| PublicUrl::default().base(request), |url| url.base(request)) }
    }

    /// The address in full of a path that begins with `/`.
    pub fn absolute(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }

    /// The host and its port, without scheme: what identifiers of feeds and calendars end with.
    pub fn host(&self) -> &str {
        self.origin.split_once("://").map_or(self.origin.as_str(), |(_, host)| host)
    }
}

pub fn act(id: Id) -> String {
    format!("/deliberations/{id}")
}

pub fn sitting(id: Id) -> String {
    format!("/seances/{id}")
}

pub fn member(id: Id) -> String {
    format!("/elus/{id}")
}

pub fn group(id: Id) -> String {
    format!("/groupes/{id}")
}

/// The address of an act by what is printed on it (after the European Legislation Identifier): several acts may share one.
pub fn eli(authority: &str, date: chrono::NaiveDate, number: &str) -> Option<String> {
    // A number may hold a slash; what would not stay one path is left out.
    let encoded = serde_urlencoded::to_string([("", number)]).ok()?;
    let encoded = encoded.trim_start_matches('=').replace('+', "%20").replace("%2F", "/");
    (!encoded.is_empty() && !encoded.split('/').any(|part| part.is_empty() || part == "." || part == ".."))
        .then(|| format!("/eli/{authority}/{date}/{encoded}"))
}
