//! The real act: read, confirmed as it was read, and answered as the register answers its hand-made record.

use rstest::rstest;
use serde_json::{Value, json};

use super::{as_read, confirm, form, read, send, sha256};
use crate::harness::{ACT, Engine, PAS_DE_CALAIS, SITTING, Server};

const TEXT: &str = include_str!("../../intake/seed.txt");

/// A register that holds the directory of the demonstration, and neither its sitting nor its act.
fn directory_only(engine: Engine) -> Server {
    let server = Server::empty(engine);
    let token = server.token(PAS_DE_CALAIS, "all");
    let directory: Value = serde_json::from_str(include_str!("../../../src/demo/directory.json")).unwrap();
    server.post("/v1/authorities", &token, &directory["authority"]).expect(201);
    let mut own = std::collections::HashMap::new();
    for list in ["bodies", "groups", "persons", "mandates"] {
        for entry in directory[list].as_array().unwrap() {
            let mut entry = entry.clone();
            let id = entry.as_object_mut().unwrap().remove("id").unwrap();
            for name in ["body", "person"] {
                if let Some(made) = entry.get(name).and_then(Value::as_str).and_then(|id| own.get(id)).cloned() {
                    entry[name] = made;
                }
            }
            let made = server.post(&format!("/v1/{list}"), &token, &entry).expect(201).json()["id"].clone();
            own.insert(id.as_str().unwrap().to_owned(), made);
        }
    }
    server
}

/// Facts of the seed that the confirmed act does not answer as its hand-made record does, and why: none is lost, these are told elsewhere.
const ELSEWHERE: &[&str] = &[];

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn the_seed_is_taken_in(#[case] engine: Engine) {
    let server = directory_only(engine);
    let token = server.token(PAS_DE_CALAIS, "all");
    let found = read(&server, &token, TEXT);
    assert_eq!((&found["media_type"], &found["charset"], &found["none"]), (&json!("text/plain"), &json!("utf-8"), &Value::Null));
    assert_eq!((found["sha256"].as_str().unwrap(), found["bytes"].as_u64().unwrap()), (&*sha256(TEXT.as_bytes()), TEXT.len() as u64));
    assert_eq!((found["text"].as_str(), &found["taken_in"]), (Some(TEXT), &json!([])));
    let [draft] = found["drafts"].as_array().unwrap().as_slice() else { panic!("one act") };
    assert_eq!(draft["questions"], json!([]));
    let matches = &draft["matches"];
    assert_eq!(matches["authority"], json!({"fit": "same", "siren": PAS_DE_CALAIS, "name": "Département du Pas-de-Calais", "read": null}));
    assert_eq!(
        (&matches["body"]["candidates"][0]["kind"], &matches["sitting"]),
        (&json!("departmental_permanent_commission"), &json!({"candidates": [], "chosen": null}))
    );
    assert_eq!(matches["existing_acts"], json!([]));
    let members: Vec<&Value> = matches["people"].as_array().unwrap().iter().filter(|person| person["member"] == true).collect();
    assert_eq!(members.len(), 48, "38 present, 6, 2 and 2");
    assert!(members.iter().all(|person| person["chosen"].is_string()), "{members:#?}");
    let groups: Vec<&Value> = matches["groups"].as_array().unwrap().iter().collect();
    assert!(groups.len() == 4 && groups.iter().all(|group| group["chosen"].is_string()), "{groups:#?}");

    let made = confirm(&server, &token, &as_read(&found, 0), TEXT).expect(201);
    let (location, etag) = (made.header("location").to_owned(), made.header("etag").to_owned());
    let answer = made.json();
    assert_eq!(answer["deliberation"]["href"], location);
    assert_eq!((&answer["sitting"]["created"], &answer["people"]), (&json!(true), &json!([])));
    assert_eq!(
        (&answer["source"]["role"], &answer["source"]["sha256"], &answer["source"]["name"]),
        (&json!("source"), &json!(sha256(TEXT.as_bytes())), &json!("acte.txt"))
    );
    let get = |path: &str| server.get(path, Some(&token)).expect(200);
    assert_eq!(get(&format!("{location}/record")).header("etag"), etag);
    let act = get(&location).json();
    let sitting = get(answer["sitting"]["href"].as_str().unwrap()).json();
    assert_eq!((&act["origin"], &act["workflow"], &sitting["origin"]), (&json!("transcribed"), &json!("deliberated"), &json!("transcribed")));
    assert_eq!(act["source"]["document"], "acte.txt");
    // No identifier is left that was local to the reading.
    assert!(![&act, &sitting].into_iter().any(|record| record.to_string().contains("00000000-0000-7000")));

    let seed: Value = serde_json::from_str(include_str!("../seed_record.json")).unwrap();
    let (mut seen, mut wrong) = (0, Vec::new());
    for line in include_str!("../seed_map.tsv").lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
        let mut columns = line.split('\t');
        let mut next = || columns.next().unwrap_or_default();
        let (fact, from, pointer, reading) = (next(), next(), next(), next());
        let asked = ["/sitting", "/attendance", "/act", "/report"].iter().any(|key| fact.starts_with(&format!("{key}/")));
        let record = if from == "sitting" { &sitting } else { &act };
        if !asked || from == "authority" {
            continue;
        }
        seen += 1;
        let expected = seed.pointer(fact).unwrap();
        let got = record.pointer(pointer);
        let holds = match reading {
            "" => got == Some(expected),
            "length" => got.and_then(Value::as_array).map(Vec::len) == expected.as_u64().map(|n| usize::try_from(n).unwrap()),
            "unstated" => got == Some(&json!("unstated")),
            _ => got.is_none(),
        };
        if !holds {
            wrong.push(format!("{fact}: {expected} is {got:?}"));
        }
    }
    assert!(seen > 700, "{seen} facts");
    let elsewhere: Vec<&String> = wrong.iter().filter(|line| !ELSEWHERE.iter().any(|known| line.starts_with(&format!("{known}:")))).collect();
    assert!(elsewhere.is_empty(), "of {seen} facts: {elsewhere:#?}");

    // The findings of RECORD, and those on the act; the reading told them before anything was stored.
    let codes = |findings: &Value| {
        let mut codes: Vec<String> = findings.as_array().unwrap().iter().map(|finding| finding["code"].as_str().unwrap().to_owned()).collect();
        codes.sort();
        codes
    };
    let demo = Server::demo(engine);
    let by_hand = demo.get(&format!("/v1/deliberations/{ACT}"), Some(&demo.token(PAS_DE_CALAIS, "all"))).expect(200).json();
    assert_eq!(codes(&act["findings"]), codes(&by_hand["findings"]));
    assert_eq!(codes(&draft["findings"]), codes(&by_hand["findings"]));
    for code in
        ["ballot.exceeds_electorate", "ballot.group_split_unnamed", "ballot.mode_unstated", "proxy.needed_but_unstated", "recusal.may_be_counted"]
    {
        assert!(codes(&act["findings"]).iter().any(|found| found == code), "{code}");
    }
    let exceeds = act["findings"].as_array().unwrap().iter().find(|finding| finding["code"] == "ballot.exceeds_electorate").unwrap();
    assert_eq!((&exceeds["computed"]["counted"], &exceeds["computed"]["at_most"], &exceeds["decisive"]), (&json!(44), &json!(43), &json!(false)));

    // Read again, it is known.
    let again = read(&server, &token, TEXT);
    assert_eq!(again["taken_in"][0]["href"], location);
    let matches = &again["drafts"][0]["matches"];
    assert_eq!((&matches["existing_acts"][0]["href"], &matches["sitting"]["chosen"]), (&json!(location), &answer["sitting"]["id"]));
}

