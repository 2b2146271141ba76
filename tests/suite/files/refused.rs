//! What is not taken in: nothing of it is kept, in the database or beside it.

use std::io::Write;
use std::net::TcpStream;
use std::time::{Duration, Instant};

use rstest::rstest;

use super::{Upload, digest_field, on_disk, pdf};
use crate::harness::world::LIVE;
use crate::harness::{ACT, Engine, LARGEST, PAS_DE_CALAIS, Server};

const UNKNOWN: &str = "01977e53-ffff-7000-8000-000000000001";
const EXE: &[u8] = b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0";
const HTML: &[u8] = b"<!DOCTYPE html><script>alert(1)</script>";

fn upload(name: &'static str, media: &'static str, bytes: impl Into<Vec<u8>>) -> Upload<'static> {
    Upload::of("annex", bytes).named(name, media)
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn nothing_is_kept_of_what_is_refused(#[case] engine: Engine) {
    let server = Server::world(engine);
    let before = on_disk(&server);
    let mut watch = server.database.watch();
    let too_large = usize::try_from(LARGEST).unwrap() + 1;
    let of = |role, to: &str| Upload::of(role, pdf(20)).to(to);
    for (case, upload, status, problem) in [
        ("a program named .pdf", upload("a.pdf", "application/pdf", EXE), 422, "media-type-differs"),
        ("HTML as a text", upload("a.txt", "text/plain", HTML), 422, "media-type-differs"),
        ("a PDF as a PNG", upload("a.png", "image/png", pdf(20)), 422, "media-type-differs"),
        ("HTML", upload("a.html", "text/html", HTML), 415, "unsupported-media-type"),
        ("a program that says nothing", upload("a", "application/octet-stream", EXE), 415, "unsupported-media-type"),
        ("a program of which nothing is said", upload("a", "", EXE), 415, "unsupported-media-type"),
        ("a type that no one can read", upload("a.pdf", "é", pdf(20)), 415, "unsupported-media-type"),
        ("JSON", upload("a.json", "application/json", "{}"), 415, "unsupported-media-type"),
        ("nothing", upload("a.pdf", "application/pdf", ""), 422, "invalid-field"),
        ("too much", upload("a.pdf", "application/pdf", pdf(too_large)), 413, "body-too-large"),
        ("another digest", upload("a.pdf", "application/pdf", pdf(20)).header("Content-Digest", digest_field(b"")), 422, "digest-differs"),
        ("another digest, as before", upload("a.pdf", "application/pdf", pdf(20)).header("Digest", digest_field(b"")), 422, "digest-differs"),
        ("a digest that is none", upload("a.pdf", "application/pdf", pdf(20)).header("Content-Digest", "sha-256=:a:"), 400, "invalid-parameter"),
        ("a path", upload("../a.pdf", "application/pdf", pdf(20)), 400, "invalid-parameter"),
        ("a path of another system", upload("..\\a.pdf", "application/pdf", pdf(20)), 400, "invalid-parameter"),
        ("a name of dots", upload("..", "application/pdf", pdf(20)), 400, "invalid-parameter"),
        ("no name", upload("", "application/pdf", pdf(20)), 400, "invalid-parameter"),
        ("a line in a name", upload("a\r\nb.pdf", "application/pdf", pdf(20)), 400, "invalid-parameter"),
        ("a name written backwards", upload("a\u{202e}fdp.exe", "application/pdf", pdf(20)), 400, "invalid-parameter"),
        ("no such role", of("bill", &format!("/v1/deliberations/{ACT}")), 400, "invalid-parameter"),
        ("no such act", of("annex", &format!("/v1/deliberations/{UNKNOWN}")), 404, "not-found"),
        ("a sitting for an act", of("annex", &format!("/v1/deliberations/{LIVE}")), 404, "not-found"),
        ("an act for a sitting", of("annex", &format!("/v1/sittings/{ACT}")), 404, "not-found"),
    ] {
        let answer = upload.send(&server);
        assert_eq!(answer.json()["type"], format!("/problems/{problem}"), "{case}: {answer:?}");
        answer.problem(status, problem);
        assert!(watch.unchanged(), "{case}");
    }
    let long = "a".repeat(256);
    Upload::of("annex", pdf(20)).named(&long, "application/pdf").send(&server).problem(400, "invalid-parameter");
    assert!(wait(|| on_disk(&server) == before), "{:?}", on_disk(&server));
}

/// Chunk by chunk, without a length: what is too large is noticed on the way.
#[test]
fn too_much_is_too_much_without_a_length_too() {
    let server = Server::demo(Engine::Sqlite);
    let token = server.token(PAS_DE_CALAIS, "all");
    let bytes = pdf(usize::try_from(LARGEST).unwrap() + 100_000);
    let request = server.request(reqwest::Method::POST, &format!("/v1/deliberations/{ACT}/files?role=annex&name=a.pdf"));
    let body = reqwest::blocking::Body::new(std::io::Cursor::new(bytes));
    let answer = request.bearer_auth(token).header("Content-Type", "application/pdf").body(body).send().unwrap();
    crate::harness::Answer::of(answer).problem(413, "body-too-large");
    assert!(wait(|| on_disk(&server).is_empty()), "{:?}", on_disk(&server));
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn nothing_is_kept_of_a_connection_that_is_cut(#[case] engine: Engine) {
    let server = Server::demo(engine);
    let token = server.token(PAS_DE_CALAIS, "all");
    let mut watch = server.database.watch();
    for sent in [5, 20_000, 3_000_000] {
        let host = server.url.trim_start_matches("http://");
        let mut stream = TcpStream::connect(host).unwrap();
        let head = format!(
            "POST /v1/deliberations/{ACT}/files?role=annex&name=a.pdf HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\n\
             Content-Type: application/pdf\r\nContent-Length: 4000000\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(&pdf(4_000_000)[..sent]).unwrap();
        if sent > 10_000 {
            assert!(wait(|| on_disk(&server).len() == 1), "it has begun: {:?}", on_disk(&server));
        }
        drop(stream);
        assert!(wait(|| on_disk(&server).is_empty()), "{sent}: {:?}", on_disk(&server));
    }
    assert!(watch.unchanged());
    // And the whole of it comes in afterwards.
    Upload::of("annex", pdf(4_000_000)).added(&server);
}

/// What follows an answer does not always follow at once.
fn wait(holds: impl Fn() -> bool) -> bool {
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_secs(10) {
        if holds() {
            return true;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    false
}
