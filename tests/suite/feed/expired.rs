//! A cursor that has expired, and how to begin again.

use registre::deliver::{Deliver, Settings};
use registre::store::Store;
use rstest::rstest;

use super::{Reader, retitle};
use crate::harness::{Engine, PAS_DE_CALAIS, Server, secrets, world};

/// The same feed where everything that is a day old is forgotten.
fn prune(server: &Server, days: Option<u32>) {
    let store = Store::open(&server.database.url, 1).unwrap();
    let settings = Settings { retention_days: days, ..Settings::default() };
    Deliver::new(store.into(), settings, secrets()).unwrap().prune().unwrap();
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn an_expired_cursor_says_how_to_begin_again(#[case] engine: Engine) {
    let server = Server::world(engine);
    let token = server.token(PAS_DE_CALAIS, "all");
    let before = Reader::own(&server).cursor.unwrap();
    let writes = || server.get("/v1/audit/writes?limit=200", Some(&token)).expect(200).json()["data"].as_array().unwrap().len();
    let trail = writes();
    // Young enough: nothing expires.
    prune(&server, Some(1));
    prune(&server, None);
    assert!(!Reader::from_the_beginning(&server, Some(token.clone())).events().is_empty());

    // Two days later.
    let age = match engine {
        Engine::Sqlite => "UPDATE changes SET recorded_at = datetime(recorded_at, '-2 days') RETURNING 1 AS number",
        Engine::Postgresql => "UPDATE changes SET recorded_at = recorded_at - interval '2 days' RETURNING 1::bigint AS number",
    };
    server.database.number(age);
    retitle(&server, &token, "Après");
    prune(&server, Some(1));

    // From before the first that is told, and from the beginning: a gap, which is never silent.
    let problem = server.get("/v1/changes", Some(&token));
    problem.problem(410, "cursor-expired");
    server.get(&format!("/v1/changes?authority={PAS_DE_CALAIS}"), None).problem(410, "cursor-expired");
    server.get("/v1/changes/stream?cursor=WyIyMjYyMDAwMTIiLDFd", Some(&token)).problem(410, "cursor-expired");
    let link = problem.header("link").to_owned();
    let next = link.trim_start_matches('<').split('>').next().unwrap();
    assert!(link.ends_with("; rel=\"next\""), "{link}");
    // What it was told to go on from misses nothing that comes.
    retitle(&server, &token, "Encore");
    assert_eq!(server.get(next, Some(&token)).expect(200).json()["data"][0]["subject"], world::DRAFT);
    // From the last that was forgotten, all that follows is there.
    let mut kept = Reader { cursor: Some(before), ..Reader::own(&server) };
    assert_eq!(kept.told(), ["deliberation.updated record 0001", "deliberation.updated record 0001"]);
    // The audit trail is whole.
    assert_eq!(writes(), trail + 2);
}

/// A database restored from a copy has forgotten what a reader was told: that is no less a gap.
#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn a_cursor_from_after_the_head_has_expired(#[case] engine: Engine) {
    let server = Server::world(engine);
    let token = server.token(PAS_DE_CALAIS, "records:read");
    // ["226200012",9999]
    let cursor = "WyIyMjYyMDAwMTIiLDk5OTld";
    server.get(&format!("/v1/changes?cursor={cursor}"), Some(&token)).problem(410, "cursor-expired");
    server.get(&format!("/v1/changes?cursor={cursor}&authority={PAS_DE_CALAIS}"), None).problem(410, "cursor-expired");
}