/// As PDF/A, printed by the register; and joined to the sitting that stands, whose lists it repeats.
#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn the_seed_as_the_register_prints_it_is_a_double(#[case] engine: Engine) {
    let server = Server::demo(engine);
    let token = server.token(PAS_DE_CALAIS, "all");
    let pdf = include_bytes!("../../intake/seed.pdf");
    let found = send(&server, &token, "application/pdf", pdf.to_vec()).expect(200).json();
    assert_eq!((&found["media_type"], &found["charset"]), (&json!("application/pdf"), &Value::Null));
    let matches = &found["drafts"][0]["matches"];
    assert_eq!(matches["existing_acts"][0]["deliberation"], ACT);
    assert_eq!((&matches["sitting"]["chosen"], &matches["sitting"]["candidates"][0]["origin"]), (&json!(SITTING), &json!("transcribed")));
    let before = server.get(&format!("/v1/sittings/{SITTING}"), Some(&token)).expect(200).json();
    let sent = as_read(&found, 0).to_string();
    let made =
        form(&server, &token, None, &[("source", "application/pdf", pdf), ("confirmation", "application/json", sent.as_bytes())]).expect(201).json();
    assert_eq!(made["sitting"], json!({"id": SITTING, "href": format!("/v1/sittings/{SITTING}"), "created": false}));
    assert_ne!(made["deliberation"]["id"], ACT);
    let after = server.get(&format!("/v1/sittings/{SITTING}"), Some(&token)).expect(200).json();
    let lengths = |sitting: &Value| ["attendance", "chairs", "agenda", "ballots"].map(|list| sitting[list].as_array().unwrap().len());
    let [lists, chairs, items, ballots] = lengths(&before);
    assert_eq!(lengths(&after), [lists, chairs, items + 1, ballots + 1]);
    assert_eq!(
        (&after["attendance"], &after["agenda"][0], &after["ballots"][0]),
        (&before["attendance"], &before["agenda"][0], &before["ballots"][0])
    );
    let content = server.get(&format!("{}/content", made["source"]["href"].as_str().unwrap()), Some(&token)).expect(200);
    assert_eq!(content.header("content-type"), "application/pdf");
}
