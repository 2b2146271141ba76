//! Which identifier a key of the client stands for: that of an earlier import, or of a line before.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use super::scratch::Scratch;
use crate::record::Id;
use crate::register::Register;
use crate::store::{ImportKeyRow, StoreError};

/// Keys that are kept at hand, twice: those of the last lines are never forgotten before their batch is written.
const AT_HAND: usize = 50_000;

/// The keys of an authority: those that were used last in memory, all others in the store.
pub(super) struct Keys {
    register: Arc<Register>,
    scratch: Option<Arc<Scratch>>,
    authority: String,
    recent: RefCell<HashMap<String, Id>>,
    before: RefCell<HashMap<String, Id>>,
    failed: RefCell<Option<StoreError>>,
}

impl Keys {
    pub(super) fn new(register: &Arc<Register>, scratch: Option<&Arc<Scratch>>, authority: &str) -> Self {
        let (register, scratch, authority) = (Arc::clone(register), scratch.cloned(), authority.to_owned());
        Self { register, scratch, authority, recent: RefCell::default(), before: RefCell::default(), failed: RefCell::default() }
    }

    /// The identifier of a key; none where the store could not be asked, too: see [`Keys::check`].
    pub(super) fn find(&self, key: &str) -> Option<Id> {
        if let Some(id) = self.at_hand(key) {
            return Some(id);
        }
        let stored = self.stored(&[key.to_owned()]).unwrap_or_else(|error| {
            self.failed.replace(Some(error));
            Vec::new()
        });
        stored.into_iter().find_map(|row| row.record.parse().ok()).inspect(|id| self.keep(key, *id))
    }

    /// Gives each key of some lines its identifier: the one that it has, or a new one.
    pub(super) fn give(&self, keys: &[String]) -> Result<(), StoreError> {
        let unknown: Vec<String> = keys.iter().filter(|key| self.at_hand(key).is_none()).cloned().collect();
        for row in self.stored(&unknown)? {
            if let Ok(id) = row.record.parse() {
                self.keep(&row.import_key, id);
            }
        }
        for key in unknown {
            if self.at_hand(&key).is_none() {
                self.keep(&key, Id::mint());
            }
        }
        Ok(())
    }

    /// Whether the store could always be asked.
    pub(super) fn check(&self) -> Result<(), StoreError> {
        self.failed.take().map_or(Ok(()), Err)
    }

    fn at_hand(&self, key: &str) -> Option<Id> {
        self.recent.borrow().get(key).or(self.before.borrow().get(key)).copied()
    }

    fn keep(&self, key: &str, id: Id) {
        if self.recent.borrow().len() >= AT_HAND {
            self.before.replace(self.recent.take());
        }
        self.recent.borrow_mut().insert(key.to_owned(), id);
    }

    fn stored(&self, keys: &[String]) -> Result<Vec<ImportKeyRow>, StoreError> {
        let mut found = Vec::new();
        if keys.is_empty() {
            return Ok(found);
        }
        for store in [self.register.store()].into_iter().chain(self.scratch.as_ref().map(|scratch| &scratch.store)) {
            found.extend(store.read(|session| session.import_keys(&self.authority, keys))?);
        }
        Ok(found)
    }
}
