//! One act, with its proof, for checking without the register.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use utoipa::ToSchema;

use super::fault::{Check, Fault, Report};
use super::{Hash, Head, SealedAct, Trust, embedded};

/// What `format` says.
pub const BUNDLE_FORMAT: &str = "registre-proof/1";

/// An act and the proof that it is in the log of its authority.
///
/// `entry` stands as a JSON value in its canonical form (RFC 8785); spaces and line breaks between tokens may be added on the way and are
/// taken out before it is hashed, anything else is refused.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProofBundle {
    /// `registre-proof/1`.
    #[schema(example = "registre-proof/1")]
    pub format: String,
    /// The key that the checkpoint is signed with, as the register states it: compare it with one that you had otherwise.
    pub verifier_key: String,
    /// The signed head of the log (C2SP `tlog-checkpoint`).
    pub checkpoint: String,
    /// The place of the entry in the log, from 0.
    pub leaf_index: u64,
    /// The hashes from the leaf to the root (RFC 9162 §2.1.3).
    pub inclusion: Vec<Hash>,
    /// How the log follows from an older checkpoint, if one was asked for.
    pub consistency: Option<Consistency>,
    #[schema(value_type = SealedAct)]
    pub entry: Box<RawValue>,
}

/// The proof that a log begins with what it held at an older size (RFC 9162 §2.1.4).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Consistency {
    /// Entries of the older log.
    pub size: u64,
    pub path: Vec<Hash>,
}

impl ProofBundle {
    /// Around the stored canonical bytes of an entry.
    ///
    /// # Errors
    /// If the bytes are not JSON.
    pub fn new(
        entry: &[u8],
        leaf_index: u64,
        inclusion: Vec<Hash>,
        consistency: Option<Consistency>,
        checkpoint: String,
        verifier_key: String,
    ) -> Result<Self, serde_json::Error> {
        let entry = serde_json::from_slice(entry)?;
        Ok(Self { format: BUNDLE_FORMAT.to_owned(), verifier_key, checkpoint, leaf_index, inclusion, consistency, entry })
    }

    /// The act that the entry says.
    ///
    /// # Errors
    /// In words, if it is not one.
    pub fn act(&self) -> Result<SealedAct, serde_json::Error> {
        serde_json::from_str(self.entry.get())
    }

    /// Checks everything that can be checked without the register.
    pub fn verify(&self, trust: &Trust) -> Report {
        let mut report = Report::default();
        if self.format != BUNDLE_FORMAT {
            report.add(Fault::Unreadable(format!("its format is {:?}, and {BUNDLE_FORMAT:?} is known", self.format)));
        }
        let opened = trust.open(&self.checkpoint, &self.verifier_key, &mut report);
        let Some(checkpoint) = opened.checkpoint else { return report };
        match self.act() {
            Ok(act) if act.authority != *checkpoint.origin.authority() => {
                report.add(Fault::OtherAuthority { index: self.leaf_index, found: act.authority.to_string() });
            }
            Ok(_) => {}
            Err(error) => report.add(Fault::Unreadable(format!("the entry is not a sealed act: {error}"))),
        }
        match embedded::canonical(self.entry.get()) {
            Ok(bytes) if checkpoint.head.includes(self.leaf_index, Hash::of_leaf(bytes.as_bytes()), &self.inclusion) => {
                report.checks.push(Check::Included(self.leaf_index));
            }
            Ok(_) => report.add(Fault::NotIncluded { index: self.leaf_index }),
            Err(error) => report.add(error.into()),
        }
        if let Some(older) = opened.older {
            match self.extends(&checkpoint.head, &older.head) {
                None => report.checks.push(Check::Extends(older.head.size)),
                Some(fault) => report.add(fault),
            }
        }
        report
    }

    fn extends(&self, head: &Head, older: &Head) -> Option<Fault> {
        if older.size > head.size {
            return Some(Fault::Behind { older: older.size, size: head.size });
        }
        // Nothing is needed to compare a log with itself, or with nothing.
        let path = match &self.consistency {
            Some(given) if given.size == older.size => given.path.as_slice(),
            _ if older.size == head.size || older.size == 0 => &[],
            _ => return Some(Fault::Unlinked { older: older.size, size: head.size }),
        };
        if head.extends(older, path) {
            None
        } else if older.size == head.size {
            Some(Fault::Rewritten { older: older.size })
        } else {
            Some(Fault::NotExtended { older: older.size, size: head.size })
        }
    }
}
