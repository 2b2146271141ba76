//! Events recorded live: what cannot have happened, and what happened against the rules.

use serde_json::{Value, json};

use super::*;
use crate::record::{InternalRule, Severity};
use crate::rules::{event_contradictions, event_irregularities};

/// Members 1 to 3 present, 4 and 5 excused; 1 is recused on item 2; 5 is represented by 2.
fn room(changes: Value) -> Value {
    let base = json!({
        "origin": "recorded", "attendance": [members("present", 1..=3), members("excused", 4..=5)], "members_in_office": 5,
        "proxies": [proxy(5, 2)], "recusals": [recusal(1, &[2])],
    });
    changed(base, changes)
}

/// Of a member, at an hour of 7 July, between two quarters.
fn at(kind: &str, member: u32, hour: &str) -> Value {
    json!({ "kind": kind, "person": who(member), "moment": { "at": format!("2025-07-07T{hour}:00Z") } })
}

/// Of a member, nobody says when.
fn bare(kind: &str, member: u32) -> Value {
    json!({ "kind": kind, "person": who(member) })
}

fn of_item(kind: &str, item: u32) -> Value {
    json!({ "kind": kind, "moment": { "item": text_id(item), "anchor": "during" } })
}

fn on_item(kind: &str, member: u32, item: u32, anchor: &str) -> Value {
    json!({ "kind": kind, "person": who(member), "moment": { "item": text_id(item), "anchor": anchor } })
}

fn gives(giver: u32, holder: u32) -> Value {
    json!({ "kind": "proxy_given", "person": who(giver), "other": who(holder) })
}

fn plain(kind: &str) -> Value {
    json!({ "kind": kind })
}

/// The events in order; the last is the one in question.
fn played(changes: Value, events: Vec<Value>) -> (SittingRecord, usize) {
    let last = events.len() - 1;
    let numbered = |(n, event): (usize, Value)| changed(event, json!({ "id": text_id(500 + u32::try_from(n).unwrap()) }));
    let timeline: Vec<Value> = events.into_iter().enumerate().map(numbered).collect();
    (sitting(changed(room(changes), json!({ "timeline": timeline }))), last)
}

