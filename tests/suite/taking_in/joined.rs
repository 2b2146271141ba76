//! Several acts of one sitting: the second joins the sitting that the first one made.

use rstest::rstest;
use serde_json::{Value, json};

use super::{House, PRESENT, act, as_read, confirm};
use crate::harness::{Engine, Server};

const MEMBERS: &[(&str, &str, Option<&str>)] =
    &[("Paul", "GARANCE", None), ("Lise", "ORMEAU", None), ("Yann", "TREMBLEY", None), ("Luc", "BARDOT", None)];

/// How many things a sitting says.
fn lengths(sitting: &Value) -> [usize; 4] {
    ["agenda", "ballots", "attendance", "chairs"].map(|list| sitting[list].as_array().unwrap().len())
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn two_acts_of_one_file_make_one_sitting(#[case] engine: Engine) {
    let server = Server::empty(engine);
    let house = House::new(&server, MEMBERS);
    // The second act prints another list: one more was there.
    let more = format!("{PRESENT}, M. Luc BARDOT");
    let second = act("2024-119", "SOUTIEN A LA LECTURE", &more).replace("Excusé(s) : M. Luc BARDOT.\n\n", "");
    let third = act("2024-120", "SOUTIEN AUX ECOLES", PRESENT);
    let text = format!("{}\n\u{c}\n{second}\n\u{c}\n{third}", act("2024-118", "SOUTIEN AUX CLUBS SPORTIFS", PRESENT));
    let read = house.read(&text);
    assert_eq!(read["drafts"].as_array().unwrap().len(), 3);
    let first = confirm(&server, &house.token, &as_read(&read, 0), &text).expect(201).json();
    assert_eq!(first["sitting"]["created"], true);
    let sitting = || house.get(first["sitting"]["href"].as_str().unwrap());
    assert_eq!(lengths(&sitting()), [1, 1, 2, 1]);

    let mut confirmation = as_read(&read, 1);
    confirmation["sitting"]["id"] = first["sitting"]["id"].clone();
    let made = confirm(&server, &house.token, &confirmation, &text).expect(201).json();
    assert_eq!((&made["sitting"]["id"], &made["sitting"]["created"]), (&first["sitting"]["id"], &json!(false)));
    // Two lists of the first act, one of the second: each about its own item.
    let both = sitting();
    assert_eq!(lengths(&both), [2, 2, 3, 1]);
    let items: Vec<&Value> = both["agenda"].as_array().unwrap().iter().map(|item| &item["id"]).collect();
    let covers: Vec<&Value> = both["attendance"].as_array().unwrap().iter().map(|list| &list["covers"]).collect();
    assert_eq!(covers, [&json!([items[0]]), &json!([items[0]]), &json!([items[1]])]);
    assert_eq!(both["ballots"][1]["covers"], json!([items[1]]));

    // The third prints the lists of the first: they are about its item as well.
    let mut confirmation = as_read(&read, 2);
    confirmation["sitting"]["id"] = first["sitting"]["id"].clone();
    let made = confirm(&server, &house.token, &confirmation, &text).expect(201).json();
    let all = sitting();
    assert_eq!(lengths(&all), [3, 3, 3, 1]);
    let third = &all["agenda"][2]["id"];
    assert_eq!(all["attendance"][0]["covers"], json!([items[0], third]));
    let act = house.get(made["deliberation"]["href"].as_str().unwrap());
    assert_eq!((&act["agenda_items"], act["ballots"].as_array().unwrap().len()), (&json!([third]), 1));
    assert_eq!(house.count("sittings"), 1);
    assert_eq!((house.count("deliberations"), house.count("files")), (3, 3));
    // The versions of the sitting say why.
    let versions = house.get(&format!("{}/versions", first["sitting"]["href"].as_str().unwrap()));
    assert_eq!((&versions["data"][0]["reason"], &versions["data"][2]["reason"]), (&Value::Null, &json!("reprise d'un acte imprimé")));
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn minutes_share_their_sitting(#[case] engine: Engine) {
    let server = Server::empty(engine);
    let token = server.token(super::SIREN, "all");
    server
        .post("/v1/authorities", &token, &json!({"siren": super::SIREN, "name": "Commune de Trezelles-sur-Maine", "kind": "municipality"}))
        .expect(201);
    server.post("/v1/bodies", &token, &json!({"name": "Conseil municipal", "kind": "municipal_council"})).expect(201);
    let text = include_str!("../../intake/corpus/006-minutes-three-items.txt").split("=== attendu").next().unwrap();
    let read = super::read(&server, &token, text);
    let drafts = read["drafts"].as_array().unwrap();
    assert_eq!(drafts.iter().map(|draft| &draft["act"]["sitting"]).collect::<std::collections::HashSet<_>>().len(), 1);
    let first = confirm(&server, &token, &as_read(&read, 0), text).expect(201).json();
    let mut made: std::collections::HashMap<String, Value> =
        first["people"].as_array().unwrap().iter().map(|one| (one["local"].as_str().unwrap().to_owned(), one["person"].clone())).collect();
    assert_eq!(made.len(), 4);
    for draft in 1..drafts.len() {
        // Who was made with the first is known to the next by the same local identifier.
        let mut confirmation = as_read(&read, draft);
        confirmation["sitting"]["id"] = first["sitting"]["id"].clone();
        let mut text_of = confirmation.to_string();
        for (local, person) in made.drain().collect::<Vec<_>>() {
            text_of = text_of.replace(&local, person.as_str().unwrap());
            made.insert(local, person);
        }
        let mut confirmation: Value = serde_json::from_str(&text_of).unwrap();
        confirmation["new_people"] = json!([]);
        confirm(&server, &token, &confirmation, text).expect(201);
    }
    let sitting = server.get(first["sitting"]["href"].as_str().unwrap(), Some(&token)).expect(200).json();
    assert_eq!(lengths(&sitting), [3, 2, 2, 1]);
    assert_eq!(sitting["recusals"].as_array().unwrap().len(), 1);
    assert_eq!(sitting["recusals"][0]["covers"], json!([sitting["agenda"][1]["id"]]));
}
