//! The room now.

use rstest::rstest;
use serde_json::{Value, json};

use super::Live;
use crate::harness::{Engine, Server};

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn the_room_follows_what_happens(#[case] engine: Engine) {
    let server = Server::empty(engine);
    let live = Live::open(&server, 5, 2, &json!({}));
    let step = |kind: &str, person: Option<usize>, item: Option<usize>| {
        let event = json!({"id": super::uuid(), "kind": kind, "person": person.map(|n| json!({"person": live.people[n - 1]})),
            "moment": {"item": item.map(|n| live.items[n - 1].clone()), "anchor": "before"}});
        server.post(&live.path("timeline"), &live.token, &event).expect(201);
    };
    let room = || -> Value { server.get(&live.path("state"), Some(&live.token)).expect(200).json() };
    let seen = |room: &Value| {
        (room["version"].clone(), room["item"]["id"].clone(), room["suspended"].clone(), room["presence"]["counts"]["present"].clone())
    };

    assert_eq!(seen(&room()), (1.into(), Value::Null, false.into(), 5.into()));
    step("item_opened", None, Some(1));
    assert_eq!(seen(&room()), (2.into(), live.items[0].clone().into(), false.into(), 5.into()));
    server.post(&live.path("ballots"), &live.token, &live.roll_call(1, 1..=5, &[1], &[])).expect(201);
    assert_eq!(room()["last_ballot"]["options"][1]["count"], 1);
    assert_eq!((room()["result"]["verdict"].as_str(), room()["result"]["votes_cast"].as_i64()), (Some("adopted"), Some(5)));
    step("item_closed", None, Some(1));
    step("suspension", None, None);
    assert_eq!(seen(&room()), (5.into(), Value::Null, true.into(), 5.into()));
    step("resumption", None, None);
    step("departure", Some(4), Some(2));
    step("item_opened", None, Some(2));
    assert_eq!(seen(&room()), (8.into(), live.items[1].clone().into(), false.into(), 4.into()));
    assert_eq!(room()["presence"]["quorum"]["present"], 4);

    // Internal: the public is not told, nor another authority.
    server.get(&live.path("state"), None).problem(401, "token-missing");
    server.get(&live.path("state"), Some(&server.token("226200012", "all"))).problem(404, "not-found");
}

/// The demonstration: 44 voting members and 4 without a vote, named as they are filed.
#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn a_clerk_starts_from_the_roster(#[case] engine: Engine) {
    let server = Server::demo(engine);
    let token = server.token(crate::harness::PAS_DE_CALAIS, "records:read directory:write");
    let body = crate::harness::world::BODY;
    let roster = || server.get(&format!("/v1/bodies/{body}/roster?on=2025-07-07"), Some(&token)).expect(200).json();
    let seen = |roster: &Value| -> Vec<(String, usize, String)> {
        let list = |l: &Value| {
            (l["voting_right"].as_str().unwrap().to_owned(), l["entries"].as_array().unwrap().len(), l["status"].as_str().unwrap().to_owned())
        };
        roster["data"].as_array().unwrap().iter().map(list).collect()
    };
    let unstated = || "unstated".to_owned();
    assert_eq!(seen(&roster()), [("voting".to_owned(), 44, unstated()), ("without_vote".to_owned(), 4, unstated())]);
    let first = &roster()["data"][0]["entries"][0];
    assert_eq!((first["printed"].as_str(), first["position"].as_i64(), &first["group"]), (Some("M. Jean-Claude LEROY"), Some(1), &Value::Null));

    // A mandate that ended the day before is not on it.
    let mandate = server.get(&format!("/v1/mandates?person={}", crate::harness::world::PERSON), Some(&token)).expect(200).json()["data"][0].clone();
    let path = format!("/v1/mandates/{}", mandate["id"].as_str().unwrap());
    let etag = server.get(&path, Some(&token)).expect(200);
    let ended = json!({"person": mandate["person"], "body": mandate["body"], "voting_right": "voting", "valid_to": "2025-07-06"});
    server.put(&path, &token, etag.header("etag"), &ended).expect(200);
    assert_eq!(seen(&roster())[0].1, 43);
    server.get(&format!("/v1/bodies/{body}/roster"), None).problem(401, "token-missing");
}
