//! Where the register is reached from outside: what absolute addresses begin with.

use actix_web::HttpRequest;
use actix_web::http::header::HOST;
use actix_web::http::uri::Authority;

/// The address that readers know. Not told by the configuration, it is the one that each request was sent to.
#[derive(Clone, Debug, Default)]
pub struct PublicUrl(Option<String>);

impl PublicUrl {
    /// The address as it is configured: `https://registre.example.fr`, with a path where a proxy serves the register under one.
    pub fn new(url: Option<String>) -> Self {
        Self(url.map(|url| url.trim_end_matches('/').to_owned()))
    }

    /// What an absolute address begins with, without a slash at its end; the path of the register follows.
    pub fn base(&self, request: &HttpRequest) -> String {
        self.0.clone().unwrap_or_else(|| asked(request))
    }
}

/// Where the request was sent, by its `Host`. What a proxy adds (`Forwarded`, `X-Forwarded-…`) anyone can add: it is not looked at, and the
/// configuration has to tell instead.
fn asked(request: &HttpRequest) -> String {
    let host = request.headers().get(HOST).and_then(|host| host.to_str().ok()).and_then(|host| host.parse::<Authority>().ok());
    let host = host.filter(|host| !host.as_str().contains('@')).map(|host| host.to_string());
    format!("http://{}", host.unwrap_or_else(|| request.app_config().host().to_owned()))
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn the_base_is_the_configured_address_or_the_host_that_was_asked() {
        for (case, configured, header, expected) in [
            ("configured", Some("https://registre.example"), ("Host", "10.0.0.1:8080"), "https://registre.example"),
            ("configured, with a slash", Some("https://mairie.example/registre/"), ("Host", "a"), "https://mairie.example/registre"),
            ("the host", None, ("Host", "registre.example:8080"), "http://registre.example:8080"),
            ("an IPv6 host", None, ("Host", "[::1]:8080"), "http://[::1]:8080"),
            ("a host that is no host", None, ("Host", "<b>"), "http://localhost:8080"),
            ("a host with a user", None, ("Host", "registre.example@elsewhere.example"), "http://localhost:8080"),
            ("what a proxy says", None, ("X-Forwarded-Host", "elsewhere.example"), "http://localhost:8080"),
        ] {
            let request = TestRequest::default().insert_header(header).to_http_request();
            assert_eq!(PublicUrl::new(configured.map(str::to_owned)).base(&request), expected, "{case}");
        }
    }
}
