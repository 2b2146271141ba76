//! What is hidden stays hidden whichever way it is asked for.

use rstest::rstest;
use serde_json::json;

use crate::harness::{ACT, Engine, PAS_DE_CALAIS, Server};

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn a_natural_person_is_not_shown_nor_found(#[case] engine: Engine) {
    let server = Server::demo(engine);
    let token = server.token(PAS_DE_CALAIS, "all");
    let path = format!("/v1/deliberations/{ACT}/record");
    let record = server.get(&path, Some(&token)).expect(200);
    let mut changed = record.json();
    changed["beneficiaries"].as_array_mut().unwrap().push(json!({"name": "Zoé INVENTÉE", "kind": "natural_person"}));
    server.put(&path, &token, record.header("etag"), &changed).expect(200);
    let found = |q: &str| server.get(&format!("/v1/deliberations?q={q}"), None).expect(200).json()["data"].as_array().unwrap().len();
    assert_eq!((found("cliss"), found("inventee")), (1, 0));
    let public = server.get(&format!("/v1/deliberations/{ACT}"), None).expect(200);
    assert!(!public.text.contains("INVENTÉE") && public.text.contains("Cliss XXI"));
    assert_eq!(public.header("cache-control"), "public, no-cache");
    let whole = server.get(&format!("/v1/deliberations/{ACT}"), Some(&token)).expect(200);
    assert!(whole.text.contains("Zoé INVENTÉE"));
    assert_eq!(whole.header("cache-control"), "private, no-cache");

    // The list of versions is for who audits; a version is whole, and for who may see it whole.
    let auditor = server.token(PAS_DE_CALAIS, "audit:read");
    let versions = server.get(&format!("/v1/deliberations/{ACT}/versions"), Some(&auditor)).expect(200).json();
    assert_eq!(versions["data"].as_array().unwrap().len(), 2);
    server.get(versions["data"][0]["href"].as_str().unwrap(), Some(&auditor)).problem(403, "scope-missing");
}
