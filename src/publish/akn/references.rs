//! Whom and what a document names, each listed once in its metadata (TLC, top level classes) and pointed to from the text.

use std::collections::BTreeMap;

use super::element::Element;
use crate::publish::{Cast, View};
use crate::record::{Id, Person, PersonRef, Visibility};

/// What is named so far. Numbers follow the order in which the document names its people and groups.
pub struct References<'a> {
    cast: &'a Cast,
    body: Id,
    view: View,
    /// Name of the work: one who is in no directory is named after the place where this work names them, and is nobody anywhere else.
    work: String,
    persons: Listed,
    groups: Listed,
    terms: BTreeMap<(Class, &'static str), &'static str>,
    works: Vec<Element>,
}

/// Entries of one class: known by their identifier in the directory, or else by how they are printed.
#[derive(Default)]
struct Listed {
    entries: Vec<(String, String)>,
    known: BTreeMap<(Option<Id>, Option<String>), usize>,
}

impl Listed {
    /// The number of an entry, from 1, which is listed if it is new.
    fn number(&mut self, id: Option<Id>, shown: &str, entry: impl FnOnce(usize) -> (String, String)) -> usize {
        let key = (id, id.is_none().then(|| shown.to_owned()));
        if let Some(number) = self.known.get(&key) {
            return *number;
        }
        let number = self.entries.len() + 1;
        self.entries.push(entry(number));
        self.known.insert(key, number);
        number
    }
}

/// A class of terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    Role,
    Concept,
    Event,
    /// A nomenclature whose codes are used.
    Nomenclature,
}

impl Class {
    const fn element(self) -> &'static str {
        match self {
            Self::Role => "TLCRole",
            Self::Concept => "TLCConcept",
            Self::Event => "TLCEvent",
            Self::Nomenclature => "TLCReference",
        }
    }

    const fn folder(self) -> &'static str {
        match self {
            Self::Role => "role",
            Self::Concept => "concept",
            Self::Event => "event",
            Self::Nomenclature => "nomenclature",
        }
    }
}

/// Someone or something named: where it is listed, and how it is printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// `#person_1`
    pub at: String,
    pub shown: String,
}

impl<'a> References<'a> {
    /// `work`: its name; `body`: the identifier of the body.
    pub fn new(cast: &'a Cast, body: Id, view: View, work: &str) -> Self {
        let (persons, groups) = (Listed::default(), Listed::default());
        Self { cast, body, view, work: work.to_owned(), persons, groups, terms: BTreeMap::new(), works: Vec::new() }
    }

    /// A person as printed; null where the record gives no name of any kind.
    pub fn person(&mut self, person: &PersonRef) -> Option<Named> {
        let entry = person.person.and_then(|id| self.cast.persons.get(&id));
        // Of one whom the public is not shown, it sees what is printed and no more.
        let entry = entry.filter(|entry| self.view != View::Public || entry.visibility == Visibility::Public);
        let shown = printed(person).or_else(|| entry.map(full_name)).or_else(|| person.office.clone())?;
        let work = &self.work;
        let number = self.persons.number(person.person, &shown, |number| {
            let href = person.person.map_or_else(|| format!("{work}#person_{number}"), |id| format!("/akn/ontology/person/fr/{id}"));
            (href, entry.map_or_else(|| shown.clone(), full_name))
        });
        Some(Named { at: format!("#person_{number}"), shown })
    }

    /// A person in the text.
    pub fn person_inline(&mut self, person: &PersonRef, role: Option<&str>) -> Option<Element> {
        let named = self.person(person)?;
        Some(Element::line("person").with("refersTo", named.at).with_some("as", role).text(&named.shown))
    }

