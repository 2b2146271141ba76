//! A second real shape, as unlike the first as possible: what goes in through the API comes out unharmed.

use rstest::rstest;
use serde::Deserialize;
use serde_json::Value;

use crate::harness::world::{actor, id, of};
use crate::harness::{Engine, Server};
use registre::record::{Body, Group, Mandate, Person};
use registre::register::{Entry, Register};

const SIREN: &str = "229900014";
const SITTING: &str = "01977e52-0005-7000-8000-000000000001";
/// One ballot over three items; a secret election in two rounds.
const EN_BLOC: &str = "01977e52-0008-7000-8000-000000000004";
const SECRET: &str = "01977e52-0008-7000-8000-000000000005";

fn read(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

fn sitting() -> Value {
    read(include_str!("fixtures/second_shape/sitting.json"))
}

fn acts() -> [Value; 3] {
    [
        read(include_str!("fixtures/second_shape/act_1.json")),
        read(include_str!("fixtures/second_shape/act_2.json")),
        read(include_str!("fixtures/second_shape/act_3.json")),
    ]
}

#[derive(Deserialize)]
struct Numbered<T> {
    id: String,
    #[serde(flatten)]
    entry: T,
}

/// The directory goes in under the identifiers that the acts refer to: the API gives identifiers of its own.
fn load(register: &Register) {
    let directory = read(include_str!("fixtures/second_shape/directory.json"));
    let them = actor(SIREN);
    register.add_authority(&them, None, &of(directory["authority"].clone())).unwrap();
    let add = |entries: Vec<(String, Entry)>| {
        for (text, entry) in entries {
            register.add_entry(&them, None, id(&text), &entry).unwrap();
        }
    };
    add(of::<Vec<Numbered<Body>>>(directory["bodies"].clone()).into_iter().map(|b| (b.id, Entry::Body(b.entry))).collect());
    add(of::<Vec<Numbered<Group>>>(directory["groups"].clone()).into_iter().map(|g| (g.id, Entry::Group(g.entry))).collect());
    add(of::<Vec<Numbered<Person>>>(directory["persons"].clone()).into_iter().map(|p| (p.id, Entry::Person(p.entry))).collect());
    add(of::<Vec<Numbered<Mandate>>>(directory["mandates"].clone()).into_iter().map(|m| (m.id, Entry::Mandate(m.entry))).collect());
}

/// Where something sent is not what is read.
fn lost(sent: &Value, got: Option<&Value>, pointer: &str, found: &mut Vec<String>) {
    match (sent, got) {
        (Value::Object(sent), Some(Value::Object(got))) => {
            sent.iter().for_each(|(name, field)| lost(field, got.get(name), &format!("{pointer}/{name}"), found));
        }
        (Value::Array(sent), Some(Value::Array(got))) if sent.len() == got.len() => {
            sent.iter().zip(got).enumerate().for_each(|(i, (sent, got))| lost(sent, Some(got), &format!("{pointer}/{i}"), found));
        }
        (sent, Some(got)) if sent == got => {}
        (sent, got) => found.push(format!("{pointer}: {sent} is {got:?}")),
    }
}

#[track_caller]
fn assert_whole(sent: &Value, got: &Value) {
    let mut found = Vec::new();
    lost(sent, Some(got), "", &mut found);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// The service, a token, and the identifiers that it gave to the sitting and its acts.
struct Loaded {
    server: Server,
    token: String,
    sitting: String,
    acts: Vec<String>,
}

fn loaded(engine: Engine) -> Loaded {
    let server = Server::start(engine, load);
    let token = server.token(SIREN, "all");
    let posted = |path: &str, body: &Value| server.post(path, &token, body).expect(201).json()["id"].as_str().unwrap().to_owned();
    let sitting = posted("/v1/sittings", &sitting());
    let acts = acts().iter().map(|act| posted("/v1/deliberations", &in_sitting(act, &sitting))).collect();
    Loaded { server, token, sitting, acts }
}

fn in_sitting(act: &Value, sitting: &str) -> Value {
    let mut act = act.clone();
    assert_eq!(act["sitting"], SITTING);
    act["sitting"] = sitting.into();
    act
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn what_goes_in_comes_out(#[case] engine: Engine) {
    let Loaded { server, token, sitting: sitting_id, acts: act_ids } = loaded(engine);
    let read = |path: &str| server.get(path, Some(&token)).expect(200);

    let record = read(&format!("/v1/sittings/{sitting_id}/record"));
    assert_whole(&sitting(), &record.json());
    let mut answered = sitting();
    // The answer says more of the body than its identifier.
    let body = answered.as_object_mut().unwrap().remove("body").unwrap();
    let answer = read(&format!("/v1/sittings/{sitting_id}")).json();
    assert_whole(&answered, &answer);
    assert_eq!(answer["body"]["id"], body);
    let ballots = read(&format!("/v1/sittings/{sitting_id}/ballots")).json()["data"].clone();
    assert_eq!(ballots, record.json()["ballots"]);
    assert_eq!(read(&format!("/v1/sittings/{sitting_id}/timeline")).json()["data"], record.json()["timeline"]);
    assert_eq!(read(&format!("/v1/sittings/{sitting_id}/agenda")).json()["data"], record.json()["agenda"]);
    assert_eq!(read(&format!("/v1/sittings/{sitting_id}/attendance")).json()["lists"], record.json()["attendance"]);

    let ballot = |wanted: &str| ballots.as_array().unwrap().iter().find(|b| b["id"] == wanted).unwrap().clone();
    for (sent, act_id) in acts().iter().zip(&act_ids) {
        let sent = in_sitting(sent, &sitting_id);
        assert_whole(&sent, &read(&format!("/v1/deliberations/{act_id}/record")).json());
        let answer = read(&format!("/v1/deliberations/{act_id}")).json();
        let mut rest = sent.clone();
        rest.as_object_mut().unwrap().remove("sitting");
        assert_whole(&rest, &answer);
        assert_eq!(answer["sitting"]["id"], sitting_id.as_str());
        // Every ballot on the act's items, whole and under its identifier; no other.
        let items = sent["agenda_items"].as_array().unwrap();
        let covers = |b: &&Value| b["covers"].as_array().unwrap().iter().any(|item| items.contains(item));
        let expected: Vec<Value> = ballots.as_array().unwrap().iter().filter(covers).cloned().collect();
        assert_eq!(answer["ballots"], Value::from(expected));
        assert!(answer["ballots"].as_array().unwrap().contains(&ballot(EN_BLOC)), "the ballot over three acts");
    }
    let counts: Vec<usize> =
        act_ids.iter().map(|act| read(&format!("/v1/deliberations/{act}")).json()["ballots"].as_array().unwrap().len()).collect();
    assert_eq!(counts, [1, 2, 2]);
    assert_eq!(ballot(SECRET)["election"]["rounds"].as_array().unwrap().len(), 2);

    let numbered = read("/v1/deliberations?number=CD-2024-118").json();
    let mut found: Vec<&str> = numbered["data"].as_array().unwrap().iter().map(|line| line["id"].as_str().unwrap()).collect();
    found.sort_unstable();
    assert_eq!(found, act_ids[..2]);
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn what_was_read_and_is_sent_back_changes_nothing(#[case] engine: Engine) {
    let Loaded { server, token, sitting, acts } = loaded(engine);
    for path in std::iter::once(format!("/v1/sittings/{sitting}/record")).chain(acts.iter().map(|act| format!("/v1/deliberations/{act}/record"))) {
        let record = server.get(&path, Some(&token)).expect(200);
        let mut watch = server.database.watch();
        let again = server.put(&path, &token, record.header("etag"), &record.json()).expect(200);
        assert_eq!(again.header("etag"), record.header("etag"), "{path}");
        assert_eq!(again.json()["version"], 1, "{path}");
        assert!(watch.unchanged(), "{path}");
        assert_eq!(server.get(&path, Some(&token)).text, record.text, "{path}");
    }
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn a_secret_ballot_leaves_nobody_in_the_index(#[case] engine: Engine) {
    let Loaded { server, .. } = loaded(engine);
    let count = |what: &str| server.database.number(&format!("SELECT count(*) AS number FROM {what}"));
    assert_eq!(count(&format!("ballot_rows WHERE ballot = '{SECRET}'")), 1);
    assert_eq!(count(&format!("vote_rows WHERE ballot = '{SECRET}'")), 0);
    assert_eq!(count(&format!("tally_rows WHERE ballot = '{SECRET}' AND (person IS NOT NULL OR political_group IS NOT NULL)")), 0);
    // Those who voted openly are there, or the lines above would prove nothing.
    assert!(count("vote_rows") > 0 && count("tally_rows WHERE person IS NOT NULL") > 0);
}
