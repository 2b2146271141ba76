//! The archive of a transmission: what is in it, under which names, and what it wants.

use std::io::Read;

use reqwest::Method;
use rstest::rstest;
use serde_json::json;

use super::{Upload, pdf};
use crate::harness::{ACT, Engine, PAS_DE_CALAIS, Server};

const ASKED: &str = "operator=ABC&classification=2017-10-01&number=1&on=2025-07-09";

fn path(query: &str) -> String {
    format!("/v1/deliberations/{ACT}/transmission/archive?{query}")
}

/// The bytes, and the files in them.
fn archive(server: &Server) -> (Vec<u8>, Vec<(String, Vec<u8>)>) {
    let response = server.request(Method::GET, &path(ASKED)).bearer_auth(server.token(PAS_DE_CALAIS, "acts:transmit")).send().unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "application/gzip");
    assert_eq!(response.headers()["content-disposition"], "attachment; filename=\"ABC-EACT--226200012--20250709-1.tar.gz\"");
    let bytes = response.bytes().unwrap().to_vec();
    let mut files = Vec::new();
    for entry in tar::Archive::new(flate2::read::GzDecoder::new(bytes.as_slice())).entries().unwrap() {
        let mut entry = entry.unwrap();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).unwrap();
        files.push((entry.path().unwrap().to_str().unwrap().to_owned(), content));
    }
    (bytes, files)
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn an_archive_holds_what_operators_take(#[case] engine: Engine) {
    let server = Server::demo(engine);
    let all = server.token(PAS_DE_CALAIS, "all");
    let ask = |query: &str| server.get(&path(query), Some(&all));
    let without = |what: &str| {
        let refused = ask(ASKED);
        refused.problem(409, "not-transmissible");
        assert!(refused.text.contains(what), "{}", refused.text);
    };
    // Two annexes, of which the second has its file first and no ending in its name.
    let second = Upload::of("annex", pdf(40)).named("plan", "application/pdf").added(&server);
    let first = Upload::of("annex", pdf(2_000_000)).added(&server);
    let record = format!("/v1/deliberations/{ACT}/record");
    let read = server.get(&record, Some(&all)).expect(200);
    let mut changed = read.json();
    changed["annexes"] = json!([{"title": "Budget", "file": first["id"]}, {"title": "Sans fichier"}, {"title": "Plan", "file": second["id"]}]);
    changed["matter_codes"] = json!([{"code": "7.5"}]);
    server.put(&record, &all, read.header("etag"), &changed).expect(200);
    ask(ASKED).problem(409, "not-sealed");
    let sealer = server.token_of("sealer", PAS_DE_CALAIS, "all");
    server.post(&format!("/v1/deliberations/{ACT}/seal"), &sealer, &json!({})).expect(201);

    without("authority.actes");
    let authority = format!("/v1/authorities/{PAS_DE_CALAIS}");
    let put = |actes: serde_json::Value| {
        let read = server.get(&authority, Some(&all)).expect(200);
        let mut filed = read.json();
        let fields = filed.as_object_mut().unwrap();
        fields.remove("href");
        fields.remove("version");
        fields.insert("actes".to_owned(), actes);
        server.put(&authority, &all, read.header("etag"), &filed).expect(200);
    };
    put(json!({"kind": 22, "district": 1, "return_addresses": ["nobody"]}));
    without("signed_original");
    Upload::of("signed_original", pdf(100)).added(&server);
    without("authority.actes");
    put(json!({"kind": 22, "district": 1, "return_addresses": ["actes@example.fr"]}));

    let (bytes, files) = archive(&server);
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    let id = "062-226200012-20250707-2025_302-DE-1-1";
    let expected = [
        "EACT--226200012--20250709-1.xml".to_owned(),
        format!("{id}_0.xml"),
        format!("99_DE-{id}_1.pdf"),
        format!("99_DE-{id}_2.pdf"),
        format!("99_DE-{id}_3.pdf"),
    ];
    assert_eq!(names, expected);
    assert_eq!((&files[2].1, &files[3].1, &files[4].1), (&pdf(100), &pdf(2_000_000), &pdf(40)));
    let message = server.get(&format!("/v1/deliberations/{ACT}/transmission/message?classification=2017-10-01"), Some(&all)).expect(200);
    let latin = |bytes: &[u8]| bytes.iter().copied().map(char::from).collect::<String>();
    let told = latin(&files[1].1);
    assert_eq!(told.chars().count(), message.header("content-length").parse::<usize>().unwrap());
    assert!(expected[2..].iter().all(|name| told.contains(&format!("<actes:NomFichier>{name}</actes:NomFichier>"))), "{told}");
    let envelope = latin(&files[0].1);
    for part in ["insee:SIREN=\"226200012\"", "actes:Nature=\"22\"", "actes:Arrondissement=\"1\"", "actes@example.fr", expected[1].as_str()] {
        assert!(envelope.contains(part), "{part} in {envelope}");
    }
    assert!(archive(&server).0 == bytes, "the same files, the same bytes");

    // The paper made for transmission goes before the original; nothing else changes.
    Upload::of("transmitted", pdf(101)).added(&server);
    let (_, later) = archive(&server);
    let differ: Vec<&str> = files.iter().zip(&later).filter(|(a, b)| a != b).map(|(a, _)| a.0.as_str()).collect();
    assert_eq!((differ, &later[2].1), (vec![expected[2].as_str()], &pdf(101)));

    for query in [
        "classification=2017-10-01&number=1&on=2025-07-09",
        "operator=abc&classification=2017-10-01&number=1&on=2025-07-09",
        "operator=ABC&classification=2017-10-01&number=0&on=2025-07-09",
    ] {
        assert_eq!(ask(query).status, 400, "{query}");
    }
    server.get(&path(ASKED), Some(&server.token(PAS_DE_CALAIS, "records:read"))).problem(403, "scope-missing");

    // A file that is not what came in: no archive at all.
    std::fs::write(super::place(&server, &super::sha256(&pdf(40))), pdf(41)).unwrap();
    ask(ASKED).problem(500, "file-damaged");
}
