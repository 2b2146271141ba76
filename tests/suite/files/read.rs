//! Reading bytes: parts of them, not again, and not when they are damaged.

use reqwest::Method;
use rstest::rstest;

use super::{Upload, digest_field, pdf, place, sha256};
use crate::harness::{Answer, Engine, Server};

/// Whether an answer breaks off: within its body, or before any of it was on its way.
fn breaks_off(server: &Server, path: &str, range: Option<&str>) -> bool {
    let request = range.into_iter().fold(server.request(Method::GET, path), |r, range| r.header("Range", range));
    request.send().map_or(true, |response| response.status().is_success() && response.bytes().is_err())
}

/// Reads bytes with some headers: the status, the headers and what came of the body.
fn read(server: &Server, path: &str, headers: &[(&'static str, &str)]) -> (u16, reqwest::header::HeaderMap, Result<Vec<u8>, String>) {
    let request = headers.iter().fold(server.request(Method::GET, path), |r, (name, value)| r.header(*name, *value));
    let response = request.send().unwrap();
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    (status, headers, response.bytes().map(|bytes| bytes.to_vec()).map_err(|e| e.to_string()))
}

#[test]
fn a_reader_who_has_it_is_not_sent_it_again_and_one_who_has_a_part_is_sent_the_rest() {
    let server = Server::demo(Engine::Sqlite);
    for size in [1000, 1_500_000] {
        let bytes = pdf(size);
        let file = Upload::of("published", bytes.clone()).added(&server);
        let (path, etag) = (file["content"].as_str().unwrap().to_owned(), format!("\"{}\"", sha256(&bytes)));
        let (status, headers, body) = read(&server, &path, &[("If-None-Match", &etag)]);
        assert_eq!((status, body, headers["etag"].to_str().unwrap()), (304, Ok(Vec::new()), etag.as_str()));

        let last = size - 1;
        for (asked, from, to) in [
            ("bytes=0-0".to_owned(), 0, 1),
            ("bytes=10-99".to_owned(), 10, 100),
            (format!("bytes=500-{}", size + 10), 500, size),
            (format!("bytes={last}-"), last, size),
            ("bytes=-300".to_owned(), size - 300, size),
        ] {
            let (status, headers, body) = read(&server, &path, &[("Range", &asked), ("If-Range", &etag)]);
            assert!(status == 206 && body.as_deref() == Ok(&bytes[from..to]), "{asked}");
            assert_eq!(headers["content-range"].to_str().unwrap(), format!("bytes {from}-{}/{size}", to - 1));
            assert_eq!(headers["repr-digest"].to_str().unwrap(), digest_field(&bytes));
            assert!(!headers.contains_key("content-digest"), "that would be the digest of the part");
        }
        for headers in [vec![("Range", "bytes=0-1,5-6")], vec![("Range", "bytes=0-1"), ("If-Range", "\"other\"")]] {
            let (status, _, body) = read(&server, &path, &headers);
            assert!(status == 200 && body.as_ref() == Ok(&bytes), "{headers:?}");
        }
        let beyond = Answer::of(server.request(Method::GET, &path).header("Range", format!("bytes={size}-")).send().unwrap());
        beyond.problem(416, "range-not-satisfiable");
        assert_eq!(beyond.header("content-range"), format!("bytes */{size}"));

        let head = server.request(Method::HEAD, &path).send().unwrap();
        assert_eq!((head.status().as_u16(), head.headers()["content-length"].to_str().unwrap()), (200, size.to_string().as_str()));
        assert_eq!(head.bytes().unwrap().len(), 0);
    }
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn damaged_bytes_are_never_read_as_if_they_were_right(#[case] engine: Engine) {
    let server = Server::demo(engine);
    let (small, large) = (pdf(1024 * 1024), pdf(3_000_000));
    let sent = |bytes: &[u8]| Upload::of("published", bytes).added(&server)["content"].as_str().unwrap().to_owned();
    let (small_path, large_path) = (sent(&small), sent(&large));
    for (bytes, flipped) in [(&small, 500), (&large, 2_000_000)] {
        let mut bytes_now = bytes.clone();
        bytes_now[flipped] ^= 1;
        std::fs::write(place(&server, &sha256(bytes)), bytes_now).unwrap();
    }
    server.get(&small_path, None).problem(500, "file-damaged");
    // The answer had begun: it breaks off, whichever part was asked for.
    for range in ["bytes=0-", "bytes=0-99", "bytes=2999999-"] {
        assert!(breaks_off(&server, &large_path, Some(range)), "{range}");
    }
    assert!(breaks_off(&server, &large_path, None));

    // Cut short or gone: known before the first byte.
    std::fs::write(place(&server, &sha256(&large)), &large[..2_999_999]).unwrap();
    server.get(&large_path, None).problem(500, "file-damaged");
    std::fs::remove_file(place(&server, &sha256(&large))).unwrap();
    server.get(&large_path, None).problem(500, "file-damaged");

    // Sent again, the same bytes mend the file that was there.
    sent(&large);
    let (status, _, body) = read(&server, &large_path, &[]);
    assert!(status == 200 && body == Ok(large));
}
