//! Answers from memory: never another reader's, never older than the last change of this instance, at most a second older than another's.

use std::io::Read;
use std::time::{Duration, Instant};

use flate2::read::GzDecoder;
use reqwest::Method;
use rstest::rstest;
use serde_json::{Value, json};

use crate::harness::world::{self, DRAFT, neighbour};
use crate::harness::{ACT, Answer, Engine, PAS_DE_CALAIS, SITTING, Server, log_signer};

fn of(list: &str) -> String {
    format!("/v1/{list}authority={PAS_DE_CALAIS}")
}

fn ids(answer: &Answer) -> Vec<String> {
    let lines = answer.json()["data"].as_array().unwrap().clone();
    lines.iter().map(|line| line["id"].as_str().unwrap().to_owned()).collect()
}

/// Read twice: the second time from memory, and alike.
fn list(server: &Server, token: Option<&str>) -> Answer {
    let (first, second) = (server.get(&of("deliberations?"), token).expect(200), server.get(&of("deliberations?"), token).expect(200));
    for header in ["etag", "cache-control", "vary", "content-type"] {
        assert_eq!(first.header(header), second.header(header), "{header}");
    }
    assert_eq!(first.text, second.text);
    second
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn a_list_is_each_readers_own(#[case] engine: Engine) {
    let server = Server::world(engine);
    let own = server.token(PAS_DE_CALAIS, "records:read");
    let restricted = server.token(PAS_DE_CALAIS, "records:read restricted:read");
    let other = server.token(neighbour::SIREN, "records:read");
    for _ in 0..2 {
        assert!(!ids(&list(&server, None)).contains(&DRAFT.to_owned()), "the public");
        assert!(ids(&list(&server, Some(&own))).contains(&DRAFT.to_owned()), "its own reader");
        assert!(ids(&list(&server, Some(&restricted))).contains(&DRAFT.to_owned()), "its own reader of restricted fields");
        assert!(!ids(&list(&server, Some(&other))).contains(&DRAFT.to_owned()), "a reader of another authority");
        assert_eq!(list(&server, Some(&own)).header("cache-control"), "private, no-cache");
        assert_eq!(list(&server, None).header("cache-control"), "public, no-cache");
        let first = server.get(&of("deliberations?limit=1&"), Some(&own)).expect(200);
        let next = first.json()["links"]["next"].as_str().unwrap().to_owned();
        assert_eq!(first.header("link"), format!("<{next}>; rel=\"next\""));
        assert_ne!(ids(&server.get(&next, Some(&own)).expect(200)), ids(&first));
        server.get(&of("deliberations?"), Some("x.y.z")).problem(401, "token-invalid");
    }
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn what_is_kept_is_compressed_for_who_takes_it_so(#[case] engine: Engine) {
    let server = Server::world(engine);
    for (path, long) in [
        (format!("/v1/deliberations/{ACT}"), true),
        (format!("/v1/sittings/{SITTING}"), true),
        ("/openapi.json".to_owned(), true),
        // A few hundred bytes are sent as they are.
        (of("deliberations?"), false),
    ] {
        let whole = server.get(&path, None).expect(200);
        let plain = whole.header("etag").to_owned();
        let packed = if long { format!("{}-gzip\"", plain.trim_end_matches('"')) } else { plain.clone() };
        let gzip = long.then_some("gzip");
        // Made by the handler or from memory: the same is sent.
        for (accept, if_none_match, status, tag, encoding) in [
            ("gzip", "", 200, &packed, gzip),
            ("gzip, deflate, br", "", 200, &packed, gzip),
            ("identity;q=0.1, gzip;q=0.5", "", 200, &packed, gzip),
            ("br", "", 200, &plain, None),
            ("*", "", 200, &plain, None),
            ("gzip;q=0", "", 200, &plain, None),
            ("identity", "", 200, &plain, None),
            ("gzip", packed.as_str(), 304, &packed, None),
            ("gzip", plain.as_str(), 304, &plain, None),
            ("identity", plain.as_str(), 304, &plain, None),
            ("identity", packed.as_str(), if long { 200 } else { 304 }, &plain, None),
        ] {
            let name = format!("{path}, {accept}, {if_none_match}");
            let request = server.request(Method::GET, &path).header("Accept-Encoding", accept).header("If-None-Match", if_none_match);
            let response = request.send().unwrap();
            let of = |header| response.headers().get(header).map(|value| value.to_str().unwrap().to_owned());
            let told = (response.status().as_u16(), of("etag"), of("content-encoding"), of("vary"), of("cache-control"));
            let vary = Some("Authorization, Accept, Accept-Encoding".to_owned());
            let expected = (status, Some(tag.clone()), encoding.map(str::to_owned), vary, Some(whole.header("cache-control").to_owned()));
            assert_eq!(told, expected, "{name}");
            let sent = response.bytes().unwrap();
            match (status, encoding) {
                (304, _) => assert!(sent.is_empty(), "{name}"),
                (_, None) => assert_eq!(sent, whole.text.as_bytes(), "{name}"),
                _ => {
                    let mut text = String::new();
                    GzDecoder::new(&*sent).read_to_string(&mut text).unwrap();
                    assert_eq!(text, whole.text, "{name}");
                    assert!(sent.len() * 2 < whole.text.len(), "{name}: {} of {}", sent.len(), whole.text.len());
                }
            }
        }
    }
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn a_change_is_seen_at_once(#[case] engine: Engine) {
    let server = Server::world(engine);
    let token = server.token(PAS_DE_CALAIS, "all");
    for (visibility, shown) in [("internal", false), ("public", true), ("internal", false)] {
        let before = list(&server, None).header("etag").to_owned();
        let record = server.get(&format!("/v1/deliberations/{ACT}/record"), Some(&token)).expect(200);
        let sent = json!({"visibility": visibility});
        server.put(&format!("/v1/deliberations/{ACT}/visibility"), &token, record.header("etag"), &sent).expect(200);
        let after = server.get(&of("deliberations?"), None).expect(200);
        assert_eq!(ids(&after).contains(&ACT.to_owned()), shown, "{visibility}");
        assert_ne!(after.header("etag"), before);
        assert_eq!(server.get(&format!("/v1/deliberations/{ACT}"), None).status, if shown { 200 } else { 404 });
        let found = server.get(&of("search?q=2025-302&"), None).expect(200);
        assert_eq!(ids(&found).contains(&ACT.to_owned()), shown, "{visibility}");
    }
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn a_change_of_another_instance_is_seen_within_a_second(#[case] engine: Engine) {
    let server = Server::world(engine);
    let token = server.token(PAS_DE_CALAIS, "records:read");
    let blobs = registre::store::Blobs::open(&format!("file:{}", server.folder.path().join("files").display()), 1024).unwrap();
    let store = registre::store::Store::open(&server.database.url, 1).unwrap();
    let other = registre::register::Register::new(store, blobs, log_signer(server.folder.path()), 1024);
    let record: Value = json!({"body": world::BODY, "origin": "transcribed", "date": "2024-02-05"});
    let sittings = || ids(&server.get(&of("sittings?"), Some(&token)).expect(200));
    let before = sittings();
    other.add_sitting(&world::actor(PAS_DE_CALAIS), None, registre::record::Id::mint(), world::of(record)).unwrap();
    let since = Instant::now();
    while sittings() == before {
        // A second, and as much again for a busy machine.
        assert!(since.elapsed() < Duration::from_secs(2), "not seen");
    }
    assert_eq!(sittings().len(), before.len() + 1);
}
