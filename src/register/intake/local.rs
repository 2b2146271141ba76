//! Identifiers that are local to a reading, and those that the register makes of them.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::record::{Id, with_others};
use crate::register::Refusal;

/// What every local identifier begins with: the time of no act.
const LOCAL: &str = "00000000-0000-7000-8000-";

/// The new identifiers of one confirmation: one for each local one, wherever it stands.
#[derive(Debug, Default)]
pub(super) struct Minted(Rc<RefCell<HashMap<Id, Id>>>);

impl Minted {
    /// The identifier that takes the place of another: a new one for a local one, and else itself.
    pub(super) fn of(&self, id: Id) -> Id {
        if is_local(id) { *self.0.borrow_mut().entry(id).or_insert_with(Id::mint) } else { id }
    }

    /// A record with its local identifiers replaced: by the types of its fields, so that no text is taken for one.
    pub(super) fn settle<T: Serialize + DeserializeOwned>(&self, record: &T) -> Result<T, Refusal> {
        let written = serde_json::to_value(record)?;
        let minted = Self(Rc::clone(&self.0));
        Ok(with_others(Rc::new(move |id| minted.of(id)), || serde_json::from_value(written))?)
    }
}

fn is_local(id: Id) -> bool {
    id.to_string().starts_with(LOCAL)
}

/// The local identifier of the person of this place in an answer: apart from those of the records, which count from 1.
pub(super) fn of_person(place: usize) -> Option<Id> {
    format!("{LOCAL}8{place:011x}").parse().ok()
}
