//! What of a reading the register knows: people by their mandates on the day, bodies, sittings, the authority itself.

use rstest::rstest;
use serde_json::{Value, json};

use super::{House, PRESENT, act, as_read, confirm, send, texts};
use crate::harness::{Engine, Server};

/// What is said of the person of this name.
fn person<'v>(read: &'v Value, printed: &str) -> &'v Value {
    let people = read["drafts"][0]["matches"]["people"].as_array().unwrap();
    people.iter().find(|person| person["printed"] == printed).unwrap_or_else(|| panic!("nobody is {printed} in {people:#?}"))
}

/// A printed name, who is chosen, and how each candidate fits.
type Case<'a> = (&'a str, Option<usize>, &'a [(usize, &'a str)]);

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn names_are_matched_on_the_day_of_the_sitting(#[case] engine: Engine) {
    let server = Server::empty(engine);
    let house = House::new(
        &server,
        &[
            ("Paul", "GARANCE", None),
            ("Lise", "ORMEAU", Some("2024-03-11")),
            ("Yann", "TREMBLEY", Some("2024-03-12")),
            ("Luc", "BARDOT", None),
            ("Luc", "BARDOT", None),
            ("Odile", "SAUVERT", None),
        ],
    );
    let text = act("2024-118", "SOUTIEN AUX CLUBS SPORTIFS", "M. Paul GARANCE, Mme Lise ORMEAU, M. Yann TREMBLEY, Mme Odile SAUVERS");
    let read = house.read(&text);
    let cases: &[Case<'_>] = &[
        ("M. Paul GARANCE", Some(0), &[(0, "same")]),
        // The mandate ended the day before.
        ("Mme Lise ORMEAU", None, &[]),
        // And this one on the day.
        ("M. Yann TREMBLEY", Some(2), &[(2, "same")]),
        // Two people of one name: it is for the clerk to say.
        ("M. Luc BARDOT", None, &[(3, "same"), (4, "same")]),
        // One letter away is asked.
        ("Mme Odile SAUVERS", None, &[(5, "near")]),
    ];
    for (printed, chosen, candidates) in cases {
        let found = person(&read, printed);
        let told: Vec<(Value, Value)> =
            found["candidates"].as_array().unwrap().iter().map(|candidate| (candidate["person"].clone(), candidate["fit"].clone())).collect();
        let expected: Vec<(Value, Value)> = candidates.iter().map(|(who, fit)| (json!(house.people[*who]), json!(fit))).collect();
        assert_eq!(told, expected, "{printed}");
        assert_eq!(found["chosen"], json!(chosen.map(|who| house.people[who].clone())), "{printed}");
        assert_eq!(found["member"], true, "{printed}");
        // Where somebody is chosen the records say so, everywhere.
        for pointer in texts(&json!(found["pointers"].as_array().unwrap().iter().map(|p| json!({"p": p})).collect::<Vec<_>>()), "p") {
            assert_eq!(read["drafts"][0].pointer(&format!("{pointer}/person")), Some(&found["chosen"]), "{printed} at {pointer}");
        }
    }
    // The chair is one of them; the printed form is kept beside.
    assert_eq!(texts(&json!([{"p": person(&read, "M. Paul GARANCE")["pointers"][1]}]), "p"), ["/sitting/chairs/0/person"]);
    assert_eq!(read["drafts"][0]["sitting"]["chairs"][0]["person"]["printed"], "MONSIEUR PAUL GARANCE");
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn who_is_new_is_made_with_a_mandate_that_says_no_more_than_the_act(#[case] engine: Engine) {
    let server = Server::empty(engine);
    let house = House::new(&server, &[("Paul", "GARANCE", None)]);
    let text = act("2024-118", "SOUTIEN AUX CLUBS SPORTIFS", PRESENT);
    let read = house.read(&text);
    let confirmation = as_read(&read, 0);
    assert_eq!(texts(&confirmation["new_people"], "family_name"), ["ORMEAU", "TREMBLEY", "BARDOT"]);
    let made = confirm(&server, &house.token, &confirmation, &text).expect(201).json();
    let people = made["people"].as_array().unwrap();
    assert_eq!(people.len(), 3);
    assert_eq!(people[0]["local"], confirmation["new_people"][0]["id"]);
    let lise = house.get(people[0]["href"].as_str().unwrap());
    assert_eq!(
        (&lise["civility"], &lise["given_name"], &lise["family_name"], &lise["visibility"]),
        (&json!("Mme"), &json!("Lise"), &json!("ORMEAU"), &json!("internal"))
    );
    let mandates = house.get(&format!("/v1/mandates?person={}", people[0]["person"].as_str().unwrap()));
    let [mandate] = mandates["data"].as_array().unwrap().as_slice() else { panic!("{mandates}") };
    let said = ["body", "role", "voting_right", "affiliation", "group", "valid_from", "valid_to"].map(|field| &mandate[field]);
    let voting = &read["drafts"][0]["sitting"]["attendance"][0]["voting_right"];
    let unstated = json!("unstated");
    assert_eq!(said, [&json!(house.body), &unstated, voting, &unstated, &Value::Null, &Value::Null, &Value::Null]);
    let sitting = house.get(made["sitting"]["href"].as_str().unwrap());
    assert_eq!(sitting["attendance"][0]["entries"][1]["person"], people[0]["person"]);
    // The next act of the day knows them.
    let next = house.read(&act("2024-119", "SOUTIEN A LA LECTURE", PRESENT));
    assert!(next["drafts"][0]["matches"]["people"].as_array().unwrap().iter().all(|person| person["chosen"].is_string()), "{next}");
}

#[rstest]
#[case::its_own("DEPARTEMENT DE LA VALLEE-CLAIRE", "same", None)]
#[case::another("DEPARTEMENT DE LA VALOISE", "other", Some("DEPARTEMENT DE LA VALOISE"))]
fn another_authority_is_told(#[case] printed: &str, #[case] fit: &str, #[case] read: Option<&str>) {
    let server = Server::empty(Engine::Sqlite);
    let house = House::new(&server, &[]);
    let found = house.read(&act("2024-118", "SOUTIEN AUX CLUBS", PRESENT).replace("DEPARTEMENT DE LA VALLEE-CLAIRE", printed));
    let told = &found["drafts"][0]["matches"]["authority"];
    assert_eq!((&told["fit"], &told["read"], &told["siren"]), (&json!(fit), &json!(read), &json!(super::SIREN)));
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn bodies_and_days_are_chosen_where_they_are_the_only_ones(#[case] engine: Engine) {
    let server = Server::empty(engine);
    let house = House::new(&server, &[("Paul", "GARANCE", None)]);
    let text = act("2024-118", "SOUTIEN AUX CLUBS SPORTIFS", PRESENT);
    let body = |read: &Value| read["drafts"][0]["matches"]["body"].clone();
    let one = body(&house.read(&text));
    assert_eq!((&one["chosen"], one["candidates"].as_array().unwrap().len()), (&json!(house.body), 1));
    // No day: nobody is chosen, though the names fit.
    let undated = house.read(&text.replace("REUNION DU 12 MARS 2024\n\n", ""));
    let questions = texts(&undated["drafts"][0]["questions"], "code");
    assert!(questions.iter().any(|code| code == "date_unknown"), "{questions:?}");
    assert_eq!(
        (&person(&undated, "M. Paul GARANCE")["candidates"][0]["fit"], &person(&undated, "M. Paul GARANCE")["chosen"]),
        (&json!("same"), &Value::Null)
    );
    // Another one of the kind, with a name that is not printed.
    house.add("bodies", &json!({"name": "Commission permanente élargie", "kind": "departmental_permanent_commission"}));
    let two = body(&house.read(&text.replace("DE LA COMMISSION PERMANENTE", "EN COMMISSION PERMANENTE")));
    assert_eq!(two["candidates"].as_array().unwrap().len(), if two["chosen"].is_null() { 2 } else { 1 }, "{two}");
    // And a council, which it is not.
    house.add("bodies", &json!({"name": "Conseil départemental", "kind": "departmental_council"}));
    assert!(!texts(&body(&house.read(&text))["candidates"], "kind").contains(&"departmental_council".to_owned()));
}

#[test]
fn a_page_of_html_is_read_as_its_text_is() {
    let server = Server::empty(Engine::Sqlite);
    let house = House::new(&server, &[("Paul", "GARANCE", None)]);
    let text = act("2024-118", "SOUTIEN AUX CLUBS SPORTIFS", PRESENT);
    let lines: String = text.split("\n\n").map(|paragraph| format!("<p>{paragraph}</p>")).collect();
    // In the charset that the page says.
    let page = format!("<!doctype html><html><head><meta charset=\"windows-1252\"><title>x</title></head><body>{lines}</body></html>");
    let page = page.replace('€', "euros");
    let bytes: Vec<u8> = page.chars().map(|c| u8::try_from(c).unwrap()).collect();
    let found = send(&server, &house.token, "text/html", bytes.clone()).expect(200).json();
    assert_eq!((&found["media_type"], &found["charset"]), (&json!("text/html"), &json!("windows-1252")));
    let draft = &found["drafts"][0];
    assert_eq!((&draft["act"]["title"], &draft["sitting"]["date"]), (&json!("SOUTIEN AUX CLUBS SPORTIFS"), &json!("2024-03-12")));
    let printed = draft["values"].as_array().unwrap().iter().find(|value| value["pointer"] == "/act/title").unwrap();
    let (start, end) = (printed["span"]["start"].as_u64().unwrap() as usize, printed["span"]["end"].as_u64().unwrap() as usize);
    assert_eq!(&found["text"].as_str().unwrap()[start..end], "SOUTIEN AUX CLUBS SPORTIFS");
    // Its source is kept as it came, and goes out as a download in which nothing runs.
    let sent = as_read(&found, 0).to_string();
    let made = super::form(&server, &house.token, None, &[("confirmation", "application/json", sent.as_bytes()), ("source", "text/html", &bytes)]);
    let source = made.expect(201).json()["source"].clone();
    let content = server.get(&format!("{}/content", source["href"].as_str().unwrap()), Some(&house.token)).expect(200);
    assert_eq!(
        (content.header("content-type"), content.header("content-security-policy")),
        ("text/html", "default-src 'none'; sandbox; frame-ancestors 'none'")
    );
    assert!(content.header("content-disposition").starts_with("attachment"), "{content:?}");
    // Nobody else is shown it.
    server.get(source["href"].as_str().unwrap(), None).problem(404, "not-found");
}
