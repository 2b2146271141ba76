//! What the registers hold tells on the findings of an act, as soon as it is entered.

use rstest::rstest;
use serde_json::{Value, json};

use super::Town;
use crate::harness::{Engine, Server};

/// The findings on competence and signature, as the act is read.
fn found(town: &Town, act: &str) -> Vec<(String, Value)> {
    let seen = town.read(&format!("/v1/deliberations/{act}"));
    let ours = |code: &str| matches!(code, "act.competence_unverified" | "act.signature_delegation");
    let findings = seen["findings"].as_array().unwrap().iter().filter(|found| ours(found["code"].as_str().unwrap()));
    findings.map(|found| (found["code"].as_str().unwrap().to_owned(), found["computed"].clone())).collect()
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn an_entry_in_a_register_settles_a_finding(#[case] engine: Engine) {
    let server = Server::empty(engine);
    let town = Town::new(&server);
    let item = super::uuid();
    let sitting = town.sitting("2025-07-07", &json!({"agenda": [{"id": item, "label": "1"}]}));
    let signature = json!({"formula": "Pour le Président,", "title": "La Directrice générale,", "signatory": town.person(4), "date": "2025-07-08"});
    let act = town.add(
        "deliberations",
        &json!({"sitting": sitting, "origin": "transcribed", "title": "Subvention", "agenda_items": [item], "matter_codes": [{"code": "7.5"}], "signatures": [signature]}),
    );
    let competence = |computed: Value| ("act.competence_unverified".to_owned(), computed);
    let unsigned = |texts: &[&str]| ("act.signature_delegation".to_owned(), json!({"texts": texts}));
    let by_hand = unsigned(&["Pour le Président,", "La Directrice générale,"]);
    assert_eq!(found(&town, &act), [by_hand.clone(), competence(json!({"missing": ["delegation_of_powers"]}))]);

    // A delegation that does not cover the matter; then it does.
    let mut powers = json!({"body": town.body, "deliberation_number": "2021-257", "matter_codes": ["8.4"]});
    let of_powers = format!("/v1/powers-delegations/{}", town.add("powers-delegations", &powers));
    assert_eq!(found(&town, &act), [by_hand.clone(), competence(json!({"texts": ["2021-257"]}))]);
    powers["matter_codes"] = json!(["7.5", "8.4"]);
    let etag = server.get(&of_powers, Some(&town.token)).header("etag").to_owned();
    server.put(&of_powers, &town.token, &etag, &powers).expect(200);
    assert_eq!(found(&town, &act), [by_hand]);

    // An order that was never transmitted; then it was, the day before the signature.
    let mut order = json!({"delegate": town.person(4), "order_number": "2021-45", "published_on": "2021-07-05"});
    let of_order = format!("/v1/signature-delegations/{}", town.add("signature-delegations", &order));
    assert_eq!(found(&town, &act), [unsigned(&["2021-45", "transmitted_on"])]);
    order["transmitted_on"] = "2025-07-07".into();
    let etag = server.get(&of_order, Some(&town.token)).header("etag").to_owned();
    server.put(&of_order, &town.token, &etag, &order).expect(200);
    assert_eq!(found(&town, &act), []);
}