#[test]
fn an_event_and_what_it_contradicts() {
    let whole = || json!({});
    let unstated = || json!({ "attendance": [members("unstated", 1..=5)] });
    type Row<'a> = (&'a str, Value, Vec<Value>, Vec<(&'a str, &'a str)>);
    let rows: Vec<Row> = vec![
        // Coming and going.
        ("a member leaves", whole(), vec![bare("departure", 1)], vec![]),
        ("leaves twice", whole(), vec![bare("departure", 1), bare("departure", 1)], vec![("not_there", "/person")]),
        ("leaves, comes back, leaves", whole(), vec![bare("departure", 1), bare("arrival", 1), bare("departure", 1)], vec![]),
        ("an excused member leaves", whole(), vec![bare("departure", 4)], vec![("not_there", "/person")]),
        ("an excused member arrives", whole(), vec![bare("arrival", 4)], vec![]),
        ("arrives twice", whole(), vec![bare("arrival", 4), bare("arrival", 4)], vec![("already_there", "/person")]),
        ("a member who is there arrives", whole(), vec![bare("arrival", 1)], vec![("already_there", "/person")]),
        ("within one item: leaves, and comes back", whole(), vec![on_item("departure", 1, 1, "during"), on_item("arrival", 1, 1, "during")], vec![]),
        (
            "within one item: comes back twice",
            whole(),
            vec![on_item("departure", 1, 1, "during"), on_item("arrival", 1, 1, "during"), on_item("arrival", 1, 1, "during")],
            vec![("already_there", "/person")],
        ),
        // Recorded late: at half past nine he had not yet left.
        ("left at ten, and this was at half past nine", whole(), vec![at("departure", 1, "10:00"), at("departure", 1, "09:30")], vec![]),
        ("left at ten, and again at eleven", whole(), vec![at("departure", 1, "10:00"), at("departure", 1, "11:00")], vec![("not_there", "/person")]),
        (
            "back at eleven, left at ten, which was noted afterwards; leaves at noon",
            whole(),
            vec![at("arrival", 1, "11:00"), at("departure", 1, "10:00"), at("departure", 1, "12:00")],
            vec![],
        ),
        ("an hour beside an item: nobody can tell", whole(), vec![at("departure", 1, "10:00"), on_item("departure", 1, 2, "before")], vec![]),
        ("the list does not say who is there", unstated(), vec![bare("departure", 1)], vec![]),
        ("nor who is not", unstated(), vec![bare("arrival", 1)], vec![]),
        (
            "a connection is lost twice",
            whole(),
            vec![bare("remote_disconnection", 1), bare("remote_disconnection", 1)],
            vec![("not_there", "/person")],
        ),
        ("connects from elsewhere while listed as there", whole(), vec![bare("remote_connection", 1)], vec![]),
        // Who is who.
        ("a stranger arrives", whole(), vec![bare("arrival", 8)], vec![("not_listed", "/person")]),
        ("a stranger leaves", whole(), vec![bare("departure", 8)], vec![("not_listed", "/person")]),
        ("a stranger gives a proxy", whole(), vec![gives(8, 3)], vec![("not_listed", "/person")]),
        ("a proxy to a stranger", whole(), vec![gives(4, 8)], vec![("not_listed", "/other")]),
        ("the lists do not name everyone in office", json!({ "members_in_office": 6 }), vec![bare("arrival", 8)], vec![]),
        ("there is no list", json!({ "attendance": [] }), vec![bare("arrival", 8)], vec![]),
        // Proxies.
        ("a proxy ends", whole(), vec![bare("proxy_ended", 5)], vec![]),
        ("a proxy ends that nobody gave", whole(), vec![bare("proxy_ended", 4)], vec![("no_proxy", "/person")]),
        ("a proxy ends twice", whole(), vec![bare("proxy_ended", 5), bare("proxy_ended", 5)], vec![("no_proxy", "/person")]),
        ("given, then ended", whole(), vec![gives(4, 3), bare("proxy_ended", 4)], vec![]),
        ("the giver arrives, and the end is noted", whole(), vec![bare("arrival", 5), bare("proxy_ended", 5)], vec![]),
        ("the record is silent on proxies", json!({ "proxies": null }), vec![bare("proxy_ended", 4)], vec![]),
        ("a member there gives a proxy before leaving", whole(), vec![gives(1, 3)], vec![]),
        // Recusals.
        ("leaves for a recusal, and is back", whole(), vec![bare("left_for_recusal", 3), bare("back_after_recusal", 3)], vec![]),
        ("and is said to arrive", whole(), vec![bare("left_for_recusal", 3), bare("arrival", 3)], vec![]),
        ("back without having left", whole(), vec![bare("back_after_recusal", 3)], vec![("not_aside", "/person")]),
        (
            "back twice",
            whole(),
            vec![bare("left_for_recusal", 3), bare("back_after_recusal", 3), bare("back_after_recusal", 3)],
            vec![("not_aside", "/person")],
        ),
        ("a recused member is back, the leaving was not noted", whole(), vec![bare("back_after_recusal", 1)], vec![]),
        (
            "someone of a group that stands aside",
            json!({ "recusals": [{ "id": text_id(600), "group": "Groupe A", "covers": [text_id(1)] }] }),
            vec![bare("back_after_recusal", 3)],
            vec![],
        ),
        ("an excused member leaves for a recusal", whole(), vec![bare("left_for_recusal", 4)], vec![("not_there", "/person")]),
        // Items and suspensions.
        ("an item is opened and closed", whole(), vec![of_item("item_opened", 1), of_item("item_closed", 1)], vec![]),
        ("closed without having been opened", whole(), vec![of_item("item_closed", 1)], vec![("item_not_open", "/moment/item")]),
        ("another is closed", whole(), vec![of_item("item_opened", 1), of_item("item_closed", 2)], vec![("item_not_open", "/moment/item")]),
        (
            "closed twice",
            whole(),
            vec![of_item("item_opened", 1), of_item("item_closed", 1), of_item("item_closed", 1)],
            vec![("item_not_open", "/moment/item")],
        ),
        ("one within another", whole(), vec![of_item("item_opened", 1), of_item("item_opened", 2), of_item("item_closed", 1)], vec![]),
        ("the one that is open is closed", whole(), vec![of_item("item_opened", 1), plain("item_closed")], vec![]),
        ("none is open", whole(), vec![plain("item_closed")], vec![("item_not_open", "/moment/item")]),
        ("suspended and resumed", whole(), vec![plain("suspension"), plain("resumption")], vec![]),
        ("resumed without a suspension", whole(), vec![plain("resumption")], vec![("not_suspended", "/kind")]),
        ("resumed twice", whole(), vec![plain("suspension"), plain("resumption"), plain("resumption")], vec![("not_suspended", "/kind")]),
        // The day.
        (
            "two days before the sitting",
            whole(),
            vec![json!({ "kind": "suspension", "moment": { "at": "2025-07-05T10:00:00Z" } })],
            vec![("before_sitting", "/moment/at")],
        ),
        (
            "late in the evening before, in Greenwich: the day of the sitting in the Pacific",
            whole(),
            vec![json!({ "kind": "suspension", "moment": { "at": "2025-07-06T22:00:00Z" } })],
            vec![],
        ),
    ];
    for (name, changes, events, expected) in rows {
        let (sitting, place) = played(changes, events);
        let found = event_contradictions(&sitting, place, COUNCIL);
        let found: Vec<(&str, &str)> = found.iter().map(|c| (c.code.wire(), c.pointer.as_str())).collect();
        assert_eq!(found, expected, "{name}");
    }
}

