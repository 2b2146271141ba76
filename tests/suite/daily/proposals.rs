//! Recusals to think of before a sitting.

use rstest::rstest;
use serde_json::{Value, json};

use super::{SIREN, Town, uuid};
use crate::harness::{Engine, PAS_DE_CALAIS, Server};

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn declarations_meet_the_agenda(#[case] engine: Engine) {
    let server = Server::demo(engine);
    let town = Town::new(&server);
    let (one, two) = (uuid(), uuid());
    let declare = |n: usize, more: Value| {
        let mut body = json!({"person": town.people[n - 1], "kind": "outside_seat"});
        body.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap());
        town.add("interest-declarations", &body)
    };
    let by_siren = declare(1, json!({"siret": "732829320", "organisation": "Société du Lac", "legal_representative": "yes"}));
    declare(1, json!({"matters": ["voirie"], "valid_to": "2025-09-14"}));
    let by_word = declare(2, json!({"matters": ["eau potable"]}));
    // Member 5's mandate ended before the sitting; member 4's interest meets nothing.
    declare(5, json!({"siret": "732829320"}));
    declare(4, json!({"organisation": "Port de plaisance"}));
    let agenda = json!([{"id": one, "title": "Subvention"}, {"id": two, "title": "Voirie et eau potable"}]);
    let recusals = json!([{"id": uuid(), "person": town.person(2), "covers": [two]}]);
    let sitting = town.sitting("2025-09-15", &json!({"origin": "recorded", "agenda": agenda, "recusals": recusals}));
    let path = format!("/v1/sittings/{sitting}/proposed-recusals");
    let seen = || -> Vec<(String, String, bool)> {
        let page = town.read(&path);
        let line =
            |p: &Value| (p["declaration"]["id"].as_str().unwrap().to_owned(), p["item"].as_str().unwrap().to_owned(), p["already_recorded"] == true);
        page["data"].as_array().unwrap().iter().map(line).collect()
    };
    assert_eq!(seen(), [(by_word.clone(), two.clone(), true)]);
    // A draft on the first item grants something to the company.
    let beneficiary = json!({"name": "Société du Lac", "siret": {"text": "732 829 320 00074", "digits": "73282932000074"}});
    let draft = json!({"sitting": sitting, "origin": "recorded", "agenda_items": [one], "title": "Une aide", "beneficiaries": [beneficiary]});
    let draft = town.add("deliberations", &draft);
    let writes = || server.database.number("SELECT count(*) AS number FROM changes");
    let before = writes();
    assert_eq!(seen(), [(by_siren.clone(), one.clone(), false), (by_word, two, true)]);
    let proposal = town.read(&path)["data"][0].clone();
    assert_eq!((&proposal["person"], &proposal["name"]), (&json!(town.people[0]), &json!("M. Claude MEMBRE-1")));
    let declaration = &proposal["declaration"];
    assert_eq!(declaration["href"], format!("/v1/interest-declarations/{by_siren}"));
    assert_eq!((&declaration["kind"], &declaration["legal_representative"]), (&json!("outside_seat"), &json!("yes")));
    assert_eq!(
        proposal["because"],
        json!([
            {"by": "siret", "matched": "73282932000074", "where": "beneficiary", "act": draft},
            {"by": "organisation", "matched": "Société du Lac", "where": "beneficiary", "act": draft},
        ])
    );
    assert_eq!(writes(), before, "proposed, never imposed");

    server.get(&path, None).problem(401, "token-missing");
    server.get(&path, Some(&server.token(SIREN, "records:read sittings:write"))).problem(403, "scope-missing");
    server.get(&path, Some(&server.token(PAS_DE_CALAIS, "all"))).problem(404, "not-found");
    // Whom a list of the sitting names is concerned, mandate or not.
    let record = server.get(&format!("/v1/sittings/{sitting}/record"), Some(&town.token)).expect(200);
    let mut changed = record.json();
    changed["attendance"] = json!([town.list("unstated", &[5])]);
    server.put(&format!("/v1/sittings/{sitting}/record"), &town.token, record.header("etag"), &changed).expect(200);
    assert_eq!(seen().len(), 3);
}

/// The demonstration: somebody who sits on the cooperative that the act helps.
#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn the_real_act_is_met_by_its_beneficiary(#[case] engine: Engine) {
    let server = Server::demo(engine);
    let token = server.token(PAS_DE_CALAIS, "all");
    let path = format!("/v1/sittings/{}/proposed-recusals", crate::harness::SITTING);
    assert_eq!(server.get(&path, Some(&token)).expect(200).json()["data"], json!([]));
    let body = json!({"person": crate::harness::world::PERSON, "kind": "other", "siret": "45383795700043"});
    server.post("/v1/interest-declarations", &token, &body).expect(201);
    let page = server.get(&path, Some(&token)).expect(200).json();
    assert_eq!(page["data"].as_array().unwrap().len(), 1);
    let places: Vec<&str> = page["data"][0]["because"].as_array().unwrap().iter().map(|b| b["where"].as_str().unwrap()).collect();
    // Its SIRET and its SIREN among the beneficiaries, its SIRET in the agreement.
    assert_eq!(places, ["beneficiary", "beneficiary", "party"]);
    assert_eq!(page["data"][0]["item"], crate::harness::world::ITEM);
}
