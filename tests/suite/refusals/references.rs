//! References to what is not there, or to another authority's.

use serde_json::{Value, json};

use super::row::{Row, act, all, row, sitting, with};
use crate::harness::Server;
use crate::harness::world::{BODY, GROUP, ITEM, LIVE, LIVE_EVENT, LIVE_ITEM, PERSON, neighbour};

const UNKNOWN: &str = "01977e53-ffff-7000-8000-000000000001";
const ONE: &str = "01977e53-0008-7000-8000-0000000000a1";
const TWO: &str = "01977e53-0008-7000-8000-0000000000a2";

pub fn rows(server: &Server) -> Vec<Row> {
    let token = all(server);
    let to = |name, path: String, body: &Value| row(name, "POST", path).by(&token).json(body).gives(422, "invalid-field");
    let acts = |name, field: &str, content: Value| to(name, "/v1/deliberations".to_owned(), &with(act(), field, content));
    let sittings = |name, field: &str, content: Value| to(name, "/v1/sittings".to_owned(), &with(sitting(), field, content));
    let agenda = |field: &str, content: Value| with(with(sitting(), "agenda", json!([{"id": ITEM}])), field, content);
    let with_agenda = |name, field: &str, content: Value| to(name, "/v1/sittings".to_owned(), &agenda(field, content));
    let mandates = |name, body: &Value| to(name, "/v1/mandates".to_owned(), body);
    let events = |name, body: &Value| to(name, format!("/v1/sittings/{LIVE}/timeline"), body);
    let ballots = |name, body: &Value| to(name, format!("/v1/sittings/{LIVE}/ballots"), body);
    let ballot = |field: &str, content: Value| with(json!({"id": ONE, "covers": [LIVE_ITEM]}), field, content);
    vec![
        acts("a sitting that is not there", "sitting", json!(UNKNOWN)).at(&["/sitting"]),
        acts("an item that the sitting lacks", "agenda_items", json!([ITEM, UNKNOWN])).at(&["/agenda_items/1"]),
        acts("an item of another sitting", "agenda_items", json!([LIVE_ITEM])).at(&["/agenda_items/0"]),
        acts("an item twice", "agenda_items", json!([ITEM, ITEM])).at(&["/agenda_items/1"]),
        acts("a signatory who is not there", "signatures", json!([{"signatory": {"person": UNKNOWN}}])).at(&["/signatures/0/signatory/person"]),
        acts("a rapporteur of another authority", "report", json!({"rapporteurs": [{"person": neighbour::PERSON}]}))
            .at(&["/report/rapporteurs/0/person"]),
        acts("a committee that is not there", "report", json!({"opinions": [{"body": UNKNOWN}]})).at(&["/report/opinions/0/body"]),
        sittings("a body that is not there", "body", json!(UNKNOWN)).at(&["/body"]),
        sittings("another authority's body", "body", json!(neighbour::BODY)).at(&["/body"]),
        sittings("a person for a body", "body", json!(PERSON)).at(&["/body"]),
        sittings(
            "a person of another authority among those present",
            "attendance",
            json!([{"status": "present", "voting_right": "voting", "entries": [{"person": PERSON}, {"person": neighbour::PERSON}]}]),
        )
        .at(&["/attendance/0/entries/1/person"]),
        sittings("a body for a person", "chairs", json!([{"person": {"person": BODY}}])).at(&["/chairs/0/person/person"]),
        sittings(
            "a list about an item that is not on the agenda",
            "attendance",
            json!([{"status": "present", "voting_right": "voting", "covers": [ITEM]}]),
        )
        .at(&["/attendance/0/covers/0"]),
        sittings("a proxy until an item that is not there", "proxies", json!([{"giver": {}, "until": {"item": ITEM}}]))
            .at(&["/proxies/0/until/item"]),
        sittings("a recusal for an item that is not there", "recusals", json!([{"id": ONE, "covers": [ITEM]}])).at(&["/recusals/0/covers/0"]),
        sittings("a part that the sitting has not", "chairs", json!([{"person": {}, "part": 2}])).at(&["/chairs/0/part"]),
        sittings("the part 0", "secretaries", json!([{"part": 0}])).at(&["/secretaries/0/part"]),
        sittings("an item that is its own parent", "agenda", json!([{"id": ITEM, "parent": ITEM}])).at(&["/agenda/0/parent"]),
        sittings("a parent that is not there", "agenda", json!([{"id": ITEM, "parent": UNKNOWN}])).at(&["/agenda/0/parent"]),
        sittings("two items with one identifier", "agenda", json!([{"id": ITEM}, {"id": ITEM}])).at(&["/agenda/1/id"]),
        with_agenda("a ballot with the identifier of an item", "ballots", json!([{"id": ITEM, "covers": [ITEM]}])).at(&["/ballots/0/id"]),
        with_agenda("two ballots with one identifier", "ballots", json!([{"id": ONE, "covers": [ITEM]}, {"id": ONE, "covers": [ITEM]}]))
            .at(&["/ballots/1/id"]),
        with_agenda("the same vote as itself", "ballots", json!([{"id": ONE, "covers": [ITEM], "same_vote_as": ONE}]))
            .at(&["/ballots/0/same_vote_as"]),
        with_agenda("the same vote as one that is not there", "ballots", json!([{"id": ONE, "covers": [ITEM], "same_vote_as": TWO}]))
            .at(&["/ballots/0/same_vote_as"]),
        events("an event with an identifier that is used", &json!({"id": LIVE_EVENT, "kind": "arrival"})).at(&["/id"]),
        events("an event at an item that is not there", &json!({"id": ONE, "kind": "arrival", "moment": {"item": ITEM}})).at(&["/moment/item"]),
        events("the arrival of another authority's member", &json!({"id": ONE, "kind": "arrival", "person": {"person": neighbour::PERSON}}))
            .at(&["/person/person"]),
        ballots("a ballot that covers nothing", &ballot("covers", json!([]))).at(&["/covers"]),
        ballots("a ballot on an item that is not there", &ballot("covers", json!([LIVE_ITEM, ITEM]))).at(&["/covers/1"]),
        ballots("a ballot with an identifier that is used", &ballot("id", json!(LIVE_ITEM))).at(&["/id"]),
        ballots("an option twice", &ballot("options", json!([{"option": "for"}, {"option": "for"}]))).at(&["/options/1/option"]),
        ballots(
            "another authority's group behind a count",
            &ballot(
                "options",
                json!([{"option": "for", "entries": [{"kind": "group", "group": GROUP}, {"kind": "group", "group": neighbour::GROUP}]}]),
            ),
        )
        .at(&["/options/0/entries/1/group"]),
        ballots("a stranger behind a count", &ballot("options", json!([{"option": "for", "entries": [{"kind": "person", "person": UNKNOWN}]}])))
            .at(&["/options/0/entries/0/person"]),
        ballots(
            "an exception who is not there",
            &ballot("options", json!([{"option": "for", "entries": [{"kind": "group", "exceptions": [{"person": UNKNOWN}]}]}])),
        )
        .at(&["/options/0/entries/0/exceptions/0/person"]),
        ballots(
            "a secret ballot with a roll call",
            &with(ballot("mode", json!("secret")), "roll_call", json!([{"person": {"person": PERSON}, "option": "for"}])),
        )
        .at(&["/roll_call"]),
        ballots("a secret ballot with an empty roll call", &with(ballot("mode", json!("secret")), "roll_call", json!([]))).at(&["/roll_call"]),
        ballots(
            "a secret ballot with names behind a count",
            &with(
                ballot("mode", json!("secret")),
                "options",
                json!([{"option": "for", "count": 1, "entries": [{"kind": "person", "person": PERSON}]}]),
            ),
        )
        .at(&["/options/0/entries"]),
        ballots("a reason for a vote that was cast", &ballot("roll_call", json!([{"person": {}, "option": "for", "reason": "recused"}])))
            .at(&["/roll_call/0/reason"]),
        ballots("an election without candidates' part", &ballot("kind", json!("election"))).at(&["/election"]),
        ballots("an election's part without an election", &ballot("election", json!({}))).at(&["/election"]),
        mandates("a mandate of nobody", &json!({"person": UNKNOWN, "body": BODY})).at(&["/person"]),
        mandates("a mandate of another authority's person", &json!({"person": neighbour::PERSON, "body": BODY})).at(&["/person"]),
        mandates("a mandate in another authority's body", &json!({"person": PERSON, "body": neighbour::BODY})).at(&["/body"]),
        mandates("a group without being of one", &json!({"person": PERSON, "body": BODY, "group": GROUP})).at(&["/group"]),
        mandates("a substitute of nobody", &json!({"person": PERSON, "body": BODY, "substitute_of": UNKNOWN})).at(&["/substitute_of"]),
        to("a parent body of another authority", "/v1/bodies".to_owned(), &json!({"name": "X", "kind": "committee", "parent": neighbour::BODY}))
            .at(&["/parent"]),
    ]
}
