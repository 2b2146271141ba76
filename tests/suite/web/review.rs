//! The page on which the secretariat reviews what was read: what it may run, and that all of its script is there. What it does is driven in a browser
//! (scripts/conformance-pages).

use std::collections::BTreeSet;

use rstest::rstest;
use serde_json::json;

use super::page;
use crate::harness::{ACT, Engine, PAS_DE_CALAIS, Server};

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn the_review_runs_its_own_scripts_and_no_others(#[case] engine: Engine) {
    let server = Server::demo(engine);
    let answer = page(&server, "/reprise").expect(200);
    let policy = answer.header("content-security-policy");
    assert!(policy.starts_with("default-src 'none'; ") && policy.ends_with("; script-src 'self'; connect-src 'self'"), "{policy}");
    assert!(!policy.contains("unsafe"), "{policy}");
    assert_eq!(answer.header("x-robots-tag"), "noindex");
    assert!(answer.text.contains("<noscript>") && answer.text.contains("registre import"), "{}", answer.text);
    for (path, expected) in [("/", false), (&*format!("/deliberations/{ACT}"), false), ("/reprise", true)] {
        assert_eq!(page(&server, path).header("content-security-policy").contains("script-src"), expected, "{path}");
    }
    assert!(!server.get("/sitemap.xml", None).text.contains("/reprise"));

    let start = answer.text.split_once("<script type=\"module\" src=\"").unwrap().1.split_once('"').unwrap().0.to_owned();
    let (mut seen, mut left) = (BTreeSet::new(), vec![start]);
    while let Some(path) = left.pop() {
        if !seen.insert(path.clone()) {
            continue;
        }
        let module = server.get(&path, None).expect(200);
        assert_eq!(module.header("content-type"), "text/javascript; charset=utf-8", "{path}");
        assert!(!["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("].iter().any(|word| module.text.contains(word)), "{path}");
        let folder = path.rsplit_once('/').unwrap().0;
        left.extend(module.text.split(" from \"./").skip(1).map(|rest| format!("{folder}/{}", rest.split_once('"').unwrap().0)));
    }
    assert_eq!(seen.len(), 13, "{seen:?}");
    assert_eq!(server.get("/assets/reprise/autre.js", None).status, 404);
}

/// What the page shows beside the draft: the act as the register would print it has every word of its source.
#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn a_reading_tells_the_differences_of_the_round_trip(#[case] engine: Engine) {
    let server = Server::demo(engine);
    let token = server.token(PAS_DE_CALAIS, "deliberations:write");
    let read = |text: String| {
        let request = server.request(reqwest::Method::POST, "/v1/intake").bearer_auth(&token).header("Content-Type", "text/plain");
        crate::harness::Answer::of(request.body(text).send().unwrap()).expect(200).json()
    };
    let seed = include_str!("../../intake/seed.txt");
    let draft = &read(seed.to_owned())["drafts"][0];
    assert_eq!((&draft["differences"], &draft["compared_whole"]), (&json!([]), &json!(true)));

    // A sentence of which the record holds nothing.
    let stray = "Copie certifiée conforme à l'original.";
    let text = seed.replacen("Bilan final d'exécution", &format!("{stray}\n\nBilan final d'exécution"), 1);
    let start = text.find(stray).unwrap();
    let draft = read(text)["drafts"][0].clone();
    let told = json!({"kind": "missing", "class": "text", "span": {"start": start, "end": start + stray.len()}, "printed": stray, "rendered": ""});
    assert_eq!(draft["differences"], json!([told]), "{}", draft["span"]);
}
