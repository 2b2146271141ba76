//! Permanent addresses: where a thing of the register is read, for ever.

use actix_web::HttpRequest;

use crate::record::Id;

/// Where the register is, as its readers write it: `https://acts.example`.
#[derive(Clone, Debug)]
pub struct Addresses {
    origin: String,
}

impl Addresses {
    /// The place that a request was sent to.
    pub fn of(request: &HttpRequest) -> Self {
        let info = request.connection_info();
        let plain = |text: &str, also: &[char]| !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || also.contains(&c));
        let scheme = if info.scheme() == "https" { "https" } else { "http" };
        // Whoever asks may write anything as the host; what is no host is not repeated.
        let host = Some(info.host()).filter(|host| plain(host, &['.', '-', ':', '[', ']', '_'])).unwrap_or("localhost");
        Self { origin: format!("{scheme}://{host}") }
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
    (!encoded.is_empty() && !encoded.split('/').any(|part| part.is_empty() || part == "." || part == "..")).then(|| format!("/eli/{authority}/{date}/{encoded}"))
}
