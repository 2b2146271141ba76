//! The people and the groups that records name, found by the form of what names one: an object with `printed` and `person`.

use std::collections::HashMap;

use serde_json::Value;

use super::known::Day;
use super::local::of_person;
use super::{GroupMatch, NewPerson, PersonCandidate, PersonMatch};
use crate::intake::names::{Fit, candidates};
use crate::record::names::{Names, folded};
use crate::record::{Id, PersonRef, VoterKind};

/// How often a name is compared with a name for one reading: more than any file of a sitting asks for. Who is named behind that has no candidates.
const MOST_COMPARED: usize = 400_000;

/// Where the records name those who sit. An election may be of anybody.
const SITTING: [&str; 6] =
    ["/sitting/attendance/", "/sitting/chairs/", "/sitting/proxies/", "/sitting/recusals/", "/sitting/ballots/", "/sitting/timeline/"];

/// The names of one reading: who is new has one local identifier for all its drafts.
#[derive(Default)]
pub(super) struct Naming {
    proposed: HashMap<String, Id>,
    compared: usize,
}

/// A place where somebody is named.
struct Place {
    pointer: String,
    person: PersonRef,
}

impl Place {
    fn is_member(&self) -> bool {
        SITTING.iter().any(|room| self.pointer.starts_with(room)) && !self.pointer.contains("/election/")
    }
}

/// Everything in records that names a person or a group.
#[derive(Default)]
struct Named {
    people: Vec<Place>,
    groups: Vec<(String, String)>,
}

impl Named {
    fn visit(&mut self, value: &Value, pointer: &str) {
        match value {
            Value::Array(items) => items.iter().enumerate().for_each(|(i, item)| self.visit(item, &format!("{pointer}/{i}"))),
            Value::Object(fields) => {
                if fields.contains_key("printed") && fields.contains_key("person") {
                    self.note(value, pointer);
                }
                fields.iter().for_each(|(name, field)| self.visit(field, &format!("{pointer}/{name}")));
            }
            _ => {}
        }
    }

    fn note(&mut self, value: &Value, pointer: &str) {
        let text = |name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
        let kind = text("kind").and_then(|kind| kind.parse::<VoterKind>().ok());
        match (kind, text("printed")) {
            (Some(VoterKind::Group), Some(printed)) => self.groups.push((pointer.to_owned(), printed)),
            (Some(VoterKind::Group | VoterKind::NonAffiliated), _) => {}
            (_, printed) => {
                let person = PersonRef {
                    printed,
                    civility: text("civility"),
                    given_name: text("given_name"),
                    family_name: text("family_name"),
                    ..PersonRef::default()
                };
                if !folded(&person).is_empty() {
                    self.people.push(Place { pointer: pointer.to_owned(), person });
                }
            }
        }
    }
}

impl Naming {
    /// Whom and which groups `{"sitting", "act"}` names; `names` are those of the sitting. `day`: whom the directory knows. `dated`: whether that
    /// is the day of the sitting; if it is not known nobody is chosen.
    pub(super) fn find(&mut self, records: &Value, names: &Names, day: &Day, dated: bool) -> (Vec<PersonMatch>, Vec<GroupMatch>) {
        let mut named = Named::default();
        named.visit(records, "");
        let mut people: Vec<(PersonRef, PersonMatch)> = Vec::new();
        let mut places: HashMap<String, usize> = HashMap::new();
        for place in named.people {
            let Some(key) = names.key(&place.person) else { continue };
            let member = place.is_member();
            let index = match places.get(&key) {
                Some(index) => *index,
                None => {
                    let Some(proposed) = self.proposed(&key, &place.person) else { continue };
                    let printed = crate::record::names::shown(&place.person);
                    let one = PersonMatch { printed, pointers: Vec::new(), member: false, candidates: Vec::new(), chosen: None, proposed };
                    people.push((place.person.clone(), one));
                    places.insert(key, people.len() - 1);
                    people.len() - 1
                }
            };
            let Some((whole, one)) = people.get_mut(index) else { continue };
            // The list has the name whole where another place has the family name alone.
            if whole.given_name.is_none() && place.person.given_name.is_some() {
                *whole = place.person.clone();
                one.proposed.given_name.clone_from(&whole.given_name);
                one.proposed.family_name = whole.family_name.clone().unwrap_or_else(|| one.proposed.family_name.clone());
            }
            one.member |= member;
            one.pointers.push(place.pointer);
        }
        let people = people.into_iter().map(|(whole, one)| self.matched(&whole, one, day, dated)).collect();
        (people, groups(named.groups, day, dated))
    }

    fn proposed(&mut self, key: &str, person: &PersonRef) -> Option<NewPerson> {
        let next = self.proposed.len();
        let id = match self.proposed.get(key) {
            Some(id) => *id,
            None => {
                let id = of_person(next + 1)?;
                self.proposed.insert(key.to_owned(), id);
                id
            }
        };
        let bare = || folded(&PersonRef { printed: person.printed.clone(), ..PersonRef::default() });
        let family_name = person.family_name.clone().unwrap_or_else(bare);
        Some(NewPerson { id, civility: person.civility.clone(), given_name: person.given_name.clone(), family_name })
    }

    fn matched(&mut self, whole: &PersonRef, mut one: PersonMatch, day: &Day, dated: bool) -> PersonMatch {
        self.compared = self.compared.saturating_add(day.people.len());
        if self.compared > MOST_COMPARED {
            return one;
        }
        let found = candidates(whole, &day.people);
        let mut whole = found.iter().filter(|candidate| candidate.fit <= Fit::Reversed);
        one.chosen = match (whole.next(), whole.next()) {
            (Some(only), None) if dated => Some(only.person),
            _ => None,
        };
        one.candidates = found
            .into_iter()
            .map(|candidate| PersonCandidate {
                person: candidate.person,
                name: day.names.get(&candidate.person).cloned().unwrap_or_default(),
                group: day.group_of.get(&candidate.person).cloned(),
                fit: candidate.fit,
            })
            .collect();
        one
    }
}

fn groups(named: Vec<(String, String)>, day: &Day, dated: bool) -> Vec<GroupMatch> {
    let mut found: Vec<GroupMatch> = Vec::new();
    for (pointer, printed) in named {
        match found.iter_mut().find(|group| group.printed == printed) {
            Some(group) => group.pointers.push(pointer),
            None => {
                let candidates = day.groups(&printed);
                let chosen = candidates.first().filter(|_| dated && candidates.len() == 1).map(|only| only.group);
                found.push(GroupMatch { printed, pointers: vec![pointer], candidates, chosen });
            }
        }
    }
    found
}
