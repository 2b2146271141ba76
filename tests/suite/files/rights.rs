//! Who may read which file.

use rstest::rstest;
use serde_json::json;

use super::{Upload, pdf};
use crate::harness::world::{DRAFT, neighbour};
use crate::harness::{ACT, Answer, Engine, PAS_DE_CALAIS, SITTING, Server};

const ROLES: [&str; 10] =
    ["published", "annex", "report", "signed_original", "agreement", "transmitted", "receipt", "other", "scanned_proxy", "attendance_sheet"];

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn a_file_is_read_by_who_may_read_its_record_and_its_role(#[case] engine: Engine) {
    let server = Server::world(engine);
    let readers = [
        ("nobody", None),
        ("another authority", Some(server.token(neighbour::SIREN, "all"))),
        ("a writer", Some(server.token(PAS_DE_CALAIS, "deliberations:write"))),
        ("a reader", Some(server.token(PAS_DE_CALAIS, "records:read"))),
        ("a reader of what is restricted", Some(server.token(PAS_DE_CALAIS, "restricted:read"))),
    ];
    // How many of the roles, in their order, each of the readers sees; and what is answered for the others.
    for (record, seen) in [
        (format!("/v1/deliberations/{ACT}"), [1, 1, 1, 8, 10]),
        (format!("/v1/sittings/{SITTING}"), [1, 1, 1, 8, 10]),
        (format!("/v1/deliberations/{DRAFT}"), [0, 0, 0, 8, 10]),
    ] {
        let files: Vec<_> = ROLES.iter().map(|role| Upload::of(role, pdf(50)).to(&record).added(&server)).collect();
        for ((who, token), seen) in readers.iter().zip(seen) {
            let token = token.as_deref();
            let list = server.get(&format!("{record}/files"), token);
            if seen == 0 {
                list.problem(404, "not-found");
            } else {
                let listed: Vec<_> = list.json()["data"].as_array().unwrap().iter().map(|f| f["role"].clone()).collect();
                assert_eq!(listed, ROLES[..seen], "{who}, {record}");
            }
            for (i, file) in files.iter().enumerate() {
                for path in [&file["href"], &file["content"]] {
                    let answer: Answer = server.get(path.as_str().unwrap(), token);
                    let expected = if i < seen {
                        200
                    } else if *who == "a reader" {
                        403
                    } else {
                        404
                    };
                    assert_eq!(answer.status, expected, "{who}, {path}, {}", ROLES[i]);
                    if answer.status == 200 {
                        let cached = if token.is_none_or(|_| seen <= 1) { "public, no-cache" } else { "private, no-cache" };
                        assert_eq!((answer.header("cache-control"), answer.header("vary")), (cached, "Authorization"), "{who}, {path}");
                    }
                }
            }
        }
    }
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn each_kind_of_record_has_its_own_right_to_add(#[case] engine: Engine) {
    let server = Server::world(engine);
    let mut watch = server.database.watch();
    let (act, sitting) = (format!("/v1/deliberations/{ACT}"), format!("/v1/sittings/{SITTING}"));
    let theirs = format!("/v1/deliberations/{}", neighbour::ACT);
    for (record, scopes, status, problem) in [
        (&act, "sittings:write records:read", 403, "scope-missing"),
        (&sitting, "deliberations:write records:read", 403, "scope-missing"),
        (&theirs, "all", 404, "not-found"),
    ] {
        Upload::of("annex", pdf(20)).to(record).send_by(&server, &server.token(PAS_DE_CALAIS, scopes)).problem(status, problem);
    }
    assert!(watch.unchanged());
    for (record, scope) in [(&act, "deliberations:write"), (&sitting, "sittings:write")] {
        Upload::of("annex", pdf(20)).to(record).send_by(&server, &server.token(PAS_DE_CALAIS, scope)).expect(201);
    }
}

#[test]
fn what_is_made_internal_again_takes_its_files_along() {
    let server = Server::demo(Engine::Sqlite);
    let file = Upload::of("published", pdf(50)).added(&server);
    let path = file["content"].as_str().unwrap();
    assert_eq!(server.request(reqwest::Method::GET, path).send().unwrap().status(), 200);
    let token = server.token(PAS_DE_CALAIS, "all");
    let request = server.request(reqwest::Method::PUT, &format!("/v1/deliberations/{ACT}/visibility")).bearer_auth(&token);
    Answer::of(request.json(&json!({"visibility": "internal"})).send().unwrap()).expect(200);
    server.get(path, None).problem(404, "not-found");
}
