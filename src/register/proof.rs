//! What is read of an authority's log: the signed head, the proof of one act, how the log grew, and the whole of it for checking elsewhere.

use super::read::shown_act;
use super::{Reader, Refusal, Register, log_tree};
use crate::proof::{Consistency, ProofBundle, entry_line};
use crate::publish::View;
use crate::record::{Id, Siren, Visibility};
use crate::store::Session;

/// Lines of an export of the log.
pub struct LogPage {
    pub lines: Vec<u8>,
    /// The entry to go on with; none at the end.
    pub next: Option<i64>,
}

/// Entries that are read at a time: an export holds no more of them in memory.
const AT_A_TIME: i64 = 100;

/// Whether a reader may see the log of an authority: it tells how many acts are sealed, and when.
fn may_see(session: &mut Session<'_>, authority: &Siren, reader: &Reader) -> Result<(), Refusal> {
    let row = session.authority(authority.as_str())?.ok_or(Refusal::NotFound)?;
    let own = reader.authority.as_ref() == Some(authority);
    if own || row.visibility == Visibility::Public.wire() { Ok(()) } else { Err(Refusal::NotFound) }
}

impl Register {
    /// The authority whose log a reader asks for: the one that is named, its own, or the only one.
    ///
    /// # Errors
    /// [`Refusal::AuthorityNeeded`], [`Refusal::NotFound`].
    fn log_of(&self, session: &mut Session<'_>, named: Option<&Siren>, reader: &Reader) -> Result<Siren, Refusal> {
        let authority = match (named, &reader.authority) {
            (Some(named), _) => named.clone(),
            (None, Some(own)) => own.clone(),
            (None, None) => match session.some_authorities()?.as_slice() {
                [only] => super::canonical::word(only)?,
                [] => return Err(Refusal::NotFound),
                _ => return Err(Refusal::AuthorityNeeded),
            },
        };
        may_see(session, &authority, reader)?;
        Ok(authority)
    }

    /// The signed head of a log (C2SP `tlog-checkpoint`).
    ///
    /// # Errors
    /// [`Refusal::AuthorityNeeded`], [`Refusal::NotFound`].
    pub fn checkpoint(&self, named: Option<&Siren>, reader: &Reader) -> Result<String, Refusal> {
        self.store.read(|session| {
            let authority = self.log_of(session, named, reader)?;
            log_tree::checkpoint(session, &authority, &self.signer)
        })
    }

    /// How a log follows from what it was at an older size.
    ///
    /// # Errors
    /// [`Refusal::AuthorityNeeded`], [`Refusal::NotFound`] also where the log never had so many entries.
    pub fn consistency(&self, named: Option<&Siren>, from: u64, reader: &Reader) -> Result<Consistency, Refusal> {
        self.store.read(|session| {
            let authority = self.log_of(session, named, reader)?;
            let size = u64::try_from(session.log_size(authority.as_str())?).unwrap_or_default();
            if from > size {
                return Err(Refusal::NotFound);
            }
            log_tree::consistent(session, authority.as_str(), from, size)
        })
    }

    /// The proof that an act is in the log of its authority; and whether anyone may read it.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Gone`], [`Refusal::NotSealed`].
    pub fn proof(&self, id: Id, older: Option<u64>, reader: &Reader) -> Result<(ProofBundle, bool), Refusal> {
        self.store.read(|session| {
            let shown = shown_act(session, id, reader)?;
            let row = session.log_entry(&shown.act.row.authority, &shown.act.row.id)?.ok_or(Refusal::NotSealed)?;
            let authority: Siren = super::canonical::word(&row.authority)?;
            let size = u64::try_from(session.log_size(authority.as_str())?).unwrap_or_default();
            let older = older.filter(|older| *older <= size);
            let bundle = log_tree::bundle(session, &authority, &row, older, &self.signer)?;
            Ok((bundle, shown.view == View::Public))
        })
    }

    /// All that was sealed with an act, restricted particulars included: the document whose digest its entry states.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Gone`], [`Refusal::NotSealed`].
    pub fn sealed_document(&self, id: Id, reader: &Reader) -> Result<(Vec<u8>, String), Refusal> {
        self.store.read(|session| {
            let shown = shown_act(session, id, reader)?;
            let row = session.log_entry(&shown.act.row.authority, &shown.act.row.id)?.ok_or(Refusal::NotSealed)?;
            let digest = super::digest(&row.document);
            Ok((row.document, digest))
        })
    }

    /// The header of an export of the authority's own log, and how many entries it covers.
    ///
    /// # Errors
    /// [`Refusal::NotFound`].
    pub fn log_begins(&self, authority: &Siren) -> Result<(Vec<u8>, i64), Refusal> {
        self.store.read(|session| {
            session.authority(authority.as_str())?.ok_or(Refusal::NotFound)?;
            let header = log_tree::header(session, authority, &self.signer)?;
            let lines = header.line().map_err(|e| crate::store::StoreError::Corrupt(e.to_string()))?;
            let size = session.log_size(authority.as_str())?;
            Ok((lines, size))
        })
    }

    /// The lines of an export from an entry on; those of entries from `size` on came after the header was signed.
    ///
    /// # Errors
    /// [`Refusal::Store`].
    pub fn log_goes_on(&self, authority: &Siren, from: i64, size: i64) -> Result<LogPage, Refusal> {
        self.store.read(|session| {
            let rows = session.log_entries_from(authority.as_str(), from, AT_A_TIME.min(size - from))?;
            let next = rows.last().map(|row| row.leaf + 1).filter(|next| *next < size);
            let line = |row: &crate::store::LogEntryRow| entry_line(u64::try_from(row.leaf).unwrap_or_default(), &row.entry);
            Ok(LogPage { lines: rows.iter().flat_map(line).collect(), next })
        })
    }
}
