//! Events that cannot have happened are always refused; a proxy given against the rules is kept if it is acknowledged.

use rstest::rstest;
use serde_json::{Value, json};

use super::{Live, uuid};
use crate::harness::{Answer, Engine, Server};

/// Six members: 1 to 4 there, 5 and 6 excused, 6 represented by 1; 4 stands aside on item 2.
fn room() -> Value {
    let list = |status: &str, numbers: &[usize]| {
        let entries: Vec<Value> = numbers.iter().map(|n| json!({"person": format!("@person{n}@")})).collect();
        json!({"status": status, "voting_right": "voting", "entries": entries})
    };
    json!({
        "attendance": [list("present", &[1, 2, 3, 4]), list("excused", &[5, 6])],
        "proxies": [{"giver": {"person": "@person6@"}, "holder": {"person": "@person1@"}}],
        "recusals": [{"id": uuid(), "person": {"person": "@person4@"}, "covers": ["@item2@"], "kind": "interest"}],
    })
}

/// An event of members by their number.
fn event(live: &Live<'_>, kind: &str, person: Option<usize>, other: Option<usize>, item: Option<usize>) -> Value {
    let who = |n: Option<usize>| n.map(|n| json!({"person": live.people[n - 1]}));
    json!({"id": uuid(), "kind": kind, "person": who(person), "other": who(other), "moment": {"item": item.map(|n| live.items[n - 1].clone()), "anchor": "during"}})
}

fn send(live: &Live<'_>, event: &Value) -> Answer {
    live.server.post(&live.path("timeline"), &live.token, event)
}

