//! A file belongs to its record: to a version of it, to an annex of it; and the signed original is the copy that counts.

use diesel::Connection as _;
use diesel::connection::SimpleConnection;
use rstest::rstest;
use serde_json::{Value, json};

use super::{Upload, pdf, sha256};
use crate::harness::world::{DRAFT, neighbour};
use crate::harness::{ACT, Engine, PAS_DE_CALAIS, Server};

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn an_annex_names_a_file_of_its_act_and_the_file_says_which(#[case] engine: Engine) {
    let server = Server::world(engine);
    let token = server.token(PAS_DE_CALAIS, "all");
    let path = format!("/v1/deliberations/{ACT}/record");
    let file = Upload::of("annex", pdf(30)).added(&server);
    let elsewhere = Upload::of("annex", pdf(30)).to(&format!("/v1/deliberations/{DRAFT}")).added(&server);
    let record = server.get(&path, Some(&token)).expect(200);
    let annexes = record.json()["annexes"].as_array().unwrap().clone();
    let with = |files: &[Value]| {
        let mut changed = record.json();
        changed["annexes"] = annexes.iter().cloned().chain(files.iter().map(|file| json!({"title": "Annexe", "file": file}))).collect();
        server.put(&path, &token, record.header("etag"), &changed)
    };
    let there = annexes.len();
    for other in [&elsewhere["id"], &json!(neighbour::FILE), &json!(ACT)] {
        let refused = with(&[file["id"].clone(), other.clone()]);
        refused.problem(422, "invalid-field");
        let error = &refused.json()["errors"][0];
        assert_eq!((&error["pointer"], &error["code"]), (&json!(format!("/annexes/{}/file", there + 1)), &json!("unknown_file")));
    }
    let act = json!({"sitting": registre::demo::SITTING, "origin": "transcribed", "title": "Un acte", "annexes": [{"file": file["id"]}]});
    server.post("/v1/deliberations", &token, &act).problem(422, "invalid-field");

    with(&[file["id"].clone(), file["id"].clone()]).expect(200);
    let told = |file: &Value| server.get(file["href"].as_str().unwrap(), Some(&token)).expect(200).json();
    assert_eq!((&told(&file)["annexes"], &told(&file)["version"]), (&json!([there + 1, there + 2]), &json!(1)));
    let later = Upload::of("annex", pdf(31)).added(&server);
    assert_eq!((&later["annexes"], &later["version"]), (&json!([]), &json!(2)));
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn the_signed_original_that_came_last_is_the_copy_that_counts(#[case] engine: Engine) {
    let server = Server::demo(engine);
    let path = format!("/v1/deliberations/{ACT}");
    let before = server.get(&path, None).expect(200);
    assert_eq!(before.json()["authoritative_copy"], Value::Null);
    for size in [100, 200] {
        let original = Upload::of("signed_original", pdf(size)).added(&server);
        assert_eq!(original["authoritative"], true);
        Upload::of("annex", pdf(size)).added(&server);
        let act = server.get(&path, None).expect(200);
        let copy = json!({"id": original["id"], "href": original["href"], "content": original["content"], "sha256": sha256(&pdf(size))});
        assert_eq!(act.json()["authoritative_copy"], copy, "said at once, though the answer is kept in memory");
        assert_ne!(act.header("etag"), before.header("etag"));
        let listed = server.get(&format!("{path}/files"), Some(&server.token(PAS_DE_CALAIS, "records:read"))).expect(200).json();
        let counting: Vec<&Value> = listed["data"].as_array().unwrap().iter().filter(|f| f["authoritative"] == true).map(|f| &f["id"]).collect();
        assert_eq!(counting, [&original["id"]]);
    }
    let since = server.get("/v1/deliberations?modified_since=2999-01-01T00:00:00Z", None).expect(200).json();
    assert_eq!(since["data"], json!([]));
}

/// Nothing seals an act over HTTP yet: the state is written where it is kept.
#[test]
fn what_a_sealed_act_consists_of_is_sealed_with_it() {
    let server = Server::demo(Engine::Sqlite);
    let mut connection = diesel::SqliteConnection::establish(server.database.url.trim_start_matches("sqlite:")).unwrap();
    connection.batch_execute(&format!("UPDATE deliberations SET workflow = 'sealed' WHERE id = '{ACT}'")).unwrap();
    let mut watch = server.database.watch();
    for role in ["annex", "report", "agreement"] {
        Upload::of(role, pdf(40)).send(&server).problem(409, "files-sealed");
    }
    assert!(watch.unchanged());
    for role in ["signed_original", "transmitted", "published", "receipt", "other"] {
        Upload::of(role, pdf(40)).added(&server);
    }
}

#[test]
fn the_files_of_a_draft_go_where_it_goes() {
    let server = Server::world(Engine::Sqlite);
    let token = server.token(PAS_DE_CALAIS, "all");
    let path = format!("/v1/deliberations/{DRAFT}");
    let file = Upload::of("annex", pdf(40)).to(&path).added(&server);
    let request = server.request(reqwest::Method::DELETE, &path).bearer_auth(&token).header("If-Match", "*");
    assert_eq!(request.send().unwrap().status(), 204);
    server.get(file["content"].as_str().unwrap(), Some(&token)).problem(410, "gone");
    server.get(file["content"].as_str().unwrap(), None).problem(404, "not-found");
    Upload::of("annex", pdf(40)).to(&path).send(&server).problem(410, "gone");
}
