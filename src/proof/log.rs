//! A whole log, for checking without the register: newline-delimited JSON, a header and then one line for each entry.
//!
//! Every line is the canonical JSON (RFC 8785) of what it says, so that no byte of the file can change unseen. A line bears the hash of its
//! leaf beside the entry: it proves nothing by itself, but if the hashes make the signed root and one entry does not make its hash, then
//! that entry is the altered one.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use utoipa::ToSchema;

use super::fault::{Check, Fault, Report};
use super::trust::Opened;
use super::{Checkpoint, Edge, EntryError, Hash, Head, SealedAct, Trust, embedded};
use crate::record::Siren;

/// What `format` says.
pub const LOG_FORMAT: &str = "registre-log/1";

/// The first line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LogHeader {
    /// `registre-log/1`.
    #[schema(example = "registre-log/1")]
    pub format: String,
    pub authority: Siren,
    pub origin: String,
    pub verifier_key: String,
    /// The signed head of the log (C2SP `tlog-checkpoint`); it covers every line.
    pub checkpoint: String,
}

impl LogHeader {
    /// The line, with its newline.
    ///
    /// # Errors
    /// If it cannot be written, which no header does.
    pub fn line(&self) -> Result<Vec<u8>, EntryError> {
        let mut line = serde_json_canonicalizer::to_vec(self)?;
        line.push(b'\n');
        Ok(line)
    }

    /// Whether a line begins a log export, right or wrong; a proof of one act does not.
    pub fn begins(line: &[u8]) -> bool {
        #[derive(Deserialize)]
        struct Format {
            format: String,
        }
        serde_json::from_slice::<Format>(line).is_ok_and(|line| line.format == LOG_FORMAT)
    }
}

/// The line of an entry, with its newline, around the stored canonical bytes.
pub fn entry_line(index: u64, entry: &[u8]) -> Vec<u8> {
    let rest = format!(",\"index\":{index},\"leaf_hash\":\"{}\"}}\n", Hash::of_leaf(entry));
    [b"{\"entry\":".as_slice(), entry, rest.as_bytes()].concat()
}

/// What is wrong with a line in itself.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LineFault {
    #[error("it is not a line of a log: {0}")]
    Malformed(String),
    #[error("it is not canonical JSON (RFC 8785)")]
    NotCanonical,
}

/// One line, read by itself.
#[derive(Clone, Debug, PartialEq)]
pub struct LogLine {
    pub index: u64,
    pub act: SealedAct,
    /// The hash that stands beside the entry.
    pub(super) stated: Hash,
    /// The hash that the entry makes.
    pub(super) made: Hash,
}

impl LogLine {
    /// Reads a line, which ends with its newline.
    ///
    /// # Errors
    /// [`LineFault`]. An entry that does not make the hash beside it is no fault of the line: [`LogCheck::take`] tells.
    pub fn read(line: &[u8]) -> Result<Self, LineFault> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Line<'a> {
            #[serde(borrow)]
            entry: &'a RawValue,
            index: u64,
            leaf_hash: Hash,
        }
        let malformed = |error: serde_json::Error| LineFault::Malformed(error.to_string());
        let parsed: Line = serde_json::from_slice(line).map_err(malformed)?;
        let entry = parsed.entry.get();
        // The envelope is compared with the one that the register would have written; what is inside, with its own canonical form.
        let envelope = (b"{\"entry\":".len(), format!(",\"index\":{},\"leaf_hash\":\"{}\"}}\n", parsed.index, parsed.leaf_hash));
        let expected = envelope.0 + entry.len() + envelope.1.len();
        if line.len() != expected || !line.starts_with(b"{\"entry\":") || !line.ends_with(envelope.1.as_bytes()) || !embedded::is_canonical(entry) {
            return Err(LineFault::NotCanonical);
        }
        let act = serde_json::from_str(entry).map_err(malformed)?;
        Ok(Self { index: parsed.index, act, stated: parsed.leaf_hash, made: Hash::of_leaf(entry.as_bytes()) })
    }
}

/// The check of an export, line by line; it holds no more than the right edge of the tree.
#[derive(Clone, Debug)]
pub struct LogCheck {
    report: Report,
    authority: Siren,
    checkpoint: Option<Checkpoint>,
    older: Option<Checkpoint>,
    edge: Edge,
    /// The line that was last taken, from 1; the header is the first.
    line: u64,
    /// The entry that is due.
    due: u64,
    /// Lines since then that could not be read; each was likely the entry then due.
    unread: u64,
    /// The root over as many entries as the checkpoint covers.
    root: Option<Hash>,
    /// The root over as many entries as the older checkpoint covers.
    older_root: Option<Hash>,
    /// Whether every entry so far stood in its place, so that roots can be compared.
    in_order: bool,
}

