//! What comes in is what goes out, under its digest.

use reqwest::Method;
use rstest::rstest;
use serde_json::json;

use super::{Upload, digest_field, on_disk, pdf, sha256};
use crate::harness::{ACT, Answer, Engine, LARGEST, PAS_DE_CALAIS, SITTING, Server};

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn a_file_comes_out_as_it_went_in(#[case] engine: Engine) {
    let server = Server::demo(engine);
    let sizes = [10, 100_000, 1024 * 1024, 1024 * 1024 + 1, usize::try_from(LARGEST).unwrap()];
    for size in sizes {
        let bytes = pdf(size);
        let sent = Upload::of("published", bytes.clone()).named("Convention n° 12 — été.pdf", "application/pdf");
        let answer = sent.header("Content-Digest", digest_field(&bytes)).send(&server).expect(201);
        let file = answer.json();
        assert_eq!(answer.header("location"), file["href"]);
        assert_eq!((&file["size"], &file["sha256"], &file["role"]), (&json!(size), &json!(sha256(&bytes)), &json!("published")));
        assert_eq!((&file["name"], &file["media_type"]), (&json!("Convention n° 12 — été.pdf"), &json!("application/pdf")));
        assert_eq!((&file["version"], &file["annexes"], &file["authoritative"]), (&json!(1), &json!([]), &json!(false)));
        assert_eq!(file["record"], json!({"kind": "deliberation", "id": ACT, "href": format!("/v1/deliberations/{ACT}")}));
        let told = server.get(file["href"].as_str().unwrap(), None).expect(200);
        assert_eq!((told.json(), told.header("etag")), (file.clone(), answer.header("etag")));

        let content = server.request(Method::GET, file["content"].as_str().unwrap()).send().unwrap();
        let header = |name: &str| content.headers()[name].to_str().unwrap().to_owned();
        assert_eq!((content.status().as_u16(), header("content-length"), header("content-type")), (200, size.to_string(), "application/pdf".into()));
        assert_eq!((header("etag"), header("content-digest")), (format!("\"{}\"", sha256(&bytes)), digest_field(&bytes)));
        assert_eq!((header("x-content-type-options"), header("cache-control")), ("nosniff".into(), "public, no-cache".into()));
        let saved = "attachment; filename=\"Convention n_ 12 _ _t_.pdf\"; filename*=UTF-8''Convention%20n%C2%B0%2012%20%E2%80%94%20%C3%A9t%C3%A9.pdf";
        assert_eq!(header("content-disposition"), saved);
        assert!(content.bytes().unwrap() == bytes, "{size} bytes");
    }
    let listed = server.get(&format!("/v1/deliberations/{ACT}/files"), None).expect(200).json();
    let listed: Vec<usize> = listed["data"].as_array().unwrap().iter().map(|f| usize::try_from(f["size"].as_u64().unwrap()).unwrap()).collect();
    assert_eq!(listed, sizes, "in the order in which they came");
    assert_eq!(server.database.number("SELECT count(*) AS number FROM changes WHERE kind = 'file' AND action = 'added'"), 5);
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn of_a_file_sent_without_a_type_the_bytes_tell(#[case] engine: Engine) {
    let server = Server::demo(engine);
    assert_eq!(Upload::of("annex", pdf(20)).named("a.bin", "").added(&server)["media_type"], "application/pdf");
    Upload::of("annex", "abc").named("a.txt", "").send(&server).problem(415, "unsupported-media-type");
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn the_same_bytes_are_kept_once_and_the_same_request_is_carried_out_once(#[case] engine: Engine) {
    let server = Server::demo(engine);
    let bytes = pdf(5000);
    let sitting = format!("/v1/sittings/{SITTING}");
    let one = Upload::of("published", bytes.clone()).added(&server);
    let two = Upload::of("attendance_sheet", bytes.clone()).to(&sitting).added(&server);
    assert_ne!(one["id"], two["id"]);
    assert_eq!(two["record"]["kind"], "sitting");
    assert_eq!(on_disk(&server), [format!("{PAS_DE_CALAIS}/{}/{}", &sha256(&bytes)[..2], sha256(&bytes))]);

    let again = || Upload::of("published", pdf(6000)).header("Idempotency-Key", "k");
    let first = again().send(&server).expect(201);
    assert_eq!(again().send(&server).expect(201).text, first.text);
    let mut other = again();
    other.bytes = pdf(6001);
    other.send(&server).problem(422, "idempotency-key-reused");
    assert_eq!(server.database.number("SELECT count(*) AS number FROM files"), 3);
}

/// Readers whose system goes by the ending of a name open a file with the program of its type.
#[test]
fn the_name_of_a_download_ends_as_its_type_wants() {
    let server = Server::demo(Engine::Sqlite);
    for (name, media, bytes, expected) in [
        ("annexe 3 v1.2", "application/pdf", pdf(20), "annexe 3 v1.2.pdf"),
        ("a.PDF", "application/pdf", pdf(21), "a.PDF"),
        ("a.html", "text/plain", b"abc".to_vec(), "a.html.txt"),
        ("a.csv", "text/csv; charset=windows-1252", b"a;b\n".to_vec(), "a.csv"),
    ] {
        let file = Upload::of("published", bytes).named(name, media).added(&server);
        let content = Answer::of(server.request(Method::GET, file["content"].as_str().unwrap()).send().unwrap());
        assert!(content.header("content-disposition").contains(&format!("filename=\"{expected}\"")), "{name}: {content:?}");
        assert_eq!(content.header("content-type"), media);
    }
}
