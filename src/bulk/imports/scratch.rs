//! A register that is thrown away: what a file would become is tried in it, by the very functions that file. It holds what a file can refer to:
//! the directory of its authority, and each sitting of the register that a line names.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

use super::Stop;
use crate::record::{Id, Siren};
use crate::register::NewRecord;
use crate::store::{DirectoryFilter, DirectoryRow, EntryKind, Session, Store, StoreError};

/// Entries of the directory that are copied at a time.
const PAGE: i64 = 500;

/// Sittings that are known to be there and are not looked for again.
const AT_HAND: usize = 10_000;

/// What does not refer to other entries comes first.
const KINDS: [EntryKind; 7] = [
    EntryKind::Body,
    EntryKind::Group,
    EntryKind::Person,
    EntryKind::Mandate,
    EntryKind::InterestDeclaration,
    EntryKind::SignatureDelegation,
    EntryKind::PowersDelegation,
];

/// The register that is thrown away, with its folder.
pub(super) struct Scratch {
    pub(super) store: Store,
    there: Mutex<HashSet<Id>>,
    _folder: tempfile::TempDir,
}

impl Scratch {
    /// Makes one with the directory of an authority.
    pub(super) fn of(register: &Store, authority: &Siren) -> Result<Self, Stop> {
        let folder = tempfile::Builder::new().prefix("registre-import-").tempdir().map_err(|e| StoreError::Unreachable(e.to_string()))?;
        let store = Store::scratch(&folder.path().join("scratch.sqlite3"))?;
        let siren = authority.as_str();
        if let Some(row) = register.read(|session| session.authority(siren))? {
            store.write(|session| session.add_authority(&row))?;
        }
        for kind in KINDS {
            let mut filter = DirectoryFilter { limit: PAGE, ..DirectoryFilter::default() };
            loop {
                let rows: Vec<DirectoryRow> = register.read(|session| session.directory_entries(siren, kind, &filter))?;
                let Some(last) = rows.last() else { break };
                filter.after = Some(last.id.clone());
                store.write(|session| {
                    for row in &rows {
                        session.claim(id(&row.id)?, authority, &row.kind)?;
                        session.add_directory_entry(row)?;
                    }
                    Ok::<_, StoreError>(())
                })?;
            }
        }
        Ok(Self { store, there: Mutex::default(), _folder: folder })
    }

    /// Sees to it that the sitting that a record names is there, if the register has it.
    pub(super) fn bring(&self, session: &mut Session<'_>, register: &Store, authority: &Siren, record: &NewRecord) -> Result<(), StoreError> {
        let named = match record {
            NewRecord::Deliberation(act) => Some(act.sitting),
            NewRecord::Sitting(sitting) => sitting.second_meeting.as_ref().and_then(|second| second.of),
            NewRecord::Entry(_) => None,
        };
        let Some(named) = named.filter(|id| !self.has(*id)) else { return Ok(()) };
        if session.sitting(authority.as_str(), &named.to_string())?.is_none() {
            copy_sitting(session, register, authority, named)?;
        }
        self.note(named);
        Ok(())
    }

    fn has(&self, id: Id) -> bool {
        self.there.lock().unwrap_or_else(PoisonError::into_inner).contains(&id)
    }

    /// Notes that a sitting is there.
    pub(super) fn note(&self, id: Id) {
        let mut there = self.there.lock().unwrap_or_else(PoisonError::into_inner);
        if there.len() >= AT_HAND {
            there.clear();
        }
        there.insert(id);
    }
}

fn id(text: &str) -> Result<Id, StoreError> {
    text.parse().map_err(|_| StoreError::Corrupt(format!("{text:?} in a column")))
}

fn copy_sitting(session: &mut Session<'_>, register: &Store, authority: &Siren, id: Id) -> Result<(), StoreError> {
    let (siren, text) = (authority.as_str(), id.to_string());
    let found = register.read(|real| {
        let Some(row) = real.sitting(siren, &text)? else { return Ok::<_, StoreError>(None) };
        let document = real.version(siren, &text, row.document_version)?;
        let entries = real.entries_after(siren, &text, row.document_version)?;
        Ok(Some((row, document, entries)))
    })?;
    let Some((row, Some(document), entries)) = found else { return Ok(()) };
    session.claim(id, authority, "sitting")?;
    session.add_sitting(&row)?;
    session.add_version(document)?;
    for entry in &entries {
        session.add_entry(entry)?;
    }
    Ok(())
}
