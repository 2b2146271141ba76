//! The meeting after one without a quorum.

use rstest::rstest;
use serde_json::{Value, json};

use super::{Live, uuid};
use crate::harness::{Engine, Server};

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn a_second_meeting_is_held_against_the_first(#[case] engine: Engine) {
    let server = Server::empty(engine);
    // The first, on Monday 15 September: two items.
    let titled = |title: &str| json!({"id": uuid(), "title": title});
    let live = Live::open(&server, 5, 0, &json!({"agenda": [titled("Subventions aux associations"), titled("Routes")]}));
    let body = server.get(&live.path("record"), Some(&live.token)).expect(200).json()["body"].clone();
    let other = server.post("/v1/bodies", &live.token, &json!({"name": "Conseil", "kind": "departmental_council"})).expect(201).json()["id"].clone();
    let item = uuid();
    let second = |changes: Value| {
        let entries: Vec<Value> = live.people.iter().take(2).map(|p| json!({"person": p})).collect();
        let mut record = json!({
            "body": body, "origin": "recorded", "date": "2025-09-18", "members_in_office": 5, "proxies": [],
            "attendance": [{"status": "present", "voting_right": "voting", "entries": entries}],
            "agenda": [{"id": item, "title": "SUBVENTIONS AUX ASSOCIATIONS"}], "second_meeting": {"of": live.id},
        });
        record.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        record
    };
    let refused: Vec<(&str, Value, &str)> = vec![
        ("of another body", json!({"body": other}), "/second_meeting/of"),
        ("of a sitting that nobody knows", json!({"second_meeting": {"of": uuid()}}), "/second_meeting/of"),
        ("on another day than the first was", json!({"second_meeting": {"of": live.id, "first_date": "2025-09-14"}}), "/second_meeting/first_date"),
        ("before the first", json!({"date": "2025-09-12"}), "/second_meeting/first_date"),
        (
            "with an item of its own, and said to have the same agenda",
            json!({"agenda": [{"id": item, "title": "Collèges"}], "second_meeting": {"of": live.id, "same_agenda": "yes"}}),
            "/second_meeting/same_agenda",
        ),
    ];
    for (name, changes, pointer) in refused {
        let answer = server.post("/v1/sittings", &live.token, &second(changes));
        answer.problem(422, "invalid-field");
        assert_eq!(answer.json()["errors"][0]["pointer"], pointer, "{name}");
    }
    // Two of five are no quorum; three days later and with that agenda none is needed.
    let taken = |changes: Value| {
        let id = server.post("/v1/sittings", &live.token, &second(changes)).expect(201).json()["id"].as_str().unwrap().to_owned();
        let record = server.get(&format!("/v1/sittings/{id}/record"), Some(&live.token)).expect(200).json();
        let ballot = json!({"id": uuid(), "covers": [record["agenda"][0]["id"]], "mode": "show_of_hands",
            "options": [{"option": "for", "count": 2}, {"option": "against", "count": 0}], "outcome": "adopted"});
        (record["second_meeting"].clone(), server.post(&format!("/v1/sittings/{id}/ballots"), &live.token, &ballot))
    };
    let (filled, ballot) = taken(json!({}));
    assert_eq!(filled, json!({"of": live.id, "first_date": "2025-09-15", "same_agenda": "yes"}));
    assert_eq!(ballot.expect(201).json()["findings"], json!([]));

    let (filled, ballot) = taken(json!({"agenda": [{"id": uuid(), "title": "Collèges"}]}));
    assert_eq!(filled["same_agenda"], "no");
    ballot.problem(409, "acknowledgement-needed");
    let (_, ballot) = taken(json!({"date": "2025-09-19", "agenda": [{"id": uuid(), "title": "Routes"}]}));
    ballot.problem(409, "acknowledgement-needed");
    assert!(ballot.json()["errors"][0]["detail"].as_str().unwrap().contains("seconde réunion"), "it says why");
}
