//! What may happen: one function for each act of the secretariat, one transaction each: check, version, index rows, change-log entry.

mod answers;
mod canonical;
mod check;
mod check_deliberation;
mod check_sitting;
mod convening;
mod copy;
mod deliberation;
mod directory;
mod entry;
mod lists;
mod live;
mod membership;
mod once;
mod proposals;
mod read;
mod refusal;
mod revocation;
mod roster;
mod sitting;
mod state;
mod statistics;

pub use answers::Answer;
pub use canonical::digest;
pub use check::storable;
pub use convening::ConveningReading;
pub use copy::SittingCopy;
pub use directory::Filing;
pub use entry::Entry;
pub use lists::{Listed, Page};
pub use membership::Memberships;
pub use once::Once;
pub use refusal::{Fault, Refusal, Rule};
pub use state::{RoomState, Step};
pub use statistics::{
    GroupLine, GroupMemberLine, GroupOptionLine, Held, ParticipationLine, ParticipationStatistics, Period, RecusalMemberLine, RecusalStatistics,
    VoteStatistics,
};

use serde::{Deserialize, Serialize};

use crate::record::{Id, Siren};
use crate::store::{Change, Session, Store, StoreError, now};

/// The register: its store, and the answers that it keeps in memory.
pub struct Register {
    store: Store,
    answers: answers::Answers,
    in_use: once::InUse,
}

/// Who acts: the subject of a token, within one authority.
#[derive(Clone, Debug)]
pub struct Actor {
    pub sub: String,
    pub authority: Siren,
    /// Whether the token may waive findings.
    pub may_waive: bool,
}

/// Who reads.
#[derive(Clone, Debug, Default)]
pub struct Reader {
    /// The authority whose internal records the reader may see; none for the public.
    pub authority: Option<Siren>,
    /// Whether restricted fields are shown as well.
    pub restricted: bool,
}

/// An accepted change, as it is answered: kept whole under an `Idempotency-Key`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Written {
    pub created: bool,
    /// Where the record is read.
    pub href: String,
    /// Entity tag of the record: the SHA-256 of its canonical bytes.
    pub digest: String,
    /// JSON.
    pub body: String,
    /// Records whose kept answers no longer hold; none: any may be concerned.
    touched: Vec<Id>,
}

impl Register {
    /// A register over a store, which keeps answers in at most so many bytes of memory.
    pub fn new(store: Store, answer_bytes: u64) -> Self {
        Self { store, answers: answers::Answers::new(answer_bytes), in_use: once::InUse::default() }
    }

    pub const fn store(&self) -> &Store {
        &self.store
    }

    /// Carries out a change in one transaction: once, if it comes under an idempotency key. The writers of an authority take turns, so that what
    /// a change is checked against is still true when it is written.
    fn change(
        &self,
        actor: &Actor,
        once: Option<&Once>,
        work: impl FnOnce(&mut Session<'_>) -> Result<Written, Refusal>,
    ) -> Result<Written, Refusal> {
        let _alone = once.map(|once| self.in_use.enter(actor, once)).transpose()?;
        let written = self.store.write(|session| {
            session.alone(actor.authority.as_str())?;
            match once {
                None => work(session),
                Some(once) => once.run(session, actor, work),
            }
        })?;
        self.answers.forget(&written.touched);
        Ok(written)
    }
}

/// Logs a change.
fn log(session: &mut Session<'_>, actor: &Actor, kind: &str, record: &str, version: i32, action: &str) -> Result<(), StoreError> {
    session.log_change(Change {
        authority: actor.authority.to_string(),
        sequence: 0,
        kind: kind.to_owned(),
        record: record.to_owned(),
        version,
        action: action.to_owned(),
        recorded_at: now(),
        recorded_by: actor.sub.clone(),
    })
}
