//! Groups that vote by one voice, recorded live: expanded to their members, dissenters apart, and told beside what is declared.

use rstest::rstest;
use serde_json::{Value, json};

use super::{Live, SIREN, uuid};
use crate::harness::{Engine, Server};

/// Nine members: 1 to 4 in group A (4 is excused and represented by 5), 5 to 7 in group B (7 stands aside on item 1), 8 of no group, 9 absent, of A.
struct Room<'a> {
    live: Live<'a>,
    a: String,
    b: String,
}

fn room(server: &Server) -> Room<'_> {
    let list = |status: &str, numbers: &[usize]| {
        let entries: Vec<Value> = numbers.iter().map(|n| json!({"person": format!("@person{n}@")})).collect();
        json!({"status": status, "voting_right": "voting", "entries": entries})
    };
    let more = json!({
        "attendance": [list("present", &[1, 2, 3, 5, 6, 7, 8]), list("excused", &[4]), list("absent", &[9])],
        "proxies": [{"giver": {"person": "@person4@"}, "holder": {"person": "@person5@"}}],
        "recusals": [{"id": uuid(), "person": {"person": "@person7@"}, "covers": ["@item1@"], "kind": "interest"}],
    });
    let live = Live::open(server, 9, 3, &more);
    let token = server.token(SIREN, "all");
    let add = |path: &str, body: Value| server.post(path, &token, &body).expect(201).json()["id"].as_str().unwrap().to_owned();
    let (a, b) = (add("/v1/groups", json!({"name": "Groupe A"})), add("/v1/groups", json!({"name": "Groupe B, et autres"})));
    let body = server.get(&format!("/v1/sittings/{}", live.id), Some(&token)).expect(200).json()["body"]["id"].clone();
    for n in 1..=9 {
        let group = match n {
            1..=4 | 9 => json!({"affiliation": "group", "group": a}),
            5..=7 => json!({"affiliation": "group", "group": b}),
            _ => json!({"affiliation": "non_affiliated"}),
        };
        let mut mandate = json!({"person": live.people[n - 1], "body": body, "role": "member", "voting_right": "voting"});
        mandate.as_object_mut().unwrap().extend(group.as_object().unwrap().clone());
        add("/v1/mandates", mandate);
    }
    // Member 2 was of group B until the day before: a vote is counted by the group of its day.
    add("/v1/mandates", json!({"person": live.people[1], "body": body, "affiliation": "group", "group": b, "valid_to": "2025-09-14"}));
    Room { live, a, b }
}

