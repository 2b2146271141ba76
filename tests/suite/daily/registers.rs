//! Declarations of interest, delegations of signature, powers delegated: filed, found, replaced; and who is told of them.

use rstest::rstest;
use serde_json::{Value, json};

use super::{SIREN, Town};
use crate::harness::{Engine, PAS_DE_CALAIS, Server};

fn ids(page: &Value) -> Vec<&str> {
    page["data"].as_array().unwrap().iter().map(|line| line["id"].as_str().unwrap()).collect()
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn each_register_is_filed_found_and_replaced(#[case] engine: Engine) {
    let server = Server::empty(engine);
    let town = Town::new(&server);
    let of_one = town.add(
        "interest-declarations",
        &json!({"person": town.people[0], "kind": "outside_seat", "organisation": "Les Amis du Lac",
        "siret": "500000001", "legal_representative": "yes", "matters": ["eau potable"], "valid_from": "2024-01-01", "valid_to": "2024-12-31"}),
    );
    let of_two = town.add("interest-declarations", &json!({"person": town.people[1], "kind": "recusal_order", "source": "arrêté n° 12"}));
    let signature = town.add(
        "signature-delegations",
        &json!({"delegate": town.person(4), "title": "Directrice générale", "order_number": "2024-A-7",
        "order_date": "2024-02-01", "published_on": "2024-02-03", "body": town.body, "matter_codes": ["7.5"], "visibility": "public"}),
    );
    let anyone = town.add("signature-delegations", &json!({"delegate": {"printed": "Mme Dominique SIGNATAIRE"}, "order_number": "2024-A-8"}));
    let powers = town.add("powers-delegations", &json!({"body": town.body, "deliberation_number": "2021-257", "powers": ["Subventions"]}));
    let (first, last) = (&town.people[0], &town.people[3]);
    for (query, expected) in [
        ("interest-declarations?".to_owned(), vec![&of_one, &of_two]),
        (format!("interest-declarations?person={first}"), vec![&of_one]),
        ("interest-declarations?on=2024-06-01".to_owned(), vec![&of_one, &of_two]),
        ("interest-declarations?on=2025-06-01".to_owned(), vec![&of_two]),
        ("interest-declarations?q=AMIS+du+lac".to_owned(), vec![&of_one]),
        ("interest-declarations?q=arrete".to_owned(), vec![&of_two]),
        (format!("signature-delegations?person={last}"), vec![&signature]),
        (format!("signature-delegations?body={}", town.body), vec![&signature]),
        ("signature-delegations?q=signataire".to_owned(), vec![&anyone]),
        ("signature-delegations?limit=1".to_owned(), vec![&signature]),
        (format!("powers-delegations?body={}&on=2025-01-01", town.body), vec![&powers]),
        ("powers-delegations?q=257".to_owned(), vec![&powers]),
        (format!("powers-delegations?body={}", town.group), vec![]),
    ] {
        assert_eq!(ids(&town.read(&format!("/v1/{query}"))), expected, "{query}");
    }
    let path = format!("/v1/interest-declarations/{of_one}");
    let filed = server.get(&path, Some(&town.token)).expect(200);
    let seen = filed.json();
    assert_eq!(seen["href"], path);
    assert_eq!((&seen["organisation"], &seen["legal_representative"], &seen["source"]), (&json!("Les Amis du Lac"), &json!("yes"), &Value::Null));
    let ended = json!({"person": first, "kind": "outside_seat", "valid_to": "2025-01-31"});
    server.put(&path, &town.token, "\"0000\"", &ended).problem(412, "stale-record");
    assert_eq!(server.put(&path, &town.token, filed.header("etag"), &ended).expect(200).json()["version"], 2);
    // An entry is of one kind: at the address of another it is not there.
    server.get(&format!("/v1/mandates/{of_one}"), Some(&town.token)).problem(404, "not-found");
    server.get(&format!("/v1/powers-delegations/{signature}"), Some(&town.token)).problem(404, "not-found");
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn an_interest_is_told_to_nobody_without_the_right(#[case] engine: Engine) {
    let server = Server::demo(engine);
    let town = Town::new(&server);
    let declaration =
        town.add("interest-declarations", &json!({"person": town.people[0], "kind": "outside_seat", "organisation": "Les Amis du Lac"}));
    town.add("signature-delegations", &json!({"delegate": town.person(4), "order_number": "2024-A-7", "visibility": "public"}));
    town.add("signature-delegations", &json!({"delegate": town.person(4), "order_number": "2024-A-8"}));
    let tokens =
        [None, Some(server.token(SIREN, "records:read")), Some(server.token(SIREN, "directory:write")), Some(server.token(PAS_DE_CALAIS, "all"))];
    for token in &tokens {
        let token = token.as_deref();
        let page = server.get(&format!("/v1/interest-declarations?authority={SIREN}"), token).expect(200).json();
        assert_eq!(page["data"], json!([]), "{token:?}");
        server.get(&format!("/v1/interest-declarations/{declaration}"), token).problem(404, "not-found");
    }
    let public = server.get(&format!("/v1/signature-delegations?authority={SIREN}"), None).expect(200).json();
    assert_eq!(public["data"].as_array().unwrap().len(), 1);
    assert_eq!(public["data"][0]["order_number"], "2024-A-7");
    let restricted = server.token(SIREN, "restricted:read");
    assert_eq!(ids(&server.get("/v1/interest-declarations", Some(&restricted)).expect(200).json()), [declaration]);
    // It cannot be made public.
    let shown = json!({"person": town.people[0], "kind": "other", "visibility": "public"});
    server.post("/v1/interest-declarations", &town.token, &shown).problem(422, "unknown-field");
}

#[test]
fn what_is_refused() {
    let server = Server::world(Engine::Sqlite);
    let town = Town::new(&server);
    let refused = |list: &str, body: Value, pointers: &[&str]| {
        let answer = server.post(&format!("/v1/{list}"), &town.token, &body);
        answer.problem(422, "invalid-field");
        let errors = answer.json()["errors"].clone();
        assert_eq!(errors.as_array().unwrap().iter().map(|e| e["pointer"].as_str().unwrap()).collect::<Vec<_>>(), pointers, "{body}");
    };
    let person = &town.people[0];
    let declared = |more: Value| {
        let mut body = json!({"person": person, "kind": "other"});
        body.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap());
        body
    };
    refused("interest-declarations", json!({"person": crate::harness::world::neighbour::PERSON, "kind": "other"}), &["/person"]);
    refused("interest-declarations", declared(json!({"siret": "500 000 001"})), &["/siret"]);
    refused("interest-declarations", declared(json!({"siret": "5000000010"})), &["/siret"]);
    refused("interest-declarations", declared(json!({"organisation": " - ", "matters": ["eau", ""]})), &["/organisation", "/matters/1"]);
    refused("interest-declarations", declared(json!({"valid_from": "2025-02-01", "valid_to": "2025-01-31"})), &["/valid_to"]);
    refused("signature-delegations", json!({"delegate": {}, "order_number": ""}), &["/delegate", "/order_number"]);
    refused(
        "signature-delegations",
        json!({"delegate": {"person": crate::harness::world::PERSON}, "order_number": "1", "body": town.group}),
        &["/delegate/person", "/body"],
    );
    refused(
        "signature-delegations",
        json!({"delegate": {"printed": "X"}, "order_number": "1", "order_date": "2025-02-02", "published_on": "2025-02-01", "matter_codes": ["7.5", "x", "7.5"]}),
        &["/published_on", "/matter_codes/1", "/matter_codes/2"],
    );
    let act = crate::harness::ACT;
    refused(
        "powers-delegations",
        json!({"body": town.people[0], "deliberation_number": " ", "deliberation": act}),
        &["/deliberation_number", "/deliberation", "/body"],
    );
    server.get("/v1/interest-declarations?body=1", Some(&town.token)).problem(400, "unknown-parameter");
    server.post("/v1/interest-declarations", &server.token(SIREN, "records:read"), &declared(json!({}))).problem(403, "scope-missing");
}
