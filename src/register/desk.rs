//! What lies on the desk while new records are filed one after the other in one transaction: looked up once for all of them. The writers of an
//! authority take turns, so that it stays true until the commit.

use std::collections::HashMap;
use std::rc::Rc;

use super::delegations::Delegations;
use super::sitting::{Standing, load};
use super::{Actor, Entry, Refusal, Written, deliberation, directory, sitting};
use crate::record::{DeliberationRecord, Id, SittingRecord};
use crate::store::Session;

/// Sittings that were read and are kept at hand; those filed in the same transaction come on top.
const AT_HAND: usize = 16;

/// A record that is new.
#[derive(Clone, Debug)]
#[allow(clippy::large_enum_variant, reason = "there is one at a time, on its way to the store")]
pub enum NewRecord {
    Entry(Entry),
    Sitting(SittingRecord),
    Deliberation(DeliberationRecord),
}

/// What was looked up so far in a transaction. It does not outlive it.
#[derive(Default)]
pub struct Desk {
    delegations: Option<Rc<Delegations>>,
    filed: HashMap<Id, Rc<Standing>>,
    read: HashMap<Id, Rc<Standing>>,
}

impl Desk {
    /// Files a record under a new identifier, as [`super::Register::add_entry`] and its like do. A refusal leaves nothing behind: all is checked
    /// before the first row is written. The transaction has to hold the turn of the authority ([`Session::alone`]).
    ///
    /// # Errors
    /// Those of adding such a record.
    pub fn file(&mut self, session: &mut Session<'_>, actor: &Actor, id: Id, record: NewRecord) -> Result<Written, Refusal> {
        match record {
            NewRecord::Entry(entry) => directory::file_entry(session, actor, id, &entry),
            NewRecord::Sitting(mut record) => {
                let (written, row, body) = sitting::file(session, actor, id, &mut record)?;
                self.filed.insert(id, Rc::new(Standing::filed(row, record, body)));
                Ok(written)
            }
            NewRecord::Deliberation(mut record) => deliberation::file(session, actor, self, id, &mut record),
        }
    }

    pub(super) fn sitting(&mut self, session: &mut Session<'_>, actor: &Actor, id: Id) -> Result<Rc<Standing>, Refusal> {
        if let Some(known) = self.filed.get(&id).or_else(|| self.read.get(&id)) {
            return Ok(Rc::clone(known));
        }
        let read = Rc::new(load(session, actor.authority.as_str(), id)?);
        if self.read.len() >= AT_HAND {
            self.read.clear();
        }
        self.read.insert(id, Rc::clone(&read));
        Ok(read)
    }

    pub(super) fn delegations(&mut self, session: &mut Session<'_>, actor: &Actor) -> Result<Rc<Delegations>, Refusal> {
        if let Some(known) = &self.delegations {
            return Ok(Rc::clone(known));
        }
        let read = Rc::new(Delegations::load(session, actor.authority.as_str())?);
        self.delegations = Some(Rc::clone(&read));
        Ok(read)
    }
}
