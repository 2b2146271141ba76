//! What the public is told: what concerned public records when it was written.

use rstest::rstest;
use serde_json::json;

use super::{Reader, retitle, show};
use crate::harness::{ACT, Engine, PAS_DE_CALAIS, Server, world};

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn what_ceases_to_be_public_is_deleted_to_the_public(#[case] engine: Engine) {
    let server = Server::world(engine);
    let token = server.token(PAS_DE_CALAIS, "all");
    let (mut own, mut public) = (Reader::own(&server), Reader::public(&server));
    let mut both = |own_told: &[&str], public_told: &[&str]| {
        assert_eq!(own.told(), own_told);
        assert_eq!(public.told(), public_told);
    };
    retitle(&server, &token, "Un");
    both(&["deliberation.updated record 0001"], &[]);
    show(&server, &token, "public");
    both(&["deliberation.updated visibility 0001"], &["deliberation.created visibility 0001"]);
    retitle(&server, &token, "Deux");
    both(&["deliberation.updated record 0001"], &["deliberation.updated record 0001"]);
    show(&server, &token, "internal");
    both(&["deliberation.updated visibility 0001"], &["deliberation.deleted visibility 0001"]);
    // While it was internal, and for ever after, whatever it is today.
    retitle(&server, &token, "Trois");
    both(&["deliberation.updated record 0001"], &[]);
    show(&server, &token, "public");
    both(&["deliberation.updated visibility 0001"], &["deliberation.created visibility 0001"]);
    let whole: Vec<String> = Reader::from_the_beginning(&server, None).told().into_iter().filter(|line| line.ends_with(" 0001")).collect();
    let of_the_draft: Vec<&str> = whole.iter().map(String::as_str).filter(|line| line.starts_with("deliberation.")).collect();
    assert_eq!(
        of_the_draft,
        [
            "deliberation.created visibility 0001",
            "deliberation.updated record 0001",
            "deliberation.deleted visibility 0001",
            "deliberation.created visibility 0001"
        ]
    );
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn a_draft_that_is_deleted_is_told_inside(#[case] engine: Engine) {
    let server = Server::world(engine);
    let token = server.token(PAS_DE_CALAIS, "all");
    let (mut own, mut public) = (Reader::own(&server), Reader::public(&server));
    let path = format!("/v1/deliberations/{}", world::DRAFT);
    let etag = server.get(&format!("{path}/record"), Some(&token)).expect(200).header("etag").to_owned();
    let deleted = server.request(reqwest::Method::DELETE, &path).bearer_auth(&token).header("If-Match", etag).send().unwrap();
    assert!(deleted.status().is_success());
    assert_eq!((own.told(), public.told()), (vec!["deliberation.deleted record 0001".to_owned()], vec![]));
}

/// A reader learns nothing of an authority that shows nothing: neither what, nor how much, nor whether it is there.
#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn an_authority_that_shows_nothing_is_like_none(#[case] engine: Engine) {
    let server = Server::world(engine);
    let own = server.token(PAS_DE_CALAIS, "all");
    // No authority has that SIREN, which is well formed.
    let page = |siren: &str, token: Option<&str>| {
        let answer = server.get(&format!("/v1/changes?authority={siren}"), token).expect(200).json();
        (answer["data"].clone(), answer["cursor"].as_str().map(str::len), answer["links"].clone())
    };
    let unknown = "229900014";
    for token in [None, Some(own.as_str())] {
        assert_eq!(page(world::neighbour::SIREN, token), page(unknown, token));
        assert_eq!(page(unknown, token).0, json!([]));
    }
    // A token without the right to read is the public.
    let bare = server.token(PAS_DE_CALAIS, "deliberations:write");
    let told = |token: Option<String>| Reader { limit: 200, ..Reader::from_the_beginning(&server, token) }.events();
    assert_eq!(told(Some(bare)), told(None));
    assert!(told(None).len() < told(Some(own)).len());
    // Several authorities: the public names one.
    server.get("/v1/changes", None).problem(400, "authority-needed");
}

/// Acts that are linked name each other to who may read both: when that changes, so do their answers.
#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn what_becomes_of_an_act_is_told_of_those_linked_with_it(#[case] engine: Engine) {
    let server = Server::world(engine);
    let token = server.token(PAS_DE_CALAIS, "all");
    let (mut own, mut public) = (Reader::own(&server), Reader::public(&server));
    let by = json!({"id": super::uuid(), "kind": "material_error", "on": "2025-09-15", "ground": "Erreur de plume", "by_act": world::DRAFT});
    server.post(&format!("/v1/deliberations/{ACT}/rectifications"), &token, &by).expect(201);
    let act = "deliberation.updated rectifications 0302";
    assert_eq!(own.told(), [act, "deliberation.updated rectifications 0001"]);
    assert_eq!(public.told(), [act], "the draft is nobody's business");
    show(&server, &token, "public");
    assert_eq!(own.told(), ["deliberation.updated visibility 0001"], "who saw both sees no difference");
    assert_eq!(public.told(), ["deliberation.created visibility 0001", act]);
    let names = |token: Option<&str>| -> serde_json::Value {
        server.get(&format!("/v1/deliberations/{ACT}"), token).expect(200).json()["rectifications"][0]["by_act"].clone()
    };
    assert_eq!(names(None), world::DRAFT);
    show(&server, &token, "internal");
    assert_eq!(public.told(), ["deliberation.deleted visibility 0001", act]);
    assert_eq!((names(None), names(Some(&token))), (json!(null), json!(world::DRAFT)));
    // A fact on a public act is told to everyone.
    server.post(&format!("/v1/deliberations/{ACT}/facts"), &token, &json!({"id": super::uuid(), "kind": "signed", "on": "2025-07-07"})).expect(201);
    assert_eq!(public.told(), ["deliberation.updated facts 0302"]);
    // A file is told to those who are shown it.
    let file = |role: &str| {
        let path = format!("/v1/deliberations/{ACT}/files?role={role}&name=a.pdf");
        let request = server.request(reqwest::Method::POST, &path).bearer_auth(&token).header("Content-Type", "application/pdf");
        assert_eq!(request.body(world::PDF).send().unwrap().status(), 201);
    };
    let mut inside = Reader::own(&server);
    file("receipt");
    file("published");
    assert_eq!(public.told(), ["deliberation.updated files 0302"]);
    assert_eq!(inside.told().len(), 2);
}
