//! Persons as a paper names them, with the way to their page where anyone may read it.

use serde::Serialize;

use super::address;
use crate::publish::Cast;
use crate::record::names::person_of;
use crate::record::{AttendanceEntry, Id, Person, PersonRef, Visibility};

/// A name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Name {
    pub text: String,
    /// None: the directory does not show the person.
    pub href: Option<String>,
}

/// A person of the directory: "Mme Odile VERDAVAINE".
pub fn of_person(person: &Person) -> String {
    let parts = [person.civility.as_deref(), person.given_name.as_deref(), Some(person.family_name.as_str())];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

fn href(cast: &Cast, id: Option<Id>) -> Option<String> {
    let id = id?;
    (cast.persons.get(&id)?.visibility == Visibility::Public).then(|| address::member(id))
}

fn joined(parts: [Option<&str>; 3]) -> Option<String> {
    let text = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

/// What is printed comes first; the directory says what the paper does not.
pub fn of_ref(cast: &Cast, person: &PersonRef) -> Name {
    let printed = person.printed.clone().filter(|text| !text.trim().is_empty());
    let parts = || joined([person.civility.as_deref(), person.given_name.as_deref(), person.family_name.as_deref()]);
    let known = || Some(of_person(cast.persons.get(&person.person?).filter(|known| known.visibility == Visibility::Public)?));
    let text = printed.or_else(parts).or_else(known).or_else(|| person.office.clone()).unwrap_or_else(|| "personne non nommée".to_owned());
    Name { text, href: href(cast, person.person) }
}

/// A line of a list of attendance.
pub fn of_entry(cast: &Cast, entry: &AttendanceEntry) -> Name {
    of_ref(cast, &person_of(entry))
}
