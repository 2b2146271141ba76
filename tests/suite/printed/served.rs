//! Papers over HTTP: by an ending, by `Accept`, to whom.

use rstest::rstest;
use serde_json::json;

use crate::harness::world::{BODY, DRAFT, LIVE, neighbour};
use crate::harness::{ACT, Engine, PAS_DE_CALAIS, SITTING, Server};

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn an_act_in_each_format(#[case] engine: Engine) {
    let server = Server::demo(engine);
    let path = format!("/v1/deliberations/{ACT}");
    let asked = |accept: &str| crate::harness::Answer::of(server.request(reqwest::Method::GET, &path).header("Accept", accept).send().unwrap());
    let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    for (case, answer, content_type, holds) in [
        ("html", server.get(&format!("{path}.html"), None), "text/html; charset=utf-8", "<h1 class=\"title\">ANIMER LE RÉSEAU"),
        ("txt", server.get(&format!("{path}.txt"), None), "text/plain; charset=utf-8", "Article 3 :\n\nLa dépense versée"),
        ("akn", server.get(&format!("{path}.akn"), None), "application/akn+xml", "<akomaNtoso"),
        ("a browser", asked(browser), "text/html; charset=utf-8", "TRANSCRIPTION NON SCELLÉE"),
        ("text liked best", asked("text/plain, text/html;q=0.2"), "text/plain; charset=utf-8", "(N°2025-302)"),
        ("anything", asked("*/*"), "application/json", "\"number\":\"2025-302\""),
    ] {
        let answer = answer.expect(200);
        assert_eq!(answer.header("content-type"), content_type, "{case}");
        assert!(answer.text.contains(holds), "{case}: {}", answer.text);
        assert_eq!(answer.header("cache-control"), "public, no-cache", "{case}: it is not sealed");
    }
    assert_eq!(server.get(&format!("{path}.txt"), None).header("vary"), "Authorization, Accept");
    let tag = server.get(&format!("{path}.txt"), None).header("etag").to_owned();
    let again = server.request(reqwest::Method::GET, &format!("{path}.txt")).header("If-None-Match", tag).send().unwrap();
    assert_eq!(again.status(), 304);
    server.get(&format!("{path}.doc"), None).problem(404, "not-found");
    #[cfg(not(feature = "pdf"))]
    server.get(&format!("{path}.pdf"), None).problem(404, "not-in-this-build");
    #[cfg(feature = "pdf")]
    assert_eq!(server.get(&format!("{path}.pdf"), None).expect(200).header("content-type"), "application/pdf");
}

/// Who may read what: the public, the authority's own, a neighbour.
#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn papers_of_a_sitting_are_shown_to_whom_they_are_for(#[case] engine: Engine) {
    let server = Server::world(engine);
    let own = server.token(PAS_DE_CALAIS, "records:read");
    let other = server.token(neighbour::SIREN, "records:read");
    let seen = |sitting: &str, paper: &str, token: Option<&str>| server.get(&format!("/v1/sittings/{sitting}/papers/{paper}.txt"), token).status;
    for (paper, public) in [("minutes", 404), ("list", 200), ("agenda", 200), ("convocation", 404), ("attendance_sheet", 404)] {
        assert_eq!(seen(SITTING, paper, None), public, "{paper}, the public");
        assert_eq!(seen(SITTING, paper, Some(&other)), public, "{paper}, a neighbour");
        assert_eq!(seen(SITTING, paper, Some(&own)), 200, "{paper}, its own");
        assert_eq!(seen(LIVE, paper, None), 404, "{paper} of an internal sitting");
        assert_eq!(seen(LIVE, paper, Some(&other)), 404, "{paper} of an internal sitting, a neighbour");
        assert_eq!(seen(LIVE, paper, Some(&own)), 200, "{paper} of an internal sitting, its own");
    }
    server.get(&format!("/v1/deliberations/{DRAFT}.txt"), None).problem(404, "not-found");
    assert!(server.get(&format!("/v1/deliberations/{DRAFT}.txt"), Some(&own)).expect(200).text.starts_with("*** PROJET ***"));

    // The body decides that its minutes are public.
    let admin = server.token(PAS_DE_CALAIS, "directory:write records:read");
    let body = server.get(&format!("/v1/bodies/{BODY}"), Some(&admin)).expect(200);
    let etag = body.header("etag").to_owned();
    let mut filed = body.json();
    for added in ["id", "href", "authority", "version"] {
        filed.as_object_mut().unwrap().remove(added);
    }
    filed["public_minutes"] = json!(true);
    server.put(&format!("/v1/bodies/{BODY}"), &admin, &etag, &filed).expect(200);
    assert_eq!(seen(SITTING, "minutes", None), 200);
    let minutes = server.get(&format!("/v1/sittings/{SITTING}/papers/minutes.txt"), None).text;
    assert!(
        minutes.starts_with("DEPARTEMENT DU PAS-DE-CALAIS\nPROCES-VERBAL DE LA COMMISSION PERMANENTE"),
        "no mark of an internal paper: {minutes}"
    );
}

/// Once sealed, the act says so itself: no mark, the digest of its entry in the log, the same bytes each time; a signed original makes it a copy.
#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn a_sealed_act_on_paper(#[case] engine: Engine) {
    let server = Server::demo(engine);
    let clerk = server.token_of("clerk", PAS_DE_CALAIS, "all");
    let director = server.token_of("director", PAS_DE_CALAIS, "all");
    let path = format!("/v1/deliberations/{ACT}");
    for to in ["on_agenda", "deliberated"] {
        let moved = server.post(&format!("{path}/workflow"), &clerk, &json!({ "to": to }));
        assert!(moved.status == 200 || moved.status == 409, "{}", moved.text);
    }
    server.post(&format!("{path}/seal"), &director, &json!(null)).expect(201);
    let digest = server.get(&path, None).json()["seal"]["digest"].as_str().unwrap().to_owned();
    let sealed = server.get(&format!("{path}.txt"), None).expect(200);
    assert!(sealed.text.starts_with("DEPARTEMENT DU PAS-DE-CALAIS\n"), "{}", sealed.text);
    let base = server.url.clone();
    let footer = format!("Acte scellé. Empreinte de son entrée au journal (SHA-256) : {digest}\nVérification : {base}/verifier\n");
    assert!(sealed.text.ends_with(&footer), "{}", sealed.text);
    assert_eq!(sealed.header("cache-control"), "public, max-age=300");
    assert_eq!(server.get(&format!("{path}.txt"), Some(&clerk)).header("cache-control"), "private, no-cache");
    // What is corrected in the sitting later does not reach it.
    let before = server.get(&format!("{path}.html"), None);
    assert_eq!((&server.get(&format!("{path}.html"), None).text, before.header("etag").len()), (&before.text, 66));

    let original = server.request(reqwest::Method::POST, &format!("{path}/files?role=signed_original&name=acte.pdf")).bearer_auth(&clerk);
    let filed = original.header("Content-Type", "application/pdf").body("%PDF-1.7\n%%EOF\n").send().unwrap();
    assert_eq!(filed.status(), 201);
    let copy = server.get(&format!("{path}.txt"), None).text;
    assert!(copy.starts_with("*** COPIE ***\n"), "{copy}");
    assert!(copy.contains("Copie. L'original signé fait foi (SHA-256 : "), "{copy}");
}
