//! The check of a stored log: every row is compared with what the entries make.

use sha2::{Digest, Sha256};

use super::fault::{Check, Fault, Report};
use super::stored::{StoredEntry, StoredFault, StoredLog};
use super::{Checkpoint, Edge, Hash, Head, LineFault, Node, SealedAct, Trust, VerifierKey, WholeAct, embedded};
use crate::record::Siren;

/// The check of a stored log, a page at a time; it holds no more than a page and the right edge of the tree.
#[derive(Clone, Debug)]
pub struct StoredCheck {
    report: Report,
    authority: Siren,
    key: VerifierKey,
    older: Option<Checkpoint>,
    older_root: Option<Hash>,
    edge: Edge,
    /// The leaf that is due.
    due: i64,
    page: i64,
    ended: bool,
    /// Whether an entry stood out of its place: nothing after it can be compared.
    broken: bool,
}

impl StoredCheck {
    /// Begins. The store names no key, so that one must be brought.
    pub fn begin(authority: Siren, key: VerifierKey, older: Option<&str>, page: u16) -> Self {
        let mut report = Report { key: Some(key.to_string()), trusted: true, origin: Some(key.name().to_owned()), ..Report::default() };
        if !key.name().ends_with(&format!("/{authority}")) {
            report.add(Fault::OtherLog { stated: authority.to_string(), signed: key.name().to_owned() });
        }
        let older = older.and_then(|note| Checkpoint::open(note, &key).map_err(|error| report.add(Fault::OlderCheckpoint(error))).ok());
        let page = i64::from(page.max(1));
        let mut check = Self { report, authority, key, older, older_root: None, edge: Edge::default(), due: 0, page, ended: false, broken: false };
        check.note_older();
        check
    }

    /// Checks a whole log.
    ///
    /// # Errors
    /// What the store says.
    pub fn whole<L: StoredLog>(authority: Siren, key: VerifierKey, trust: &Trust, page: u16, log: &mut L) -> Result<Report, L::Error> {
        let mut check = Self::begin(authority, key, trust.older.as_deref(), page);
        while check.step(log)? {}
        check.end(log)
    }

    /// Whether something is wrong already.
    pub fn failing(&self) -> bool {
        !self.report.passed()
    }

    /// How many entries were checked.
    pub const fn checked(&self) -> i64 {
        self.due
    }

    /// Checks the next page. False at the end of the log.
    ///
    /// # Errors
    /// What the store says.
    pub fn step<L: StoredLog>(&mut self, log: &mut L) -> Result<bool, L::Error> {
        if self.ended {
            return Ok(false);
        }
        let (from, beyond) = (self.due, self.due.saturating_add(self.page));
        let entries = log.entries(from, beyond)?;
        let leaves = log.nodes(0, from, beyond)?;
        let (mut made, mut heads) = (Vec::new(), Vec::new());
        for row in &entries {
            if row.leaf != self.due {
                self.broken = true;
                self.fault(StoredFault::EntryMisplaced { leaf: row.leaf, due: self.due });
                break;
            }
            self.entry(row);
            let leaf = Hash::of_leaf(&row.entry);
            let stored = leaves.iter().find(|(index, _)| *index == row.leaf).and_then(|(_, hash)| Hash::try_from(hash.as_slice()).ok());
            if stored.is_some_and(|stored| stored != leaf) {
                self.fault(StoredFault::Leaf(row.leaf));
            }
            // Where the two differ, that was told; if it is the entry that was altered, nothing above it is at fault.
            made.extend(self.edge.push(stored.unwrap_or(leaf)));
            heads.push(self.edge.head());
            self.due += 1;
            self.note_older();
        }
        self.ended = self.broken || self.due < beyond;
        self.nodes(log, from, &made)?;
        self.checkpoints(log, from, &heads)?;
        Ok(!self.ended)
    }

    /// Ends after the last page.
    ///
    /// # Errors
    /// What the store says.
    pub fn end<L: StoredLog>(mut self, log: &mut L) -> Result<Report, L::Error> {
        if !self.broken {
            let outside = log.outside(self.due)?;
            for leaf in outside.leaves {
                self.fault(if leaf > self.due && !self.broken { StoredFault::EntryMissing(self.due) } else { StoredFault::EntryExtra(leaf) });
                self.broken |= leaf > self.due;
            }
            // After a gap, there are nodes and checkpoints of the entries behind it.
            if !self.broken {
                outside.nodes.into_iter().for_each(|(level, index)| self.fault(StoredFault::NodeExtra(level, index)));
                outside.checkpoints.into_iter().for_each(|size| self.fault(StoredFault::CheckpointExtra(size)));
            }
        }
        let head = self.edge.head();
        self.report.head = Some(head);
        if let Some(older) = self.older.take().map(|older| older.head) {
            if older.size > head.size {
                self.report.add(Fault::Truncated { older: older.size, size: head.size });
            } else if self.older_root != Some(older.root) {
                self.report.add(Fault::Rewritten { older: older.size });
            } else {
                self.report.checks.push(Check::Extends(older.size));
            }
        }
        if self.report.passed() {
            self.report.checks.extend([Check::Whole(head.size), Check::Stored(head.size)]);
        }
        Ok(self.report)
    }

