//! What nobody may find in these files, and how they are asked for.

use reqwest::Method;
use rstest::rstest;
use serde_json::Value;

use super::loaded::{INTERNAL, NATURAL, SIREN, server};
use crate::harness::world::neighbour;
use crate::harness::{Answer, Engine, PAS_DE_CALAIS, Server};

fn paths() -> Vec<String> {
    let document = registre::api::document();
    let all = document["paths"].as_object().unwrap().keys().filter(|path| path.starts_with("/v1/open-data/"));
    let paths: Vec<String> = all.filter(|path| cfg!(feature = "parquet") || !path.ends_with(".parquet")).cloned().collect();
    assert!(paths.len() >= 12, "{paths:?}");
    paths
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn nothing_but_what_is_public_whoever_asks(#[case] engine: Engine) {
    let server = server(engine);
    let own = server.token(SIREN, "all");
    for path in paths() {
        let path = format!("{path}?authority={SIREN}");
        let answer = server.request(Method::GET, &path).send().unwrap().bytes().unwrap();
        let with_token = server.request(Method::GET, &path).bearer_auth(&own).send().unwrap().bytes().unwrap();
        assert!(answer == with_token, "{path}: a token changes the file");
        let text = String::from_utf8_lossy(&answer);
        assert!(!text.is_empty());
        // Not the act that is internal, nor its vote; not who a natural person is; not what ties a member to a matter; not a hidden body.
        for hidden in [INTERNAL, "2025-104", NATURAL, "Léontine", "présidente du club", "présidence d'association", "Commission confidentielle"] {
            assert!(!text.contains(hidden), "{path} holds {hidden}");
        }
    }
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn how_a_file_is_asked_for(#[case] engine: Engine) {
    let server = server(engine);
    for path in paths() {
        server.get(&path, None).problem(400, "authority-needed");
        server.get(&format!("{path}?authority=123"), None).problem(400, "invalid-parameter");
        server.get(&format!("{path}?authority={SIREN}&limit=3"), None).problem(400, "unknown-parameter");
        let path = format!("{path}?authority={SIREN}");
        let got = server.request(Method::GET, &path).send().unwrap();
        let head = server.request(Method::HEAD, &path).send().unwrap();
        for name in ["content-type", "cache-control", "content-disposition"] {
            assert_eq!(got.headers().get(name), head.headers().get(name), "{path} {name}");
        }
        assert!(head.status().is_success() && head.bytes().unwrap().is_empty(), "{path}");
        assert!(got.headers()["cache-control"].to_str().unwrap().ends_with("max-age=300"), "{path}");
        if !path.contains("catalog.jsonld") {
            let name = path.split('?').next().unwrap().rsplit('/').next().unwrap();
            assert_eq!(got.headers()["content-disposition"], format!("attachment; filename=\"{SIREN}-{name}\""));
        }
    }
    if cfg!(not(feature = "parquet")) {
        server.get(&format!("/v1/open-data/deliberations.parquet?authority={SIREN}"), None).problem(404, "not-in-this-build");
    }
}

/// Files of an authority that shows nothing are those of one that is not there.
#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn an_authority_that_shows_nothing(#[case] engine: Engine) {
    let server = Server::world(engine);
    for path in paths().into_iter().filter(|path| !path.ends_with(".parquet")) {
        let of = |siren: &str| -> Answer { server.get(&format!("{path}?authority={siren}"), None) };
        let (hidden, absent) = (of(neighbour::SIREN), of("900000027"));
        assert_eq!(hidden.status, absent.status, "{path}");
        if hidden.status == 200 {
            assert_eq!(hidden.text, absent.text, "{path}");
        } else {
            hidden.problem(404, "not-found");
        }
    }
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn the_catalogue_names_files_that_are_there(#[case] engine: Engine) {
    let server = server(engine);
    for (siren, first, last) in [(SIREN, "2025-09-15", "2025-09-15"), (PAS_DE_CALAIS, "2025-07-07", "2025-07-07")] {
        let answer = server.get(&format!("/v1/open-data/catalog.jsonld?authority={siren}"), None).expect(200);
        assert_eq!(answer.header("content-type"), "application/ld+json");
        let catalogue: Value = answer.json();
        let mut addresses = Vec::new();
        for dataset in catalogue["dcat:dataset"].as_array().unwrap() {
            assert_eq!(dataset["dct:temporal"]["startDate"], first);
            assert_eq!(dataset["dct:temporal"]["endDate"], last);
            for file in dataset["dcat:distribution"].as_array().unwrap() {
                assert_eq!(file["dct:license"]["@id"], "https://spdx.org/licenses/etalab-2.0");
                let address = file["dcat:downloadURL"]["@id"].as_str().unwrap().to_owned();
                let got = server.get(address.strip_prefix(&server.url).unwrap(), None).expect(200);
                let media = file["dcat:mediaType"]["@id"].as_str().unwrap().rsplit_once("media-types/").unwrap().1;
                assert_eq!(got.header("content-type").split(';').next(), Some(media), "{address}");
                addresses.push(address);
            }
        }
        // Every file but the catalogue itself.
        assert_eq!(addresses.len(), paths().len() - 1);
    }
}
