//! A correction never moves the electorate with which a ballot was taken: it is told.

use rstest::rstest;
use serde_json::json;

use super::Live;
use crate::harness::{Engine, Server};

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn the_electorate_of_a_ballot_is_frozen(#[case] engine: Engine) {
    let server = Server::empty(engine);
    let live = Live::open(&server, 7, 2, &json!({}));
    let mut ballot = live.roll_call(1, 1..=7, &[1], &[]);
    // What the register fills in is not taken from the request.
    ballot["electorate"] = json!({"present": 1, "represented": 0, "recused": 0, "voters": 1, "quorum": 1});
    server.post(&live.path("ballots"), &live.token, &ballot).expect(201);
    let record = server.get(&live.path("record"), Some(&live.token)).expect(200);
    let frozen = json!({"present": 7, "represented": 0, "recused": 0, "voters": 7, "quorum": 7});
    assert_eq!(record.json()["ballots"][0]["electorate"], frozen);

    // Only afterwards is it noted that the seventh had left before item 1.
    let mut corrected = record.json();
    corrected["timeline"] = json!([{"id": super::uuid(), "kind": "departure", "person": {"person": live.people[6]},
        "moment": {"item": live.items[0], "anchor": "before"}}]);
    let written =
        server.put(&live.path("record?reason=feuille%20de%20pr%C3%A9sence"), &live.token, record.header("etag"), &corrected).expect(200).json();
    let found = written["findings"].as_array().unwrap().iter().find(|f| f["code"] == "ballot.presence_corrected").unwrap();
    let now = json!({"present": 6, "represented": 0, "recused": 0, "voters": 6, "quorum": 6});
    assert_eq!(found["computed"], json!({"then": frozen, "now": now}));
    let after = server.get(&live.path("record"), Some(&live.token)).expect(200).json();
    assert_eq!(after["ballots"][0]["electorate"], frozen);

    // A ballot that is itself corrected is judged again, by the room as it is now known.
    let etag = server.get(&live.path("record"), Some(&live.token)).expect(200);
    let mut contrary = after;
    contrary["ballots"][0]["outcome_text"] = json!("(Adopté)");
    let answer = server.put(&live.path("record"), &live.token, etag.header("etag"), &contrary);
    answer.problem(422, "contradiction");
    assert_eq!(answer.json()["errors"][0]["pointer"], "/ballots/0/roll_call/6");
}