    fn fault(&mut self, fault: StoredFault) {
        self.report.add(Fault::Stored(fault));
    }

    /// Checks a row by itself.
    fn entry(&mut self, row: &StoredEntry) {
        let leaf = row.leaf;
        let act = match read(&row.entry) {
            Ok(act) => act,
            Err(fault) => return self.fault(StoredFault::Entry { leaf, fault }),
        };
        if act.authority != self.authority {
            self.report.add(Fault::OtherAuthority { index: u64::try_from(leaf).unwrap_or_default(), found: act.authority.to_string() });
        }
        let whole: Option<WholeAct> = serde_json::from_slice(&row.document).ok();
        if hex::encode(Sha256::digest(&row.document)) != act.whole_sha256 {
            self.fault(StoredFault::Document(leaf));
        } else if whole.is_none() {
            self.fault(StoredFault::Unreadable(leaf));
        }
        for (column, right) in [
            ("deliberation", act.deliberation.to_string() == row.deliberation),
            ("sealed_at", act.sealed_at == row.sealed_at),
            // Of a document that cannot be read it was told.
            ("sealed_by", whole.is_none_or(|whole| whole.sealed_by == row.sealed_by)),
        ] {
            if !right {
                self.fault(StoredFault::Column { leaf, column });
            }
        }
    }

    /// Compares the nodes that a page completes. Those of a level follow each other.
    fn nodes<L: StoredLog>(&mut self, log: &mut L, from: i64, made: &[(Node, Hash)]) -> Result<(), L::Error> {
        let mut level = 0;
        while level < i32::MAX && self.due.checked_shr(level.unsigned_abs()).is_some_and(|last| last > 0) {
            let mut stored = log.nodes(level, from >> level, self.due >> level)?.into_iter().peekable();
            let due = made.iter().filter(|(node, _)| i64::from(node.level) == i64::from(level));
            for ((_, hash), index) in due.zip(from >> level..) {
                match stored.next_if(|(found, _)| *found == index) {
                    None => self.fault(StoredFault::NodeMissing(level, index)),
                    // Of a leaf whose hash can be one it was told with its entry.
                    Some((_, found)) if found != hash.as_bytes() => self.fault(StoredFault::Node(level, index)),
                    Some(_) => {}
                }
                while stored.next_if(|(found, _)| *found == index).is_some() {
                    self.fault(StoredFault::NodeExtra(level, index));
                }
            }
            stored.for_each(|(index, _)| self.fault(StoredFault::NodeExtra(level, index)));
            level += 1;
        }
        Ok(())
    }

    /// Compares the checkpoints of a page: each seal signed one.
    fn checkpoints<L: StoredLog>(&mut self, log: &mut L, from: i64, heads: &[Head]) -> Result<(), L::Error> {
        let mut stored = log.checkpoints(from + 1, self.due + 1)?.into_iter().peekable();
        for (head, size) in heads.iter().zip(from + 1..) {
            match stored.next_if(|(found, _)| *found == size) {
                None => self.fault(StoredFault::CheckpointMissing(size)),
                Some((_, note)) => match Checkpoint::open(&note, &self.key) {
                    Err(error) => self.fault(StoredFault::Checkpoint { size, error }),
                    Ok(checkpoint) if checkpoint.head != *head => self.fault(StoredFault::CheckpointOther { size }),
                    Ok(_) => {}
                },
            }
            while stored.next_if(|(found, _)| *found == size).is_some() {
                self.fault(StoredFault::CheckpointExtra(size));
            }
        }
        stored.for_each(|(size, _)| self.fault(StoredFault::CheckpointExtra(size)));
        Ok(())
    }

    fn note_older(&mut self) {
        if self.older.as_ref().is_some_and(|older| older.head.size == self.edge.size()) {
            self.older_root = Some(self.edge.root());
        }
    }
}

/// The act that canonical bytes say.
fn read(entry: &[u8]) -> Result<SealedAct, LineFault> {
    let malformed = |error: &dyn std::fmt::Display| LineFault::Malformed(error.to_string());
    let text = std::str::from_utf8(entry).map_err(|e| malformed(&e))?;
    let act = serde_json::from_str(text).map_err(|e| malformed(&e))?;
    if embedded::is_canonical(text) { Ok(act) } else { Err(LineFault::NotCanonical) }
}
