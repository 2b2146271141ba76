//! What was shown and is no more: who keeps a copy is told. What was never shown is not told of.

use chrono::{DateTime, FixedOffset};
use rstest::rstest;
use serde_json::{Value, json};

use super::island::{self, *};
use super::{LISTS, ask, everything, gather, id_of, list, path};
use crate::harness::{Engine, Server};

const LONG_AGO: &str = "modified_since=2020-01-01T00%3A00%3A00Z";

/// Makes a record public or internal.
pub fn show(server: &Server, record: &str, visibility: &str) {
    let token = server.token(SIREN, "all");
    let body = json!({"visibility": visibility});
    let request = server.request(reqwest::Method::PUT, &format!("/v1/{record}/visibility")).bearer_auth(token).json(&body);
    crate::harness::Answer::of(request.send().unwrap()).expect(200);
}

/// Makes an entry of the directory, or the authority, public or internal.
fn file_as(server: &Server, entry: &str, visibility: &str) {
    let token = server.token(SIREN, "all");
    let found = server.get(&format!("/v1/{entry}"), Some(&token)).expect(200);
    let mut body = found.json();
    for added in ["id", "href", "version", "authority"] {
        body.as_object_mut().unwrap().remove(added);
    }
    body["visibility"] = json!(visibility);
    server.put(&format!("/v1/{entry}"), &token, found.header("etag"), &body).expect(200);
}

fn modified(object: &Value) -> DateTime<FixedOffset> {
    object["modified"].as_str().unwrap().parse().unwrap()
}