    /// A printed text in which a person is named: the name is marked where it is found, the paragraph where it is not.
    pub fn naming(&mut self, text: &str, person: &PersonRef, role: Option<&str>) -> Element {
        let Some(named) = self.person(person) else { return Element::p(text) };
        let found = text.split_once(named.shown.as_str()).filter(|_| !named.shown.is_empty());
        match (found, self.person_inline(person, role)) {
            (Some((before, after)), Some(inline)) => Element::line("p").text(before).child(inline).text(after),
            _ => Element::line("p").with("refersTo", named.at).text(text),
        }
    }

    /// A group as printed, or else by its name in the directory; null where neither is known.
    pub fn group(&mut self, id: Option<Id>, printed: Option<&str>) -> Option<Named> {
        let entry = id.and_then(|id| self.cast.groups.get(&id));
        let entry = entry.filter(|entry| self.view != View::Public || entry.visibility == Visibility::Public);
        let shown = printed.map(str::to_owned).or_else(|| entry.map(|group| group.name.clone()))?;
        let work = &self.work;
        let number = self.groups.number(id, &shown, |number| {
            let href = id.map_or_else(|| format!("{work}#group_{number}"), |id| format!("/akn/ontology/organization/fr/{id}"));
            (href, entry.map_or_else(|| shown.clone(), |group| group.name.clone()))
        });
        Some(Named { at: format!("#group_{number}"), shown })
    }

    /// A term, by the name under which it is listed.
    pub fn term(&mut self, class: Class, name: &'static str, shown: &'static str) -> String {
        self.terms.insert((class, name), shown);
        format!("#{name}")
    }

    /// Another act that changes this one.
    pub fn changed_by(&mut self, href: &str, shown: &str) {
        let number = self.works.len() + 1;
        self.works.push(Element::new("passiveRef").with("eId", format!("ref_{number}")).with("href", href).with("showAs", shown));
    }

    /// All that was named, as the metadata list it.
    pub fn listed(self) -> Element {
        let authority = &self.cast.authority;
        let organization = |eid: String, href: &str, shown: &str| listed("TLCOrganization", eid, href, shown);
        let siren = format!("/akn/ontology/organization/fr/{}", authority.siren);
        let body = format!("/akn/ontology/organization/fr/{}", self.body);
        let numbered = |element: &'static str, kind: &'static str, entries: Vec<(String, String)>| {
            let place = entries.into_iter().enumerate();
            place.map(move |(i, (href, shown))| listed(element, format!("{kind}_{}", i + 1), &href, &shown))
        };
        Element::new("references")
            .with("source", SOURCE)
            .children(self.works)
            .child(organization("authority".to_owned(), &siren, &authority.name))
            .child(organization("body".to_owned(), &body, &self.cast.body.name))
            .children(numbered("TLCOrganization", "group", self.groups.entries))
            .children(numbered("TLCPerson", "person", self.persons.entries))
            .children(self.terms.into_iter().map(|((class, name), shown)| {
                let term = listed(class.element(), name.to_owned(), &format!("/akn/ontology/{}/fr/{name}", class.folder()), shown);
                // The schema wants to know what a reference of no other class is.
                term.with_some("name", (class == Class::Nomenclature).then_some("nomenclature"))
            }))
    }
}

/// Who says what the metadata say: the authority.
pub const SOURCE: &str = "#authority";

fn listed(element: &'static str, eid: String, href: &str, shown: &str) -> Element {
    Element::new(element).with("eId", eid).with("href", href).with("showAs", shown)
}

/// A name as the record prints it.
fn printed(person: &PersonRef) -> Option<String> {
    let parts = || joined([person.civility.as_deref(), person.given_name.as_deref(), person.family_name.as_deref()]);
    person.printed.clone().or_else(parts).filter(|name| !name.trim().is_empty())
}

fn full_name(person: &Person) -> String {
    joined([person.given_name.as_deref(), Some(person.family_name.as_str())]).unwrap_or_default()
}

fn joined<const N: usize>(parts: [Option<&str>; N]) -> Option<String> {
    let known: Vec<&str> = parts.into_iter().flatten().collect();
    (!known.is_empty()).then(|| known.join(" "))
}
