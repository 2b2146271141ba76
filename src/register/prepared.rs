//! Public answers to acts made beforehand, and kept in the store: an act that nobody has read yet costs one look-up.
//!
//! A change takes away the answers that it concerns in its own transaction, so that none outlives what it was made of, on any instance. The answers
//! are made in three steps: begun while no writer of the authority is at work, made from what is read after that, and kept if no change has taken
//! away what was begun.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use super::canonical::word;
use super::read::answer_to_act;
use super::{Answer, Reader, Refusal, Register};
use crate::publish::View;
use crate::record::{Id, Siren};
use crate::store::{PreparedRow, Session, StoreError};

/// What this program was built from.
const PROGRAM: &str = env!("BUILT_FROM");

/// Acts whose answers are wanted are remembered up to this number; the others are found again when the store is next gone through.
const MOST_WANTED: usize = 10_000;

/// Acts whose answers are to be made next: those that were read, or changed.
#[derive(Default)]
pub(super) struct Wanted(Mutex<BTreeMap<Id, Siren>>);

impl Wanted {
    pub(super) fn add(&self, authority: &Siren, ids: &[Id]) {
        let mut wanted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for id in ids {
            if wanted.len() < MOST_WANTED {
                wanted.insert(*id, authority.clone());
            }
        }
    }

    /// Some of them, all of one authority.
    fn take(&self, most: usize) -> Option<(Siren, Vec<Id>)> {
        let mut wanted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let authority = wanted.values().next()?.clone();
        let ids: Vec<Id> = wanted.iter().filter(|(_, of)| **of == authority).map(|(id, _)| *id).take(most).collect();
        for id in &ids {
            wanted.remove(id);
        }
        Some((authority, ids))
    }
}

/// The public answer to an act, if it was prepared and is what this reader is answered.
pub(super) fn prepared(session: &mut Session<'_>, id: Id, reader: &Reader) -> Result<Option<Answer>, Refusal> {
    let found = session.prepared(id, PROGRAM)?.filter(|row| row.kind == "deliberation");
    let Some(PreparedRow { authority, etag, bytes: packed, .. }) = found else { return Ok(None) };
    let authority: Siren = word(&authority)?;
    if reader.authority.as_ref() == Some(&authority) {
        return Ok(None);
    }
    let bytes = lz4_flex::decompress_size_prepended(&packed).map_err(|e| StoreError::Corrupt(format!("the answer to {id}: {e}")))?;
    Ok(Some(Answer { kind: "deliberation", authority, body: bytes.into(), etag, public: true }))
}

/// Takes away the answers that a change concerns.
pub(super) fn outdate(session: &mut Session<'_>, authority: &Siren, touched: &[Id]) -> Result<(), StoreError> {
    if touched.is_empty() {
        return Ok(());
    }
    let touched: Vec<String> = touched.iter().map(Id::to_string).collect();
    session.drop_prepared(authority.as_str(), &touched)
}

impl Register {
    /// Takes away the answers that changes of a batch concern, inside its transaction.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn outdate(&self, session: &mut Session<'_>, authority: &Siren, touched: &[Id]) -> Result<(), StoreError> {
        outdate(session, authority, touched)
    }

    /// Prepares the answers to some of the acts that were read or changed of late. False: there was none.
    ///
    /// # Errors
    /// [`Refusal::Store`].
    pub fn prepare_wanted(&self, most: usize) -> Result<bool, Refusal> {
        let Some((authority, ids)) = self.wanted.take(most) else { return Ok(false) };
        self.prepare(&authority, &ids)?;
        Ok(true)
    }

    /// Every authority, by its SIREN.
    ///
    /// # Errors
    /// [`Refusal::Store`].
    pub fn every_authority(&self) -> Result<Vec<Siren>, Refusal> {
        let found = self.store.read(|session| session.every_authority())?;
        Ok(found.iter().map(|siren| word(siren)).collect::<Result<_, _>>()?)
    }

    /// Public acts of an authority whose answers are not prepared, in the order of their identifiers, after one.
    ///
    /// # Errors
    /// [`Refusal::Store`].
    pub fn unprepared(&self, authority: &Siren, after: Option<Id>, limit: i64) -> Result<Vec<Id>, Refusal> {
        let after = after.map(|id| id.to_string()).unwrap_or_default();
        let found = self.store.read(|session| session.unprepared(authority.as_str(), &after, PROGRAM, limit))?;
        Ok(found.iter().map(|id| word(id)).collect::<Result<_, _>>()?)
    }

    /// Prepares the public answers to acts of an authority, and counts those that were made. Acts that are not public are left out.
    ///
    /// # Errors
    /// [`Refusal::Store`].
    pub fn prepare(&self, authority: &Siren, acts: &[Id]) -> Result<usize, Refusal> {
        let draft = uuid::Uuid::now_v7().simple().to_string();
        let names: Vec<String> = acts.iter().map(Id::to_string).collect();
        self.store.write(|session| {
            session.alone(authority.as_str())?;
            session.begin_prepared(authority.as_str(), &names, PROGRAM, &draft)
        })?;
        let made = self.store.read(|session| {
            let mut made = Vec::new();
            for id in acts {
                match answer_to_act(session, *id, &Reader::default()) {
                    Ok((answer, View::Public)) => made.push((id, answer)),
                    Ok(_) | Err(Refusal::NotFound | Refusal::Gone) => {}
                    Err(other) => return Err(other),
                }
            }
            Ok::<_, Refusal>(made)
        })?;
        self.store.write(|session| {
            session.alone(authority.as_str())?;
            let mut kept = 0;
            for (id, answer) in made {
                let packed = lz4_flex::compress_prepend_size(answer.body.plain());
                kept += usize::from(session.keep_prepared(authority.as_str(), &id.to_string(), &draft, &answer.etag, packed)?);
            }
            Ok(kept)
        })
    }
}