#[test]
fn a_proxy_given_against_the_rules() {
    let item_2 = || of_item("item_opened", 2);
    type Row<'a> = (&'a str, Vec<Value>, Vec<&'a str>);
    let rows: Vec<Row> = vec![
        ("a first proxy", vec![gives(4, 3)], vec![]),
        ("a second for one holder", vec![gives(4, 2)], vec!["second_for_holder"]),
        ("the first had ended", vec![bare("proxy_ended", 5), gives(4, 2)], vec![]),
        ("the giver of the first has arrived", vec![bare("arrival", 5), gives(4, 2)], vec![]),
        ("the first was given in the sitting", vec![gives(4, 3), gives(1, 3)], vec!["second_for_holder"]),
        ("the same giver again", vec![gives(4, 3), gives(4, 3)], vec![]),
        ("the holder is away", vec![gives(4, 5)], vec!["holder_absent"]),
        ("the holder has left", vec![bare("departure", 3), gives(4, 3)], vec!["holder_absent"]),
        ("the holder stands aside on the open item", vec![item_2(), gives(4, 1)], vec!["holder_recused"]),
        ("on another item", vec![of_item("item_opened", 1), gives(4, 1)], vec![]),
        ("no item is open", vec![gives(4, 1)], vec![]),
        ("once it is closed", vec![item_2(), of_item("item_closed", 2), gives(4, 1)], vec![]),
        ("the giver stands aside on the open item", vec![item_2(), gives(1, 3)], vec!["giver_recused"]),
        ("the holder is out of the room for a recusal", vec![bare("left_for_recusal", 3), gives(4, 3)], vec!["holder_recused"]),
        ("to nobody in particular", vec![json!({ "kind": "proxy_given", "person": who(4) })], vec![]),
        ("another event", vec![bare("departure", 1)], vec![]),
    ];
    for (name, events, expected) in rows {
        let (sitting, place) = played(json!({}), events);
        let found = event_irregularities(&sitting, place, COUNCIL);
        assert_eq!(codes(&found), if expected.is_empty() { vec![] } else { vec!["proxy.invalid"] }, "{name}");
        let texts: Vec<String> =
            found.iter().flat_map(|f| figures(&f.computed)["texts"].as_array().unwrap().clone()).map(|t| t.as_str().unwrap().to_owned()).collect();
        let faults: Vec<&str> = texts.iter().map(|text| text.split(": ").next().unwrap()).collect();
        assert_eq!(faults, expected, "{name}");
        assert!(found.iter().all(|f| f.severity == Severity::Blocking), "{name}");
    }
}

/// In a commission proxies are for the internal rules: a default alerts, what the body has configured holds.
#[test]
fn whose_rules_on_proxies() {
    let (sitting, place) = played(json!({}), vec![gives(4, 2)]);
    let configured = |value: &str| -> Vec<InternalRule> {
        serde_json::from_value(json!([{ "rule": "proxy.valid", "article": "article 9", "value": value }])).unwrap()
    };
    let severity = |rules: &[InternalRule]| {
        let body = Governed { internal: rules, ..COMMISSION.into() };
        event_irregularities(&sitting, place, body).first().map(|f| f.severity)
    };
    assert_eq!(severity(&[]), Some(Severity::Alert));
    assert_eq!(severity(&configured("1")), Some(Severity::Blocking));
    assert_eq!(severity(&configured("2")), None);
}

/// What was acknowledged as it was given stands on the ballots that follow, and holds none of them up again.
#[test]
fn acknowledged_once() {
    use crate::record::Ballot;
    use crate::rules::{irregularities, on_ballot};
    let vote: Ballot = serde_json::from_value(ballot(json!([tally("for", 4), tally("against", 0)]), json!({}))).unwrap();
    let given = |more: Value| {
        let (sitting, _) =
            played(json!({}), vec![changed(changed(gives(4, 2), json!({ "moment": { "item": text_id(1), "anchor": "before" } })), more)]);
        (codes(&on_ballot(&sitting, &vote, COUNCIL)).contains(&"proxy.invalid"), codes(&irregularities(&sitting, &vote, COUNCIL)))
    };
    assert_eq!(given(json!({})), (true, vec!["proxy.invalid"]));
    let acknowledged = json!({ "acknowledge": [{ "code": "proxy.invalid", "reason": "remis à l'instant" }] });
    assert_eq!(given(acknowledged), (true, vec![]));
}
