//! Identifiers that are local to a reading, and those that the register makes of them.

use std::collections::HashMap;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::record::Id;
use crate::register::Refusal;

/// What every local identifier begins with: the time of no act.
const LOCAL: &str = "00000000-0000-7000-8000-";

/// The new identifiers of one confirmation: one for each local one, wherever it stands.
#[derive(Debug, Default)]
pub(super) struct Minted(HashMap<String, Id>);

impl Minted {
    /// The identifier that takes the place of another: a new one for a local one, and else itself.
    pub(super) fn of(&mut self, id: Id) -> Id {
        let text = id.to_string();
        if is_local(&text) { *self.0.entry(text).or_insert_with(Id::mint) } else { id }
    }

    /// A record with its local identifiers replaced.
    pub(super) fn settle<T: Serialize + DeserializeOwned>(&mut self, record: &T) -> Result<T, Refusal> {
        let mut value = serde_json::to_value(record)?;
        self.walk(&mut value);
        Ok(serde_json::from_value(value)?)
    }

    fn walk(&mut self, value: &mut Value) {
        match value {
            Value::String(text) if is_local(text) => {
                let id = *self.0.entry(std::mem::take(text)).or_insert_with(Id::mint);
                *text = id.to_string();
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.walk(item)),
            Value::Object(fields) => fields.values_mut().for_each(|field| self.walk(field)),
            _ => {}
        }
    }
}

/// A text is local only as a whole: a sentence that holds one is left alone.
fn is_local(text: &str) -> bool {
    text.len() == 36 && text.strip_prefix(LOCAL).is_some_and(|rest| rest.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')))
}

/// The local identifier of the person of this place in an answer: apart from those of the records, which count from 1.
pub(super) fn of_person(place: usize) -> Option<Id> {
    format!("{LOCAL}8{place:011x}").parse().ok()
}
