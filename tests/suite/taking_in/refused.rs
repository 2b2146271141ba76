//! What is not read, and what is not confirmed: nothing is written.

use rstest::rstest;
use serde_json::{Value, json};

use super::{House, PRESENT, Part, act, as_read, confirm, form, send};
use crate::harness::{Engine, Server, Wire};

/// A status, a type of problem, and the code or the place of its first error.
type Told<'a> = (u16, &'a str, &'a str);

#[test]
fn what_is_not_read_is_told() {
    let server = Server::empty(Engine::Sqlite);
    let house = House::new(&server, &[]);
    let mut watch = server.database.watch();
    let cases: &[(&str, &str, &[u8], Told<'_>)] = &[
        ("another type", "application/json", b"{}", (415, "unsupported-media-type", "")),
        ("an unknown charset", "text/plain; charset=ebcdic", b"a", (415, "unsupported-media-type", "")),
        ("no UTF-8", "text/plain", b"s\xe9ance", (422, "document-not-read", "not_in_charset")),
        ("no PDF", "application/pdf", b"COMMUNE", (422, "document-not-read", "not_pdf")),
        ("a broken PDF", "application/pdf", b"%PDF-1.7\n%%EOF", (422, "document-not-read", "pdf_unreadable")),
    ];
    for (name, media, bytes, (status, kind, code)) in cases {
        let answer = send(&server, &house.token, media, bytes.to_vec());
        answer.problem(*status, kind);
        let told = answer.json()["errors"].as_array().unwrap().iter().map(|error| error["code"].as_str().unwrap().to_owned()).collect::<String>();
        assert_eq!(told, *code, "{name}");
    }
    // Without a type at all.
    let headers = [("Authorization", format!("Bearer {}", house.token))];
    let bare = Wire { method: "POST", target: "/v1/intake", headers: &headers, body: b"a" }.send(&server);
    bare.problem(415, "unsupported-media-type");
    // One byte more than what is read.
    let large = send(&server, &house.token, "text/plain", vec![b' '; (32 << 20) + 1]);
    large.problem(413, "body-too-large");
    assert!(large.text.contains("32 M"), "{}", large.text);
    let none = send(&server, &house.token, "text/plain", "FACTURE N° 12\nMontant TTC : 12,00 €\nTVA 20 %\n").expect(200).json();
    assert_eq!((&none["drafts"], &none["none"]), (&json!([]), &json!("invoice")));
    let empty = send(&server, &house.token, "text/plain", "").expect(200).json();
    assert_eq!((&empty["drafts"], &empty["none"]), (&json!([]), &json!("empty")));
    assert!(watch.unchanged(), "reading writes nothing");
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn what_is_refused_leaves_nothing(#[case] engine: Engine) {
    let server = Server::empty(engine);
    let house = House::new(&server, &[("Paul", "GARANCE", None)]);
    let text = act("2024-118", "SOUTIEN AUX CLUBS SPORTIFS", PRESENT);
    let good = as_read(&house.read(&text), 0);
    let recorded = json!({"body": house.body, "origin": "recorded", "date": "2024-03-12"});
    let recorded = server.post("/v1/sittings", &house.token, &recorded).expect(201).json()["id"].clone();
    let other_day = json!({"body": house.body, "origin": "transcribed", "date": "2024-03-13"});
    let other_day = server.post("/v1/sittings", &house.token, &other_day).expect(201).json()["id"].clone();
    let mut watch = server.database.watch();
    let stranger = json!("00000000-0000-7000-8000-800000000099");
    let nobody = json!("0197e3a8-7c00-7000-8000-000000000302");
    let cases: Vec<(&str, &str, Value, Told<'_>)> = vec![
        ("an empty title", "/act/title", json!(""), (422, "invalid-field", "/act/title")),
        ("the last thing that is checked", "/act/agenda_items/0", nobody.clone(), (422, "invalid-field", "/act/agenda_items/0")),
        ("nobody", "/act/signatures", json!([{"signatory": {"person": nobody}}]), (422, "invalid-field", "/act/signatures/0/signatory/person")),
        ("a local person whom nobody makes", "/new_people", json!([]), (422, "invalid-field", "/sitting/record/attendance/0/entries/1/person")),
        (
            "a body that is not chosen",
            "/sitting/record/body",
            json!("00000000-0000-7000-8000-000000000001"),
            (422, "invalid-field", "/sitting/record/body"),
        ),
        ("a person without a name", "/new_people/0/family_name", json!(""), (422, "invalid-field", "/new_people/0/family_name")),
        ("a person whom no record names", "/new_people/0/id", stranger, (422, "invalid-field", "/new_people/0/id")),
        ("a sitting that is none", "/sitting/id", nobody.clone(), (422, "invalid-field", "/sitting/id")),
        ("a sitting of another day", "/sitting/id", other_day, (422, "invalid-field", "/sitting/record/date")),
        ("a sitting that was recorded live", "/sitting/id", recorded, (409, "origin-differs", "")),
        ("an act that was recorded live", "/act/origin", json!("recorded"), (409, "origin-differs", "")),
        ("another document", "/source/sha256", json!("0".repeat(64)), (422, "digest-differs", "")),
        ("a name that is a path", "/source/name", json!("../acte.txt"), (422, "invalid-field", "/source/name")),
        ("an unknown field", "/act/colour", json!("red"), (422, "unknown-field", "/act/colour")),
    ];
    for (name, pointer, value, (status, kind, told)) in cases {
        let mut confirmation = good.clone();
        let (parent, last) = pointer.rsplit_once('/').unwrap();
        match confirmation.pointer_mut(parent).unwrap() {
            Value::Array(items) => items[last.parse::<usize>().unwrap()] = value,
            fields => fields[last] = value,
        }
        let answer = confirm(&server, &house.token, &confirmation, &text);
        assert_eq!(answer.status, status, "{name}: {}", answer.text);
        answer.problem(status, kind);
        let first = answer.json()["errors"][0]["pointer"].as_str().unwrap_or_default().to_owned();
        assert_eq!(first, told, "{name}: {}", answer.text);
        assert!(watch.unchanged(), "{name}: something was written");
    }
    let sent = good.to_string();
    let (confirmation, source): (Part<'_>, Part<'_>) =
        (("confirmation", "application/json", sent.as_bytes()), ("source", "text/plain", text.as_bytes()));
    let forms: &[(&str, &[Part<'_>], (u16, &str))] = &[
        ("no source", &[confirmation], (400, "bad-request")),
        ("no confirmation", &[source], (400, "bad-request")),
        ("twice", &[confirmation, confirmation, source], (400, "bad-request")),
        ("a part too many", &[confirmation, source, ("other", "text/plain", b"x")], (400, "bad-request")),
        ("no JSON", &[("confirmation", "application/json", b"{"), source], (400, "malformed-json")),
        ("a source of another type", &[confirmation, ("source", "image/png", text.as_bytes())], (415, "unsupported-media-type")),
        ("an empty source", &[confirmation, ("source", "text/plain", b"")], (422, "invalid-field")),
        ("a source that is none", &[confirmation, ("source", "application/pdf", text.as_bytes())], (422, "media-type-differs")),
    ];
    for (name, parts, (status, kind)) in forms {
        let answer = form(&server, &house.token, None, parts);
        assert_eq!(answer.status, *status, "{name}: {}", answer.text);
        answer.problem(*status, kind);
        assert!(watch.unchanged(), "{name}: something was written");
    }
    server.post("/v1/intake/acts", &house.token, &good).problem(415, "unsupported-media-type");
    assert!(watch.unchanged());
    // And as it was, it is taken in.
    confirm(&server, &house.token, &good, &text).expect(201);
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn a_key_makes_one_act(#[case] engine: Engine) {
    let server = Server::empty(engine);
    let house = House::new(&server, &[("Paul", "GARANCE", None)]);
    let text = act("2024-118", "SOUTIEN AUX CLUBS SPORTIFS", PRESENT);
    let confirmation = as_read(&house.read(&text), 0);
    let sent = confirmation.to_string();
    let send = |sent: &str, media: &str| {
        form(&server, &house.token, Some("clef-1"), &[("confirmation", "application/json", sent.as_bytes()), ("source", media, text.as_bytes())])
    };
    let first = send(&sent, "text/plain; charset=utf-8").expect(201);
    let again = send(&sent, "text/plain; charset=utf-8").expect(201);
    assert_eq!((first.text.as_str(), first.header("location")), (again.text.as_str(), again.header("location")));
    let mut other = confirmation.clone();
    other["act"]["title"] = json!("AUTRE");
    send(&other.to_string(), "text/plain; charset=utf-8").problem(422, "idempotency-key-reused");
    assert_eq!((house.count("deliberations"), house.count("sittings"), house.count("files")), (1, 1, 1));
}

#[test]
fn each_part_needs_its_scope() {
    let server = Server::empty(Engine::Sqlite);
    let house = House::new(&server, &[("Paul", "GARANCE", None)]);
    let text = act("2024-118", "SOUTIEN AUX CLUBS SPORTIFS", PRESENT);
    let confirmation = as_read(&house.read(&text), 0);
    let token = |scopes: &str| server.token(super::SIREN, scopes);
    send(&server, &token("sittings:write"), "text/plain", text.as_str()).problem(403, "scope-missing");
    send(&server, &token("deliberations:write"), "text/plain", text.as_str()).expect(200);
    let mut watch = server.database.watch();
    for scopes in ["sittings:write", "deliberations:write", "sittings:write deliberations:write"] {
        confirm(&server, &token(scopes), &confirmation, &text).problem(403, "scope-missing");
    }
    assert!(watch.unchanged());
    // Nobody is new: the directory is not written.
    let mut nobody = confirmation.clone();
    nobody["new_people"] = json!([]);
    for person in confirmation["new_people"].as_array().unwrap() {
        let text = nobody.to_string().replace(&person["id"].to_string(), "null");
        nobody = serde_json::from_str(&text).unwrap();
    }
    confirm(&server, &token("sittings:write deliberations:write"), &nobody, &text).expect(201);
    confirm(&server, &token("sittings:write deliberations:write directory:write"), &confirmation, &text).expect(201);
}
