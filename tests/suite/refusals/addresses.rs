//! Addresses that are not there, tricks with paths, methods that an address does not know.

use super::row::{Row, all, row};
use crate::harness::world::{BODY, PERSON};
use crate::harness::{ACT, SITTING, Server};

pub fn rows(server: &Server) -> Vec<Row> {
    let token = all(server);
    let missing = |name, path: &str| row(name, "GET", path).by(&token).gives(404, "not-found");
    let method = |name, method, path: &str, allowed| row(name, method, path).by(&token).gives(405, "method-not-allowed").answering("allow", allowed);
    let act = format!("/v1/deliberations/{ACT}");
    vec![
        missing("an address beside the API", "/acts"),
        missing("an address that is not there", "/v1/acts"),
        missing("another version of the API", &format!("/v2/deliberations/{ACT}")),
        missing("the API in capitals", &format!("/V1/deliberations/{ACT}")),
        missing("a slash behind", &format!("{act}/")),
        missing("two slashes", &format!("/v1//deliberations/{ACT}")),
        missing("two slashes before", &format!("/{act}")),
        missing("dots", &format!("/v1/../v1/deliberations/{ACT}")),
        missing("dots that are escaped", &format!("/v1/%2e%2e/v1/deliberations/{ACT}")),
        missing("dots that are escaped twice", &format!("/v1/%252e%252e/v1/deliberations/{ACT}")),
        missing("a slash that is escaped", &format!("/v1/deliberations%2f{ACT}")),
        missing("a backslash", &format!("/v1\\deliberations\\{ACT}")),
        missing("a path to a file", "/v1/deliberations/..%2f..%2f..%2fetc%2fpasswd"),
        missing("out of the documentation", "/docs/..%2f..%2fetc%2fpasswd"),
        missing("a NUL behind an identifier", &format!("{act}%00")),
        missing("a path parameter", &format!("{act};v=1")),
        missing("escaped bytes that are not UTF-8", "/v1/deliberations/%ff%fe"),
        missing("an escape that is broken", "/v1/deliberations/%zz"),
        missing("an identifier in the address that is no UUID", "/v1/deliberations/302"),
        missing("SQL in place of an identifier", "/v1/deliberations/'%20OR%201=1--"),
        missing("a path of 8000 characters", &format!("/v1/deliberations/{}", "a".repeat(8000))),
        missing("an unknown identifier", "/v1/deliberations/01977e51-0009-7000-8000-000000000999"),
        missing("a sitting asked for as an act", &format!("/v1/deliberations/{SITTING}")),
        missing("an act asked for as a sitting", &format!("/v1/sittings/{ACT}")),
        missing("a person asked for as a body", &format!("/v1/bodies/{PERSON}")),
        missing("the versions of an act asked for as a sitting's", &format!("/v1/sittings/{ACT}/versions")),
        missing("a part that a sitting has not", &format!("/v1/sittings/{SITTING}/minutes")),
        missing("a version that is not there", &format!("{act}/versions/99")),
        missing("a version before the first", &format!("{act}/versions/-1")),
        missing("a version that is no number", &format!("{act}/versions/last")),
        missing("an authority whose SIREN is wrong", "/v1/authorities/226200013"),
        missing("a problem that does not exist", "/problems/no-such-problem"),
        method("a patch", "PATCH", &act, "GET, HEAD, DELETE"),
        method("a deletion of a list", "DELETE", "/v1/sittings", "GET, HEAD, POST"),
        method("a deletion of a sitting", "DELETE", &format!("/v1/sittings/{SITTING}"), "GET, HEAD"),
        method("a deletion of an entry of the directory", "DELETE", &format!("/v1/bodies/{BODY}"), "GET, HEAD, PUT"),
        method("a write of an answer", "PUT", &act, "GET, HEAD, DELETE"),
        method("a write of findings", "POST", &format!("{act}/findings"), "GET, HEAD"),
        method("a write of a version", "PUT", &format!("{act}/versions/1"), "GET, HEAD"),
        method("a method that nobody knows", "BREW", "/v1/enums", "GET, HEAD"),
        method("a trace", "TRACE", "/v1/me", "GET, HEAD"),
    ]
}
