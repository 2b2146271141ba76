//! The rows of a stored log, in memory.

use std::convert::Infallible;

use registre::proof::{Outside, StoredEntry, StoredLog};
use registre::store::{Session, StoreError};

#[derive(Clone)]
pub struct Rows {
    pub entries: Vec<StoredEntry>,
    /// Level, index, hash.
    pub nodes: Vec<(i32, i64, Vec<u8>)>,
    /// Size, note.
    pub checkpoints: Vec<(i64, String)>,
}

impl Rows {
    pub fn read(session: &mut Session<'_>, authority: &str) -> Result<Self, StoreError> {
        let rows = session.log_entries_from(authority, 0, i64::MAX)?;
        let entry = |row: registre::store::LogEntryRow| StoredEntry {
            leaf: row.leaf,
            deliberation: row.deliberation,
            entry: row.entry,
            document: row.document,
            sealed_at: row.sealed_at.and_utc(),
            sealed_by: row.sealed_by,
        };
        let mut nodes = Vec::new();
        for level in 0..63 {
            nodes.extend(session.log_nodes(authority, level, 0, i64::MAX)?.into_iter().map(|(index, hash)| (level, index, hash)));
        }
        let checkpoints = session.checkpoints(authority, 0, i64::MAX)?;
        Ok(Self { entries: rows.into_iter().map(entry).collect(), nodes, checkpoints })
    }

    /// The rows of a log of the first entries.
    pub fn first(&self, entries: usize) -> Self {
        let mut short = self.clone();
        let size = i64::try_from(entries).unwrap();
        short.entries.truncate(entries);
        short.nodes.retain(|(level, index, _)| (index + 1) << level <= size);
        short.checkpoints.retain(|(of, _)| *of <= size);
        short
    }

    /// In the order of their keys, as a database gives them.
    pub fn sort(&mut self) {
        self.entries.sort_by_key(|row| row.leaf);
        self.nodes.sort_by_key(|(level, index, _)| (*level, *index));
        self.checkpoints.sort_by_key(|(size, _)| *size);
    }
}

impl StoredLog for &Rows {
    type Error = Infallible;

    fn entries(&mut self, from: i64, to: i64) -> Result<Vec<StoredEntry>, Infallible> {
        Ok(self.entries.iter().filter(|row| (from..to).contains(&row.leaf)).cloned().collect())
    }

    fn nodes(&mut self, level: i32, from: i64, to: i64) -> Result<Vec<(i64, Vec<u8>)>, Infallible> {
        let of_level = self.nodes.iter().filter(|(of, index, _)| *of == level && (from..to).contains(index));
        Ok(of_level.map(|(_, index, hash)| (*index, hash.clone())).collect())
    }

    fn checkpoints(&mut self, from: i64, to: i64) -> Result<Vec<(i64, String)>, Infallible> {
        Ok(self.checkpoints.iter().filter(|(size, _)| (from..to).contains(size)).cloned().collect())
    }

    fn outside(&mut self, size: i64) -> Result<Outside, Infallible> {
        let complete = |level: i32, index: i64| (0..63).contains(&level) && (0..size >> level).contains(&index);
        Ok(Outside {
            leaves: self.entries.iter().map(|row| row.leaf).filter(|leaf| !(0..size).contains(leaf)).collect(),
            nodes: self.nodes.iter().map(|(level, index, _)| (*level, *index)).filter(|(level, index)| !complete(*level, *index)).collect(),
            checkpoints: self.checkpoints.iter().map(|(of, _)| *of).filter(|of| !(1..=size).contains(of)).collect(),
        })
    }
}
