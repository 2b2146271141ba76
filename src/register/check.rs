//! What every record is checked for, whatever it is: texts that can be stored, persons that exist.

use std::fmt::Display;

use chrono::{Datelike, NaiveDate};
use serde_json::Value;

use super::{Fault, Refusal, Rule};
use crate::record::Siren;
use crate::store::{EntryKind, Session};

/// Faults found so far.
#[derive(Default)]
pub(super) struct Faults(Vec<Fault>);

impl Faults {
    pub(super) fn add(&mut self, pointer: impl Display, rule: Rule) {
        self.0.push(Fault { pointer: pointer.to_string(), rule });
    }

    pub(super) fn unless(&mut self, holds: bool, pointer: impl Display, rule: Rule) {
        if !holds {
            self.add(pointer, rule);
        }
    }

    /// Refuses if there is any.
    pub(super) fn settle(self) -> Result<(), Refusal> {
        if self.0.is_empty() { Ok(()) } else { Err(Refusal::Invalid(self.0)) }
    }

    /// Each value stands once.
    pub(super) fn once<T: Ord>(&mut self, values: impl IntoIterator<Item = (String, T)>) {
        let mut seen = std::collections::BTreeSet::new();
        for (pointer, value) in values {
            self.unless(seen.insert(value), pointer, Rule::Twice);
        }
    }
}

/// References met in a record, with where they stand.
#[derive(Default)]
pub(super) struct References {
    pub(super) persons: Vec<(String, String)>,
    pub(super) groups: Vec<(String, String)>,
    pub(super) bodies: Vec<(String, String)>,
    pub(super) mandates: Vec<(String, String)>,
}

impl References {
    /// Walks a record: collects every `person` that is an identifier, and refuses the one character that no engine keeps in a text.
    pub(super) fn walk(record: &Value, faults: &mut Faults) -> Self {
        let mut found = Self::default();
        found.visit(record, "", faults);
        found
    }

    fn visit(&mut self, value: &Value, pointer: &str, faults: &mut Faults) {
        match value {
            Value::String(text) => faults.unless(!text.contains('\0'), pointer, Rule::ControlCharacter),
            Value::Array(items) => {
                for (i, item) in items.iter().enumerate() {
                    self.visit(item, &format!("{pointer}/{i}"), faults);
                }
            }
            Value::Object(fields) => {
                for (name, field) in fields {
                    let at = format!("{pointer}/{name}");
                    if let ("person", Value::String(id)) = (name.as_str(), field) {
                        self.persons.push((at.clone(), id.clone()));
                    }
                    self.visit(field, &at, faults);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    /// Every reference is to an entry of the authority's directory.
    pub(super) fn resolve(self, session: &mut Session<'_>, authority: &Siren, faults: &mut Faults) -> Result<(), Refusal> {
        for (kind, references, rule) in [
            (EntryKind::Person, self.persons, Rule::UnknownPerson),
            (EntryKind::Group, self.groups, Rule::UnknownGroup),
            (EntryKind::Body, self.bodies, Rule::UnknownBody),
            (EntryKind::Mandate, self.mandates, Rule::UnknownMandate),
        ] {
            let mut ids: Vec<String> = references.iter().map(|(_, id)| id.clone()).collect();
            ids.sort();
            ids.dedup();
            let known = session.known_entries(authority.as_str(), kind, &ids)?;
            for (pointer, id) in references {
                faults.unless(known.binary_search(&id).is_ok(), pointer, rule);
            }
        }
        Ok(())
    }
}

/// Whether every engine can keep and compare a day: one of the years 1 to 9999.
pub fn storable(day: NaiveDate) -> bool {
    (1..=9999).contains(&day.year())
}

/// The record as a JSON value, for the walk.
pub(super) fn value_of(record: &impl serde::Serialize) -> Result<Value, Refusal> {
    serde_json::to_value(record).map_err(|e| crate::store::StoreError::Corrupt(e.to_string()).into())
}

/// Fills in places in a list, from 1, where they are absent.
pub(super) fn number<'a, T: 'a>(items: impl IntoIterator<Item = &'a mut T>, place: impl Fn(&mut T) -> &mut Option<crate::record::Count>) {
    for (i, item) in items.into_iter().enumerate() {
        let position = place(item);
        if position.is_none() {
            *position = u32::try_from(i + 1).ok().and_then(|n| n.try_into().ok());
        }
    }
}
