//! A log where it is stored: `registre verify sqlite:FILE --authority SIREN --key VERIFIER_KEY`.

use super::super::Failure;
use super::PROGRESS;
use crate::proof::{Outside, Report, StoredCheck, StoredEntry, StoredLog, Trust};
use crate::record::Siren;
use crate::store::{Session, Store, StoreError};

/// Entries that are read at a time.
const PAGE: u16 = 100;

/// Whether a source is a database.
pub(super) fn is_database(source: &str) -> bool {
    ["sqlite:", "postgres://", "postgresql://"].iter().any(|scheme| source.starts_with(scheme))
}

/// Checks the log of an authority in a database, in one snapshot: a register that goes on writing does not disturb it.
pub(super) fn check(url: &str, authority: Option<Siren>, trust: &Trust) -> Result<Report, Failure> {
    let authority = authority.ok_or("a database holds the logs of many: name the one to check with --authority SIREN")?;
    let key = trust.key.clone().ok_or("a database names no key of its own: give the key of the log with --key")?;
    // Opening a file of SQLite that is not there would make it.
    if let Some(path) = url.strip_prefix("sqlite:").map(|path| path.strip_prefix("//").unwrap_or(path)) {
        std::fs::File::open(path).map_err(|e| format!("{path} cannot be read: {e}"))?;
    }
    Store::open(url, 1)?.read(|session| {
        let mut log = Stored { session, authority: authority.as_str() };
        let mut check = StoredCheck::begin(authority.clone(), key, trust.older.as_deref(), PAGE);
        while check.step(&mut log)? {
            if u64::try_from(check.checked()).is_ok_and(|checked| checked.is_multiple_of(PROGRESS)) {
                eprintln!("{} entries", check.checked());
            }
        }
        Ok(check.end(&mut log)?)
    })
}

/// The rows of the log of an authority.
struct Stored<'a, 's> {
    session: &'a mut Session<'s>,
    authority: &'a str,
}

impl StoredLog for Stored<'_, '_> {
    type Error = StoreError;

    fn entries(&mut self, from: i64, to: i64) -> Result<Vec<StoredEntry>, StoreError> {
        let rows = self.session.log_entries_from(self.authority, from, to - from)?.into_iter().filter(|row| row.leaf < to);
        Ok(rows
            .map(|row| StoredEntry {
                leaf: row.leaf,
                deliberation: row.deliberation,
                entry: row.entry,
                document: row.document,
                sealed_at: row.sealed_at.and_utc(),
                sealed_by: row.sealed_by,
            })
            .collect())
    }

    fn nodes(&mut self, level: i32, from: i64, to: i64) -> Result<Vec<(i64, Vec<u8>)>, StoreError> {
        self.session.log_nodes(self.authority, level, from, to)
    }

    fn checkpoints(&mut self, from: i64, to: i64) -> Result<Vec<(i64, String)>, StoreError> {
        self.session.checkpoints(self.authority, from, to)
    }

    fn outside(&mut self, size: i64) -> Result<Outside, StoreError> {
        Ok(Outside {
            leaves: self.session.leaves_outside(self.authority, size)?,
            nodes: self.session.nodes_outside(self.authority, size)?,
            checkpoints: self.session.checkpoints_outside(self.authority, size)?,
        })
    }
}
