//! What each change tells: one event for each record whose answer changed, none for nothing.

use reqwest::Method;
use rstest::rstest;
use serde_json::{Value, json};

use super::{Reader, retitle, short, show, uuid};
use crate::harness::{Engine, PAS_DE_CALAIS, Server, world};

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn an_event_is_a_cloud_event_that_says_what_to_read(#[case] engine: Engine) {
    let server = Server::world(engine);
    let token = server.token(PAS_DE_CALAIS, "all");
    let mut reader = Reader::own(&server);
    retitle(&server, &token, "Un autre titre");
    let event = reader.events().remove(0);
    let number = server.database.number(&format!("SELECT sequence AS number FROM change_heads WHERE authority = '{PAS_DE_CALAIS}'"));
    assert!(event["time"].as_str().unwrap().ends_with('Z'));
    let mut expected = json!({
        "specversion": "1.0",
        "id": format!("{PAS_DE_CALAIS}-{number}"),
        "source": format!("/v1/authorities/{PAS_DE_CALAIS}"),
        "type": "registre.deliberation.updated",
        "subject": world::DRAFT,
        "datacontenttype": "application/json",
        "data": {
            "authority": PAS_DE_CALAIS, "kind": "deliberation", "id": world::DRAFT, "href": format!("/v1/deliberations/{}", world::DRAFT),
            "version": 2, "action": "updated", "part": "record",
        },
    });
    expected["time"] = event["time"].clone();
    assert_eq!(event, expected);
    // What an event names is there to be read.
    server.get(event["data"]["href"].as_str().unwrap(), Some(&token)).expect(200);
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn a_change_of_a_child_is_one_of_its_record_and_nothing_tells_nothing(#[case] engine: Engine) {
    let server = Server::world(engine);
    let token = server.token(PAS_DE_CALAIS, "all");
    let mut reader = Reader::own(&server);
    let (draft, live) = (format!("/v1/deliberations/{}", world::DRAFT), format!("/v1/sittings/{}", world::LIVE));

    // The same record again, the same visibility again.
    let record = server.get(&format!("{draft}/record"), Some(&token)).expect(200);
    server.put(&format!("{draft}/record"), &token, record.header("etag"), &record.json()).expect(200);
    show(&server, &token, "internal");
    // What is refused.
    server.post(&format!("{draft}/workflow"), &token, &json!({"to": "sealed"})).problem(409, "move-not-allowed");
    assert_eq!(reader.told(), Vec::<String>::new());

    // A file is one of its act.
    let file = server.request(Method::POST, &format!("{draft}/files?role=annex&name=a.pdf")).bearer_auth(&token);
    assert_eq!(file.header("Content-Type", "application/pdf").body(world::PDF).send().unwrap().status(), 201);
    // A step of it.
    server.post(&format!("{draft}/workflow"), &token, &json!({"to": "on_agenda"})).expect(200);
    // What happens in the room is one of its sitting only.
    server.post(&format!("{live}/timeline"), &token, &json!({"id": uuid(), "kind": "item_closed", "moment": {"item": world::LIVE_ITEM}}));
    let told = reader.told();
    assert_eq!(told[..2], ["deliberation.updated files 0001", "deliberation.updated workflow 0001"]);
    assert!(told[2..].iter().all(|line| line == "sitting.updated timeline 0001"), "{told:?}");

    // A ballot is one of its sitting, and of the act that it covers.
    let ballot = json!({"id": uuid(), "covers": [world::LIVE_ITEM], "mode": "show_of_hands", "outcome": "adopted"});
    server.post(&format!("{live}/ballots"), &token, &ballot).expect(201);
    assert_eq!(reader.told(), ["sitting.updated ballots 0001", "deliberation.updated ballots 0001"]);
    // Of another item: of the sitting only.
    let other = json!({"id": uuid(), "covers": [world::LIVE_OTHER_ITEM], "mode": "show_of_hands", "outcome": "adopted"});
    server.post(&format!("{live}/ballots"), &token, &other).expect(201);
    assert_eq!(reader.told(), ["sitting.updated ballots 0001"]);

    // A sitting corrected: its acts are told of where what they show of it changed, and only there.
    let put = |change: &dyn Fn(&mut Value)| {
        let read = server.get(&format!("{live}/record"), Some(&token)).expect(200);
        let mut record = read.json();
        change(&mut record);
        server.put(&format!("{live}/record"), &token, read.header("etag"), &record).expect(200);
    };
    put(&|record| record["external_ids"] = json!([{"scheme": "test", "value": "1"}]));
    assert_eq!(reader.told(), ["sitting.updated record 0001"], "an act shows nothing of that");
    put(&|record| record["place"] = json!("Hôtel du Département"));
    assert_eq!(reader.told(), ["sitting.updated record 0001", "deliberation.updated sitting 0001"]);
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn the_directory_and_the_authority_have_types_of_their_own(#[case] engine: Engine) {
    let server = Server::world(engine);
    let token = server.token(PAS_DE_CALAIS, "all");
    let mut reader = Reader::own(&server);
    let add = |list: &str, body: Value| server.post(&format!("/v1/{list}"), &token, &body).expect(201).json()["id"].as_str().unwrap().to_owned();
    let group = add("groups", json!({"name": "Groupe inventé"}));
    let person = add("persons", json!({"family_name": "INVENTÉ"}));
    add("mandates", json!({"person": person, "body": world::BODY}));
    add("signature-delegations", json!({"delegate": {"person": person}, "order_number": "1"}));
    add("interest-declarations", json!({"person": person, "kind": "other"}));
    let path = format!("/v1/groups/{group}");
    let etag = server.get(&path, Some(&token)).expect(200);
    server.put(&path, &token, etag.header("etag"), &json!({"name": "Groupe renommé"})).expect(200);
    let types: Vec<String> = reader.events().iter().map(|e| e["type"].as_str().unwrap().trim_start_matches("registre.").to_owned()).collect();
    let expected = ["group.created", "person.created", "mandate.created", "signature_delegation.created", "group.updated"];
    assert_eq!(types, expected, "a declaration of interest is told to those who may read it");
    let restricted = server.token(PAS_DE_CALAIS, "records:read restricted:read");
    let mut reader = Reader { limit: 200, ..Reader::from_the_beginning(&server, Some(restricted)) };
    assert!(reader.events().iter().any(|e| e["type"] == "registre.interest_declaration.created"));
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn pages_and_types(#[case] engine: Engine) {
    let server = Server::world(engine);
    let token = server.token(PAS_DE_CALAIS, "records:read");
    let whole: Vec<Value> = Reader { limit: 200, ..Reader::from_the_beginning(&server, Some(token.clone())) }.events();
    let paged: Vec<Value> = Reader { limit: 7, ..Reader::from_the_beginning(&server, Some(token.clone())) }.events();
    assert!(whole.len() > 20, "{}", whole.len());
    assert_eq!(whole, paged);
    assert_eq!(short(&whole[0]), format!("authority.created record {}", &PAS_DE_CALAIS[5..]));
    let of = |types: &str| -> Vec<Value> {
        let page = server.get(&format!("/v1/changes?limit=200&type={types}"), Some(&token)).expect(200).json();
        page["data"].as_array().unwrap().clone()
    };
    let filtered = |names: &[&str]| -> Vec<Value> {
        let has = |e: &&Value| names.iter().any(|name| e["type"].as_str().unwrap().starts_with(name));
        whole.iter().filter(has).cloned().collect()
    };
    assert_eq!(of("registre.deliberation"), filtered(&["registre.deliberation."]));
    assert_eq!(of("registre.deliberation.created,registre.body"), filtered(&["registre.deliberation.created", "registre.body."]));
    server.get("/v1/changes?type=deliberation", Some(&token)).problem(400, "invalid-parameter");
    server.get("/v1/changes?cursor=x", Some(&token)).problem(400, "invalid-cursor");
    server.get("/v1/changes?from=yesterday", Some(&token)).problem(400, "invalid-parameter");
    server.get("/v1/changes?after=1", Some(&token)).problem(400, "unknown-parameter");
    // The page of a reader who has everything is the same page.
    let head = server.get("/v1/changes?from=now", Some(&token)).expect(200);
    let again = server.request(Method::GET, "/v1/changes?from=now").bearer_auth(&token).header("If-None-Match", head.header("etag")).send().unwrap();
    assert_eq!(again.status(), 304);
    // A cursor is of one authority.
    let cursor = head.json()["cursor"].as_str().unwrap().to_owned();
    let theirs = server.token(world::neighbour::SIREN, "records:read");
    server.get(&format!("/v1/changes?cursor={cursor}"), Some(&theirs)).problem(400, "invalid-cursor");
}
