//! Texts that would be a query, wherever a value goes into one: they are values, on both engines.

use rstest::rstest;
use serde_json::Value;

use crate::harness::{ACT, Engine, PAS_DE_CALAIS, Server};

/// Quotes, ends of statements, patterns, and the signs of both engines' full-text search.
const HOSTILE: [&str; 16] = [
    "'",
    "\"",
    "' OR '1'='1",
    "' OR 1=1 --",
    "'; DROP TABLE versions; --",
    "\\'; DROP TABLE versions; --",
    "1); DELETE FROM deliberations; --",
    "$1",
    "?1",
    "%",
    "_",
    "E'\\x27'",
    "NEAR(a b, 2)",
    "title:* OR body:*",
    "a:* & !b | (c <-> d)",
    "{a b}: ^c + \"d",
];

/// Parameters that are free text.
const PLACES: [&str; 8] = [
    "/v1/search?q=",
    "/v1/deliberations?q=",
    "/v1/deliberations?number=",
    "/v1/deliberations?external_id=a:",
    "/v1/sittings?external_id=a:",
    "/v1/persons?q=",
    "/recherche?q=",
    "/oparl/v1/body?after=",
];

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn a_text_that_would_be_a_query_is_a_text(#[case] engine: Engine) {
    let server = Server::demo(engine);
    let token = server.token(PAS_DE_CALAIS, "records:read");
    let versions = server.database.number("SELECT count(*) AS number FROM versions");
    let mut watch = server.database.watch();
    let mut wrong = Vec::new();
    for place in PLACES {
        for text in HOSTILE {
            let asked = format!("{place}{}", percent(text));
            for token in [None, Some(token.as_str())] {
                let answer = server.get(&asked, token);
                let found = serde_json::from_str::<Value>(&answer.text).ok().and_then(|json| Some(json.get("data")?.as_array()?.len()));
                // Signs alone ask for nothing; of all the rest, nothing is found by it. An address that is not there would show nothing.
                if answer.status >= 500 || answer.status == 404 || (place.ends_with("number=") && found != Some(0)) {
                    wrong.push(format!("{asked}: {} {found:?} {}", answer.status, answer.text));
                }
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    assert!(watch.unchanged(), "a read wrote");
    assert_eq!(server.database.number("SELECT count(*) AS number FROM versions"), versions);
    server.get(&format!("/v1/deliberations/{ACT}"), None).expect(200);
}

fn percent(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}
