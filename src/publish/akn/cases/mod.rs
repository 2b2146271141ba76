//! Documents made from the act of the demonstration, from a sitting of another shape and from one written by hand, read back by another reader of
//! XML. `scripts/conformance-akn` holds such documents against the schema of the standard.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod by_hand;
mod demonstration;
mod hostile;
mod second_shape;

use std::collections::BTreeMap;

use roxmltree::{Document, Node};
use serde_json::{Value, json};

use super::{act, minutes};
use crate::publish::{ActOfSitting, ActReading, Cast, SittingReading, View, of_deliberation, of_sitting};
use crate::record::{DeliberationRecord, Group, Id, Person, SittingRecord, Visibility};

/// A sitting and its acts as they were sent, and the directory that they name.
struct Given {
    directory: Value,
    sitting: Value,
    acts: Vec<Value>,
}

fn read(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

fn demonstration() -> Given {
    Given {
        directory: read(include_str!("../../../demo/directory.json")),
        sitting: read(include_str!("../../../demo/sitting.json")),
        acts: vec![read(include_str!("../../../demo/deliberation.json"))],
    }
}

fn second_shape() -> Given {
    Given {
        directory: read(include_str!("../../../../tests/suite/fixtures/second_shape/directory.json")),
        sitting: read(include_str!("../../../../tests/suite/fixtures/second_shape/sitting.json")),
        acts: vec![
            read(include_str!("../../../../tests/suite/fixtures/second_shape/act_1.json")),
            read(include_str!("../../../../tests/suite/fixtures/second_shape/act_2.json")),
            read(include_str!("../../../../tests/suite/fixtures/second_shape/act_3.json")),
        ],
    }
}

/// An invented identifier: `kind` is what it is of.
fn id(kind: u32, number: u32) -> Id {
    format!("01977e53-{kind:04}-7000-8000-{number:012}").parse().unwrap()
}

impl Given {
    fn record(&self) -> SittingRecord {
        serde_json::from_value(self.sitting.clone()).unwrap()
    }

    fn cast(&self) -> Cast {
        let entries =
            |list: &str| self.directory[list].as_array().unwrap().iter().map(|entry| (entry["id"].as_str().unwrap().parse().unwrap(), entry));
        let persons: BTreeMap<Id, Person> = entries("persons").map(|(id, entry)| (id, serde_json::from_value(entry.clone()).unwrap())).collect();
        let groups: BTreeMap<Id, Group> = entries("groups").map(|(id, entry)| (id, serde_json::from_value(entry.clone()).unwrap())).collect();
        let body = entries("bodies").find(|(id, _)| *id == self.record().body).unwrap().1.clone();
        Cast {
            authority: serde_json::from_value(self.directory["authority"].clone()).unwrap(),
            body: serde_json::from_value(body).unwrap(),
            persons,
            groups,
            memberships: BTreeMap::new(),
        }
    }

    fn act(&self, place: usize, view: View) -> ActReading {
        let record: DeliberationRecord = serde_json::from_value(self.acts[place].clone()).unwrap();
        ActReading {
            id: id(9, u32::try_from(place).unwrap() + 1),
            number: record.number().map(str::to_owned),
            visibility: Visibility::Public,
            version: 3,
            modified_at: "2025-07-08T09:30:00Z".parse().unwrap(),
            view,
            ..ActReading::unfiled(of_deliberation(record, view), of_sitting(self.record(), view), self.cast())
        }
    }

    fn minutes(&self, view: View) -> SittingReading {
        let acts = (0..self.acts.len()).map(|place| self.act(place, view)).map(|act| ActOfSitting {
            id: act.id,
            record: act.record,
            number: act.number,
            workflow: act.workflow,
            visibility: act.visibility,
            modified_at: act.modified_at,
        });
        SittingReading {
            rooms: Vec::new(),
            id: id(5, 1),
            acts: acts.collect(),
            record: of_sitting(self.record(), view),
            cast: self.cast(),
            visibility: Visibility::Public,
            version: 1,
            modified_at: "2025-07-08T09:30:00Z".parse().unwrap(),
            findings: Vec::new(),
            unreconciled: Vec::new(),
            view,
        }
    }

    /// Every document that can be made of it, under a name.
    fn documents(&self, view: View) -> Vec<(String, String)> {
        let acts = (0..self.acts.len()).map(|place| (format!("act {place}, {view:?}"), written(act(&self.act(place, view)))));
        acts.chain([(format!("minutes, {view:?}"), written(minutes(&self.minutes(view))))]).collect()
    }
}

fn written(document: std::io::Result<Vec<u8>>) -> String {
    String::from_utf8(document.unwrap()).unwrap()
}

fn tree(text: &str) -> Document<'_> {
    Document::parse(text).unwrap()
}