impl Room<'_> {
    fn person(&self, n: usize) -> Value {
        json!({"person": self.live.people[n - 1]})
    }

    fn ballot(&self, item: usize, votes: &Value, roll_call: &Value) -> Value {
        json!({"id": uuid(), "covers": [self.live.items[item - 1]], "mode": "show_of_hands", "group_votes": votes, "roll_call": roll_call, "outcome": "adopted"})
    }

    fn number(&self, person: &Value) -> usize {
        self.live.people.iter().position(|p| person["person"] == json!(p)).unwrap() + 1
    }
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn a_group_votes_for_its_voters(#[case] engine: Engine) {
    let server = Server::empty(engine);
    let room = room(&server);
    let live = &room.live;
    let dissenter = json!([{"person": room.person(3), "option": "abstention"}]);
    let votes = json!([
        {"group": room.a, "option": "for", "dissenters": dissenter, "dissenters_asked": true},
        {"group": room.b, "option": "against", "dissenters_asked": true},
    ]);
    let ballot = room.ballot(1, &votes, &json!([{"person": room.person(8), "option": "for"}]));
    server.post(&live.path("ballots"), &live.token, &ballot).expect(201);

    let path = live.path(&format!("ballots/{}", ballot["id"].as_str().unwrap()));
    let reading = server.get(&path, Some(&live.token)).expect(200).json();
    let line = |l: &Value| {
        let holder = if l["by_proxy"].is_null() { 0 } else { room.number(&l["by_proxy"]) };
        (room.number(&l["person"]), l["option"].as_str().unwrap().to_owned(), l["basis"].as_str().unwrap().to_owned(), holder)
    };
    let mut lines: Vec<_> = reading["ballot"]["roll_call"].as_array().unwrap().iter().map(line).collect();
    lines.sort();
    let expected = [
        (1, "for", "group", 0),
        (2, "for", "group", 0),
        (3, "abstention", "person", 0),
        (4, "for", "group", 5),
        (5, "against", "group", 0),
        (6, "against", "group", 0),
        (8, "for", "person", 0),
    ];
    assert_eq!(lines, expected.map(|(n, o, b, h)| (n, o.to_owned(), b.to_owned(), h)), "7 stands aside, 9 is absent and not represented");

    // 1, 2, 4 and 8 for; 5 and 6 against; 3 abstains.
    let counts: Vec<_> = reading["ballot"]["options"].as_array().unwrap().iter().map(|t| (t["option"].clone(), t["count"].clone())).collect();
    let counted = [("for", 4), ("against", 2), ("abstention", 1), ("not_voting", 0)];
    assert_eq!(counts, counted.map(|(o, n)| (json!(o), json!(n))));
    assert_eq!((&reading["outcome"]["verdict"], &reading["outcome"]["votes_cast"]), (&json!("adopted"), &json!(6)));
    assert_eq!(reading["ballot"]["electorate"], json!({"present": 6, "represented": 1, "recused": 1, "voters": 7, "quorum": 7}));

    // By the group of the day: A has three for and one abstention, B two against, one voter is of none.
    let of = |name: &Value| -> Vec<(Value, Value)> {
        let group = reading["groups"]["groups"].as_array().unwrap().iter().find(|g| g["of"]["name"] == *name).unwrap();
        group["options"].as_array().unwrap().iter().filter(|o| o["derived"] != 0).map(|o| (o["option"].clone(), o["derived"].clone())).collect()
    };
    assert_eq!(of(&json!("Groupe A")), [(json!("for"), json!(3)), (json!("abstention"), json!(1))]);
    assert_eq!(of(&json!("Groupe B, et autres")), [(json!("against"), json!(2))]);
    assert_eq!(of(&Value::Null), [(json!("for"), json!(1))]);
    assert_eq!(reading["groups"]["gaps"], json!([]));

    // Sent back as it was read, the record is the same.
    let record = server.get(&live.path("record"), Some(&live.token)).expect(200);
    let before = record.json();
    server.put(&live.path("record"), &live.token, record.header("etag"), &before).expect(200);
    assert_eq!(server.get(&live.path("record"), Some(&live.token)).expect(200).json(), before);
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn a_group_vote_that_cannot_be_is_refused(#[case] engine: Engine) {
    let server = Server::empty(engine);
    let room = room(&server);
    let live = &room.live;
    let vote =
        |group: &str, dissenters: Value, asked: bool| json!([{"group": group, "option": "for", "dissenters": dissenters, "dissenters_asked": asked}]);
    let dissents = |n: usize| json!([{"person": room.person(n), "option": "against"}]);
    let unknown = uuid();
    let secret = {
        let mut ballot = room.ballot(1, &vote(&room.a, json!([]), true), &Value::Null);
        ballot["mode"] = json!("secret");
        ballot
    };
    let refused = [
        ("nobody asked", room.ballot(1, &vote(&room.a, json!([]), false), &Value::Null), "dissenters_not_asked", "/group_votes/0"),
        ("of another group", room.ballot(1, &vote(&room.a, dissents(5), true), &Value::Null), "dissenter_not_voter", "/group_votes/0"),
        ("stands aside", room.ballot(1, &vote(&room.b, dissents(7), true), &Value::Null), "dissenter_not_voter", "/group_votes/0"),
        ("is absent", room.ballot(1, &vote(&room.a, dissents(9), true), &Value::Null), "dissenter_not_voter", "/group_votes/0"),
        ("no such group", room.ballot(1, &vote(&unknown, json!([]), true), &Value::Null), "unknown_group", "/group_votes/0/group"),
        (
            "of a group that did not vote",
            room.ballot(1, &json!([]), &json!([{"person": room.person(1), "option": "for", "basis": "group"}])),
            "group_basis",
            "/roll_call/0/basis",
        ),
        ("a secret ballot", secret, "secret_position", "/group_votes"),
        (
            "in the group and in person",
            room.ballot(1, &vote(&room.a, json!([]), true), &json!([{"person": room.person(1), "option": "against"}])),
            "two_positions",
            "/roll_call/1",
        ),
    ];
    let mut watch = server.database.watch();
    for (name, ballot, code, pointer) in refused {
        let answer = server.post(&live.path("ballots"), &live.token, &ballot).expect(422).json();
        assert_eq!((&answer["errors"][0]["code"], &answer["errors"][0]["pointer"]), (&json!(code), &json!(pointer)), "{name}: {answer}");
        assert!(watch.unchanged(), "{name}");
    }

    // With anyone attending remotely everyone votes by name.
    let connected =
        json!({"id": uuid(), "kind": "remote_connection", "person": room.person(9), "moment": {"item": live.items[1], "anchor": "before"}});
    server.post(&live.path("timeline"), &live.token, &connected).expect(201);
    let answer = server.post(&live.path("ballots"), &live.token, &room.ballot(2, &vote(&room.a, json!([]), true), &Value::Null)).expect(422).json();
    assert_eq!(answer["errors"][0]["code"], "remote_attendance");
}
