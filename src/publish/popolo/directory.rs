//! Persons, organizations and memberships.

use serde_json::{Value, json};

use super::known;
use crate::record::{Authority, Body, Group, Id, Mandate, MandateRole, Person};

/// A person. Nothing is said of gender: a civility is an honorific.
pub fn person(id: Id, person: &Person) -> Value {
    let (given, family) = (person.given_name.as_deref(), person.family_name.as_str());
    let name: Vec<&str> = given.into_iter().chain([family]).collect();
    let sort_name: Vec<&str> = std::iter::once(family).chain(given).collect();
    known(json!({
        "id": id,
        "name": name.join(" "),
        "family_name": person.family_name,
        "given_name": person.given_name,
        "honorific_prefix": person.civility,
        "sort_name": sort_name.join(" "),
        "other_names": person.aliases.iter().map(|alias| json!({ "name": alias })).collect::<Vec<_>>(),
    }))
}

/// An authority, under its SIREN.
pub fn authority(authority: &Authority) -> Value {
    let siret = super::super::public_act::siret_of(authority).map(|siret| json!({ "scheme": "SIRET", "identifier": siret }));
    let siren = json!({ "scheme": "SIREN", "identifier": authority.siren });
    known(json!({
        "id": authority.siren,
        "name": authority.name,
        "classification": authority.kind,
        "identifiers": std::iter::once(siren).chain(siret).collect::<Vec<_>>(),
    }))
}

/// A body. `parent`: what it is under, if that is public.
pub fn body(id: Id, body: &Body, parent: Option<&str>) -> Value {
    known(json!({
        "id": id,
        "name": body.name,
        "classification": body.kind,
        "parent_id": parent,
        "founding_date": body.valid_from,
        "dissolution_date": body.valid_to,
    }))
}

/// A political group.
pub fn group(id: Id, group: &Group, parent: Option<&str>) -> Value {
    known(json!({
        "id": id,
        "name": group.name,
        "other_names": group.short_name.iter().map(|name| json!({ "name": name })).collect::<Vec<_>>(),
        "classification": "group",
        "parent_id": parent,
        "founding_date": group.valid_from,
        "dissolution_date": group.valid_to,
    }))
}

/// A mandate: who sits in which body, and on behalf of which group.
pub fn membership(id: Id, mandate: &Mandate) -> Value {
    known(json!({
        "id": id,
        "person_id": mandate.person,
        "organization_id": mandate.body,
        "on_behalf_of_id": mandate.group,
        "role": Some(mandate.role).filter(|role| *role != MandateRole::Unstated),
        "start_date": mandate.valid_from,
        "end_date": mandate.valid_to,
    }))
}
