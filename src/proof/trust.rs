//! What the reader brings along: a key, an older checkpoint.

use super::fault::{Check, Fault, Report};
use super::{Checkpoint, VerifierKey};

/// What a proof is checked against beside itself. Without a key, a signature says only that one author made the whole file.
#[derive(Clone, Debug, Default)]
pub struct Trust {
    /// The key of the log, had from elsewhere than the file.
    pub key: Option<VerifierKey>,
    /// A checkpoint of the same log that the reader kept (a signed note).
    pub older: Option<String>,
}

/// What is left to compare the entries with.
pub(super) struct Opened {
    pub checkpoint: Option<Checkpoint>,
    pub older: Option<Checkpoint>,
}

impl Trust {
    /// Checks who signed. A checkpoint whose signature is wrong is still compared with the entries, to say more about what was done.
    pub(super) fn open(&self, note: &str, stated: &str, report: &mut Report) -> Opened {
        let stated = stated.parse::<VerifierKey>().map_err(|error| report.add(error.into())).ok();
        if let (Some(trusted), Some(stated)) = (&self.key, &stated)
            && trusted != stated
        {
            report.add(Fault::OtherKey { stated: stated.to_string(), trusted: trusted.to_string() });
        }
        report.trusted = self.key.is_some();
        let Some(key) = self.key.as_ref().or(stated.as_ref()) else {
            return Opened { checkpoint: Checkpoint::read(note).ok(), older: None };
        };
        report.key = Some(key.to_string());
        let checkpoint = match Checkpoint::open(note, key) {
            Ok(checkpoint) => {
                report.checks.push(if report.trusted { Check::TrustedSignature } else { Check::SelfAssertedSignature });
                Some(checkpoint)
            }
            Err(error) => {
                report.add(Fault::Checkpoint(error));
                Checkpoint::read(note).ok()
            }
        };
        if let Some(checkpoint) = &checkpoint {
            report.origin = Some(checkpoint.origin.to_string());
            report.head = Some(checkpoint.head);
        }
        let older =
            self.older.as_deref().and_then(|note| Checkpoint::open(note, key).map_err(|error| report.add(Fault::OlderCheckpoint(error))).ok());
        Opened { checkpoint, older }
    }
}