impl LogCheck {
    /// Begins with the first line, which ends with its newline.
    ///
    /// # Errors
    /// The report, if it is not the header of a log: nothing after it can be checked.
    pub fn begin(line: &[u8], trust: &Trust) -> Result<Self, Box<Report>> {
        let mut report = Report::default();
        let header: LogHeader = match serde_json::from_slice(line) {
            Ok(header) => header,
            Err(error) => {
                report.add(Fault::Unreadable(error.to_string()));
                return Err(Box::new(report));
            }
        };
        if header.format != LOG_FORMAT {
            report.add(Fault::Unreadable(format!("its format is {:?}, and {LOG_FORMAT:?} is known", header.format)));
            return Err(Box::new(report));
        }
        if header.line().is_ok_and(|canonical| canonical != line) {
            report.add(Fault::Line { line: 1, fault: LineFault::NotCanonical });
        }
        let Opened { checkpoint, older } = trust.open(&header.checkpoint, &header.verifier_key, &mut report);
        if let Some(signed) = &checkpoint {
            for (stated, signed) in
                [(header.origin.as_str(), signed.origin.as_str()), (header.authority.as_str(), signed.origin.authority().as_str())]
            {
                if stated != signed {
                    report.add(Fault::OtherLog { stated: stated.to_owned(), signed: signed.to_owned() });
                }
            }
        }
        let mut check = Self {
            report,
            authority: header.authority,
            checkpoint,
            older,
            edge: Edge::default(),
            line: 1,
            due: 0,
            unread: 0,
            root: None,
            older_root: None,
            in_order: true,
        };
        check.note_roots();
        Ok(check)
    }

    /// How many entries the checkpoint says there are.
    pub fn announced(&self) -> Option<u64> {
        self.checkpoint.as_ref().map(|checkpoint| checkpoint.head.size)
    }

    /// Whether something is wrong already.
    pub fn failing(&self) -> bool {
        !self.report.passed()
    }

    /// Takes the next line.
    pub fn take(&mut self, line: Result<&LogLine, LineFault>) {
        self.line += 1;
        let line = match line {
            Ok(line) => line,
            Err(fault) => {
                // Which entry it was is not known; the next line tells, by the index that it bears.
                self.in_order = false;
                self.unread += 1;
                return self.report.add(Fault::Line { line: self.line, fault });
            }
        };
        let index = line.index;
        if line.act.authority != self.authority {
            self.report.add(Fault::OtherAuthority { index, found: line.act.authority.to_string() });
        }
        if line.made != line.stated {
            self.report.add(Fault::Altered { index });
        }
        if index != self.due && index != self.due.saturating_add(self.unread) {
            self.in_order = false;
            self.report.add(if index > self.due {
                Fault::Missing { line: self.line, from: self.due, to: index - 1 }
            } else {
                Fault::Misplaced { line: self.line, index, expected: self.due }
            });
        }
        self.due = self.due.max(index.saturating_add(1));
        self.unread = 0;
        self.edge.push(line.stated);
        self.note_roots();
    }

    /// Ends after the last line.
    pub fn end(mut self) -> Report {
        let size = self.edge.size();
        if let Some(signed) = self.checkpoint.take() {
            self.compare(signed.head);
        }
        if let Some(older) = self.older.take().map(|older| older.head) {
            if older.size > size {
                self.report.add(Fault::Truncated { older: older.size, size });
            } else if self.older_root != Some(older.root) {
                self.report.add(Fault::Rewritten { older: older.size });
            } else {
                self.report.checks.push(Check::Extends(older.size));
            }
        }
        self.report
    }

    fn compare(&mut self, signed: Head) {
        let found = self.due.saturating_add(self.unread);
        if found < signed.size {
            self.report.add(Fault::EndMissing { from: found, to: signed.size - 1 });
        } else if found > signed.size {
            self.report.add(Fault::Extra { from: signed.size });
        }
        // Out of order, the root cannot be right, and it was said why.
        if self.in_order && self.root.is_some_and(|root| root != signed.root) {
            self.report.add(Fault::Root);
        }
        if self.report.passed() {
            self.report.checks.push(Check::Whole(signed.size));
        }
    }

    fn note_roots(&mut self) {
        let at = |checkpoint: &Option<Checkpoint>| checkpoint.as_ref().is_some_and(|c| c.head.size == self.edge.size());
        if at(&self.checkpoint) {
            self.root = Some(self.edge.root());
        }
        if at(&self.older) {
            self.older_root = Some(self.edge.root());
        }
    }
}
