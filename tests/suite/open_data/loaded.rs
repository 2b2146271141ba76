//! An invented authority whose acts fill every file, beside that of the demonstration.

use serde::Deserialize;
use serde_json::Value;

use crate::harness::world::{actor, id, of};
use crate::harness::{Engine, Server};
use registre::record::{Body, Group, Mandate, Person, Visibility};
use registre::register::{Entry, Register};

pub const SIREN: &str = "229900204";
/// What the one act that is not public is called.
pub const INTERNAL: &str = "Affaire non publique";
/// Her SIRET is not printed, and she is a natural person.
pub const NATURAL: &str = "GARDEFEU";

pub fn world() -> Value {
    serde_json::from_str(include_str!("../fixtures/open_data/world.json")).unwrap()
}

#[derive(Deserialize)]
struct Numbered<T> {
    id: String,
    #[serde(flatten)]
    entry: T,
}

pub fn load(register: &Register) {
    let world = world();
    let them = actor(SIREN);
    register.add_authority(&them, None, &of(world["authority"].clone())).unwrap();
    let add = |entries: Vec<(String, Entry)>| {
        for (text, entry) in entries {
            register.add_entry(&them, None, id(&text), &entry).unwrap();
        }
    };
    add(of::<Vec<Numbered<Body>>>(world["bodies"].clone()).into_iter().map(|b| (b.id, Entry::Body(b.entry))).collect());
    add(of::<Vec<Numbered<Group>>>(world["groups"].clone()).into_iter().map(|g| (g.id, Entry::Group(g.entry))).collect());
    add(of::<Vec<Numbered<Person>>>(world["persons"].clone()).into_iter().map(|p| (p.id, Entry::Person(p.entry))).collect());
    add(of::<Vec<Numbered<Mandate>>>(world["mandates"].clone()).into_iter().map(|m| (m.id, Entry::Mandate(m.entry))).collect());
    let sitting = id(world["sitting"]["id"].as_str().unwrap());
    register.add_sitting(&them, None, sitting, of(world["sitting"]["record"].clone())).unwrap();
    register.show_sitting(&them, sitting, Visibility::Public).unwrap();
    for act in world["acts"].as_array().unwrap() {
        let number = id(act["id"].as_str().unwrap());
        register.add_deliberation(&them, None, number, of(act["record"].clone())).unwrap();
        if act["public"] == true {
            register.show_deliberation(&them, number, Visibility::Public).unwrap();
        }
    }
}

/// Both authorities.
pub fn server(engine: Engine) -> Server {
    Server::start(engine, |register| {
        registre::demo::load(register).unwrap();
        load(register);
    })
}

/// The rows of a table under its header.
pub fn table(text: &str) -> (Vec<String>, Vec<Vec<String>>) {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let line = |record: &csv::StringRecord| record.iter().map(str::to_owned).collect::<Vec<_>>();
    let header = line(reader.headers().unwrap());
    (header, reader.records().map(|record| line(&record.unwrap())).collect())
}
