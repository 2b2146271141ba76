//! Who finds what: the public by what it may read and nothing else, a token by what its authority recorded.

use rstest::rstest;
use serde_json::{Value, json};

use super::corpus::{SIREN, act_id};
use super::{asked, found, server};
use crate::harness::{Answer, Engine, PAS_DE_CALAIS, Server};

fn show(server: &Server, token: &str, act: &str, visibility: &str) {
    let request = server.request(reqwest::Method::PUT, &format!("/v1/deliberations/{act}/visibility")).bearer_auth(token);
    Answer::of(request.json(&json!({"visibility": visibility})).send().unwrap()).expect(200);
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn a_natural_person_is_found_by_the_authority_alone(#[case] engine: Engine) {
    let server = server(engine);
    let own = server.token(SIREN, "records:read");
    let other = server.token(PAS_DE_CALAIS, "all");
    let bare = server.token(SIREN, "acts:publish");
    for question in ["dérobée", "Camille", "\"camille derobee\""] {
        assert_eq!(found(&server, Some(&own), &[("q", question)]), "2023-10", "{question}");
        for token in [None, Some(other.as_str()), Some(bare.as_str())] {
            assert_eq!(found(&server, token, &[("q", question)]), "", "{question}");
        }
    }
    // What both may read, both find: the one by its own text, the other by the public's.
    for token in [None, Some(own.as_str())] {
        let answer = asked(&server, token, &[("q", "lauréats")]);
        assert_eq!(answer["data"].as_array().unwrap().len(), 1);
        assert!(!answer.to_string().contains("DÉROBÉE"), "only what was asked for is quoted");
    }
    // Nobody by the ground of a recusal, nor by a candidate's votes; by who stood aside, everyone.
    for question in ["fanfare", "trésorier", "Perdu Scrutin"] {
        for token in [None, Some(own.as_str())] {
            assert_eq!(found(&server, token, &[("q", question)]), "", "{question}");
        }
    }
    let restricted = server.token(SIREN, "records:read restricted:read");
    assert_eq!(found(&server, Some(&restricted), &[("q", "fanfare")]), "");
    assert_eq!(found(&server, None, &[("q", "écarté"), ("year", "2023")]), "2023-7 2023-1");
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn an_act_that_is_not_public_is_found_by_the_authority_alone(#[case] engine: Engine) {
    let server = server(engine);
    let token = server.token(SIREN, "all");
    let aviron = act_id(12);
    assert_eq!(found(&server, None, &[("q", "aviron")]), "2024-1");
    show(&server, &token, &aviron, "internal");
    let gone = asked(&server, None, &[("q", "aviron"), ("facets", "true")]);
    assert_eq!((&gone["data"], &gone["facets"]["counted"], &gone["facets"]["years"]), (&json!([]), &json!(0), &json!([])));
    assert_eq!(found(&server, Some(&token), &[("q", "aviron")]), "2024-1");
    show(&server, &token, &aviron, "public");
    assert_eq!(found(&server, None, &[("q", "aviron")]), "2024-1");
    // Its place among the acts of its day is the one that it had.
    assert_eq!(
        found(&server, None, &[("date_from", "2024-02-12"), ("date_to", "2024-02-12"), ("sort", "oldest")]),
        "2024-1 2024-2 2024-3 2024-4 2024-5 2024-6"
    );
    // Two texts of one act go and come together.
    let citizens = act_id(9);
    show(&server, &token, &citizens, "internal");
    assert_eq!(
        (found(&server, None, &[("q", "lauréats")]), found(&server, Some(&token), &[("q", "lauréats")])),
        (String::new(), "2023-10".to_owned())
    );
    show(&server, &token, &citizens, "public");
    assert_eq!((found(&server, None, &[("q", "lauréats")]), found(&server, None, &[("q", "dérobée")])), ("2023-10".to_owned(), String::new()));
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn no_authority_finds_anothers_acts(#[case] engine: Engine) {
    let server = Server::start(engine, |register| {
        registre::demo::load(register).unwrap();
        super::corpus::load(register);
    });
    server.get("/v1/search?q=reseau", None).problem(400, "authority-needed");
    let of = |authority: &str| server.get(&format!("/v1/search?q=reseau&authority={authority}"), None).expect(200).json();
    let ours: Vec<Value> = of(SIREN)["data"].as_array().unwrap().clone();
    assert!(ours.len() == 4 && ours.iter().all(|hit| hit["authority"] == SIREN));
    let theirs = of(PAS_DE_CALAIS)["data"].as_array().unwrap().clone();
    assert_eq!((theirs.len(), &theirs[0]["number"]), (1, &json!("2025-302")));
    let token = server.token(PAS_DE_CALAIS, "all");
    assert_eq!(server.get("/v1/search?q=reseau", Some(&token)).json()["data"].as_array().unwrap().len(), 1);
}

/// The real act, by everything that it prints.
#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn the_real_act(#[case] engine: Engine) {
    let server = Server::demo(engine);
    let count = |question: &str| {
        let query = serde_urlencoded::to_string([("q", question)]).unwrap();
        server.get(&format!("/v1/search?{query}"), None).expect(200).json()["data"].as_array().unwrap().len()
    };
    for question in [
        "2025-302",
        "N°2025-302",
        "302",
        "réseau",
        "sociétés coopératives",
        "SCIC",
        "Cliss XXI",
        "\"Cliss XXI\"",
        "453 837 957 00043",
        "453837957",
        "45383795700043",
        "Vinclaire",
        "Messeanne-Grobelny",
        "C01-650A01",
        "6568//9365",
        "pacte des solidarités",
        "économie sociale",
        "2021-257",
        "d'intérêt collectif",
        "convention annexe",
        "226 200 012 00012",
    ] {
        assert_eq!(count(question), 1, "{question}");
    }
    // Nobody for having been there, nor an address or a representative in the convention.
    for question in ["Mulot-Friscourt", "Adolphe", "autoroute", "réseau -scic", "2025-303", "\"XXI Cliss\""] {
        assert_eq!(count(question), 0, "{question}");
    }
}