fn errors(answer: &Answer) -> Vec<(String, String)> {
    let text = |e: &Value, field: &str| e[field].as_str().unwrap().to_owned();
    answer.json()["errors"].as_array().unwrap().iter().map(|e| (text(e, "code"), text(e, "pointer"))).collect()
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn an_event_that_cannot_have_happened_is_refused(#[case] engine: Engine) {
    let server = Server::empty(engine);
    let live = Live::open(&server, 6, 2, &room());
    let stranger = server.post("/v1/persons", &live.token, &json!({"family_name": "AILLEURS"})).expect(201).json()["id"].clone();
    let unlisted = json!({"id": uuid(), "kind": "arrival", "person": {"person": stranger}});
    let of = |kind: &str, person: Option<usize>, item: Option<usize>| event(&live, kind, person, None, item);
    let refused: Vec<(&str, Value, &str, &str)> = vec![
        ("an excused member leaves", of("departure", Some(5), Some(1)), "not_there", "/person"),
        ("a member who is there arrives", of("arrival", Some(1), Some(1)), "already_there", "/person"),
        ("a stranger arrives", unlisted, "not_listed", "/person"),
        ("a proxy ends that nobody gave", of("proxy_ended", Some(5), None), "no_proxy", "/person"),
        ("an item is closed that is not open", of("item_closed", None, Some(1)), "item_not_open", "/moment/item"),
        ("resumed without a suspension", of("resumption", None, None), "not_suspended", "/kind"),
        ("back without having left", of("back_after_recusal", Some(2), None), "not_aside", "/person"),
    ];
    let mut watch = server.database.watch();
    for (name, event, code, pointer) in refused {
        let answer = send(&live, &event);
        answer.problem(422, "contradiction");
        assert_eq!(errors(&answer), [(code.to_owned(), pointer.to_owned())], "{name}");
        assert!(watch.unchanged(), "{name}: something was written");
    }
    // Once it has happened, it has.
    for happened in [of("item_opened", None, Some(1)), of("departure", Some(1), Some(1)), of("item_closed", None, Some(1))] {
        send(&live, &happened).expect(201);
    }
    send(&live, &of("departure", Some(1), Some(2))).problem(422, "contradiction");
    send(&live, &of("arrival", Some(1), Some(2))).expect(201);

    // Nor does it come in with a correction of the whole; what was there is not judged again.
    let record = server.get(&live.path("record"), Some(&live.token)).expect(200);
    let mut corrected = record.json();
    corrected["place"] = json!("Salle des séances");
    corrected["timeline"].as_array_mut().unwrap().push(of("arrival", Some(2), Some(2)));
    let answer = server.put(&live.path("record"), &live.token, record.header("etag"), &corrected);
    answer.problem(422, "contradiction");
    assert_eq!(errors(&answer), [("already_there".to_owned(), "/timeline/4/person".to_owned())]);
    corrected["timeline"].as_array_mut().unwrap().pop();
    server.put(&live.path("record"), &live.token, record.header("etag"), &corrected).expect(200);
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn a_proxy_given_against_the_rules_is_kept_with_its_reason(#[case] engine: Engine) {
    let server = Server::empty(engine);
    let live = Live::open(&server, 6, 2, &room());
    // Statute in a council; in a commission nothing is configured yet, and it would only alert.
    let second = event(&live, "proxy_given", Some(5), Some(1), Some(1));
    let alerted = send(&live, &second).expect(201).json();
    let severity =
        |answer: &Value| answer["findings"].as_array().unwrap().iter().map(|f| (f["code"].clone(), f["severity"].clone())).collect::<Vec<_>>();
    assert_eq!(severity(&alerted), [(json!("proxy.invalid"), json!("alert"))]);
    send(&live, &event(&live, "proxy_ended", Some(5), None, Some(1))).expect(201);

    live.governed_by("departmental_council", &json!([]));
    let mut watch = server.database.watch();
    let to_the_recused = event(&live, "proxy_given", Some(5), Some(4), Some(2));
    let to_the_absent = event(&live, "proxy_given", Some(6), Some(5), Some(1));
    let mut second = event(&live, "proxy_given", Some(5), Some(1), Some(1));
    for given in [&second, &to_the_absent, &to_the_recused] {
        let answer = send(&live, given);
        answer.problem(409, "acknowledgement-needed");
        assert_eq!(errors(&answer), [("proxy.invalid".to_owned(), "/acknowledge".to_owned())]);
    }
    second["acknowledge"] = json!([{"code": "proxy.invalid", "reason": " "}]);
    send(&live, &second).problem(409, "acknowledgement-needed");
    second["acknowledge"] = json!([{"code": "quorum.not_met", "reason": "autre chose"}]);
    send(&live, &second).problem(409, "acknowledgement-needed");
    assert!(watch.unchanged());

    second["acknowledge"] = json!([{"code": "proxy.invalid", "reason": "remis au président en séance", "by": "quelqu'un d'autre"}]);
    let kept = send(&live, &second).expect(201).json();
    assert_eq!(severity(&kept), [(json!("proxy.invalid"), json!("blocking"))]);
    let events = server.get(&live.path("timeline"), Some(&live.token)).expect(200).json();
    let signed = events["data"].as_array().unwrap().iter().find(|e| e["id"] == second["id"]).unwrap()["acknowledge"][0].clone();
    assert_eq!((signed["by"].as_str(), signed["reason"].as_str()), (Some("test"), Some("remis au président en séance")));
    assert!(signed["at"].is_string());

    // It stands on the ballots that follow, which need not acknowledge it again: 1 to 4 vote, and 6 by proxy.
    let mut ballot = live.roll_call(1, (1..=4).chain([6]), &[2], &[]);
    ballot["roll_call"][4]["by_proxy"] = json!({"person": live.people[0]});
    let taken = server.post(&live.path("ballots"), &live.token, &ballot).expect(201).json();
    assert_eq!(severity(&taken), [(json!("proxy.invalid"), json!("blocking"))]);

    // A correction keeps the signature, and a new irregularity needs a reason of its own.
    let record = server.get(&live.path("record"), Some(&live.token)).expect(200);
    let mut corrected = record.json();
    corrected["timeline"].as_array_mut().unwrap().push(to_the_absent);
    server.put(&live.path("record"), &live.token, record.header("etag"), &corrected).problem(409, "acknowledgement-needed");
    let last = corrected["timeline"].as_array().unwrap().len() - 1;
    corrected["timeline"][last]["acknowledge"] = json!([{"code": "proxy.invalid", "reason": "constaté après coup"}]);
    server.put(&live.path("record"), &live.token, record.header("etag"), &corrected).expect(200);
    let after = server.get(&live.path("record"), Some(&live.token)).expect(200).json();
    let acknowledged: Vec<&Value> = after["timeline"].as_array().unwrap().iter().flat_map(|e| e["acknowledge"].as_array().unwrap()).collect();
    assert_eq!(acknowledged[0], &signed);
    assert_eq!((acknowledged.len(), acknowledged[1]["by"].as_str()), (2, Some("test")));
}
