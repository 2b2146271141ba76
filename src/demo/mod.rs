//! The demonstration: the sitting of 7 July 2025 and its act N°2025-302, loaded through the use cases that the API calls.

use serde::Deserialize;

use crate::record::{Authority, Body, DeliberationRecord, Group, Id, Mandate, Person, Siren, SittingRecord, Visibility};
use crate::register::{Actor, Entry, Refusal, Register, Written};

/// The directory that the act needs.
#[derive(Deserialize)]
struct Directory {
    authority: Authority,
    bodies: Vec<Numbered<Body>>,
    groups: Vec<Numbered<Group>>,
    persons: Vec<Numbered<Person>>,
    mandates: Vec<Numbered<Mandate>>,
}

/// An entry under an identifier that never changes, so that loading twice changes nothing.
#[derive(Deserialize)]
struct Numbered<T> {
    id: Id,
    #[serde(flatten)]
    entry: T,
}

/// Why the demonstration cannot be loaded.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    #[error("the data of the demonstration cannot be read: {0}")]
    Data(#[from] serde_json::Error),
    #[error("the register refused the demonstration: {0:?}")]
    Refused(#[from] Refusal),
}

/// The identifier of the act.
pub const ACT: &str = "01977e51-0009-7000-8000-000000000302";
/// The identifier of the sitting.
pub const SITTING: &str = "01977e51-0005-7000-8000-000000000001";

/// The authority of the demonstration.
///
/// # Errors
/// [`DemoError::Data`].
pub fn authority() -> Result<Siren, DemoError> {
    Ok(directory()?.authority.siren)
}

fn directory() -> Result<Directory, DemoError> {
    Ok(serde_json::from_str(include_str!("directory.json"))?)
}

/// What is there already is left as it is.
fn unless_there(result: Result<Written, Refusal>) -> Result<(), DemoError> {
    match result {
        Ok(_) | Err(Refusal::Exists) => Ok(()),
        Err(other) => Err(other.into()),
    }
}

/// Loads the authority, its directory, the sitting and the act, and shows them to the public. Loading twice changes nothing.
///
/// # Errors
/// [`DemoError`].
pub fn load(register: &Register) -> Result<(), DemoError> {
    let directory = directory()?;
    let sitting: SittingRecord = serde_json::from_str(include_str!("sitting.json"))?;
    let act: DeliberationRecord = serde_json::from_str(include_str!("deliberation.json"))?;
    let actor = Actor { sub: "transcription".to_owned(), authority: directory.authority.siren.clone(), may_waive: false };
    unless_there(register.add_authority(&actor, None, &directory.authority))?;
    let bodies = directory.bodies.into_iter().map(|b| (b.id, Entry::Body(b.entry)));
    let groups = directory.groups.into_iter().map(|g| (g.id, Entry::Group(g.entry)));
    let persons = directory.persons.into_iter().map(|p| (p.id, Entry::Person(p.entry)));
    let mandates = directory.mandates.into_iter().map(|m| (m.id, Entry::Mandate(m.entry)));
    for (id, entry) in bodies.chain(groups).chain(persons).chain(mandates) {
        unless_there(register.add_entry(&actor, None, id, &entry))?;
    }
    let id = |text: &str| text.parse::<Id>().map_err(|_| Refusal::NotFound);
    unless_there(register.add_sitting(&actor, None, id(SITTING)?, sitting))?;
    unless_there(register.add_deliberation(&actor, None, id(ACT)?, act))?;
    register.show_sitting(&actor, id(SITTING)?, Visibility::Public)?;
    register.show_deliberation(&actor, id(ACT)?, Visibility::Public)?;
    Ok(())
}
