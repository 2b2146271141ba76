//! A sitting prepared from the last.

use rstest::rstest;
use serde_json::{Value, json};

use super::{SIREN, Town, uuid};
use crate::harness::{Answer, Engine, PAS_DE_CALAIS, Server};

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn the_next_sitting_starts_from_the_last(#[case] engine: Engine) {
    let server = Server::demo(engine);
    let town = Town::new(&server);
    let item = uuid();
    let last = town.sitting("2025-06-16", &json!({
        "heading": "RÉUNION DU 16 JUIN 2025", "place": "Hôtel du Département", "members_in_office": 5, "end_date": "2025-06-17",
        "starts": {"text": "dix heures"}, "quorum": {"number": 3}, "external_ids": [{"scheme": "grants", "value": "1"}],
        "convening": {"text": "Sur convocation du 2 juin", "convened_on": {"date": "2025-06-02"}, "public": false, "streamed": true, "remote": true,
            "dispatches": [{"person": town.person(1)}]},
        "parts": [{"label": "Matin", "date": "2025-06-16", "members_in_office": 5}, {"label": "Après-midi"}],
        "chairs": [
            {"heading": "PRÉSIDENCE", "person": town.person(1), "capacity": "president", "part": 1, "until": {"item": item}},
            {"person": town.person(2), "capacity": "deputy", "from": {"item": item}},
            {"person": town.person(5), "part": 2},
        ],
        "secretaries": [{"heading": "Secrétaire :", "person": {"printed": "Mme Dominique GREFFE"}, "auxiliary": true}],
        "attendance": [town.list("present", &[1, 2, 5]), town.list("excused", &[3, 4])], "timeline": [], "proxies": [],
        "recusals": [{"id": uuid(), "person": town.person(2), "covers": [item]}], "agenda": [{"id": item}],
        "ballots": [{"id": uuid(), "covers": [item]}],
    }));
    let path = format!("/v1/sittings/{last}/copy");
    let send = |body: &Value| {
        let request = server.request(reqwest::Method::POST, &path).bearer_auth(&town.token).header("Idempotency-Key", "next");
        Answer::of(request.json(body).send().unwrap())
    };
    let made = send(&json!({"date": "2025-09-15", "starts": {"text": "quatorze heures"}})).expect(201);
    let next = made.header("location").to_owned();
    assert_eq!(send(&json!({"date": "2025-09-15", "starts": {"text": "quatorze heures"}})).expect(201).header("location"), next);
    send(&json!({"date": "2025-09-16"})).problem(422, "idempotency-key-reused");
    let record = town.read(&format!("{next}/record"));
    assert_eq!((&record["body"], &record["origin"], &record["date"]), (&json!(town.body), &json!("recorded"), &json!("2025-09-15")));
    assert_eq!((&record["place"], &record["starts"]["text"]), (&json!("Hôtel du Département"), &json!("quatorze heures")));
    let convening = &record["convening"];
    assert_eq!([&convening["public"], &convening["streamed"], &convening["remote"]], [&json!(false), &json!(true), &json!(true)]);
    assert_eq!([&convening["text"], &convening["convened_on"], &convening["dispatches"]], [&Value::Null, &Value::Null, &json!([])]);
    let parts: Vec<_> =
        record["parts"].as_array().unwrap().iter().map(|p| (p["label"].clone(), p["date"].clone(), p["members_in_office"].clone())).collect();
    assert_eq!(parts, [(json!("Matin"), Value::Null, Value::Null), (json!("Après-midi"), Value::Null, Value::Null)]);
    // Who took the chair for a while did so that day; who is no longer a member does not take it.
    assert_eq!(record["chairs"].as_array().unwrap().len(), 1);
    let chair = &record["chairs"][0];
    assert_eq!((&chair["person"]["person"], &chair["part"], &chair["until"]), (&json!(town.people[0]), &json!(1), &Value::Null));
    assert_eq!(record["secretaries"][0]["person"]["printed"], "Mme Dominique GREFFE");
    // The roster of the new day: member 5 is gone, and nobody is said to be there.
    assert_eq!(record["attendance"].as_array().unwrap().len(), 1);
    let list = &record["attendance"][0];
    assert_eq!((&list["status"], &list["voting_right"]), (&json!("unstated"), &json!("voting")));
    let members: Vec<&str> = list["entries"].as_array().unwrap().iter().map(|e| e["person"].as_str().unwrap()).collect();
    assert_eq!(members, town.people.iter().take(4).collect::<Vec<_>>());
    for silent in ["heading", "end_date", "ends", "members_in_office", "quorum", "timeline", "proxies", "recusals", "source"] {
        assert_eq!(record[silent], Value::Null, "{silent}");
    }
    for none in ["agenda", "ballots", "external_ids", "waivers"] {
        assert_eq!(record[none], json!([]), "{none}");
    }
    let elsewhere = server.post(&path, &town.token, &json!({"date": "2025-10-01", "place": "Salle des fêtes"})).expect(201);
    assert_eq!(town.read(&format!("{}/record", elsewhere.header("location")))["place"], "Salle des fêtes");
    // The copy is internal, and a live sitting like another.
    server.get(&next, None).problem(404, "not-found");
    let arrival = json!({"id": uuid(), "kind": "arrival", "person": {"person": town.people[0]}});
    server.post(&format!("{next}/timeline"), &town.token, &arrival).expect(201);

    server.post(&path, &town.token, &json!({})).problem(422, "invalid-field");
    server.post(&path, &town.token, &json!({"date": "2025-10-01", "agenda": []})).problem(422, "unknown-field");
    server.post(&path, &town.token, &json!({"date": "-0001-01-01"})).problem(422, "invalid-field");
    server.post(&path, &server.token(SIREN, "records:read"), &json!({"date": "2025-10-01"})).problem(403, "scope-missing");
    server.post(&path, &server.token(PAS_DE_CALAIS, "all"), &json!({"date": "2025-10-01"})).problem(404, "not-found");
}
