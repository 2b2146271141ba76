//! Contradictions are always refused; an irregularity that happened is kept if it is acknowledged.

use rstest::rstest;
use serde_json::{Value, json};

use super::Live;
use crate::harness::{Engine, Server};

/// What is sent, and the contradictions with their pointers.
type Case = (&'static str, Value, Vec<(&'static str, &'static str)>);

/// Nine members: 7 stands aside on item 1, 8 is excused and represented by 1, 9 is absent.
fn room() -> Value {
    let list = |status: &str, numbers: &[usize]| {
        let entries: Vec<Value> = numbers.iter().map(|n| json!({"person": format!("@person{n}@")})).collect();
        json!({"status": status, "voting_right": "voting", "entries": entries})
    };
    json!({
        "attendance": [list("present", &[1, 2, 3, 4, 5, 6, 7]), list("excused", &[8]), list("absent", &[9])],
        "proxies": [{"giver": {"person": "@person8@"}, "holder": {"person": "@person1@"}}],
        "recusals": [{"id": super::uuid(), "person": {"person": "@person7@"}, "covers": ["@item1@"], "kind": "interest"}],
    })
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn a_ballot_that_contradicts_the_room_is_refused(#[case] engine: Engine) {
    let server = Server::empty(engine);
    let live = Live::open(&server, 9, 3, &room());
    let proper = |item| {
        let mut ballot = live.roll_call(item, (1..=6).chain([8]), &[2], &[3]);
        ballot["roll_call"][6]["by_proxy"] = json!({"person": live.people[0]});
        ballot
    };
    let line = |n: usize, option: &str| json!({"person": {"person": live.people[n - 1]}, "option": option});
    let with = |change: &dyn Fn(&mut Value)| {
        let mut ballot = proper(1);
        change(&mut ballot);
        ballot
    };
    let push = |ballot: &mut Value, line: Value| {
        ballot["roll_call"].as_array_mut().unwrap().push(line);
        let fors = ballot["roll_call"].as_array().unwrap().iter().filter(|l| l["option"] == "for").count();
        ballot["options"][0]["count"] = fors.into();
    };
    let refused: Vec<Case> = vec![
        (
            "two positions for one voter",
            with(&|b| push(b, line(4, "for"))),
            vec![("two_positions", "/roll_call/7"), ("above_electorate", "/options")],
        ),
        ("who stands aside votes", with(&|b| push(b, line(7, "for"))), vec![("voter_recused", "/roll_call/7"), ("above_electorate", "/options")]),
        ("who is absent votes", with(&|b| push(b, line(9, "for"))), vec![("voter_absent", "/roll_call/7"), ("above_electorate", "/options")]),
        (
            "a proxy held by who stands aside",
            with(&|b| b["roll_call"][6]["by_proxy"] = json!({"person": live.people[6]})),
            vec![("holder_recused", "/roll_call/6")],
        ),
        (
            "a proxy held by who is absent",
            with(&|b| b["roll_call"][6]["by_proxy"] = json!({"person": live.people[8]})),
            vec![("holder_absent", "/roll_call/6")],
        ),
        (
            "a voter is omitted",
            with(&|b| {
                b["roll_call"].as_array_mut().unwrap().remove(4);
                b["options"][0]["count"] = 4.into();
            }),
            vec![("voter_omitted", "/roll_call")],
        ),
        (
            "more votes than voters",
            json!({"id": super::uuid(), "covers": [live.items[0]], "options": [{"option": "for", "count": 8}, {"option": "against", "count": 0}]}),
            vec![("above_electorate", "/options")],
        ),
        (
            "who stands aside is named behind a count",
            json!({"id": super::uuid(), "covers": [live.items[0]], "options": [{"option": "abstention", "count": 1, "entries": [{"kind": "person", "person": live.people[6]}]}]}),
            vec![("voter_recused", "/options/0/entries/0")],
        ),
    ];
    let mut watch = server.database.watch();
    for (name, ballot, expected) in refused {
        let answer = server.post(&live.path("ballots"), &live.token, &ballot);
        answer.problem(422, "contradiction");
        let found: Vec<(String, String)> = answer.json()["errors"]
            .as_array()
            .unwrap()
            .iter()
            .map(|e| (e["code"].as_str().unwrap().to_owned(), e["pointer"].as_str().unwrap().to_owned()))
            .collect();
        let expected: Vec<(String, String)> = expected.into_iter().map(|(c, p)| (c.to_owned(), p.to_owned())).collect();
        assert_eq!(found, expected, "{name}");
        assert!(watch.unchanged(), "{name}: something was written");
    }
    // The same room, as it was: seven votes, one of them by proxy.
    let taken = server.post(&live.path("ballots"), &live.token, &proper(1)).expect(201).json();
    assert_eq!((taken["version"].as_i64(), taken["findings"].as_array().map(Vec::len)), (Some(2), Some(0)), "{taken}");
    // On another item the seventh member votes: without him the roll call is not whole.
    server.post(&live.path("ballots"), &live.token, &proper(2)).problem(422, "contradiction");
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn an_irregularity_that_happened_is_kept_with_its_reason(#[case] engine: Engine) {
    let server = Server::empty(engine);
    // Nine in office, three of them there: the quorum is five.
    let entries: Vec<Value> = (1..=3).map(|n| json!({"person": format!("@person{n}@")})).collect();
    let live = Live::open(&server, 9, 1, &json!({"attendance": [{"status": "present", "voting_right": "voting", "entries": entries}]}));
    let mut ballot = live.roll_call(1, 1..=3, &[], &[]);
    let mut watch = server.database.watch();
    let answer = server.post(&live.path("ballots"), &live.token, &ballot);
    answer.problem(409, "acknowledgement-needed");
    assert_eq!(answer.json()["errors"][0]["code"], "quorum.not_met");
    assert!(answer.json()["detail"].as_str().unwrap().contains("`acknowledge`"), "it says what to do");
    ballot["acknowledge"] = json!([{"code": "quorum.not_met", "reason": "  "}]);
    server.post(&live.path("ballots"), &live.token, &ballot).problem(409, "acknowledgement-needed");
    assert!(watch.unchanged());

    ballot["acknowledge"] = json!([{"code": "quorum.not_met", "reason": "départ constaté pendant l'appel"}]);
    let taken = server.post(&live.path("ballots"), &live.token, &ballot).expect(201).json();
    let kept = taken["findings"].as_array().unwrap().iter().find(|f| f["code"] == "quorum.not_met").unwrap();
    assert_eq!((kept["severity"].as_str(), kept["computed"]["counted"].as_i64()), (Some("blocking"), Some(3)));
    let read = server.get(&live.path("ballots"), Some(&live.token)).expect(200).json();
    let acknowledged = &read["data"][0]["acknowledge"][0];
    assert_eq!((acknowledged["reason"].as_str(), acknowledged["by"].as_str()), (Some("départ constaté pendant l'appel"), Some("test")));
    assert!(acknowledged["at"].is_string());
}