fn has(list: &[Value], id: &str) -> bool {
    list.iter().any(|object| object["id"] == id)
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn what_is_made_internal_is_told_as_deleted(#[case] engine: Engine) {
    let server = island::server(engine);
    let at = |path: String| format!("/oparl/v1/{path}");
    let meeting = at(format!("meeting/{SITTING}"));
    let paper = at(format!("paper/{ACT}"));
    type Change = fn(&Server, &str);
    let record: (Change, Change) = (|server, record| show(server, record, "internal"), |server, record| show(server, record, "public"));
    let entry: (Change, Change) = (|server, entry| file_as(server, entry, "internal"), |server, entry| file_as(server, entry, "public"));
    for (what, (hide, show), gone) in [
        (
            format!("deliberations/{ACT}"),
            record,
            vec![
                ("paper", paper.clone()),
                ("consultation", format!("{paper}/consultation/{ITEM}")),
                ("consultation", format!("{paper}/opinion/1")),
                ("file", at(format!("file/{FILE}"))),
            ],
        ),
        (
            format!("sittings/{SITTING}"),
            record,
            vec![
                ("meeting", meeting.clone()),
                ("agendaItem", format!("{meeting}/agendaItem/{ITEM}")),
                ("agendaItem", format!("{meeting}/agendaItem/{OTHER_ITEM}")),
                ("location", format!("{meeting}/location")),
                ("file", at(format!("file/{MINUTES}"))),
            ],
        ),
        (format!("persons/{GUEST}"), entry, vec![("person", at(format!("person/{GUEST}")))]),
        (format!("groups/{GROUP}"), entry, vec![("organization", at(format!("organization/{GROUP}")))]),
        (format!("bodies/{COUNCIL}"), entry, vec![("organization", at(format!("organization/{COUNCIL}")))]),
        (format!("mandates/{CHAIR_MANDATE}"), entry, vec![("membership", at(format!("membership/{CHAIR_MANDATE}")))]),
    ] {
        let before: Vec<Value> = gone.iter().map(|(_, path)| ask(&server, path).expect(200).json()).collect();
        hide(&server, &what);
        for ((name, object), before) in gone.iter().zip(&before) {
            let id = id_of(before);
            let left = ask(&server, object).expect(200).json();
            let expected = json!({"id": id, "type": before["type"], "created": before["created"], "modified": left["modified"], "deleted": true});
            assert_eq!(left, expected, "{what}: {object}");
            assert!(modified(&left) > modified(before), "{what}: {object}");
            assert!(!has(&gather(&server, &list(name)), &id), "{what}: {object}");
            let since = gather(&server, &format!("{}?{LONG_AGO}", list(name)));
            assert_eq!(since.iter().find(|o| o["id"] == id), Some(&left), "{what}: {object}");
            // What is gone has its time as everything has.
            let told = left["modified"].as_str().unwrap().replace('+', "%2B").replace(':', "%3A");
            assert!(has(&gather(&server, &format!("{}?modified_since={told}", list(name))), &id), "{what}: {object}");
            let later = format!("{}?modified_since=2120-01-01T00%3A00%3A00Z", list(name));
            assert!(gather(&server, &later).is_empty(), "{what}: {object}");
        }
        // It stands in nothing that is shown, and nothing points there.
        for object in everything(&server) {
            for (_, path) in &gone {
                let pointed = format!("\"{}{path}\"", server.url);
                assert!(!object.to_string().contains(&pointed), "{what}: {path} in {object}");
            }
        }
        // Shown again, it is back, and who was told that it is gone is told so.
        let left: Vec<Value> = gone.iter().map(|(_, path)| ask(&server, path).expect(200).json()).collect();
        show(&server, &what);
        for ((name, object), (before, left)) in gone.iter().zip(before.iter().zip(&left)) {
            let mut back = ask(&server, object).expect(200).json();
            assert!(modified(&back) > modified(left), "{what}: {object}");
            assert!(has(&gather(&server, &list(name)), &id_of(before)), "{what}: {object}");
            assert_eq!((back.get("deleted"), &back["created"]), (None, &before["created"]));
            if *name != "meeting" && *name != "agendaItem" && *name != "paper" {
                back["modified"] = before["modified"].clone();
                assert_eq!(&back, before, "{what}: {object}");
            }
        }
    }
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn what_an_object_shows_of_others_changes_it(#[case] engine: Engine) {
    let server = island::server(engine);
    type Change = fn(&Server);
    let cases: [(&str, String, Change); 5] = [
        ("the act of an item is made internal", format!("meeting/{SITTING}"), |server| show(server, &format!("deliberations/{ACT}"), "internal")),
        ("it is shown again", format!("meeting/{SITTING}/agendaItem/{ITEM}"), |server| show(server, &format!("deliberations/{ACT}"), "public")),
        ("the sitting of an act is made internal", format!("paper/{ACT}"), |server| show(server, &format!("sittings/{SITTING}"), "internal")),
        ("a mandate of a person is made internal", format!("person/{GUEST}"), |server| {
            file_as(server, &format!("mandates/{GUEST_MANDATE}"), "internal")
        }),
        ("it is shown again", format!("organization/{COMMISSION}"), |server| file_as(server, &format!("mandates/{GUEST_MANDATE}"), "public")),
    ];
    for (case, object, change) in cases {
        let object = format!("/oparl/v1/{object}");
        let before = ask(&server, &object).expect(200).json();
        change(&server);
        let after = ask(&server, &object).expect(200).json();
        assert!(modified(&after) > modified(&before), "{case}");
    }
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn what_was_never_shown_is_as_if_it_were_not_there(#[case] engine: Engine) {
    let server = island::server(engine);
    let neighbour = crate::harness::world::neighbour::SIREN;
    for hidden in [
        format!("organization/{HIDDEN_COMMITTEE}"),
        format!("person/{HIDDEN_PERSON}"),
        format!("membership/{HIDDEN_MANDATE}"),
        format!("meeting/{HIDDEN_SITTING}"),
        format!("meeting/{HIDDEN_SITTING}/agendaItem/{HIDDEN_ITEM}"),
        format!("meeting/{HIDDEN_SITTING}/location"),
        format!("organization/{HIDDEN_COMMITTEE}/meeting"),
        format!("paper/{HIDDEN_ACT}"),
        format!("paper/{HIDDEN_ACT}/consultation/{OTHER_ITEM}"),
        format!("file/{ANNEX}"),
        format!("file/{ANNEX}/access"),
        format!("body/{neighbour}"),
        format!("body/{neighbour}/paper"),
        format!("paper/{}", crate::harness::world::neighbour::ACT),
        format!("paper/{}", crate::harness::world::DRAFT),
    ] {
        let found = ask(&server, &format!("/oparl/v1/{hidden}")).expect(404);
        let nothing = ask(&server, "/oparl/v1/paper/01977e55-0009-7000-8000-00000000ffff").expect(404);
        assert_eq!(found.text, nothing.text, "{hidden}");
    }
    let lists = LISTS.into_iter().map(list).chain(["/oparl/v1/body".to_owned()]);
    let all: String = lists.flat_map(|list| gather(&server, &format!("{list}?{LONG_AGO}"))).map(|object| object.to_string()).collect();
    let hidden = [HIDDEN_PERSON, HIDDEN_COMMITTEE, HIDDEN_SITTING, HIDDEN_ACT, HIDDEN_MANDATE, ANNEX, neighbour];
    for secret in hidden.iter().chain(&SECRETS) {
        assert!(!all.contains(secret), "{secret}");
    }
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn work_on_what_is_internal_does_not_show(#[case] engine: Engine) {
    let server = island::server(engine);
    let token = server.token(SIREN, "all");
    let lists = || -> Vec<Value> { LISTS.into_iter().flat_map(|name| gather(&server, &format!("{}?{LONG_AGO}", list(name)))).collect() };
    show(&server, &format!("deliberations/{ACT}"), "internal");
    show(&server, &format!("sittings/{SITTING}"), "internal");
    file_as(&server, &format!("persons/{GUEST}"), "internal");
    let before = lists();
    // A title, a file, an item less, an item more, a name.
    let record = server.get(&format!("/v1/deliberations/{ACT}/record"), Some(&token)).expect(200);
    let mut changed = record.json();
    changed["title"] = json!("Affaire cachée");
    changed["report"]["opinions"] = json!([{"text": "un avis"}]);
    server.put(&format!("/v1/deliberations/{ACT}/record"), &token, record.header("etag"), &changed).expect(200);
    let sent = server.request(reqwest::Method::POST, &format!("/v1/deliberations/{ACT}/files?role=published&name=cache.pdf"));
    let sent = sent.bearer_auth(&token).header("content-type", "application/pdf").body(crate::harness::world::PDF).send().unwrap();
    assert_eq!(sent.status().as_u16(), 201);
    let record = server.get(&format!("/v1/sittings/{SITTING}/record"), Some(&token)).expect(200);
    let mut changed = record.json();
    changed["place"] = Value::Null;
    changed["agenda"].as_array_mut().unwrap().push(json!({"id": HIDDEN_ITEM, "title": "Affaire cachée"}));
    server.put(&format!("/v1/sittings/{SITTING}/record?reason=essai"), &token, record.header("etag"), &changed).expect(200);
    let found = server.get(&format!("/v1/persons/{GUEST}"), Some(&token)).expect(200);
    let mut changed = found.json();
    for added in ["id", "href", "version", "authority"] {
        changed.as_object_mut().unwrap().remove(added);
    }
    changed["family_name"] = json!("CACHÉE");
    server.put(&format!("/v1/persons/{GUEST}"), &token, found.header("etag"), &changed).expect(200);
    assert_eq!(lists(), before);
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn what_leaves_a_public_record_is_told_as_deleted(#[case] engine: Engine) {
    let server = island::server(engine);
    let token = server.token(SIREN, "all");
    let meeting = format!("/oparl/v1/meeting/{SITTING}");
    let record = server.get(&format!("/v1/sittings/{SITTING}/record"), Some(&token)).expect(200);
    let whole = record.json();
    let mut shorter = whole.clone();
    shorter["place"] = Value::Null;
    let more = json!({"id": HIDDEN_ITEM, "title": "Troisième point"});
    shorter["agenda"].as_array_mut().unwrap().push(more);
    let etag = server.put(&format!("/v1/sittings/{SITTING}/record?reason=essai"), &token, record.header("etag"), &shorter).expect(200);
    let place = ask(&server, &format!("{meeting}/location")).expect(200).json();
    assert_eq!((&place["deleted"], place.get("description")), (&json!(true), None));
    assert!(gather(&server, &list("location")).is_empty());
    assert_eq!(gather(&server, &format!("{}?{LONG_AGO}", list("location"))), std::slice::from_ref(&place));
    let added = ask(&server, &format!("{meeting}/agendaItem/{HIDDEN_ITEM}")).expect(200).json();
    assert_eq!((&added["name"], added.get("deleted")), (&json!("Troisième point"), None));
    // The item goes again, and the place comes back.
    let mut back = whole.clone();
    back["heading"] = json!("SÉANCE DU 2 MARS 2026 (RECTIFIÉE)");
    server.put(&format!("/v1/sittings/{SITTING}/record?reason=essai"), &token, etag.header("etag"), &back).expect(200);
    let removed = ask(&server, &format!("{meeting}/agendaItem/{HIDDEN_ITEM}")).expect(200).json();
    assert_eq!((&removed["deleted"], &removed["created"]), (&json!(true), &added["created"]));
    assert!(modified(&removed) > modified(&added));
    let place = ask(&server, &format!("{meeting}/location")).expect(200).json();
    assert_eq!((place["description"].as_str(), place.get("deleted")), (Some("Salle des délibérations"), None));
    // The opinion of an act.
    let record = server.get(&format!("/v1/deliberations/{ACT}/record"), Some(&token)).expect(200);
    let mut shorter = record.json();
    shorter["report"]["opinions"].as_array_mut().unwrap().pop();
    server.put(&format!("/v1/deliberations/{ACT}/record"), &token, record.header("etag"), &shorter).expect(200);
    assert_eq!(ask(&server, &format!("/oparl/v1/paper/{ACT}/opinion/2")).expect(200).json()["deleted"], true);
    assert_eq!(ask(&server, &format!("/oparl/v1/paper/{ACT}/opinion/1")).expect(200).json().get("deleted"), None);
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn all_of_an_authority_goes_with_it(#[case] engine: Engine) {
    let server = island::server(engine);
    let all: Vec<Value> = LISTS.into_iter().flat_map(|name| gather(&server, &list(name))).collect();
    file_as(&server, &format!("authorities/{SIREN}"), "internal");
    assert_eq!(ask(&server, &format!("/oparl/v1/body/{SIREN}")).expect(200).json()["deleted"], true);
    assert_eq!(gather(&server, "/oparl/v1/body").len(), 1);
    assert_eq!(gather(&server, &format!("/oparl/v1/body?{LONG_AGO}")).len(), 2);
    for object in &all {
        let left = ask(&server, path(&server, object["id"].as_str().unwrap())).expect(200).json();
        assert_eq!((&left["deleted"], &left["id"], &left["created"]), (&json!(true), &object["id"], &object["created"]));
    }
    for name in LISTS {
        ask(&server, &list(name)).expect(404);
    }
    ask(&server, &format!("/oparl/v1/file/{FILE}/access")).expect(410);
}