/// The elements of a name, in the order of the document.
fn all<'a, 'input>(document: &'a Document<'input>, name: &'static str) -> Vec<Node<'a, 'input>> {
    document.descendants().filter(|node| node.tag_name().name() == name).collect()
}

/// What elements of a name say in an attribute.
fn said<'a>(document: &'a Document<'_>, name: &'static str, attribute: &str) -> Vec<&'a str> {
    all(document, name).into_iter().filter_map(|node| node.attribute(attribute)).collect()
}

/// All text in an element, the lines of the file left out.
fn text(node: Node) -> String {
    let texts = node.descendants().filter(Node::is_text).filter_map(|text| text.text());
    texts.filter(|text| !text.starts_with('\n')).collect()
}

fn texts(document: &Document, name: &'static str) -> Vec<String> {
    all(document, name).into_iter().map(text).collect()
}

/// The element under an identifier.
fn under<'a, 'input>(document: &'a Document<'input>, eid: &str) -> Node<'a, 'input> {
    document.descendants().find(|node| node.attribute("eId") == Some(eid)).unwrap_or_else(|| panic!("nothing is called {eid}"))
}

/// Counts in the metadata: what they count, and how many.
fn counts<'a>(voting: Node<'a, '_>) -> Vec<(&'a str, &'a str)> {
    voting
        .children()
        .filter(|node| node.has_tag_name(("http://docs.oasis-open.org/legaldocml/ns/akn/3.0", "count")))
        .map(|node| (node.attribute("refersTo").unwrap(), node.attribute("value").unwrap()))
        .collect()
}

/// Votes by name: who, what, in what role.
fn votes<'a>(node: Node<'a, '_>) -> Vec<(String, &'a str, Option<&'a str>)> {
    let votes = node.descendants().filter(|node| node.tag_name().name() == "vote");
    votes.map(|vote| (text(vote), vote.attribute("choice").unwrap(), vote.attribute("as"))).collect()
}

/// Cells of a table, row by row.
fn cells(table: Node) -> Vec<Vec<String>> {
    let rows = table.children().filter(|node| node.tag_name().name() == "tr");
    rows.map(|row| row.children().filter(Node::is_element).map(text).collect()).collect()
}

#[test]
fn identifiers_are_unique_and_every_reference_is_met() {
    for (name, given) in [("demonstration", demonstration()), ("second shape", second_shape()), ("by hand", by_hand::given())] {
        for (document, written) in View::ALL.into_iter().flat_map(|view| given.documents(view)) {
            let tree = tree(&written);
            let eids: Vec<&str> = tree.descendants().filter_map(|node| node.attribute("eId")).collect();
            let known: std::collections::BTreeSet<&str> = eids.iter().copied().collect();
            assert_eq!(known.len(), eids.len(), "{name}, {document}");
            let attributes = ["source", "refersTo", "by", "as", "choice", "outcome", "href", "dictionary"];
            let references = tree.descendants().flat_map(|node| attributes.into_iter().filter_map(move |attribute| node.attribute(attribute)));
            let local: Vec<&str> = references.flat_map(str::split_whitespace).filter_map(|reference| reference.strip_prefix('#')).collect();
            assert!(local.len() > 10, "{name}, {document}");
            for reference in local {
                assert!(known.contains(reference), "{name}, {document}: #{reference} is not met");
            }
        }
    }
}

#[test]
fn the_same_reading_gives_the_same_bytes() {
    for given in [demonstration(), second_shape(), by_hand::given()] {
        assert_eq!(given.documents(View::Public), given.documents(View::Public));
    }
}

/// A JSON object with some fields replaced.
fn with(mut record: Value, fields: Value) -> Value {
    record.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    record
}

/// A directory of one authority and one body, for records that are written by hand.
fn directory(body: Id, persons: Value, groups: Value) -> Value {
    json!({
        "authority": { "siren": "229900014", "name": "Ville de Sainte-Ombre", "kind": "municipality", "visibility": "public" },
        "bodies": [{ "id": body, "name": "Conseil municipal", "kind": "municipal_council", "visibility": "public" }],
        "persons": persons, "groups": groups,
    })
}
